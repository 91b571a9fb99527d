"""What all pages share: the templates, the style, the words of the frame, and what a page may run."""

import base64
import hashlib
import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from toolkit.display.numbers import plural, points, signed, two_decimals
from toolkit.publish.outline import read_outline

TEMPLATE = Path(__file__).parent / "template"


def render(template: str, language: str = "ru", **known: Any) -> str:
    """Return a page that is made without a notebook: an index, or what is said instead of a report."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATE), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    made.filters |= {"points": points, "two_decimals": two_decimals, "read_outline": read_outline}
    made.globals |= {"plural": plural, "signed": signed}
    return made.get_template(template).render(frame(language), **known).rstrip() + "\n"


def frame(language: str, scripts: Iterable[str] = ()) -> dict[str, Any]:
    """Return what `head.html.j2` needs of every page; Russian words stand in for an unknown language.

    Example:
        >>> frame("kk")["words"]["contents"]
        'Мазмұны'
    """
    words = tomllib.loads(read_template("words.toml"))
    return {
        "policy": policy(scripts),
        "style": embed_style("page.css"),
        "language": language,
        "words": words.get(language, words["ru"]),
    }


def policy(scripts: Iterable[str]) -> str:
    """Return the Content-Security-Policy: nothing is loaded, and only these inline scripts run."""
    digests = (hashlib.sha256(script.encode("utf-8")).digest() for script in scripts)
    allowed = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests) or "'none'"
    embedded = "style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    return f"default-src 'none'; script-src {allowed}; {embedded}"


@cache
def embed_style(name: str) -> str:
    """Return a style with its fonts inside."""
    return re.sub(r"url\((\S+\.woff2)\)", _embed_font, read_template(name))


def _embed_font(named: re.Match[str]) -> str:
    font = base64.b64encode((TEMPLATE / named[1]).read_bytes()).decode()
    return f"url(data:font/woff2;base64,{font})"


@cache
def read_template(name: str) -> str:
    """Return the text of a file of the template folder."""
    return (TEMPLATE / name).read_text("utf-8").replace("\r\n", "\n")
