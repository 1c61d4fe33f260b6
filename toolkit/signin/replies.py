"""A token endpoint's answer, of which nothing may be taken for granted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import timedelta
from typing import Final

from toolkit.values import dataclass
from toolkit.web import BadReply, Reply

LONGEST: Final = 300  # of a server's words
HIDDEN: Final = "…"
# A life that no token has; networks that say so mean milliseconds, or no end.
ABSURD: Final = 10 * 365 * 86400.0


@dataclass(frozen=True, slots=True)
class TokenReply:
    """Tokens and how long they live; None where the network did not say."""

    access: str = field(repr=False)
    refresh: str = field(default="", repr=False)
    lives: timedelta | None = None
    refresh_lives: timedelta | None = None


def read_tokens(reply: Reply) -> TokenReply | None:
    """The tokens in a successful answer; None when there are none in it."""
    body = _body(reply)
    access, refresh = body.get("access_token"), body.get("refresh_token")
    if not isinstance(access, str) or not access.isprintable() or not access.strip():
        return None
    return TokenReply(
        access,
        refresh if isinstance(refresh, str) else "",
        _life(body.get("expires_in")),
        _life(body.get("refresh_token_expires_in")),
    )


def read_refusal(reply: Reply, secrets: Iterable[str]) -> tuple[str, str]:
    """The code and the words of a refusal, in RFC 6749's form or in Meta's; `secrets` never stand in the words."""
    body = _body(reply)
    error = body.get("error")
    if isinstance(error, dict):
        code, said = str(error.get("code", "")), error.get("message")
    else:
        code, said = error if isinstance(error, str) else "", body.get("error_description")
    # snac answers with neither, LinkedIn names the reason only in words.
    told = f"HTTP {reply.status} {code}".strip() + (f": {said}" if isinstance(said, str) and said else "")
    for secret in filter(None, secrets):
        told = told.replace(secret, HIDDEN)
    return code, " ".join(told.split())[:LONGEST]


def _body(reply: Reply) -> Mapping[str, object]:
    try:
        found = reply.json()
    except BadReply:
        return {}
    return found if isinstance(found, dict) else {}


def _life(said: object) -> timedelta | None:
    """Seconds, as a number or a text; None for what is none."""
    try:
        seconds = float(said) if isinstance(said, int | float | str) and not isinstance(said, bool) else 0.0
    except (ValueError, OverflowError):
        return None
    return timedelta(seconds=seconds) if 0 < seconds < ABSURD else None
