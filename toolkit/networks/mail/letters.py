"""The mail that answers another: to whom, with which headers, and when none is sent (RFC 5322, RFC 3834)."""

from __future__ import annotations

from datetime import datetime
from email.utils import format_datetime

from toolkit.messages import _
from toolkit.model import Message
from toolkit.networks.answers import refused
from toolkit.networks.base import Action, Intent
from toolkit.networks.mail.machines import nobody_reads
from toolkit.networks.mail.render import answer_subject
from toolkit.networks.smtp.letter import Letter, blank_mail, message_id, seal
from toolkit.networks.smtp.mailbox import Mailbox, MailboxError, header_text, read_mailbox


def sender_of(intent: Intent) -> Mailbox:
    """Who writes; raises `MailboxError` for what is no address."""
    written = intent.content.fields.get("from", "")
    return read_mailbox(written, "from") if written else read_mailbox(intent.account.id, "id")


def write_answer(intent: Intent, now: datetime) -> Letter:
    """The mail of `intent`; raises `NotBegunError` where there is nobody to answer."""
    if intent.action is not Action.ANSWER or intent.answers is None:
        raise refused(_("a mailbox hears and answers; nothing is published there, so take the account out of channels"))
    try:
        sender = sender_of(intent)
        recipient = _recipient(intent.answers, sender, read_mailbox(intent.account.id, "id"))
        return _write(intent, intent.answers, (sender, recipient), now)
    except MailboxError as error:
        raise refused(str(error)) from error


def _recipient(message: Message, *ours: Mailbox) -> Mailbox:
    if message.automatic or nobody_reads(message.author):
        raise refused(_("a machine wrote this mail, or nobody reads what is sent to its address; it is not answered"))
    recipient = read_mailbox(message.author, "to")
    if recipient.address.casefold() in {one.address.casefold() for one in ours}:
        raise refused(_("this mail came from the account itself; it is not answered"))
    return Mailbox(header_text(message.name), recipient.local, recipient.domain)


def _write(intent: Intent, message: Message, people: tuple[Mailbox, Mailbox], now: datetime) -> Letter:
    sender, recipient = people
    identity = message_id(intent.key, sender.domain)
    mail = blank_mail(sender, recipient)
    mail["From"] = sender.header()
    mail["To"] = recipient.header()
    mail["Subject"] = header_text(intent.rendition.title or answer_subject(message.subject))
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = identity
    known = [one for one in dict.fromkeys((message.thread, message.remote_id)) if _is_id(one)]
    if known:
        mail["References"] = " ".join(known)
    if _is_id(message.remote_id):
        mail["In-Reply-To"] = message.remote_id
    mail.set_content(intent.content.text + "\n")
    if intent.rendition.language:
        mail["Content-Language"] = header_text(intent.rendition.language)
    return Letter(sender, recipient, identity, seal(mail))


def _is_id(written: str) -> bool:
    """Whether it may stand in a header as an id; one that we made up for a mail without means nothing to others."""
    bare = written[1:-1]
    inside = bare.isascii() and bare.isprintable() and not any(sign in bare for sign in '<> "')
    return written.startswith("<") and written.endswith(">") and inside and not bare.endswith(".invalid")
