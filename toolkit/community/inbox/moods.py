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
    """Note the mood of each of their messages, and how probably what waits for us is negative; returns how many.

    What a person said of one stays, and counts as certain.
    """
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
    inbox.feel([(entry, one.label.value) for entry, one in told], conversation.account_id, guessed=True)
    known = inbox.felt(conversation)
    worries = {entry.message.remote_id: one.negative or 0.0 for entry, one in told}
    worries |= {remote_id: float(mood == Sentiment.NEGATIVE) for remote_id, mood in known.items()}
    since = conversation.waiting_since
    waiting = [one.message.remote_id for one in theirs if since is not None and one.message.at >= since]
    negative = max((worries[one] for one in waiting if one in worries), default=None)
    inbox.rate(
        conversation, negative=negative, language=conversation.language or _first(one.language for one in judged)
    )


def _is_readable(entry: Entry) -> bool:
    return bool(entry.message.text.strip()) and not entry.message.own and not entry.forgotten


def _first(texts: Iterable[str | None]) -> str:
    return next(filter(None, texts), "")
