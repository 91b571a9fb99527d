"""The forms beside the order itself, where its text lies next to the project."""

import re
from collections import Counter
from itertools import chain, groupby, pairwise
from pathlib import Path

import pytest

from toolkit import load_methodology
from toolkit.intake.forms.definition import ANNEXES, load_form

ORDER = Path(__file__).resolve().parents[3] / "shared" / "law" / "order_2023_57_46.txt"
FORMS = [load_form(annex) for annex in ANNEXES]
TABLES = [table for form in FORMS for table in form.tables]
beside_the_order = pytest.mark.skipif(not ORDER.is_file(), reason="the order is not next to the project")
over_forms = pytest.mark.parametrize("form", FORMS, ids=ANNEXES)
over_tables = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)
# The order types Latin letters into Cyrillic words.
ALIKE = str.maketrans("aceopxykmhtb", "асеорхукмнтв")
# In its text the words of a link stand behind the line they belong to.
DISPLACED = ("с  Единых требований в области пунктом 93 ", "с пунктом 93 Единых требований в области ")
# The order prints annex 7 in two parts, and totals that the toolkit knows without being told.
PRINTED_BESIDE = {"1": "Итого", "7": "Итого Продолжение таблицы"}
# Their header cells are torn: by the lines of the cells beside them, or by the end of a page.
TORN = {"left_service", "filled_service", "left_body", "filled_body", "document"}


def letters(text):
    return re.sub(r"[\W\d_]+", "", text.casefold().replace("ё", "е").translate(ALIKE))


def printed(form):
    """Return the letters of the annex as the order prints it."""
    text = ORDER.read_text("utf-8").replace("\n", " ").replace(*DISPLACED)
    annex = re.search(rf"Приложение {form.annex}\s+к Методике.*?Приложение \d+ к приказу", text, re.DOTALL)
    return letters(annex[0].rpartition("Приложение")[0])


def header(table):
    """Return the texts of its header; one that stands over several columns once."""
    titles = [column.title for column in table.columns]
    above = [text for text, _ in groupby(title[0] for title in titles)]
    return above + [line for title in titles for line in title[1:]]


def lines(form):
    """Return every text of the form but the headers of its columns."""
    tables = [
        [
            *(table.caption, *table.notes, *(total.title for total in table.totals.values())),
            *(text for group in table.groups for text in (group.number, group.title, *group.rows)),
        ]
        for table in form.tables
    ]
    return [*form.head, form.title, *form.preamble, *chain.from_iterable(tables), *form.notes]


def everything(form):
    texts = [*lines(form), *(text for table in form.tables for text in header(table))]
    return Counter(letters(" ".join(texts) + PRINTED_BESIDE.get(form.annex, "")))


def matches(named, text, without=()):
    return all(letters(word) in text for word in named) and not any(letters(word) in text for word in without)


@beside_the_order
@over_forms
def test_the_form_has_all_letters_of_the_annex_and_no_other(form):
    assert everything(form) == Counter(printed(form))


@beside_the_order
@over_forms
def test_every_line_stands_in_the_annex(form):
    text = printed(form)
    assert [line for line in lines(form) if letters(line) not in text] == []


@beside_the_order
def test_every_title_stands_in_the_annex_whole_or_in_two_pieces_where_it_is_torn():
    torn = set()
    for form in FORMS:
        text = printed(form)
        for column in (column for table in form.tables for column in table.columns):
            title = letters(column.title[-1])
            if title not in text:
                torn.add(column.key)
                cuts = range(1, len(title))
                assert any(title[:cut] in text and title[cut:] in text for cut in cuts), column.title
    assert torn == TORN


@beside_the_order
@over_forms
def test_one_changed_word_would_be_noticed(form):
    title = form.title.replace("Информация", "Сведения").replace("Отчет", "Доклад")
    changed = form._replace(title=title)
    assert title != form.title
    assert everything(changed) != Counter(printed(form))
    assert letters(title) not in printed(form)


@beside_the_order
@over_tables
def test_columns_stand_in_the_order_in_which_they_are_printed(table):
    text = printed(load_form(table.annex))
    start = text.index(letters(table.caption)) + len(letters(table.caption))
    whole = [column for column in table.columns if column.key not in TORN and len(column.title) == 1]
    found = [text.index(letters(column.title[0]), start) for column in whole]
    assert all(first < second for first, second in pairwise(found))


@over_tables
def test_words_of_a_column_stand_in_its_title_and_in_no_other(table):
    for column in table.columns:
        title = letters("".join(column.title))
        known = [other.key for other in table.columns if matches(other.words, title, other.without)]
        assert known == [column.key]


@over_tables
def test_words_of_a_printed_row_stand_in_its_title_and_in_no_other(table):
    rows = [*table.groups, *table.totals.values()]
    for row in rows:
        assert [other for other in rows if matches(other.words, letters(row.title))] == [row]


@over_tables
def test_the_names_in_a_form_are_known(table):
    keys, inputs = {column.key for column in table.columns}, load_methodology().inputs
    named = {
        *table.inputs,
        *table.totals,
        table.diagnostic.get("input", ""),
        *(column.input for column in table.columns),
    }
    assert named - {""} <= inputs.keys()
    assert {key for of in table.inputs.values() for key in of} <= keys
    assert {*table.limits, *table.limits.values()} <= keys
    for name, of in table.inputs.items():
        assert {column.input for column in table.columns if column.key in of} == {name}


def test_each_table_has_a_name_and_a_sheet_of_its_own():
    assert len({table.key for table in TABLES}) == len({table.sheet for table in TABLES}) == len(TABLES) == 10
