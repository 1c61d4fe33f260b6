"""What there is to tell: one alert is one thing in one state, and has the same key as long as that lasts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from shlex import quote
from typing import Final

from toolkit.messages import _
from toolkit.values import dataclass

# Stands in a remedy for whoever reads it.
YOU: Final = "NAME"


class Kind(StrEnum):
    """What happened, as programs name it."""

    FAILED = "failed"
    HELD = "held"
    MISSED = "missed"
    UNKNOWN = "unknown"
    WAITING = "waiting"
    BY_HAND = "by hand"
    APPROVAL = "approval"
    SENT_BACK = "sent back"
    ACCOUNT = "account"
    PAUSED = "paused"
    RESUMED = "resumed"
    SILENT = "silent"
    REPORT = "report"
    CALL = "call"
    TAKEN = "taken"
    CRISIS = "crisis"
    PROPOSED = "proposed"
    REPLY = "reply"
    REPLY_BACK = "reply back"
    REPLY_STUCK = "reply stuck"


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing that people should know. `to` are the keys of people, absences and deputies considered."""

    key: str
    kind: Kind
    subject: str  # the post's title, the account, or the scope of a pause
    since: datetime  # aware
    to: tuple[str, ...] = ()
    where: str = ""  # channels and time
    why: str = ""
    remedy: str = ""  # the command that helps
    link: str = ""  # the post's page on the site
    overdue: bool = False  # nobody has settled it in time, so managers are told
    follows: str = ""  # how the key of another alert begins: only who was told that one is told this

    def said_to(self, person: str) -> Alert:
        """The same with a remedy that this person can paste."""
        return replace(self, remedy=self.remedy.replace(f"--by {YOU}", f"--by {quote(person)}"))

    @property
    def headline(self) -> str:
        """One line: what happened to what, and where."""
        words = [f"{self.subject} → {self.where}" if self.where else self.subject]
        if self.overdue:
            words.insert(0, _("still open"))
        return ": ".join((kind_word(self.kind), *words))


def kind_word(kind: Kind) -> str:
    """What happened, as people read it."""
    words: Mapping[Kind, str] = {
        Kind.FAILED: _("refused by the network"),
        Kind.HELD: _("held until somebody decides"),
        Kind.MISSED: _("missed its time"),
        Kind.UNKNOWN: _("nobody knows whether it is out"),
        Kind.WAITING: _("due, but it cannot go out"),
        Kind.BY_HAND: _("to be published by hand"),
        Kind.APPROVAL: _("approval is missing"),
        Kind.SENT_BACK: _("a post needs its author"),
        Kind.ACCOUNT: _("account needs somebody"),
        Kind.PAUSED: _("publishing is paused"),
        Kind.RESUMED: _("a pause has ended"),
        Kind.SILENT: _("nothing is published"),
        Kind.REPORT: _("a report needs somebody"),
        Kind.CALL: _("somebody wrote what cannot wait"),
        Kind.TAKEN: _("taken"),
        Kind.CRISIS: _("a crisis needs a word in public"),
        Kind.PROPOSED: _("this could become a crisis"),
        Kind.REPLY: _("a reply waits for a yes"),
        Kind.REPLY_BACK: _("a reply needs its author"),
        Kind.REPLY_STUCK: _("a reply does not go out"),
    }
    return words[kind]
