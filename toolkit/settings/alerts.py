"""The table ``[alerts]``: how the team is told when something needs a person.

This file is in git, so no secret stands in it: a person's other address, the relay's password and a heartbeat address
that nobody else may know come from the environment or a credentials file; see `toolkit.alerts`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from toolkit.messages import _
from toolkit.settings.reader import Reader
from toolkit.values import dataclass

TABLE: Final = "alerts"
KEYS: Final[Mapping[str, str]] = {
    "relay": "The mail server that alerts go through, such as smtps://leitstand@mail.example.com or smtp://mail.example.com:587; without a password.",
    "sender": "The address that alerts by mail come from.",
    "heartbeat": "An https address that is asked after each good tick, at most once a minute; whoever watches it hears when nothing ticks.",
    "hourly": "Messages to one person within an hour; what comes after them waits and goes into one message. Default: 6.",
    "escalate": "Minutes after which managers are told of what nobody has settled. Default: 60.",
    "unknown": "Minutes after which people are told that nobody knows whether a post is out. Default: 30.",
}
RELAYS: Final = ("smtp", "smtps")


@dataclass(frozen=True, slots=True)
class AlertPolicy:
    """Ways and patience; without `relay` only people with an address of their own (see `toolkit.alerts`) are told."""

    relay: str = ""
    sender: str = ""
    heartbeat: str = ""
    hourly: int = 6
    escalate: timedelta = timedelta(minutes=60)
    unknown: timedelta = timedelta(minutes=30)


def read_alerts(reader: Reader, raw: Mapping[str, object]) -> AlertPolicy:
    """The policy that the table sets; the usual one without it."""
    table = reader.table(reader.sub(raw, TABLE), TABLE, KEYS)
    relay, sender = (reader.value(table, TABLE, key, str, "") for key in ("relay", "sender"))
    heartbeat = reader.value(table, TABLE, "heartbeat", str, "")
    numbers = {"hourly": 6, "escalate": 60, "unknown": 30}
    for key, usual in numbers.items():
        numbers[key] = reader.value(table, TABLE, key, int, usual)
        if not 1 <= numbers[key] <= 10_000:
            reader.error(TABLE, key, _("{key} must be between 1 and {most}").format(key=key, most=10_000))
            numbers[key] = usual
    for key, complaint in (("relay", _complain(relay, sender)), ("heartbeat", _complain_heartbeat(heartbeat))):
        if complaint:
            reader.error(TABLE, key, complaint)
    return AlertPolicy(
        relay=relay,
        sender=sender,
        heartbeat=heartbeat,
        hourly=numbers["hourly"],
        escalate=timedelta(minutes=numbers["escalate"]),
        unknown=timedelta(minutes=numbers["unknown"]),
    )


def _complain(relay: str, sender: str) -> str:
    """What is wrong with the relay; "" when nothing is."""
    try:
        parts = urlsplit(relay)
        port = parts.port
    except ValueError:
        return _("relay must be an address such as smtps://leitstand@mail.example.com")
    if parts.password is not None:
        message = _("no password here, this file is in git: set {name}, or put it into a credentials file")
        return message.format(name="LEITSTAND_ALERT_RELAY_PASSWORD")
    if not relay:
        return ""
    if parts.scheme not in RELAYS or not parts.hostname or port == 0 or parts.path.strip("/") or parts.query:
        return _("relay must be an address such as smtps://leitstand@mail.example.com")
    if "@" not in sender:
        return _("a relay needs a sender, such as: sender = {example}").format(example='"leitstand@example.com"')
    return ""


def _complain_heartbeat(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return _("{key} must be an address such as https://media.example.com").format(key="heartbeat")
    if address and (parts.scheme not in ("https", "http") or not parts.hostname):
        return _("{key} must be an address such as https://media.example.com").format(key="heartbeat")
    if parts.password is not None:
        return _("no password here, this file is in git: set {name}").format(name="LEITSTAND_HEARTBEAT")
    return ""
