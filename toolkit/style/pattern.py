"""One pattern, searched for in many texts at once: on RE2 wherever it takes the pattern, else on `regex` with a timeout.

Both engines choose the leftmost match and, of several, the first alternative, so it does not show which one searched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING, Final, NamedTuple

from toolkit.style.allowance import Allowance, SlowPatternError
from toolkit.style.edges import bounded, nearly_bounded
from toolkit.style.nodes import Node
from toolkit.style.rendering import (
    ASCII,
    ASCII_SUPERSET,
    CAPTURING,
    SUPERSET,
    UNICODE,
    Unsupported,
    consume,
    render,
    whole_text,
)
from toolkit.style.scan import Scanner
from toolkit.style.syntax import PatternError, parse
from toolkit.style.texts import Part, Texts

if TYPE_CHECKING:
    import re2
    import regex

_MEMORY: Final = 256 << 20  # RE2 makes its automaton while it reads; this is the most it may take


class Found(NamedTuple):
    """A match: which text, where in it, and, of a pattern that captures, which group (from 1; 0 when not known)."""

    text: int
    start: int
    end: int
    group: int = 0


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
    def hint(self) -> str:
        """For RE2: like `superset`, found in fewer texts, but not at the place of the match."""
        return _written(lambda: nearly_bounded(consume(self.node))) or self.superset

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

    def find(self, texts: Texts, allowance: Allowance) -> Iterator[Found]:
        """Every match in every text, one text after the other; raises `SlowPatternError`."""
        for part in (texts.ascii, texts.other):
            if not part.ids:
                continue
            scanner = self._scanner_of(part)
            if scanner is None:
                numbers = part.ids if self.whole else self._touched(part)
                yield from self._find_slowly(numbers, texts, allowance)
            else:
                found, whole = allowance.collect(scanner.scan(part))
                yield from (Found(number, start, end) for number, start, end in found)
                if not whole:
                    raise SlowPatternError(found[-1][0] if found else part.ids[0])

    def _scanner_of(self, part: Part) -> Scanner | None:
        """RE2, where it takes the pattern for texts of this part."""
        if self.whole:
            return None
        return self._ascii_scanner if part.plain else self._unicode_scanner

    def _touched(self, part: Part) -> Iterable[int]:
        """The numbers of the texts that may hold a match."""
        scanner = self._plain_superset_scanner if part.plain else self._superset_scanner
        return part.ids if scanner is None else scanner.touched(part)

    def _find_slowly(self, numbers: Iterable[int], texts: Texts, allowance: Allowance) -> Iterator[Found]:
        engine = self._fallback  # before the clock runs: making it can take longer than using it may
        for number in numbers:
            matches = allowance.spend(partial(_all_of, engine, texts.texts[number]), number)
            yield from (Found(number, match.start(), match.end(), match.lastindex or 0) for match in matches)

    def _find_surely(self, text: str, allowance: Allowance, number: int = 0) -> list[tuple[int, int]]:
        """The matches in one text that took too long, by RE2; raises `SlowPatternError` where that cannot be."""
        texts = Texts([text])
        part = texts.ascii if texts.ascii.ids else texts.other
        scanner = self._scanner_of(part)
        if scanner is None:
            raise SlowPatternError(number)
        found, whole = allowance.collect(scanner.scan(part))
        if not whole:
            raise SlowPatternError(number)
        return [(start, end) for _number, start, end in found]

    def count(self, text: str, allowance: Allowance, number: int = 0) -> int:
        """How many matches one text has; quicker than to find them where there are very many."""
        engine = self._fallback
        try:
            return allowance.spend(lambda left: len(engine.findall(text, timeout=left, concurrent=False)), number)
        except SlowPatternError:
            return len(self._find_surely(text, allowance, number))

    def spans(self, text: str, allowance: Allowance, number: int = 0) -> list[tuple[int, int]]:
        """Where the matches of one text are."""
        try:
            return [match.span() for match in allowance.spend(partial(_all_of, self._fallback, text), number)]
        except SlowPatternError:
            return self._find_surely(text, allowance, number)

    def search(self, text: str, allowance: Allowance) -> bool:
        """Whether the pattern is found in one (short) text."""
        engine = self._fallback
        try:
            return allowance.spend(lambda left: engine.search(text, timeout=left, concurrent=False) is not None)
        except SlowPatternError:
            return bool(self._find_surely(text, allowance))

    def matches_all(self, text: str, allowance: Allowance) -> bool:
        """Whether the pattern takes the whole of one (short) text."""
        engine = self._fallback
        return allowance.spend(lambda left: engine.fullmatch(text, timeout=left, concurrent=False) is not None)

    def groups(self, text: str, allowance: Allowance, number: int = 0) -> list[tuple[str | None, ...]]:
        """The groups of every match in one text."""
        return [match.groups() for match in allowance.spend(partial(_all_of, self._fallback, text), number)]

    def all_in(self, text: str, allowance: Allowance, number: int = 0) -> list[str]:
        """Every match in one text; quicker than where they are."""
        engine = self._fallback
        if engine.groups:
            return [text[start:end] for start, end in self.spans(text, allowance, number)]
        try:
            return allowance.spend(lambda left: engine.findall(text, timeout=left, concurrent=False), number)
        except SlowPatternError:
            return [text[start:end] for start, end in self._find_surely(text, allowance, number)]

    def replace(self, text: str, template: str, allowance: Allowance) -> str:
        """`text` with every match replaced; ``$1`` and ``${1}`` stand for groups."""
        engine = self._fallback
        fill = partial(_fill, template)
        return allowance.spend(lambda left: engine.sub(fill, text, timeout=left, concurrent=False))


def _fill(template: str, match: regex.Match[str]) -> str:
    """The template with what each group of the match holds."""
    import regex

    held = (match[0], *match.groups())

    def group(name: regex.Match[str]) -> str:
        index = int(name[1] or name[2])
        return (held[index] or "") if index < len(held) else name[0]

    return regex.sub(r"\$(?:\{(\d+)\}|(\d))", group, template)


@lru_cache(maxsize=8192)
def pattern(text: str) -> Pattern:
    """The pattern written as `text`; raises `PatternError`."""
    return Pattern(parse(text))


def check_compiles(text: str) -> None:
    """Raise `PatternError` when no engine takes the pattern."""
    import regex

    try:
        regex.compile(render(parse(text), CAPTURING), regex.VERSION0)
    except regex.error as error:
        raise PatternError(str(error), 0) from None


def _all_of(engine: regex.Pattern[str], text: str, seconds: float) -> list[regex.Match[str]]:
    return list(engine.finditer(text, timeout=seconds, concurrent=False))


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
