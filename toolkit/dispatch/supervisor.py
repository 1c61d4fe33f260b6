"""Telling systemd how the daemon is: ready, alive, stopping. Without systemd nothing happens."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from contextlib import suppress

VARIABLE = "NOTIFY_SOCKET"


def tell_supervisor(environ: Mapping[str, str], message: str) -> None:
    """Send ``READY=1``, ``WATCHDOG=1`` or ``STOPPING=1`` to whoever started us (sd_notify(3))."""
    address = environ.get(VARIABLE, "")
    family = getattr(socket, "AF_UNIX", None)
    if not address or family is None:
        return
    if address.startswith("@"):
        address = "\0" + address[1:]
    # A supervisor that is gone is no reason to stop publishing.
    with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as line:
        line.sendto(message.encode(), address)
