"""What the law folder declares of the lists of a campaign: columns, words, and which inputs they give."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from toolkit.rules.loader import AGENCIES_2023, complaining, read_toml

_FOLDER = files("toolkit") / "law" / AGENCIES_2023 / "lists"
Where = Sequence[Mapping[str, Collection[str]]]


class Count(NamedTuple):
    """How an input is counted, or which rows are worth a warning.

    Attributes:
        where: alternatives: the words that columns of a row have that fits.
        terms: columns that are added up, without which rows are counted; those a warning looks at.
        divisor: what the sum of the one row that fits is divided by, or 0.
        text: what to warn of when one of the terms holds something, or a zero, by language.
        zero: whether it is the zero.
    """

    where: Where = ({},)
    terms: Sequence[str] = ()
    divisor: int = 0
    text: Mapping[str, str] = {}
    zero: bool = False


class ListDefinition(NamedTuple):
    """A list of a campaign.

    Attributes:
        title: what it is, by language.
        point: point of the order that needs it.
        note: how it is filled, by language.
        columns: title, kind and accepted words of each column, and whether an empty cell says something.
        required: columns without which it says nothing.
        key: columns by which two rows speak of the same thing.
        distinct: those of them by which a second case is told from the first.
        counts: the inputs it gives by counting.
        doubts: what is implausible.
        nothing: column whose «нет» says that nothing happened, or empty.
        secret: whether even its unknown columns may name what must not be named.
        added: inputs whose rows are added up (the journal).
        diagnostic: input beside which a share is shown, with unit and title of the share.
    """

    title: Mapping[str, str]
    point: str
    note: Mapping[str, str]
    columns: Mapping[str, Mapping[str, Any]]
    required: Sequence[str]
    key: Sequence[str]
    distinct: Sequence[str]
    counts: Mapping[str, Count]
    doubts: Sequence[Count]
    nothing: str = ""
    secret: bool = False
    added: Sequence[str] = ()
    diagnostic: Mapping[str, Any] = {}


@cache
def load_lists() -> Mapping[str, ListDefinition]:
    """Load the declared lists.

    Returns:
        Each list by the name of its file without the kind, the same object at every call.

    Raises:
        ToolkitError: a law file has a mistake; the message names the file.

    Source:
        The points that each list names; the columns are ours.

    Example:
        >>> list(load_lists()["contests"].counts)[0]
        'contests_held'
    """
    raw = read_toml(_FOLDER / "lists.toml")
    with complaining("lists.toml"):
        known = {**raw["words"], **load_interview()["words"]}
        for declared in raw["lists"].values():
            for column in declared["columns"].values():
                column["words"] = _list_words(column.get("options") or known.get(column["kind"], {}))
            declared["counts"] = {name: Count(**it) for name, it in declared.get("counts", {}).items()}
            declared.setdefault("distinct", declared["key"])
            declared["doubts"] = [Count(**it) for it in declared.get("doubts", [])]
        return {stem: ListDefinition(**declared) for stem, declared in raw["lists"].items()}


@cache
def load_interview() -> Mapping[str, Any]:
    """Return the exit interview as printed, with the negative aspects and the share of paper ones."""
    return read_toml(_FOLDER / "exit_interview.toml")


def _list_words(options: Mapping[str, Any]) -> dict[str, str]:
    """Return each accepted word with the option that it means."""
    also = {option: (option, said["ru"], *said.get("also", [])) for option, said in options.items()}
    return {word: option for option, words in also.items() for word in words}
