"""HTML for notebooks and pages, made from the templates of this room."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from toolkit.display import words
from toolkit.display.doubt import amount, switched
from toolkit.display.explanation import value_of
from toolkit.display.numbers import plain, plural, points, points_of, span, two_decimals
from toolkit.display.standing import out_of_peers


@dataclass(frozen=True, slots=True)
class Html:
    """A piece of the report that a notebook shows as it is."""

    text: str

    def _repr_html_(self) -> str:
        return self.text


def style() -> Html:
    """Return the look of the tables inside JupyterLab; a published page brings its own."""
    return Html(_templates().get_template("notebook.css.j2").render())


def render(template: str, **context: Any) -> Html:
    """Return a piece of HTML; whatever is put into it is escaped."""
    return Html(_templates().get_template(f"{template}.html.j2").render(words=words, **context))


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("toolkit.display"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    numbers = points, points_of, plain, span, two_decimals, plural, value_of, amount, switched, out_of_peers
    environment.globals |= {function.__name__: function for function in numbers}
    return environment
