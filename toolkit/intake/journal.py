"""The journal of entered points, each with its document, and the decisions between sources."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

from toolkit.errors import Problem
from toolkit.intake.entries import Entries, Entry, ListFolder
from toolkit.intake.numbers import CellError
from toolkit.intake.offers import Decision, Findings, Offer, Origin
from toolkit.intake.systems import Systems
from toolkit.intake.table import Cell
from toolkit.intake.values import doubt_value, explain, read_value
from toolkit.rules.agency import Input
from toolkit.rules.methodology import Methodology
from toolkit.rules.notes import comma

_UNNAMED = "документ назван с пометкой ДСП, название не выводится"
_UNSURE = "список систем не годится, название документа не выводится"


def read_journal(lists: ListFolder, secret: Systems) -> list[Offer]:
    """Read the points that the evaluator entered.

    Parameters:
        lists: the campaign folder, whose findings take over the problems.
        secret: what may not be shown, not even in the name of a document.

    Returns:
        An offer for each input of each agency in the journal; it has no value when one of its rows is bad or
        has no document, or when two rows differ. Reporting penalties are added up, a row for each fact.

    Source:
        Points that the orders leave to the base act; points 20-24 for reporting penalties.
    """
    rows: dict[tuple[str, str], list[Entry]] = {}
    entries = lists.read("entered")
    if entries is None:
        return []
    for entry in entries.sound(["input"]):
        rows.setdefault((entry.agency, entry.values["input"]), []).append(entry)
    offers = [_offer(secret, lists.inputs[name], it, entries) for (code, name), it in rows.items()]
    lists.findings.problems += entries.close()
    return offers


def read_decisions(
    folder: Path, agencies: Mapping[str, str], methodology: Methodology
) -> tuple[dict[tuple[str, str], Decision], Findings]:
    """Read which source was chosen where several disagree.

    Parameters:
        folder: the campaign folder; without `decisions.csv` or `.xlsx` nothing is decided.
        agencies: type of each agency by its code.
        methodology: its inputs are what can be decided.

    Returns:
        The decisions by agency and input, and what is wrong with the list.

    Source:
        Convention G7: a conflict is never settled by a guess.
    """
    lists = ListFolder(folder, agencies, methodology.inputs)
    decisions: dict[tuple[str, str], Decision] = {}
    entries = lists.read("decisions")
    if entries is None:
        return decisions, lists.findings
    for entry in entries.sound(["input", "source", "who"]):
        said, place = entry.values, entries.table.place(entry.row, "source")
        told = said["source"].replace("\\", "/"), said["who"], said.get("date"), said.get("reason", "")
        decisions[entry.agency, said["input"]] = Decision(*told, place)
    lists.findings.problems += entries.close()
    return decisions, lists.findings


def _offer(secret: Systems, declared: Input, rows: list[Entry], entries: Entries) -> Offer:
    agency, added = rows[0].agency, declared.name in entries.definition.added
    read = [(entry, _points(entry, declared, entries)) for entry in rows]
    bad = [said for _, said in read if isinstance(said, Problem)]
    points = {entry.row: said for entry, said in read if isinstance(said, Fraction)}
    if not added and len(set(points.values())) > 1:
        what = f"{declared.name}: разные баллы в строках {', '.join(map(str, points))}"
        place = entries.table.place(max(points), "value")
        bad.append(Problem(place, what, "один балл; исправление вносится в ту же строку"))
    if bad:
        entries.problems += bad
        fault = "; ".join(f"строка {problem.place.row}: {problem.what}" for problem in bad)
        return Offer(agency, declared.name, None, (Origin(bad[0].place),), fault=fault)
    value = sum(points.values()) if added else max(points.values())
    origins = []
    for row, values in ((entry.row, entry.values) for entry in rows):
        how = f"слагаемое {comma(points[row])}" if value != points[row] else ""
        basis = values["basis"]
        if secret.hides(basis):
            basis = _UNSURE if secret.unknown else _UNNAMED
            entries.report(row, "basis", basis, warning=True)
        origins.append(Origin(entries.table.place(row, "value"), how, basis, values["date"]))
    return Offer(agency, declared.name, Fraction(value), tuple(origins), str(value))


def _points(entry: Entry, declared: Input, entries: Entries) -> Fraction | Problem:
    """Return the points of a row, or why they are not accepted."""
    for name in ("basis", "date", "value"):
        if name in entry.faults:
            return entry.faults[name]
    cell = Cell(comma(entry.values["value"].number), entry.values["value"])
    try:
        points = read_value(cell, declared)
    except CellError as error:
        return Problem(entries.table.place(entry.row, "value"), error.what, explain(error, declared))
    if doubt := doubt_value(cell):
        entries.report(entry.row, "value", doubt, warning=True)
    return points
