"""What `inbox` says, as objects for programs, with stable keys."""

from __future__ import annotations

from datetime import datetime

from toolkit.community.inbox.conversation import Act, Conversation, Entry, Remark
from toolkit.community.inbox.cursors import Cursor
from toolkit.community.inbox.fetching import Heard


def heard_json(one: Heard) -> dict[str, object]:
    """One account of a round, with stable keys."""
    return {
        "account": one.account,
        "new": one.gathered.new,
        "changed": one.gathered.changed,
        "deleted": one.deleted,
        "counted": one.counted,
        "conversations": sorted(one.gathered.conversations),
        "failure": one.failure,
        "again_at": one.again_at.isoformat() if one.again_at else None,
        "waiting": one.waiting,
        "unheard": one.unheard,
    }


def conversation_json(one: Conversation) -> dict[str, object]:
    """A conversation, with stable keys."""
    return {
        "id": one.id,
        "account": one.channel,
        "kind": one.kind.value,
        "private": one.private,
        "stage": one.stage.value,
        "author": one.author,
        "author_id": one.author_id,
        "name": one.name,
        "opened_at": one.opened_at.isoformat(),
        "changed_at": one.changed_at.isoformat(),
        "waiting_since": _iso(one.waiting_since),
        "answered_at": _iso(one.answered_at),
        "snoozed_until": _iso(one.snoozed_until),
        "assignee": one.assignee,
        "labels": list(one.labels),
        "below": one.below,
        "uid": one.uid,
        "subject": one.subject,
        "language": one.language,
        "reach": one.reach,
        "score": one.score,
        "negative": one.negative,
        "version": one.version,
    }


def entry_json(entry: Entry) -> dict[str, object]:
    """A message, with stable keys."""
    one = entry.message
    return {
        "remote_id": one.remote_id,
        "kind": one.kind.value,
        "own": one.own,
        "author": one.author,
        "name": one.name,
        "at": one.at.isoformat(),
        "edited_at": _iso(one.edited_at),
        "text": one.text,
        "url": one.url,
        "media": list(one.media),
        "answers": one.answers,
        "deleted_at": _iso(entry.deleted_at),
        "forgotten": entry.forgotten,
    }


def remark_json(one: Remark) -> dict[str, object]:
    """A note, with stable keys."""
    return {"id": one.id, "by": one.by, "at": one.at.isoformat(), "text": one.text}


def act_json(one: Act) -> dict[str, object]:
    """An act, with stable keys."""
    return {"by": one.by, "at": one.at.isoformat(), "what": one.what, "detail": one.detail}


def cursor_json(one: Cursor) -> dict[str, object]:
    """How far an account was heard, with stable keys."""
    return {
        "account": one.channel,
        "heard_at": _iso(one.heard_at),
        "failures": one.failures,
        "again_at": _iso(one.again_at),
        "reason": one.reason,
        "unheard": one.unheard,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
