"""What a workbook shows of one agency: inputs, the program that scores it, values and scores."""

from collections.abc import Mapping
from fractions import Fraction

from toolkit.display.words import DIRECTIONS
from toolkit.evaluate import evaluate
from toolkit.intake.campaign import Campaign
from toolkit.program.compiler import compile_program
from toolkit.rules.methodology import Methodology


class Audit:
    """Everything the sheets are made from: one agency, scored exactly.

    Attributes:
        campaign: where the data come from.
        agency: the agency.
        methodology: the rules, for titles.
        program: the rules as assignments, which become formulas.
        scores: the official scores by code, in the order of the order.
        values: exact value of every input, parameter and assignment, None where missing.

    Source:
        Convention G8: every result carries its point, provenance and readings.

    Example:
        >>> from toolkit import load_methodology, read_campaign
        >>> campaign = read_campaign("tests/samples/drawn_2023")
        >>> Audit(campaign, campaign.agencies[0].code, load_methodology(), {}, {}).directions
        ('hr', 'it')
    """

    def __init__(
        self,
        campaign: Campaign,
        agency: str,
        methodology: Methodology,
        readings: Mapping[str, str],
        parameters: Mapping[str, Fraction],
    ) -> None:
        """Score one agency and put together what its workbook shows.

        Parameters:
            campaign: the campaign.
            agency: code of the agency.
            methodology: the rules.
            readings: chosen options by key.
            parameters: changed numbers by `CODE.NAME`.

        Raises:
            ToolkitError: there is no such agency, reading, option or parameter.
        """
        self.campaign, self.agency, self.methodology = campaign, campaign.find(agency), methodology
        scores = evaluate([self.agency], methodology, readings=readings, parameters=parameters)
        self.scores = {score.code: score for score in scores.of(agency)}
        self.program = compile_program(methodology, self.agency.type, readings, parameters)
        self.values = self.program.calculate(self.agency.values)

    @property
    def directions(self) -> tuple[str, ...]:
        """Return the directions in which the agency is evaluated."""
        return tuple(code for code in DIRECTIONS if self.scores[code].status != "not_applicable")

    @property
    def readings(self) -> tuple[str, ...]:
        """Return the readings that some formula of this agency depends on."""
        used = {key for statement in self.program.statements for key in statement.keys}
        return tuple(key for key in self.program.choice if key in used)
