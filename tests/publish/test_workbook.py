import io
from fractions import Fraction

import openpyxl
import pytest

from tests.command import SAMPLE, run_toolkit
from toolkit import ToolkitError, evaluate, load_methodology, read_campaign
from toolkit.publish.workbook.audit import Audit
from toolkit.publish.workbook.make import make_workbook
from toolkit.publish.workbook.spelling import statement_formula

CAMPAIGN = read_campaign(SAMPLE)
CENTRAL, LOCAL, TERRITORIAL = "atlas-agency", "kerbez-region", "bridges-nurlydala"
LONGEST_FORMULA = 8_192


def open_book(data, *, values=False):
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def texts(sheet):
    return [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]


@pytest.fixture(scope="module")
def local():
    return make_workbook(CAMPAIGN, LOCAL)


def test_two_runs_give_the_same_bytes(local):
    assert make_workbook(read_campaign(SAMPLE), LOCAL) == local


def test_the_sheets_tell_the_story_of_the_calculation(local):
    assert open_book(local).sheetnames == [
        "Титул",
        "Данные",
        "Управление персоналом",
        "Информационные технологии",
        "Итоги",
        "Прочтения",
        "Параметры",
        "Примечания",
    ]


def test_a_territorial_unit_has_no_sheet_for_the_direction_it_is_not_evaluated_in():
    book = open_book(make_workbook(CAMPAIGN, TERRITORIAL))
    assert "Информационные технологии" not in book.sheetnames
    assert not {"it", "smart_city", "it_total_cap"} & set(book.defined_names)


@pytest.mark.parametrize("agency", [CENTRAL, LOCAL, TERRITORIAL])
def test_every_input_parameter_reading_line_and_result_is_a_named_cell(agency):
    found = Audit(CAMPAIGN, agency, load_methodology(), {}, {})
    names = set(open_book(make_workbook(CAMPAIGN, agency)).defined_names)
    indices = {f"i{number}" for number in range(1, 27)}
    inputs = {f"_{name}" if name in indices else name for name in found.program.inputs}
    statements = {statement.name for statement in found.program.statements}
    given = inputs | set(found.program.parameters)
    expected = given | {f"{name}.counted" for name in given}
    assert names == expected | set(found.readings) | statements
    assert len({name.casefold() for name in names}) == len(names)


def test_formulas_are_short_enough_for_excel():
    for agency in (CENTRAL, LOCAL, TERRITORIAL):
        program = Audit(CAMPAIGN, agency, load_methodology(), {}, {}).program
        lengths = [len(statement_formula(statement, program)) for statement in program.statements]
        assert max(lengths) < LONGEST_FORMULA


def test_every_number_of_the_stored_column_is_that_of_the_official_score(local):
    book, scores = open_book(local, values=True), evaluate(CAMPAIGN)
    rows = list(book["Итоги"].iter_rows(min_row=5, values_only=True))
    expected = [score for score in scores.of(LOCAL) if score.status != "not_applicable"]
    assert [row[1] for row in rows] == [score.rule.title for score in expected]
    for row, score in zip(rows, expected, strict=True):
        assert row[6] == pytest.approx(float(score.points), abs=1e-12)
        assert row[5] == pytest.approx(float(score.points), abs=1e-12)
        assert Fraction(str(row[8])) == score.points


def test_a_fresh_workbook_agrees_with_itself_everywhere():
    for agency in (CENTRAL, LOCAL, TERRITORIAL):
        book = open_book(make_workbook(CAMPAIGN, agency), values=True)
        words = [text for sheet in book for text in texts(sheet) if text in ("совпадает", "изменено")]
        assert set(words) == {"совпадает"}
        assert len(words) > 150


def test_a_line_stands_with_its_letter_its_formula_in_the_letters_of_the_order_and_a_russian_formula(local):
    sheet = open_book(local)["Управление персоналом"]
    row = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "C" and "kr" in str(row[2]))
    assert row[2] == "k, если kr ≥ 0,8;\nk · kr в остальных случаях; не больше k"
    assert row[3].startswith(
        "=ЕСЛИ(СЧЁТ(career_growth.k.counted;career_growth.kr;career_growth.threshold.counted)<3;НД();МИН("
    )
    assert row[4].startswith(
        "=IF(COUNT(career_growth.k.counted,career_growth.kr,career_growth.threshold.counted)<3,NA(),MIN("
    )


def test_the_formula_to_be_read_is_a_text_and_not_a_formula(local):
    sheet = open_book(local)["Управление персоналом"]
    shown = [
        cell
        for row in sheet.iter_rows(min_col=4, max_col=4)
        for cell in row
        if str(cell.value).startswith("=")
    ]
    assert len(shown) > 40
    assert {cell.data_type for cell in shown} == {"s"}


@pytest.mark.parametrize("mark", ["=1+1", "+7", "-cmd", "@SUM(A1)", '=HYPERLINK("x")'])
def test_a_name_that_begins_like_a_formula_is_stored_as_text(tmp_path, mark):
    (tmp_path / "agencies.csv").write_text(
        f'agency,agency_name,agency_type\na,"{mark.replace(chr(34), chr(34) * 2)}",central\n', "utf-8"
    )
    book = open_book(make_workbook(read_campaign(tmp_path), "a"))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == mark]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}


def test_an_agency_with_nothing_shows_no_zero_but_what_is_missing(tmp_path):
    (tmp_path / "agencies.csv").write_text("agency,agency_name,agency_type\na,A,local\n", "utf-8")
    book = open_book(make_workbook(read_campaign(tmp_path), "a"), values=True)
    rows = list(book["Итоги"].iter_rows(min_row=5, values_only=True))
    assert {row[5] for row in rows} == {"#N/A"}
    assert {row[6] for row in rows} == {"нет данных"}
    cover = texts(book["Титул"])
    assert any(text.startswith("неполный итог: от 0 до 100 баллов") for text in cover)


def test_a_refused_cell_says_why_it_is_empty(tmp_path):
    (tmp_path / "agencies.csv").write_text("agency,agency_name,agency_type,i5\na,A,local,7\n", "utf-8")
    book = open_book(make_workbook(read_campaign(tmp_path), "a"))
    row = next(row for row in book["Данные"].iter_rows(values_only=True) if row[3] == "_i5")
    assert row[4] is None
    assert "7" in row[9]
    assert "больше 1" in row[9]


def test_readings_and_parameters_in_force_stand_in_their_cells():
    data = make_workbook(
        CAMPAIGN, LOCAL, readings={"contest_formula": "product"}, parameters={"training.k": Fraction(6)}
    )
    book = open_book(data, values=True)
    chosen = {row[3]: row[4] for row in book["Прочтения"].iter_rows(values_only=True)}
    assert chosen["contest_formula"] == "product"
    row = next(row for row in book["Параметры"].iter_rows(values_only=True) if row[3] == "training.k")
    assert (row[4], row[5], row[6]) == (6, 6, 5)


def test_an_unknown_agency_is_named_with_its_nearest():
    with pytest.raises(ToolkitError, match="kerbez-region"):
        make_workbook(CAMPAIGN, "kerbes-region")


def test_the_command_writes_the_workbook(tmp_path):
    out = tmp_path / "book.xlsx"
    done = run_toolkit("workbook", SAMPLE, "--agency", LOCAL, "--out", out)
    assert done.returncode == 0
    assert "Книга записана" in done.stdout
    assert out.read_bytes() == make_workbook(CAMPAIGN, LOCAL)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--agency", "nobody", "--out", "b.xlsx"], "нет органа «nobody»"),
        (["--agency", LOCAL, "--out", SAMPLE / "agencies.xlsx"], "имя файла данных кампании"),
        (["--agency", LOCAL, "--out", "b.csv"], ".xlsx"),
        (["--agency", LOCAL, "--out", "missing/b.xlsx"], "не записать"),
        (["--agency", LOCAL, "--reading", "contest_formula=sum", "--out", "b.xlsx"], "capped_sum"),
    ],
)
def test_the_command_says_what_is_wrong(tmp_path, words, said):
    done = run_toolkit("workbook", SAMPLE, *words, folder=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


def test_the_workbook_is_not_written_over_the_data_of_the_campaign(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["agency", "agency_name", "agency_type"])
    book.active.append(["a", "A", "local"])
    source = tmp_path / "agencies.xlsx"
    book.save(source)
    before = source.read_bytes()
    done = run_toolkit("workbook", tmp_path, "--agency", "a", "--out", source)
    assert done.returncode == 2
    assert "файл данных кампании" in done.stderr
    assert source.read_bytes() == before


def test_an_agency_whose_row_was_refused_is_named_with_the_reason(tmp_path):
    text = "agency,agency_name,agency_type\ngood,A,local\nbad,B,moon\n"
    (tmp_path / "agencies.csv").write_text(text, "utf-8")
    with pytest.raises(ToolkitError, match="строка 3 отклонена"):
        make_workbook(read_campaign(tmp_path), "bad")
