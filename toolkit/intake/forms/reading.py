"""Filled forms into offers: one workbook, or all those of a campaign."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

from toolkit.errors import Place, Problem, ToolkitError, nearest, one_line
from toolkit.intake.forms.breakdown import Breakdown, Sum
from toolkit.intake.forms.contests import Contests
from toolkit.intake.forms.finding import FoundTable, find_tables
from toolkit.intake.forms.grid import LARGEST_FORM, read_grids
from toolkit.intake.forms.shares import Hidden, Shares
from toolkit.intake.numbers import CellError, Figure
from toolkit.intake.offers import Findings, Offer, Origin
from toolkit.intake.source import read_bytes
from toolkit.intake.table import Cell
from toolkit.intake.values import read_value
from toolkit.rules.agency import Input
from toolkit.rules.notes import comma

FOLDER = "forms"

_FORMS = "приложения 1, 2, 7 и 8 в книгах .xlsx; пустую форму даёт toolkit forms blank"


@dataclass(frozen=True, slots=True)
class FormReader:
    """Reads the filled forms of agencies.

    Attributes:
        agencies: type of each agency by its code; some tables are for some types alone.
        inputs: the declared inputs.
        hidden: for an agency, what says whether the name of a system or a contract is marked as restricted.
    """

    agencies: Mapping[str, str]
    inputs: Mapping[str, Input]
    hidden: Mapping[str, Hidden] = field(default_factory=dict)

    def read_folder(self, campaign: Path) -> Findings:
        """Read the forms of every agency of a campaign.

        Parameters:
            campaign: a folder with `forms/CODE/*.xlsx`.

        Returns:
            All offers, diagnostic shares and problems; a file that cannot be read is one problem.

        Source:
            Annexes 1, 2, 7 and 8 of the order of 2023.
        """
        found = Findings()
        if not (campaign / FOLDER).is_dir():
            return found
        for folder in _list(campaign / FOLDER):
            if not folder.is_dir() or folder.name not in self.agencies:
                found.problems.append(self._refuse(folder))
                continue
            for file in _list(folder):
                found.add(self.read_file(file, f"{FOLDER}/{folder.name}/{one_line(file.name)}", folder.name))
        return found

    def read_file(self, file: Path, name: str, agency: str) -> Findings:
        """Read the forms of one workbook; one that cannot be read is a problem, never an exception."""
        try:
            data = read_bytes(file, LARGEST_FORM)
            found = self.read(data, name, agency)
        except ToolkitError as error:
            place = replace(error.place or Place(name), file=name)
            return Findings(problems=[Problem(place, error.what, error.allowed or _FORMS)])
        found.files[name] = sha256(data).hexdigest()
        return found

    def read(self, data: bytes, name: str, agency: str) -> Findings:
        """Read the forms of one workbook.

        Parameters:
            data: the bytes of the file.
            name: its name, for messages.
            agency: code of the agency that filled it.

        Returns:
            Offers, diagnostic shares and problems of every table found.

        Raises:
            ToolkitError: it is no workbook, or no form is found in it.

        Source:
            Annexes 1, 2, 7 and 8 of the order of 2023.
        """
        found, tables = Findings(), [table for grid in read_grids(data, name) for table in find_tables(grid)]
        if not tables:
            raise ToolkitError("в книге нет формы приложения: не найдены её заголовки", _FORMS, Place(name))
        for sheet in dict.fromkeys(table.grid.place() for table in tables if table.grid.hidden):
            found.problems.append(Problem(sheet, "скрытый лист с формой не прочитан", warning=True))
        tables = [table for table in tables if not table.grid.hidden]
        # A table may be continued by another one, which has the columns that the first has not.
        known = {(table.table.key, column) for table in tables for column in table.columns}
        for table in tables:
            wrong = table.problems.items()
            found.problems += [problem for key, problem in wrong if (table.table.key, key) not in known]
            found.add(self._read_table(table, agency))
        return found

    def _refuse(self, folder: Path) -> Problem:
        place, allowed = Place(f"{FOLDER}/{one_line(folder.name)}"), f"{FOLDER}/КОД_ОРГАНА/форма.xlsx"
        if not folder.is_dir():
            return Problem(place, "файл лежит не в папке органа, не прочитан", allowed)
        near = nearest(folder.name, self.agencies)
        return Problem(place, f"нет органа с таким кодом{near}, формы не прочитаны", allowed)

    def _read_table(self, found: FoundTable, agency: str) -> Findings:
        if self.agencies[agency] not in found.table.agency_types:
            what = "таблица не для органов этого типа, не прочитана"
            doubt = Problem(found.grid.place(found.first - 1), what, warning=True)
            figures = [at for key, at in found.columns.items() if key != "number"]
            filled = any(not found.grid.cell(row, at).empty for row in found.rows for at in figures)
            return Findings(problems=[doubt] if filled else [])
        if found.table.kind in ("records", "contracts"):
            return Shares(found, agency, self.hidden.get(agency, lambda _: False)).read()
        if found.table.kind == "contests":
            contests = Contests(found)
            return self._offer(found, agency, contests.totals().__getitem__, contests.problems)
        breakdown = Breakdown(found)
        return self._offer(found, agency, breakdown.totals().__getitem__, breakdown.problems)

    def _offer(
        self, found: FoundTable, agency: str, total: Callable[[str], Sum], problems: list[Problem]
    ) -> Findings:
        """Offer each input whose columns have totals, and name those that are not filled."""
        said, empty = Findings(problems=problems), []
        for name, keys in (found.table.inputs or {name: (name,) for name in found.table.totals}).items():
            parts = [total(key) for key in keys]
            if all(part.value is None and not part.fault for part in parts):
                empty.append(name)
            else:
                said.add(self._offer_one(Offer(agency, name, None, (_join(parts),)), parts))
        if empty:
            what = f"приложение {found.table.annex}: не заполнено: {', '.join(empty)}"
            said.problems.append(Problem(found.grid.place(found.first - 1), what, warning=True))
        return said

    def _offer_one(self, offer: Offer, parts: list[Sum]) -> Findings:
        value = sum((part.value for part in parts if part.value is not None), Fraction(0))
        place = offer.origins[0].place
        faults = [part.fault for part in parts if part.fault]
        if faults:
            return Findings([replace(offer, fault="; ".join(dict.fromkeys(faults)))])
        try:
            if any(part.value is None for part in parts):
                raise CellError("заполнены не все слагаемые", "число в каждом, в том числе 0")  # noqa: TRY301
            read_value(Cell(comma(value), Figure(value)), self.inputs[offer.name])
        except CellError as error:
            said = Problem(
                place, f"{offer.name}: {error.what}", error.allowed or self.inputs[offer.name].domain
            )
            return Findings([replace(offer, fault=f"ячейка отклонена: {error.what}")], problems=[said])
        return Findings([replace(offer, value=value, text=comma(value))])


def _join(parts: list[Sum]) -> Origin:
    """Return the origin of a sum of totals: all their cells."""
    place = replace(parts[0].place, cell=" + ".join(part.place.cell for part in parts))
    return Origin(place, "; ".join(dict.fromkeys(part.how for part in parts if part.how)))


def _list(folder: Path) -> list[Path]:
    """Return what a folder holds, without what office programs and systems hide in it."""
    return sorted(path for path in folder.iterdir() if not path.name.startswith((".", "~")))
