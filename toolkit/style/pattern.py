"""One pattern, searched for in many texts at once: on RE2 wherever it takes the pattern, else on `regex` with a timeout.

Both engines choose the leftmost match and, of several, the first alternative, so it does not show which one searched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from time import process_time
from typing import TYPE_CHECKING, Final

from toolkit.style.edges import bounded
from toolkit.style.nodes import Node
from toolkit.style.rendering import (
    ASCII,
    ASCII_SUPERSET,
    CAPTURING,
    REGEX,
    SUPERSET,
    UNICODE,
    Unsupported,
    consume,
    render,
    whole_text,
)
from toolkit.style.scan import Scanner
from toolkit.style.syntax import parse
from toolkit.style.texts import Part, Texts

if TYPE_CHECKING:
    import re2
    import regex

# Seconds of CPU for one text, or for many texts together when they are no longer than `PORTION` characters; longer ones
# have more in proportion. RE2 needs no limit, its time is linear.
TIMEOUT: Final = 0.03
PORTION: Final = 10_000
_MEMORY: Final = 256 << 20  # RE2 makes its automaton while it reads; this is the most it may take


@dataclass(frozen=True, slots=True)
class Found:
    """A match: which text, where in it, and, of a pattern that captures, which group (from 1; 0 when not known)."""

    text: int
    start: int
    end: int
    group: int = 0


class SlowPatternError(Exception):
    """A pattern took longer on a text than it may; `text` is the text's number."""

    def __init__(self, text: int) -> None:
        super().__init__()
        self.text = text


class Pattern:
    """A pattern that is compiled when a text needs it, for the engine that the text needs."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.whole = whole_text(node)

    @cached_property
    def ascii(self) -> str | None:
        """For RE2 on texts of ASCII alone; None when RE2 cannot."""
        return _written(lambda: render(self.node, ASCII))

    @cached_property
    def unicode(self) -> str | None:
        """For RE2 on all texts; None when RE2 cannot."""
        return _written(lambda: render(self.node, UNICODE))

    @cached_property
    def bounded(self) -> str | None:
        """Like `unicode`, with one character on each side of the match; see `toolkit.style.edges`."""
        return None if self.unicode is not None else _written(lambda: bounded(self.node))

    @cached_property
    def superset(self) -> str:
        """For RE2: finds something in every text in which the pattern finds something."""
        return _written(lambda: render(consume(self.node), SUPERSET)) or ""

    @cached_property
    def plain_superset(self) -> str:
        """Like `superset`, for texts of ASCII alone, with their word boundaries."""
        return _written(lambda: render(consume(self.node), ASCII_SUPERSET)) or self.superset

    @cached_property
    def _fallback(self) -> regex.Pattern[str]:
        import regex

        return regex.compile(render(self.node, CAPTURING), regex.VERSION0)

    @cached_property
    def _ascii_scanner(self) -> Scanner | None:
        return _scanner(self.ascii)

    @cached_property
    def _unicode_scanner(self) -> Scanner | None:
        return _scanner(self.unicode) if self.unicode is not None else _scanner(self.bounded, beside=True)

    @cached_property
    def _superset_scanner(self) -> Scanner | None:
        return _scanner(self.superset)

    @cached_property
    def _plain_superset_scanner(self) -> Scanner | None:
        return _scanner(self.plain_superset)

    def find(self, texts: Texts) -> Iterator[Found]:
        """Every match in every text, one text after the other; raises `SlowPatternError`."""
        for part in (texts.ascii, texts.other):
            scanner = self._ascii_scanner if part is texts.ascii else self._unicode_scanner
            if not part.ids:
                continue
            if scanner is None or self.whole:
                yield from self._find_slowly(part.ids if self.whole else self._touched(part), texts)
            else:
                for number, start, end in scanner.scan(part):
                    yield Found(number, start, end)

    def _touched(self, part: Part) -> Iterable[int]:
        """The numbers of the texts that may hold a match."""
        scanner = self._plain_superset_scanner if part.plain else self._superset_scanner
        return part.ids if scanner is None else scanner.touched(part)

    def _find_slowly(self, numbers: Iterable[int], texts: Texts) -> Iterator[Found]:
        engine = self._fallback  # before the clock runs: making it can take longer than using it may
        left = TIMEOUT * max(1.0, sum(map(len, texts.texts)) / PORTION)
        for number in numbers:
            if left <= 0:
                raise SlowPatternError(number)
            started = process_time()
            found = _all_of(engine, texts.texts[number], number, left)
            left -= process_time() - started
            yield from found

    def count(self, text: str, number: int = 0) -> int:
        """How many matches one text has; quicker than to find them where there are very many."""
        try:
            return len(self._fallback.findall(text, timeout=TIMEOUT, concurrent=False))
        except TimeoutError:
            raise SlowPatternError(number) from None

    def spans(self, text: str, number: int = 0) -> list[tuple[int, int]]:
        """Where the matches of one text are."""
        try:
            return [match.span() for match in self._fallback.finditer(text, timeout=TIMEOUT, concurrent=False)]
        except TimeoutError:
            raise SlowPatternError(number) from None

    def search(self, text: str) -> bool:
        """Whether the pattern is found in one (short) text."""
        try:
            return self._fallback.search(text, timeout=TIMEOUT, concurrent=False) is not None
        except TimeoutError:
            return False

    def matches_all(self, text: str) -> bool:
        """Whether the pattern takes the whole of one (short) text."""
        try:
            return self._fallback.fullmatch(text, timeout=TIMEOUT, concurrent=False) is not None
        except TimeoutError:
            return False

    def first_groups(self, text: str) -> list[tuple[str | None, ...]]:
        """The groups of every match in one text."""
        try:
            return [match.groups() for match in self._fallback.finditer(text, timeout=TIMEOUT, concurrent=False)]
        except TimeoutError:
            return []

    def all_in(self, text: str) -> list[str]:
        """Every match in one text."""
        try:
            return [match[0] for match in self._fallback.finditer(text, timeout=TIMEOUT, concurrent=False)]
        except TimeoutError:
            return []

    def replace(self, text: str, template: str) -> str:
        """`text` with every match replaced; ``$1`` and ``${1}`` stand for groups."""
        import regex

        def fill(match: regex.Match[str]) -> str:
            groups = match.groups()
            return regex.sub(
                r"\$(?:\{(\d+)\}|(\d))",
                lambda name: (
                    (match[0], *groups)[int(name[1] or name[2])] or ""
                    if int(name[1] or name[2]) <= len(groups)
                    else name[0]
                ),
                template,
            )

        try:
            return self._fallback.sub(fill, text, timeout=TIMEOUT, concurrent=False)
        except TimeoutError:
            return text


@lru_cache(maxsize=8192)
def pattern(text: str) -> Pattern:
    """The pattern written as `text`; raises `PatternError`."""
    return Pattern(parse(text))


def check_compiles(text: str) -> None:
    """Raise `PatternError` or `regex.error` when no engine takes the pattern."""
    import regex

    regex.compile(render(parse(text), REGEX), regex.VERSION0)


def _all_of(engine: regex.Pattern[str], text: str, number: int, seconds: float) -> list[Found]:
    try:
        matches = list(engine.finditer(text, timeout=seconds, concurrent=False))
    except TimeoutError:
        raise SlowPatternError(number) from None
    return [Found(number, match.start(), match.end(), match.lastindex or 0) for match in matches]


def _written(write: Callable[[], str]) -> str | None:
    try:
        return write()
    except Unsupported:
        return None


def _scanner(text: str | None, *, beside: bool = False) -> Scanner | None:
    """A scanner for a pattern that RE2 takes; it refuses, for instance, properties that it does not know."""
    import re2

    if text is None:
        return None
    try:
        return Scanner(_compile(text), beside=beside)
    except re2.error:
        return None


@lru_cache(maxsize=2048)
def _compile(text: str) -> re2._Regexp:
    import re2

    return re2.compile(text.encode(), options())


def options() -> re2.Options:
    """RE2's options: UTF-8, no captures, no noise."""
    import re2

    made = re2.Options()
    made.never_capture = True
    made.log_errors = False
    made.max_mem = _MEMORY
    return made
