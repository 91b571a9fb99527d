"""An explanation as lines of a terminal or as LaTeX; what is said stands in one template for both."""

import re
from functools import partial
from textwrap import wrap

from toolkit.display.equations import Equation
from toolkit.display.explanation import Explanation
from toolkit.formula.notation import NARROW_SPACE

WIDTH = 80
wrap_words = partial(wrap, break_long_words=False, break_on_hyphens=False)
_INDENT = 4
_NO_BREAK = "\u00a0"
_RELATION = re.compile(r"(?:^|(?<= ))[=≈] ")
# A long formula is broken before a plus, a minus or a relation; between other signs only when it must be.
_BREAKS_LATE = re.compile(r" (?![+−=≈<>≤≥≠])")
_LATEX = str.maketrans(
    {mark: f"\\{mark}" for mark in "#$%&_{}"} | {"\\": r"\textbackslash{}", "^": r"\^{}", "~": r"\~{}"}
)


def terminal_text(it: Explanation, width: int = WIDTH) -> str:
    """Lay out an explanation for a terminal.

    Parameters:
        it: an explanation in plain text.
        width: columns of the terminal.

    Returns:
        The lines, none of them wider unless a single word is.

    Raises:
        Nothing.

    Source:
        Convention G8: every result carries its point, provenance and readings.

    Example:
        >>> from toolkit import evaluate, load_methodology, read_campaign
        >>> from toolkit.display.explanation import explanation
        >>> from toolkit.formula.text import PlainText
        >>> scores = evaluate(read_campaign("tests/samples/drawn_2023"))
        >>> score = scores.find("gardens-ministry", "net_turnover")
        >>> print(terminal_text(explanation(score, PlainText, load_methodology())).splitlines()[0])
        Чистая сменяемость персонала
    """
    return _lay_out(it, _Terminal(width))


def latex_text(it: Explanation) -> str:
    """Return an explanation in LaTeX as paragraphs of words with displayed formulas."""
    return _lay_out(it, _Latex())


def _lay_out(it: Explanation, layout: "_Terminal | _Latex") -> str:
    # Only who wants an explanation waits for the templates.
    from toolkit.display.markup import render_text

    return re.sub("\n{3,}", "\n\n", render_text("explain", it=it, say=layout.say, formulas=layout.formulas))


class _Terminal:
    def __init__(self, width: int) -> None:
        self.width = width

    def say(self, text: str, mark: str = "", indent: int = 0) -> str:
        return "".join(f"{line}\n" for line in self._wrapped(text, mark or " " * indent, indent))

    def formulas(self, line: Equation) -> str:
        lines, relation = [], 0
        for text, bounds in ((line.symbols, line.bounds), *((step, "") for step in line.steps)):
            found = _RELATION.search(text)
            # The steps stand with their equals signs one under another.
            relation = found.start() if found and found.start() else relation
            lines += [*self._formula(text, relation), *self._wrapped(bounds, " " * _INDENT, _INDENT)]
        return "".join(f"{line}\n" for line in lines)

    def _formula(self, text: str, relation: int) -> list[str]:
        lead, hanging = _INDENT + (relation if _RELATION.match(text) else 0), _INDENT + relation + 2
        laid_out: list[str] = []
        for row in text.split("\n"):
            lines = self._wrapped(_BREAKS_LATE.sub(_NO_BREAK, row), " " * lead, hanging)
            fit = all(len(line) <= self.width for line in lines)
            laid_out += lines if fit else self._wrapped(row, " " * lead, hanging)
            lead = hanging
        return laid_out

    def _wrapped(self, text: str, lead: str, hanging: int) -> list[str]:
        lines = wrap_words(text, self.width, initial_indent=lead, subsequent_indent=" " * hanging)
        # Once the lines are broken, a plain space is what a terminal surely has and a search finds.
        return [line.replace(_NO_BREAK, " ").replace(NARROW_SPACE, " ") for line in lines]


class _Latex:
    def say(self, text: str, mark: str = "", indent: int = 0) -> str:  # noqa: ARG002 - paragraphs have none
        return f"{mark.strip()} {text.translate(_LATEX)}\n\n".lstrip() if text else ""

    def formulas(self, line: Equation) -> str:
        return "".join(f"{text}\n\n" for text in (line.symbols, line.bounds, *line.steps) if text)
