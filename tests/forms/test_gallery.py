"""Each spoiled cell of the gallery is read as its case says, is named, and takes nothing good along."""

import tomllib
from fractions import Fraction
from pathlib import Path

import pytest

from tests.forms.sheets import FILE, list_shares, list_values, read, save
from tests.forms.typed import SHARES, VALUES, type_form

GALLERY = Path(__file__).parent / "gallery"


def load_cases(name, annex):
    cases = tomllib.loads((GALLERY / f"{name}.toml").read_text("utf-8"))["cases"]
    return [{"annex": annex, **case} for case in cases]


CASES = [
    *load_cases("numbers", "1"),
    *load_cases("rows", "1"),
    *load_cases("contests", "2"),
    *load_cases("report", "8"),
]


def spoil(case):
    book = type_form(case["annex"])
    sheet = book[case["sheet"]] if "sheet" in case else book.worksheets[0]
    for address, value in case.get("cells", {}).items():
        sheet[address].value = None if value == "empty" else value
    for address, number_format in case.get("formats", {}).items():
        sheet[address].number_format = number_format
    for area in case.get("merge", ()):
        sheet.merge_cells(area)
    sheet.title = case.get("renamed", sheet.title)
    return save(book)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_a_spoiled_form_is_read_as_its_case_says(case):
    found = read(spoil(case), case.get("agency", "mf"))
    kept = {name: value for name, value in VALUES[case["annex"]].items() if name not in case.get("lacks", ())}
    assert list_values(found) == kept | case.get("gives", {})
    if case["annex"] == "8":
        changed = {name: tuple(map(Fraction, share)) for name, share in case.get("shares", {}).items()}
        lacks = case.get("lacks_shares", ())
        assert (
            list_shares(found)
            == {name: share for name, share in SHARES.items() if name not in lacks} | changed
        )
        assert any(case.get("how", "") in share.origin.how for share in found.diagnostics)
    said = [str(problem) for problem in found.problems]
    assert all(line.startswith(f"{FILE}, лист ") and "\n" not in line for line in said)
    assert [word for word in case.get("says", ()) if not any(word in line for line in said)] == []
    assert bool(said) == ("says" in case), said
    if "secret" in case:
        assert case["secret"] not in f"{said} {found}"


def test_the_good_forms_of_the_gallery_are_read_without_a_word():
    for annex in ("1", "2", "7", "8"):
        found = read(save(type_form(annex)))
        assert list_values(found) == VALUES[annex]
        assert list_shares(found) == (SHARES if annex == "8" else {})
        assert found.problems == []
