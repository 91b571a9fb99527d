"""A methodology as the tests of the law see it; a proof hands in a spoiled one instead of the true one."""

from functools import cached_property

import pytest

from tests.rules.specification import READINGS
from toolkit import load_methodology
from toolkit.rules.agency import AGENCY_TYPES


class Law:
    """One methodology with its rules resolved for every type of agency and every reading."""

    def __init__(self, methodology):
        self.methodology = methodology

    @cached_property
    def defaults(self):
        """Every rule by agency type and code, under the default readings."""
        return {kind: {rule.code: rule for rule in self.methodology.resolve(kind)} for kind in AGENCY_TYPES}

    @cached_property
    def variants(self):
        """Every rule for every agency type under the defaults and under each option of each reading."""
        choices = [{}, *({key: option} for key, item in READINGS.items() for option in item["options"])]
        return [
            rule
            for kind in AGENCY_TYPES
            for readings in choices
            for rule in self.methodology.resolve(kind, readings)
        ]

    def versions(self, code):
        """Return the variants of one rule."""
        return [rule for rule in self.variants if rule.code == code]


@pytest.fixture(scope="session")
def law():
    return Law(load_methodology())
