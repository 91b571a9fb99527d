"""The lists of a campaign, with the journal of entered points, become inputs of agencies."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from pathlib import Path

from toolkit.errors import Problem
from toolkit.intake.entries import NOTHING, Entries, ListFolder
from toolkit.intake.exit_interviews import interpret
from toolkit.intake.journal import read_journal
from toolkit.intake.list_definition import load_lists
from toolkit.intake.numbers import CellError, Figure
from toolkit.intake.offers import Findings, Offer, Origin
from toolkit.intake.systems import Systems, read_systems, unite
from toolkit.intake.table import Cell
from toolkit.intake.values import read_value
from toolkit.rules.agency import Input
from toolkit.rules.methodology import Methodology


@dataclass(frozen=True, slots=True)
class Lists:
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
        entries = lists.read(stem) if definition.counts else None
        if entries is None:
            continue
        if stem == "exit_interviews":
            interpret(entries, lists)
        present = entries.columns.positions.keys()
        for agency, name in product(entries.agencies, definition.counts):
            rule = definition.counts[name]
            if {*rule.terms, *(column for where in rule.where for column in where)} <= present:
                found.offers += _count(entries, agency, lists.inputs[name])
        lists.findings.problems += entries.close()
    systems = read_systems(lists)
    secret = unite(systems.values())
    found.offers += read_journal(lists, secret)
    return Lists(found, systems, secret)


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
    else:
        try:
            read_value(Cell(text, Figure(value)), declared)
        except CellError as error:
            fault = error.what
            entries.problems.append(Problem(place, f"{agency}: {declared.title}: {fault}", declared.domain))
    return [Offer(agency, declared.name, None if fault else value, (origin,), text, fault)]
