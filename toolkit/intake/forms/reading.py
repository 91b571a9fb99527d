"""Filled forms into offers: one workbook, or all those of a campaign."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from toolkit.errors import Place, Problem, ToolkitError, nearest, one_line, why
from toolkit.intake.forms.breakdown import Breakdown, Sum
from toolkit.intake.forms.contests import Contests
from toolkit.intake.forms.finding import FoundTable, all_tables, find_tables
from toolkit.intake.forms.grid import LARGEST_FORM, Grid, read_grids
from toolkit.intake.forms.shares import Shares
from toolkit.intake.offers import Findings, Offer, Origin
from toolkit.intake.source import read_bytes
from toolkit.intake.systems import Systems
from toolkit.intake.table import fold
from toolkit.intake.values import find_fault
from toolkit.rules.agency import Input
from toolkit.rules.notes import comma

FOLDER = "forms"

_FORMS = "приложения 1, 2, 7 и 8 в книгах .xlsx; пустую форму даёт toolkit forms blank"
_FOLDERS = f"{FOLDER}/КОД_ОРГАНА/форма.xlsx"


class FormReader(NamedTuple):
    """Reads the filled forms of agencies.

    Attributes:
        agencies: type of each agency by its code; some tables are for some types alone.
        inputs: the declared inputs.
        systems: for an agency, what none of its figures takes in.
        secret: what the name of no file and no sheet may show.
    """

    agencies: Mapping[str, str]
    inputs: Mapping[str, Input]
    systems: Mapping[str, Systems] = {}
    secret: Systems = Systems()

    def read_folder(self, campaign: Path) -> Findings:
        """Read the forms of every agency of a campaign.

        Parameters:
            campaign: a folder with `forms/CODE/*.xlsx`.

        Returns:
            All offers, diagnostic shares and problems; a folder or file that cannot be read is one problem.

        Source:
            Annexes 1, 2, 7 and 8 of the order of 2023.
        """
        found = Findings()
        for place in _list(campaign, FOLDER, found) or ():
            if place.name == FOLDER and place.is_dir():
                for folder in _list(place, FOLDER, found) or ():
                    self._read_agency(folder, found)
            elif place.name.casefold() == FOLDER:
                said = Problem(Place(place.name), "формы не прочитаны", f"папка {FOLDER}", warning=True)
                found.problems.append(said)
        return found

    def _read_agency(self, folder: Path, found: Findings) -> None:
        name = f"{FOLDER}/{one_line(folder.name)}"
        files = _list(folder, name, found)
        if files is not None and folder.name.casefold() not in self.agencies:
            what = f"нет органа с таким кодом{nearest(folder.name, self.agencies)}, формы не прочитаны"
            found.problems.append(Problem(Place(name), what, _FOLDERS))
            return
        for at, file in enumerate(files or (), 1):
            shown = f"№ {at}" if self.secret.hides(file.stem) else one_line(file.name)
            found.add(self.read_file(file, f"{name}/{shown}", folder.name.casefold()))

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
        found, systems = Findings(), self.systems.get(agency, Systems())
        grids = [self._mask(grid, at) for at, grid in enumerate(read_grids(data, name), 1)]
        if not (tables := [table for grid in grids for table in find_tables(grid)]):
            raise ToolkitError("в книге нет формы приложения: не найдены её заголовки", _FORMS, Place(name))
        for sheet in dict.fromkeys(table.grid.place() for table in tables if table.grid.hidden):
            found.problems.append(Problem(sheet, "скрытый лист с формой не прочитан", warning=True))
        tables = [table for table in tables if not table.grid.hidden]
        # A table may be continued by another one, which has the columns that the first has not.
        known = {(table.table.key, column) for table in tables for column in table.columns}
        for table in tables:
            wrong = table.problems.items()
            found.problems += [problem for key, problem in wrong if (table.table.key, key) not in known]
            if not (systems.unknown and table.table.diagnostic):
                found.add(self._read_table(table, agency))
        if systems.unknown and any(table.table.diagnostic for table in tables):
            what = "доли не показаны: список систем не читается"
            found.problems.append(Problem(Place(name), what, warning=True))
        return found

    def _read_table(self, found: FoundTable, agency: str) -> Findings:
        if self.agencies[agency] not in found.table.agency_types:
            what = "таблица не для органов этого типа, не прочитана"
            doubt = Problem(found.grid.place(found.first - 1), what, warning=True)
            figures = [at for key, at in found.columns.items() if key != "number"]
            filled = any(not found.grid.cell(row, at).empty for row in found.rows for at in figures)
            return Findings(problems=[doubt] if filled else [])
        if found.table.kind in ("records", "contracts"):
            return Shares(found, agency, self.systems.get(agency, Systems())).read()
        counted = Contests(found) if found.table.kind == "contests" else Breakdown(found)
        return self._offer(found, agency, counted)

    def _offer(self, found: FoundTable, agency: str, counted: Contests | Breakdown) -> Findings:
        """Offer each input whose columns have totals, and name those that are not filled."""
        totals, empty = counted.totals(), []
        said = Findings(problems=counted.problems)
        for name, keys in (found.table.inputs or {name: (name,) for name in found.table.totals}).items():
            parts = [totals[key] for key in keys]
            if all(part.value is None and not part.fault for part in parts):
                empty.append(name)
            else:
                said.offers.append(self._join(agency, name, parts, said.problems))
        if empty:
            what = f"приложение {found.table.annex}: не заполнено: {', '.join(empty)}"
            said.problems.append(Problem(found.grid.place(found.first - 1), what, warning=True))
        return said

    def _mask(self, grid: Grid, at: int) -> Grid:
        """Return a sheet that is called by its number where its title may name what must not be named."""
        printed = fold(grid.sheet) in {fold(table.sheet) for table in all_tables()}
        return grid if printed or not self.secret.hides(grid.sheet) else grid._replace(sheet=f"№ {at}")

    def _join(self, agency: str, name: str, parts: list[Sum], problems: list[Problem]) -> Offer:
        """Offer the sum of some totals, which stands in all their cells, and add what is wrong with it."""
        place = replace(parts[0].place, cell=" + ".join(part.place.cell for part in parts))
        origins = (Origin(place, "; ".join(dict.fromkeys(part.how for part in parts if part.how))),)
        if faults := dict.fromkeys(part.fault for part in parts if part.fault):
            return Offer(agency, name, None, origins, fault="; ".join(faults))
        value = sum((part.value or Fraction(0) for part in parts), Fraction(0))
        fault, allowed = find_fault(value, comma(value), self.inputs[name]), self.inputs[name].domain
        if any(part.value is None for part in parts):
            fault, allowed = "заполнены не все слагаемые", "число в каждом, в том числе 0"
        if fault:
            problems.append(Problem(place, f"{name}: {fault}", allowed))
            return Offer(agency, name, None, origins, fault=f"ячейка отклонена: {fault}")
        return Offer(agency, name, value, origins, comma(value))


def _list(folder: Path, name: str, found: Findings) -> list[Path] | None:
    """Return what a folder holds, without what office programs and systems hide in it."""
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith((".", "~")))
    except OSError as error:
        stray = "файл лежит не в папке органа, не прочитан" if isinstance(error, NotADirectoryError) else ""
        found.problems.append(Problem(Place(name), stray or f"папка не открывается: {why(error)}", _FOLDERS))
    return None
