"""Nothing that a file says is passed over without a word, and no word is said without reason."""

from datetime import date

import pytest

from tests.servants.tables import (
    FULL_A,
    HEAD_A,
    HEAD_B,
    MORE_B,
    evaluate_a,
    evaluate_b,
    make_a,
    make_b,
    write_csv,
)
from toolkit.servants.periods import Period, decide
from toolkit.servants.regulation import Minimum

FIVES = "2025Q3 5 5 5 5 5 none"


def run_b(tmp_path, rows, readings=None):
    path = write_csv(tmp_path / "b.csv", (*HEAD_B, *MORE_B), rows)
    return {(row["servant"], row["period"]): row for row in evaluate_b(path, readings)}


def run_a(tmp_path, rows, readings=None):
    (found,) = evaluate_a(write_csv(tmp_path / "a.csv", (*HEAD_A, "agency", "name"), rows), readings)
    return found


def test_a_position_that_is_left_out_of_a_quarter_is_named(tmp_path):
    rows = make_b([FIVES, "2025Q3 1 1 1 1 1 none worked_days=14 position=y"])
    found = run_b(tmp_path, rows)["b1", "2025Q3"]
    assert (found["status"], found["exact"]) == ("evaluated", "5")
    assert "отработано дней: 14" in found["problems"]


def test_sanctions_in_another_order_make_no_second_position(tmp_path):
    rows = make_b([f"2025Q3 5 5 5 5 2.99 {words}" for words in ("remark;reprimand", "reprimand;remark")])
    found = run_b(tmp_path, rows)["b1", "2025Q3"]
    assert "повторяет строку 2" in found["problems"]
    assert "должностей в квартале" not in found["problems"]


def test_an_evaluator_is_a_head_in_the_quarter_in_which_he_is_one(tmp_path):
    # In the third quarter «e» is a D-1, which point 3 calls a head; from the fourth on he is none.
    rows = [
        *make_b([FIVES], grade="C-4", leading="no", evaluator="e"),
        *make_b([FIVES], servant="e", grade="D-1", form="leader", evaluator="f"),
        *make_b(["2025Q4 5 5 5 5 5 none"], servant="e", grade="C-4", leading="no", evaluator="f"),
    ]
    assert "столбец evaluator" not in run_b(tmp_path, rows)["b1", "2025Q3"]["problems"]


def test_an_evaluator_whose_role_is_not_told_is_not_called_no_head(tmp_path):
    # A C-1 is a head where he directs a department, and the file does not say.
    rows = [
        *make_b([FIVES], grade="C-4", leading="no", evaluator="e"),
        *make_b([FIVES], servant="e", grade="С-1", evaluator="f"),
    ]
    assert "столбец evaluator" not in run_b(tmp_path, rows)["b1", "2025Q3"]["problems"]


@pytest.mark.parametrize("order", [1, -1])
def test_an_evaluator_of_two_positions_is_a_head_when_one_of_them_is(order, tmp_path):
    both = [
        *make_b([FIVES], servant="e", grade="D-1", form="leader", evaluator="f"),
        *make_b([FIVES], servant="e", grade="C-4", leading="no", evaluator="f", position="y"),
    ]
    rows = [*make_b([FIVES], grade="C-4", leading="no", evaluator="e"), *both[::order]]
    assert "столбец evaluator" not in run_b(tmp_path, rows)["b1", "2025Q3"]["problems"]


@pytest.mark.parametrize("grade", ["С-1", "D-3"])
@pytest.mark.parametrize("form", ["leader", "staff"])
def test_a_position_whose_role_is_not_told_is_judged_by_nothing(grade, form, tmp_path):
    # Whether a C-1 directs a department decides between parts one and three, and the file does not say.
    rows = make_b([FIVES], grade=grade, form=form)
    assert run_b(tmp_path, rows)["b1", "2025Q3"]["problems"] == ""


def test_a_director_of_a_named_department_is_a_director_of_a_department(tmp_path):
    rows = make_b([FIVES], grade="С-1", role="директор департамента цифровизации", form="leader")
    assert run_b(tmp_path, rows)["b1", "2025Q3"]["problems"] == ""


def test_a_torn_row_belongs_to_the_servant_whose_code_it_bears(tmp_path):
    # A code is read with its spaces made one; in a row with a cell too many it is the same code.
    path = tmp_path / "b.csv"
    good = "b  1,2025Q3,staff,2024-03-01,60,chief,5,5,5,5,5,none"
    torn = "b  1,2025Q4,staff,2024-03-01,60,chief,4,99,5,5,5,5,none"
    path.write_text(f"{','.join(HEAD_B)}\n{good}\n{torn}\n", "utf-8")
    found = {row["period"]: row for row in evaluate_b(path)}
    assert {row["servant"] for row in found.values()} == {"b 1"}
    assert found["2025"]["status"] == "refused"


@pytest.mark.parametrize(("column", "other"), [("name", "Иванов И."), ("agency", "mf")])
def test_what_only_describes_a_servant_refuses_no_mark(column, other, tmp_path):
    # Rows that disagree on category or dates refuse; a name changes no mark.
    rows = make_a(FULL_A["2"], name="Иванов И.И.", agency="mti")
    rows[2][column] = other
    found = run_a(tmp_path, rows)
    assert (found["status"], found["exact"]) == ("evaluated", "5")
    assert "предупреждение" in found["problems"]
    assert other in found["problems"]


def test_a_mean_below_three_is_never_written_as_three(tmp_path):
    # b = 3, c = 2: 0.999999999999·3 + 0.000000000001·2 = 2.999999999999 < 3; beside a label G3 rounds down.
    lines = [*["own - - 3"] * 5, *["quality - - 2"] * 3]
    rows = make_a(lines, category="transitional", period_end="2025-07-31")
    found = run_a(tmp_path, rows, {"transitional_weight": "0.999999999999"})
    assert found["label"] == "неудовлетворительно"
    assert float(found["mean"]) < 3


def test_a_plan_that_may_be_a_thousand_is_doubted(tmp_path):
    # «1.000» is one or a thousand; 900 of 1 is 90 000 percent, 900 of 1000 is 90 percent.
    rows = make_a(["own 1.000 900 5", *FULL_A["2"][:4]])
    found = run_a(tmp_path, rows)
    assert "предупреждение" in found["problems"] or found["status"] == "refused"
    assert "прочитано как 1,000" in found["problems"]


def test_more_days_than_the_period_has_are_doubted_in_corps_a_too(tmp_path):
    # January to March 2025 have 31 + 28 + 31 = 90 days; 91 > 90.
    found = run_a(tmp_path, make_a(FULL_A["2"], period_end="2025-03-31", worked_days="91"))
    assert (found["status"], found["exact"]) == ("evaluated", "5")
    assert "столбец worked_days" in found["problems"]
    assert "предупреждение" in found["problems"]


def test_a_parameter_of_the_other_corps_is_no_parameter_of_this_one(tmp_path, command):
    path = write_csv(tmp_path / "a.csv", HEAD_A, make_a(FULL_A["2"]))
    done = command("corps-a", path, "--parameter", "sanction_cap.listed=2", "--out", tmp_path / "out.csv")
    assert done.status == 2
    assert "sanction_cap.listed" in done.err


def test_the_last_year_of_the_calendar_has_its_months():
    last = Period(date.max.replace(month=1, day=1), date.max)
    assert decide(Minimum("3", 3, 15), last, date(2024, 1, 1), None, 200) == (True, ())


def test_every_sentence_of_a_result_stands_on_the_screen_too(tmp_path, command):
    rows = [*make_b(["2025Q3 5 5 6 5 5 none", FIVES, FIVES]), *make_b(["2025Q3 0 5 5 5 5 none"], servant="x")]
    path = write_csv(tmp_path / "b.csv", HEAD_B, rows)
    done = command("corps-b", path, "--out", tmp_path / "out.csv")
    said = " | ".join(row["problems"] for row in evaluate_b(path) if row["problems"])
    assert [one for one in said.split(" | ") if one not in done.err.splitlines()] == []


def test_a_good_file_says_nothing(tmp_path, command):
    path = write_csv(tmp_path / "b.csv", HEAD_B, make_b([FIVES]))
    done = command("corps-b", path, "--out", "-")
    assert (done.status, done.err) == (0, "")


def test_days_that_contradict_each_other_leave_no_quarter_out_of_the_year(tmp_path):
    # Left in 2015, appointed in 2024: whether there was time enough cannot be told, so nothing is dropped.
    rows = make_b([FIVES, "2025Q4 1 1 1 1 1 none left_on=2015-12-31"])
    found = run_b(tmp_path, rows)
    assert found["b1", "2025Q4"]["status"] == "refused"
    assert "раньше назначения" in found["b1", "2025Q4"]["problems"]
    assert found["b1", "2025"]["status"] == "refused"
