"""No network: a network namespace of its own, in which there is not even a loopback that is up."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from toolkit.reports.isolation import system


def leave_network() -> bool:
    """Take this process off every network; False where the system does not let it. It must have one thread only."""
    if not system.supported:
        return False
    user, group = os.getuid(), os.getgid()
    for flags in (system.CLONE_NEWNET | system.CLONE_NEWIPC, system.CLONE_NEWNET):
        with suppress(OSError):  # without rights, a user namespace may give them
            system.unshare(flags)
            return True
    with suppress(OSError):
        system.unshare(system.CLONE_NEWUSER | system.CLONE_NEWNET | system.CLONE_NEWIPC)
        _stay(user, group)
        return True
    return False


def _stay(user: int, group: int) -> None:
    """Be called in the new user namespace what one was called outside."""
    with suppress(OSError):
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
