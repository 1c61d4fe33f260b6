"""A mail ready for its envelope, and how it becomes bytes that mean what was written.

RFC 5322 (headers, Message-ID), RFC 2045 to 2047 (MIME).
"""

from __future__ import annotations

import hashlib
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import SMTP, default
from typing import Final

from toolkit.messages import _
from toolkit.networks.smtp.mailbox import Mailbox, MailboxError
from toolkit.values import dataclass

# Bodies as quoted-printable or base64: a server on the way need not know 8BITMIME.
_ASCII: Final = SMTP.clone(cte_type="7bit")
_UTF8: Final = _ASCII.clone(utf8=True)


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


def blank_mail(sender: Mailbox, recipient: Mailbox) -> EmailMessage:
    """A mail without headers, whose addresses may have letters beyond ASCII only where these two have."""
    return EmailMessage(policy=_UTF8 if sender.needs_utf8 or recipient.needs_utf8 else _ASCII)


def message_id(key: str, domain: str) -> str:
    """The Message-ID of the mail with this key: always the same, so that a second copy can be told."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


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
