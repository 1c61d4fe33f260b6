"""One conversation as a row of the list."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.community.inbox.conversation import Conversation, Stage
from toolkit.community.inbox.saying import author_word, kind_word, readable, stage_word
from toolkit.community.triage.verdict import Triage
from toolkit.desk.inbox.asking import conversation_path
from toolkit.desk.inbox.service import Wait, say_wait
from toolkit.desk.inbox.team import name_of
from toolkit.desk.inbox.times import Said, say
from toolkit.messages import _, decimal
from toolkit.settings import Settings
from toolkit.values import dataclass

LONGEST: Final = 220  # letters of the last words
DOUBTFUL: Final = 0.5  # probability from which a mood is hinted at


@dataclass(frozen=True, slots=True)
class Why:
    """How urgent, and each reason, the weightiest first."""

    score: str
    reasons: tuple[str, ...]
    tone: str


@dataclass(frozen=True, slots=True)
class Row:
    """What stands in the list; everything of it that strangers wrote is plain text."""

    id: str
    pick: str  # id and the version that was seen
    href: str
    title: str
    handle: str
    channel: str
    network: str
    kind: str
    private: bool
    subject: str
    text: str
    when: Said
    stage: str
    new: bool
    wait: Wait | None
    why: Why
    assignee: str
    labels: tuple[str, ...]
    mood: str
    snoozed: Said | None


@dataclass(frozen=True, slots=True)
class Light:
    """By what rows are seen: the house's names, the moment, the clock on the wall."""

    settings: Settings
    now: datetime
    zone: ZoneInfo
    query: str = ""  # the filters of the list, which its links carry on


def make_row(one: Conversation, found: Triage, last: str, light: Light) -> Row:
    """The row of a conversation with its verdict and its last words."""
    account = light.settings.accounts.get(one.channel)
    handle = author_word(one)
    return Row(
        id=one.id,
        pick=f"{one.id}:{one.version}",
        href=conversation_path(one.id) + light.query,
        title=line(one.name) or handle,
        handle=handle,
        channel=account.title or account.name if account else one.channel,
        network=account.network if account else "",
        kind=kind_word(one.kind),
        private=one.private,
        subject=line(one.subject),
        text=line(last)[:LONGEST],
        when=say(one.changed_at, light.now, light.zone),
        stage=stage_word(one.stage),
        new=one.stage is Stage.NEW,
        wait=say_wait(found, light.now, light.zone) if one.stage.ours else None,
        why=say_why(found),
        assignee=name_of(light.settings, one.assignee) if one.assignee else "",
        labels=one.labels,
        mood=say_mood(one.negative),
        snoozed=say(one.snoozed_until, light.now, light.zone) if one.snoozed_until else None,
    )


def say_why(found: Triage) -> Why:
    """The score with its reasons; what is dangerous is said so."""
    tone = "bad" if found.risk else "quiet"
    return Why(decimal(found.score, ".1f"), found.reasons or (_("nothing makes it urgent"),), tone)


def say_mood(negative: float | None) -> str:
    """A hint, never more: "" where it sounds neutral, or nobody could tell."""
    if negative is None or negative <= DOUBTFUL:
        return ""
    # Only people are certain.
    return _("sounds negative") if negative >= 1 else _("sounds negative (guessed)")


def line(text: str) -> str:
    """What a stranger wrote, on one line, without what would turn its letters around."""
    return " ".join(readable(text).split())
