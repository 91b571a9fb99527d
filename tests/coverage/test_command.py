import csv
import io
from functools import partial

import pytest

from tests.command import run_toolkit
from toolkit.analysis.coverage import ORDERS, load_coverage

COLUMNS = [
    *("order", "section", "point", "opening", "answer", "planned"),
    *("by", "file", "cases", "test", "note"),
]
COUNTS = {order: len(load_coverage(order)) for order in ORDERS}


run = partial(run_toolkit, "coverage", columns=100)


def read(text):
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("width", [60, 80, 140])
def test_the_table_keeps_to_the_width_of_the_terminal(width):
    done = run(columns=width)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert max(map(len, lines)) <= width
    assert sum(line.startswith("─") for line in lines) == 20  # a table for each section


def test_the_columns_of_a_section_are_aligned():
    lines = run("--order", "2025", columns=80).stdout.splitlines()
    start = lines.index(next(line for line in lines if line.startswith("─")))
    starts = [0, lines[start].index("  ─") + 2, lines[start].rindex("  ─") + 2]
    body = lines[start + 1 : lines.index("", start)]
    assert len(body) > 10
    for line in body:
        assert all(line[place - 2 : place].strip() == "" for place in starts[1:])


def test_the_last_line_counts_the_answers_by_kind():
    last = run("--order", "2023", columns=160).stdout.strip().rpartition("\n\n")[2].replace("\n", " ")
    rows = read(run("--order", "2023", "--out", "-").stdout)
    assert last.startswith(f"Пунктов: {COUNTS['2023']}. Ответов: {len(rows)}: ")
    assert last.endswith("Без ответа: 0.")
    of_forms = [row for row in rows if row["answer"] == "form"]
    planned = sum(row["planned"] == "yes" for row in of_forms)
    assert 0 < planned < len(of_forms)
    assert f"форма {len(of_forms)} (запланировано {planned})" in last


def test_an_answer_is_shown_with_its_rule_its_note_and_its_places():
    text = run("--order", "2023", columns=160).stdout
    for words in ("правило: staff_quality", "→ tests/cases/staff_potential.toml", "форма, запланировано"):
        assert words in text
    assert "Приказ 2025 года" not in text


def test_an_answer_that_stands_in_the_row_above_is_not_said_again():
    assert run("--order", "2023").stdout.count("Поручение министерству") == 1


def test_the_file_has_the_binding_columns_and_every_point_of_both_orders(tmp_path):
    out = tmp_path / "coverage.csv"
    done = run("--out", out)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"Перечень записан: {out}.\nПунктов: {sum(COUNTS.values())}.")
    rows = read(out.read_text("utf-8"))
    assert list(rows[0]) == COLUMNS
    points = {(row["order"], row["section"], row["point"]) for row in rows}
    assert {order: sum(point[0] == order for point in points) for order in ORDERS} == COUNTS
    assert {row["planned"] for row in rows} == {"yes", "no"}
    assert all(row["opening"] and row["answer"] and row["note"] for row in rows)


def test_a_row_of_the_file_names_rule_file_cases_and_test():
    rows = read(run("--order", "2023", "--out", "-").stdout)
    row = next(row for row in rows if row["point"] == "37" and row["planned"] == "no")
    assert (row["answer"], row["by"]) == ("rule", "staff_quality")
    assert row["file"] == "toolkit/law/agencies_2023/staff_potential.toml"
    assert row["cases"] == "tests/cases/staff_potential.toml"
    assert row["test"].startswith("tests/cases/test_cases.py::test_")


def test_a_folder_is_not_replaced_by_the_file(tmp_path):
    done = run("--out", tmp_path)
    assert done.returncode == 2
    assert "это не файл" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_ends_in_a_sentence(tmp_path):
    done = run("--out", tmp_path / "nowhere" / "coverage.csv")
    assert done.returncode == 2
    assert "такой папки или файла нет" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_order_ends_in_a_sentence_and_exit_status_two():
    done = run("--order", "2024")
    assert done.returncode == 2
    assert "нет приказа «2024»" in done.stderr
    assert "2023, 2025" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_command_works_outside_the_project(tmp_path):
    assert run("--order", "2025", folder=tmp_path).returncode == 0
