"""A campaign: the folder with the data of one evaluated year, read once."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from toolkit.errors import Place, Problem, ToolkitError, nearest, one_line, why
from toolkit.intake.assembly import IDENTITY, REQUIRED, Assembler, RefusedRow
from toolkit.intake.forms.reading import FormReader
from toolkit.intake.lists import read_decisions, read_lists
from toolkit.intake.numbers import LONGEST_SHOWN, quote
from toolkit.intake.offers import Diagnostic
from toolkit.intake.settling import Settled
from toolkit.intake.source import read_source
from toolkit.intake.table import find_columns
from toolkit.rules.agency import Agency
from toolkit.rules.loader import load_methodology
from toolkit.rules.methodology import Methodology
from toolkit.shared import shared

FILES = ("agencies.csv", "agencies.xlsx")
SYNTHETIC = "SYNTHETIC.md"

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
        files: sha256 of every file that was read, by its name in the folder.
        settled: what is settled about the inputs of each agency, with origins and conflicts.
        diagnostics: shares shown beside the entered points, never scored.
        synthetic: whether the folder says that its data are made up.
    """

    folder: Path
    source: str
    agencies: tuple[Agency, ...]
    problems: tuple[Problem, ...]
    refused: tuple[RefusedRow, ...]
    year: int | None
    files: Mapping[str, str]
    settled: Mapping[str, Settled]
    diagnostics: tuple[Diagnostic, ...] = ()
    synthetic: bool = False

    def __iter__(self) -> Iterator[Agency]:
        """Yield the agencies, so that a campaign can be evaluated as it is."""
        return iter(self.agencies)

    @property
    def digest(self) -> str:
        """Return one hash for all files: that of the table where there is nothing else."""
        if len(self.files) == 1:
            return self.files[self.source]
        listed = "\n".join(f"{digest}  {name}" for name, digest in sorted(self.files.items()))
        return sha256(listed.encode()).hexdigest()

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
        refused = (f"; строка {row.row} отклонена: {row.why}" for row in self.refused if row.code == code)
        near = nearest(one_line(code, LONGEST_SHOWN), known)
        what = f"в кампании нет органа {quote(code)}{near}{next(refused, '')}"
        raise ToolkitError(what, place=Place(self.source))


def read_campaign(path: str | Path, methodology: Methodology | None = None) -> Campaign:
    r"""Read the folder of a campaign.

    Parameters:
        path: folder with `agencies.csv` or `agencies.xlsx`, one row for each agency, and with forms, lists
            and the journal of entered points where there are any.
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
    folder, rules = Path(path), methodology or load_methodology()
    return share(folder, rules, lambda: _read(folder, rules))


def share(folder: Path, methodology: Methodology, read: Callable[[], Campaign]) -> Campaign:
    """Return the campaign of a folder: while a batch shares, the one that was read first."""
    campaign: Campaign = shared((read_campaign, folder.resolve(), methodology), read)
    return campaign


def _read(folder: Path, methodology: Methodology) -> Campaign:
    file = _find_file(folder)
    known = (*IDENTITY, *methodology.inputs)
    table, digest = read_source(file, known, sheet="agencies", key="agency")
    columns = find_columns(table, known, REQUIRED)
    if not table.rows:
        what = "под строкой заголовка нет ни одного органа"
        raise ToolkitError(what, "строка на каждый орган", Place(file.name))
    made = Assembler(table, columns, methodology)
    types, year = made.types, made.years[0][0] if made.years else None
    lists = read_lists(folder, types, methodology, year)
    said = FormReader(types, methodology.inputs, lists.systems, lists.secret).read_folder(folder)
    said.add(lists.findings)
    decisions, about = read_decisions(folder, types, methodology)
    said.add(about)
    made.assemble(said, decisions)
    shown = lists.secret.redact
    return Campaign(
        folder=folder,
        source=file.name,
        agencies=tuple(shown(made.agencies)),
        problems=tuple(shown(made.problems)),
        refused=tuple(shown(made.refused)),
        year=year,
        files={file.name: digest, **said.files},
        settled=shown(made.settled),
        diagnostics=tuple(said.diagnostics),
        synthetic=(folder / SYNTHETIC).is_file(),
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
        raise ToolkitError(f"папка {shown} не открывается: {why(error)}", _ALLOWED) from None
    if not found:
        raise ToolkitError(f"в папке {shown} нет данных", f"файл {' или '.join(FILES)}")
    if len(found) > 1:
        names = ", ".join(file.name for file in found)
        raise ToolkitError(f"в папке {shown} несколько файлов данных: {names}", "один из них; уберите лишний")
    return found[0]
