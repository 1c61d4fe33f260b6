"""The mail itself: MIME with plain text, HTML and the pictures inside it, and the headers that lists need.

RFC 5322 (headers, Message-ID), RFC 2045 to 2047 and 2387 (MIME), RFC 2369 and 8058 (List-Unsubscribe).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import SMTP, default
from email.utils import format_datetime
from typing import Final

from toolkit.messages import _
from toolkit.networks.base import Intent
from toolkit.networks.mediafile import MediaFile
from toolkit.networks.newsletter.mailbox import Mailbox, MailboxError, header_text, read_mailbox, read_unsubscribe

# Bodies as quoted-printable or base64: a server on the way need not know 8BITMIME.
_ASCII: Final = SMTP.clone(cte_type="7bit")
_UTF8: Final = _ASCII.clone(utf8=True)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture inside the mail: the id that its HTML names, and its file."""

    content_id: str
    file: MediaFile


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail ready for its envelope."""

    sender: Mailbox
    recipient: Mailbox
    message_id: str
    data: bytes  # with CRLF, not dot-stuffed

    @property
    def needs_utf8(self) -> bool:
        return self.sender.needs_utf8 or self.recipient.needs_utf8


def write_letter(intent: Intent, pictures: Iterable[Picture], now: datetime) -> Letter:
    """The mail of `intent`; raises `MailboxError` for what is no address."""
    fields = intent.content.fields
    if not fields.get("from"):
        complaint = _('{account} needs the option from, such as from = "Nordlicht Kaffee <post@example.com>"')
        raise MailboxError(complaint.format(account=intent.account.name))
    sender = read_mailbox(fields["from"], "from")
    recipient = read_mailbox(intent.account.id, "id")
    identity = message_id(intent.key, sender.domain)
    message = EmailMessage(policy=_UTF8 if sender.needs_utf8 or recipient.needs_utf8 else _ASCII)
    message["From"] = sender.header()
    if fields.get("reply_to"):
        message["Reply-To"] = read_mailbox(fields["reply_to"], "reply_to").header()
    message["To"] = recipient.header()
    message["Subject"] = header_text(intent.rendition.title)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = identity
    _add_list_headers(message, fields.get("unsubscribe", ""))
    _add_bodies(message, intent, pictures)
    if intent.rendition.language:
        message["Content-Language"] = header_text(intent.rendition.language)
    return Letter(sender, recipient, identity, seal(message))


def message_id(key: str, domain: str) -> str:
    """The Message-ID of the mail with this key: always the same, so that a second copy can be told."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


def _add_list_headers(message: EmailMessage, unsubscribe: str) -> None:
    if not unsubscribe:
        return
    target = read_unsubscribe(unsubscribe)
    message["List-Unsubscribe"] = f"<{target}>"
    if target.lower().startswith("https:"):
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _add_bodies(message: EmailMessage, intent: Intent, pictures: Iterable[Picture]) -> None:
    message.set_content(intent.content.text + "\n")
    message.add_alternative(intent.content.html, subtype="html")
    *_text, page = message.iter_parts()
    for picture in pictures:
        kind, _slash, subtype = picture.file.media_type.partition("/")
        page.add_related(
            picture.file.data,
            maintype=kind,
            subtype=subtype,
            cid=f"<{picture.content_id}>",
            filename=header_text(picture.file.name),
            disposition="inline",
        )


def seal(message: EmailMessage) -> bytes:
    """The mail's bytes, read back once: its headers are the ones that were set, or it is not sent.

    Python before 3.11.10 writes a line feed that hides in an encoded word as it is (CVE-2024-6923).
    """
    odd = _("the mail's headers would not arrive as they are written; look for odd signs in the title")
    try:
        data = message.as_bytes()
    except MessageError as error:  # newer releases refuse such a header themselves
        raise MailboxError(odd) from error
    read = message_from_bytes(data, policy=default)
    if read.keys() != message.keys() or b"\n" in data.replace(b"\r\n", b""):
        raise MailboxError(odd)
    return data
