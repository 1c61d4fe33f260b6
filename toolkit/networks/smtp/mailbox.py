"""Mail addresses and words in headers: nothing that people write can begin a header of its own."""

from __future__ import annotations

import re
import unicodedata
from email.headerregistry import Address
from typing import Final

from toolkit.messages import _
from toolkit.values import dataclass

_DOMAIN: Final = re.compile(r"(?i)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*")
# RFC 5321 dot-string; quoted local parts are legal, unused, and a way in for tricks. Letters of all languages: RFC 6531.
_LOCAL: Final = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*")
_CONTROLS: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
# ``"Name" <address>``, ``Name <address>`` or ``address``, on one line; nothing before, between or behind.
_MAILBOX: Final = re.compile(
    r"""(?:"(?P<quoted>[^"\\<>\x00-\x1f\x7f]*)"\s*|(?P<plain>[^"\\<>@\x00-\x1f\x7f]*?)\s*)<(?P<angle>[^<>\s]+)>|(?P<bare>[^<>\s]+)"""
)
_UNSUBSCRIBE: Final = re.compile(r"(?i)(?:https://|mailto:)[!#-;=?-~]+")


class MailboxError(ValueError):
    """What should be an address is none; the sentence says which."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address with the name before it. The domain is in its ASCII form."""

    name: str
    local: str
    domain: str

    @property
    def address(self) -> str:
        return f"{self.local}@{self.domain}"

    @property
    def needs_utf8(self) -> bool:
        """Whether only servers with SMTPUTF8 can carry the address."""
        return not self.local.isascii()

    def header(self) -> Address:
        """The mailbox as the standard library writes it into a header."""
        return Address(self.name, self.local, self.domain)


def read_mailbox(written: str, what: str) -> Mailbox:
    """The mailbox in ``Name <address>`` or ``address``; raises `MailboxError` that names `what` it is for."""
    found = _MAILBOX.fullmatch(written.strip())
    name, address = (found["quoted"] or found["plain"] or "", found["angle"] or found["bare"]) if found else ("", "")
    local, _at, domain = address.rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode() if domain else ""
    except UnicodeError:
        ascii_domain = ""
    if not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(ascii_domain) or len(address) > 254:
        message = _("{what}: {written!r} is no mail address, such as Nordlicht Kaffee <post@example.com>")
        raise MailboxError(message.format(what=what, written=written))
    return Mailbox(header_text(name), local, ascii_domain)


def header_text(written: str) -> str:
    """`written` as one line without control characters, that no mail program takes for encoded words (RFC 2047)."""
    line = "".join(" " if unicodedata.category(char) in _CONTROLS else char for char in written)
    # A word joiner between the two signs: a title that happens to say "=?utf-8?q?…?=" stays what it says.
    return " ".join(line.split()).replace("=?", "=\u2060?")


def read_unsubscribe(written: str) -> str:
    """The address behind ``List-Unsubscribe``, with its scheme; raises `MailboxError`."""
    target = written.strip()
    if "@" in target and ":" not in target:
        target = f"mailto:{read_mailbox(target, 'unsubscribe').address}"
    if not _UNSUBSCRIBE.fullmatch(target):
        message = _("unsubscribe: {written!r} is neither an https:// address nor a mail address")
        raise MailboxError(message.format(written=written))
    return target
