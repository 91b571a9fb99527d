"""What may be shown outside: results are confidential, so small groups are withheld and names never stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

FEWEST = 5


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

        Which groups are told apart depends on whether a group is small, never on which of them: what is
        withheld then cannot be worked out by trying which sizes would have been withheld.

        Parameters:
            found: size of each group, the best first; the groups share out the whole.

        Returns:
            Inside every size. Outside every size when no group is of one to four; else the first group alone,
            when neither it nor the rest together is; else none.

        Raises:
            Nothing.

        Source:
            Point 14 of corps B: results are confidential.

        Example:
            >>> Audience().counts({"a": 30, "b": 8, "c": 2, "d": 0})
            {'a': 30, 'b': None, 'c': None, 'd': None}
        """
        whole, (head, *rest) = sum(found.values()), found
        if self.internal or _large_enough(found.values()):
            return dict(found)
        told = found[head] if _large_enough((found[head], whole - found[head])) else None
        return {head: told, **dict.fromkeys(rest)}

    def count(self, size: int, whole: int) -> str:
        """Return the size of a group in words that may be read; of a small whole nothing may."""
        if self.internal or size >= FEWEST or (size == 0 and whole >= FEWEST):
            return str(size)
        return f"меньше {FEWEST}"


def _large_enough(sizes: Iterable[int]) -> bool:
    return all(size == 0 or size >= FEWEST for size in sizes)
