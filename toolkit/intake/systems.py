"""Systems with restricted information, which no figure takes in and no message names (point 57)."""

import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction

from toolkit.intake.entries import Entries, ListFolder
from toolkit.intake.offers import Diagnostic, Origin

# Small letters of the Latin alphabet that look like Cyrillic ones, and `ё` as it is often typed.
_LOOK_ALIKE = str.maketrans("abceokmhptxyiё", "авсеокмнртхуіе")
_RESTRICTED = [{"restricted": ["yes"]}]


@dataclass(frozen=True, slots=True)
class Systems:
    """What an agency may not show.

    Attributes:
        names: names of its restricted systems, as they are compared.
        contracts: numbers of their contracts, as they are compared.
        unknown: whether the list cannot tell, so that every system has to be left out.
    """

    names: frozenset[str] = field(default=frozenset(), repr=False)
    contracts: frozenset[str] = field(default=frozenset(), repr=False)
    unknown: bool = False

    def hides(self, text: str) -> bool:
        """Say whether a system or a contract is left out, however its name or number is typed.

        Example:
            >>> Systems(frozenset([strip("АИС «Кадры»")])).hides('аис "КАДPЫ"')
            True
        """
        return self.unknown or strip(text) in self.names or strip(text, "-/.") in self.contracts


def strip(text: str, signs: str = "") -> str:
    """Return the letters and digits of a name, look-alikes as one, and the signs that tell numbers apart."""
    letters = unicodedata.normalize("NFC", text).casefold().translate(_LOOK_ALIKE)
    return "".join(letter for letter in letters if letter.isalnum() or letter in signs)


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
        names = frozenset(strip(values.get("system", "")) for values in own)
        numbers = (strip(number, "-/.") for values in own for number in values.get("contract", "").split(";"))
        found[agency] = Systems(names, frozenset(numbers) - {""}, unknown="" in names)
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
