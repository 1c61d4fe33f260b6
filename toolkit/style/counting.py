"""The kinds `occurrence` and `repetition`: how often something stands there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from toolkit.style.exceptions import Exceptions
from toolkit.style.existence import worded
from toolkit.style.finding import Hit, Scene
from toolkit.style.pattern import Found, Pattern, pattern
from toolkit.style.rule import StyleRule
from toolkit.style.sentences import split_sentences
from toolkit.style.spec import Occurrence, Repetition
from toolkit.style.wording import fill


class OccurrenceChecker:
    """Counts the matches of a pattern in each block."""

    def __init__(self, rule: StyleRule, spec: Occurrence) -> None:
        self.rule = rule
        self.spec = spec
        self.token = pattern(("(?i)" if spec.ignorecase else "") + f"(?:{spec.token})")
        # What is missing is found where nothing is found.
        self.pattern: Pattern | None = None if spec.min > 0 else self.token

    def hits(self, scene: Scene) -> Iterator[Hit]:
        matches = _by_text(self.token.find(scene.texts))
        for number, block in enumerate(scene.blocks):
            found = matches.get(number, [])
            count = len(found)
            if not (0 < self.spec.max < count or count < self.spec.min):
                continue
            message = fill(self.rule.message, str(count))
            if not found:
                yield Hit(number, 0, 0, message)
                continue
            first = next((match for match in found if _is_text(block.text[match.start : match.end])), None)
            if first is not None:
                yield Hit(number, first.start, first.end, message)


def _is_text(match: str) -> bool:
    """Whether something stands there that is neither blank nor masked code."""
    return bool(match.strip("*@ \t\n"))


def _by_text(found: Iterator[Found]) -> dict[int, list[Found]]:
    ordered = sorted(found, key=lambda match: (match.text, match.start))
    return {number: list(group) for number, group in groupby(ordered, key=lambda match: match.text)}


class RepetitionChecker:
    """Compares each match with the one before it."""

    def __init__(self, rule: StyleRule, spec: Repetition, accepted: tuple[str, ...]) -> None:
        self.rule = rule
        self.spec = spec
        self.exceptions = Exceptions((*spec.exceptions, *(accepted if spec.vocab else ())))
        tokens = "|".join(spec.tokens)
        self.token = pattern(("(?i)" if spec.ignorecase else "") + f"(?:{tokens})")
        self.pattern: Pattern | None = None  # almost every text has a word

    def hits(self, scene: Scene) -> Iterator[Hit]:
        for number, found in _by_text(self.token.find(scene.texts)).items():
            yield from self._in_block(number, scene.blocks[number].text, found)

    def _in_block(self, number: int, text: str, found: list[Found]) -> Iterator[Hit]:
        previous, count = "", 0
        for index, match in enumerate(found):
            word = text[match.start : match.end].strip()
            folded = word.lower() if self.spec.ignorecase else word
            if folded and folded == previous and (not self.spec.alpha or word.isalpha()):
                count += 1
                start = found[index - 1].start
                if count > self.spec.max and self._stands(text, start, match.end):
                    _message, options = worded(self.rule, text[start : match.end])
                    yield Hit(number, start, match.end, fill(self.rule.message, word), options)
                    count = 0
            previous = folded

    def _stands(self, text: str, start: int, end: int) -> bool:
        """Whether the two are one mistake: in one sentence, and not meant."""
        both = text[start:end]
        if len(split_sentences(both)) != 1:
            return False
        return not self.exceptions.cover(both) and not self.exceptions.around(text, start, end)
