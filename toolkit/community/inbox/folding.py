"""What a conversation is, from what was said in it: pure, and the same in whatever order it was heard."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from toolkit.community.hours import turns
from toolkit.community.inbox.conversation import Conversation, Entry, Stage
from toolkit.model import Message, MessageKind

# The most urgent first.
URGENCY: Final = (Stage.OPEN, Stage.NEW, Stage.SNOOZED, Stage.WAITING, Stage.DONE)


def fold(conversation: Conversation, entries: Sequence[Entry]) -> Conversation:
    """The conversation with everything that follows from its entries; `entries` are all of them, in any order."""
    said = sorted(entries, key=_order)
    theirs = [entry.message for entry in said if not entry.message.own]
    told = [message for message in theirs if message.author] or theirs or [entry.message for entry in said]
    first, found = told[0], turns(said)
    waits = found[-1].asked_at if found and found[-1].answered_at is None else None
    reached = [message.reach for message in theirs if message.reach is not None]
    ours = not theirs
    return replace(
        conversation,
        kind=_kind([entry.message for entry in said]),
        author="" if ours else first.author,
        author_id="" if ours else first.author_id,
        name="" if ours else _first(message.name for message in told if message.author == first.author),
        opened_at=said[0].message.at,
        changed_at=said[-1].message.at,
        below=_first(entry.message.below for entry in said),
        subject=_first(entry.message.subject for entry in said),
        language=_first(message.language for message in theirs),
        waiting_since=waits,
        answered_at=_answered(said),
        reach=max(reached, default=None),
    )


def stage_by_itself(conversation: Conversation, entries: Collection[Entry]) -> Stage:
    """The stage of a conversation that nobody of us has touched; `conversation` is folded."""
    theirs = [entry for entry in entries if not entry.message.own]
    if _came_back(entries):
        return Stage.OPEN
    if theirs and all(not entry.message.answerable for entry in theirs):
        return Stage.NEW
    if conversation.waiting_since is not None:
        return Stage.OPEN if any(entry.message.own for entry in entries) else Stage.NEW
    taken_back = theirs and all(entry.deleted_at is not None or entry.forgotten for entry in theirs)
    return Stage.DONE if taken_back and not any(entry.message.own for entry in entries) else Stage.WAITING


def stage_after(stage: Stage, fresh: Collection[Message], waiting_since: datetime | None) -> Stage:
    """What becomes of a `stage` that somebody set when `fresh` messages come in."""
    if waiting_since is not None and any(not one.own and one.at >= waiting_since for one in fresh):
        return Stage.OPEN
    # Nobody waits for an answer to these, and somebody should look at them all the same.
    if any(one.bounced or not one.answerable for one in fresh):
        return Stage.OPEN
    if waiting_since is None and stage is not Stage.DONE and any(one.own for one in fresh):
        return Stage.WAITING
    return stage


def newer(old: Message, new: Message) -> Message:
    """Of two tellings of one message the later version; what only one of them knows is kept.

    A message that was once told to be private stays so.
    """
    later, other = (old, new) if _version(old) > _version(new) else (new, old)
    return replace(
        later,
        kind=_kind([old, new]),
        below=later.below or other.below,
        answers=later.answers or other.answers,
        thread=later.thread or other.thread,
        author_id=later.author_id or other.author_id,
        own=old.own or new.own,
        automatic=old.automatic or new.automatic,
        bounced=old.bounced or new.bounced,
        reach=other.reach if later.reach is None else later.reach,
    )


def _came_back(entries: Collection[Entry]) -> bool:
    """Whether the last that is known of our answer is that it did not arrive."""
    said = sorted(entries, key=_order)
    last = next((entry for entry in reversed(said) if entry.message.own or entry.message.bounced), None)
    return last is not None and last.message.bounced


def _version(message: Message) -> datetime:
    return message.edited_at or message.at


def _order(entry: Entry) -> tuple[datetime, bool, str]:
    return entry.message.at, entry.message.own, entry.message.remote_id


def _kind(messages: Sequence[Message]) -> MessageKind:
    """The most private there is; of public ones the one that says most about where it stands."""
    kinds = {message.kind for message in messages}
    order = (MessageKind.DIRECT, MessageKind.REVIEW, MessageKind.COMMENT, MessageKind.MENTION)
    return next(kind for kind in order if kind in kinds)


def _answered(said: Sequence[Entry]) -> datetime | None:
    """Our first answer to something of theirs."""
    asked = next((entry.message.at for entry in said if not entry.message.own), None)
    own = (entry.message.at for entry in said if entry.message.own)
    return None if asked is None else next((at for at in own if at >= asked), None)


def _first(texts: Iterable[str]) -> str:
    return next(filter(None, texts), "")
