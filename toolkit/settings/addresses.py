"""Addresses of databases, as far as a settings file has to judge them."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl, urlsplit

SCHEMES: Final = ("postgresql", "postgres")


def is_ledger_address(address: str) -> bool:
    """Whether it looks like ``postgresql://user@host/database``."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in SCHEMES and address.startswith(f"{parts.scheme}://")


def has_password(address: str) -> bool:
    """Whether the address holds a password, before the host or among its options."""
    parts = urlsplit(address)
    return bool(parts.password) or any(name == "password" for name, _value in parse_qsl(parts.query))
