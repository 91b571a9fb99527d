"""HTML for notebooks and pages, and text for terminals, made from the templates of this room."""

import base64
import gzip
from dataclasses import dataclass
from functools import cache, lru_cache
from textwrap import fill
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from toolkit.display import words
from toolkit.display.columns import beside, cut, hang
from toolkit.display.doubt import nearest_combination, switched
from toolkit.display.explanation import value_text
from toolkit.display.numbers import amount, plural, points, points_of, span, two_decimals, value_of
from toolkit.display.standing import out_of_peers, place_text
from toolkit.formula.notation import number_text


@dataclass(frozen=True, slots=True)
class Html:
    """A piece of the report that a notebook shows as it is."""

    text: str

    def _repr_html_(self) -> str:
        return self.text


@lru_cache(maxsize=1)  # the library is the same on every page
def pack(text: str) -> str:
    """Return a text compressed, the same letters for the same text; `unpack.js` undoes it."""
    return base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode()


def style() -> Html:
    """Return the look of the tables inside JupyterLab; a published page brings its own."""
    return Html(_templates().get_template("notebook.css.j2").render())


def render(template: str, **context: Any) -> Html:
    """Return a piece of HTML; whatever is put into it is escaped."""
    return Html(_templates().get_template(f"{template}.html.j2").render(words=words, **context))


def render_text(template: str, **context: Any) -> str:
    """Return lines for a terminal, in which nothing is escaped."""
    return _templates().get_template(f"{template}.txt.j2").render(words=words, **context).rstrip("\n")


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("toolkit.display"),
        autoescape=select_autoescape(["html.j2"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    numbers = points, points_of, number_text, span, two_decimals, plural, amount, value_of
    environment.filters |= {"beside": beside, "cut": cut, "fill": fill, "hang": hang}
    words_of = nearest_combination, switched, out_of_peers, place_text, value_text
    environment.globals |= {function.__name__: function for function in (*numbers, *words_of)}
    return environment
