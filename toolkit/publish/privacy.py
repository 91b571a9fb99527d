"""Keeps what belongs to one machine out of a page: folders, addresses in memory, terminal colours."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path

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
    for folder in _known_folders():
        text = text.replace(folder + os.sep, "…/")
    return _PATH.sub(r"…/\1", _ADDRESS.sub("0x…", text))


def _known_folders() -> list[str]:
    """Return the folders of this machine, the longest first: their names may have spaces in them."""
    folders = {sys.prefix, sys.base_prefix, tempfile.gettempdir(), str(Path.cwd()), str(Path.home())}
    return sorted((folder for folder in folders if len(folder) > 1), key=len, reverse=True)
