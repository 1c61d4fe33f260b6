"""The kinds `occurrence` and `repetition`: how often something stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from operator import eq
from typing import Final

from toolkit.style.allowance import Allowance
from toolkit.style.edges import separate
from toolkit.style.exceptions import Exceptions
from toolkit.style.existence import worded
from toolkit.style.finding import Hit, Scene
from toolkit.style.pattern import Pattern, pattern
from toolkit.style.rule import StyleRule
from toolkit.style.sentences import split_sentences
from toolkit.style.spec import Occurrence, Repetition
from toolkit.style.syntax import parse
from toolkit.style.wording import fill

# The tokens that rules about repetition have: what stands between blanks.
_BETWEEN_BLANKS: Final = tuple(
    parse(written) for written in (r"(?:[^\s]+)", r"(?:\S+)", r"(?i)(?:[^\s]+)", r"(?i)(?:\S+)")
)
_SEPARATORS: Final = re.compile(r"[\x1c-\x1f]")  # blanks to `split`, and to nobody else


class OccurrenceChecker:
    """Counts the matches of a pattern in each block."""

    def __init__(self, rule: StyleRule, spec: Occurrence) -> None:
        self.rule = rule
        self.spec = spec
        self.token = pattern(("(?i)" if spec.ignorecase else "") + f"(?:{spec.token})")
        # The longest text that cannot have too many: matches have characters, and words blanks between them.
        self.short = spec.max * 2 - 1 if separate(self.token.node) else spec.max
        # What is missing is found where nothing is found.
        self.pattern: Pattern | None = None if spec.min > 0 else self.token

    def hits(self, scene: Scene) -> Iterator[Hit]:
        for number, block in enumerate(scene.blocks):
            if not self.spec.min and len(block.text) <= self.short:
                continue
            count = self.token.count(block.text, scene.allowance, number)
            if 0 < self.spec.max < count or count < self.spec.min:
                yield from self._found(number, scene, count)

    def _found(self, number: int, scene: Scene, count: int) -> Iterator[Hit]:
        message, text = fill(self.rule.message, str(count)), scene.blocks[number].text
        spans = self.token.spans(text, scene.allowance, number)
        first = next(((start, end) for start, end in spans if _is_text(text[start:end])), None)
        if first is not None or not count:
            yield Hit(number, *(first or (0, 0)), message)


def _is_text(match: str) -> bool:
    """Whether something stands there that is neither blank nor masked code."""
    return bool(match.strip("*@ \t\n"))


class RepetitionChecker:
    """Compares each match with the one before it."""

    def __init__(self, rule: StyleRule, spec: Repetition, accepted: tuple[str, ...]) -> None:
        self.rule = rule
        self.spec = spec
        self.exceptions = Exceptions((*spec.exceptions, *(accepted if spec.vocab else ())))
        tokens = "|".join(spec.tokens)
        self.token = pattern(("(?i)" if spec.ignorecase else "") + f"(?:{tokens})")
        self.blanks = self.token.node in _BETWEEN_BLANKS
        self.pattern: Pattern | None = None  # almost every text has a word

    def hits(self, scene: Scene) -> Iterator[Hit]:
        for number, block in enumerate(scene.blocks):
            if self._has_twins(block.text, scene.allowance, number):
                yield from self._in_block(number, block.text, scene.allowance)

    def _has_twins(self, text: str, allowance: Allowance, number: int) -> bool:
        """Whether some token is followed by itself; where, is looked for only then, which takes three times as long."""
        if self.blanks and _SEPARATORS.search(text) is None:
            words = text.lower().split()
        else:
            words = [word.strip().lower() for word in self.token.all_in(text, allowance, number)]
        return any(map(eq, words, islice(words, 1, None)))

    def _in_block(self, number: int, text: str, allowance: Allowance) -> Iterator[Hit]:
        previous, before, count = "", 0, 0
        for start, end in self.token.spans(text, allowance, number):
            word = text[start:end].strip()
            folded = word.lower() if self.spec.ignorecase else word
            if folded and folded == previous and (not self.spec.alpha or word.isalpha()):
                count += 1
                if count > self.spec.max and self._stands(text, (before, end), allowance):
                    _message, options = worded(self.rule, text[before:end], allowance)
                    yield Hit(number, before, end, fill(self.rule.message, word), options)
                    count = 0
            previous, before = folded, start

    def _stands(self, text: str, place: tuple[int, int], allowance: Allowance) -> bool:
        """Whether the two are one mistake: in one sentence, and not meant."""
        both = text[slice(*place)]
        if len(split_sentences(both)) != 1:
            return False
        return not (self.exceptions.cover(both, allowance) or self.exceptions.around(text, place, allowance))
