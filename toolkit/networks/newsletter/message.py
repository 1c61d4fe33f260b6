"""The mail itself: MIME with plain text, HTML and the pictures inside it, and the headers that lists need.

RFC 5322 (headers, Message-ID), RFC 2045 to 2047 and 2387 (MIME), RFC 2369 and 8058 (List-Unsubscribe).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from toolkit.messages import _
from toolkit.networks.base import Intent
from toolkit.networks.mediafile import MediaFile
from toolkit.networks.smtp.letter import Letter, blank_mail, message_id, seal
from toolkit.networks.smtp.mailbox import MailboxError, header_text, read_mailbox, read_unsubscribe
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture inside the mail: the id that its HTML names, and its file."""

    content_id: str
    file: MediaFile


def write_letter(intent: Intent, pictures: Iterable[Picture], now: datetime) -> Letter:
    """The mail of `intent`; raises `MailboxError` for what is no address."""
    fields = intent.content.fields
    if not fields.get("from"):
        complaint = _('{account} needs the option from, such as from = "Nordlicht Kaffee <post@example.com>"')
        raise MailboxError(complaint.format(account=intent.account.name))
    sender = read_mailbox(fields["from"], "from")
    recipient = read_mailbox(intent.account.id, "id")
    identity = message_id(intent.key, sender.domain)
    message = blank_mail(sender, recipient)
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
