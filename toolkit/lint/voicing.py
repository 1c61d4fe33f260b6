"""Voices and attributes of the handbook against texts, and what is wrong with them: names, patterns, their own examples."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from toolkit.language.adjectives import Calling, find_calling
from toolkit.lint.phrases import phrases
from toolkit.messages import _
from toolkit.model import Problem, Severity
from toolkit.style.allowance import Allowance, SlowPatternError
from toolkit.workspace import Handbook
from toolkit.workspace.voices import IMAGE, RULE, VOICE, Trait, Voice

_SHOWN: Final = 60  # letters of an example in a message


def is_said(voice: Voice, text: str) -> bool:
    """Whether a text says what the voice says; not where one of its `unless` stands, or where finding out takes too long."""
    wording, allowance = voice.wording, Allowance(len(text))
    try:
        if next(phrases(wording.words, wording.patterns).find(text, allowance), None) is None:
            return False
        return not voice.unless or next(phrases(voice.unless, ()).find(text, allowance), None) is None
    except SlowPatternError:
        return False


def how_called(trait: Trait, text: str) -> Calling:
    """Whether a text says of somebody what the attribute says, or denies it."""
    return find_calling(trait.wording.words, text)


def speaks(item: Voice | Trait, language: str) -> bool:
    """Whether it is about messages of a language; of an unknown one every word may be."""
    spoken = language.replace("_", "-").partition("-")[0].lower()
    return not spoken or not item.wording.languages or spoken in item.wording.languages


def find_slips(handbook: Handbook) -> Iterator[Problem]:
    """Every problem of the handbook's voices and attributes, with its place; blocks that could not be read first."""
    yield from (problem for problem in handbook.problems if problem.rule == RULE)
    names: dict[tuple[str, str], Voice | Trait] = {}
    items: tuple[Voice | Trait, ...] = (*handbook.voices, *handbook.traits)
    for item in items:
        kind = VOICE if isinstance(item, Voice) else IMAGE
        other = names.setdefault((kind, item.name.casefold()), item)
        if other is not item:
            place = f"{other.wording.path}:{other.wording.places.span(kind).line}"
            message = _("{rule} stands in {place} already; give this one another name")
            yield _at(item, kind, message.format(rule=item.name, place=place))
        for at, said in phrases(item.wording.words, item.wording.patterns).complaints.items():
            yield _at(item, f"patterns.{at}", _("this pattern cannot be read: {said}").format(said=said))
        yield from _tried(item, _test_of(item))


def _test_of(item: Voice | Trait) -> Callable[[str], bool]:
    if isinstance(item, Voice):
        return lambda text: is_said(item, text)
    return lambda text: how_called(item, text).said


def _tried(item: Voice | Trait, test: Callable[[str], bool]) -> Iterator[Problem]:
    for example in item.good:
        if not test(example.text):
            message = _("{rule} is not told by its good example {example}")
            yield _at(item, example.key, message.format(rule=item.name, example=_short(example.text)))
    for example in item.bad:
        if test(example.text):
            message = _("{rule} is told by its bad example {example}, too")
            yield _at(item, example.key, message.format(rule=item.name, example=_short(example.text)))


def _at(item: Voice | Trait, key: str, message: str) -> Problem:
    wording = item.wording
    return Problem(wording.path, wording.places.span(key), RULE, Severity.ERROR, message)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return _("“{text}”").format(text=line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…")
