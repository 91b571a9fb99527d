from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]
SETUP = """\
from toolkit import evaluate, explain, read_campaign

scores = evaluate(read_campaign("tests/samples/drawn_2023"))
"""
CELLS = (
    'explain(scores.find("gardens-ministry", "working_time"))',
    'explain(scores.find("dawn-ministry", "hr"), scores)',
    'print(explain(scores.find("gardens-ministry", "exit_interview")))',
)


@pytest.fixture(scope="module")
def outputs():
    """Run a notebook in a real kernel and give what its last cells show."""
    cells = [nbformat.v4.new_code_cell(source) for source in (SETUP, *CELLS)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": ROOT}}
    ).execute()
    return [cell.outputs[0] for cell in notebook.cells[1:]]


def test_a_cell_that_ends_in_an_explanation_shows_the_section_of_the_report(outputs):
    shown = outputs[0].data
    assert shown["text/html"].count('<math display="block">') == 7
    assert '<h3 id="working_time">' in shown["text/html"]
    assert '<p class="where-title">где:</p>' in shown["text/html"]


def test_what_cannot_show_html_gets_the_text_or_latex(outputs):
    shown = outputs[0].data
    assert shown["text/plain"].startswith("N. Нормированность труда\n")
    assert "    N1 = k · (1 − 8 · (a − b) / b)\n" in shown["text/plain"]
    assert r"$$N_{\text{1}} = k \cdot \left(1 - 8 \cdot \frac{a - b}{b}\right)$$" in shown["text/latex"]


def test_a_partial_total_is_shown_with_its_place_left_out(outputs):
    html = outputs[1].data["text/html"]
    assert "Итог неполный: от " in html
    assert "Организация труда" in html
    assert "место из" not in html


def test_printing_an_explanation_gives_its_lines(outputs):
    assert outputs[2].output_type == "stream"
    assert "    V = 5 · 30 / 40\n      = 5 · 0,75\n      = 3,75\n" in outputs[2].text
