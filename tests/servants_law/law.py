"""The servants' order as its tests see it; a proof hands in a spoiled one instead of the true one."""

from functools import cached_property

import pytest

from tests.servants_law.specification import READINGS, SUBJECTS
from toolkit import load_methodology
from toolkit.rules.loader import SERVANTS_2025, files, read_toml
from toolkit.servants.regulation import build_regulation


class ServantsLaw:
    """The rules resolved for every subject and reading, and what the order says beside them.

    Parameters:
        methodology: the rules.
        tables: the parsed file of printed tables.
        procedure: the parsed file of the procedure.
    """

    def __init__(self, methodology, tables, procedure):
        self.methodology, self.tables, self.procedure = methodology, tables, procedure
        self.regulation = build_regulation(procedure, tables)

    @cached_property
    def defaults(self):
        """Every rule by subject and code, under the default readings."""
        return {kind: {rule.code: rule for rule in self.methodology.resolve(kind)} for kind in SUBJECTS}

    @cached_property
    def variants(self):
        """Every rule for every subject under the defaults and under each option of each reading."""
        choices = [{}, *({key: option} for key, item in READINGS.items() for option in item["options"])]
        return [
            rule
            for kind in SUBJECTS
            for readings in choices
            for rule in self.methodology.resolve(kind, readings)
        ]

    def versions(self, code):
        """Return the variants of one rule."""
        return [rule for rule in self.variants if rule.code == code]


@pytest.fixture(scope="session")
def law():
    folder = files("toolkit") / "law" / SERVANTS_2025
    beside = (read_toml(folder / f"{name}.toml") for name in ("tables", "procedure"))
    return ServantsLaw(load_methodology(SERVANTS_2025), *beside)
