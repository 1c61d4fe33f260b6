"""The kind `spelling`: words that the speller does not know. Which words there are, somebody else says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from toolkit.style.allowance import Allowance
from toolkit.style.exceptions import Exceptions
from toolkit.style.finding import Hit, Scene
from toolkit.style.pattern import Pattern, pattern
from toolkit.style.rule import StyleRule
from toolkit.style.spec import Spelling
from toolkit.style.texts import Texts
from toolkit.style.wording import fill

_CHUNK: Final = re.compile(r"\S+")
_BEFORE: Final = "$(\"['“„‚‘"  # noqa: RUF001  # these characters are meant
_AFTER: Final = ",)\"]!;.?:'”’“‘…"  # noqa: RUF001  # as above
# Words that are names of their own kind: CamelCase, capitals at the end, anything that is not letters.
_NAMES: Final = re.compile(r"[A-Z][a-z]+[A-Z]+\w+")
# A dictionary of German or English says nothing about U+0370 to U+1DFF, U+2C00 to U+A6FF and U+A800 to U+FAFF. Said by
# what they are not: `re` visits each character of a range one by one when it reads a pattern.
_OTHER_SCRIPT: Final = re.compile(r"[^\u0000-\u036f\u1e00-\u2bff\ua700-\ua7ff\ufb00-\uffff\U00010000-\U0010ffff]")
_PLAIN: Final = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})  # noqa: RUF001  # as above


class SpellingChecker:
    """Looks every word up, once per text."""

    pattern: Pattern | None = None

    def __init__(self, rule: StyleRule, spec: Spelling, accepted: tuple[str, ...]) -> None:
        self.rule = rule
        self.spec = spec
        self.filters = [pattern(written) for written in spec.filters]
        self.ignored = {word.lower() for word in spec.ignore}
        self.phrases = Exceptions(accepted)
        # The vocabulary holds whole words, however they are written.
        own = "|".join(rf"\b(?:{term})\b" for term in (*spec.exceptions, *accepted))
        self.accepted = pattern(f"(?i)(?:{own})") if own else None

    def hits(self, scene: Scene) -> Iterator[Hit]:
        if scene.speller is None:
            return
        right: dict[str, bool] = {}
        for number, block in enumerate(scene.blocks):
            for start, word in self._words(block.text, scene.allowance):
                plain = word.translate(_PLAIN)
                if plain not in right:
                    right[plain] = self._passes(plain, scene.allowance) or scene.speller.check(plain)
                if not right[plain]:
                    yield Hit(number, start, start + len(word), fill(self.rule.message, plain))

    def _words(self, text: str, allowance: Allowance) -> Iterator[tuple[int, str]]:
        for start, end in self._accepted_phrases(text, allowance):
            text = text[:start] + " " * (end - start) + text[end:]
        for found in _CHUNK.finditer(text):
            chunk = found[0]
            start = found.start() + len(chunk) - len(chunk.lstrip(_BEFORE))
            word = chunk.lstrip(_BEFORE).rstrip(_AFTER)
            if any(char.isalpha() for char in word) and not _OTHER_SCRIPT.search(word):
                yield start, word

    def _accepted_phrases(self, text: str, allowance: Allowance) -> list[tuple[int, int]]:
        phrases = self.phrases.phrases
        return [(found.start, found.end) for found in phrases.find(Texts([text]), allowance)] if phrases else []

    def _passes(self, word: str, allowance: Allowance) -> bool:
        """Whether the word is not looked up at all."""
        if word.lower() in self.ignored or any(written.search(word, allowance) for written in self.filters):
            return True
        if not self.spec.custom and (
            not all(char.isalpha() or char in "_'" for char in word) or word[-1].isupper() or _NAMES.search(word)
        ):
            return True
        return self.accepted is not None and self.accepted.search(word, allowance)
