"""The page of one notebook: one file that needs no network, no kernel and no other script than its own."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from typing import Any

from jupyter_core.paths import jupyter_path
from nbconvert.exporters.templateexporter import TemplateExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from traitlets import Unicode, default
from traitlets.config import Config

from toolkit.display.markup import pack
from toolkit.publish.chart import CHART, has_charts, has_sliders, read_chart, script_json, shared_config
from toolkit.publish.frame import TEMPLATE, embed_style, frame, read_template
from toolkit.publish.outline import read_outline, slug
from toolkit.publish.privacy import hide_machine
from toolkit.publish.vega import draw_picture, vega_bundle

# What is shown of an output that can be shown in several ways: the first of these that it has.
DISPLAYED = (CHART, "text/html", "text/markdown", "image/svg+xml", "image/png", "text/plain")
# What the templates of nbconvert ask before they show anything: everything is.
_WHOLE: Mapping[str, bool] = defaultdict(lambda: True)
_SLIDERS = ["numbers.js", "curves.js", "what_if.js"]
HIDDEN_TAGS = frozenset({"parameters", "injected-parameters", "hidden"})


class PageExporter(TemplateExporter):
    """Makes the page of a notebook; `jupyter nbconvert --to toolkit` finds it by its entry point.

    The same notebook gives the same bytes: no clock, no random ids, no folder of this machine.
    """

    export_from_notebook = "Toolkit page"
    output_mimetype = "text/html"
    file_extension = Unicode(".html").tag(config=True)
    template_file = Unicode("page.html.j2").tag(config=True, affects_template=True)

    @default("template_paths")
    def _template_paths_default(self) -> list[str]:
        """Look for our template in the package alone, never in a folder of the user."""
        return [str(TEMPLATE), *jupyter_path("nbconvert", "templates")]

    @property
    def default_config(self) -> Config:
        """Return what every page shows first of an output."""
        config: Config = super().default_config.copy()
        config.merge({"NbConvertBase": {"display_data_priority": list(DISPLAYED)}})
        return config

    def default_filters(self) -> Iterable[tuple[str, Any]]:
        """Return the filters of the template, ours by their own names."""
        charts, texts = (read_chart, draw_picture, script_json), (read_outline, render_markdown, scrollable)
        own: list[Any] = [*charts, *texts, hide_machine, is_hidden]
        known = super().default_filters()  # type: ignore[no-untyped-call]
        return [*known, *((function.__name__, function) for function in own)]

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **_kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Return the page of a notebook and the resources of nbconvert."""
        charts, sliders = has_charts(nb), has_sliders(nb)
        drawn = charts or sliders
        needed = ["reach.js", "unpack.js"] * drawn + ["charts.js"] * charts + _SLIDERS * sliders
        scripts = [read_template(name) for name in needed]
        library = [vega_bundle()] if drawn else []
        language = nb.metadata.get("papermill", {}).get("parameters", {}).get("language", "ru")
        own = frame(language, library + scripts) | {"scripts": scripts, "packed": [*map(pack, library)]}
        own |= {"math_style": embed_style("math.css"), "chart": CHART}
        own["config"] = shared_config(nb)
        own["about"] = nb.metadata.get("toolkit", {})
        # The notebook is shown as it is: nobody needs the copies nbconvert makes for those who change it.
        resources = self._init_resources({**(resources or {}), "page": own})  # type: ignore[no-untyped-call]
        resources["global_content_filter"] = _WHOLE
        html = self.template.render(nb=nb, resources=resources)
        return f"{html.strip()}\n", resources


@cache
def page_exporter() -> PageExporter:
    """Return the exporter of this process, whose templates are compiled once."""
    return PageExporter()  # type: ignore[no-untyped-call]


class _Markdown(IPythonRenderer):
    """Gives every heading an anchor for the contents to link to; `{#name}` after a heading names its own."""

    def heading(self, text: str, level: int, **_attributes: Any) -> str:
        """Return the heading with the anchor it names, or with one made from its words."""
        said, _, named = text.partition("{#")
        anchor = named.rstrip("} ") or slug(text)
        return f'<h{level} id="{escape(anchor)}">{said.rstrip()}</h{level}>\n'


def render_markdown(source: str) -> str:
    r"""Return markdown as HTML.

    Example:
        >>> render_markdown("## Итог")
        '<h2 id="итог">Итог</h2>\n'
    """
    return MarkdownWithMath(renderer=_Markdown(escape=False)).render(source)


def is_hidden(cell: NotebookNode) -> bool:
    """Say whether a cell stays out of the page; an error in it is shown all the same."""
    return bool(HIDDEN_TAGS & set(cell.metadata.get("tags", ())))


def scrollable(html: str) -> str:
    """Return the HTML with its tables in boxes that scroll by themselves, unless it has such boxes."""
    if 'class="wide"' in html:
        return html
    opened = re.sub(r"<table\b", '<div class="wide"><table', html)
    return re.sub(r"</table\s*>", "</table></div>", opened)
