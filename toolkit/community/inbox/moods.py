"""How the messages sound that came in: a guess that orders the inbox and counts in its numbers, and decides nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Protocol

from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.conversation import Conversation, Entry
from toolkit.sentiment import Judgement, Sentiment


class Judge(Protocol):
    """Says how messages sound, as `toolkit.sentiment.Classifier` does."""

    def judge_many(self, texts: Sequence[str], languages: Sequence[str | None] | None = None) -> list[Judgement]: ...


def judge_moods(inbox: Inbox, conversations: Collection[str], judge: Judge, now: datetime) -> int:
    """Note the mood of each of their messages, and how probably what waits for us is negative; returns how many."""
    count = 0
    for one in sorted(conversations):
        conversation = inbox.conversation(one, now=now)
        theirs = [entry for entry in inbox.entries(conversation) if _is_readable(entry)]
        if theirs:
            count += len(theirs)
            _note(inbox, conversation, theirs, judge)
    return count


def _note(inbox: Inbox, conversation: Conversation, theirs: Sequence[Entry], judge: Judge) -> None:
    texts, languages = [one.message.text for one in theirs], [one.message.language or None for one in theirs]
    judged = judge.judge_many(texts, languages)
    told = [pair for pair in zip(theirs, judged, strict=True) if pair[1].label is not Sentiment.UNKNOWN]
    inbox.feel([(entry, one.label.value) for entry, one in told], conversation.account_id)
    since = conversation.waiting_since
    waiting = [one for entry, one in told if since is not None and entry.message.at >= since]
    language = conversation.language or _first(one.language for one in judged)
    inbox.rate(conversation, negative=max((one.negative or 0.0 for one in waiting), default=None), language=language)


def _is_readable(entry: Entry) -> bool:
    return bool(entry.message.text.strip()) and not entry.message.own and not entry.forgotten


def _first(texts: Iterable[str | None]) -> str:
    return next(filter(None, texts), "")
