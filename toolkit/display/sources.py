"""Where the inputs of an agency were read: value, source and cell, basis of an entered point, conflicts."""

from collections import Counter
from collections.abc import Collection
from fractions import Fraction
from typing import NamedTuple

from toolkit.display.markup import render_text
from toolkit.intake.campaign import Campaign
from toolkit.intake.offers import Diagnostic, Offer, Origin
from toolkit.rules.agency import Agency, Input
from toolkit.rules.methodology import Methodology


class InputSource(NamedTuple):
    """One input of an agency as its sources give it.

    Attributes:
        declared: the input.
        state: `read`, `missing`, `refused` or `conflict`.
        value: the exact number, or nothing.
        why: why there is no value, empty when there is one.
        origins: where it was read.
        said: the disagreeing offers.
        shares: diagnostic shares shown beside it.
    """

    declared: Input
    state: str
    value: Fraction | None
    why: str
    origins: tuple[Origin, ...]
    said: tuple[Offer, ...]
    shares: tuple[Diagnostic, ...]


def input_sources(campaign: Campaign, code: str, methodology: Methodology) -> list[InputSource]:
    """Return the inputs of an agency with their sources.

    Parameters:
        campaign: the campaign as it was read.
        code: code of the agency.
        methodology: the rules, which say what an agency of its type needs.

    Returns:
        Every input that some rule of its type uses or some source gives, in the order of the declarations.

    Raises:
        ToolkitError: there is no such agency.

    Source:
        Convention G7: what is missing is shown as missing.

    Example:
        >>> from toolkit import load_methodology, read_campaign
        >>> campaign = read_campaign("data_samples/2023")
        >>> {row.state for row in input_sources(campaign, "tides-agency", load_methodology())}
        {'read'}
    """
    agency, settled = campaign.find(code), campaign.settled[code]
    shares = [share for share in campaign.diagnostics if share.agency == code]
    known = {*agency.values, *agency.refused, *(share.name for share in shares)}
    known |= {name for rule in methodology.resolve(agency.type) if rule.applies for name in rule.inputs}
    return [
        InputSource(
            declared,
            state=_state(agency, name, settled.conflicts),
            value=agency.values.get(name),
            why="" if name in agency.values else agency.refused.get(name, "ни в одном источнике"),
            origins=settled.origins.get(name, ()),
            said=settled.conflicts.get(name, ()),
            shares=tuple(share for share in shares if share.name == name),
        )
        for name, declared in methodology.inputs.items()
        if name in known
    ]


def _state(agency: Agency, name: str, conflicts: Collection[str]) -> str:
    if name in agency.values:
        return "read"
    return "conflict" if name in conflicts else "refused" if name in agency.refused else "missing"


def intake_text(campaign: Campaign, code: str, methodology: Methodology, *, whole: bool = False) -> str:
    """Return what was read about an agency as lines for a terminal.

    Parameters:
        campaign: the campaign as it was read.
        code: code of the agency.
        methodology: the rules.
        whole: whether every value is listed with its source.

    Returns:
        What was read from where, what is missing, refused or in conflict.

    Source:
        Convention G7.
    """
    rows = input_sources(campaign, code, methodology)
    files = Counter(origin.place.file for row in rows for origin in row.origins[:1])
    return render_text("intake", agency=campaign.find(code), rows=rows, files=files, whole=whole)
