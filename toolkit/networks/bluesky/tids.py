"""The keys of our records, chosen before they are sent: the same record under the same key is there once.

A TID is 53 bits of microseconds and 10 bits that tell clocks apart, in 13 characters that sort as they happened.
Its milliseconds are the time; what is below them and the clock are taken from the intent's key, so that a record of
ours is recognised by its key alone, also where nobody remembers when it was sent.

Source: https://atproto.com/specs/tid
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta
from typing import Final

ALPHABET: Final = "234567abcdefghijklmnopqrstuvwxyz"
_VALID: Final = re.compile("[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}")
_CLOCKS: Final = 1024
_MILLI: Final = 1000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def make_tid(key: str, at: datetime, after: str = "") -> str:
    """The record key for the intent `key` at the millisecond `at`, behind the TID `after` where there is one."""
    below, clock = _signature(key)
    millis = (at - _EPOCH) // timedelta(milliseconds=1)
    if is_tid(after):
        millis = max(millis, _micros(after) // _MILLI + 1)
    return _write((millis * _MILLI + below) * _CLOCKS + clock)


def is_ours(tid: str, key: str) -> bool:
    """Whether `make_tid` made `tid` for the intent `key`, at whatever time."""
    if not is_tid(tid):
        return False
    number = _read(tid)
    return (number // _CLOCKS % _MILLI, number % _CLOCKS) == _signature(key)


def is_tid(written: str) -> bool:
    """Whether the syntax is that of a TID."""
    return _VALID.fullmatch(written) is not None


def moment_of(tid: str) -> datetime:
    """When `tid` was made, in UTC, to the microsecond."""
    return _EPOCH + timedelta(microseconds=_micros(tid))


def created_at(tid: str) -> str:
    """The time of a TID as a record's `createdAt`: always the same text for the same key."""
    return moment_of(tid).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _signature(key: str) -> tuple[int, int]:
    digest = hashlib.sha256(key.encode()).digest()
    return int.from_bytes(digest[:8], "big") % _MILLI, int.from_bytes(digest[8:16], "big") % _CLOCKS


def _micros(tid: str) -> int:
    return _read(tid) // _CLOCKS


def _read(tid: str) -> int:
    number = 0
    for letter in tid:
        number = number * len(ALPHABET) + ALPHABET.index(letter)
    return number


def _write(number: int) -> str:
    letters = []
    for _place in range(13):
        number, digit = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[digit])
    return "".join(reversed(letters))
