"""A campaign: the folder with the data of one evaluated year, read once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from toolkit.errors import Place, Problem, ToolkitError, nearest, one_line
from toolkit.intake.assembly import assemble
from toolkit.intake.columns import IDENTITY, find_columns
from toolkit.intake.csv_table import read_csv_table
from toolkit.intake.decoding import liken
from toolkit.intake.identity import RefusedRow
from toolkit.intake.numbers import LONGEST_SHOWN, quote
from toolkit.intake.table import Table
from toolkit.rules.agency import Agency
from toolkit.rules.loader import load_methodology
from toolkit.rules.methodology import Methodology

FILES = ("agencies.csv", "agencies.xlsx")
SYNTHETIC = "SYNTHETIC.md"
LARGEST_FILE = 200_000_000

_ALLOWED = "папка, в которой лежит agencies.csv или agencies.xlsx"


@dataclass(frozen=True)
class Campaign:
    """The agencies of one folder and everything that is wrong with its data.

    Attributes:
        folder: the folder.
        source: name of the data file in it.
        agencies: the agencies of the good rows, in the order of the rows.
        problems: refusals and warnings.
        refused: rows that gave no agency.
        year: the most common year, if any row has one.
        digest: sha256 of the bytes of the data file.
        synthetic: whether the folder says that its data are made up.
    """

    folder: Path
    source: str
    agencies: tuple[Agency, ...]
    problems: tuple[Problem, ...]
    refused: tuple[RefusedRow, ...]
    year: int | None
    digest: str
    synthetic: bool = False

    def __iter__(self) -> Iterator[Agency]:
        """Yield the agencies, so that a campaign can be evaluated as it is."""
        return iter(self.agencies)

    def find(self, code: str) -> Agency:
        """Return one agency.

        Parameters:
            code: its code.

        Returns:
            The agency.

        Raises:
            ToolkitError: no such agency; the message names the nearest code.

        Source:
            The codes are those of the data file.
        """
        known = {agency.code: agency for agency in self.agencies}
        if code in known:
            return known[code]
        why = next(
            (f"; строка {row.row} отклонена: {row.why}" for row in self.refused if row.code == code), ""
        )
        near = nearest(one_line(code, LONGEST_SHOWN), known)
        raise ToolkitError(f"в кампании нет органа {quote(code)}{near}{why}", place=Place(self.source))


def read_campaign(path: str | Path, methodology: Methodology | None = None) -> Campaign:
    r"""Read the folder of a campaign.

    Parameters:
        path: folder with `agencies.csv` or `agencies.xlsx`, one row for each agency.
        methodology: its inputs say what a column may hold; the order of 2023 when left out.

    Returns:
        The agencies, and a problem for each cell, column or row that is refused or implausible.

    Raises:
        ToolkitError: there is no such folder or file, or the file is no table with codes and types.

    Source:
        Conventions G5-G7; the columns are the inputs of the order.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     text = "agency,agency_type,workdays,contests_held\nmf,central,247,3.5\n"
        ...     _ = Path(folder, "agencies.csv").write_text(text, "utf-8")
        ...     campaign = read_campaign(folder)
        >>> campaign.find("mf").values["workdays"]
        Fraction(247, 1)
        >>> print(campaign.problems[0])
        agencies.csv, строка 2, столбец contests_held: «3.5» — не целое число; допускается: целое число ≥ 0
    """
    methodology = methodology or load_methodology()
    file = _find_file(Path(path))
    data = _read_bytes(file)
    table, hint = _read_table(data, file.name, (*IDENTITY, *methodology.inputs))
    columns = find_columns(table, methodology.inputs, hint)
    if not table.rows:
        raise ToolkitError(
            "под строкой заголовка нет ни одного органа", "строка на каждый орган", Place(file.name)
        )
    made = assemble(table, columns, methodology)
    return Campaign(
        folder=Path(path),
        source=file.name,
        agencies=tuple(made.agencies),
        problems=tuple(made.problems),
        refused=tuple(made.refused),
        year=made.year,
        digest=sha256(data).hexdigest(),
        synthetic=(Path(path) / SYNTHETIC).is_file(),
    )


def _find_file(folder: Path) -> Path:
    """Return the one data file of a folder."""
    shown = f"«{one_line(str(folder))}»"
    if folder.is_file():
        raise ToolkitError(f"{shown} — файл, а нужна папка кампании", _ALLOWED)
    if not folder.is_dir():
        raise ToolkitError(f"папки {shown} нет", _ALLOWED)
    try:
        found = sorted(file for file in folder.iterdir() if file.name.casefold() in FILES and file.is_file())
    except OSError as error:
        raise ToolkitError(f"папка {shown} не открывается: {error.strerror}", _ALLOWED) from None
    if not found:
        raise ToolkitError(f"в папке {shown} нет данных", f"файл {' или '.join(FILES)}")
    if len(found) > 1:
        names = ", ".join(file.name for file in found)
        raise ToolkitError(f"в папке {shown} несколько файлов данных: {names}", "один из них; уберите лишний")
    return found[0]


def _read_bytes(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise ToolkitError("файл слишком велик", f"до {LARGEST_FILE // 1_000_000} МБ", Place(file.name))
        return file.read_bytes()
    except OSError as error:
        raise ToolkitError(f"файл не открывается: {error.strerror}", place=Place(file.name)) from None


def _read_table(data: bytes, source: str, known: tuple[str, ...]) -> tuple[Table, str]:
    """Return the table of a file and, for a text, what it resembles if it is no table."""
    if source.casefold().endswith(".csv"):
        return read_csv_table(data, source, known), liken(data[:100].decode("utf-8", errors="replace"))
    # openpyxl takes half a second to import, and most campaigns do not need it.
    from toolkit.intake.xlsx_table import read_xlsx_table

    return read_xlsx_table(data, source), ""
