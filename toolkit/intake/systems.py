"""Systems with restricted information, which no figure takes in and no message names (point 57)."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any, TypeVar

from toolkit.intake.entries import Entries, ListFolder
from toolkit.intake.gathering import gather
from toolkit.intake.offers import Diagnostic, Origin
from toolkit.intake.table import fold, liken_letters

# What a name may begin with or leave out, in any case of it.
_GENERAL = re.compile(r"\b(?:а?ис|бд|информационн\w+|систем\w*|баз\w* данных)\b")
_FEWEST_LETTERS = 4
_ENDING = 3  # letters that a case may add to a word
# The mark however it is typed, and what it stands for in both languages, as letters are compared.
_MARK = re.compile(r"(?<![^\W_])д[\s._-]*с[\s._-]*п(?![^\W\d_])|служебн\w* пользовани|қбпү|бабында пайдалан")
# Codes, names by which the program itself knows things, what is allowed; no text of a user stands there.
_KNOWN = {"agency", "name", "code", "type", "allowed"}

_Found = TypeVar("_Found")
_RESTRICTED = [{"restricted": ["yes"]}]


@dataclass(frozen=True, slots=True)
class Systems:
    """What an agency may not show.

    Attributes:
        names: names of its restricted systems.
        contracts: numbers of their contracts, as they are compared.
        unknown: whether the list cannot tell, so that every system has to be left out.
    """

    names: frozenset[str] = field(default=frozenset(), repr=False)
    contracts: frozenset[str] = field(default=frozenset(), repr=False)
    unknown: bool = False

    def hides(self, text: str) -> bool:
        """Say whether a system or a contract is left out, however its name or number is typed.

        A text that bears the mark, holds the name in any case of it, or is a part of it, is left out as well:
        in doubt more, never less.

        Example:
            >>> Systems(frozenset(["АИС «Кадры»"])).hides('Справка о системе "КАДPЫ"')
            True
        """
        known = self.unknown or fold(text, "-/.") in self.contracts
        return known or self.named_in(text) or any(_is_part(text, name) for name in self.names)

    def named_in(self, text: str) -> bool:
        """Say whether a text bears the mark or names one of the systems."""
        marked = _MARK.search(liken_letters(text)) is not None
        return marked or any(_is_part(name, text) or _declined(name, text) for name in self.names)

    def redact(self, found: _Found) -> _Found:
        """Return records without any text that names one of the systems.

        Example:
            >>> Systems(frozenset(["ИС «Родник»"])).redact(["акт о «Роднике»", "акт о ремонте"])[1]
            'акт о ремонте'
        """
        rebuilt: _Found = _redact(found, cache(self.named_in))  # the same places are named again and again
        return rebuilt


def _redact(found: Any, hides: Callable[[str], bool]) -> Any:
    if isinstance(found, str):
        return "текст скрыт: в нём пометка «ДСП» или название системы с нею" if hides(found) else found
    if isinstance(found, list | tuple):
        return type(found)(_redact(part, hides) for part in found)
    if isinstance(found, Mapping):
        return {key: _redact(value, hides) for key, value in found.items()}
    if not is_dataclass(found) or isinstance(found, type):
        return found
    shown = (it.name for it in fields(found) if it.name not in _KNOWN)
    return replace(found, **{name: _redact(getattr(found, name), hides) for name in shown})


def unite(systems: Collection[Systems]) -> Systems:
    """Return what may be shown nowhere: whatever one of several agencies may not show."""
    names = frozenset(name for it in systems for name in it.names)
    contracts = frozenset(number for it in systems for number in it.contracts)
    return Systems(names, contracts, any(it.unknown for it in systems))


@lru_cache(4096)  # every name is compared with every text
def _split(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a name as it is compared, and what is left of it without the words of every name."""
    own = re.findall(r"[^\W_]+", _GENERAL.sub(" ", liken_letters(text).replace("_", " ")))
    return fold(text), tuple(own)


def _is_part(short: str, long: str) -> bool:
    """Say whether a name is another one or, unless it is a short one, stands in it."""
    (known, known_own), (said, said_own) = _split(short), _split(long)
    letters = "".join(known_own)
    near = sum(map(str.isalpha, letters)) >= _FEWEST_LETTERS and letters in "".join(said_own)
    return known == said or near


def _declined(name: str, text: str) -> bool:
    """Say whether the words of a name stand in a text one after another, in any case of theirs."""
    words, said = _split(name)[1], _split(text)[1]
    starts = range(len(said) - len(words) + 1) if words else ()
    return any(all(map(_is_case, words, said[start:])) for start in starts)


def _is_case(word: str, said: str) -> bool:
    stem = word[: max(len(word) - 2, min(len(word) - 1, _FEWEST_LETTERS))]
    known = len(word) >= _FEWEST_LETTERS and said.startswith(stem)
    return said == word or (known and len(said) <= len(word) + _ENDING)


def read_systems(lists: ListFolder) -> dict[str, Systems]:
    """Read what each agency may not show, and the share of its accounted systems.

    Parameters:
        lists: the campaign folder, whose findings take over shares and problems.

    Returns:
        For each agency its restricted systems and contracts; in doubt more is left out, never less: rows of
        no known agency are left out everywhere, and a list that cannot be read leaves out every system.

    Source:
        Point 57.
    """
    if not (entries := lists.read("systems")):
        return dict.fromkeys(lists.codes, Systems(unknown="systems" in lists.files))
    doubtful = (entry for entry in entries.rows if entry.test(_RESTRICTED) is not False)
    found, hidden = {}, gather(doubtful, lambda entry: entry.agency)
    for agency in lists.codes:
        own = [entry.values for code in (agency, "") for entry in hidden.get(code, ())]
        names = frozenset(values.get("system", "") for values in own)
        numbers = (fold(number, "-/.") for values in own for number in values.get("contract", "").split(";"))
        found[agency] = Systems(names, frozenset(numbers) - {""}, not all(map(fold, names)))
    lists.findings.diagnostics += [share for code in entries.agencies for share in _share(entries, code)]
    lists.findings.problems += entries.close()
    return found


def _share(entries: Entries, agency: str) -> list[Diagnostic]:
    """Return the share of accounted systems among those that are known not to be restricted."""
    rows, shown = entries.agencies[agency], entries.definition.diagnostic
    open_ = [entry for entry in rows if entry.test(_RESTRICTED) is not True]
    needed = ("restricted", "accounted")
    bad = [entry.faults[name] for entry in open_ for name in needed if name in entry.faults]
    entries.problems += bad
    if bad or not open_ or "accounted" not in entries.columns.positions:
        return []
    part, whole = sum(entry.values["accounted"] == "yes" for entry in open_), len(open_)
    origin = Origin(entries.table.place(0, "accounted"), f"строк: {part} из {whole}")
    share = Fraction(part), Fraction(whole), shown["unit"], origin, len(rows) - whole
    return [Diagnostic(agency, shown["input"], shown["title"]["ru"], *share)]
