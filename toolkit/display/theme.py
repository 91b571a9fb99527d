"""One look for every chart: calm colours that survive grey print and colour blindness, Russian numbers."""

from __future__ import annotations

from typing import Any

import altair as alt

# Okabe-Ito hues, told apart by most colour-blind readers, with lightness steps that grey print keeps.
INK = "#1f2933"
MUTED = "#66727f"
FAINT = "#c3ccd5"
AGENCY = "#0b5a8f"
LOSS = "#c2571a"
GAIN = "#1b7f5c"
UNKNOWN = "#9aa5b1"

FONT = '"Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", Arial, sans-serif'
NUMBERS = {"decimal": ",", "thousands": "\u202f", "grouping": [3], "currency": ["", ""], "minus": "\u2212"}
# Charts as wide as their container make JupyterLab 4 lay out the notebook without end; the published page,
# where nothing moves, lets them follow its width.
WIDTH = 640
MIME = "application/vnd.vegalite.v5+json"

alt.data_transformers.disable_max_rows()


@alt.theme.register("toolkit", enable=True)
def _theme() -> alt.theme.ThemeConfig:
    return {
        "config": {
            "font": FONT,
            "background": "white",
            "view": {"stroke": None},
            "title": {
                "anchor": "start",
                "fontSize": 15,
                "fontWeight": 600,
                "color": INK,
                "subtitleColor": MUTED,
                "subtitleFontSize": 12.5,
                "offset": 12,
            },
            "axis": {
                "labelColor": MUTED,
                "titleColor": MUTED,
                "titleFontWeight": "normal",
                "labelFontSize": 12,
                "titleFontSize": 12,
                "gridColor": "#e8ecf0",
                "domain": False,
                "ticks": False,
                "labelPadding": 6,
            },
            "text": {"fontSize": 12, "color": INK},
        },
        "usermeta": {"embedOptions": {"actions": False, "formatLocale": NUMBERS}},
    }


def _render(spec: dict[str, Any], **_: Any) -> dict[str, Any]:
    # Altair's own mime type is drawn by no JupyterLab and refused by papermill's notebook format; the content
    # is the same under this one.
    return {MIME: spec, "text/plain": spec.get("description", "")}


alt.renderers.register("toolkit", _render)
alt.renderers.enable("toolkit")
