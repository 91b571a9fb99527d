"""The outline of a page: its title and the headings that its contents list."""

import re
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

# Only what is found here is parsed: a page is a hundred times as long as its headings.
_SILENT = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_HEADING = re.compile(r"<(h[123])\b[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_LEFT_OUT = "span.badge, span.status, span.muted, span.points"


class Heading(NamedTuple):
    """One line of the contents: `level` 2 or 3, the anchor and the text."""

    level: int
    anchor: str
    text: str


class Outline(NamedTuple):
    """The first `h1` of the page as its title, and every `h2` and `h3` that has an id."""

    title: str
    headings: tuple[Heading, ...]


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
    headings = "".join(match[0] for match in _HEADING.finditer(_SILENT.sub("", html)))
    page = BeautifulSoup(headings, "html.parser")
    for aside in page.select(_LEFT_OUT):
        aside.decompose()
    title = next(filter(None, map(_text, page.select("h1"))), "")
    tags = page.select("h2[id], h3[id]")
    listed = (Heading(int(tag.name[1]), str(tag["id"]), _text(tag)) for tag in tags)
    return Outline(title, tuple(heading for heading in listed if heading.anchor and heading.text))


def slug(text: str) -> str:
    """Return an anchor for a heading: its words in small letters, joined by hyphens.

    Example:
        >>> slug("Итог: <em>HR</em> и ИТ")
        'итог-hr-и-ит'
    """
    plain = re.sub(r"<[^>]*>", "", text).casefold()
    return "-".join(re.findall(r"\w+", plain))


def _text(tag: Tag) -> str:
    return " ".join(tag.get_text().split())
