"""Keeps what belongs to one machine out of a page, and confidential pages out of a published site."""

import os
import re
import sys
import tempfile
from pathlib import Path

from toolkit.errors import ToolkitError, one_line

# The files by which a folder is known as a published site, or as one that must not become part of any.
PUBLISHED, MARKED = "run.json", "INTERNAL.txt"

_COLOUR = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,}")
# An absolute path of at least one folder; "<" before it would make it the end of a tag in a line of source.
_PART = r"""[^\s\\/:"'<>|,;()]+"""
_PATH = re.compile(rf"(?<![\w.<])(?:…|~|[A-Za-z]:|file://)?(?:[\\/]+{_PART})+[\\/]({_PART})")


def hide_machine(text: str) -> str:
    """Return the text with nothing in it that tells one machine or one run from another.

    Parameters:
        text: a message or a traceback.

    Returns:
        The text with the folders of absolute paths as `…/`, addresses in memory as `0x…` and no colours.

    Source:
        Two runs on the same input give the same bytes, on any machine.

    Example:
        >>> hide_machine("File /home/user/toolkit/errors.py:12, <object at 0x7f3a5c001122>")
        'File …/errors.py:12, <object at 0x…>'
    """
    text = _COLOUR.sub("", text)
    folders = {sys.prefix, sys.base_prefix, tempfile.gettempdir(), str(Path.cwd()), str(Path.home())}
    # The longest first; their names may have spaces in them.
    for folder in sorted(folders - {os.sep}, key=len, reverse=True):
        text = text.replace(folder + os.sep, "…/")
    return _PATH.sub(r"…/\1", _ADDRESS.sub("0x…", text))


def keep_apart(out: Path, *, confidential: bool, inside: bool = True) -> None:
    """Refuse a folder that holds, or lies in, pages of the other kind."""
    forbidden = PUBLISHED if confidential else MARKED
    lies, refused, other = "лежат служебные страницы", "публикуемые", "reports"
    if confidential:
        lies, refused, other = "лежит публикуемый сайт", "служебные страницы", "internal"
    whole = out.resolve()
    above = (whole, *whole.parents)
    # A neighbour of the same parent is a part of the same tree of pages.
    around = [path for folder in above for path in (folder / forbidden, *folder.glob(f"*/{forbidden}"))]
    for path in (*around, *(whole.rglob(forbidden) if inside else ())):
        if path.is_file():
            what = f"в {one_line(str(out))} {lies} ({path.parent.name}), {refused} туда не пишутся"
            raise ToolkitError(what, f"другая папка, например --out {other}")
