"""What is made once and then given to everybody who asks for it."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

Made = TypeVar("Made")


class Kept:
    """Results by what they were made from; they live as long as what keeps them."""

    def __init__(self) -> None:
        self._made: dict[Hashable, Any] = {}

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what is made for a key, at the first call, and the same object at every other."""
        if key not in self._made:
            self._made[key] = make()
        made: Made = self._made[key]
        return made

    def __reduce__(self) -> tuple[type["Kept"], tuple[()]]:
        """Travel empty to another process, which can make everything again."""
        return Kept, ()


# Empty unless a batch runs: whoever works by hand changes a file and expects its new numbers.
_shared: list[Kept] = []


@contextmanager
def sharing() -> Iterator[None]:
    """Read and evaluate everything once, in this process and in those forked from it meanwhile.

    Example:
        >>> from toolkit import read_campaign
        >>> with sharing():
        ...     read_campaign("tests/samples/drawn_2023") is read_campaign("tests/samples/drawn_2023")
        True
    """
    _shared.append(Kept())
    try:
        yield
    finally:
        _shared.pop()


def shared(key: Hashable, make: Callable[[], Made]) -> Made:
    """Return what is made: the same object for the same key while a batch shares, else a new one."""
    return _shared[-1].once(key, make) if _shared else make()
