"""Every case of the folder beside this file, each with what its group and its file say once for all."""

import tomllib

from tests.servants_law.specification import HERE, RULES

KINDS = {"annex_4": ("1", "assignments"), "annex_5": ("2", "appeals")}


def read(name):
    return tomllib.loads((HERE / "cases" / f"{name}.toml").read_text("utf-8"))


def list_grouped(name):
    """Yield the cases of a file of groups."""
    for group in read(name)["groups"]:
        for case in group.pop("cases"):
            inputs = {"inputs": group.get("inputs", {}) | case.get("inputs", {})}
            yield {"worker": name, "why": f"point {group['point']}", **group, **case, **inputs}


def list_marks():
    """Yield a case for every row of the two annexes."""
    for table, rows in read("marks").items():
        place, kind = KINDS[table]
        for row, marks in rows.items():
            hole = [(percent, "2") for percent in marks.get("hole", [])]
            shared = {"worker": "marks", "name": f"{table}: {row}", "code": table, "row": row, "kind": kind}
            shared |= {"why": "(20 + mark) / 5", "point": "19", "category": "2", "place": place}
            yield CORPS_A["servant"] | {"sheet": CORPS_A["sheets"]["2"]} | shared | marks | {"hole": hole}


CORPS_A, CORPS_B = read("corps_a"), read("corps_b")
CASES = [
    *(case | {"applies": RULES[case["code"]]["applies"]} for case in list_grouped("rules")),
    *(
        CORPS_A["servant"] | {"sheet": CORPS_A["sheets"][case["category"]]} | case
        for case in list_grouped("corps_a")
    ),
    *list_marks(),
    *(
        case | {"labels": CORPS_B["labels"], "rows": [CORPS_B["row"] | row for row in case["rows"]]}
        for case in list_grouped("corps_b")
    ),
    *list_grouped("duties"),
    *list_grouped("readings"),
]
