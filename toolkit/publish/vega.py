"""What Vega gives a page: the script that draws its charts, and pictures where none has drawn yet."""

import atexit
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from hashlib import sha256
from html import escape
from importlib.metadata import version
from typing import IO, Any, cast

from platformdirs import user_cache_path

from toolkit.display.theme import WIDTH
from toolkit.errors import ToolkitError
from toolkit.publish.frame import TEMPLATE
from toolkit.publish.output import write_whole

# vl-convert starts threads, and a process that has threads cannot be forked safely: a child process answers
# one question after another, a line of JSON in and a line out.
_ANSWER = """
import json, sys, vl_convert
for line in sys.stdin:
    function, arguments = json.loads(line)
    print(json.dumps(getattr(vl_convert, function)(**arguments)), flush=True)
"""
# Latin letters that stand in no Russian or Kazakh word.
_LETTERS = "".join(map(chr, range(0x100, 0x250)))
# The figure around a picture says what it shows, so that its parts need no words; its letters are the page's.
_IN_PAGE = {"aria": False, "font": "Golos Text, sans-serif"}


@cache
def vega_bundle() -> str:
    """Return the script that gives a page `window.vegaEmbed`: Vega, Vega-Lite and Vega-Embed in one text.

    Returns:
        JavaScript without a line that could end an inline script, the same text for the same vl-convert.

    Raises:
        ToolkitError: vl-convert is not installed or does not run, or its script cannot stand inside a page.

    Source:
        `vl_convert.javascript_bundle`.

    Example:
        >>> "window.vegaEmbed" in vega_bundle()
        True
    """
    # The folder where this user's programs keep what can be made again.
    folder = user_cache_path("kz-evaluation-toolkit", appauthor=False)
    kept = folder / f"vega-{version('vl-convert-python')}.js"
    with suppress(OSError, ValueError):
        digest, _, bundle = kept.read_text("utf-8").partition("\n")
        if digest == sha256(bundle.encode()).hexdigest():  # else it was cut or changed, and is made anew
            return bundle
    text = _ask("javascript_bundle").replace("\r\n", "\n").replace("\r", "\n")
    if re.search("</script|<!--", text, re.IGNORECASE):
        what = "сценарий диаграмм нельзя встроить в страницу: в нём есть конец встроенного сценария"
        raise ToolkitError(what)
    bundle = f"(function () {{\n{text}\n}})();\n"  # so that its names stay its own
    with suppress(OSError):  # a folder that cannot be written only costs the next run a second
        write_whole(kept, f"{sha256(bundle.encode()).hexdigest()}\n{bundle}")
    return bundle


def draw_picture(spec: Mapping[str, Any], config: Mapping[str, Any]) -> str:
    """Return the picture of a chart, as wide as a notebook shows it.

    Parameters:
        spec: a Vega-Lite specification, which may follow the width of its page.
        config: the look that all charts of the page share.

    Returns:
        An SVG element, the same letters for the same chart; it loads nothing.

    Raises:
        ToolkitError: the chart cannot be drawn.

    Source:
        `vl_convert.vegalite_to_svg`.

    Example:
        >>> draw_picture({"data": {"values": [{}]}, "mark": "point"}, {})[:4]
        '<svg'
    """
    fixed = {key: value for key, value in spec.items() if key != "autosize"}
    fixed |= {"width": WIDTH, "config": {**config, **spec.get("config", {}), **_IN_PAGE}}
    short: dict[str, str] = {}
    drawn = _ask("vegalite_to_svg", vl_spec=_shorten(fixed, short), allowed_base_urls=[])
    words = {letter: escape(word.replace("\n", " "), quote=False) for word, letter in short.items()}
    return re.sub(f"[{_LETTERS}]", lambda found: words.get(found[0], found[0]), drawn)


def _shorten(value: Any, short: dict[str, str], *, data: bool = False) -> Any:
    """Replace the words for readers in the data of a chart by letters.

    Most of the time of a picture went into measuring, letter by letter, words that start where they start.
    What conditions compare is ASCII.
    """
    if isinstance(value, Mapping):
        return {key: _shorten(it, short, data=data or key == "datasets") for key, it in value.items()}
    if isinstance(value, list):
        return [_shorten(it, short, data=data) for it in value]
    if not data or not isinstance(value, str) or value.isascii() or len(short) == len(_LETTERS):
        return value
    return short.setdefault(value, _LETTERS[len(short)])


def _ask(function: str, **arguments: Any) -> str:
    """Return what a function of vl-convert answers."""
    question = json.dumps([function, arguments]) + "\n"
    for _ in range(2):  # one that was killed while nobody asked is not to blame for the question
        asked, answered = _child()
        with suppress(BrokenPipeError):
            asked.write(question)
            asked.flush()
            if answer := answered.readline():
                return str(json.loads(answer))
        _child.cache_clear()
    raise ToolkitError("vl-convert не построил диаграмму или её сценарий")


@cache
def _child() -> tuple[IO[str], IO[str]]:
    """Start the child and return what it reads and what it writes; it ends when its input does."""
    command, pipe = [sys.executable, "-c", _ANSWER], subprocess.PIPE
    environment = {**os.environ, "FONTCONFIG_FILE": str(TEMPLATE / "fonts.conf")}
    child = subprocess.Popen(
        command, env=environment, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, encoding="utf-8"
    )
    atexit.register(child.communicate)
    return cast(IO[str], child.stdin), cast(IO[str], child.stdout)


# A fork starts a child of its own: two that write into one pipe would get each other's answers.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_child.cache_clear)
