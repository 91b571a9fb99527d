import csv
import io
from functools import partial

import pytest

from tests.command import SAMPLE, heavy_loaded, run_toolkit
from tests.command_line.conftest import CONTESTS

COLUMNS = [
    *("agency", "year", "code", "level", "reading", "option"),
    *("points", "exact", "change", "status", "low", "high", "place", "among", "place_change"),
    *("lowest", "lowest_at", "highest", "highest_at", "matters"),
]

# Point 48, k = 10: by the mean of shares, by their capped sum, by their product.
LOPSIDED = "a,central,20,15,20,0"  # 10 * 35/40 = 8.75; 10; 10 * 1 * 0.75 = 7.5
EVEN = "b,central,174,174,200,0"  # 10 * 0.87 = 8.7; 10; 10 * 0.87 * 0.87 = 7.569


run = partial(run_toolkit, "readings")


def read(text):
    table = csv.DictReader(io.StringIO(text))
    return table.fieldnames, list(table)


def find(rows, agency, code, option=""):
    return next(row for row in rows if (row["agency"], row["code"], row["option"]) == (agency, code, option))


def pick(row, *names):
    return [row[name] for name in names]


def test_each_option_is_shown_with_the_points_and_places_that_move(campaign):
    done = run(campaign(LOPSIDED, EVEN), "--agency", "a")
    assert (done.returncode, done.stderr) == (0, "")
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    start = lines.index("сейчас mean_of_shares: среднее двух долей")
    assert lines[start + 1 : start + 3] == [
        "capped_sum: сумма долей, не больше 1",
        "Прозрачность конкурсных процедур 8,75 → 10,00 +1,25 место 1",
    ]
    # What else the criterion lacks is worth 30 points.
    assert lines[start + 3] == "Меритократия и организационная 8,75 – 38,75 → 10,00 – 40,00"
    product = lines.index("product: произведение долей")
    assert lines[product + 1] == "Прозрачность конкурсных процедур 8,75 → 7,50 −1,25 место 1 → 2"


def test_the_totals_are_shown_over_all_combinations_with_what_they_depend_on(campaign):
    # The criterion: A = 7.5 to 10, and 0 to 30 that is not known; from 7.5 to 40 under any reading of A.
    lines = run(campaign(LOPSIDED)).stdout.splitlines()
    start = lines.index("  Меритократия и организационная культура: сейчас 8,75 – 38,75; от 7,50 до 40")
    assert lines[start + 1 : start + 6] == [
        "    баллов",
        "      итог неполный при всех сочетаниях: границы того, что ещё возможно",
        "      наименьший: contest_formula=product",
        "      наибольший: contest_formula=capped_sum",
        "      зависит от: contest_formula",
    ]
    # 30 + 20 + 25 + 20 + 5 and two bonuses of 5 are 110, or 100 under the cap; what is deducted has no bound.
    it = lines.index("  Применение информационных технологий: сейчас 0,00 – 110,00; от 0 до 110 баллов")
    assert lines[it + 1 : it + 5] == [
        "      итог неполный при всех сочетаниях: границы того, что ещё возможно",
        "      наименьший: как сейчас",
        "      наибольший: как сейчас",
        "      зависит от: it_total_cap",
    ]


def test_readings_that_change_nothing_are_named_in_one_line(campaign):
    text = run(campaign(LOPSIDED)).stdout
    last = text.rstrip().split("\n\n")[-1].replace("\n", " ")
    assert last.startswith("Ничего не меняет: exempt_leavers, negative_exit_base, ")
    assert "contest_formula" not in last
    assert "negative_exit_base —" not in text


def test_the_choice_in_force_is_where_the_switches_start_from(campaign):
    folder = campaign(LOPSIDED)
    options = (
        "--reading",
        "contest_formula=product",
        "--parameter",
        "contest_transparency.k=8",
        "--out",
        "-",
    )
    _, rows = read(run(folder, *options).stdout)
    # With k = 8: the product 6 and, one switch away, the mean 7 and the capped sum 8.
    assert find(rows, "a", "contest_transparency")["exact"] == "6"
    assert find(rows, "a", "contest_transparency", "mean_of_shares")["exact"] == "7"
    assert find(rows, "a", "contest_transparency", "capped_sum")["change"] == "2"


def test_no_line_of_the_sample_is_wider_than_the_terminal():
    done = run(SAMPLE)
    assert done.returncode == 0
    assert max(len(line) for line in done.stdout.splitlines()) <= 80
    assert done.stdout.count("Итоги при всех сочетаниях прочтений") == 40


def test_the_table_has_the_binding_columns_and_a_row_for_what_moves(campaign, tmp_path):
    out = tmp_path / "readings.csv"
    done = run(campaign(LOPSIDED, EVEN), "--out", out)
    assert (done.returncode, done.stdout) == (0, f"Прочтения записаны: {out} (органов: 2).\n")
    columns, rows = read(out.read_text("utf-8"))
    assert columns == COLUMNS
    present = find(rows, "a", "contest_transparency")
    assert pick(present, "reading", "points", "exact", "place", "among") == ["", "8.75", "35/4", "1", "2"]
    assert pick(present, *COLUMNS[-5:]) == [
        *("15/2", "contest_formula=product", "10", "contest_formula=capped_sum", "contest_formula")
    ]
    moved = find(rows, "a", "contest_transparency", "product")
    assert pick(moved, "reading", "exact", "change") == ["contest_formula", "15/2", "-1.25"]
    assert pick(moved, "place", "among", "place_change", "lowest") == ["2", "2", "1", ""]
    # Without its other parts the criterion is A to A + 30, and it has no points to rank.
    total = find(rows, "a", "merit_culture", "product")
    assert pick(total, "points", "status", "low", "high", "place", "change") == [
        *("", "partial", "15/2", "75/2", "", "")
    ]


def test_the_table_has_every_total_but_no_indicator_that_stands_still(campaign):
    _, rows = read(run(campaign(LOPSIDED), "--out", "-").stdout)
    assert [row["code"] for row in rows if not row["reading"]] == [
        *("staff_potential", "work_organisation", "contest_transparency", "merit_culture", "hr", "it")
    ]


def test_only_the_agencies_asked_for_are_shown_among_all_their_peers(campaign):
    _, rows = read(run(campaign(LOPSIDED, EVEN), "--agency", "b", "--out", "-").stdout)
    assert {row["agency"] for row in rows} == {"b"}
    assert find(rows, "b", "contest_transparency", "product")["place"] == "1"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--agency", "c"), "c"),
        (("--reading", "contest_formula=sum"), "mean_of_shares, capped_sum, product"),
        (("--reading", "contest_formulas=product"), "ближайшее известное: contest_formula"),
    ],
)
def test_what_is_not_known_is_refused_with_what_is(campaign, options, said):
    done = run(campaign(LOPSIDED), *options)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_the_data_are_never_written_over(campaign):
    folder = campaign(LOPSIDED)
    done = run(folder, "--out", folder / "agencies.csv")
    assert done.returncode == 2
    assert "поверх него не пишется" in done.stderr
    assert (folder / "agencies.csv").read_text("utf-8").startswith(CONTESTS)


def test_a_refused_cell_ends_in_status_three(campaign):
    done = run(campaign(LOPSIDED, "b,central,many,1,1,0"))
    assert done.returncode == 3
    assert "contests_observed" in done.stderr


def test_readings_of_a_table_of_text_load_no_heavy_package():
    # Their lines are laid out by a template of text; what draws, counts arrays or reads workbooks stays away.
    assert set(heavy_loaded("readings", SAMPLE)) <= {"jinja2"}
