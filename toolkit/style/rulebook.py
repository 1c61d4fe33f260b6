"""Rules compiled together: one text in, every alert out, in order and each at its exact place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from toolkit.messages import _
from toolkit.style.alert import Alert, Level, Replacement
from toolkit.style.allowance import Allowances, SlowPatternError
from toolkit.style.compiling import compile_rule
from toolkit.style.document import Block, Reading
from toolkit.style.finding import WHOLE, Checker, Hit, Scene
from toolkit.style.ignoring import hide_patterns, slow_alerts
from toolkit.style.markdown import read_markdown, read_text
from toolkit.style.pattern import Pattern
from toolkit.style.prefilter import Prefilter
from toolkit.style.rendering import has_anchor
from toolkit.style.rule import Speller, StyleRule
from toolkit.style.scope import asks
from toolkit.style.switches import Switches
from toolkit.style.view import View
from toolkit.style.vocabulary import Vocabulary

Spellers = Callable[[str], Speller | None]


def _no_speller(_language: str) -> Speller | None:
    return None


class Rulebook:
    """The rules of a house. `spellers` gives the speller of a language, or None where there is none.

    Rules are compiled when a text first needs them; a pattern that cannot be read raises `RuleError` then. `styles` are
    those that the comment ``vale style = …`` switches off.
    """

    def __init__(
        self,
        rules: Iterable[StyleRule],
        *,
        vocabulary: Vocabulary | None = None,
        reading: Reading | None = None,
        spellers: Spellers = _no_speller,
        styles: Sequence[str] = (),
    ) -> None:
        self.rules = tuple(rules)
        self.reading = reading or Reading()
        self._vocabulary = vocabulary or Vocabulary()
        self._spellers = spellers
        self._styles = tuple(styles) or tuple({rule.style for rule in self.rules if rule.style})

    @cached_property
    def checkers(self) -> tuple[Checker, ...]:
        """The rules, compiled; raises `RuleError`."""
        return tuple(compile_rule(rule, self._vocabulary.accepted) for rule in self.rules)

    @cached_property
    def _prefilters(self) -> tuple[Prefilter, Prefilter]:
        """For rules about blocks, and for rules about the raw text."""
        blocks: dict[int, Pattern | None] = {}
        raw: dict[int, Pattern | None] = {}
        for number, checker in enumerate(self.checkers):
            own = raw if asks(checker.rule.scope, "raw") else blocks
            own[number] = _known(checker)
        return Prefilter(blocks), Prefilter(raw)

    def check(
        self,
        text: str,
        *,
        format: str = "md",  # noqa: A002  # the word users know
        language: str = "",
        name: str = "",
        allowances: Allowances | None = None,
    ) -> list[Alert]:
        """Every alert about a text, Markdown (``md``) or plain (``txt``). Offsets are code points of `text`.

        `name` is a scope that all of the text has, such as ``post`` or ``reply``; `language` leaves out the rules of others.
        Texts of one file share `allowances`.
        """
        clean, restore = _plain_lines(text)
        time = _time(allowances, text)
        document = read_markdown(clean, self.reading, time) if format == "md" else read_text(clean, format)
        if name:
            document.blocks = [Block(block.sections | {name}, block.mapped) for block in document.blocks]
        view = View(document, language, self._spellers(language), time)
        return [*slow_alerts(document.slow, self.reading), *self._run(view, text, restore)]

    def check_named(self, texts: Mapping[str, str], *, language: str = "") -> dict[str, list[Alert]]:
        """Every alert about texts that are no Markdown, such as ``alt``; the name is the scope that rules ask for."""
        return {name: self.check_scoped(text, f"text.{name}", language=language) for name, text in texts.items()}

    def check_scoped(
        self, text: str, scope: str, *, language: str = "", allowances: Allowances | None = None
    ) -> list[Alert]:
        """Every alert about a text that is no Markdown and has this scope alone, such as ``rendition.bluesky``."""
        clean, restore = _plain_lines(text)
        time = _time(allowances, text)
        shown, slow = hide_patterns(clean, self.reading, time)
        view = View(read_text(shown, "", scope), language, self._spellers(language), time)
        return [*slow_alerts(slow, self.reading), *self._run(view, text, restore)]

    def _run(self, view: View, text: str, restore: Callable[[int], int]) -> list[Alert]:
        switches = Switches(view.document.comments, self._styles)
        found: list[Alert] = []
        for checker in self._candidates(view):
            found += self._alerts(checker, view, switches, (text, restore))
        return sorted(found, key=lambda alert: (alert.start, alert.end, alert.rule))

    def _candidates(self, view: View) -> Iterator[Checker]:
        blocks, raw = self._prefilters
        both = blocks.candidates(view.all_texts) | raw.candidates(view.raw_texts)
        own = view.language.split("-", maxsplit=1)[0].lower()
        for number in sorted(both):
            wanted = self.checkers[number].rule.language
            if not wanted or not own or wanted.lower() == own:
                yield self.checkers[number]

    def _alerts(
        self, checker: Checker, view: View, switches: Switches, source: tuple[str, Callable[[int], int]]
    ) -> Iterator[Alert]:
        rule, scene = checker.rule, view.scene(checker.rule)
        if not scene.blocks:
            return
        raw = asks(rule.scope, "raw")
        text, restore = source
        places: set[int] = set()
        hits, stopped = _placed(checker, scene)
        for hit, start, end in hits:
            if start in places or (rule.limit and len(places) >= rule.limit):
                continue
            first, last = restore(start), restore(end)
            match, seen = text[first:last], scene.text_of(hit)
            if switches.off(rule.id, seen, start, raw=raw):
                continue
            places.add(start)
            # An address in the match is masked in the text that rules see; a fix made from it would write the mask.
            fix = _fix(hit, scene) if match == seen else None
            yield Alert(rule.id, first, last, match, hit.message, rule.level, fix, rule.link)
        if stopped is not None:
            yield _stopped(rule, restore(stopped))


def _time(allowances: Allowances | None, text: str) -> Allowances:
    return Allowances(len(text)) if allowances is None else allowances


def _placed(checker: Checker, scene: Scene) -> tuple[list[tuple[Hit, int, int]], int | None]:
    """The hits in the order of the text, each with its place there, and where the rule was stopped, once per file."""
    found, stopped = [], None
    try:
        for hit in checker.hits(scene):
            span = (0, 0) if hit.block == WHOLE else scene.blocks[hit.block].mapped.span(hit.start, hit.end)
            found.append((hit, *span))
    except SlowPatternError as error:
        if not scene.allowance.told:
            scene.allowance.told = True
            stopped = scene.blocks[error.text].mapped.span(0, 0)[0]
    return sorted(found, key=lambda item: item[1:]), stopped


def _stopped(rule: StyleRule, at: int) -> Alert:
    message = _("{rule} ({place}) takes too long: from here on it does not check this file; make its pattern simpler")
    said = message.format(rule=rule.id, place=f"{rule.path}:{rule.line}")
    return Alert(rule.id, at, at, "", said, Level.WARNING)


def _known(checker: Checker) -> Pattern | None:
    """The pattern that must match somewhere in a block; None where blocks are cut smaller, so that ``^`` stands elsewhere."""
    own = checker.pattern
    if own is None:
        return None
    cut = asks(checker.rule.scope, "sentence") or asks(checker.rule.scope, "paragraph")
    return None if cut and has_anchor(own.node) else own


def _fix(hit: Hit, scene: Scene) -> Replacement | None:
    if hit.block == WHOLE or hit.options is None or len(hit.options) != 1:
        return None
    block = scene.blocks[hit.block]
    return Replacement(hit.options[0]) if block.mapped.literal(hit.start, hit.end) else None


def _plain_lines(text: str) -> tuple[str, Callable[[int], int]]:
    r"""The text with ``\n`` alone for line breaks, and the way back to its offsets."""
    if "\r" not in text:
        return text, _same
    drops: list[int] = []  # the offsets in the new text before which a character was dropped
    at = text.find("\r\n")
    while at >= 0:
        drops.append(at - len(drops))
        at = text.find("\r\n", at + 2)
    clean = text.replace("\r\n", "\n").replace("\r", "\n")
    return clean, lambda offset: offset + bisect_left(drops, offset)


def _same(offset: int) -> int:
    return offset
