"""One score explained on its own: in a notebook as the section of the report, elsewhere as text."""

from shutil import get_terminal_size

from toolkit.analysis.readings import study_of
from toolkit.display.explanation import Explanation, explanation
from toolkit.display.statements import WIDTH, latex_text, terminal_text, wrap_words
from toolkit.errors import ToolkitError, one_line
from toolkit.formula.notation import LaTeX, MathML, Notation
from toolkit.formula.text import PlainText
from toolkit.rules.loader import load_methodology
from toolkit.rules.methodology import Methodology
from toolkit.rules.outcome import Score, Scores

_NARROWEST, _WIDEST = 40, 100


class Explained:
    """The explanation of one score, shown by a notebook as a section of the report and printed as text."""

    def __init__(self, score: Score, scores: Scores | None, methodology: Methodology) -> None:
        """Take the score, those of the campaign for its place among peers, and the rules for titles."""
        self.score, self.scores, self.methodology = score, scores, methodology
        self.study = None if scores is None else study_of(scores, methodology)

    def text(self, width: int = WIDTH) -> str:
        """Return the explanation as lines of at most `width` columns."""
        return terminal_text(self._explanation(PlainText), width)

    def named(self) -> str:
        """Return the text below the name of the agency, for a reader who has nothing else before him."""
        agency, width = self.score.agency, _columns()
        year = "" if agency.year is None else f"оцениваемый год {agency.year}"
        facts = (one_line(agency.name), f"код {agency.code}", year)
        heading = wrap_words(" · ".join(filter(None, facts)), width)
        return "\n".join([*heading, "", self.text(width)])

    def __str__(self) -> str:
        return self.text(_columns())

    __repr__ = __str__

    def _repr_html_(self) -> str:
        # Text in a terminal needs no templates, and they take longer to load than to fill in.
        from toolkit.display.markup import render, style

        # The rules of its parts stand on no page here, so that nothing could be linked to.
        return style().text + render("rule", it=self._explanation(MathML), linked=False, origins={}).text

    def _repr_latex_(self) -> str:
        return latex_text(self._explanation(LaTeX))

    def _explanation(self, notation: type[Notation]) -> Explanation:
        return explanation(self.score, notation, self.methodology, self.scores, self.study)


def explain(score: Score, scores: Scores | None = None, methodology: Methodology | None = None) -> Explained:
    """Explain one score: its formula, the numbers put in, every step, penalties, sources and readings.

    Parameters:
        score: a score of `evaluate`, complete or not.
        scores: scores of the campaign, for the place among peers and what other readings would do, which are
            left out without them.
        methodology: the rules by which it was computed; the order of 2023 when left out.

    Returns:
        What a notebook shows as the section of the report, and `print` as text.

    Raises:
        ToolkitError: the score was computed by another methodology.

    Source:
        Convention G8: every result carries its point, provenance and readings.

    Example:
        >>> from toolkit import evaluate, read_campaign
        >>> scores = evaluate(read_campaign("tests/samples/drawn_2023"))
        >>> lines = str(explain(scores.find("gardens-ministry", "exit_interview"), scores)).splitlines()
        >>> [line.strip() for line in lines if line.startswith("    V")]
        ['V = k · a / b', 'V = 5 · 30 / 40']
    """
    methodology = methodology or load_methodology()
    _refuse_another(score, methodology)
    return Explained(score, scores, methodology)


def _columns() -> int:
    return min(max(get_terminal_size((WIDTH, 0)).columns, _NARROWEST), _WIDEST)


def _refuse_another(score: Score, methodology: Methodology) -> None:
    """Refuse a methodology that does not know an input or a reading of the score."""
    used = {*score.rule.scope.inputs.values(), *score.rule.inputs, *score.rule.readings}
    unknown = used - methodology.inputs.keys() - methodology.readings.keys()
    if unknown:
        what = f"балл «{score.code}» вычислен не по методике «{methodology.name}»"
        named, allowed = ", ".join(sorted(unknown)), "с методикой, по которой он вычислен"
        raise ToolkitError(f"{what}: она не знает {named}", f"explain(score, methodology=…) {allowed}")
