"""Invented cases behind the drawn totals: what both a form and a list of the synthetic campaign tell."""

from __future__ import annotations

from dataclasses import dataclass

from campaign_draw import NAMES, Sample, shown, start

SECRET_EVERY = 3  # one agency of so many has a system with restricted information


@dataclass(frozen=True)
class Contest:
    """A contest: whether it is open to all, its minutes with the post, and what was seen of it."""

    open: bool
    text: str
    day: str
    observer: bool
    video: bool
    violations: int


@dataclass(frozen=True)
class System:
    """An information system with the numbers of its contracts."""

    name: str
    restricted: bool
    accounted: bool
    unused: bool
    contracts: list[str]


def draw_contests(sample: Sample) -> list[Contest]:
    """Draw the contests of point 48, one for each post, in the order of their minutes."""
    draw, held = start(sample.plan, "contests"), sample.count("contests_held")
    days = sorted(draw.day() for _ in range(held))
    internal = draw.flags(held, draw.part(held, 30, 60))
    observers = draw.flags(held, sample.count("contests_observed"))
    videos = draw.flags(held, sample.count("contests_recorded"))
    violations = draw.spread(sample.count("recording_violations"), [0] * held)
    found = []
    for at, day in enumerate(days):
        post, unit = draw.choose(NAMES["posts"]), draw.choose(NAMES["units"])
        text = f"Протокол № {at + 1} от {shown(day)}, {post} управления {unit}"
        found.append(Contest(not internal[at], text, day, observers[at], videos[at], violations[at]))
    return found


def draw_systems(sample: Sample) -> list[System]:
    """Draw the systems of an agency; some are restricted, some unused, most have contracts."""
    if sample.plan.type == "territorial":
        return []
    draw = start(sample.plan, "systems")
    share = sample.fraction("architecture_portal_points", 30, "15")
    names = draw.mix(NAMES["systems"])[: draw.whole(3, 6)]
    accounted = draw.flags(len(names), round(len(names) * share))
    unused = draw.mix(NAMES["unused_systems"])[: round(float(sample.values["unused_systems_points"] or 1))]
    secret = draw.mix(NAMES["restricted_systems"])[: int(draw.whole(1, SECRET_EVERY) == 1)]
    initials = "".join(part[0] for part in sample.plan.code.split("-")[:2]).upper()
    found = []
    for at, name in enumerate([*names, *unused, *secret]):
        known = at < len(names)
        contracts = [f"{initials}-2023-{10 * at + one + 1}" for one in range(draw.choose((0, 0, 1, 2)))]
        restricted = name in secret
        found.append(
            System(
                f"ИС «{name}»",
                restricted,
                accounted=known and accounted[at],
                unused=name in unused,
                contracts=contracts or [f"{initials}-2023-{10 * at + 1}"] * restricted,
            )
        )
    return found
