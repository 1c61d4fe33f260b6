"""Mails that no person wrote, and addresses that no person reads: neither is answered.

RFC 3834 (automatic responses), RFC 2919 and 2369 (lists), RFC 3462 (reports of delivery), and what programs do besides.
"""

from __future__ import annotations

import re
from email.message import Message as Mime
from typing import Final

from toolkit.networks.mail.headers import mailboxes, words

_BULK: Final = frozenset({"bulk", "junk", "list", "auto_reply"})
_LISTS: Final = ("List-Id", "List-Unsubscribe", "List-Post", "X-Autoreply", "X-Autorespond", "X-Loop")
_ROBOTS: Final = re.compile(
    r"(?i)(?:.*[._+-])?(?:no[._-]?reply|do[._-]?not[._-]?reply|(?:bitte[._-]?)?(?:nicht|keine?)[._-]?antwort(?:en)?|"
    r"mailer-daemon|postmaster|bounces?|auto[._-]?reply|autoresponder|listserv|majordomo)(?:[._+=-].*)?"
)
_FAILED: Final = re.compile(r"(?im)^action:\s*failed")
_BOUNCER: Final = re.compile(r"(?i)mailer-daemon|postmaster")


def is_automatic(mime: Mime) -> bool:
    """Whether a machine wrote it: an automatic reply, a bounce, a list, a newsletter."""
    submitted = words(mime, "Auto-Submitted").partition(";")[0].strip().lower()
    if submitted not in ("", "no"):
        return True
    if any(mime.get(name) is not None for name in _LISTS) or words(mime, "Precedence").lower() in _BULK:
        return True
    if mime.get_content_type() == "multipart/report" or words(mime, "Return-Path") == "<>":
        return True
    return any(_BOUNCER.fullmatch(address.partition("@")[0]) for _name, address in mailboxes(mime, "From"))


def is_bounce(mime: Mime) -> bool:
    """Whether it says that a mail of ours did not arrive; one that is only late may still."""
    if mime.get_content_type() == "multipart/report":
        reports = [part for part in mime.walk() if part.get_content_type() == "message/delivery-status"]
        if reports:
            return any(_FAILED.search(part.as_string()) for part in reports)
    return any(_BOUNCER.fullmatch(address.partition("@")[0]) for _name, address in mailboxes(mime, "From"))


def nobody_reads(address: str) -> bool:
    """Whether the address says of itself that no person reads what is sent to it."""
    return bool(_ROBOTS.fullmatch(address.rpartition("@")[0]))
