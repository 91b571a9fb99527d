"""Both commands as a user runs them, each in a process of its own."""

import csv
import io
from fractions import Fraction

import pytest

from tests.command import ROOT, heavy_loaded, run_toolkit
from tests.servants.tables import FULL_A, HEAD_A, HEAD_B, make_a, make_b, write_csv, write_xlsx

COLUMNS = {
    "corps-a": "servant,status,mean,exact,label,problems",
    "corps-b": "servant,period,status,mean,exact,label,problems",
}
# (4·2.99 + 3.03)/5 = 14.99/5 = 2.998 = 1499/500.
NEAR_THREE = [
    "assignments 100 100 2.99",
    "appeals 100 55 2.99",
    "own 100 57 2.99",
    "own 100 58 2.99",
    "own 100 60 3.03",
]
# (4·5 + 2.99)/5 = 22.99/5 = 4.598 = 2299/500.
REPRIMANDED = "2025Q3 5 5 5 5 2.99 reprimand"


def write_a(folder, lines=NEAR_THREE, **shared):
    return write_csv(folder / "a.csv", HEAD_A, make_a(lines, **shared))


def write_b(folder, sheets=(REPRIMANDED,), **shared):
    return write_csv(folder / "b.csv", HEAD_B, make_b(sheets, **shared))


@pytest.fixture
def in_folder(tmp_path, monkeypatch):
    """Return an empty folder in which the command runs."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


WRITERS = {"corps-a": write_a, "corps-b": write_b}


def read(text):
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("corps", WRITERS)
def test_a_command_writes_the_binding_columns_and_says_where(corps, tmp_path):
    out = tmp_path / "result.csv"
    done = run_toolkit(corps, WRITERS[corps](tmp_path), "--out", out)
    assert (done.returncode, done.stderr) == (0, "")
    assert out.read_bytes().decode("utf-8").splitlines()[0] == COLUMNS[corps]
    assert "result.csv" in done.stdout
    assert "служащих: 1" in done.stdout
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("corps", WRITERS)
def test_without_out_the_table_is_written_beside_the_user(corps, tmp_path):
    done = run_toolkit(corps, WRITERS[corps](tmp_path), folder=tmp_path)
    assert done.returncode == 0
    assert (tmp_path / f"{corps.replace('-', '_')}_result.csv").is_file()


def test_the_row_of_corps_a_is_exact_and_in_the_words_of_the_order(tmp_path):
    done = run_toolkit("corps-a", write_a(tmp_path), "--out", "-")
    assert done.stdout.splitlines() == [
        COLUMNS["corps-a"],
        "a1,evaluated,2.998,1499/500,неудовлетворительно,",
    ]


def test_the_rows_of_corps_b_are_a_quarter_and_a_year(tmp_path):
    done = run_toolkit("corps-b", write_b(tmp_path), "--out", "-")
    label = "Выполняет функциональные обязанности эффективно"
    assert done.stdout.splitlines() == [
        COLUMNS["corps-b"],
        f"b1,2025Q3,evaluated,4.598,2299/500,{label},",
        f"b1,2025,evaluated,4.598,2299/500,{label},",
    ]


@pytest.mark.parametrize(
    ("corps", "option", "expected"),
    [
        ("corps-a", "scale_gaps=rounded", ("1499/500", "удовлетворительно")),
        (
            "corps-b",
            "sanction_cap_on=quarter",
            ("299/100", "Выполняет функциональные обязанности удовлетворительно"),
        ),
        (
            "corps-b",
            "quarter_rounding=two_decimals",
            ("23/5", "Выполняет функциональные обязанности эффективно"),
        ),
    ],
)
def test_a_reading_acts(corps, option, expected, tmp_path, command):
    # 4.598 rounded half up is 4.60 = 23/5.
    done = command(corps, WRITERS[corps](tmp_path), "--reading", option, "--out", tmp_path / "out.csv")
    assert done.status == 0
    row = read((tmp_path / "out.csv").read_text("utf-8"))[-1]
    assert (row["exact"], row["label"]) == expected


def test_a_weight_is_a_reading_written_as_a_decimal_or_a_fraction(tmp_path, command):
    lines = [*["own - - 5"] * 5, *["quality - - 4"] * 3]
    path = write_a(tmp_path, lines, category="transitional", period_end="2025-07-31")
    found = []
    for weight in ("0.25", "0,25", "1/4"):
        command("corps-a", path, "--reading", f"transitional_weight={weight}", "--out", tmp_path / "out.csv")
        found += [row["exact"] for row in read((tmp_path / "out.csv").read_text("utf-8"))]
    # 1/4 · 5 + 3/4 · 4 = 4.25.
    assert found == ["17/4"] * 3


def test_a_parameter_acts(tmp_path, command):
    path, out = write_b(tmp_path), tmp_path / "out.csv"
    done = command("corps-b", path, "--parameter", "sanction_cap.listed=2,98", "--out", out)
    assert done.status == 3
    assert "не больше 2,98" in done.err
    assert [row["status"] for row in read(out.read_text("utf-8"))] == ["refused", "refused"]


@pytest.mark.parametrize("corps", WRITERS)
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--reading", "scale_gap=rounded"), "ближайшее известное: scale_gaps"),
        (("--reading", "scale_gaps=up"), "half_open, rounded"),
        (("--reading", "scale_gaps"), "КЛЮЧ=ЗНАЧЕНИЕ"),
        (("--reading", "transitional_weight=1.01"), "число от 0 до 1"),
        (("--reading", "transitional_weight=-0.5"), "число от 0 до 1"),
        (("--reading", "transitional_weight=half"), "число от 0 до 1"),
        (("--reading", "scale_gaps=rounded", "--reading", "scale_gaps=half_open"), "дано дважды"),
        (("--reading", "contest_formula=product"), "нет прочтения"),
        (("--out", "."), "это не файл"),
        (("--out", "no/such/folder/out.csv"), "папк"),
        (("--out", "x" * 300), "имя слишком длинное"),
    ],
)
def test_an_unusable_option_ends_in_a_sentence_and_status_two(corps, options, said, in_folder, command):
    path = WRITERS[corps](in_folder)
    done = command(corps, path, *options)
    assert done.status == 2
    assert said in done.err
    assert "Traceback" not in done.err
    assert [one.name for one in in_folder.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("corps", "rule", "name"), [("corps-a", "kpi_percent", "whole"), ("corps-b", "sanction_cap", "listed")]
)
def test_an_unusable_parameter_ends_in_a_sentence_and_status_two(corps, rule, name, in_folder, command):
    path = WRITERS[corps](in_folder)
    for value, said in (("two", "не число"), ("50%", "со знаком процента"), ("-1", "меньше нуля")):
        done = command(corps, path, "--parameter", f"{rule}.{name}={value}")
        assert done.status == 2
        assert said in done.err
    done = command(corps, path, "--parameter", f"{rule}.{name}s=2")
    assert done.status == 2
    assert f"ближайшее известное: {rule}.{name}" in done.err


@pytest.mark.parametrize("corps", WRITERS)
def test_the_data_are_never_written_over(corps, tmp_path, command):
    path = WRITERS[corps](tmp_path)
    before = path.read_bytes()
    link = tmp_path / "link.csv"
    link.symlink_to(path)
    for out in (path, tmp_path / "." / path.name, link):
        done = command(corps, path, "--out", out)
        assert done.status == 2
        assert "файл данных, поверх него не пишется" in done.err
    assert path.read_bytes() == before


@pytest.mark.parametrize("corps", WRITERS)
def test_a_file_that_is_not_there_ends_in_a_sentence(corps, tmp_path, command):
    for file in ("missing.csv", "missing.xlsx", "."):
        done = command(corps, tmp_path / file, "--out", tmp_path / "out.csv")
        assert done.status == 2
        assert done.err.startswith("Ошибка: ")
        assert "Traceback" not in done.err


def test_a_folder_named_like_a_table_ends_in_a_sentence(tmp_path, command):
    (tmp_path / "a.csv").mkdir()
    done = command("corps-a", tmp_path / "a.csv", "--out", tmp_path / "out.csv")
    assert done.status == 2
    assert "это папка" in done.err


@pytest.mark.parametrize("corps", WRITERS)
def test_warnings_alone_end_with_status_zero(corps, tmp_path, command):
    rows = WRITERS[corps](tmp_path, servant="Иванов Иван")
    done = command(corps, rows, "--out", tmp_path / "out.csv")
    assert done.status == 0
    assert "предупреждение" in done.err


def test_who_is_not_eligible_is_no_refusal(tmp_path, command):
    done = command("corps-a", write_a(tmp_path, worked_days="3"), "--out", tmp_path / "out.csv")
    assert (done.status, done.err) == (0, "")


@pytest.mark.parametrize("corps", WRITERS)
def test_something_refused_ends_with_status_three_and_says_it_once(corps, tmp_path):
    changed = {"worked_days": "many"}
    done = run_toolkit(corps, WRITERS[corps](tmp_path, **changed), "--out", tmp_path / "out.csv")
    assert done.returncode == 3
    assert "столбец worked_days: «many» — не число" in done.stderr
    lines = done.stderr.splitlines()
    assert len(lines) == len(set(lines))
    assert "Traceback" not in done.stderr


def test_a_dash_keeps_the_screen_for_the_table_alone(tmp_path):
    done = run_toolkit("corps-b", write_b(tmp_path, ["2025Q3 5 5 5 5 6 none"]), "--out", "-")
    assert done.returncode == 3
    assert [row["status"] for row in read(done.stdout)] == ["refused", "refused"]
    assert "Результаты записаны" not in done.stdout


@pytest.mark.parametrize("corps", WRITERS)
def test_a_workbook_gives_the_bytes_of_a_text(corps, tmp_path, command):
    head = HEAD_A if corps == "corps-a" else HEAD_B
    # Numbers of КЦИ are written as Excel keeps them, so that both files say «1».
    rows = [*make_a(NEAR_THREE), *make_a(FULL_A["2"], servant="a2")]
    if corps == "corps-b":
        rows = make_b([REPRIMANDED, "2025Q4 3 3 3 3 3.5 none"])
    write_csv(tmp_path / "text.csv", head, rows)
    write_xlsx(tmp_path / "book.xlsx", head, rows)
    for name in ("text.csv", "book.xlsx"):
        assert command(corps, tmp_path / name, "--out", tmp_path / f"{name}.out").status == 0
    assert (tmp_path / "text.csv.out").read_bytes() == (tmp_path / "book.xlsx.out").read_bytes()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_every_separator_gives_the_same(separator, tmp_path, command):
    path = write_csv(tmp_path / "b.csv", HEAD_B, make_b([REPRIMANDED]), separator)
    assert command("corps-b", path, "--out", tmp_path / "out.csv").status == 0
    assert Fraction(read((tmp_path / "out.csv").read_text("utf-8"))[0]["exact"]) == Fraction("4.598")


@pytest.mark.parametrize("corps", WRITERS)
def test_a_text_is_evaluated_without_the_heavy_packages(corps, tmp_path):
    assert heavy_loaded(corps, WRITERS[corps](tmp_path), "--out", tmp_path / "out.csv") == []


@pytest.mark.parametrize("corps", WRITERS)
def test_a_workbook_needs_its_reader_alone(corps, tmp_path):
    rows, head = (make_a(NEAR_THREE), HEAD_A) if corps == "corps-a" else (make_b([REPRIMANDED]), HEAD_B)
    path = write_xlsx(tmp_path / "book.xlsx", head, rows)
    # The reader takes numpy along where it finds it; that is its own affair.
    assert set(heavy_loaded(corps, path, "--out", tmp_path / "out.csv")) <= {"openpyxl", "numpy"}


@pytest.mark.parametrize("corps", WRITERS)
def test_help_names_the_options_in_russian(corps):
    done = run_toolkit(corps, "--help", folder=ROOT)
    assert done.returncode == 0
    assert {"--out", "--reading", "--parameter"} <= set(done.stdout.split())
    assert "Оценить служащих" in done.stdout
