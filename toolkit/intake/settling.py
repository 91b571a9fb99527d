"""One value for each input: sources must agree or it is missing until decided; values must fit each other."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from graphlib import TopologicalSorter

from toolkit.errors import Problem, one_line
from toolkit.formula.exact import compare, evaluate
from toolkit.formula.parse import parse_condition
from toolkit.formula.tree import Comparison, names
from toolkit.intake.gathering import gather
from toolkit.intake.numbers import quote
from toolkit.intake.offers import Decision, Offer, Origin
from toolkit.rules.agency import Input
from toolkit.rules.methodology import Methodology
from toolkit.rules.notes import comma


@dataclass(slots=True)
class Settled:
    """What is settled about the inputs of one agency.

    Attributes:
        offers: the accepted offer of each input that has a value.
        refused: why an input has none although a source has it.
        conflicts: inputs whose sources disagree, with all that they say.
        origins: where each value was read, all agreeing sources together.
        problems: conflicts and decisions that decide nothing.
    """

    offers: dict[str, Offer] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    conflicts: dict[str, tuple[Offer, ...]] = field(default_factory=dict)
    origins: dict[str, tuple[Origin, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def values(self) -> dict[str, Fraction]:
        """Return the value of each input that has one."""
        return {name: offer.value for name, offer in self.offers.items() if offer.value is not None}


def settle(offers: Iterable[Offer], decisions: Mapping[str, Decision]) -> Settled:
    """Settle the inputs of one agency.

    Parameters:
        offers: all that its sources say.
        decisions: for each input the source that was chosen.

    Returns:
        The settled inputs; an input with one good source, or with several that agree, has a value.

    Source:
        Convention G7: what is not settled is missing, never a guess.

    Example:
        >>> from toolkit.errors import Place
        >>> said = [Offer("mf", "workdays", Fraction(days), (Origin(Place(file)),), str(days))
        ...         for days, file in ((247, "agencies.csv"), (246, "calendar.xlsx"))]
        >>> settled = settle(said, {})
        >>> settled.values, list(settled.conflicts)
        ({}, ['workdays'])
    """
    said, settled = gather(offers, lambda offer: offer.name), Settled()
    for name, found in said.items():
        _settle_one(name, found, decisions.get(name), settled)
    idle = (decision for name, decision in decisions.items() if name not in said)
    settled.problems += [_doubt(decision, "ни один источник не даёт этого значения") for decision in idle]
    return settled


def _settle_one(name: str, found: list[Offer], decision: Decision | None, settled: Settled) -> None:
    good, passed = [offer for offer in found if offer.value is not None], list[Offer]()
    allowed = "одинаковые значения или строка в decisions.csv о том, какому источнику верить"
    if decision is not None:
        named = decision.source.casefold().removeprefix("./")  # however it is typed
        chosen = [offer for offer in found if offer.source.casefold() == named]
        usable = [offer for offer in good if offer in chosen]
        if chosen and not usable:
            faults = "; ".join(offer.fault for offer in chosen)
            settled.refused[name] = f"выбранный источник {decision.source} отклонён: {one_line(faults)}"
            settled.problems.append(Problem(decision.place, f"{name}: {settled.refused[name]}", allowed))
            return
        if _agree(good):
            settled.problems.append(_doubt(decision, "источники не расходятся"))
        elif usable:
            believed = {offer.value for offer in usable}
            passed = [offer for offer in good if offer.value not in believed]
            good = [offer for offer in good if offer.value in believed]
            allowed = "одно число в этом файле: исправьте его, решение уже названо"
        else:
            sources = ", ".join(sorted({offer.source for offer in found}))
            what = f"источника {quote(decision.source)} нет среди расходящихся"
            settled.problems.append(Problem(decision.place, what, sources))
    if _agree(good):
        settled.offers[name] = good[0]
        settled.origins[name] = tuple(origin for offer in good for origin in offer.origins)
        # A source that was refused stays in sight beside the others.
        refused = (offer for offer in found if offer.value is None and decision is None)
        settled.origins[name] += tuple(replace(it.origins[0], how=it.fault) for it in refused)
        if decision is not None and passed:
            settled.origins[name] += tuple(_tell(decision, passed))
    elif good:
        settled.conflicts[name] = tuple(good)
        said = "; ".join(f"{comma(offer.value or Fraction())} ({offer.origins[0].place})" for offer in good)
        settled.refused[name] = f"источники расходятся: {one_line(said)}"
        settled.problems.append(_report(good[-1], settled.refused[name], allowed))
    else:
        settled.refused[name] = "; ".join(offer.fault for offer in found)


def _tell(decision: Decision, passed: Iterable[Offer]) -> Iterator[Origin]:
    """Yield what was decided, by whom and why, and what the other sources say."""
    for offer in passed:
        yield replace(offer.origins[0], how=f"не выбрано решением: {comma(offer.value or Fraction())}")
    said = (decision.who, f"{decision.day:%d.%m.%Y}" if decision.day else "", decision.reason)
    yield Origin(decision.place, f"решено верить {decision.source}: {', '.join(filter(None, said))}")


def _agree(offers: list[Offer]) -> bool:
    return len({offer.value for offer in offers}) == 1


def _doubt(decision: Decision, why: str) -> Problem:
    return Problem(decision.place, f"решать нечего: {why}", warning=True)


class Checker:
    """Checks the settled values of agencies against each other.

    Parameters:
        methodology: the domains, limits and checks.
    """

    def __init__(self, methodology: Methodology) -> None:
        self.inputs = methodology.inputs
        # Each after those its limit uses: a refused value limits nothing.
        limits = {name: names(it.limit[1]) for name, it in self.inputs.items() if it.limit}
        self.limited = [name for name in TopologicalSorter(limits).static_order() if name in limits]
        self.checks = [(check, parse_condition(check["when"])) for check in methodology.checks]

    def check(self, settled: Settled) -> None:
        """Take back what cannot stand beside the rest, and warn of what is only implausible.

        Parameters:
            settled: the settled inputs of one agency; refusals and problems are added to it.

        Source:
            Convention G6: limits refuse, what is only implausible never does.
        """
        for declared in self.inputs.values():
            self._refuse_forbidden(declared, settled)
        for name in self.limited:
            _refuse_above(self.inputs[name], settled)
        for check, condition in self.checks:
            _warn(check, condition, settled)

    def _refuse_forbidden(self, declared: Input, settled: Settled) -> None:
        offer = settled.offers.get(declared.name)
        if not declared.forbidden_with or offer is None or not offer.text:
            return
        other, option = declared.forbidden_with
        if settled.values.get(other) == list(self.inputs[other].options).index(option):
            what = f"{quote(offer.text)} стоит рядом с {other} = {option}"
            _refuse(offer, what, f"пустая ячейка, когда {other} = {option}", settled)


def _refuse_above(declared: Input, settled: Settled) -> None:
    value, bound = settled.values.get(declared.name), declared.bound(settled.values)
    if value is not None and bound is not None and declared.limit and value > bound:
        offer = settled.offers[declared.name]
        what = f"{quote(offer.text)} больше, чем {declared.limit[0]} = {bound}"
        _refuse(offer, what, declared.domain, settled)


def _warn(check: Mapping[str, str], condition: Comparison, settled: Settled) -> None:
    used, values = names(condition), settled.values
    if not values.keys() >= {check["input"], *used}:
        return
    left, right = (evaluate(side, values).number for side in (condition.left, condition.right))
    if compare(condition.sign, left, right):
        shown = ", ".join(f"{name} = {comma(values[name])}" for name in used)
        settled.problems.append(_report(settled.offers[check["input"]], f"{check['text']} ({shown})"))


def _refuse(offer: Offer, what: str, allowed: str, settled: Settled) -> None:
    del settled.offers[offer.name]
    settled.refused[offer.name] = f"ячейка отклонена: {what}"
    settled.problems.append(_report(offer, what, allowed))


def _report(offer: Offer, what: str, allowed: str = "") -> Problem:
    """Return a problem of a settled value; without an allowance it only warns."""
    place = offer.origins[0].place
    # A list speaks of many agencies, and a place in it without a row does not say of which.
    said = what if place.column and place.row else f"{offer.agency}: {offer.name}: {what}"
    return Problem(place, said, allowed, warning=not allowed)
