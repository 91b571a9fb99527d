"""A folder with a CSV file becomes a campaign whatever its separator, encoding and order of columns."""

import subprocess
import sys
from fractions import Fraction
from hashlib import sha256

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from toolkit.errors import ToolkitError
from toolkit.evaluate import evaluate
from toolkit.intake.campaign import read_campaign

FILE = "agencies.csv"
PLAIN = "agency,agency_name,agency_type,year,contests_held\nmf,Минфин,central,2024,20\n"


def read(folder, data):
    (folder / FILE).write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_campaign(folder)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_separator_encoding_and_line_ends_are_recognised(tmp_path, separator, encoding, ending):
    text = PLAIN.replace(",", separator).replace("\n", ending)
    campaign = read(tmp_path, text.encode(encoding))
    assert campaign.problems == ()
    (agency,) = campaign
    assert (agency.code, agency.name, agency.type, agency.year) == ("mf", "Минфин", "central", 2024)
    assert agency.values == {"contests_held": 20}


def test_a_campaign_knows_its_file_its_year_and_its_digest(tmp_path):
    campaign = read(tmp_path, PLAIN)
    assert (campaign.folder, campaign.source, campaign.year) == (tmp_path, FILE, 2024)
    assert campaign.digest == sha256(PLAIN.encode()).hexdigest()


def test_columns_stand_in_any_order_with_any_letter_case_and_margins(tmp_path):
    campaign = read(tmp_path, " Contests_Held , AGENCY_TYPE,\tagency \n20, Central , mf \n")
    assert campaign.problems == ()
    assert campaign.find("mf").values == {"contests_held": 20}


def test_separators_inside_quoted_cells_do_not_mislead(tmp_path):
    campaign = read(tmp_path, 'agency;agency_type;"a,b,c,d";workdays\nmf;central;"x;y";247\n')
    assert [problem.place.column for problem in campaign.problems] == ["a,b,c,d"]
    assert campaign.find("mf").values == {"workdays": 247}


def test_every_way_of_writing_a_number_stands_in_one_row(tmp_path):
    head = "apparatus_headcount_mean;overtime_workday_hours;strategy_execution_percent;i1;i2;i3"
    campaign = read(tmp_path, f"agency;agency_type;{head}\nmf;central;3001/12;12 500,25;80 %;80%;1e-05;0,5\n")
    assert campaign.problems == ()
    assert campaign.find("mf").values == {
        "apparatus_headcount_mean": Fraction(3001, 12),
        "overtime_workday_hours": Fraction(50001, 4),
        "strategy_execution_percent": 80,
        "i1": Fraction(4, 5),
        "i2": Fraction(1, 100000),
        "i3": Fraction(1, 2),
    }


@pytest.mark.parametrize(("word", "position"), [("absent", 0), ("incomplete", 1), (" COMPLETE ", 2)])
def test_a_word_is_the_position_among_its_options(tmp_path, word, position):
    campaign = read(tmp_path, f"agency,agency_type,strategy_status\nmf,central,{word}\n")
    assert campaign.find("mf").values == {"strategy_status": position}


def test_an_empty_execution_is_zero_and_marked_but_an_absent_column_is_missing(tmp_path):
    campaign = read(
        tmp_path, "agency,agency_type,strategy_status,strategy_execution_percent\nmf,central,absent, \n"
    )
    assert campaign.problems == ()
    assert campaign.find("mf").values == {"strategy_status": 0, "strategy_execution_percent": 0}
    assert campaign.find("mf").unshown == {"strategy_execution_percent"}
    campaign = read(tmp_path, "agency,agency_type,strategy_status\nmf,central,complete\n")
    assert campaign.find("mf").values == {"strategy_status": 2}
    assert campaign.find("mf").unshown == frozenset()


def test_an_empty_cell_of_any_other_column_is_missing_and_no_problem(tmp_path):
    campaign = read(tmp_path, "agency,agency_type,contests_held,workdays\nmf,central,,247\n")
    assert campaign.problems == ()
    assert campaign.find("mf").values == {"workdays": 247}
    assert campaign.find("mf").refused == {}


def test_values_at_their_bounds_are_good(tmp_path):
    head = "workdays,net_turnover_points,i1,i2,staff_dismissed,exit_interviews_filled,dismissed_exempt"
    campaign = read(tmp_path, f"agency,agency_type,{head}\nmf,central,22,10,0,1,5,3,2\n")
    assert campaign.problems == ()


def test_without_a_name_the_code_is_the_name_and_without_a_year_there_is_none(tmp_path):
    campaign = read(tmp_path, "agency,agency_name,agency_type\nmf, ,central\n")
    assert (campaign.find("mf").name, campaign.find("mf").year, campaign.year) == ("mf", None, None)


def test_a_name_of_two_lines_is_shown_in_one_and_its_markup_stays_text(tmp_path):
    campaign = read(tmp_path, 'agency,agency_type,agency_name\nmf,central,"<b>Мин\nфин</b>\x07"\n')
    assert campaign.find("mf").name == "<b>Мин фин</b>"


def test_a_damaged_name_does_not_refuse_the_row(tmp_path):
    data = "agency,agency_type,agency_name\nmf,central,Минфин\n".encode()[:-2] + b"\n"
    assert read(tmp_path, data).find("mf").name == "mf"


def test_the_most_common_year_is_the_year_of_the_campaign(tmp_path):
    rows = "".join(f"a{number},central,{year}\n" for number, year in enumerate([2023, 2024, 2024, "x"]))
    campaign = read(tmp_path, f"agency,agency_type,year\n{rows}")
    assert campaign.year == 2024
    assert [agency.year for agency in campaign] == [2023, 2024, 2024, None]
    assert [problem.warning for problem in campaign.problems] == [False, True]


def test_a_known_higher_body_is_no_problem_wherever_it_stands(tmp_path):
    campaign = read(tmp_path, "agency,agency_type,parent\nmf-ala,territorial,mf\nmf,central,\n")
    assert campaign.problems == ()
    assert campaign.find("mf-ala").parent == "mf"


def test_a_large_cell_is_read_and_the_limit_of_the_module_stays_as_it_was(tmp_path):
    import csv

    before = csv.field_size_limit()
    campaign = read(tmp_path, f"agency,agency_type,agency_name\nmf,central,{'я' * 500_000}\n")
    assert campaign.find("mf").name == f"{'я' * 400}…"
    assert csv.field_size_limit() == before


def test_two_refused_cells_of_one_row_are_two_problems_and_the_rest_is_scored(tmp_path):
    text = (
        "agency,agency_type,contests_observed,contests_recorded,contests_held,recording_violations,workdays,i1\n"
        "mf,central,20,15,20,1,21,2\n"
    )
    campaign = read(tmp_path, text)
    assert [problem.place.column for problem in campaign.problems] == ["workdays", "i1"]
    assert evaluate(campaign).find("mf", "contest_transparency").points == Fraction(31, 4)


def test_find_names_the_nearest_code(tmp_path):
    campaign = read(tmp_path, "agency,agency_type\nminfin,central\n")
    with pytest.raises(ToolkitError, match="ближайшее известное: minfin"):
        campaign.find("minfn")


def test_find_says_why_a_row_was_refused(tmp_path):
    campaign = read(tmp_path, "agency,agency_type\nmf,centre\n")
    with pytest.raises(ToolkitError, match="строка 2 отклонена: «centre» — неизвестный тип"):
        campaign.find("mf")


def test_a_path_that_is_a_file_or_nothing_is_told_from_a_folder(tmp_path):
    read(tmp_path, PLAIN)
    with pytest.raises(ToolkitError, match="файл, а нужна папка кампании"):
        read_campaign(tmp_path / FILE)
    with pytest.raises(ToolkitError, match=r"папки .*nowhere. нет"):
        read_campaign(str(tmp_path / "nowhere"))


def test_a_folder_with_no_data_or_with_two_files_is_refused(tmp_path):
    with pytest.raises(ToolkitError, match=r"нет данных.*agencies\.csv или agencies\.xlsx"):
        read_campaign(tmp_path)
    (tmp_path / "agencies.xlsx").write_bytes(b"")
    with pytest.raises(ToolkitError, match="несколько файлов данных"):
        read(tmp_path, PLAIN)


def test_reading_a_csv_imports_no_heavy_package(tmp_path):
    (tmp_path / FILE).write_text(PLAIN, "utf-8")
    code = (
        "import sys; from toolkit.intake.campaign import read_campaign; read_campaign(sys.argv[1]);"
        "print({'numpy', 'pandas', 'openpyxl'} & sys.modules.keys())"
    )
    line = [sys.executable, "-c", code, str(tmp_path)]
    assert subprocess.run(line, capture_output=True, text=True, check=True).stdout.strip() == "set()"


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(), st.text().map(str.encode), st.binary().map(lambda tail: PLAIN.encode() + tail)))
@example(b"agency,agency_type\n\xff\xfe,\x98\n")
@example(b'agency,agency_type\n"')
def test_any_bytes_give_a_campaign_or_a_toolkit_error(tmp_path_factory, data):
    assert all(message.isprintable() for message in list_messages(tmp_path_factory.mktemp("campaign"), data))


def list_messages(folder, data):
    try:
        return [str(problem) for problem in read(folder, data).problems]
    except ToolkitError as error:
        return [str(error)]


GOOD = {
    "contests_observed": "3",
    "contests_held": "20",
    "workdays": "247",
    "i1": "0,5",
    "staff_total": "1 200",
    "smart_roads": "7/3",
    "strategy_status": "complete",
    "strategy_execution_percent": "80%",
}
TEXT = st.text(st.characters(codec="utf-8", exclude_characters='"\0'), min_size=1).filter(
    # Lines with separators are taken for rows.
    lambda text: ";" not in text or not {"\n", "\r"} & set(text)
)


@settings(deadline=None)
@given(st.sampled_from(sorted(GOOD)), TEXT)
def test_the_good_cells_of_a_row_survive_any_one_bad_cell(tmp_path_factory, column, bad):
    folder = tmp_path_factory.mktemp("campaign")
    whole = write_row(GOOD)
    spoilt = write_row(GOOD | {column: bad})
    expected = read(folder, whole).find("mf").values
    found = read(folder, spoilt).find("mf").values
    limited = {"contests_observed"} if column == "contests_held" else set()
    limited |= {"strategy_execution_percent"} if column == "strategy_status" else set()
    assert len(expected) == len(GOOD)
    for name in GOOD.keys() - {column} - limited:
        assert found[name] == expected[name]


def write_row(cells):
    quoted = ";".join(f'"{cell}"' for cell in cells.values())
    return f"agency;agency_type;{';'.join(cells)}\nmf;central;{quoted}\n"
