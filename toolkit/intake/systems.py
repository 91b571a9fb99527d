"""Systems with restricted information, which no figure takes in and no message names (point 57)."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from toolkit.intake.entries import Entries, ListFolder
from toolkit.intake.offers import Diagnostic, Origin
from toolkit.intake.table import fold, liken_letters

# What a name may begin with or leave out, in any case of it.
_GENERAL = re.compile(r"\b(?:а?ис|бд|информационн\w+|систем\w*|баз\w* данных)\b")
_FEWEST_LETTERS = 4
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

        A text that holds the name, or is a part of it, is left out as well: in doubt more, never less.

        Example:
            >>> Systems(frozenset(["АИС «Кадры»"])).hides('Справка о системе "КАДPЫ"')
            True
        """
        known = self.unknown or fold(text, "-/.") in self.contracts
        return known or any(_is_same(name, text) for name in self.names)


@lru_cache(4096)  # every name is compared with every text
def _split(text: str) -> tuple[str, str]:
    """Return a name as it is compared, and what is left of it without the words of every name."""
    own = re.findall(r"[^\W_]+", _GENERAL.sub(" ", liken_letters(text).replace("_", " ")))
    return fold(text), " ".join(own)


def _is_same(name: str, text: str) -> bool:
    """Say whether a text may mean a system; a short name has to stand in it as a word."""
    (known, known_own), (said, said_own) = _split(name), _split(text)
    short, long = sorted((known_own.replace(" ", ""), said_own.replace(" ", "")), key=len)
    near = sum(map(str.isalpha, short)) >= _FEWEST_LETTERS and short in long
    return known == said or near or (known_own != "" and f" {known_own} " in f" {said_own} ")


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
    entries = lists.read("systems")
    if entries is None:
        return dict.fromkeys(lists.codes, Systems(unknown="systems" in lists.files))
    found, hidden = {}, defaultdict(list)
    for entry in entries.rows:
        if entry.test(_RESTRICTED) is not False:
            hidden[entry.agency].append(entry.values)
    for agency in lists.codes:
        own = hidden[agency] + hidden[""]
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
