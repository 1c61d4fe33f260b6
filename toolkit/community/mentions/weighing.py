"""What is made of a message that was only watched: whether a rule wants it in the inbox, else how it counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from toolkit.community.inbox.hits import Hit
from toolkit.community.triage.book import Book
from toolkit.community.triage.case import Case
from toolkit.community.triage.dangers import Dangers
from toolkit.community.triage.ruling import judge, look
from toolkit.language.sameness import canonical
from toolkit.model import Message
from toolkit.sentiment import Judgement, Sentiment
from toolkit.values import dataclass
from toolkit.workspace import Risk


class Ear(Protocol):
    """Says how messages sound, as `toolkit.sentiment.Classifier` does."""

    def judge_many(self, texts: Sequence[str], languages: Sequence[str | None] | None = None) -> list[Judgement]: ...


@dataclass(frozen=True, slots=True)
class Scales:
    """The handbook's rules and dangers, and a classifier where there is one."""

    book: Book
    dangers: Dangers
    ear: Ear | None = None

    def wanted(self, message: Message) -> bool:
        """Whether a triage rule keeps it: then it is a mention like any other."""
        case = Case(
            message.channel,
            message.kind,
            message.text,
            message.text,
            message.at,
            message.at,
            message.language,
            reach=message.reach,
        )
        return any(rule.then.keep for rule in judge(look(case, self.book)[0], self.book).rules)

    def weigh(self, messages: Sequence[Message]) -> list[Hit]:
        """How each of them counts."""
        sounds = self._sounds(messages)
        return [
            Hit(one, canonical(one.url), negative, frozenset(risk.name for risk in self._told(one)))
            for one, negative in zip(messages, sounds, strict=True)
        ]

    def _told(self, message: Message) -> Sequence[Risk]:
        return self.dangers.told(message.text, message.channel, message.language)

    def _sounds(self, messages: Sequence[Message]) -> list[bool]:
        if self.ear is None or not messages:
            return [False] * len(messages)
        judged = self.ear.judge_many([one.text for one in messages], [one.language or None for one in messages])
        return [one.label is Sentiment.NEGATIVE for one in judged]
