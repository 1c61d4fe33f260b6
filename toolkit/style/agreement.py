"""The kinds `consistency` and `conditional`: what stands elsewhere in the text decides."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.style.allowance import Allowance
from toolkit.style.exceptions import Exceptions
from toolkit.style.existence import NONWORD, WORD, worded
from toolkit.style.finding import Hit, Scene
from toolkit.style.pattern import Found, Pattern, pattern
from toolkit.style.rendering import has_group
from toolkit.style.rule import StyleRule
from toolkit.style.spec import Conditional, Consistency
from toolkit.style.syntax import parse


class ConsistencyChecker:
    """Of each pair, one may be used; a block that uses one after the other was used is a finding."""

    def __init__(self, rule: StyleRule, spec: Consistency) -> None:
        self.rule = rule
        template = NONWORD if spec.nonword else WORD
        flag = "(?i)" if spec.ignorecase else ""
        self.pairs = [
            tuple(pattern(flag + template.replace("%s", written)) for written in pair) for pair in spec.either
        ]
        both = "|".join(f"(?:{written})" for pair in spec.either for written in pair)
        self.pattern: Pattern | None = pattern(flag + template.replace("%s", both)) if both else None

    def hits(self, scene: Scene) -> Iterator[Hit]:
        for pair in self.pairs:
            yield from self._in_texts(scene, pair)

    def _in_texts(self, scene: Scene, pair: tuple[Pattern, ...]) -> Iterator[Hit]:
        uses: list[tuple[int, int, int, int]] = sorted(
            (found.text, found.start, found.end, side)
            for side, one in enumerate(pair)
            for found in one.find(scene.texts, scene.allowance)
        )
        seen: set[int] = set()
        last: dict[int, tuple[int, int]] = {}
        for number, start, end, side in uses:
            seen.add(side)
            if len(seen) == len(pair):
                last[number] = (start, end)
        for number, (start, end) in last.items():
            match = scene.blocks[number].text[start:end]
            yield Hit(number, start, end, *worded(self.rule, match, scene.allowance))


class ConditionalChecker:
    """Where `first` stands, `second` must: anywhere in the block, or, with a group, naming what `first` found."""

    def __init__(self, rule: StyleRule, spec: Conditional, accepted: tuple[str, ...]) -> None:
        self.rule = rule
        self.exceptions = Exceptions((*spec.exceptions, *(accepted if spec.vocab else ())))
        self.pattern: Pattern | None = pattern(spec.first)
        self.second = pattern(spec.second)
        self.defines = has_group(parse(spec.second))

    def hits(self, scene: Scene) -> Iterator[Hit]:
        assert self.pattern is not None  # noqa: S101  # set above
        found = sorted(self.pattern.find(scene.texts, scene.allowance), key=lambda match: (match.text, match.start))
        second = sorted({match.text for match in self.second.find(scene.texts, scene.allowance)}) if found else []
        defined: set[str] = set()
        for match in found:
            if not self.defines and match.text in second:
                continue
            while self.defines and second and second[0] <= match.text:
                defined |= self._defined(scene, second.pop(0))
            text = scene.blocks[match.text].text
            if not self._excused(text, match, defined, scene.allowance):
                said = worded(self.rule, text[match.start : match.end], scene.allowance)
                yield Hit(match.text, match.start, match.end, *said)

    def _defined(self, scene: Scene, number: int) -> set[str]:
        matches = self.second.groups(scene.blocks[number].text, scene.allowance, number)
        return {group for groups in matches for group in groups if group}

    def _excused(self, text: str, match: Found, defined: set[str], allowance: Allowance) -> bool:
        place = (match.start, match.end)
        word = text[slice(*place)]
        if word in defined:
            return True
        return self.exceptions.cover(word, allowance) or self.exceptions.around(text, place, allowance)
