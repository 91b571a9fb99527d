"""The lists of a campaign, with the journal of entered points and the decisions between sources."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import NamedTuple

from toolkit.errors import Problem
from toolkit.intake.entries import NOTHING, Entries, Entry, ListFolder
from toolkit.intake.exit_interviews import interpret
from toolkit.intake.gathering import gather
from toolkit.intake.list_definition import load_lists
from toolkit.intake.numbers import CellError
from toolkit.intake.offers import Decision, Findings, Offer, Origin
from toolkit.intake.systems import Systems, read_systems, unite
from toolkit.intake.table import Cell
from toolkit.intake.values import doubt_value, explain, find_fault, read_value
from toolkit.rules.agency import Input
from toolkit.rules.methodology import Methodology
from toolkit.rules.notes import comma

_UNNAMED = "документ назван с пометкой ДСП, название не выводится"
_UNSURE = "список систем не годится, название документа не выводится"


class Lists(NamedTuple):
    """What the lists of a campaign say.

    Attributes:
        findings: offers, diagnostic shares, problems and digests of the files.
        systems: for each agency what none of its figures takes in.
        secret: what of all agencies may be shown nowhere.
    """

    findings: Findings
    systems: Mapping[str, Systems]
    secret: Systems


def read_lists(
    folder: Path, agencies: Mapping[str, str], methodology: Methodology, year: int | None = None
) -> Lists:
    r"""Read the lists of a campaign folder.

    Parameters:
        folder: the folder; a list that has no file says nothing.
        agencies: type of each agency by its code.
        methodology: the domains of the inputs.
        year: the evaluated year, in which dates should lie, if it is known.

    Returns:
        An offer for each input that a list gives an agency, and a problem for all that is wrong; an agency
        without a row in a list has no offer from it.

    Source:
        `law/agencies_2023/lists/lists.toml` names the point of each list; conventions G6 and G7.

    Example:
        >>> import tempfile
        >>> from toolkit import load_methodology
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     text = "agency,contest,held,video\nmf,1,да,да\nmf,2,да,нет\nmf,3,нет,\n"
        ...     _ = Path(folder, "contests.csv").write_text(text, "utf-8")
        ...     lists = read_lists(Path(folder), {"mf": "central"}, load_methodology())
        >>> [(offer.name, str(offer.value), offer.origins[0].how) for offer in lists.findings.offers]
        [('contests_held', '2', 'строк: 2 из 3'), ('contests_recorded', '1', 'строк: 1 из 3')]
    """
    lists = ListFolder(folder, agencies, methodology.inputs, year)
    lists.doubt_names()
    found = lists.findings
    for stem, definition in load_lists().items():
        if definition.counts and (entries := lists.read(stem)):
            if stem == "exit_interviews":
                interpret(entries, lists)
            for agency, (name, rule) in product(entries.agencies, definition.counts.items()):
                needed = {*rule.terms, *(column for where in rule.where for column in where)}
                if needed <= entries.columns.positions.keys():
                    found.offers += _count(entries, agency, lists.inputs[name])
            found.problems += entries.close()
    systems = read_systems(lists)
    secret = unite(systems.values())
    found.offers += _read_journal(lists, secret)
    return Lists(found, systems, secret)


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
    if entries := lists.read("decisions"):
        for entry in entries.sound(["input", "source", "who"]):
            said, place = entry.values, entries.table.place(entry.row, "source")
            told = said["source"].replace("\\", "/"), said["who"], said.get("date"), said.get("reason", "")
            decisions[entry.agency, said["input"]] = Decision(*told, place)
        lists.findings.problems += entries.close()
    return decisions, lists.findings


def _count(entries: Entries, agency: str, declared: Input) -> list[Offer]:
    """Return what the rows of an agency say of an input; nothing when they have no row for a mean."""
    rule, rows = entries.definition.counts[declared.name], entries.agencies[agency]
    verdicts = [(entry, entry.test(rule.where)) for entry in rows]
    fitting = [entry for entry, verdict in verdicts if verdict is True]
    bad = [verdict for _, verdict in verdicts if isinstance(verdict, Problem)]
    if rule.divisor and fitting:
        bad = []  # a mean has one row; where it is found, it does not matter what the others are
    elif rule.divisor and not bad:
        return []
    bad += [entry.faults[name] for entry in fitting for name in rule.terms if name in entry.faults]
    total = sum((entry.values.get(name, Fraction()) for entry in fitting for name in rule.terms), Fraction())
    value = total / (rule.divisor or 1) if rule.terms else Fraction(len(fitting))
    text, fault = str(value), ""
    how = f"{total} / {rule.divisor}" if rule.divisor else f"строк: {len(fitting)} из {len(rows)}"
    if rows[0].silent:
        how = f"строка {rows[0].row}: «{NOTHING}»"
    columns = [*rule.terms] or [*rule.where[0]][-1:]
    shown = "–".join(dict.fromkeys((columns[0], columns[-1])))
    place = entries.table.place(fitting[0].row if rule.divisor and fitting else 0, shown)
    remark = entries.remarks.get((agency, declared.name))
    origin = Origin(place, f"{how}; {remark}" if remark else how)
    if bad:
        entries.problems += bad
        first = min((problem.place for problem in bad), key=lambda it: it.row)
        text, fault = "", f"строк с ошибкой: {len({problem.place.row for problem in bad})}, первая — {first}"
    elif fault := find_fault(value, text, declared):
        entries.problems.append(Problem(place, f"{agency}: {declared.title}: {fault}", declared.domain))
    return [Offer(agency, declared.name, None if fault else value, (origin,), text, fault)]


def _read_journal(lists: ListFolder, secret: Systems) -> list[Offer]:
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
    if not (entries := lists.read("entered")):
        return []
    rows = gather(entries.sound(["input"]), lambda entry: (entry.agency, entry.values["input"]))
    offers = [_offer(secret, lists.inputs[name], it, entries) for (code, name), it in rows.items()]
    lists.findings.problems += entries.close()
    return offers


def _offer(secret: Systems, declared: Input, rows: list[Entry], entries: Entries) -> Offer:
    agency, added = rows[0].agency, declared.name in entries.definition.added
    read = {entry.row: _points(entry, declared, entries) for entry in rows}
    bad = [said for said in read.values() if isinstance(said, Problem)]
    points = {row: said for row, said in read.items() if isinstance(said, Fraction)}
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
        if secret.hides(basis := values["basis"]):
            basis = _UNSURE if secret.unknown else _UNNAMED
            entries.report(row, "basis", basis)
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
        entries.report(entry.row, "value", doubt)
    return points
