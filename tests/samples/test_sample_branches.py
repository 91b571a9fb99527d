"""Every branch of the order occurs in the sample; a failure lists the branches that do not."""

from fractions import Fraction

ABSENT, INCOMPLETE, COMPLETE = range(3)  # the options of `strategy_status`


def given(score, name):
    return score.agency.values[name]


def line(score, letter):
    return next(traced for traced in score.trace.lines if traced.line.letter == letter)


def share(score):
    """Return the share of points 45-1 and 45-2."""
    return line(score, "r").value


def limited(score):
    return score.trace.lines[-1].limited


def taken(score):
    return sum((penalty.points for penalty in score.trace.penalties), Fraction(0))


def is_cut(score):
    """Tell whether the cap of a penalty acted."""
    return any(step.limited == "maximum" for penalty in score.trace.penalties for step in penalty.lines)


def takes_all(score):
    """Tell whether a penalty took more than there was."""
    return any(penalty.points > penalty.before and penalty.after == 0 for penalty in score.trace.penalties)


def emptied(score):
    return {name for traced in score.trace.lines for name in traced.emptied}


def dayoff(score):
    """Return the hours a head on days off, point 40 note 2."""
    return score.trace.penalties[0].lines[0].value


# Every branch of a complete score, by the code of its rule.
BRANCHES = {
    "exit_interview": {
        "more than half of the dismissed name bad reasons": lambda s: taken(s) == Fraction("1.5"),
        "exactly half of them do": lambda s: (
            0 < given(s, "staff_dismissed") == 2 * given(s, "negative_exit_reasons") and taken(s) == 0
        ),
        "nobody was dismissed": lambda s: emptied(s) == {"b"} and s.status == "assumed" and s.points == 5,
        "nobody filled the interview": lambda s: s.points == 0 and s.status == "computed",
    },
    "staff_quality": {
        "above the cap": lambda s: limited(s) == "maximum" and s.points == 5,
        "below the cap": lambda s: not limited(s) and 0 < s.points < 5,
    },
    "working_time": {
        "N1 below 0": lambda s: line(s, "N1").limited == "floor" and line(s, "N1").raw == Fraction(-5, 4),
        "N1 without overtime": lambda s: line(s, "N1").value == 5,
        "N1 between": lambda s: 2 < line(s, "N1").value < 3,
        "just under 9 hours": lambda s: dayoff(s) == Fraction("8.99") and taken(s) == 0,
        "exactly 9 hours": lambda s: dayoff(s) == 9 and taken(s) == 1,
        "between 9 and 184 hours": lambda s: 9 < dayoff(s) < 184 and taken(s) == 1,
        "exactly 184 hours": lambda s: dayoff(s) == 184 and taken(s) == 1,
        "just over 184 hours": lambda s: dayoff(s) == Fraction("184.01") and taken(s) == 2,
        "the penalty takes everything": lambda s: takes_all(s) and s.points == 0,
    },
    "training": {
        "nobody due for upskilling": lambda s: emptied(s) == {"b"} and s.status == "computed",
        "nobody due for retraining": lambda s: emptied(s) == {"d"} and s.status == "computed",
        "nobody due for either": lambda s: emptied(s) == {"b", "d"} and s.points == 5,
        "no penalty": lambda s: taken(s) == 0 and not emptied(s),
        "penalties for both": lambda s: (
            not is_cut(s) and given(s, "training_late_cases") and given(s, "training_missed_cases")
        ),
        "penalties cut to 5": lambda s: is_cut(s) and taken(s) == 5,
        "penalties take everything": takes_all,
    },
    "internship": {
        "above 10 %": lambda s: share(s) > Fraction("0.1") and s.points == 2,
        "exactly 10 %": lambda s: share(s) == Fraction("0.1") and s.points == 1,
        "exactly 5 %": lambda s: share(s) == Fraction("0.05") and s.points == 1,
        "just below 5 %": lambda s: Fraction("0.049") < share(s) < Fraction("0.05") and s.points == 0,
        "nobody": lambda s: share(s) == 0 == s.points,
    },
    "eqyzmet_files": {
        "all files": lambda s: share(s) == 1 and s.points == Fraction("1.5"),
        "exactly 99 %": lambda s: share(s) == Fraction("0.99") and s.points == Fraction("1.5"),
        "just below 99 %": lambda s: Fraction("0.9899") < share(s) < Fraction("0.99") and s.points == 0,
    },
    "work_organisation": {
        "the cap binds because of the bonuses": lambda s: (
            limited(s) == "maximum" and line(s, "base").value < 30 and s.points == 30
        ),
        "the cap does not bind": lambda s: not limited(s),
    },
    "contest_transparency": {
        "no contest was held": lambda s: emptied(s) == {"c"} and s.status == "assumed" and s.points == 10,
        "some violations": lambda s: 0 < taken(s) < 10 and s.points > 0,
        "violations above the cap": is_cut,
        "violations take everything": takes_all,
        "no violation": lambda s: taken(s) == 0 and s.status == "computed",
    },
    "career_growth": {
        "exactly at the threshold": lambda s: line(s, "kr").value == Fraction("0.8") and s.points == 10,
        "just below the threshold": lambda s: s.points == Fraction("7.95"),
        "more from within than in all": lambda s: (
            line(s, "kr").value > 1 and s.points == 10 and any("kr больше 1" in note for note in s.notes)
        ),
    },
    "smart_city": {
        "exactly 6900": lambda s: line(s, "B_sum").value == 6900 and s.points == 10 and not s.notes,
        "more than 6900": lambda s: line(s, "B_percent").limited == "maximum" and s.points == 10,
        "less than 6900": lambda s: s.points < 10,
    },
    "it_staff": {
        "no digital unit": lambda s: emptied(s) == {"d"} and s.status == "assumed" and s.points == 0,
        "a central agency above 10": lambda s: s.maximum == 20 and s.points > 10,
        "a local agency at its maximum": lambda s: s.maximum == 10 == s.points,
    },
    "indicator_registry": {
        "an empty registry": lambda s: emptied(s) == {"v"} and s.status == "assumed" and s.points == 0
    },
    "unused_systems": {
        "nothing to subtract": lambda s: s.points == 0,
        "something to subtract": lambda s: s.points > 0 and s.status == "entered",
    },
    "hr_reporting_penalty": {
        "none": lambda s: s.points == 0,
        "some": lambda s: 0 < s.points < 10,
        "above 10": lambda s: limited(s) == "maximum" and s.points == 10,
    },
    "it_reporting_penalty": {
        "none": lambda s: s.points == 0,
        "some": lambda s: 0 < s.points < 10,
        "above 10": lambda s: limited(s) == "maximum" and s.points == 10,
    },
    "hr": {"a reporting penalty acts": lambda s: taken(s) == 10, "no penalty": lambda s: taken(s) == 0},
    "it": {
        "above 100": lambda s: s.points > 100,
        "a reporting penalty acts": lambda s: taken(s) == 10,
        "a deduction acts": lambda s: s.trace.lines[-1].values["D"] > 0,
    },
}

# Scores that are not complete: code, status, what is lacking.
GAPS = [
    ("net_turnover", "missing", "net_turnover_points"),
    ("management_practice", "missing", "i12"),
    ("career_growth", "missing", None),
    ("smart_city", "missing", "smart_ecology"),
    ("unused_systems", "missing", "unused_systems_points"),
    ("hr_reporting_penalty", "missing", "hr_reporting_penalty_points"),
    ("staff_potential", "partial", "net_turnover"),
    ("work_organisation", "partial", "management_practice"),
    ("merit_culture", "partial", "career_growth"),
    ("hr", "partial", "staff_potential"),
    ("hr", "partial", "work_organisation"),
    ("hr", "partial", "merit_culture"),
    ("hr", "partial", "hr_reporting_penalty"),
    ("it", "partial", "smart_city"),
    ("it", "partial", "unused_systems"),
    ("smart_city", "not_applicable", None),
    ("indicator_registry", "not_applicable", None),
    ("it", "not_applicable", None),
]


def test_every_branch_of_a_complete_score_occurs(scores):
    done = [score for score in scores if score.points is not None]
    missing = [
        (code, sentence)
        for code, branches in BRANCHES.items()
        for sentence, holds in branches.items()
        if not any(holds(score) for score in done if score.code == code)
    ]
    assert missing == []


def test_every_kind_of_gap_occurs(scores):
    found = {(score.code, score.status, lack) for score in scores for lack in (None, *score.lacks)}
    assert [gap for gap in GAPS if gap not in found] == []


def test_every_status_of_the_strategy_meets_every_band_of_its_execution(scores):
    met = set()
    for score in scores:
        if score.code == "hr_strategy":
            shown = "strategy_execution_percent" not in score.agency.unshown
            met.add((given(score, "strategy_status"), line(score, "b").value if shown else None))
    bands = (3, 2, 1, 0, None)
    assert met == {(ABSENT, None), *((status, band) for status in (INCOMPLETE, COMPLETE) for band in bands)}


def test_the_edges_of_the_bands_of_execution_occur(scores):
    found = [score for score in scores if score.code == "hr_strategy"]
    met = {given(score, "strategy_execution_percent"): line(score, "b").value for score in found}
    edges = {"80": 3, "79.995": 2, "60": 2, "59.99": 1, "40": 1, "39.999": 0}
    assert {edge: met.get(Fraction(edge)) for edge in edges} == edges


def test_every_status_occurs(scores):
    assert {score.status for score in scores} == {
        "computed",
        "entered",
        "assumed",
        "not_applicable",
        "missing",
        "partial",
    }
