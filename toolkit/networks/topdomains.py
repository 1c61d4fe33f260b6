"""The top-level domains, which decide whether ``shop.kaffee`` is an address."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

TODAY: Final = ("delegated", "newest")
FROZEN_2021: Final = ("delegated", "retired")


@cache
def top_domains(sections: tuple[str, ...] = TODAY) -> frozenset[str]:
    """The names in `sections` of the list, lower case, without a dot; see ``topdomains.txt``."""
    return frozenset(name for section in sections for name in _sections()[section])


@cache
def _sections() -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    names: list[str] = []
    for line in (files(__package__) / "topdomains.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            names = sections.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            names += line.split()
    return sections
