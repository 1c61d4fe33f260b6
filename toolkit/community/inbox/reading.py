"""Database rows → the inbox's nouns, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from toolkit.community.inbox.conversation import Act, Conversation, Entry, Remark, Stage
from toolkit.database import Record, Value, surely, to_moment, to_text
from toolkit.database.store import storable
from toolkit.model import Message, MessageKind, Showing

MILLION = 1_000_000
NOBODY = -1  # a number that nobody told
MOST = 10**12  # nobody has more followers; a server may say anything
_TEXTS = (
    "remote_id",
    "author",
    "author_id",
    "name",
    "text",
    "url",
    "answers",
    "below",
    "language",
    "thread",
    "subject",
)


def read_conversation(raw: Record, labels: Iterable[str] = ()) -> Conversation:
    """A row of the table `conversations`, with its labels."""
    return Conversation(
        id=raw["id"],
        account_id=raw["account_id"],
        channel=raw["channel"],
        kind=MessageKind(raw["kind"]),
        author=raw["author"],
        author_id=raw["author_id"],
        opened_at=surely(raw["opened_at"]),
        changed_at=surely(raw["changed_at"]),
        stage=Stage(raw["stage"]),
        name=raw["name"],
        below=raw["below"],
        uid=raw["uid"],
        subject=raw["subject"],
        language=raw["language"],
        waiting_since=to_moment(raw["waiting_since"]),
        answered_at=to_moment(raw["answered_at"]),
        snoozed_until=to_moment(raw["snoozed_until"]),
        assignee=raw["assignee"],
        labels=tuple(labels),
        reach=None if raw["reach"] == NOBODY else raw["reach"],
        score=raw["score"] / MILLION,
        negative=None if raw["negative"] == NOBODY else raw["negative"] / MILLION,
        version=raw["version"],
    )


def conversation_values(conversation: Conversation, author_key: str, *, by_hand: bool) -> dict[str, Value]:
    """What `OPEN_ONE` and `REFOLD` write; score, label and version have ways of their own."""
    return {
        "id": conversation.id,
        "account_id": conversation.account_id,
        "channel": conversation.channel,
        "kind": conversation.kind.value,
        "author": conversation.author,
        "author_id": conversation.author_id,
        "name": conversation.name,
        "author_key": author_key,
        "opened_at": to_text(conversation.opened_at),
        "changed_at": to_text(conversation.changed_at),
        "stage": conversation.stage.value,
        "by_hand": int(by_hand),
        "below": conversation.below,
        "uid": conversation.uid,
        "subject": conversation.subject,
        "language": conversation.language,
        "waiting_since": to_text(conversation.waiting_since),
        "answered_at": to_text(conversation.answered_at),
        "snoozed_until": to_text(conversation.snoozed_until),
        "assignee": conversation.assignee,
        "reach": NOBODY if conversation.reach is None else conversation.reach,
    }


def read_entry(raw: Record, channel: str = "") -> Entry:
    """A row of the table `entries`; `channel` is the account's name."""
    return Entry(
        message=read_message(raw, channel),
        conversation=raw["conversation"],
        heard_at=surely(raw["heard_at"]),
        deleted_at=to_moment(raw["deleted_at"]),
        forgotten=bool(raw["forgotten_at"]),
    )


def read_message(raw: Record, channel: str) -> Message:
    """The message in such a row."""
    return Message(
        remote_id=raw["remote_id"],
        channel=channel,
        kind=MessageKind(raw["kind"]),
        author=raw["author"],
        text=raw["text"],
        at=surely(raw["at"]),
        url=raw["url"],
        answers=raw["answers"],
        below=raw["below"],
        language=raw["language"],
        author_id=raw["author_id"],
        name=raw["name"],
        thread=raw["thread"],
        subject=raw["subject"],
        reach=None if raw["reach"] == NOBODY else raw["reach"],
        edited_at=to_moment(raw["edited_at"]),
        media=tuple(json.loads(raw["media"])),
        own=bool(raw["own"]),
        automatic=bool(raw["automatic"]),
        showing=Showing(raw["showing"]),
        answerable=bool(raw["answerable"]),
        bounced=bool(raw["bounced"]),
    )


def message_values(message: Message) -> dict[str, Value]:
    """A message as `STORE` writes it; whose and where it is comes on top."""
    return {
        "remote_id": message.remote_id,
        "kind": message.kind.value,
        "author": message.author,
        "author_id": message.author_id,
        "name": message.name,
        "text": message.text,
        "at": to_text(message.at),
        "url": message.url,
        "answers": message.answers,
        "below": message.below,
        "language": message.language,
        "thread": message.thread,
        "subject": message.subject,
        "reach": NOBODY if message.reach is None else message.reach,
        "edited_at": to_text(message.edited_at),
        "media": json.dumps(list(message.media), ensure_ascii=False),
        "own": int(message.own),
        "automatic": int(message.automatic),
        "showing": message.showing.value,
        "answerable": int(message.answerable),
        "bounced": int(message.bounced),
    }


def as_stored(message: Message) -> Message:
    """The message as it will be read back: without what no database holds, and with numbers that are believable."""
    texts = {name: getattr(message, name) for name in _TEXTS}
    kept = storable(texts)
    media = tuple(str(storable({"one": one})["one"]) for one in message.media)
    reach = None if message.reach is None else max(0, min(message.reach, MOST))
    if kept == texts and media == message.media and reach == message.reach:
        return message
    return replace(message, **kept, media=media, reach=reach)  # type: ignore[arg-type]  # all of them are texts


def read_remark(raw: Record) -> Remark:
    """A row of the table `remarks`."""
    return Remark(raw["id"], raw["conversation"], raw["by_whom"], surely(raw["at"]), raw["text"])


def read_act(raw: Record) -> Act:
    """A row of the table `acts`."""
    return Act(raw["conversation"], raw["by_whom"], surely(raw["at"]), raw["what"], raw["detail"])


def act_values(act: Act) -> dict[str, Value]:
    """An act as `ACT` writes it."""
    return {
        "conversation": act.conversation,
        "by_whom": act.by,
        "at": to_text(act.at),
        "what": act.what,
        "detail": act.detail,
    }
