"""Landlock: a process gives up, for itself and all it starts, every file and TCP port that it does not name.

Needs no rights; Linux 5.13 and later, where the distribution built it in. Source of numbers and structures:
``include/uapi/linux/landlock.h`` and https://docs.kernel.org/userspace-api/landlock.html.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Final

from toolkit.reports.isolation import system

_CREATE: Final = 444
_ADD_RULE: Final = 445
_RESTRICT: Final = 446
_VERSION: Final = 1  # flag of _CREATE: answer the version instead
_BENEATH: Final = 1  # type of a rule: a path

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
_MAKE_AND_REMOVE: Final = sum(1 << bit for bit in range(4, 13))
# What each version of the interface added.
_REFER, _TRUNCATE, _IOCTL = 1 << 13, 1 << 14, 1 << 15
_ADDED: Final = ((2, _REFER), (3, _TRUNCATE), (5, _IOCTL))
_ALL: Final = EXECUTE | WRITE_FILE | READ_FILE | READ_DIR | _MAKE_AND_REMOVE
# Rights that a rule may give to a file; the rest is about folders.
_OF_FILES: Final = EXECUTE | WRITE_FILE | READ_FILE | _TRUNCATE | _IOCTL
_TCP: Final = 1 | 2  # bind, connect
_SCOPED: Final = 1 | 2  # abstract Unix sockets and signals stay among the process and its children


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def version() -> int:
    """The version of the interface; 0 where there is none."""
    if not system.supported:
        return 0
    try:
        return system.call(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION))
    except OSError:
        return 0


def restrict(readable: Iterable[Path], writable: Iterable[Path]) -> int:
    """Allow this process only to read (and run) what is below `readable` and to do all below `writable`.

    Paths that are not there are left out. From version 4 on TCP is closed, from 6 on signals to others are. Returns the
    version, 0 where there is no Landlock; raises OSError when it refuses.
    """
    found = version()
    if not found:
        return 0
    handled = reduce(or_, (right for since, right in _ADDED if found >= since), _ALL)
    ruleset = _create(found, handled)
    try:
        for path in readable:
            _allow(ruleset, path, EXECUTE | READ_FILE | READ_DIR)
        for path in writable:
            _allow(ruleset, path, handled)
        system.give_up_privileges()
        system.call(_RESTRICT, ctypes.c_int(ruleset), ctypes.c_uint32(0))
    finally:
        os.close(ruleset)
    return found


def _create(found: int, handled: int) -> int:
    wanted = _Ruleset(handled, _TCP if found >= 4 else 0, _SCOPED if found >= 6 else 0)
    # An older kernel knows fewer members, and takes the shorter structure.
    size = 24 if found >= 6 else 16 if found >= 4 else 8
    return system.call(_CREATE, ctypes.byref(wanted), ctypes.c_size_t(size), ctypes.c_uint32(0))


def _allow(ruleset: int, path: Path, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        rule = _Beneath(rights if path.is_dir() else rights & _OF_FILES, place)
        system.call(_ADD_RULE, ctypes.c_int(ruleset), ctypes.c_int(_BENEATH), ctypes.byref(rule), ctypes.c_uint32(0))
    finally:
        os.close(place)
