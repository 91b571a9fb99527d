"""Forms, lists, the journal and the table: what they say of one input agrees, is decided, or is missing."""

from fractions import Fraction

import pytest
from openpyxl import Workbook

from toolkit import load_methodology, read_campaign
from toolkit.display.sources import intake_text
from toolkit.intake.forms.definition import load_form

HEAD = [column.title[0] for column in load_form("1").tables[0].columns]
FORM = "forms/mf/annex_1.xlsx"


def write_form(folder, *rows, name="annex_1.xlsx", code="mf"):
    book = Workbook()
    book.active.title = "Приложение 1"
    book.active.append(HEAD)
    for row in rows:
        book.active.append(row)
    target = folder / "forms" / code
    target.mkdir(parents=True, exist_ok=True)
    book.save(target / name)


def write_table(folder, columns="staff_dismissed", cells="7"):
    (folder / "agencies.csv").write_text(f"agency,agency_type,{columns}\nmf,central,{cells}\n", "utf-8")


def decide(folder, source, name="staff_dismissed"):
    text = f"agency,input,source,who,date,reason\nmf,{name},{source},Методолог,2024-02-01,сверено\n"
    (folder / "decisions.csv").write_text(text, "utf-8")


def find_origins(campaign, name="staff_dismissed"):
    return [str(origin.place) for origin in campaign.settled["mf"].origins.get(name, ())]


@pytest.fixture
def totals():
    """«Итого» of annex 1: 4 + 3 dismissed, 2 + 1 interviews."""
    return [None, "Итого", 4, 2, 3, 1]


def test_sources_that_agree_give_the_value_and_all_of_them_are_remembered(tmp_path, totals):
    write_form(tmp_path, totals)
    write_table(tmp_path)
    campaign = read_campaign(tmp_path)
    assert campaign.find("mf").values == {"staff_dismissed": 7, "exit_interviews_filled": 3}
    assert find_origins(campaign) == [
        "agencies.csv, строка 2, столбец staff_dismissed",
        f"{FORM}, лист Приложение 1, ячейки C2 + E2",
    ]
    assert campaign.problems == ()


def test_sources_that_disagree_leave_the_input_missing_and_both_are_named(tmp_path, totals):
    write_form(tmp_path, totals)
    write_table(tmp_path, cells="8")
    campaign = read_campaign(tmp_path)
    assert campaign.find("mf").values == {"exit_interviews_filled": 3}
    (problem,) = campaign.problems
    assert not problem.warning
    for said in ("staff_dismissed", "8 (agencies.csv, строка 2", f"7 ({FORM}", "C2 + E2", "decisions.csv"):
        assert said in str(problem)
    assert campaign.find("mf").refused["staff_dismissed"].startswith("источники расходятся: 8 (agencies.csv")
    assert [offer.value for offer in campaign.settled["mf"].conflicts["staff_dismissed"]] == [8, 7]


@pytest.mark.parametrize(("source", "expected"), [("agencies.csv", 8), (FORM, 7)])
def test_a_decision_says_which_source_is_believed(tmp_path, totals, source, expected):
    write_form(tmp_path, totals)
    write_table(tmp_path, cells="8")
    decide(tmp_path, source)
    campaign = read_campaign(tmp_path)
    assert campaign.find("mf").values["staff_dismissed"] == expected
    assert campaign.problems == ()
    assert find_origins(campaign)[0].startswith(source)


def test_what_was_decided_stays_in_sight_with_who_decided_and_what_was_passed_over(tmp_path, totals):
    write_form(tmp_path, totals)
    write_table(tmp_path, cells="8")
    decide(tmp_path, "agencies.csv")
    campaign = read_campaign(tmp_path)
    chosen, passed, decision = campaign.settled["mf"].origins["staff_dismissed"]
    assert (str(chosen.place), chosen.how) == ("agencies.csv, строка 2, столбец staff_dismissed", "")
    assert str(passed.place).startswith(FORM)
    assert passed.how == "не выбрано решением: 7"
    assert str(decision.place) == "decisions.csv, строка 2, столбец source"
    assert decision.how == "решено верить agencies.csv: Методолог, 01.02.2024, сверено"
    shown = intake_text(campaign, "mf", load_methodology(), whole=True)
    assert "не выбрано решением: 7" in shown
    assert "Методолог, 01.02.2024, сверено" in shown


def test_a_source_that_agrees_with_the_chosen_one_is_not_passed_over(tmp_path, totals):
    write_form(tmp_path, totals)
    write_form(tmp_path, [None, "Итого", 8, 2, 0, 1], name="second.xlsx")
    write_table(tmp_path, cells="8")
    decide(tmp_path, "agencies.csv")
    campaign = read_campaign(tmp_path)
    told = [origin.how for origin in campaign.settled["mf"].origins["staff_dismissed"]]
    assert told.count("не выбрано решением: 7") == 1
    assert not any("не выбрано решением: 8" in how for how in told)


def test_a_decision_for_a_source_that_says_nothing_decides_nothing(tmp_path, totals):
    write_form(tmp_path, totals)
    write_table(tmp_path, cells="8")
    decide(tmp_path, "contests.csv")
    campaign = read_campaign(tmp_path)
    assert "staff_dismissed" not in campaign.find("mf").values
    about_source, about_conflict = map(str, campaign.problems)
    assert about_source.startswith("decisions.csv, строка 2")
    assert "«contests.csv»" in about_source
    assert FORM in about_source
    assert "источники расходятся" in about_conflict


@pytest.mark.parametrize(
    ("cells", "words"), [("7", "источники не расходятся"), ("", "ни один источник не даёт этого значения")]
)
def test_a_decision_where_nothing_is_to_be_decided_is_told(tmp_path, totals, cells, words):
    if cells:
        write_form(tmp_path, totals)
    write_table(tmp_path, cells=cells)
    decide(tmp_path, "agencies.csv")
    (problem,) = read_campaign(tmp_path).problems
    assert problem.warning
    assert words in str(problem)


def test_a_form_that_is_refused_does_not_take_the_good_value_of_the_table_away(tmp_path):
    write_form(tmp_path, [None, "Итого", "четыре", 2, 3, 1])
    write_table(tmp_path)
    campaign = read_campaign(tmp_path)
    assert campaign.find("mf").values == {"staff_dismissed": 7, "exit_interviews_filled": 3}
    (problem,) = campaign.problems
    assert (problem.place.file, problem.place.cell) == (FORM, "C2")


def test_two_forms_of_one_agency_that_disagree_are_a_conflict(tmp_path, totals):
    write_form(tmp_path, totals)
    write_form(tmp_path, [None, "Итого", 5, 2, 3, 1], name="исправленная.xlsx")
    write_table(tmp_path, "workdays", "247")
    campaign = read_campaign(tmp_path)
    assert campaign.find("mf").values == {"workdays": 247, "exit_interviews_filled": 3}
    assert [offer.source for offer in campaign.settled["mf"].conflicts["staff_dismissed"]] == [
        FORM,
        "forms/mf/исправленная.xlsx",
    ]


def test_a_limit_between_inputs_holds_across_sources(tmp_path, totals):
    write_form(tmp_path, totals)
    write_table(tmp_path, "dismissed_exempt", "5")
    campaign = read_campaign(tmp_path)
    # 7 dismissed less 3 interviews leave 4 who can be exempt.
    assert "dismissed_exempt" in campaign.find("mf").refused
    (problem,) = campaign.problems
    assert str(problem).startswith("agencies.csv, строка 2, столбец dismissed_exempt: «5» больше, чем ")
    assert "= 4" in str(problem)


def test_a_value_of_the_table_above_a_limit_from_a_form_is_refused(tmp_path):
    write_form(tmp_path, [None, "Итого", 4, 2, 3, 1])
    write_table(tmp_path, "negative_exit_reasons,dismissed_exempt", "4,0")
    campaign = read_campaign(tmp_path)
    assert campaign.find("mf").values == {
        "staff_dismissed": 7,
        "exit_interviews_filled": 3,
        "dismissed_exempt": 0,
    }
    assert "negative_exit_reasons" in str(campaign.problems[0])


def test_the_folder_of_an_unknown_agency_is_refused_with_the_nearest_code(tmp_path, totals):
    write_form(tmp_path, totals, code="mff")
    write_table(tmp_path)
    (problem,) = read_campaign(tmp_path).problems
    assert str(problem).startswith("forms/mff: нет органа с таким кодом (ближайшее известное: mf)")


def test_files_of_office_programs_are_passed_over_and_other_files_are_named(tmp_path, totals):
    write_form(tmp_path, totals)
    write_table(tmp_path)
    (tmp_path / "forms" / "mf" / ".~lock.annex_1.xlsx#").write_text("x")
    (tmp_path / "forms" / "mf" / "~$annex_1.xlsx").write_text("x")
    (tmp_path / "forms" / "mf" / "справка.docx").write_bytes(b"PK")
    (tmp_path / "forms" / "lost.xlsx").write_bytes(b"PK")
    told = sorted(str(problem) for problem in read_campaign(tmp_path).problems)
    assert [line.split(":")[0] for line in told] == ["forms/lost.xlsx", "forms/mf/справка.docx"]


def test_the_digest_of_a_campaign_changes_with_any_of_its_files(tmp_path, totals):
    write_table(tmp_path)
    alone = read_campaign(tmp_path).digest
    write_form(tmp_path, totals)
    with_form = read_campaign(tmp_path).digest
    write_form(tmp_path, [None, "Итого", 4, 2, 3, 2])
    changed = read_campaign(tmp_path)
    assert len({alone, with_form, changed.digest}) == 3
    assert sorted(changed.files) == ["agencies.csv", FORM]


def test_a_value_in_one_source_alone_is_exact(tmp_path):
    write_table(tmp_path, "admin_headcount_mean", "3001/12")
    assert read_campaign(tmp_path).find("mf").values == {"admin_headcount_mean": Fraction(3001, 12)}


def test_a_decision_for_a_refused_source_leaves_the_input_missing_and_says_why(tmp_path):
    write_form(tmp_path, [None, "Итого", "четыре", 2, 3, 1])
    write_table(tmp_path)
    decide(tmp_path, FORM)
    campaign = read_campaign(tmp_path)
    assert "staff_dismissed" not in campaign.find("mf").values
    (problem,) = [one for one in campaign.problems if one.place.file == "decisions.csv"]
    assert f"выбранный источник {FORM} отклонён" in str(problem)


def test_a_decision_where_sources_agree_leaves_all_of_them_named(tmp_path, totals):
    write_form(tmp_path, totals)
    write_table(tmp_path)
    decide(tmp_path, FORM)
    assert len(find_origins(read_campaign(tmp_path))) == 2


def test_a_decision_finds_its_source_however_the_name_is_typed(tmp_path, totals):
    write_form(tmp_path, totals)
    write_table(tmp_path, cells="8")
    decide(tmp_path, "./Forms/MF/Annex_1.XLSX")
    assert read_campaign(tmp_path).find("mf").values["staff_dismissed"] == 7


def test_a_chosen_source_that_disagrees_with_itself_is_to_be_mended(tmp_path):
    write_table(tmp_path, cells="8")
    book = Workbook()
    for title, dismissed in (("Лист1", 4), ("Лист2", 5)):
        sheet = book.create_sheet(title)
        sheet.append(HEAD)
        sheet.append([None, "Итого", dismissed, 2, 3, 1])
    (tmp_path / "forms" / "mf").mkdir(parents=True)
    book.save(tmp_path / FORM)
    decide(tmp_path, FORM)
    (problem,) = read_campaign(tmp_path).problems
    assert "7 (forms/mf/annex_1.xlsx, лист Лист1" in str(problem)
    assert "8 (forms/mf/annex_1.xlsx, лист Лист2" in str(problem)
    assert "исправьте его, решение уже названо" in str(problem)
    assert "строка в decisions.csv" not in str(problem)


def test_a_refused_source_stays_in_sight_beside_the_one_that_is_used(tmp_path):
    write_form(tmp_path, [None, "Итого", "четыре", 2, 3, 1])
    write_table(tmp_path)
    campaign = read_campaign(tmp_path)
    used, refused = campaign.settled["mf"].origins["staff_dismissed"]
    assert (used.place.file, used.how) == ("agencies.csv", "")
    assert refused.place.file == FORM
    assert "отклонены" in refused.how


def test_a_message_about_a_list_names_the_agency(tmp_path):
    write_table(tmp_path, "contests_held", "2")
    rows = "agency,contest,held,observer,video,violations\nmf,Протокол 1,да,да,да,0\n"
    (tmp_path / "contests.csv").write_text(rows, "utf-8")
    (problem,) = read_campaign(tmp_path).problems
    assert "mf: contests_held: источники расходятся" in str(problem)


@pytest.mark.parametrize("written", ["36/2", "10 / 5"])
def test_a_count_written_as_two_numbers_is_not_their_quotient(tmp_path, written):
    write_table(tmp_path, "contests_held", written)
    campaign = read_campaign(tmp_path)
    assert campaign.find("mf").values == {}
    assert f"«{written}» — не целое число" in str(campaign.problems[0])
