"""The lists of points beside the orders themselves, where their texts lie next to the project."""

import re
from pathlib import Path

import pytest

from toolkit.analysis.coverage import load_coverage

TEXTS = Path(__file__).resolve().parents[3] / "shared" / "law"
ORDERS = {"2023": "order_2023_57_46.txt", "2025": "order_2025_121.txt"}
# In the text of 2023 linked words are displaced: the clauses that amend points were put right by hand.
DISPLACED = "изменения и дополнения Методики"


def letters(text):
    return re.sub(r"\W+", "", text.casefold().replace("ё", "е"))


@pytest.mark.skipif(not TEXTS.is_dir(), reason="the texts of the orders are not next to the project")
@pytest.mark.parametrize(("order", "file"), ORDERS.items())
def test_every_printed_point_begins_as_the_order_prints_it(order, file):
    text = letters((TEXTS / file).read_text("utf-8"))
    printed = [
        point
        for point in load_coverage(order)
        if not point.opening.startswith("(не напечатан") and DISPLACED not in point.section
    ]
    missed = [(point.section, point.number) for point in printed if letters(point.opening) not in text]
    # Point 1 of the first order has a displaced link in its first line.
    assert missed == ([("Сам приказ", "1")] if order == "2023" else [])
    assert len(printed) > 120
