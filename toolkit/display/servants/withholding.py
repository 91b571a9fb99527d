"""What may be shown outside: results are confidential, so small groups are withheld and names never stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

FEWEST = 5
_LEAST_GROUPS = 2


@dataclass(frozen=True, slots=True)
class Audience:
    """Who reads a page: anyone, or those inside who may see single results, and names too.

    Attributes:
        internal: whether the page is for internal use.
        names: whether it names the servants.
    """

    internal: bool = False
    names: bool = False

    def counts(self, found: Mapping[str, int]) -> dict[str, int | None]:
        """Return the sizes of the groups of one whole, None for those that are withheld.

        Parameters:
            found: size of each group; the groups share out the whole.

        Returns:
            Every size inside. Outside, a group of one to four is withheld, and so many others beside it that
            it cannot be worked out from the whole: at least two groups of five persons together. Where there
            are no such others, every group is withheld, since empty ones would tell where everybody is.

        Raises:
            Nothing.

        Source:
            Point 14 of corps B: results are confidential.

        Example:
            >>> Audience().counts({"a": 30, "b": 8, "c": 2, "d": 0})
            {'a': 30, 'b': None, 'c': None, 'd': 0}
        """
        if self.internal:
            return dict(found)
        hidden = {group for group, size in found.items() if 0 < size < FEWEST}
        filled = sorted((group for group, size in found.items() if size), key=lambda group: found[group])
        for group in filled:
            if not hidden or (
                len(hidden) >= _LEAST_GROUPS and sum(found[group] for group in hidden) >= FEWEST
            ):
                break
            hidden.add(group)
        if hidden and (len(hidden) < _LEAST_GROUPS or sum(found[group] for group in hidden) < FEWEST):
            hidden = set(found)
        return {group: None if group in hidden else size for group, size in found.items()}

    def count(self, size: int, whole: int) -> str:
        """Return the size of a group in words that may be read; of a small whole nothing may."""
        if self.internal or size >= FEWEST or (size == 0 and whole >= FEWEST):
            return str(size)
        return f"меньше {FEWEST}"
