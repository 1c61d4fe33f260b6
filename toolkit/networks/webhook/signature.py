"""Signing a message, and verifying one: what a receiver needs stands here and may be copied.

Header ``Leitstand-Signature: t=<seconds since 1970>,v1=<hex>[,v1=<hex>]``. Each ``v1`` is HMAC-SHA256 with a secret
over the ASCII of ``t``, a full stop, and the body as it was sent; for a request without a body, over its key instead.
While a secret is exchanged there are two: the receiver accepts either, so that nothing is lost in between.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from typing import Final

HEADER: Final = "Leitstand-Signature"
# Seconds that a message may be old, or a clock wrong.
TOLERANCE: Final = 300


def sign(body: bytes, secrets: Sequence[str], at: int) -> str:
    """The header's value for `body`, sent `at` (seconds since 1970)."""
    return ",".join([f"t={at}", *(f"v1={_digest(body, secret, at)}" for secret in secrets)])


def verify(header: str, body: bytes, secrets: Sequence[str], now: float) -> bool:
    """Whether `body` comes from somebody who knows one of the `secrets`, and not from long ago."""
    said = [entry.partition("=") for entry in header.split(",")]
    stamps = [value for name, _equals, value in said if name.strip() == "t"]
    if len(stamps) != 1 or not (stamps[0].isascii() and stamps[0].isdigit() and len(stamps[0]) < 12):
        return False
    at = int(stamps[0])
    given = [value.encode() for name, _equals, value in said if name.strip() == "v1"]
    expected = [_digest(body, secret, at).encode() for secret in secrets if secret]
    # Every pair is compared, so that the time taken tells nothing.
    matches = [hmac.compare_digest(one, other) for one in given for other in expected]
    return any(matches) and abs(now - at) <= TOLERANCE


def _digest(body: bytes, secret: str, at: int) -> str:
    return hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
