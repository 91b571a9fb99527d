"""What readings do to one agency, laid out for a terminal."""

from toolkit.analysis.readings import ReadingStudy
from toolkit.display.doubt import nearest_combination
from toolkit.display.markup import render_text

WIDTH, NARROWEST, WIDEST = 80, 60, 100


def readings_text(study: ReadingStudy, agency: str, width: int = WIDTH) -> str:
    """Lay out what readings do to one agency.

    Parameters:
        study: the study of a campaign.
        agency: code of the agency.
        width: columns of the terminal.

    Returns:
        The name, how far every total can go over all combinations, then what moves under each other option of
        each reading; readings that change nothing are named in one line.

    Raises:
        ToolkitError: there is no such agency.

    Source:
        Section "Readings" of the methodology.

    Example:
        >>> from toolkit import evaluate, read_campaign
        >>> study = ReadingStudy(evaluate(read_campaign("tests/samples/drawn_2023")))
        >>> print(readings_text(study, "gardens-ministry").splitlines()[2])
        Итоги при всех сочетаниях прочтений
    """
    spreads = list(study.spreads(agency).values())
    readings = [
        (reading, [move for move in study.moves(agency, [reading.key]) if move.moved])
        for reading in study.readings(agency)
    ]
    return render_text(
        "readings",
        agency=spreads[0].score.agency,
        totals=[spread for spread in spreads if spread.score.rule.total],
        readings=readings,
        study=study,
        nearest_combination=nearest_combination,
        width=width,
    )
