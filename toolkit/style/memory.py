"""What was found out about words, kept while texts are checked: the same words come again and again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Final, Generic, TypeVar

from toolkit.style.allowance import Allowance

_MOST: Final = 4096  # answers; whoever has more begins anew
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Memory(Generic[K, V]):
    """Asks `find` once about each thing. What raises is asked again."""

    __slots__ = ("_find", "_known")

    def __init__(self, find: Callable[[K, Allowance], V]) -> None:
        self._find = find
        self._known: dict[K, V] = {}

    def ask(self, about: K, allowance: Allowance) -> V:
        """The answer; finding it takes of the rule's time."""
        try:
            return self._known[about]
        except KeyError:
            pass
        answer = self._find(about, allowance)
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[about] = answer
        return answer
