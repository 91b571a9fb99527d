"""What is marked as restricted is left out of every figure and named nowhere."""

import pytest

from tests.lists.reading import AGENCIES, read
from toolkit import load_methodology, read_campaign
from toolkit.display.sources import intake_text
from toolkit.intake.forms.definition import load_form
from toolkit.intake.systems import Systems
from toolkit.publish.blank_form import write_blank

HIDDEN = "АИС «Беркут»"
LIST = """
agency,system,restricted,contract,accounted
mf,"АИС «Беркут»",ДСП,"12-3/45; 7",
mf,Портал,нет,99,да
mf,Архив,нет,,нет
mf,Кадры,нет,,да
me,Сайт,нет,,да
"""


def read_systems(folder, text, law):
    return read(folder, {"systems.csv": text}, law)


def test_the_share_of_accounted_systems_leaves_the_restricted_ones_out(tmp_path, law):
    lists = read_systems(tmp_path, LIST, law)
    shares = {share.agency: share for share in lists.findings.diagnostics}
    finance = shares["mf"]
    assert (finance.part, finance.whole, finance.left_out, finance.name) == (
        2,
        3,
        1,
        "architecture_portal_points",
    )
    assert (shares["me"].part, shares["me"].whole, shares["me"].left_out) == (1, 1, 0)
    assert (lists.findings.offers, lists.findings.problems) == ([], [])


@pytest.mark.parametrize(
    "typed",
    [
        *("АИС «Беркут»", 'аис "БЕРКУТ"', "АИСБеркут", "AИC  Бepкут", "АИС-Беркут.", "12-3/45", "№ 7", "7"),
        *("Беркут", "Информационная система «Беркут»", "БД «Беркут-2»", "система АИС_Беркут"),
    ],
)
def test_a_restricted_system_or_contract_is_known_however_it_is_typed(typed, tmp_path, law):
    systems = read_systems(tmp_path, LIST, law).systems
    assert systems["mf"].hides(typed)
    assert not systems["me"].hides(typed)
    assert not systems["astana"].hides(typed)


@pytest.mark.parametrize(
    "typed", ["Портал", "99", "123/45", "12-345", "АИС", "информационная система", "Бер", ""]
)
def test_nothing_else_is_left_out(typed, tmp_path, law):
    assert not read_systems(tmp_path, LIST, law).systems["mf"].hides(typed)


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ('mf,"АИС «Беркут»",,,', "ячейка пуста"),
        ('mf,"АИС «Беркут»",секретно,,', "неизвестное слово"),
        ('mff,"АИС «Беркут»",да,,', "неизвестный код органа"),
        (',"АИС «Беркут»",да,,', "нет кода органа"),
        ('"АИС «Беркут»",mf,да,,', "неизвестный код органа"),
        ('mf,"АИС «Беркут»",да,,\nmf,"АИС «Беркут»",нет,,', "по-разному"),
        ('mf,"АИС «Беркут»","АИС «Беркут»","АИС «Беркут»","АИС «Беркут»"', "неизвестное слово"),
        ("mf,АИС «Беркут»,да,1,да,да", "ячеек больше, чем столбцов"),
    ],
)
def test_in_doubt_a_system_is_left_out_and_no_message_names_it(row, word, tmp_path, law):
    lists = read_systems(tmp_path, f"agency,system,restricted,contract,accounted\n{row}\n", law)
    if not row.startswith('"'):
        assert lists.systems["mf"].hides(HIDDEN)
    shown = repr((lists.findings, lists.systems)) + "".join(map(str, lists.findings.problems))
    assert word in shown
    assert "беркут" not in shown.casefold()
    assert lists.findings.diagnostics == []
    assert any(not problem.warning for problem in lists.findings.problems)


def test_a_row_of_no_known_agency_is_left_out_everywhere(tmp_path, law):
    systems = read_systems(tmp_path, "agency,system,restricted\nmff,Беркут,да\n", law).systems
    assert all(systems[agency].hides("беркут") for agency in AGENCIES)
    assert not any(systems[agency].hides("Портал") for agency in AGENCIES)


@pytest.mark.parametrize(
    "files",
    [
        {"systems.csv": "agency,system\nmf,Беркут\n"},
        {"systems.csv": LIST, "systems.xlsx": "agency"},
        {"systems.csv": "agency,system,restricted\nmf,,да\n"},
        {"systems.xls": "agency"},
    ],
)
def test_a_list_that_cannot_tell_leaves_every_system_out(files, tmp_path, law):
    lists = read(tmp_path, files, law)
    assert lists.systems["mf"].hides("Портал")
    assert lists.findings.problems


def test_without_a_list_nothing_is_left_out(tmp_path, law):
    lists = read(tmp_path, {}, law)
    assert not any(systems.hides("Портал") for systems in lists.systems.values())
    assert (lists.findings.problems, lists.findings.files) == ([], {})


def test_a_share_that_one_row_keeps_open_is_not_told(tmp_path, law):
    text = "agency,system,restricted,accounted\nmf,А,нет,да\nmf,Б,нет,\nme,А,нет,да\n"
    lists = read_systems(tmp_path, text, law)
    assert [share.agency for share in lists.findings.diagnostics] == ["me"]
    assert ["ячейка пуста" in str(problem) for problem in lists.findings.problems] == [True]


@pytest.mark.parametrize(
    ("name", "typed", "hidden"),
    [
        ("ЯК", "ИС «Як»", True),
        ("ИС «ЯК»", "Заключение по ИС «ЯК»", True),
        ("ИС «ЯК»", "Маяк", False),
        ("Яхта Як", "Як", False),
        ("Информационная система", "Информационная система", True),
        ("Информационная система", "ИС «Форма»", False),
        ("База данных «Искра»", "Базы данных «Искра» и «Пламя»", True),
    ],
)
def test_short_names_have_to_stand_as_words_and_words_of_every_system_tell_nothing(
    name, typed, hidden, tmp_path, law
):
    systems = read_systems(tmp_path, f"agency,system,restricted\nmf,{name},да\n", law).systems
    assert systems["mf"].hides(typed) is hidden
    assert not systems["mf"].unknown


@pytest.mark.parametrize("header", ["agency,system,restricted,Беркут", "agency,system,Беркут"])
def test_no_message_about_the_header_repeats_what_stands_there(header, tmp_path, law):
    lists = read_systems(tmp_path, f"{header}\nmf,Беркут,да,да\n", law)
    shown = "".join(map(str, lists.findings.problems))
    assert "беркут" not in shown.casefold()
    assert "неизвестный столбец «D», он не использован" in shown or "нет столбца restricted" in shown


JOURNAL = """
agency,input,value,basis,date
mf,gender_balance_points,5,Заключение по системе «Беркут» № 4,2025-02-01
me,gender_balance_points,5,Заключение по системе «Беркут» № 4,2025-02-01
mf,net_turnover_points,5,Справка,2025-02-01
"""


def test_a_document_that_names_a_restricted_system_is_not_named_whoever_gives_it(tmp_path, law):
    lists = read(tmp_path, {"systems.csv": LIST, "entered.csv": JOURNAL}, law)
    told = {(it.agency, it.name): (it.value, it.origins[0].basis) for it in lists.findings.offers}
    assert told == {
        ("mf", "gender_balance_points"): (5, "документ назван с пометкой ДСП, название не выводится"),
        ("me", "gender_balance_points"): (5, "документ назван с пометкой ДСП, название не выводится"),
        ("mf", "net_turnover_points"): (5, "Справка"),
    }
    warned = [str(problem).partition(": предупреждение: ") for problem in lists.findings.problems]
    assert {(place, what[:40]) for place, _, what in warned} == {
        (f"entered.csv, строка {row}, столбец basis", "документ назван с пометкой ДСП, название")
        for row in (2, 3)
    }


def test_while_the_list_of_systems_is_of_no_use_no_document_is_named(tmp_path, law):
    lists = read(tmp_path, {"systems.csv": "agency,system\nmf,Беркут\n", "entered.csv": JOURNAL}, law)
    assert {offer.origins[0].basis for offer in lists.findings.offers} == {
        "список систем не годится, название документа не выводится"
    }
    assert [offer.value for offer in lists.findings.offers] == [5, 5, 5]
    assert all(systems.unknown for systems in lists.systems.values())


@pytest.mark.parametrize(
    "typed",
    [
        *("Акт по Скрытому роднику", "о «Скрытом роднике»", "СКРЫТЫМ РОДНИКОМ", "Скрытого\u00a0родника"),
        *("скрытые родники", "ИС_Скрытый_родник.xlsx"),
    ],
)
def test_a_name_is_known_in_every_case_of_it(typed):
    assert Systems(frozenset(["ИС «Скрытый родник»"])).named_in(typed)


@pytest.mark.parametrize(
    "typed", ["родник скрытый", "Скрытый ручей", "Сокрытый родничок", "Скрыто: родственник"]
)
def test_other_words_are_no_case_of_a_name(typed):
    assert not Systems(frozenset(["ИС «Скрытый родник»"])).named_in(typed)


@pytest.mark.parametrize(
    "typed",
    [
        *("(ДСП)", "дсп", "Д.С.П.", "_ДСП", "Д С П", "ДСП2", "(ДCП)", "«дСп»", "-ДСП"),
        *("для служебного пользования", "Қызмет бабында пайдалану үшін", "ҚБПҮ"),
    ],
)
def test_the_mark_is_known_however_it_is_typed(typed):
    assert Systems().hides(f"ИС «Тайна» {typed}")


@pytest.mark.parametrize("typed", ["подсп", "дспортал", "адсп", "служебная записка", "к ДС против"])
def test_other_letters_are_no_mark(typed):
    assert not Systems().hides(typed)


def test_a_restricted_name_leaves_a_campaign_by_no_cell_file_or_message(tmp_path):
    (tmp_path / "forms" / "mf").mkdir(parents=True)
    (tmp_path / "forms" / "Тайник").mkdir()
    (tmp_path / "systems_тайник.csv").write_text("agency\n", "utf-8")
    write_blank(load_form("7"), tmp_path / "forms" / "mf" / "Отчет по ИС Тайник.xlsx")
    texts = {
        "agencies.csv": "agency,agency_type,workdays,тайник\nmf,central,кроме ИС Тайник,1\nme,central,247,\n",
        "systems.csv": "agency,system,restricted\nmf,ИС «Тайник»,да\n",
        "contests.csv": "agency,contest,held,Тайник\nme,1,да,\n",
        "decisions.csv": "agency,input,source,who\nme,workdays,тайник.xlsx,Тайник\n",
        "entered.csv": "agency,input,value,basis,date\n"
        "me,gender_balance_points,5,О тайнике,2024-01-01\nme,net_turnover_points,5,Акт (ДСП),2024-01-01\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
    campaign = read_campaign(tmp_path)
    said = [*map(str, campaign.problems), *campaign.files, str(campaign.settled), str(campaign.agencies)]
    told = "\n".join(
        said + [intake_text(campaign, code, load_methodology(), whole=True) for code in ("mf", "me")]
    )
    assert "тайник" not in told.casefold()
    assert "Акт (ДСП)" not in told
    assert campaign.find("me").values["gender_balance_points"] == 5
    refused = [str(problem) for problem in campaign.problems if "workdays" in str(problem)]
    assert refused[0].startswith("agencies.csv, строка 2, столбец workdays: текст скрыт")


def test_what_the_column_of_the_mark_allows_is_told(tmp_path):
    (tmp_path / "agencies.csv").write_text("agency,agency_type\nmf,central\n", "utf-8")
    (tmp_path / "systems.csv").write_text("agency,system,restricted\nmf,Портал,возможно\n", "utf-8")
    (problem,) = (it for it in read_campaign(tmp_path).problems if "restricted" in str(it.place))
    assert "ДСП" in problem.allowed
    assert "да" in problem.allowed
