"""Calls of the Linux kernel that Python 3.11 has no functions for. Elsewhere `supported` is false."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from functools import cache
from typing import Final

CLONE_NEWUSER: Final = 0x1000_0000  # linux/sched.h
CLONE_NEWIPC: Final = 0x0800_0000
CLONE_NEWNET: Final = 0x4000_0000
_PR_SET_PDEATHSIG: Final = 1  # linux/prctl.h
_PR_SET_CHILD_SUBREAPER: Final = 36
_PR_SET_NO_NEW_PRIVS: Final = 38

supported: Final = sys.platform == "linux"


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def checked(result: int) -> int:
    """`result`; raises OSError with the call's errno when it is negative."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def call(number: int, *args: object) -> int:
    """A system call by its number; raises OSError."""
    return checked(_libc().syscall(ctypes.c_long(number), *args))


def unshare(flags: int) -> None:
    """Give this process namespaces of its own; raises OSError where it may not."""
    checked(_libc().unshare(flags))


def give_up_privileges() -> None:
    """Nothing that this process starts gets more rights than it has (set-user-ID files among it)."""
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)


def die_with_parent(parent: int) -> None:
    """Be killed when `parent` ends, whatever ends it; at once when it has ended already."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def adopt_orphans() -> None:
    """Become the parent of every descendant that loses its own, so that none outlives this process's care."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def _prctl(option: int, value: int) -> None:
    if supported:
        checked(_libc().prctl(option, ctypes.c_ulong(value), 0, 0, 0))
