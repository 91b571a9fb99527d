"""Every single mistake a person could make in the law files, as parsed data with one place changed.

A mutant never touches a file: it says what stands where instead. The mutants of a law folder are found
whatever rules it holds, so a new chapter is spoiled as soon as it lies there.
"""

import tomllib
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Any

from tests.proofs import beside_mutants, chapter_mutants, input_mutants
from tests.proofs.beside_mutants import is_only_printed
from tests.proofs.places import exchange, is_number, is_text, put, swap_keys, swap_neighbours, walk
from toolkit.rules import loader

LAW = loader.files("toolkit") / "law"
INPUTS, ORDER, READINGS = "inputs.toml", "order.toml", "readings.toml"
# Files whose numbers are whole: what is counted knows nothing between two of them.
COUNTED = (INPUTS, "procedure.toml")
# Defaults that a reading could have whose choice is a number.
NUMBERS = ("0", "0.49", "0.51", "1")
# A folder of rules says which order it holds; what else lies beside it has other tests.
FOLDERS = sorted(folder.name for folder in LAW.iterdir() if (folder / ORDER).is_file())


@dataclass(frozen=True)
class Mutant:
    """One mistake: its kind, where it stands and what stands there instead."""

    kind: str
    file: str
    at: tuple
    to: Any
    note: str

    @property
    def name(self):
        return f"{self.file}: {'.'.join(map(str, self.at))}: {self.note}"


def read_documents(folder):
    """Return the parsed files of one law folder."""
    paths = sorted(path for path in (LAW / folder).iterdir() if path.name.endswith(".toml"))
    return {path.name: tomllib.loads(path.read_text("utf-8"), parse_float=Fraction) for path in paths}


def change_document(documents, mutant):
    """Return the documents with the mutant's place changed; whatever else there is stays shared."""
    return documents | {mutant.file: put(documents[mutant.file], mutant.at, mutant.to)}


def spoil_law(documents):
    """Return every mutant of the documents once."""
    found = {}
    for file, document in documents.items():
        for kind, at, to, note in spoil_file(file, document, documents):
            mutant = Mutant(kind, file, at, to, note)
            found.setdefault(mutant.name, mutant)
    return list(found.values())


def spoil_file(file, document, documents):
    yield from spoil_values(document, Fraction(1) if file in COUNTED else Fraction(1, 100))
    yield from remove(document)
    yield from swap_options(document)
    if file == INPUTS:
        yield from input_mutants.spoil_inputs(document)
    elif file == READINGS:
        yield from spoil_readings(document)
    elif file == ORDER:
        yield from swap_neighbours(document, ("chapters",))
    elif file.removesuffix(".toml") in documents[ORDER]["chapters"]:
        yield from chapter_mutants.spoil_chapter(document, documents)
    else:
        yield from beside_mutants.spoil_beside(document, documents)


def spoil_values(document, step):
    """Change every number a little, halve it, flip what is true or false, leave a reader without words."""
    for at, value in walk(document):
        if is_number(value):
            others = [value + step, value - step, value / Fraction(2)] if value else [step, Fraction(1)]
            others = [int(other) if other.denominator == 1 else other for other in others]
            kind = "bound" if is_only_printed(document, at) else "number"
            yield from ((kind, at, other, f"{value} → {other}") for other in dict.fromkeys(others))
        elif isinstance(value, bool):
            yield "flag", at, not value, f"{value} → {not value}"
        elif is_text(at, value):
            yield "words", at, "", "emptied"


def remove(document):
    """Leave out every entry of every table and every item of every list."""
    for at, value in walk(document):
        if isinstance(value, dict):
            for key in value:
                yield "removed", at, {k: v for k, v in value.items() if k != key}, f"without {key}"
        elif isinstance(value, list):
            for key in range(len(value)):
                yield "removed", at, value[:key] + value[key + 1 :], f"without {key}"


def swap_options(document):
    """Give an option of a switch what belongs to another one."""
    for at, value in walk(document):
        if isinstance(value, dict) and "by" in value:
            for one, other in combinations([option for option in value if option != "by"], 2):
                if value[one] != value[other]:
                    swapped = value | {one: value[other], other: value[one]}
                    yield "switch", at, swapped, f"{one} ↔ {other}"


def spoil_readings(document):
    for (key, reading), (_, beside) in pairwise([*document.items(), *document.items()][: len(document) + 1]):
        options = reading.get("options", {})
        yield from exchange((key, "default"), reading["default"], options or NUMBERS, "default")
        for one, other in combinations(options, 2):
            yield "order", (key, "options"), swap_keys(reading["options"], one, other), f"{one} ↔ {other}"
        for field in ("register", "point"):
            if reading[field] != beside[field]:
                yield "description", (key, field), beside[field], f"{reading[field]} → {beside[field]}"
