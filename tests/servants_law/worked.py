"""Works the cases: sheets and positions as data go through the very evaluation that files go through."""

from fractions import Fraction
from pathlib import Path

import pytest

from tests.servants_law.specification import SUBJECTS
from toolkit import Agency, ToolkitError, evaluate
from toolkit.servants.corps_a import evaluate_corps_a
from toolkit.servants.corps_b import evaluate_corps_b
from toolkit.servants.duties import find_duty
from toolkit.servants.periods import Quarter
from toolkit.servants.records import Record, ServantFile

KPI = ("kind", "plan", "actual", "mark", "direction")
NUMBERS = ("plan", "actual", "mark")


def make_file(corps, rows):
    """Return a file of records that were never on a disk; the first row of data is the second of a file."""
    records = tuple(Record(number, values, {}, ()) for number, values in enumerate(rows, 2))
    return ServantFile(Path(f"{corps}.csv"), corps, records, (), "", synthetic=True)


def say(problems):
    return " | ".join(map(str, problems))


def check_words(said, case):
    for words in case.get("problems", []):
        assert words in said
    for words in case.get("quiet", []):
        assert words not in said


def work_rule(case, law):
    """Apply a rule to its inputs for every kind of servants; those it is not about get nothing."""
    values = {name: Fraction(text) for name, text in case["inputs"].items()}
    parameters = {name: Fraction(text) for name, text in case.get("parameters", {}).items()}
    servants = [Agency(kind, kind, kind, values) for kind in SUBJECTS]
    found = evaluate(servants, law.methodology, readings=case.get("readings"), parameters=parameters)
    for kind in SUBJECTS:
        score = found.find(kind, case["code"])
        if kind not in case["applies"]:
            assert score.status == "not_applicable"
            continue
        assert score.status == case.get("status", "computed" if "points" in case else "missing")
        assert score.points == (Fraction(case["points"]) if "points" in case else None)
        assert case.get("note", "") in " ".join(score.notes)
        assert set(score.changed) == set(parameters)


def read_kpi(text):
    """Return the cells of one row of a sheet of corps A."""
    cells = {name: cell for name, cell in zip(KPI, text.split(), strict=False) if cell != "-"}
    return {name: Fraction(cell) if name in NUMBERS else cell for name, cell in cells.items()}


def list_kpis(case, servant="s"):
    """Return the rows of a servant of corps A."""
    start, end = case["period"]
    shared = {"servant": servant, "category": case["category"], "period_start": start, "period_end": end}
    shared |= {name: case[name] for name in ("appointed_on", "worked_days")}
    sheet = {str(number): text for number, text in enumerate(case["sheet"], 1)} | case.get("change", {})
    return [shared | {"kpi": number} | read_kpi(text) for number, text in sheet.items()]


def evaluate_a(rows, law, readings):
    file = make_file("corps_a", rows)
    return evaluate_corps_a(file, law.methodology, readings=readings, regulation=law.regulation)


def work_corps_a(case, law):
    (found,) = evaluate_a(list_kpis(case), law, case.get("readings")).evaluations
    row = found.row()
    exact = Fraction(case["exact"]) if "exact" in case else None
    decided = (row["status"], found.decision.exact, row["label"])
    assert decided == (case.get("status", "evaluated"), exact, case.get("label", "")), row["problems"]
    check_words(row["problems"], case)


def work_marks(case, law):
    """Give every listed mark at its percent to a servant of its own, whose other four marks are five."""
    groups = [({}, ("allowed", "refused")), ({"band_40_45": "printed"}, ("as_printed", "hole"))]
    for readings, names in groups:
        lines = [(name, *line) for name in names for line in case.get(name, [])]
        rows = []
        for number, (_, percent, mark, *_) in enumerate(lines):
            change = {case["place"]: f"{case['kind']} 100 {percent} {mark}"}
            rows += list_kpis(case | {"change": change}, str(number))
        found = evaluate_a(rows, law, readings).evaluations if rows else ()
        for (name, _, _, *mean), one in zip(lines, found, strict=True):
            if name in ("allowed", "as_printed"):
                assert one.decision.exact == Fraction(mean[0]), one.row()["problems"]
                continue
            assert one.decision.status == "refused"
            words = f"строка {case['row']}," if name == "refused" else "не попадает ни в одну строку"
            assert words in one.row()["problems"]


def read_sheet(raw):
    """Return the cells of one row of corps B."""
    cells = dict(raw)
    marks = {f"p{number}": Fraction(mark) for number, mark in enumerate(cells.pop("p").split(), 1)}
    year, number = cells["quarter"].split("Q")
    given = () if cells["sanction"] == "none" else tuple(cells["sanction"].split(";"))
    return cells | marks | {"quarter": Quarter(int(year), int(number)), "sanction": given}


def work_corps_b(case, law):
    """Evaluate the rows of a case, for as many persons as it says, who all must come out alike."""
    servants = [f"s{number}" for number in range(case.get("persons", 1))]
    rows = [read_sheet(row | {"servant": servant}) for servant in servants for row in case["rows"]]
    file, readings = make_file("corps_b", rows), case.get("readings")
    found = evaluate_corps_b(file, law.methodology, readings=readings, regulation=law.regulation)
    expected = [
        (period, status, Fraction(exact) if exact else None, case["labels"].get(label, ""))
        for period, status, exact, label in case["terms"]
    ]
    for servant in servants:
        own = [term for term in found.terms if term.servant == servant]
        decided = [(one.period, one.decision.status, one.decision.exact, one.decision.label) for one in own]
        assert decided == expected, say(found.problems)
    reasons = [reason for term in found.terms for reason in term.decision.reasons]
    check_words(say([*reasons, *found.problems]), case)


def work_duty(case, law):
    leading = {"yes": True, "no": False}.get(case.get("leading", ""))
    found = find_duty(case["grade"], case.get("role", ""), leading=leading, regulation=law.regulation)
    if "part" not in case:
        assert found is None
        return
    assert found is not None
    assert (found.point, found.form, found.evaluator) == (case["part"], case["form"], case["evaluator"])


def work_reading(case, law):
    # The calendar loads holidays, and few of the mistakes ever come to it.
    from toolkit.calendar.deadlines import deadlines

    readings = law.methodology.readings
    if "weight" in case:
        with pytest.raises(ToolkitError):
            law.methodology.resolve("transitional", {"transitional_weight": case["weight"]})
        return
    option = case.get("readings", {}).get("before_date", readings["before_date"].default)
    assert option in readings["before_date"].options
    found = deadlines(case["year"], before_date=option)
    assert next(one.last for one in found if one.code == case["deadline"]) == case["day"]


WORKERS = {
    "rules": work_rule,
    "corps_a": work_corps_a,
    "marks": work_marks,
    "corps_b": work_corps_b,
    "duties": work_duty,
    "readings": work_reading,
}
