import base64
import gzip
import hashlib
import re
import subprocess
import sys

import nbformat
import pytest

from toolkit.publish.page import CHART
from toolkit.publish.privacy import hide_machine

SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]*)"')
LIMIT = 1_500_000


def read_policy(html):
    return POLICY.search(html)[1].replace("&#39;", "'")


def hash_script(text):
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_the_same_notebook_gives_the_same_bytes(report, convert):
    fresh = nbformat.from_dict(report)
    for number, cell in enumerate(fresh.cells):
        cell.id = f"another-{number}"
    assert convert(report) == convert(fresh)


def test_a_page_stays_under_two_megabytes(report, convert):
    assert len(convert(report).encode()) < LIMIT


def test_the_policy_allows_exactly_the_scripts_of_the_page(report, convert):
    html = convert(report)
    allowed = re.search(r"script-src ([^;]*);", read_policy(html))[1].split()
    packed = re.search(r'<script type="application/gzip" id="packed">([^<]*)</script>', html)[1]
    library = gzip.decompress(base64.b64decode(packed)).decode()
    assert allowed == [f"'{hash_script(text)}'" for text in [library, *SCRIPT.findall(html)]]
    assert len(allowed) == 4


def test_a_page_without_charts_has_no_script(report, convert):
    report.cells = [cell for cell in report.cells if CHART not in str(cell)]
    html = convert(report)
    assert "<script" not in html
    assert "script-src 'none'" in read_policy(html)


def test_the_policy_forbids_whatever_is_not_in_the_page(report, convert):
    policy = read_policy(convert(report))
    assert policy.startswith("default-src 'none'")
    assert "unsafe-eval" not in policy
    assert "unsafe-inline" not in re.search("script-src[^;]*", policy)[0]


def test_a_page_loads_nothing_from_any_address(report, convert):
    html = SCRIPT.sub("", convert(report))
    assert re.findall(r"""(?:src|href)=["'](?!#|data:)[^"']*""", html) == []
    assert "@import" not in html


def test_text_of_a_chart_cannot_leave_its_script(report, convert):
    html = convert(report)
    data = re.search(r'<script type="application/json" class="spec">(.*?)</script>', html, re.DOTALL)[1]
    assert "<" not in data
    assert "onerror" in data
    assert "<img src=x" not in html


def test_parameters_hidden_cells_and_streams_are_not_shown(report, convert):
    html = convert(report)
    assert [
        word for word in ("/home/user", "hidden_thing", "a warning", "nor this", "noise") if word in html
    ] == []


def test_contents_list_headings_of_outputs_and_of_markdown(report, convert):
    contents = re.search(r"<nav.*?</nav>", convert(report), re.DOTALL)[0]
    found = re.findall(r'class="level(\d)"><a href="#([^"]*)">([^<]*)', contents)
    assert found == [("2", "from-cell", "Из ячейки"), ("2", "totals", "Итоги"), ("3", "training", "Обучение")]


def test_the_first_heading_is_the_title(report, convert):
    assert "<title>Орган Қазақстан" in convert(report)


@pytest.mark.parametrize(("language", "word"), [("ru", "Содержание"), ("kk", "Мазмұны"), ("en", "Contents")])
def test_a_page_speaks_the_language_it_was_asked_for(report, convert, language, word):
    report.metadata["papermill"] = {"parameters": {"language": language}}
    html = convert(report)
    assert f'<html lang="{language}">' in html
    assert word in html


def test_names_in_the_frame_are_shown_as_text(report, convert):
    report.metadata["toolkit"] = {"title": "<b>A</b>", "index": '"><script>alert(3)</script>'}
    html = convert(report)
    assert "<title>&lt;b&gt;A&lt;/b&gt;</title>" in html
    assert "<script>alert" not in html


def test_an_error_is_shown_even_in_a_hidden_cell(report, convert):
    error = nbformat.v4.new_output(
        "error",
        ename="ValueError",
        evalue="<b>bad</b>",
        traceback=["\x1b[31mFile /home/user/x/y.py:1\x1b[0m"],
    )
    report.cells[1].outputs = [error]
    html = convert(report)
    assert "<strong>ValueError</strong>: &lt;b&gt;bad&lt;/b&gt;" in html
    assert "File …/y.py:1" in html


def test_code_is_folded_away(report, convert):
    assert re.search(r'<details class="code"><summary>[^<]*</summary>\s*<pre><code>1 \+ 1', convert(report))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("File C:\\Users\\Анна\\x.py, line 3", "File …/x.py, line 3"),
        ("~/toolkit/errors.py", "…/errors.py"),
        ("/opt/a/b/c.csv: нет", "…/c.csv: нет"),
        ("км/ч, и/или, </b>", "км/ч, и/или, </b>"),
        ("a / b / c", "a / b / c"),
    ],
)
def test_paths_of_the_machine_are_hidden_and_other_slashes_are_not(text, shown):
    assert hide_machine(text) == shown
    assert hide_machine(shown) == shown


def test_nbconvert_finds_the_exporter_and_gives_the_same_page(report, convert, tmp_path):
    path = tmp_path / "report.ipynb"
    nbformat.write(report, path)
    line = [sys.executable, "-m", "nbconvert", "--to", "toolkit", str(path)]
    subprocess.run(line, check=True, capture_output=True)
    assert (tmp_path / "report.html").read_text("utf-8") == convert(report)
