"""How long one rule may search in one file, however many texts the file has and however many patterns the rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import process_time
from typing import Final, TypeVar

# Seconds of CPU for a file of up to `PORTION` characters; a longer one has more in proportion. RE2 has its own: one
# search takes linear time, but each of many matches may read on to the end of the text.
TIMEOUT: Final = 0.03
TIMEOUT_RE2: Final = 0.04
PORTION: Final = 10_000
_UNCLOCKED: Final = 8  # matches between two looks at the clock, which takes as long as a short search
T = TypeVar("T")


class SlowPatternError(Exception):
    """A rule took longer on a file than it may; `text` is the number of the text that it was searching."""

    def __init__(self, text: int = 0) -> None:
        super().__init__()
        self.text = text


class Allowance:
    """What is left of one rule's time for one file of `size` characters; `told` says that its end was reported."""

    __slots__ = ("left", "left_re2", "told")

    def __init__(self, size: int) -> None:
        portions = max(1.0, size / PORTION)
        self.left = TIMEOUT * portions
        self.left_re2 = TIMEOUT_RE2 * portions
        self.told = False

    def spend(self, search: Callable[[float], T], text: int = 0) -> T:
        """What `search` answers, given the seconds that are left; raises `SlowPatternError`."""
        if self.left <= 0:
            raise SlowPatternError(text)
        started = process_time()
        try:
            return search(self.left)
        except TimeoutError:
            raise SlowPatternError(text) from None
        finally:
            self.left -= process_time() - started

    def collect(self, matches: Iterator[T]) -> tuple[list[T], bool]:
        """What RE2 finds, and whether that is everything; what is over is not looked for."""
        found: list[T] = []
        started, left = process_time(), self.left_re2
        if left <= 0:
            return found, False
        for number, match in enumerate(matches, 1):
            found.append(match)
            if number % _UNCLOCKED == 0 and process_time() - started > left:
                self.left_re2 = 0.0
                return found, False
        self.left_re2 = max(0.0, left - (process_time() - started))
        return found, True


class Allowances:
    """The allowances of all rules for one file."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._known: dict[str, Allowance] = {}

    @property
    def stopped(self) -> bool:
        """Whether a rule was stopped, so that what was found may not be everything."""
        return any(allowance.told for allowance in self._known.values())

    def of(self, rule: str) -> Allowance:
        """The allowance of the rule with this id."""
        known = self._known.get(rule)
        if known is None:
            known = self._known[rule] = Allowance(self._size)
        return known
