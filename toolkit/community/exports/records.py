"""One message as named texts → a `Message`. What cannot be read is a complaint about one of the names."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import datetime
from types import MappingProxyType
from typing import Final

from toolkit.importers.values import UnreadableError, read_moment
from toolkit.messages import _
from toolkit.model import Message, MessageKind
from toolkit.networks.mail.headers import clean
from toolkit.settings import Account
from toolkit.values import dataclass

RULE: Final = "inbox-import"
LONGEST: Final = 50_000  # characters of a text
NEEDED: Final = ("text", "at", "author")
# Our name → the headers that exports give it, in lower case; ours comes first.
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "text": ("text", "message", "nachricht", "comment", "kommentar", "body", "content", "inhalt", "review", "rezension"),
    "at": ("at", "date", "datum", "time", "zeit", "zeitpunkt", "created", "created_at", "created at", "created time",
           "erstellt", "erstellt am", "timestamp", "sent", "gesendet", "received", "empfangen"),
    "author": ("author", "autor", "from", "von", "user", "username", "user name", "benutzername", "absender", "sender",
               "handle", "profile", "profil"),
    "id": ("id", "remote_id", "message id", "message_id", "nachrichten-id", "comment id", "comment_id", "kommentar-id"),
    "kind": ("kind", "type", "typ", "art"),
    "url": ("url", "link", "permalink", "adresse"),
    "answers": ("answers", "in reply to", "in_reply_to", "parent id", "parent_id", "antwort auf"),
    "below": ("below", "post id", "post_id", "beitrags-id"),
    "thread": ("thread", "thread id", "thread_id", "conversation id", "conversation_id", "unterhaltung"),
    "subject": ("subject", "betreff", "title", "titel"),
    "name": ("name", "full name", "display name", "anzeigename"),
    "author_id": ("author_id", "author id", "user id", "user_id", "benutzer-id"),
    "language": ("language", "sprache", "lang"),
    "reach": ("reach", "followers", "follower", "reichweite"),
    "own": ("own", "ours", "eigene", "outgoing", "ausgehend"),
    "channel": ("channel", "account", "kanal", "konto"),
}  # fmt: skip
KINDS: Final[Mapping[str, MessageKind]] = {
    **{kind.value: kind for kind in MessageKind},
    "kommentar": MessageKind.COMMENT,
    "reply": MessageKind.COMMENT,
    "antwort": MessageKind.COMMENT,
    "erwähnung": MessageKind.MENTION,
    "direct message": MessageKind.DIRECT,
    "direktnachricht": MessageKind.DIRECT,
    "private nachricht": MessageKind.DIRECT,
    "dm": MessageKind.DIRECT,
    "mail": MessageKind.DIRECT,
    "e-mail": MessageKind.DIRECT,
    "bewertung": MessageKind.REVIEW,
    "rezension": MessageKind.REVIEW,
}
_YES: Final = {
    **dict.fromkeys(("yes", "ja", "true", "1"), True),
    **dict.fromkeys(("", "no", "nein", "false", "0"), False),
}

Complain = Callable[[str, str], None]  # name of the field, sentence


@dataclass(frozen=True, slots=True)
class Source:
    """Where messages come from: `accounts` by name, `account` for what names none, the zone of bare times, the moment.

    `columns` are our name → the file's, for files whose headers nobody knows.
    """

    accounts: Mapping[str, Account]
    zone: str
    now: datetime  # aware
    account: str = ""
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def name_of(self, header: str) -> str:
        """Our name of a header; "" for one that nobody knows."""
        plain = " ".join(header.split()).strip(" :*").casefold()
        chosen = {written.casefold(): name for name, written in self.columns.items()}
        if plain in chosen:
            return chosen[plain]
        return next((one for one, known in FIELDS.items() if plain in known and one not in self.columns), "")


def read_record(record: Mapping[str, str], source: Source, complain: Complain) -> Message | None:
    """The message; None after at least one complaint."""
    record = {name: clean(text) for name, text in record.items()}
    reader = _Reader(record, source, complain)
    channel, at, kind = reader.channel(), reader.moment(), reader.kind()
    text, author, own, reach = reader.needed("text"), reader.needed("author"), reader.own(), reader.reach()
    if reader.failed or at is None:
        return None

    def told(name: str) -> str:
        return record.get(name, "")

    return Message(
        remote_id=told("id") or made_id(channel, author, at.isoformat(), text),
        channel=channel,
        kind=kind,
        author=author,
        text=text[:LONGEST],
        at=at,
        url=told("url"),
        answers=told("answers"),
        below=told("below"),
        language=told("language"),
        author_id=told("author_id"),
        name=told("name"),
        thread=told("thread"),
        subject=told("subject"),
        reach=reach,
        own=own,
    )


def made_id(*parts: str) -> str:
    """The id of a message whose export has none: the same for the same words of the same person at the same moment."""
    return "import:" + hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


@dataclass(slots=True)
class _Reader:
    """Reads one record's texts and notes whether one of them failed."""

    record: Mapping[str, str]
    source: Source
    complain: Complain
    failed: bool = False

    def fail(self, name: str, message: str) -> None:
        self.failed = True
        self.complain(name, message)

    def needed(self, name: str) -> str:
        found = self.record.get(name, "").strip()
        if not found:
            self.fail(name, _("{name} is missing").format(name=name))
        return found

    def channel(self) -> str:
        name = self.record.get("channel", "") or self.source.account
        if name not in self.source.accounts:
            known = ", ".join(self.source.accounts)
            message = _("whose message it is is not said: {name!r} is no account; name one with --account ({known})")
            self.fail("channel", message.format(name=name, known=known))
        return name

    def moment(self) -> datetime | None:
        written = self.needed("at")
        if not written:
            return None
        try:
            at = read_moment(written, self.source.zone, day_is_enough=False)
        except UnreadableError as error:
            self.fail("at", str(error))
            return None
        if at > self.source.now:
            self.fail("at", _("{moment} lies in the future").format(moment=written))
        return at

    def kind(self) -> MessageKind:
        written = self.record.get("kind", "").strip().casefold()
        if not written:
            return MessageKind.COMMENT if self.record.get("below") else MessageKind.MENTION
        if written not in KINDS:
            message = _("{kind!r} is none of {kinds}")
            self.fail("kind", message.format(kind=written, kinds=", ".join(MessageKind)))
        return KINDS.get(written, MessageKind.MENTION)

    def own(self) -> bool:
        written = self.record.get("own", "").strip().casefold()
        if written not in _YES:
            self.fail("own", _("write yes or no, not {written!r}").format(written=written))
        return _YES.get(written, False)

    def reach(self) -> int | None:
        written = self.record.get("reach", "").strip()
        if written and not (written.isascii() and written.isdigit() and len(written) < 16):
            self.fail("reach", _("{written!r} is no number of people").format(written=written))
            return None
        return int(written) if written else None
