"""One family of errors: what is wrong, where, what is allowed, and the nearest name."""

import errno
from collections.abc import Iterable
from dataclasses import dataclass

_REASONS = {
    errno.EACCES: "нет прав",
    errno.EEXIST: "такое имя уже занято",
    errno.EISDIR: "это папка",
    errno.ELOOP: "ссылка ведёт по кругу",
    errno.ENAMETOOLONG: "имя слишком длинное",
    errno.ENOENT: "такой папки или файла нет",
    errno.ENOSPC: "на диске нет места",
    errno.ENOTDIR: "на пути к нему стоит файл",
    errno.EPERM: "нет прав",
    errno.EROFS: "носитель только для чтения",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the data something stands, as a person would look for it.

    Attributes:
        file: name of the file, without its folder.
        sheet: name of the sheet of a workbook, empty for other files.
        row: number of the row as a spreadsheet counts it, the header being 1; 0 for the whole file.
        column: name of the column.
        cell: address of the cell or cells of a form, as `D31`.
    """

    file: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    cell: str = ""

    def __str__(self) -> str:
        """Return the place as one phrase, in the order file, sheet, row, column, cell."""
        named = (
            *((self.file, ""), (self.sheet, "лист "), (self.row, "строка ")),
            *((self.column, "столбец "), (self.cell, "ячейки " if {*"+,:"} & {*self.cell} else "ячейка ")),
        )
        return ", ".join(f"{word}{value}" for value, word in named if value)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in the data; `warning` marks what is only implausible and refuses nothing."""

    place: Place
    what: str
    allowed: str = ""
    warning: bool = False

    def __str__(self) -> str:
        """Return the one line that is shown to the user."""
        head = f"{self.place}: {'предупреждение: ' if self.warning else ''}{self.what}"
        return one_line(f"{head}; допускается: {self.allowed}" if self.allowed else head)


class ToolkitError(Exception):
    """What stops a command: a sentence, the place if there is one, and what is allowed instead."""

    def __init__(self, what: str, allowed: str = "", place: Place | None = None) -> None:
        """Keep the parts and compose the sentence."""
        self.what, self.allowed, self.place = what, allowed, place
        head = f"{place}: {what}" if place else what
        super().__init__(f"{head}; допускается: {allowed}" if allowed else head)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return a phrase that names the nearest known word, or nothing when none is near.

    Example:
        >>> nearest("staff_dismised", ["staff_dismissed", "staff_total"])
        ' (ближайшее известное: staff_dismissed)'
    """
    # Imported here because a run without mistakes should not pay for it.
    from difflib import get_close_matches

    near = get_close_matches(word.casefold(), list(known), n=1, cutoff=0.6)
    return f" (ближайшее известное: {near[0]})" if near else ""


def one_line(text: str, longest: int = 400) -> str:
    """Return the text without line breaks or control characters, cut at `longest` characters."""
    clean = text
    if not text.isprintable():
        clean = "".join(character if character.isprintable() else " " for character in text)
    return clean if len(clean) <= longest else f"{clean[:longest]}…"


def why(error: OSError) -> str:
    """Return in words why the system refused a file."""
    return _REASONS.get(error.errno or 0, error.strerror or str(error))
