"""Mistakes in what an order says beside its formulas: printed tables, dates, words and lists."""

from datetime import timedelta
from itertools import pairwise

from tests.proofs.places import exchange, swap_neighbours, take, walk
from toolkit.rules.builder import PROVENANCES

# What is said of a table or a part of the procedure; whatever else is a word decides something.
DESCRIBED = ("point", "title", "parameters")
A_DAY, A_YEAR = timedelta(days=1), timedelta(days=366)


def spoil_beside(document, documents):
    yield from change_dates(document)
    yield from change_words(document, documents)
    yield from change_kinds(document, documents)
    yield from change_labels(document)
    yield from describe(document)
    for at, value in walk(document):
        if isinstance(value, list):
            yield from swap_neighbours(document, at)


def is_only_printed(document, at):
    """Say whether nothing is computed from a number: a count of КЦИ, and where a row of a scale ends."""
    return at[-1] == "count" or (at[-1] == "to" and "high" not in take(document, at[:-1]))


def change_dates(document):
    for at, day in walk(document):
        if hasattr(day, "isoformat"):
            for other in (day + A_DAY, day - A_DAY, day + A_YEAR, day - A_YEAR):
                yield "date", at, other, f"{day} → {other}"


def name_field(at):
    """Return what a word stands for: its key, or that of its list; a role has words of its own."""
    key = next(key for key in reversed(at) if isinstance(key, str))
    return "words" if at[0] == "roles" else key


def list_words(document):
    return [
        (at, value)
        for at, value in walk(document)
        if isinstance(value, str) and at[-1] != "ru" and name_field(at) not in ("point", "provenance")
    ]


def change_words(document, documents):
    """Put in the place of a word every other one that could stand there, and nothing at all."""
    known = {"kinds": list_kinds(documents), "scale": documents["tables.toml"], "rule": list_rules(documents)}
    words = list_words(document)
    for at, own in words:
        field = name_field(at)
        others = [*known.get(field, ()), *(word for place, word in words if name_field(place) == field), ""]
        for other in dict.fromkeys(others):
            if other != own:
                yield name_kind(field, own, other, documents), at, other, f"{own} → {other}"


def name_kind(field, own, other, documents):
    """Return the kind of a mistake in a word; the order prints the same rows for both scales of corps A."""
    tables = documents["tables.toml"]
    same = field == "scale" and other in tables and tables[own]["rows"] == tables[other]["rows"]
    return "description" if same or field in DESCRIBED else "target"


def list_kinds(documents):
    return list(documents["inputs.toml"]["inputs"]["kind"]["options"])


def list_rules(documents):
    chapters = [documents[f"{name}.toml"] for name in documents["order.toml"]["chapters"]]
    return [code for chapter in chapters for code in chapter if code != "chapter"]


def change_kinds(document, documents):
    """Count another kind of КЦИ instead of one, or add one to a list."""
    # Chapter 5 applies no annex and prints no plan, whatever a list says of its qualities.
    idle = ["quality"]
    for at, value in walk(document):
        if not at or at[-1] != "kinds":
            continue
        for other in [kind for kind in list_kinds(documents) if kind not in value]:
            if isinstance(value, list):
                yield "description" if other in idle else "target", at, [*value, other], f"{other} added"
                continue
            for own in value:
                renamed = {other if kind == own else kind: count for kind, count in value.items()}
                yield "target", at, renamed, f"{own} → {other}"
        # The first table that names a kind is the one for it.
        idle += value if isinstance(value, list) else []


def change_labels(document):
    """Let a row of a scale say what another one says; let a row of annex 4 allow its greatest mark alone."""
    for name, table in document.items():
        rows = table.get("rows", []) if isinstance(table, dict) else []
        labels = [row["label"]["ru"] for row in rows if "label" in row]
        for number, own in enumerate(labels):
            yield from exchange((name, "rows", number, "label", "ru"), own, labels, "target")
        for number, row in enumerate(rows):
            if "high" in row and "low" not in row and row["high"]:
                yield "number", (name, "rows", number, "low"), row["high"], "a smallest mark"


def describe(document):
    """Give a table or a part of the procedure the point, the title or the provenance of another one."""
    for at, group in walk(document):
        parts = list_parts(group)
        for (key, part), (_, beside) in pairwise([*parts, *parts][: len(parts) + 1]):
            for field in ("point", "title"):
                if field in part and field in beside and part[field] != beside[field]:
                    yield "description", (*at, key, field), beside[field], f"as beside: {beside[field]}"
        for key, part in parts:
            if "point" in part:
                yield "description", (*at, key, "point"), "", "emptied"
            if "provenance" in part:
                place = (*at, key, "provenance")
                yield from exchange(place, part["provenance"], PROVENANCES, "provenance")


def list_parts(group):
    items = group.items() if isinstance(group, dict) else enumerate(group) if isinstance(group, list) else ()
    return [(key, part) for key, part in items if isinstance(part, dict)]
