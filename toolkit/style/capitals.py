"""The kind `capitalization`: title case, sentence case, capitals, small letters, or a pattern."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from toolkit.style.allowance import Allowance
from toolkit.style.exceptions import Exceptions
from toolkit.style.finding import Hit, Scene
from toolkit.style.memory import Memory
from toolkit.style.pattern import Pattern, pattern
from toolkit.style.rule import StyleRule
from toolkit.style.spec import SHAPES, Capitalization
from toolkit.style.wording import fill

_WORD: Final = r"[\p{N}\p{L}*]+[^\s]*"
_SPLIT: Final = re.compile(r"[^\W_][^\s\-/]*")
_NUMBERED: Final = re.compile(r"\d+\.")
_SMALL: Final = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "en",
        "for",
        "if",
        "in",
        "nor",
        "of",
        "on",
        "or",
        "per",
        "the",
        "to",
        "vs",
        "vs.",
        "via",
        "v",
        "v.",
    ]
)
_PREPOSITIONS: Final = frozenset(
    [
        "with",
        "from",
        "into",
        "during",
        "including",
        "until",
        "against",
        "among",
        "throughout",
        "despite",
        "towards",
        "upon",
        "concerning",
        "about",
        "over",
        "through",
        "before",
        "between",
        "after",
        "since",
        "without",
        "under",
        "within",
        "along",
        "following",
        "across",
        "beyond",
        "around",
        "down",
        "near",
        "above",
    ]
)


class CapitalizationChecker:
    """Compares each block, word by word, with how it should be written."""

    def __init__(self, rule: StyleRule, spec: Capitalization, accepted: tuple[str, ...]) -> None:
        self.rule = rule
        self.spec = spec
        self.exceptions = Exceptions((*spec.exceptions, *(accepted if spec.vocab else ())))
        words = self.exceptions.terms
        self.vocabulary = pattern("|".join(map(_exact, words))) if words else None
        self.pattern: Pattern | None = None
        own = self.exceptions.written
        self.tokens = pattern(f"{own}|{_WORD}" if own else _WORD)
        self.converted = pattern("(?i)" + "|".join([*(rf"\b(?:{_exact(word)})\b" for word in words), _WORD]))
        self._judged = Memory(self._look)
        self.prefix = pattern(spec.prefix) if spec.prefix else None
        self.wanted = pattern(spec.match) if spec.match not in SHAPES else None

    def hits(self, scene: Scene) -> Iterator[Hit]:
        for number, block in enumerate(scene.blocks):
            text = block.text.strip()
            expected, right = self._judged.ask(text, scene.allowance)
            if not right:
                start = block.text.index(text)
                options = (expected,) if self._replaces() else None
                yield Hit(number, start, start + len(text), fill(self.rule.message, text, expected), options)

    def _replaces(self) -> bool:
        action = self.rule.action
        return action is not None and action.name == "replace" and self.spec.match in {"$title", "$sentence"}

    def _look(self, text: str, allowance: Allowance) -> tuple[str, bool]:
        """How the text should be written, and whether it is near enough."""
        match self.spec.match:
            case "$title":
                return self._compare(text, self._title(text, allowance), allowance, sentence=False)
            case "$sentence":
                return self._compare(text, self._sentence(text, allowance), allowance, sentence=True)
            case "$lower":
                return text.lower(), text == text.lower() or self.exceptions.cover(text, allowance)
            case "$upper":
                return text.upper(), text == text.upper() or self.exceptions.cover(text, allowance)
            case written:
                found = self.wanted is not None and self.wanted.search(text, allowance)
                return written, found or self.exceptions.cover(text, allowance)

    def _compare(self, text: str, expected: str, allowance: Allowance, *, sentence: bool) -> tuple[str, bool]:
        wanted, words = (self.tokens.all_in(one, allowance) for one in (expected, text))
        right = 0
        for index, word in enumerate(words):
            if index >= len(wanted) or word == wanted[index] or self.exceptions.cover(word, allowance):
                right += 1
            elif sentence and index == 0 and word != word.title():
                return expected, False
            elif not sentence and word == word.upper():
                right += 1
        return expected, not words or right / len(words) >= self.spec.threshold

    def _cut(self, text: str, allowance: Allowance) -> tuple[str, str]:
        found = self.prefix.all_in(text, allowance)[:1] if self.prefix else []
        return (found[0], text.removeprefix(found[0])) if found else ("", text)

    def _known(self, word: str, allowance: Allowance) -> str:
        """The word, where the vocabulary has it as it is written; "" otherwise."""
        return word if self.vocabulary is not None and self.vocabulary.search(word, allowance) else ""

    def _sentence(self, text: str, allowance: Allowance) -> str:
        prefix, rest = self._cut(text, allowance)
        made: list[str] = []
        tokens = self.converted.all_in(rest, allowance)
        for index, token in enumerate(tokens):
            previous = tokens[index - 1] if index else ""
            if known := self._known(token, allowance):
                made.append(known)
            elif index == 0 or self._indicates(previous, index - 1):
                made.append(token[:1].title() + token[1:].lower())
            else:
                made.append(token.lower())
        return prefix + " ".join(made)

    def _indicates(self, word: str, index: int) -> bool:
        """Whether a capital follows the word: it ends in an indicator, or is the number of a list."""
        ends = any(len(word) > len(end) and word.endswith(end) for end in self.spec.indicators)
        return ends or (index == 0 and _NUMBERED.search(word) is not None)

    def _title(self, text: str, allowance: Allowance) -> str:
        prefix, rest = self._cut(text, allowance)
        plain = rest.translate(_PLAIN)

        def write(found: re.Match[str]) -> str:
            word = found[0]
            known = self._known(word, allowance)
            return known or (self._small(word, plain, found) and word.lower()) or word[:1].title() + word[1:]

        return prefix + _SPLIT.sub(write, rest)

    def _small(self, word: str, plain: str, found: re.Match[str]) -> bool:
        """Whether a word stays small: an article, a conjunction, a short preposition inside the title."""
        low, start, end = word.lower(), found.start(), found.end()
        if low == "to" and self.spec.style != "Chicago":
            return word == low  # a preposition is small, an infinitive's is not; without a grammar both are right
        if start == 0 or end == len(plain):
            return False
        before, earlier = plain[start - 1], plain[max(0, start - 2)]
        after = plain[end] if end < len(plain) else plain[0]
        listed = low in _SMALL or (self.spec.style == "Chicago" and low in _PREPOSITIONS)
        return listed and before in " -/" and earlier not in ":-" and (after != "-" or before == "-")


_PLAIN: Final = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "."})  # noqa: RUF001  # these characters are meant


def _exact(term: str) -> str:
    """A term whose case counts, unless it says otherwise."""
    return term if term.startswith("(?i)") else f"(?-i:{term})"
