"""Rows of inputs that try every branch: random, exactly on an edge, just beside it, incomplete."""

import random
import tomllib
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

from toolkit import Agency, load_methodology
from toolkit.formula import exact
from toolkit.formula.tree import Call, Comparison, Number, Operation, names, nodes
from toolkit.program.compiler import compile_program

CASES = Path(__file__).resolve().parents[1] / "cases"
TYPES = ("central", "local", "territorial")
METHODOLOGY = load_methodology()
PROGRAMS = {kind: compile_program(METHODOLOGY, kind) for kind in TYPES}
DEFAULT = {key: reading.default for key, reading in METHODOLOGY.readings.items()}
BESIDE = Fraction(1, 1_000_000)


@dataclass(frozen=True)
class Row:
    """One agency under one choice of readings, with the reason why it is tried."""

    kind: str
    choice: dict
    values: dict
    why: str
    parameters: dict = field(default_factory=dict)

    @property
    def agency(self):
        return Agency("a", "A", self.kind, self.values)


def read_row(name):
    """Return one of the rows the worked cases start from."""
    written = tomllib.loads((CASES / "rows.toml").read_text("utf-8"))[name]
    words = {key: list(METHODOLOGY.inputs[key].options) for key in written}
    return {
        key: Fraction(words[key].index(text)) if words[key] else Fraction(text)
        for key, text in written.items()
    }


def draw_row(chance):
    """Draw a complete row inside the domains; small counts, so that edges and empty divisors are met."""
    row = {}
    for name, declared in METHODOLOGY.inputs.items():
        if declared.options:
            row[name] = Fraction(chance.randrange(len(declared.options)))
        elif declared.whole:
            row[name] = Fraction(chance.randrange(21))
        else:
            high = float(declared.high) if declared.high is not None else 300
            row[name] = Fraction(round(chance.uniform(0, high) * 12), 12)
    row["workdays"] = Fraction(chance.randrange(22, 260))
    return row


def options_in_turn():
    """Yield the default choice, then every other option of every reading alone."""
    yield DEFAULT
    for key, reading in METHODOLOGY.readings.items():
        for option in reading.options:
            if option != reading.default:
                yield DEFAULT | {key: option}


def draw_choice(chance):
    return {key: chance.choice(sorted(reading.options)) for key, reading in METHODOLOGY.readings.items()}


def draw_parameters(chance, program):
    """Change a few numbers of the order by up to a half, as a methodologist would."""
    names = chance.sample(sorted(program.parameters), 4)
    return {name: program.parameters[name] * Fraction(chance.randrange(10, 31), 20) for name in names}


def turning_points(program, choice):
    """Yield a label and a formula that is 0 where a rule turns: a band's edge, a cap, an empty divisor."""
    for statement in program.statements:
        for node in nodes(statement.tree(choice)):
            match node:
                case Comparison(_, left, right):
                    yield f"{statement.name}: band", Operation("-", left, right)
                case Call("min" | "max", (left, right)):
                    yield f"{statement.name}: limit", Operation("-", left, right)
                case Call("share", (_, divisor, *_)) | Operation("/", _, divisor):
                    yield f"{statement.name}: divisor", divisor


def influences(program, choice, tree):
    """Return the inputs a formula depends on, through every line below it."""
    formulas = {statement.name: statement.tree(choice) for statement in program.statements}
    found, open_names = set(), list(names(tree))
    while open_names:
        name = open_names.pop()
        if name in formulas:
            open_names += names(formulas.pop(name))
        elif name in program.inputs:
            found.add(name)
    return sorted(found)


def reach_zero(program, choice, tree, start, name):
    """Return the row with one input moved so that a formula is exactly 0, or None where none is found."""
    chosen = replace(program, choice={**program.choice, **choice})

    def gap(row):
        known = chosen.calculate(row)
        if any(known[used] is None for used in names(tree)):
            return None
        return exact.evaluate(tree, known).number

    here, there = gap(start), gap(start | {name: start[name] + 1})
    if here == 0:
        return start
    if here is None or there is None or here == there:
        return None
    moved = start[name] - here / (there - here)
    row = start | {name: moved}
    return row if moved >= 0 and gap(row) == 0 else None


def edge_rows(kind, choice, starts, wanted=lambda _: True):
    """Yield rows exactly on every turning point that an input can reach, a millionth under it and over it."""
    program = PROGRAMS[kind]
    for label, tree in turning_points(program, choice):
        inputs = influences(program, choice, tree) if wanted(label) else []
        tries = ((start, name) for start in starts for name in inputs)
        found = next(
            (
                (row, name)
                for start, name in tries
                if (row := reach_zero(program, choice, tree, start, name)) is not None
            ),
            None,
        )
        if found:
            row, name = found
            yield Row(kind, choice, row, label)
            yield Row(kind, choice, row | {name: max(Fraction(0), row[name] - BESIDE)}, f"{label}, under")
            yield Row(kind, choice, row | {name: row[name] + BESIDE}, f"{label}, over")


def unreached(kind, choice, rows):
    """Return the turning points that depend on inputs but that no row meets."""
    program = PROGRAMS[kind]
    met = {row.why for row in rows}
    return {
        label
        for label, tree in turning_points(program, choice)
        if influences(program, choice, tree) and label not in met and not isinstance(tree, Number)
    }


def make_rows(seed, random_rows):
    """Return all rows of one type under every option in turn, then random ones under random choices."""
    chance = random.Random(seed)  # noqa: S311  a seeded draw, nothing secret
    full, least = read_row("full"), read_row("empty_handed")
    for kind in TYPES:
        tired = full | {"overtime_dayoff_hours": Fraction(1_000_000)}
        starts = [full, least, tired, *(draw_row(chance) for _ in range(12))]
        yield from edge_rows(kind, DEFAULT, starts)
        for name in PROGRAMS[kind].inputs:
            kept = {other: value for other, value in full.items() if other != name}
            yield Row(kind, DEFAULT, kept, f"without {name}")
        for choice in options_in_turn():
            switched = {key for key in choice if choice[key] != DEFAULT[key]}
            touched = {
                statement.name for statement in PROGRAMS[kind].statements if switched & set(statement.keys)
            }
            yield from edge_rows(
                kind, choice, starts, lambda label, touched=touched: label.split(":")[0] in touched
            )
            for name in {
                name for item in PROGRAMS[kind].statements if item.name in touched for name in item.names
            }:
                if name in full:
                    yield Row(kind, choice, {k: v for k, v in full.items() if k != name}, f"without {name}")
            yield Row(kind, choice, full, "full")
        for _ in range(random_rows):
            values = draw_row(chance)
            for name in chance.sample(sorted(values), chance.choice((0, 0, 0, 1, 3))):
                del values[name]
            yield Row(kind, draw_choice(chance), values, "random")
            changed = draw_parameters(chance, PROGRAMS[kind])
            yield Row(kind, draw_choice(chance), values, "changed parameters", changed)
