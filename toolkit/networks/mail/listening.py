"""What is new in a mailbox, the oldest first: what lies in INBOX, and what the account answered from anywhere.

A mail is new when it arrived since the last time, or when its UID is above those that were heard: whoever moves an old
mail into INBOX, out of the spam for instance, is heard as well. How far the UIDs were heard is noted per folder. A note
counts only once a later round has begun after it, because only then everything of its round is stored for certain;
until then some mails come again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Final

from toolkit.model import Clock, Message
from toolkit.networks.base import Notes
from toolkit.networks.jsonvalues import moment, number, text
from toolkit.networks.mail.imap import Box, Entry, Folder, day
from toolkit.networks.mail.reading import read_mail
from toolkit.values import dataclass

FIRST: Final = timedelta(days=30)  # so far back the first time; what is older was somebody's before
MARGIN: Final = timedelta(hours=1)  # how far clocks may differ
INBOX: Final = "INBOX"


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a folder was heard: UIDs below `sure`; those below `likely` as well once a round began after `at`."""

    validity: int = 0
    sure: int = 0
    likely: int = 0
    at: str = ""  # ISO 8601

    def confirmed(self, since: datetime | None) -> Mark:
        """With `likely` sure, where everything up to then is stored."""
        at = moment(self.at)
        if since is None or at is None or since <= at:
            return self
        return Mark(self.validity, self.likely)

    def after(self, folder: Folder, now: datetime) -> Mark:
        """As it is at the end of a round that saw `folder`; a mark that waits for its proof stays."""
        if self.at or not folder.next_uid:
            return self
        return Mark(self.validity, self.sure, folder.next_uid, now.isoformat())


@dataclass(frozen=True, slots=True)
class Ear:
    """One account's mailbox."""

    box: Box
    channel: str
    notes: Notes
    clock: Clock
    is_ours: Ours

    def hear(self, since: datetime | None) -> Iterator[Message]:
        """Every mail since then, the oldest first; raises `BoxError`."""
        rounds = [self._round(name, since) for name in filter(None, (INBOX, self.is_ours.sent))]
        found = [(entry.at, entry.uid, one, entry) for one in rounds for entry in one.entries]
        for _at, _uid, one, entry in sorted(found, key=lambda pair: (pair[0], pair[2].folder.name, pair[1])):
            message = self._message(one, entry)
            if message is not None:
                yield message
        for one in rounds:
            mark = one.mark.after(one.folder, self.clock.now())
            self.notes.write(_note(one.folder.name), json.dumps(asdict(mark)))

    def _message(self, one: Round, entry: Entry) -> Message | None:
        self.box.open(one.folder.name)
        raw = self.box.fetch(entry)
        if raw is None:
            return None
        own = one.folder.name != INBOX
        message = read_mail(raw, self.channel, own=own)
        # What the account sent to whom nobody asked is no answer, and a copy of ours is no message of theirs.
        skipped = not message.answers if own else self.is_ours.wrote(message.remote_id)
        return None if skipped else message

    def _round(self, name: str, since: datetime | None) -> Round:
        folder = self.box.open(name)
        mark = _read_mark(self.notes.read(_note(name)))
        mark = mark.confirmed(since) if mark.validity == folder.validity else Mark(folder.validity)
        begin = (since or self.clock.now() - FIRST) - MARGIN
        # SEARCH knows days only, in the zone of the server.
        wanted = set(self.box.uids("SINCE", day((begin - timedelta(days=1)).astimezone(UTC))))
        above = {uid for uid in self.box.uids("UID", f"{mark.sure}:*") if uid >= mark.sure} if mark.sure else set[int]()
        entries = [entry for entry in self.box.entries(wanted | above) if entry.at >= begin or entry.uid in above]
        return Round(folder, mark, tuple(entries))


@dataclass(frozen=True, slots=True)
class Round:
    """What is to be heard in one folder."""

    folder: Folder
    mark: Mark
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Ours:
    """How our own mails are told: where copies of sent ones lie ("" where nobody knows), and the form of our ids."""

    domain: str
    sent: str = ""

    def wrote(self, remote_id: str) -> bool:
        """Whether it is an id that an answer of ours has: nobody else can make their mail pass for it."""
        local, _at, domain = remote_id.strip("<>").partition("@")
        return domain == self.domain and len(local) == 32 and set(local) <= set("0123456789abcdef")


def _note(folder: str) -> str:
    return f"mail heard {folder}"


def _read_mark(noted: str) -> Mark:
    try:
        raw = json.loads(noted or "{}")
    except ValueError:
        return Mark()
    validity, sure, likely = (int(number(raw, name) or 0) for name in ("validity", "sure", "likely"))
    return Mark(validity, sure, likely, text(raw, "at"))
