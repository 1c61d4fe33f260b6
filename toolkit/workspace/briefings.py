"""Briefings: what a manager tells the community for a while, as pages of guidelines/briefings.

The front matter is for programs, the text below for people. While a briefing is valid its questions suggest answers, what
it forbids is looked for in replies, and its campaign leads from a conversation to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Final

from toolkit.messages import _
from toolkit.model import Problem
from toolkit.source import Fields, FrontMatter
from toolkit.values import dataclass
from toolkit.workspace.handbook import Handbook, HandbookPage
from toolkit.workspace.hours import tell_missing
from toolkit.workspace.statements import Wording

BRIEFINGS: Final = "guidelines/briefings"
RULE: Final = "briefing"
BRIEFING_KEYS: Final[Mapping[str, str]] = {
    "title": "Title of the page.",
    "owner": "Person who answers for it.",
    "valid_from": "First day on which it counts.",
    "valid_until": "Last day on which it counts.",
    "campaign": "Campaign it is about; its posts lead to it.",
    "labels": "Labels of conversations that lead to it.",
    "languages": "Languages of the messages it is for; default: all.",
    "messages": "What we say, a sentence each.",
    "faq": "Questions with their answers; while it is valid they are suggested.",
    "no_go": "What nobody says meanwhile, with what to say instead.",
    "escalate": "Who takes over what.",
    "reviewed": "Day on which somebody last read it.",
    "next_review": "Day on which somebody reads it again.",
    "version": "Version of the page.",
    "language": "Language of the page and of its answers; default: the workspace's first.",
    "internal": "Whether people outside are shown nothing of it; a briefing always is.",
}
FAQ_KEYS: Final[Mapping[str, str]] = {
    "question": "What people ask.",
    "answer": "What we answer, with placeholders such as {vorname}.",
    "language": "Language of the answer; default: the page's.",
}
NO_GO_KEYS: Final[Mapping[str, str]] = {
    "words": "Words and phrases, in any case; * stands for the rest of a word.",
    "why": "Why not, in a sentence.",
    "instead": "What to say instead.",
}
ESCALATE_KEYS: Final[Mapping[str, str]] = {"what": "What it is about.", "to": "Person who takes over."}
_NOT_BRIEFINGS: Final = ("index", "readme")


class Standing(StrEnum):
    """Whether a briefing counts on a day."""

    COMING = "coming"
    VALID = "valid"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what we answer; `key` leads to its place."""

    key: str
    question: str
    answer: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Ban:
    """What nobody says meanwhile; its `wording` says how it is told and what to write instead."""

    key: str
    why: str
    wording: Wording


@dataclass(frozen=True, slots=True)
class Escalation:
    """Who takes over what; `key` leads to its place."""

    key: str
    what: str
    to: str


@dataclass(frozen=True, slots=True)
class Briefing:
    """One page of guidelines/briefings. `places` leads to its keys."""

    name: str  # the file's
    title: str
    owner: str
    places: FrontMatter
    first: date | None = None
    last: date | None = None
    campaign: str = ""
    labels: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    language: str = ""
    messages: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    bans: tuple[Ban, ...] = ()
    escalations: tuple[Escalation, ...] = ()

    @property
    def path(self) -> str:
        """The page it stands in."""
        return self.places.source.path

    def standing(self, day: date) -> Standing:
        """Whether it counts on that day; one without an end never ends."""
        if self.first is not None and day < self.first:
            return Standing.COMING
        return Standing.OVER if self.last is not None and day > self.last else Standing.VALID

    def speaks(self, language: str) -> bool:
        """Whether it is for messages of a language; of an unknown one it may be."""
        short = language.replace("_", "-").partition("-")[0].lower()
        return not short or not self.languages or short in self.languages


def is_briefing(path: str) -> bool:
    """Whether a page lies where briefings do: right in guidelines/briefings, and is not the page about them."""
    place = PurePosixPath(path)
    return place.parent.as_posix() == BRIEFINGS and place.stem.lower() not in _NOT_BRIEFINGS


def read_briefings(handbook: Handbook) -> tuple[tuple[Briefing, ...], tuple[Problem, ...]]:
    """The briefings in order of their paths, and what cannot be used in them; a bad key hides no other."""
    found, problems = [], list[Problem]()
    for page in handbook.pages:
        if is_briefing(page.path) and page.front is not None:
            before: list[Problem] = []
            found.append(_read(Fields(page.front, before), page))
            problems += (replace(problem, rule=RULE) for problem in before)
    return tuple(found), tuple(problems)


def valid_briefings(handbook: Handbook, day: date) -> tuple[Briefing, ...]:
    """Those that count on that day."""
    return tuple(one for one in read_briefings(handbook)[0] if one.standing(day) is Standing.VALID)


def _read(fields: Fields, page: HandbookPage) -> Briefing:
    fields.refuse_unknown(BRIEFING_KEYS)
    for key in ("owner", "valid_from", "valid_until"):
        if not fields.has(key):
            tell_missing(fields, key, _("{key} is missing").format(key=key))
    first, last = fields.day("valid_from"), fields.day("valid_until")
    if first and last and last < first:
        fields.problem("valid_until", _("{last} is before {first}").format(last=last, first=first))
    return Briefing(
        PurePosixPath(page.path).stem,
        page.title or PurePosixPath(page.path).stem,
        page.owner,
        fields.front,
        first,
        last,
        fields.text("campaign"),
        frozenset(fields.words("labels")),
        frozenset(fields.words("languages")),
        fields.text("language"),
        fields.words("messages"),
        tuple(_questions(fields)),
        tuple(_bans(fields)),
        tuple(_escalations(fields)),
    )


def _questions(fields: Fields) -> Iterator[Question]:
    for item in fields.items("faq", "{question: …, answer: …}"):
        item.refuse_unknown(FAQ_KEYS)
        if _whole(item, ("question", "answer")):
            language = item.text("language") or fields.text("language")
            yield Question(item.prefix, item.text("question"), item.text("answer"), language)


def _bans(fields: Fields) -> Iterator[Ban]:
    for item in fields.items("no_go", "{words: […], why: …, instead: …}"):
        item.refuse_unknown(NO_GO_KEYS)
        if _whole(item, ("words", "why")):
            languages = frozenset(fields.words("languages"))
            words, instead = item.words("words"), item.text("instead")
            wording = Wording(fields.front, words, (), languages=languages, owner=fields.text("owner"), instead=instead)
            yield Ban(item.prefix, item.text("why"), wording)


def _escalations(fields: Fields) -> Iterator[Escalation]:
    for item in fields.items("escalate", "{what: …, to: anna}"):
        item.refuse_unknown(ESCALATE_KEYS)
        if _whole(item, ("what", "to")):
            yield Escalation(item.prefix, item.text("what"), item.text("to"))


def _whole(item: Fields, keys: tuple[str, ...]) -> bool:
    missing = [key for key in keys if not item.has(key)]
    for key in missing:
        item.problem(next(iter(item.values), key), _("{key} is missing").format(key=key))
    return not missing
