"""What is said of conversations, the same at the command line and at the desk: stages, ages, acts, and whose words can be shown."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from toolkit.community.inbox.conversation import Act, Conversation, Stage
from toolkit.messages import _
from toolkit.model import MessageKind

DIRECTIONS: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Control characters but line end and tab, halves of pairs, what changes the direction.
_COMMANDS: Final = re.compile(rf"[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{''.join(sorted(DIRECTIONS))}]")


def stage_word(stage: Stage) -> str:
    """The stage as people read it."""
    words = {
        Stage.NEW: _("new"),
        Stage.OPEN: _("open"),
        Stage.WAITING: _("waiting"),
        Stage.SNOOZED: _("snoozed"),
        Stage.DONE: _("done"),
    }
    return words[stage]


def kind_word(kind: MessageKind) -> str:
    """How it reached us, as people read it."""
    words = {
        MessageKind.COMMENT: _("comment"),
        MessageKind.MENTION: _("mention"),
        MessageKind.DIRECT: _("direct message"),
        MessageKind.REVIEW: _("review"),
    }
    return words[kind]


def author_word(conversation: Conversation) -> str:
    """Who wrote, or that it is forgotten."""
    return readable(conversation.author) or _("(forgotten)")


def readable(text: str) -> str:
    """`text` without what would command a terminal or turn its letters around: strangers wrote it."""
    return _COMMANDS.sub("", text)


def since_word(conversation: Conversation, now: datetime) -> str:
    """How long they wait, in the largest unit that is not zero; "" when it is their turn."""
    if conversation.waiting_since is None:
        return ""
    return age_word(now - conversation.waiting_since)


def age_word(age: timedelta) -> str:
    """A span of time as a number and one unit."""
    minutes = max(0, int(age.total_seconds() // 60))
    if minutes < 60:
        return _("{count} min").format(count=minutes)
    if minutes < 48 * 60:
        return _("{count} h").format(count=minutes // 60)
    return _("{count} d").format(count=minutes // (24 * 60))


def act_word(act: Act) -> str:
    """What somebody did, as people read it."""
    words = {
        "new": _("marked as new"),
        "open": _("opened"),
        "done": _("done"),
        "waiting": _("waiting"),
        "snoozed": _("snoozed until {detail}"),
        "woken": _("the snooze is over"),
        "assigned": _("assigned to {detail}"),
        "unassigned": _("assigned to nobody"),
        "labelled": _("labels {detail}"),
        "noted": _("noted something"),
        "marked": _("author marked {detail}") if act.detail else _("author no longer marked"),
        "reply drafted": _("began a reply"),
        "reply rewritten": _("changed the reply"),
        "reply handed in": _("asked for approval of the reply"),
        "reply approved": _("approved the reply"),
        "reply returned": _("gave the reply back with a note"),
        "reply sent back": _("the reply is to be looked at again"),
        "reply queued": _("the reply goes out with the next publish"),
        "reply sent": _("the reply is out"),
        "reply expired": _("the reply expired unsent"),
        "reply dropped": _("dropped the reply"),
    }
    return words[act.what].format(detail=act.detail) if act.what in words else act.what
