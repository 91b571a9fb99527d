"""Texts broken into lines of a terminal and set side by side."""

import re
from itertools import zip_longest
from textwrap import TextWrapper, wrap


class _Text(TextWrapper):
    """Breaks a text at spaces, after a slash and after a hyphen between letters."""

    wordsep_re = re.compile(r"(\s+|(?<=/)|(?<=[^\W\d]-)(?=[^\W\d]))")


class _Name(TextWrapper):
    """Breaks the name of a test between its words."""

    wordsep_re = re.compile(r"((?<=_))")


def cut(text: str, width: int, first: str = "", rest: str = "", *, names: bool = False) -> str:
    """Break a text into lines that begin with `first` and `rest`, also inside paths, or a name at its `_`."""
    kind = _Name if names else _Text
    return kind(width, initial_indent=first, subsequent_indent=rest).fill(text)


def hang(text: str, width: int) -> str:
    """Break each line of a text, what follows its break two columns deeper than its beginning."""
    hung = []
    for line in text.split("\n"):
        deeper = " " * (len(line) - len(line.lstrip()) + 2)
        hung += wrap(line, width, subsequent_indent=deeper, break_on_hyphens=False) or [""]
    return "\n".join(hung)


def beside(cells: tuple[str, ...], *widths: int) -> str:
    r"""Set cells of several lines side by side, two columns apart; their empty lines are left out.

    Example:
        >>> beside(("1\n2", "a"), 4, 1)
        '1     a\n2'
    """
    lines = zip_longest(*(filter(None, cell.splitlines()) for cell in cells), fillvalue="")
    padded = ("  ".join(map(str.ljust, line, widths)) for line in lines)
    return "\n".join(line.rstrip() for line in padded)
