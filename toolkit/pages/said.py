"""Any value as one text, by which two are known to be the same: in this run of the program and in the next.

Python's own words for a set are in another order with each run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import PurePath
from typing import Final

# Functions of these are known by their names; somebody's own may be another one under the same name.
_LIBRARIES: Final = ("markdown", "material", "mkdocs", "pymdownx")
# How Python says what has no words of its own: the next run may have something else at the same place.
_PLACE: Final = " at 0x"


def say(value: object) -> str:
    """A text that only values like this one have; fields that `repr` leaves out do not count.

    Raises `ValueError` where nobody can say that.
    """
    if isinstance(value, Mapping):
        return f"{{{','.join(f'{say(key)}:{say(held)}' for key, held in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"[{','.join(map(say, value))}]"
    if isinstance(value, set | frozenset):
        return f"<{','.join(sorted(map(say, value)))}>"
    if is_dataclass(value) and not isinstance(value, type):
        held = [f"{one.name}={say(getattr(value, one.name))}" for one in fields(value) if one.repr]
        return f"{type(value).__qualname__}({','.join(held)})"
    name, module = getattr(value, "__qualname__", ""), getattr(value, "__module__", "")
    if name and str(module).partition(".")[0] in _LIBRARIES:
        return f"{module}.{name}"
    said = repr(value)
    if _PLACE in said and not isinstance(value, str | PurePath):
        raise ValueError(said)
    return said
