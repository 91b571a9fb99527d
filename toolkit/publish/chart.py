"""A chart of a notebook as the page carries it: words outside the picture, the specification as safe JSON."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from nbformat import NotebookNode

CHART = "application/vnd.vegalite.v5+json"
_MODEL = 'id="what-if-model"'


class Chart(NamedTuple):
    """The words above a chart, what is said of it beside its picture, and its specification without them."""

    title: str
    subtitle: str
    about: Mapping[str, Any]
    spec: Mapping[str, Any]


def read_chart(spec: Mapping[str, Any], config: Mapping[str, Any]) -> Chart:
    """Take the title out of a specification and let its width follow the page.

    A title inside the picture is never broken, and a long one leaves no room for a narrow chart. A notebook
    needs a fixed width, a page must fit a telephone.

    Parameters:
        spec: a Vega-Lite specification.
        config: the look that all charts of the page share, which none of them repeats.

    Returns:
        The chart.

    Source:
        Vega-Lite: a title is a text, lines of text, or an object with `text` and `subtitle`.

    Example:
        >>> read_chart({"title": {"text": ["A", "b"], "subtitle": "c"}, "mark": "bar"}, {})
        Chart(title='A b', subtitle='c', about={}, spec={'mark': 'bar'})
    """
    title = spec.get("title") or ""
    parts = title if isinstance(title, Mapping) else {"text": title}
    known = {"title", "usermeta", *(["config"] if spec.get("config") == config else [])}
    rest = {key: value for key, value in spec.items() if key not in known}
    if isinstance(rest.get("width"), int | float):
        rest |= {"width": "container", "autosize": {"type": "fit-x", "contains": "padding"}}
    return Chart(_text(parts.get("text")), _text(parts.get("subtitle")), spec.get("usermeta") or {}, rest)


def has_charts(notebook: NotebookNode) -> bool:
    """Say whether any output of the notebook is a chart."""
    return any(CHART in data for data in _shown(notebook))


def shared_config(notebook: NotebookNode) -> Mapping[str, Any]:
    """Return the look of the charts of a notebook, if they all have the same."""
    looks = [data[CHART].get("config", {}) for data in _shown(notebook) if CHART in data]
    return looks[0] if all(look == looks[0] for look in looks) and looks else {}


def has_sliders(notebook: NotebookNode) -> bool:
    """Say whether any output of the notebook is the model that sliders move."""
    return any(_MODEL in data.get("text/html", "") for data in _shown(notebook))


def _shown(notebook: NotebookNode) -> Iterator[Mapping[str, Any]]:
    for cell in notebook.cells:
        yield from (output.get("data", {}) for output in cell.get("outputs", ()))


def script_json(value: Any) -> str:
    r"""Return a value as JSON that nothing in it can lead out of its `script` element.

    Example:
        >>> script_json({"name": "</script>"})
        '{"name":"\\u003c/script\\u003e"}'
    """
    # A saved notebook has its keys sorted, one that was just run has not; both give the same page.
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return re.sub("[<>&\u2028\u2029]", lambda match: f"\\u{ord(match[0]):04x}", text)


def _text(lines: Any) -> str:
    """Return one line or several as one text."""
    return " ".join(map(str, lines)) if isinstance(lines, list | tuple) else str(lines or "")
