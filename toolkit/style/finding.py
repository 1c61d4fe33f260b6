"""What a kind of rule is given and what it answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple, Protocol

from toolkit.style.allowance import Allowance
from toolkit.style.document import Block
from toolkit.style.pattern import Pattern
from toolkit.style.rule import Speller, StyleRule
from toolkit.style.texts import Texts

WHOLE: Final = -1  # `Hit.block` of a finding about the text as a whole


class Scene(NamedTuple):
    """The blocks that a rule looks at, in order, the same joined for searching, and the time that it has."""

    blocks: Sequence[Block]
    texts: Texts
    allowance: Allowance
    language: str = ""
    counts: Counter[str] | None = None
    speller: Speller | None = None

    def text_of(self, hit: Hit) -> str:
        """What was found, as it reads."""
        return "" if hit.block == WHOLE else self.blocks[hit.block].text[hit.start : hit.end]


class Hit(NamedTuple):
    """A finding in the text of a block; `options` may stand in its place. No block: the text as a whole."""

    block: int
    start: int
    end: int
    message: str
    options: tuple[str, ...] | None = None


class Checker(Protocol):
    """A rule, compiled."""

    @property
    def rule(self) -> StyleRule: ...

    @property
    def pattern(self) -> Pattern | None:
        """Without a match of this there is no hit; None when that cannot be said."""

    def hits(self, scene: Scene) -> Iterator[Hit]:
        """Every finding, in any order; raises `SlowPatternError`."""
