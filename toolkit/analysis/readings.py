"""What readings do: each switched for all agencies at once, and every combination for each agency."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from toolkit.analysis.combinations import Forms, Table, outcome
from toolkit.analysis.places import Place, World
from toolkit.errors import ToolkitError, nearest
from toolkit.formula.interval import Bound, Interval
from toolkit.program.compiler import compile_program
from toolkit.program.variants import Variants
from toolkit.rules.agency import Agency
from toolkit.rules.loader import load_methodology
from toolkit.rules.measure import measure
from toolkit.rules.methodology import Methodology
from toolkit.rules.outcome import Score, Scores
from toolkit.rules.reading import Reading


class Move(NamedTuple):
    """What one score becomes when one reading is switched for all agencies and the rest stays as chosen.

    Attributes:
        reading: the reading that is switched.
        option: the option it is switched to.
        before: the score as chosen.
        after: the score under the option.
        place_before: its place as chosen, or None without points.
        place_after: its place once all agencies are switched, or None without points.
    """

    reading: Reading
    option: str
    before: Score
    after: Score
    place_before: Place | None
    place_after: Place | None

    @property
    def change(self) -> Fraction | None:
        """Return the points won, or lost with a minus; None where there are none to compare."""
        if self.before.points is None or self.after.points is None:
            return None
        return self.after.points - self.before.points

    @property
    def place_change(self) -> int | None:
        """Return the new place less the old one, so that a rise is negative."""
        if self.place_before is None or self.place_after is None:
            return None
        return self.place_after.place - self.place_before.place

    @property
    def same(self) -> bool:
        """Say whether the points, the status and the interval stay as they are."""
        return outcome(self.before) == outcome(self.after)

    @property
    def moved(self) -> bool:
        """Say whether the points, the status, the interval or the place is another one."""
        return not self.same or bool(self.place_change)


class Spread(NamedTuple):
    """The smallest and largest points of one score over every combination of readings.

    Attributes:
        score: the score as chosen.
        low: smallest points; under a combination that leaves the score open, the smallest it can still be.
        high: largest points, likewise.
        matters: the readings that change the score under some combination of the others.
        lowest: combinations of those readings that reach `low`, the nearest to the choice first.
        highest: combinations that reach `high`, the nearest to the choice first.
        combinations: number of combinations of those readings.
        incomplete: number of them under which the score has no single value, for want of data or of a rule.
    """

    score: Score
    low: Bound
    high: Bound
    matters: tuple[str, ...]
    lowest: tuple[Mapping[str, str], ...]
    highest: tuple[Mapping[str, str], ...]
    combinations: int
    incomplete: int

    @property
    def interval(self) -> Interval:
        """Return what the score can be over all combinations."""
        return Interval(self.low, self.high)


def study_of(scores: Scores, methodology: Methodology) -> "ReadingStudy":
    """Return the study of some scores by some rules, the same one for everybody who asks."""
    return scores.once((ReadingStudy, methodology), lambda: ReadingStudy(scores, methodology))


class ReadingStudy:
    """What the readings do to the scores of a campaign.

    The readings and parameters in force are those by which the scores were computed. What is found is kept,
    so that the next question about the same reading costs nothing; the scores are never changed.
    """

    def __init__(self, scores: Scores, methodology: Methodology | None = None) -> None:
        """Take the scores of a campaign and the rules by which they were computed; at first those of 2023."""
        self.scores, self.methodology = scores, methodology or load_methodology()
        self.choice = {key: reading.default for key, reading in self.methodology.readings.items()}
        self.parameters: dict[str, Fraction] = {}
        self._own: dict[str, dict[str, Score]] = {agency.code: {} for agency in scores.agencies}
        for score in scores:
            self._own[score.agency.code][score.code] = score
            self.choice |= score.rule.readings
            named = score.rule.scope.constants.items()
            self.parameters |= {f"{score.code}.{name}": it.value for name, it in named if it.changed}
        self._forms, self._world = cache(self._make_forms), cache(self._make_world)
        self._spreads = cache(self._make_spreads)
        self.program = cache(
            lambda kind: compile_program(self.methodology, kind, self.choice, self.parameters)
        )

    def readings(self, agency: str) -> tuple[Reading, ...]:
        """Return the readings that the rules applied to an agency can meet, in the order of the register."""
        own, its = self._scores_of(agency)
        keys = self._forms(its.type).keys
        met = {key for code, score in own.items() if score.interval is not None for key in keys[code]}
        return tuple(reading for key, reading in self.methodology.readings.items() if key in met)

    def moves(self, agency: str, keys: Iterable[str] | None = None) -> Iterator[Move]:
        """Yield what every score becomes that a switched reading can reach, whether it moves or not.

        Parameters:
            agency: code of the agency.
            keys: readings to switch, one at a time; all that its rules can meet when left out.

        Returns:
            For each reading and each of its other options the scores in the order of the order, totals after
            what they put together; places are those once all agencies are switched.

        Raises:
            ToolkitError: there is no such agency, or the scores were computed by other rules.
            KeyError: there is no such reading.

        Source:
            Section "Readings" of the methodology.

        Example:
            >>> from toolkit import evaluate, read_campaign
            >>> study = ReadingStudy(evaluate(read_campaign("tests/samples/drawn_2023")))
            >>> [move.after.code for move in study.moves("gardens-ministry", ["organisation_cap"])]
            ['work_organisation', 'hr']
        """
        own, its = self._scores_of(agency)
        before, forms = self._world(its.type), self._forms(its.type)
        for key in [reading.key for reading in self.readings(agency)] if keys is None else keys:
            reading = self.methodology.readings[key]
            for option in (option for option in reading.options if option != self.choice[key]):
                after = self._world(its.type, key, option)
                for code in forms.touched(key):
                    old, new = own[code], after.scores[agency][code]
                    if old.interval is not None:
                        yield Move(reading, option, old, new, before.place(old), after.place(new))

    def spreads(self, agency: str) -> dict[str, Spread]:
        """Return the smallest and largest points of every score of an agency over all combinations.

        Parameters:
            agency: code of the agency.

        Returns:
            A spread by code, exact; what is not applied to the agency is left out.

        Raises:
            ToolkitError: there is no such agency, or the scores were computed by other rules.

        Source:
            Section "Readings" of the methodology; convention G7 for what is missing.

        Example:
            >>> from toolkit import evaluate, read_campaign
            >>> study = ReadingStudy(evaluate(read_campaign("tests/samples/drawn_2023")))
            >>> spread = study.spreads("gardens-ministry")["contest_transparency"]
            >>> spread.matters, spread.lowest
            (('contest_formula',), ({'contest_formula': 'product'},))
        """
        return dict(self._spreads(agency))

    def knows(self, score: Score) -> bool:
        """Say whether a score is one of those studied, and the rules are those by which it was computed."""
        with suppress(ToolkitError):
            self._forms(score.agency.type)
            return self._own.get(score.agency.code, {}).get(score.code) is score
        return False

    def place(self, score: Score) -> Place | None:
        """Return the place of one of the scores of the campaign, or None where it has no points."""
        return self._world(score.agency.type).place(score)

    def _spread(self, score: Score, table: Table) -> Spread:
        spans = {options: it.interval for options, it in table.scores.items() if it.interval is not None}
        low = min(span.low for span in spans.values())
        high = max(span.high for span in spans.values())
        chosen = [self.choice[key] for key in table.keys]
        # The sort keeps the order of the register among combinations that are equally near.
        near = sorted(spans, key=lambda options: sum(map(str.__ne__, options, chosen)))
        named = {options: dict(zip(table.keys, options, strict=True)) for options in near}
        return Spread(
            score=score,
            low=low,
            high=high,
            matters=table.keys,
            lowest=tuple(named[options] for options in near if spans[options].low == low),
            highest=tuple(named[options] for options in near if spans[options].high == high),
            combinations=len(spans),
            incomplete=sum(it.points is None for it in table.scores.values()),
        )

    def _scores_of(self, agency: str) -> tuple[dict[str, Score], Agency]:
        """Return the scores of an agency by code, and the agency."""
        if agency not in self._own:
            raise ToolkitError(f"нет органа «{agency}»{nearest(agency, self._own)}")
        return self._own[agency], next(iter(self._own[agency].values())).agency

    def _make_spreads(self, agency: str) -> dict[str, Spread]:
        own, its = self._scores_of(agency)
        tables = self._forms(its.type).tables(its).items()
        return {
            code: self._spread(own[code], table) for code, table in tables if own[code].interval is not None
        }

    def _make_forms(self, kind: str) -> Forms:
        """Return the rules of a type of agency in all their forms, if the scores were computed by them."""
        its = next(agency for agency in self.scores.agencies if agency.type == kind)
        own = self._own[its.code]
        codes = [code for code in self.methodology.rules if code in own]
        try:
            forms = Forms(Variants(self.methodology, kind, self.parameters), codes)
            alike = {code for code in codes if forms.rule(code, self.choice) == own[code].rule}
            strange = next((f"правило {code} другое" for code in own if code not in alike), "")
        except ToolkitError as error:
            strange = str(error)
        if strange:
            raise ToolkitError(f"баллы вычислены не по методике «{self.methodology.name}»: {strange}")
        return forms

    def _make_world(self, kind: str, key: str = "", option: str = "") -> World:
        """Return the scores of all agencies of a type, or those that a switched reading reaches."""
        peers = [agency for agency in self.scores.agencies if agency.type == kind]
        if not key:
            return World({agency.code: self._own[agency.code] for agency in peers})
        return World({agency.code: self._switch(agency, key, option) for agency in peers})

    def _switch(self, agency: Agency, key: str, option: str) -> dict[str, Score]:
        """Score an agency anew by the rules that a switched reading reaches, and by no others."""
        forms, choice = self._forms(agency.type), self.choice | {key: option}
        known = dict(self._own[agency.code])
        found: dict[str, Score] = {}
        for code in forms.touched(key):
            found[code] = known[code] = measure(forms.rule(code, choice), agency, known)
        return found
