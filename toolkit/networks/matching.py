"""Recognising a post that was read back: networks rewrite addresses, mentions, blanks and markup."""

from __future__ import annotations

import html
import re
import unicodedata
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from toolkit.web import Reply

# How long before the first try a post may seem to have been made.
MARGIN: Final = timedelta(minutes=2)
ALIKE: Final = 20  # characters of a fingerprint; a shorter common beginning says nothing

_URL: Final = re.compile(r"(?i)\bhttps?://\S+")
_MENTION: Final = re.compile(r"(@[\w.-]+)@[\w.-]+(?::\d+)?")
_BREAK: Final = re.compile(r"(?i)<br\s*/?>|</p>")
_TAG: Final = re.compile(r"<[^>]*>")
_MARKS: Final = re.compile(r"[\s*_~`\u200b\ufeff]+")


def plain(content: str) -> str:
    """The text in a status's HTML; hidden parts of shortened addresses are text as well."""
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", content)))


def squeeze(written: str) -> str:
    """NFC with every run of whitespace as one blank."""
    return " ".join(unicodedata.normalize("NFC", written).split())


def fingerprint(written: str) -> str:
    """What survives a server's rewriting: no addresses, no servers of mentions, no whitespace, no markup."""
    bare = _MENTION.sub(r"\1", _URL.sub("", unicodedata.normalize("NFC", written)))
    return _MARKS.sub("", bare)


def same_text(shown: str, sent: str) -> bool:
    """Whether two texts are one, whatever the network made of addresses, blanks and signs."""
    if squeeze(shown) == squeeze(sent):
        return True
    # A text of addresses only has no fingerprint; rewritten ones would make all such posts the same.
    return bool(fingerprint(sent)) and fingerprint(shown) == fingerprint(sent)


def resembles(shown: str, sent: str) -> bool:
    """Whether one text begins with the other, so that it may be ours, cut off; both may be addresses only."""
    ours, theirs = fingerprint(sent), fingerprint(shown)
    if not ours:
        return not theirs
    return min(len(ours), len(theirs)) >= ALIKE and (ours.startswith(theirs) or theirs.startswith(ours))


def skew(reply: Reply, now: datetime) -> timedelta:
    """How far the server's clock is ahead of ours; servers that do not say are taken to be right."""
    try:
        return parsedate_to_datetime(reply.headers.get("date", "")).astimezone(UTC) - now
    except (ValueError, OverflowError):
        return timedelta(0)
