"""The lists of the synthetic campaign and its journal of entered points, as rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from campaign_draw import ANSWERS, NAMES, Draw, Sample, shown, start
from campaign_records import draw_contests, draw_systems

Row = dict[str, str]

SCOPES = {
    "administrative": "admin_headcount_mean",
    "apparatus": "apparatus_headcount_mean",
    "body": "body_headcount_mean",
}
PENALTIES = ("hr_reporting_penalty_points", "it_reporting_penalty_points")
TRAINING = (
    *("upskilled_on_time", "upskilling_due", "retrained_on_time", "retraining_due"),
    *("training_late_cases", "training_missed_cases"),
)
FAULTS = ("поданы позже срока", "неполны", "не подтвердились при сверке")
ANSWER = {True: "да", False: "нет"}


def make_lists(samples: Iterable[Sample]) -> dict[str, list[Row]]:
    """Return the rows of each list by its stem, agency after agency."""
    lists: dict[str, Callable[[Sample], list[Row]]] = {
        "contests": list_contests,
        "exit_interviews": list_interviews,
        "headcounts": list_headcounts,
        "training": list_training,
        "promotions": list_promotions,
        "systems": list_systems,
        "entered": list_entered,
    }
    return {
        stem: [{"agency": sample.plan.code, **row} for sample in samples for row in rows(sample)]
        for stem, rows in lists.items()
    }


def list_contests(sample: Sample) -> list[Row]:
    """List the contests; now and then one that had no candidates, which no form has."""
    rows = [
        {
            "contest": contest.text,
            "held": "да",
            "observer": ANSWER[contest.observer],
            "video": ANSWER[contest.video],
            "violations": str(contest.violations),
        }
        for contest in draw_contests(sample)
    ]
    if not rows:
        return [{"contest": "нет"}]
    draw = start(sample.plan, "void contests")
    void = f"Протокол № {len(rows) + 1} от {shown(draw.day(12))}, эксперт управления карт"
    none = {"contest": void, "held": "нет", "observer": "нет", "video": "нет", "violations": "0"}
    return rows + [none] * (draw.whole(1, 4) == 1)


def list_interviews(sample: Sample) -> list[Row]:
    """List those who left: electronic interviews, few on paper after a confirmed failure, some exempt."""
    left, filled = sample.count("staff_dismissed"), sample.count("exit_interviews_filled")
    if not left:
        return [{"person": "нет"}]
    draw = start(sample.plan, "exit interviews")
    paper, over = draw.whole(0, filled // 10), 0
    if "paper_interviews" in sample.plan.forms:
        paper = sample.plan.forms["paper_interviews"]
        over = next(one for one in range(paper) if paper - one <= (filled + one) // 10)
    # Those beyond the tenth come last, since the last ones are not counted.
    negative = draw.flags(filled, sample.count("negative_exit_reasons")) + [True] * over
    on_paper = draw.flags(filled, paper - over) + [True] * over
    rows = [interview(draw, *pair) for pair in zip(negative, on_paper, strict=True)]
    exempt = [NAMES["exempt"][at % len(NAMES["exempt"])] for at in range(sample.count("dismissed_exempt"))]
    none = [*exempt, *[""] * (left - len(rows) - len(exempt))]
    rows += [{"interview": "none", "failure_confirmed": "нет", "exempt": why} for why in none]
    return [{"person": f"у-{at:03}", "day": draw.day(), **row} for at, row in enumerate(rows, 1)]


def interview(draw: Draw, negative: bool, on_paper: bool) -> Row:  # noqa: FBT001  # drawn side by side
    """Draw the answers of one interview; one person in ten leaves question 1 open."""
    named = [draw.choose(NAMES["negative_reasons"])] * negative
    named += [draw.choose(NAMES["other_reasons"]) for _ in range(draw.whole(1 - negative, 2))]
    silent = not negative and draw.whole(1, 10) == 1
    reasons = "нет" if silent else ";".join(dict.fromkeys(named))
    answers = {question: draw.choose("абвгдеж"[:offered]) for question, offered in ANSWERS.items()}
    kind = {"interview": "paper" if on_paper else "electronic", "failure_confirmed": ANSWER[on_paper]}
    return {**kind, "exempt": "", "reasons": reasons, **answers}


def list_headcounts(sample: Sample) -> list[Row]:
    """List the month-ends behind the mean headcounts."""
    return [
        {"scope": scope, **{f"m{at}": str(heads) for at, heads in enumerate(sample.months[name], 1)}}
        for scope, name in SCOPES.items()
    ]


def list_training(sample: Sample) -> list[Row]:
    """List the courses that were due."""
    draw, rows = start(sample.plan, "training"), list[Row]()
    passed, due, passed_other, due_other, late, _ = map(sample.count, TRAINING)
    kinds = {"upskilling": (passed, due), "retraining": (passed_other, due_other)}
    for kind, (in_time, number) in kinds.items():
        in_order = draw.flags(number, in_time)
        rows += [{"kind": kind, "outcome": "on_time" if it else ""} for it in in_order]
    open_rows = draw.mix([row for row in rows if not row["outcome"]])
    for at, row in enumerate(open_rows):
        row["outcome"] = "late" if at < late else "missed"
    return [{"person": f"с-{at:03}", **row} for at, row in enumerate(rows, 1)] or [{"person": "нет"}]


def list_promotions(sample: Sample) -> list[Row]:
    """List the promotions; more from within than in all come from districts to the lowest posts."""
    total, within = sample.count("promoted_total"), sample.count("promoted_from_within")
    if not total:
        return [{"person": "нет"}]
    draw = start(sample.plan, "promotions")
    rows = [{"from_within": ANSWER[own], "post": "ordinary"} for own in draw.flags(total, min(total, within))]
    district = max(0, within - total)
    rows += [{"from_within": "да", "post": "lowest"}] * district
    rows += [{"from_within": "нет", "post": "lowest"}] * draw.whole(0, 2)
    far = [at >= total and row["from_within"] == "да" for at, row in enumerate(rows)]
    return [
        {"person": f"н-{at:03}", "day": draw.day(), **row, "from_district": ANSWER[came]}
        for at, (row, came) in enumerate(zip(rows, far, strict=True), 1)
    ]


def list_systems(sample: Sample) -> list[Row]:
    """List the systems with the mark of restricted information."""
    return [
        {
            "system": system.name,
            "restricted": ANSWER[system.restricted],
            "contract": ";".join(system.contracts),
            "accounted": ANSWER[system.accounted],
        }
        for system in draw_systems(sample)
    ]


def list_entered(sample: Sample) -> list[Row]:
    """List the entered points with their documents; reporting penalties fact by fact."""
    draw, rows = start(sample.plan, "entered"), []
    for name, value in sample.values.items():
        if name in PENALTIES and value:
            rows += list_facts(draw, name, Decimal(value))
        elif name.endswith("_points") and value:
            basis = f"Заключение № {draw.whole(1, 90)}-В рабочей группы"
            rows.append({"input": name, "value": value, "basis": basis})
    return [{**row, "date": f"2024-{draw.whole(1, 2):02}-{draw.whole(8, 28):02}"} for row in rows]


def list_facts(draw: Draw, name: str, points: Decimal) -> list[Row]:
    """List facts of half a point and more that add up to the penalty."""
    if not points:
        basis = f"Справка № {draw.whole(1, 90)} о проверке сведений: фактов не установлено"
        return [{"input": name, "value": "0", "basis": basis}]
    rows = []
    while points:
        taken = min(points, Decimal(draw.whole(1, 4)) / 2)
        basis = f"Акт № {draw.whole(100, 900)}: сведения {draw.choose(FAULTS)}"
        rows.append({"input": name, "value": str(taken), "basis": basis})
        points -= taken
    return rows
