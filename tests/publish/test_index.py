import base64
import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from toolkit import evaluate, load_methodology
from toolkit.intake.assembly import RefusedRow
from toolkit.intake.campaign import read_campaign
from toolkit.publish.record import Run, run_text
from toolkit.publish.site import index_page
from toolkit.publish.task import PageResult

SAMPLE = Path(__file__).resolve().parents[1] / "samples" / "drawn_2023"
NAME = "<script>alert(1)</script> «Ә»"


def find_complete(campaign):
    scores = evaluate(campaign)
    return next(
        item
        for item in campaign
        if None not in (scores.find(item.code, code).points for code in ("hr", "it"))
    )


@pytest.fixture(scope="module")
def campaign():
    """Two equal agencies, one that lacks a value, and a refused row."""
    sample = read_campaign(SAMPLE)
    complete = find_complete(sample)
    lacking = {name: value for name, value in complete.values.items() if name != "contests_held"}
    agencies = (
        replace(complete, code="a", name=NAME),
        replace(complete, code="b", name="Второй"),
        replace(complete, code="c", name="Третий", values=lacking),
    )
    return replace(
        sample, agencies=agencies, refused=(RefusedRow(5, "<i>", "<b>Имя</b>", "код повторяется"),)
    )


@pytest.fixture(scope="module")
def run(campaign):
    methodology = load_methodology()
    pages = (
        PageResult("a", "done", "a.html", "", 1.0, 0.5),
        PageResult("b", "failed", "b.html", "<u>нет", 1.0, 0.5),
    )
    return Run(campaign, methodology, evaluate(campaign, methodology), pages, "ru", {})


@pytest.fixture(scope="module")
def html(run):
    return index_page(run)


def rows_of(html, anchor):
    section = html.partition(f'<h3 id="{anchor}">')[2].partition("<h3")[0]
    ranked, _, partial = section.partition("<figure")[0].partition("<h4>")
    return [re.findall(r"<tr data-agency[^>]*>(.*?)</tr>", part, re.DOTALL) for part in (ranked, partial)]


def test_equal_points_share_a_place(html):
    ranked, _ = rows_of(html, "central-hr")
    assert [re.search(r'class="number">([^<]*)<', row)[1] for row in ranked] == ["=1", "=1"]


def test_a_partial_total_stands_apart_with_its_interval_and_what_it_lacks(html):
    _, partial = rows_of(html, "central-hr")
    assert len(partial) == 1
    assert "Третий" in partial[0]
    assert re.search(r"\[\d+,\d\d; \d+,\d\d\]", partial[0])
    assert "Прозрачность конкурсных процедур" in partial[0]


def test_names_and_messages_are_shown_as_text(html):
    assert html.count("<script") == 1
    assert "<b>Имя" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; «Ә»" in html
    assert "&lt;u&gt;нет" in html
    assert "&lt;b&gt;Имя&lt;/b&gt;" in html


def test_only_agencies_of_this_run_are_linked(html):
    assert set(re.findall(r'href="([^"#:]+\.html)"', html)) == {*("a.html", "b.html", "methodology.html")}


def test_synthetic_data_is_called_so(run, html):
    assert "Данные вымышленные" in html
    assert "Данные вымышленные" not in index_page(
        replace(run, campaign=replace(run.campaign, synthetic=False))
    )


def test_the_basis_is_named(run, html):
    assert run.campaign.digest in html
    assert run.methodology.edition in html
    assert "contest_formula=mean_of_shares" in html


def test_another_reading_is_marked(run):
    assert "не по умолчанию" in index_page(replace(run, readings={"contest_formula": "product"}))


def test_the_record_changes_with_the_input_alone(run):
    fewer = replace(run.campaign.agencies[0], values={})
    changed = replace(run, campaign=replace(run.campaign, agencies=(fewer, *run.campaign.agencies[1:])))
    later = replace(run, pages=tuple(replace(page, seconds=9.0) for page in run.pages))
    assert run_text(later) == run_text(run)
    assert run_text(changed) != run_text(run)


def test_the_only_script_is_the_one_that_the_policy_names(html):
    page = BeautifulSoup(html, "html.parser")
    digest = hashlib.sha256(page.script.string.encode()).digest()
    policy = page.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    assert f"script-src 'sha256-{base64.b64encode(digest).decode()}';" in policy
    assert "default-src 'none'" in policy
