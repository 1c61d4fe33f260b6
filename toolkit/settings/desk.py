"""The table ``[desk]``: behind which login the desk stands, how long people stay signed in, and who may do what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Final
from urllib.parse import urlsplit

from toolkit.messages import _
from toolkit.settings.reader import Reader
from toolkit.settings.wording import unknown_name
from toolkit.values import dataclass

TABLE: Final = "desk"
RIGHTS_TABLE: Final = "desk.permissions"
KEYS: Final[Mapping[str, str]] = {
    "user_header": "The header in which the company's login says who somebody is (id or e-mail of [people]), such as X-Forwarded-User. Default: none, people sign in by links.",
    "proxies": "Addresses or networks of that login's proxy; nobody else is believed, and nobody else is answered.",
    "origin": "The address that people see, such as https://desk.example.com.",
    "idle_minutes": "Minutes without a request after which somebody has to sign in again. Default: 120.",
    "session_hours": "Hours after which somebody has to sign in again in any case. Default: 12.",
    "link_minutes": "Minutes for which a login link can be used. Default: 10.",
    "audit_days": "Days for which it is kept who did what. Default: 400.",
    "permissions": "Table role = list of read, answer, approve, publish, pause, crisis, audit, in place of what the role may otherwise; [] for not even a look.",
}
ROLE_NAMES: Final = ("editor", "manager", "community", "analyst", "legal", "operator")
PERMISSIONS: Final = ("read", "answer", "approve", "publish", "pause", "crisis", "audit")
_NUMBERS: Final[Mapping[str, tuple[int, int, int]]] = {
    "idle_minutes": (120, 5, 1440),
    "session_hours": (12, 1, 168),
    "link_minutes": (10, 1, 1440),
    "audit_days": (400, 30, 3650),
}
_HEADER: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,63}", re.ASCII)
# Headers that browsers or proxies set for other purposes; whoever trusted them would trust the visitor.
_NEVER: Final = (
    "host",
    "cookie",
    "origin",
    "referer",
    "user-agent",
    "authorization",
    "x-forwarded-for",
    "x-csrf-token",
)

IPNetwork = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class DeskPolicy:
    """What the table sets; without `user_header` people sign in by one-time links."""

    user_header: str = ""
    proxies: tuple[IPNetwork, ...] = ()
    origin: str = ""
    idle: timedelta = timedelta(minutes=120)
    longest: timedelta = timedelta(hours=12)
    link: timedelta = timedelta(minutes=10)
    audit: timedelta = timedelta(days=400)
    permissions: Mapping[str, frozenset[str]] = field(default_factory=dict)  # only the roles that are named


def read_desk(reader: Reader, raw: Mapping[str, object]) -> DeskPolicy:
    """The policy that the table sets; the usual one without it."""
    table = reader.table(reader.sub(raw, TABLE), TABLE, KEYS)
    header = reader.value(table, TABLE, "user_header", str, "")
    origin = reader.value(table, TABLE, "origin", str, "")
    if header and (not _HEADER.fullmatch(header) or header.lower() in _NEVER):
        message = _("user_header must be a header that only the proxy sets, such as X-Forwarded-User, not {header}")
        reader.error(TABLE, "user_header", message.format(header=repr(header)))
    proxies = tuple(_proxies(reader, table))
    _check_together(reader, header, table.get("proxies"), origin)
    numbers = {key: _number(reader, table, key) for key in _NUMBERS}
    return DeskPolicy(
        header,
        proxies,
        origin.rstrip("/").lower(),
        timedelta(minutes=numbers["idle_minutes"]),
        timedelta(hours=numbers["session_hours"]),
        timedelta(minutes=numbers["link_minutes"]),
        timedelta(days=numbers["audit_days"]),
        dict(_permissions(reader, reader.sub(table, "permissions", TABLE))),
    )


def _proxies(reader: Reader, table: Mapping[str, object]) -> list[IPNetwork]:
    found = []
    for said in reader.words(table, TABLE, "proxies", ()):
        try:
            network = ip_network(said.strip())
        except ValueError:
            message = _("{said} is no address and no network; write one such as 10.0.0.5 or 10.0.0.0/24")
            reader.error(TABLE, "proxies", message.format(said=repr(said)))
            continue
        if network.prefixlen == 0:
            reader.error(TABLE, "proxies", _("{said} is everybody; name the proxy's own address").format(said=said))
            continue
        found.append(network)
    return found


def _check_together(reader: Reader, header: str, proxies: object, origin: str) -> None:
    """Each of the three is dangerous, or useless, without the others."""
    if header and not proxies:
        reader.error(TABLE, "user_header", _("user_header needs proxies: whose word is believed"))
    if header and not origin:
        reader.error(TABLE, "user_header", _("user_header needs origin: the address that people see"))
    if origin and not _is_origin(origin):
        message = _("origin must be an address without a path, such as https://desk.example.com, not {origin}")
        reader.error(TABLE, "origin", message.format(origin=repr(origin)))
    if not header:
        for key, said in (("proxies", proxies), ("origin", origin)):
            if said:
                reader.error(TABLE, key, _("{key} needs user_header, else it does nothing").format(key=key))


def _is_origin(said: str) -> bool:
    try:
        parts = urlsplit(said)
        port = parts.port
    except ValueError:
        return False
    bare = parts.path in ("", "/") and not (parts.query or parts.fragment or parts.username or parts.password)
    return parts.scheme in ("https", "http") and bool(parts.hostname) and port != 0 and bare and said.isascii()


def _number(reader: Reader, table: Mapping[str, object], key: str) -> int:
    usual, least, most = _NUMBERS[key]
    value = reader.value(table, TABLE, key, int, usual)
    if least <= value <= most:
        return value
    message = _("{key} must be between {least} and {most}")
    reader.error(TABLE, key, message.format(key=key, least=least, most=most))
    return usual


def _permissions(reader: Reader, table: Mapping[str, object]) -> list[tuple[str, frozenset[str]]]:
    found = []
    for role in table:
        if role not in ROLE_NAMES:
            reader.error(RIGHTS_TABLE, role, unknown_name(_("role"), role, dict.fromkeys(ROLE_NAMES)))
            continue
        words = reader.words(table, RIGHTS_TABLE, role, ())
        for word in words:
            if word not in PERMISSIONS:
                reader.error(RIGHTS_TABLE, role, unknown_name(_("permission"), word, dict.fromkeys(PERMISSIONS)))
        # Whoever may do something may see it.
        found.append((role, frozenset({*words, "read"} if words else ())))
    return found
