"""The scores of one agency under every combination of readings, visited only where they can matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from toolkit.formula.interval import Interval
from toolkit.program.variants import Variants
from toolkit.rules.agency import Agency
from toolkit.rules.measure import measure
from toolkit.rules.outcome import Score
from toolkit.rules.rule import Rule
from toolkit.shared import Kept


@dataclass(frozen=True)
class Table:
    """One score under every combination of some readings.

    Attributes:
        keys: the readings.
        scores: the score by the options of those readings, in the order of `keys`.
    """

    keys: tuple[str, ...]
    scores: Mapping[tuple[str, ...], Score]

    def under(self, choice: Mapping[str, str]) -> Score:
        """Return the score under a choice, which may name other readings as well."""
        return self.scores[tuple(choice[key] for key in self.keys)]

    @cached_property
    def pruned(self) -> Table:
        """Return the same without every reading under which the outcome never changes."""
        kept = [place for place in range(len(self.keys)) if self._matters(place)]
        scores: dict[tuple[str, ...], Score] = {}
        for options, score in self.scores.items():
            scores.setdefault(tuple(options[place] for place in kept), score)
        return Table(tuple(self.keys[place] for place in kept), scores)

    def _matters(self, place: int) -> bool:
        """Say whether some two combinations that differ in this reading alone have different outcomes."""
        seen: dict[tuple[str, ...], object] = {}
        return any(
            seen.setdefault((*options[:place], *options[place + 1 :]), outcome(score)) != outcome(score)
            for options, score in self.scores.items()
        )


class Forms:
    """The rules of one agency type in every form that readings give them, each made once."""

    def __init__(self, variants: Variants, codes: Iterable[str]) -> None:
        """Take every form of the rules, and the codes that are studied, children before totals."""
        self.variants, self.codes = variants, tuple(codes)
        self.keys = {code: variants.keys(code) for code in self.codes}
        self._once = Kept().once
        self.children = {code: self._children(code) for code in self.codes}
        self.taken = {code: self._taken(code) for code in self.codes}

    def rule(self, code: str, choice: Mapping[str, str]) -> Rule:
        """Return a rule under a choice that names at least the readings it can meet."""
        key = (code, *(choice[name] for name in self.keys[code]))
        return self._once(key, lambda: self.variants.rule(code, choice))

    def touched(self, key: str) -> tuple[str, ...]:
        """Return the codes that a reading can reach: the rules that meet it, and the totals above them."""
        found: list[str] = []
        for code in self.codes:
            if key in self.keys[code] or any(child in found for child in self.children[code]):
                found.append(code)
        return tuple(found)

    def tables(self, agency: Agency) -> dict[str, Table]:
        """Return the pruned table of every code for one agency.

        Parameters:
            agency: an agency of the type of these rules.

        Returns:
            For each code its score under every combination of the readings that matter for this agency.

        Raises:
            KeyError: a child of a total is not among the codes.

        Source:
            Section "Readings" of the methodology.

        Example:
            >>> from toolkit import load_methodology
            >>> methodology = load_methodology()
            >>> forms = Forms(Variants(methodology, "central"), methodology.rules)
            >>> agency = Agency("a", "A", "central", {"promoted_from_within": 0, "promoted_total": 0})
            >>> [str(score.points) for score in forms.tables(agency)["career_growth"].scores.values()]
            ['None', '10', '0']
        """
        whole: dict[str, Table] = {}
        for code in self.codes:
            # What a total adds up acts on it by its outcome alone; what it takes away also by its maximum,
            # which bounds a penalty that is not known.
            taken, children = self.taken[code], self.children[code]
            parts = {child: whole[child] if child in taken else whole[child].pruned for child in children}
            # The own readings of a total count even where no child shows them: a penalty that has nothing
            # left to take from a child can still take something from the total.
            met = {*self.keys[code], *(key for part in parts.values() for key in part.keys)}
            keys = tuple(key for key in self.variants.methodology.readings if key in met)
            scores = {}
            for choice in self.variants.choices(keys):
                under = {child: part.under(choice) for child, part in parts.items()}
                scores[tuple(choice.values())] = measure(self.rule(code, choice), agency, under)
            whole[code] = Table(keys, scores)
        return {code: table.pruned for code, table in whole.items()}

    def _children(self, code: str) -> tuple[str, ...]:
        """Return the codes that a rule or its penalties name, in any of its forms."""
        rules = self._all(code)
        scopes = [rule.scope for rule in rules]
        scopes += [penalty.scope for rule in rules for penalty in rule.penalties]
        return tuple(dict.fromkeys(child for scope in scopes for child in scope.children.values()))

    def _taken(self, code: str) -> frozenset[str]:
        """Return the codes that the penalties of a rule take away, in any of its forms."""
        penalties = (penalty for rule in self._all(code) for penalty in rule.penalties)
        return frozenset(child for penalty in penalties for child in penalty.children)

    def _all(self, code: str) -> list[Rule]:
        return [self.rule(code, choice) for choice in self.variants.choices(self.keys[code])]


def outcome(score: Score) -> tuple[object, str, Interval | None]:
    """Return what is seen of a score and acts on its totals: points, status, what it can still be."""
    return score.points, score.status, score.interval
