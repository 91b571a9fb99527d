"""An explanation as a run of statements, laid out as lines of a terminal or as LaTeX."""

import re
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from textwrap import wrap
from typing import NamedTuple

from toolkit.display.equations import Equation
from toolkit.display.explanation import Explanation, Lack
from toolkit.display.words import PROVENANCE, PROVENANCE_MEANING, STATUS
from toolkit.formula.notation import NARROW_SPACE

WIDTH = 80
wrap_words = partial(wrap, break_long_words=False, break_on_hyphens=False)
_INDENT = 4
_WIDEST_MARK = 16
_NO_BREAK = "\u00a0"
_RELATION = re.compile(r"(?:^|(?<= ))[=≈] ")
# A long formula is broken before a plus, a minus or a relation; between other signs only when it must be.
_BREAKS_LATE = re.compile(r" (?![+−=≈<>≤≥≠])")
_LATEX = str.maketrans(
    {mark: f"\\{mark}" for mark in "#$%&_{}"} | {"\\": r"\textbackslash{}", "^": r"\^{}", "~": r"\~{}"}
)


class Statement(NamedTuple):
    """One thing that is said.

    Attributes:
        text: what is said; a formula stands in the notation of the explanation, and so do bounds.
        kind: `words`, `formula`, or `bounds` below a formula.
        indent: how deep its lines stand in a terminal.
        mark: the bullet or letter before it, with the room around it.
    """

    text: str
    kind: str = "words"
    indent: int = 0
    mark: str = ""


Group = tuple[Statement, ...]


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
        >>> score = evaluate(read_campaign("data_samples/2023")).find("gardens-ministry", "net_turnover")
        >>> print(terminal_text(explanation(score, PlainText, load_methodology())).splitlines()[0])
        Чистая сменяемость персонала
    """
    laid_out = ("\n".join(_lines(group, width)) for group in groups(it))
    return "\n\n".join(filter(None, laid_out))


def latex_text(it: Explanation) -> str:
    """Return an explanation in LaTeX as paragraphs of words with displayed formulas."""
    return "\n\n".join(
        f"{statement.mark.strip()} {statement.text.translate(_LATEX)}".lstrip()
        if statement.kind == "words"
        else statement.text
        for statement in chain.from_iterable(groups(it))
        if statement.text
    )


def groups(it: Explanation) -> Iterator[Group]:
    """Yield what the section of the report says, in its order; a group belongs closely together.

    Whoever lays them out leaves out a statement without a text.
    """
    rule = it.score.rule
    facts = [
        f"{it.value} из {it.most}" if it.most else it.value,
        it.point,
        PROVENANCE[rule.provenance],
        PROVENANCE["what_if"] if it.what_if else "",
        STATUS[it.status] if it.status else "",
        it.place,
    ]
    yield (
        Statement(f"{rule.letter}. {rule.title}" if rule.letter else rule.title),
        # A fact is broken over two lines only where it alone is too long for one.
        Statement(" · ".join(fact.replace(" ", _NO_BREAK) for fact in facts if fact)),
    )
    yield (Statement(it.reasoning),)
    if it.gap:
        yield (Statement(it.gap), *_items(map(_lack, it.lacks)))
    for line in it.equations:
        yield _equation(line)
    for taken in it.penalties:
        said = Statement(f"Штраф: {taken.title}. {taken.result}".rstrip())
        yield (said, *chain.from_iterable(map(_equation, taken.equations)))
    yield _items(it.notes)
    if it.where:
        yield (Statement("где:"), *_where(it))
    chosen = (f"Прочтение {one.key} ({one.register}): {one.options[option]}." for one, option in it.readings)
    yield _items((*chosen, *it.doubts))
    yield _items(_provenances(it))


def _items(texts: Iterable[str]) -> Group:
    return tuple(Statement(text, indent=_INDENT, mark="  • ") for text in texts)


def _lack(lack: Lack) -> str:
    # A part of a total is named by its title and its code, by which it can be explained in turn.
    named = f"{lack.title} ({lack.code})" if lack.code else lack.title
    return f"{named}: {lack.why}" if lack.why else named


def _equation(line: Equation) -> Group:
    said = f"[{PROVENANCE[line.provenance]}]".replace(" ", _NO_BREAK) if line.provenance else ""
    return (
        Statement(f"{line.title} {said}".strip()),
        Statement(line.symbols, "formula"),
        Statement(line.bounds, "bounds", _INDENT),
        *(Statement(step, "formula") for step in line.steps),
        Statement(line.limit, indent=_INDENT),
    )


def _where(it: Explanation) -> Iterator[Statement]:
    widest = min(max(len(meaning.symbol) for meaning in it.where), _WIDEST_MARK)
    for meaning in it.where:
        value = f": {meaning.value}" if meaning.value else ""
        source = f" ({meaning.source})" if meaning.source else ""
        mark = f"  {meaning.symbol:<{widest}}  "
        yield Statement(f"{meaning.title}{value}{source}", indent=widest + 4, mark=mark)


def _provenances(it: Explanation) -> Iterator[str]:
    """Yield what each word for a provenance means, which a page tells when it is pointed at."""
    lines = [*it.equations, *(line for taken in it.penalties for line in taken.equations)]
    used = (it.score.rule.provenance, "what_if" if it.what_if else "", *(line.provenance for line in lines))
    for provenance in filter(None, dict.fromkeys(used)):
        yield f"{PROVENANCE[provenance]}: {PROVENANCE_MEANING[provenance]}."


def _lines(group: Group, width: int) -> Iterator[str]:
    relation = 0
    for statement in group:
        if statement.kind == "formula":
            found = _RELATION.search(statement.text)
            # The steps stand with their equals signs one under another.
            relation = found.start() if found and found.start() else relation
            yield from _formula(statement.text, relation, width)
        else:
            lead = statement.mark or " " * statement.indent
            yield from _wrapped(statement.text, lead, statement.indent, width)


def _formula(text: str, relation: int, width: int) -> Iterator[str]:
    lead, hanging = _INDENT + (relation if _RELATION.match(text) else 0), _INDENT + relation + 2
    for row in text.split("\n"):
        lines = _wrapped(_BREAKS_LATE.sub(_NO_BREAK, row), " " * lead, hanging, width)
        fit = all(len(line) <= width for line in lines)
        yield from lines if fit else _wrapped(row, " " * lead, hanging, width)
        lead = hanging


def _wrapped(text: str, lead: str, hanging: int, width: int) -> list[str]:
    lines = wrap_words(text, width, initial_indent=lead, subsequent_indent=" " * hanging)
    # Once the lines are broken, a plain space is what a terminal surely has and a search finds.
    return [line.replace(_NO_BREAK, " ").replace(NARROW_SPACE, " ") for line in lines]
