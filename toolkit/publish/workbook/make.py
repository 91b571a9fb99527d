"""Makes the auditor's workbook of one agency."""

from collections.abc import Mapping
from fractions import Fraction

from toolkit.intake.campaign import Campaign
from toolkit.publish.workbook import sheets
from toolkit.publish.workbook.audit import Audit
from toolkit.publish.workbook.book import Book
from toolkit.publish.workbook.chapter_sheet import chapter_sheet
from toolkit.rules.loader import load_methodology
from toolkit.rules.methodology import Methodology


def make_workbook(
    campaign: Campaign,
    agency: str,
    methodology: Methodology | None = None,
    *,
    readings: Mapping[str, str] | None = None,
    parameters: Mapping[str, Fraction] | None = None,
) -> bytes:
    """Make the workbook by which an auditor checks the scores of one agency with a spreadsheet alone.

    Parameters:
        campaign: a campaign read by `read_campaign`.
        agency: code of the agency.
        methodology: the rules; the order of 2023 when left out.
        readings: chosen options by key; the defaults stand for the rest.
        parameters: numbers by `CODE.NAME`; the printed ones stand for the rest.

    Returns:
        The bytes of an XLSX file, the same for the same input.

    Raises:
        ToolkitError: there is no such agency, reading, option or parameter.

    Source:
        Conventions G1, G4, G7 and G8; the points named by the rules.

    Example:
        >>> from toolkit import read_campaign
        >>> campaign = read_campaign("tests/samples/drawn_2023")
        >>> make_workbook(campaign, campaign.agencies[0].code)[:2]
        b'PK'
    """
    found = Audit(campaign, agency, methodology or load_methodology(), readings or {}, parameters or {})
    book = Book()
    sheets.cover_sheet(book, found)
    sheets.data_sheet(book, found)
    for direction in found.directions:
        chapter_sheet(book, found, direction)
    sheets.results_sheet(book, found)
    sheets.readings_sheet(book, found)
    sheets.parameters_sheet(book, found)
    sheets.notes_sheet(book, found)
    return book.finish()
