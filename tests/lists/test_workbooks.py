"""Lists kept as workbooks give the same as texts, with real dates and numbers."""

from datetime import date, datetime
from fractions import Fraction

from openpyxl import Workbook

from tests.lists.reading import AGENCIES, assert_told, name_offers
from toolkit.intake.lists import read_lists


def write(folder, name, *rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / name)


def read(folder, law):
    return read_lists(folder, AGENCIES, law.methodology)


def test_a_workbook_of_contests_is_counted(tmp_path, law):
    rows = [("mf", 12.5, 1, "да", 2), ("mf", datetime(2024, 5, 12), "да", 0, 0)]  # noqa: DTZ001  as Excel keeps it
    write(tmp_path, "Contests.xlsx", ("agency", "contest", "held", "observer", "violations"), *rows)
    lists = read(tmp_path, law)
    offers = name_offers(lists)
    assert {name: offer.value for name, offer in offers.items()} == {
        "mf.contests_held": 2,
        "mf.contests_observed": 1,
        "mf.recording_violations": 2,
    }
    assert offers["mf.contests_held"].origins[0].place.sheet == "Sheet"
    assert lists.findings.problems == []


def test_a_bad_cell_of_a_workbook_is_named_by_its_address(tmp_path, law):
    write(tmp_path, "contests.xlsx", ("agency", "contest", "held"), ("mf", "№ 1", True))
    lists = read(tmp_path, law)
    assert_told(lists.findings.problems, [["лист Sheet, строка 2, столбец held (C2)", "ИСТИНА"]])
    assert name_offers(lists)["mf.contests_held"].value is None


def test_the_journal_takes_dates_and_numbers_as_a_workbook_keeps_them(tmp_path, law):
    header = ("agency", "input", "value", "basis", "date")
    written = ("mf", "data_currency_points", 17.125, "Справка № 4", date(2025, 2, 3))
    write(tmp_path, "entered.xlsx", header, written)
    lists = read(tmp_path, law)
    offer = name_offers(lists)["mf.data_currency_points"]
    assert (offer.value, lists.findings.problems) == (Fraction(137, 8), [])
    assert (offer.origins[0].basis, offer.origins[0].day) == ("Справка № 4", date(2025, 2, 3))


def test_the_facts_of_a_sum_are_all_its_origins(tmp_path, law):
    text = "agency,input,value,basis,date\n" + "".join(
        f"mf,hr_reporting_penalty_points,{points},Акт № {row},0{row}.02.2025\n"
        for row, points in enumerate(("1", "0.5"), start=1)
    )
    (tmp_path / "entered.csv").write_text(text, "utf-8")
    offer = name_offers(read(tmp_path, law))["mf.hr_reporting_penalty_points"]
    assert offer.value == Fraction(3, 2)
    assert [(origin.place.row, origin.how, origin.basis) for origin in offer.origins] == [
        (2, "слагаемое 1", "Акт № 1"),
        (3, "слагаемое 0,5", "Акт № 2"),
    ]


def test_a_list_in_two_files_is_not_read_from_either(tmp_path, law):
    header = ("agency", "contest", "held")
    write(tmp_path, "contests.xlsx", header, ("mf", "№ 1", "да"))
    (tmp_path / "contests.csv").write_text("agency,contest,held\nmf,№ 1,да\n", "utf-8")
    lists = read(tmp_path, law)
    assert lists.findings.offers == []
    assert_told(lists.findings.problems, [["contests.csv", "contests.xlsx", "ни один не прочитан"]])
