"""Mails out of an mbox file (RFC 4155), as Thunderbird, Apple Mail and Google's export write it.

A mail of the account itself is its answer where it answers something, and is passed over where it does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from toolkit.community.exports.records import RULE, Source
from toolkit.messages import _
from toolkit.model import Message, Problem, Severity, Span
from toolkit.networks.mail.reading import Raw, read_mail

LARGEST: Final = 1_000_000  # bytes of one mail that are read; texts come first, attachments behind them
_FROM: Final = re.compile(rb"(?m)^From [^\n]*\n")
_QUOTED: Final = re.compile(rb"(?m)^>(>*From )")
_DATE: Final = re.compile(rb"(?im)^Date:[ \t]*([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)")


def looks_like_archive(data: bytes) -> bool:
    """Whether it begins as every mbox does."""
    return data.startswith(b"From ")


def read_archive(path: str, data: bytes, source: Source) -> Iterator[Message | Problem]:
    """The mails, and a problem for each that has no date."""
    account = source.accounts.get(source.account)
    if account is None:
        message = _("whose mails these are is not said; name the account with --account ({known})")
        yield _problem(path, 1, message.format(known=", ".join(source.accounts)))
        return
    own = account.id.rpartition("<")[2].strip("<> ").casefold()
    for line, first, mail in _mails(data):
        at = _moment(mail, first)
        if at is None:
            yield _problem(path, line, _("this mail has no date that can be read"))
        elif at > source.now:
            yield _problem(path, line, _("{moment} lies in the future").format(moment=at.isoformat()))
        else:
            yield from _kept(read_mail(Raw(mail[:LARGEST], at, len(mail)), account.name), own)


def _kept(message: Message, own: str) -> Iterator[Message]:
    if not own or message.author.casefold() != own:
        yield message
    elif message.answers:
        yield replace(message, own=True, automatic=False)


def _mails(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Number of the line, the line that begins a mail, and the mail. One inside a text stands behind ``>``, or no blank line."""
    begins = [found for found in _FROM.finditer(data) if _is_boundary(data, found.start())]
    line, seen = 1, 0
    for found, following in zip(begins, [*begins[1:], None], strict=True):
        line += data.count(b"\n", seen, found.start())
        seen = found.start()
        mail = data[found.end() : following.start() if following else len(data)]
        yield line, found[0], _QUOTED.sub(rb"\1", mail)


def _is_boundary(data: bytes, at: int) -> bool:
    return at == 0 or data[max(0, at - 2) : at] == b"\n\n" or data[max(0, at - 4) : at] == b"\r\n\r\n"


def _moment(mail: bytes, first: bytes) -> datetime | None:
    """When it was sent, as its header says, else as the line before it does."""
    head = re.split(rb"\r?\n\r?\n", mail, maxsplit=1)[0]
    found = _DATE.search(head)
    for written in (found[1] if found else b"", b" ".join(first.split()[2:])):
        try:
            parsed = parsedate_to_datetime(b" ".join(written.split()).decode("ascii", "replace"))
            return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
        except (ValueError, OverflowError, TypeError, IndexError):
            continue
    return None


def _problem(path: str, line: int, message: str) -> Problem:
    return Problem(path, Span(line, 1, line, 2), RULE, Severity.ERROR, message)
