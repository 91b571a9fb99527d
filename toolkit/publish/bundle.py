"""The script that draws charts: Vega, Vega-Lite and Vega-Embed in one text, made once and kept as a file."""

import base64
import gzip
import re
import subprocess
import sys
from contextlib import suppress
from functools import cache
from importlib.metadata import version

from platformdirs import user_cache_path

from toolkit.errors import ToolkitError
from toolkit.publish.output import write_whole

# vl-convert starts threads, and a process that has threads cannot be forked safely: a child process makes it.
_MAKE = "import sys, vl_convert; sys.stdout.buffer.write(vl_convert.javascript_bundle().encode())"


@cache
def vega_bundle() -> str:
    """Return the script that gives a page `window.vegaEmbed`.

    Returns:
        JavaScript without a line that could end an inline script, the same text for the same vl-convert.

    Raises:
        CalledProcessError: vl-convert is not installed or does not run.
        ToolkitError: its script cannot stand inside a page.

    Source:
        `vl_convert.javascript_bundle`.

    Example:
        >>> "window.vegaEmbed" in vega_bundle()
        True
    """
    # The folder where this user's programs keep what can be made again.
    folder = user_cache_path("kz-evaluation-toolkit", appauthor=False)
    kept = folder / f"vega-bundle-{version('vl-convert-python')}.js"
    with suppress(OSError):
        return kept.read_text("utf-8")
    bundle = _make_bundle()
    with suppress(OSError):  # a folder that cannot be written only costs the next run a second
        write_whole(kept, bundle)
    return bundle


def pack(script: str) -> str:
    """Return a script compressed, the same letters for the same script; `unpack.js` undoes it."""
    return base64.b64encode(gzip.compress(script.encode(), mtime=0)).decode()


def _make_bundle() -> str:
    """Make the script in a child process, wrapped so that its names stay its own."""
    made = subprocess.run([sys.executable, "-c", _MAKE], capture_output=True, check=True)
    text = made.stdout.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    if re.search("</script|<!--", text, re.IGNORECASE):
        what = "сценарий диаграмм нельзя встроить в страницу: в нём есть конец встроенного сценария"
        raise ToolkitError(what)
    return f"(function () {{\n{text}\n}})();\n"
