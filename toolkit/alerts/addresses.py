"""Where a person is told, as an Apprise address.

In this order: the variable ``LEITSTAND_ALERT_<PERSON>`` (upper case, what is no letter or digit becomes ``_``), the
credentials file ``alert-<person>``, else the person's ``email`` through the relay of ``[alerts]``. The first two may hold
any address that Apprise knows (``mailto://``, ``ntfy://``, ``msteams://`` …; several with spaces between), and are secret
as a whole. The relay's password is ``LEITSTAND_ALERT_RELAY_PASSWORD`` or the credentials file ``alert-relay``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Final
from urllib.parse import quote, unquote, urlencode, urlsplit

from toolkit.credentials import Secret, read_secret_file
from toolkit.settings import AlertPolicy, Person, Settings

PREFIX: Final = "LEITSTAND_ALERT_"
RELAY_PASSWORD: Final = "LEITSTAND_ALERT_RELAY_PASSWORD"  # noqa: S105  # the variable's name
RELAY_FILE: Final = "alert-relay"
PORTS: Final = {"smtps": 465, "smtp": 587}


def alert_variable(person: str) -> str:
    """The variable that holds a person's alert address."""
    return PREFIX + re.sub(r"\W", "_", person, flags=re.ASCII).upper()


def find_addresses(settings: Settings, environ: Mapping[str, str]) -> dict[str, Secret]:
    """Person → address, of everybody who can be told; raises `UsageError` for a file that others can read."""
    password = Secret(environ.get(RELAY_PASSWORD, "").strip()) or read_secret_file(RELAY_FILE, environ)
    found = {person.key: _address(person, settings, environ, password) for person in settings.people.values()}
    return {key: address for key, address in found.items() if address}


def _address(person: Person, settings: Settings, environ: Mapping[str, str], password: Secret) -> Secret:
    own = Secret(environ.get(alert_variable(person.key), "").strip())
    own = own or read_secret_file(f"alert-{person.key}", environ)
    if own or not settings.alerts.relay or "@" not in person.email:
        return own
    return _through_relay(person.email, settings.name, settings.alerts, password)


def _through_relay(email: str, brand: str, policy: AlertPolicy, password: Secret) -> Secret:
    """The relay as Apprise writes it. Mail leaves in the clear only to this very machine."""
    parts = urlsplit(policy.relay)
    host = parts.hostname or ""
    secure = parts.scheme == "smtps" or not _is_here(host)
    mode = "ssl" if parts.scheme == "smtps" else "starttls" if secure else "insecure"
    user = quote(unquote(parts.username or ""), safe="")
    login = f"{user}:{quote(password.reveal(), safe='')}@" if user and password else f"{user}@" if user else ""
    port = parts.port or PORTS[parts.scheme]
    said = {"smtp": host, "from": policy.sender, "name": brand, "to": email, "mode": mode, "format": "text"}
    shown = f"[{host}]" if ":" in host else host
    return Secret(f"{'mailtos' if secure else 'mailto'}://{login}{shown}:{port}?{urlencode(said, quote_via=quote)}")


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
