"""Charts made from templates of Vega-Lite, all with one look: calm colours, Russian numbers."""

import json
from functools import cache, partial
from typing import Any

import altair as alt
from jinja2 import Environment, PackageLoader, StrictUndefined

from toolkit.analysis.places import quantile
from toolkit.display import theme
from toolkit.display.numbers import amount, genitive, plural, points, points_of, signed, span
from toolkit.formula.notation import number_text

MIME = "application/vnd.vegalite.v5+json"

alt.data_transformers.disable_max_rows()


class Chart(alt.TopLevelMixin, alt.TopLevelLayerSpec):
    """A chart of layers, which Altair checks, gives its theme and shows, and whose parts stay plain JSON."""

    def _repr_mimebundle_(self, *_given: Any, **_named: Any) -> dict[str, Any]:
        # To check a chart takes longer than all else that is done to it, so the tests do it for each one;
        # what is plain JSON already needs no second look.
        bare = self.copy(deep=False)
        bare.layer = []
        return _render({**bare.to_dict(validate=False), "layer": self.layer})


def draw(chart: str, **context: Any) -> Chart:
    """Return the chart of a template; whatever is put into it is written as JSON."""
    return Chart(**_fill(chart, **context))


def _fill(template: str, **context: Any) -> Any:
    return json.loads(_templates().get_template(f"{template}.json.j2").render(theme=theme, **context))


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("toolkit.display", "templates/charts"),
        autoescape=False,  # noqa: S701  no HTML is made here, and `finalize` quotes every value
        finalize=json.dumps,
        undefined=StrictUndefined,
    )
    words = amount, genitive, number_text, plural, points, points_of, signed, span
    environment.globals |= {it.__name__: it for it in words} | {"median": partial(quantile, part=1, parts=2)}
    return environment


@alt.theme.register("toolkit", enable=True)
@cache
def _theme() -> alt.theme.ThemeConfig:
    look: alt.theme.ThemeConfig = _fill("theme")
    return look


def _render(spec: dict[str, Any], **_: Any) -> dict[str, Any]:
    # Altair's own mime type is drawn by no JupyterLab and refused by papermill's notebook format; the content
    # is the same under this one.
    return {MIME: spec, "text/plain": spec.get("description", "")}


alt.renderers.register("toolkit", _render)
alt.renderers.enable("toolkit")
