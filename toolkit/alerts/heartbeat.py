"""A sign of life for whoever watches from outside: one GET after a good tick, at most once a minute.

A watchman that hears nothing knows that nothing ticks, also when this machine is gone. The address may be secret (who
knows it can fake life): then it is ``LEITSTAND_HEARTBEAT`` or the credentials file ``heartbeat``, not leitstand.toml.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import urlsplit

from toolkit.credentials import Secret, read_secret_file
from toolkit.errors import LeitstandError, missing_extra
from toolkit.messages import _
from toolkit.settings import Settings
from toolkit.web import Web, host_port

VARIABLE: Final = "LEITSTAND_HEARTBEAT"
FILE: Final = "heartbeat"
APART: Final = 60.0  # seconds
TIMEOUT: Final = 10.0
LARGEST: Final = 100_000


def find_heartbeat(settings: Settings, environ: Mapping[str, str]) -> Secret:
    """The address; empty where nobody watches. Raises `UsageError` for a file that others can read."""
    own = Secret(environ.get(VARIABLE, "").strip()) or read_secret_file(FILE, environ)
    return own or Secret(settings.alerts.heartbeat)


def beat_once(address: Secret) -> str:
    """Ask the address; "" when it answered well, else why not, without what is secret in it."""
    url = address.reveal()
    try:
        parts = urlsplit(url)
        web = Web(allowed_hosts=frozenset({host_port(url)})).hiding(parts.path.strip("/"), parts.query)
        reply = web.request("GET", url, timeout=TIMEOUT, max_bytes=LARGEST)
    except ImportError as error:
        return str(missing_extra("publish", error))
    except (LeitstandError, ValueError) as error:
        return str(error)
    return "" if reply.ok else _("it answered {status}").format(status=reply.status)


class Heartbeat:
    """Beats in a thread of its own; a failure is one line, said again only after a good beat."""

    def __init__(self, elapsed: Callable[[], float], say: Callable[[str], None]) -> None:
        self._elapsed = elapsed
        self._say = say
        self._last: float | None = None
        self._failing = False
        self._thread: threading.Thread | None = None

    def beat(self, address: Secret) -> None:
        """Beat unless it did within a minute or is still at it; returns at once."""
        now = self._elapsed()
        recent = self._last is not None and now - self._last < APART
        if not address or recent or (self._thread is not None and self._thread.is_alive()):
            return
        self._last = now
        self._thread = threading.Thread(target=self._once, args=(address,), name="heartbeat", daemon=True)
        self._thread.start()

    def wait(self, seconds: float) -> None:
        """Let a beat in flight end."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _once(self, address: Secret) -> None:
        why = beat_once(address)
        if why and not self._failing:
            self._say(_("the heartbeat was not heard: {why}").format(why=why))
        self._failing = bool(why)
