"""Makes the auditor's workbook of one agency."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from toolkit.intake.campaign import Campaign
from toolkit.publish.workbook.audit import audit
from toolkit.publish.workbook.book import Book
from toolkit.publish.workbook.chapter_sheet import chapter_sheet
from toolkit.publish.workbook.given_sheets import data_sheet, parameters_sheet, readings_sheet
from toolkit.publish.workbook.summary_sheets import cover_sheet, notes_sheet, results_sheet
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
        >>> campaign = read_campaign("data_samples/2023")
        >>> make_workbook(campaign, campaign.agencies[0].code)[:2]
        b'PK'
    """
    found = audit(campaign, agency, methodology or load_methodology(), readings or {}, parameters or {})
    book = Book()
    cover_sheet(book, found)
    data_sheet(book, found)
    for direction in found.directions:
        chapter_sheet(book, found, direction)
    results_sheet(book, found)
    readings_sheet(book, found)
    parameters_sheet(book, found)
    notes_sheet(book, found)
    return book.finish()
