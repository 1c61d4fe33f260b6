"""A mail's bytes → a message. Untrusted: whatever they are, a message comes out, and nothing is opened or run."""

from __future__ import annotations

from datetime import datetime
from email import message_from_bytes
from email.message import Message as Mime

from toolkit.messages import _
from toolkit.model import Message, MessageKind
from toolkit.networks.mail.body import BROKEN, attached, body_text
from toolkit.networks.mail.headers import identity, mailboxes, parent, root, words
from toolkit.networks.mail.history import newest
from toolkit.networks.mail.machines import is_automatic, is_bounce
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Raw:
    """A mail as it lies in a mailbox. `data` may be its beginning only: `size` says how long it is."""

    data: bytes
    at: datetime  # when it arrived
    size: int = 0


def read_mail(raw: Raw, channel: str, *, own: bool = False) -> Message:
    """The message. `own`: it lies where the account's sent mails lie."""
    mime = _parsed(raw.data)
    me = identity(mime, raw.data)
    name, author = _author(mime)
    return Message(
        remote_id=me,
        channel=channel,
        kind=MessageKind.DIRECT,
        author=author,
        text=_text(mime),
        at=raw.at,
        answers=parent(mime),
        author_id=author.casefold(),
        name=name,
        thread=root(mime, me),
        subject=words(mime, "Subject"),
        media=_media(mime, raw),
        own=own,
        automatic=not own and is_automatic(mime),
        bounced=not own and is_bounce(mime),
    )


def _parsed(data: bytes) -> Mime:
    try:
        return message_from_bytes(data)
    except BROKEN:
        # Parts within parts without end, or something else that was made to break programs: its headers are read.
        head = data.partition(b"\r\n\r\n")[0]
        kept = b"\n".join(row for row in head.splitlines() if not row.lower().startswith(b"content-"))
        return message_from_bytes(kept + b"\n\n")


def _author(mime: Mime) -> tuple[str, str]:
    """Whom an answer goes to, and the name beside it: forms on websites write for people whom Reply-To names."""
    people = [*mailboxes(mime, "Reply-To")[:1], *mailboxes(mime, "From")[:1], *mailboxes(mime, "Sender")[:1]]
    if not people:
        return "", ""
    names = [name for name, address in people if name and address == people[0][1]]
    return (names or [name for name, _address in people if name] or [""])[0], people[0][1]


def _text(mime: Mime) -> str:
    try:
        return newest(body_text(mime))
    except BROKEN:
        return _("(this mail cannot be read here; look into the mailbox)")


def _media(mime: Mime, raw: Raw) -> tuple[str, ...]:
    names = attached(mime)
    if raw.size <= len(raw.data):
        return names
    rest = _("(the mail has {size} MB; its end is in the mailbox only)").format(size=f"{raw.size / 1e6:.1f}")
    return (*names, rest)
