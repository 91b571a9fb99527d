"""Blanks as workbooks that a test fills, and what the reader makes of them."""

from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from toolkit import load_methodology
from toolkit.intake.forms.definition import load_form
from toolkit.intake.forms.reading import FormReader
from toolkit.intake.systems import Systems
from toolkit.intake.table import fold
from toolkit.publish.blank_form import write_blank

FILE = "forms/mf/form.xlsx"
RESTRICTED = "АИС «Щит»"
SYSTEMS = Systems(frozenset([RESTRICTED, "ИС «Учёт, связь»"]), frozenset([fold("Щ-7", "-/.")]))


@cache
def blank_bytes(annex):
    with TemporaryDirectory() as folder:
        write_blank(load_form(annex), Path(folder) / "blank.xlsx")
        return (Path(folder) / "blank.xlsx").read_bytes()


def open_blank(annex):
    return load_workbook(BytesIO(blank_bytes(annex)))


def save(book):
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def read(data, agency="mf", name=FILE, systems=SYSTEMS):
    """Read a workbook as the one of a ministry `mf` or an akimat; both hide one system by their list."""
    agencies = {"mf": "central", "akimat": "local"}
    reader = FormReader(agencies, load_methodology().inputs, {agency: systems}, systems)
    return reader.read(data, name, agency)


def list_values(found):
    """Return every input that has a value; the tests hold that none is offered twice."""
    given = [offer for offer in found.offers if offer.value is not None]
    values = {offer.name: offer.value for offer in given}
    assert len(values) == len(given)
    return values


def list_shares(found):
    return {share.name: (share.part, share.whole, share.left_out) for share in found.diagnostics}


def list_warnings(found):
    return [str(problem) for problem in found.problems if problem.warning]


def find_cell(sheet, text):
    """Return the first cell that holds exactly this text."""
    return next(cell for row in sheet.iter_rows() for cell in row if cell.value == text)


def insert_rows(sheet, row, count=1):
    """Insert rows as a person does: what is merged below moves along, which openpyxl leaves behind."""
    sheet.insert_rows(row, count)
    for area in list(sheet.merged_cells.ranges):
        if area.min_row >= row:
            area.shift(row_shift=count)


def insert_columns(sheet, column, count=1):
    sheet.insert_cols(column, count)
    for area in list(sheet.merged_cells.ranges):
        if area.min_col >= column:
            area.shift(col_shift=count)
        elif area.max_col >= column:
            area.expand(right=count)


def list_cells(place):
    """Return the addresses that a place names: `C7 + E7` are two, `C7:C9` the cells of a column."""
    addresses = []
    for part in place.cell.replace(" + ", ", ").split(", "):
        left, top, _, bottom = range_boundaries(part)
        letters = "".join(character for character in part.split(":")[0] if character.isalpha())
        assert left
        addresses += [f"{letters}{row}" for row in range(top, bottom + 1)]
    return addresses
