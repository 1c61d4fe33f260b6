"""What a pattern may ask for: groups and properties that there are, and no more copies of a part than memory has room for.

Everything is said while the pattern is read; an engine that met it later could only stop the check of every text.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from toolkit.messages import _
from toolkit.style.nodes import Node, Repeat, children

_COPIES: Final = 50_000  # both engines write a repeated part down as often as it must stand there


def is_known(name: str) -> bool:
    r"""Whether there is such a class of characters, ``\p{Lu}`` or ``[:alpha:]``."""
    return _compiles(f"[{name}]")


@lru_cache(maxsize=512)
def _compiles(written: str) -> bool:
    import regex

    try:
        regex.compile(written, regex.VERSION0)
    except regex.error:
        return False
    return True


def is_huge(node: Repeat) -> bool:
    """Whether a repeated part becomes too long when it is written down as often as it must stand there."""
    return node.least > 1 and _size(node) > _COPIES


def _size(node: Node) -> int:
    own = max(1, sum(map(_size, children(node))))
    return own * max(1, node.least) if isinstance(node, Repeat) else own


class Groups:
    """The groups of one pattern, and what is said of them anywhere in it."""

    def __init__(self) -> None:
        self._count = 0
        self._names: set[str] = set()
        self._open: list[tuple[str, str]] = []  # number and name
        self._closed: set[str] = set()  # numbers and names
        self._asked: list[tuple[str, int, bool]] = []  # name or number, the offset, whether the group is closed there

    def add(self, name: str) -> bool:
        """Note that one more group begins; False when it cannot be called like this."""
        self._count += 1
        self._names.add(name)
        self._open.append((str(self._count), name))
        return not name or name.isidentifier()

    def close(self) -> None:
        """Note that the group that began last ends."""
        self._closed.update(self._open.pop())

    def ask(self, name: str, at: int) -> None:
        """Note a reference."""
        self._asked.append((name, at, name in self._closed))

    def missing(self) -> tuple[str, int] | None:
        """The first reference that no engine can follow, with the sentence to say and its offset."""
        for name, at, closed in self._asked:
            found = 0 < int(name) <= self._count if name.isdecimal() else name in self._names
            if not found or not name:
                return _("there is no group {name} to refer to").format(name=name), at
            if not closed:
                return _("the group {name} does not end before it is referred to").format(name=name), at
        return None
