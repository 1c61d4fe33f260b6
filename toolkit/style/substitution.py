"""The kind `substitution`: what is to be written otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from toolkit.style.allowance import Allowance
from toolkit.style.exceptions import Exceptions
from toolkit.style.existence import NONWORD, WORD, Wording
from toolkit.style.finding import Hit, Scene
from toolkit.style.memory import Memory
from toolkit.style.pattern import Pattern, pattern
from toolkit.style.rule import StyleRule
from toolkit.style.spec import Substitution
from toolkit.style.wording import capitalised, enumerate_options, fill, unquote

_CAPTURE: Final = re.compile(r"(?<!\\)\((?!\?)")
_GROUP: Final = re.compile(r"\$(?:\d|\{\d)")


class SubstitutionChecker:
    """Finds what is swapped and says for what."""

    def __init__(self, rule: StyleRule, spec: Substitution, accepted: tuple[str, ...]) -> None:
        self.rule = rule
        self.spec = spec
        self.exceptions = Exceptions((*spec.exceptions, *(accepted if spec.vocab else ())))
        self.swap = sorted(spec.swap, key=lambda pair: len(pair[0]), reverse=True)
        # Groups of the author's would shift the numbers of ours.
        tokens = "|".join(f"({_CAPTURE.sub('(?:', key)})" for key, _value in self.swap)
        template = NONWORD if spec.nonword else WORD
        written = template.replace("%s", tokens)
        self.pattern: Pattern | None = pattern(f"(?i){written}" if spec.ignorecase else written)
        self._said = Memory(self._say)

    def hits(self, scene: Scene) -> Iterator[Hit]:
        assert self.pattern is not None  # noqa: S101  # set above
        for found in self.pattern.find(scene.texts, scene.allowance):
            match = scene.texts.texts[found.text][found.start : found.end]
            said = self._said.ask((match, found.group), scene.allowance)
            if said is not None:
                yield Hit(found.text, found.start, found.end, *said)

    def _say(self, found: tuple[str, int], allowance: Allowance) -> Wording | None:
        match, group = found
        index = group - 1 if group else self._find_index(match, allowance)
        return self._judge(match, index, allowance) if 0 <= index < len(self.swap) else None

    def _find_index(self, match: str, allowance: Allowance) -> int:
        """Which entry the match is of: the first that takes the whole of it, as an engine would have tried them."""
        flag = "(?i)" if self.spec.ignorecase else ""
        for index, (key, _value) in enumerate(self.swap):
            if pattern(f"{flag}(?m)(?:{_CAPTURE.sub('(?:', key)})").matches_all(match, allowance):
                return index
        return -1

    def _judge(self, match: str, index: int, allowance: Allowance) -> Wording | None:
        expected = self._expected(index, match, allowance)
        replaces = self.rule.action is not None and self.rule.action.name == "replace"
        options = split_options(expected)
        same = match in options if replaces else _conforms(expected, match, allowance)
        if same or self.exceptions.cover(match, allowance):
            return None
        action = self.rule.action
        if action is None or not replaces:
            return fill(self.rule.message, expected, match), None
        if action.params:
            return fill(self.rule.message, expected, match), action.params
        options = [self._recase(option, match) for option in options]
        message = fill(unquote(self.rule.message), enumerate_options(options), match)
        return message, tuple(options) or ("",)

    def _recase(self, option: str, match: str) -> str:
        """The option with a capital where the match has one, as at the beginning of a sentence.

        Only words that rules write small throughout: *iOS* stays what it is.
        """
        meant = self.spec.capitalize or (self.spec.ignorecase and option == option.lower() and match != match.upper())
        return capitalised(option) if meant and match == capitalised(match) else option

    def _expected(self, index: int, match: str, allowance: Allowance) -> str:
        key, expected = self.swap[index]
        if self.spec.capitalize and match == capitalised(match):
            expected = capitalised(expected)
        if _GROUP.search(expected) is None:
            return expected
        return pattern(f"(?i){key}" if self.spec.ignorecase else key).replace(match, expected, allowance)


def split_options(text: str) -> list[str]:
    r"""``a|b`` as two; ``\|`` is a bar."""
    return [part.replace("\0", "|") for part in text.replace(r"\|", "\0").split("|") if part]


def _conforms(expected: str, match: str, allowance: Allowance) -> bool:
    """Whether the match already is what is expected, which may be a pattern (a term of the vocabulary)."""
    if all(char.isalnum() or char in " -" for char in expected):
        return expected == match
    try:
        return pattern(f"(?:{expected})").matches_all(match, allowance)
    except ValueError:
        return expected == match
