"""What readings do to one agency, laid out for a terminal."""

from toolkit.analysis.readings import ReadingStudy
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
    found, its = study.readings(agency), spreads[0].score.agency
    moved = ([move for move in study.moves(agency, [it.key]) if move.moved] for it in found)
    totals, readings = [it for it in spreads if it.score.rule.total], list(zip(found, moved, strict=True))
    return render_text("readings", agency=its, totals=totals, readings=readings, study=study, width=width)
