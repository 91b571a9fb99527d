"""The outline of a page: its title and the headings that its contents list."""

import re
from html.parser import HTMLParser
from typing import NamedTuple

_LEFT_OUT = frozenset({"badge", "status", "muted", "points"})


class Heading(NamedTuple):
    """One line of the contents: `level` 2 or 3, the anchor and the text."""

    level: int
    anchor: str
    text: str


class Outline(NamedTuple):
    """The first `h1` of the page as its title, and every `h2` and `h3` that has an id."""

    title: str
    headings: tuple[Heading, ...]


class _Reader(HTMLParser):
    """Collects the headings while reading; text of badges inside a heading is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: list[Heading] = []
        self.title = self.tag = self.anchor = self.text = ""
        self.skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in ("h1", "h2", "h3"):
            self.tag, self.anchor, self.text, self.skipped = tag, given.get("id", ""), "", 0
        elif tag == "span" and self.tag and (self.skipped or _LEFT_OUT & set(given.get("class", "").split())):
            self.skipped += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "span" and self.skipped:
            self.skipped -= 1
        if tag != self.tag:
            return
        text = " ".join(self.text.split())
        if tag == "h1":
            self.title = self.title or text
        elif self.anchor and text:
            self.headings.append(Heading(int(tag[1]), self.anchor, text))
        self.tag = ""

    def handle_data(self, data: str) -> None:
        if self.tag and not self.skipped:
            self.text += data


def read_outline(html: str) -> Outline:
    """Return the title and the headings of a page.

    Parameters:
        html: the body of the page.

    Returns:
        The outline; a heading without an id cannot be linked to and is left out.

    Source:
        Every output carries `<h2 id="…">` or `<h3 id="…">`.

    Example:
        >>> read_outline('<h1>A</h1><h2 id="b">B <span class="badge">text</span></h2>')
        Outline(title='A', headings=(Heading(level=2, anchor='b', text='B'),))
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return Outline(reader.title, tuple(reader.headings))


def slug(text: str) -> str:
    """Return an anchor for a heading: its words in small letters, joined by hyphens.

    Example:
        >>> slug("Итог: <em>HR</em> и ИТ")
        'итог-hr-и-ит'
    """
    plain = re.sub(r"<[^>]*>", "", text).casefold()
    return "-".join(re.findall(r"\w+", plain))
