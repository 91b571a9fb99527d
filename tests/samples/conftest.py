import csv
import html
import re
import zipfile
from fractions import Fraction
from importlib import import_module
from pathlib import Path

import pytest

from toolkit import Agency, evaluate, load_methodology
from toolkit.intake.campaign import read_campaign
from toolkit.intake.forms.definition import ANNEXES, load_form
from toolkit.publish.blank_form import write_blank

SAMPLES = Path(__file__).resolve().parents[2] / "data_samples"
CAMPAIGN = SAMPLES / "2023"
LAW = load_methodology()


def read_agency(row):
    """Read one drawn row without the package's own reading, so that the two can be compared."""
    values, unshown = {}, set()
    for name, declared in LAW.inputs.items():
        if row[name]:
            options = list(declared.options)
            values[name] = Fraction(options.index(row[name]) if options else row[name])
        elif declared.empty_cell is not None:
            values[name] = declared.empty_cell
            unshown.add(name)
    return Agency(
        code=row["agency"],
        name=row["agency_name"],
        type=row["agency_type"],
        values=values,
        year=int(row["year"]),
        parent=row["parent"],
        unshown=frozenset(unshown),
    )


def read_table(file):
    with file.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def read_texts(file):
    """Return the texts of the cells of a workbook."""
    with zipfile.ZipFile(file) as archive:
        parts = [name for name in archive.namelist() if re.match("xl/(worksheets|sharedStrings)", name)]
        whole = "".join(archive.read(name).decode() for name in parts)
    return {html.unescape(text) for text in re.findall("<t(?: [^>]*)?>([^<]*)</t>", whole)}


@pytest.fixture(scope="session")
def rows():
    """Return what the script drew, before it was spread over forms and lists."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(SAMPLES)
        return import_module("make_campaign").draw_rows()


@pytest.fixture(scope="session")
def agencies(rows):
    return [read_agency(row) for row in rows]


@pytest.fixture(scope="session")
def campaign():
    return read_campaign(CAMPAIGN)


@pytest.fixture(scope="session")
def scores(agencies):
    return evaluate(agencies)


@pytest.fixture(scope="session")
def tables():
    """Return the rows of the table of agencies and of every list."""
    return {file.name: read_table(file) for file in CAMPAIGN.glob("*.csv")}


@pytest.fixture(scope="session")
def written(tmp_path_factory):
    """Return the texts that agencies wrote into their forms, by the path of the form."""
    printed, file = {}, tmp_path_factory.mktemp("blank") / "blank.xlsx"
    for annex in ANNEXES:
        write_blank(load_form(annex), file, 200)
        printed[f"annex_{annex}.xlsx"] = read_texts(file)
    forms = (CAMPAIGN / "forms").glob("*/*.xlsx")
    return {file.relative_to(CAMPAIGN).as_posix(): read_texts(file) - printed[file.name] for file in forms}
