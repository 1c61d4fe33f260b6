"""The tables ``[competitors.NAME]``: other organisations' accounts whose public counts stand beside our own.

Only accounts of organisations, and only numbers: nobody's texts and no names of people are read into anything.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import field
from typing import Final

from toolkit.messages import _
from toolkit.settings.reader import Reader
from toolkit.settings.wording import unknown_name
from toolkit.values import dataclass

_BARE: Final = re.compile(r"(?a:[\w-]+)")  # TOML's keys that need no quotes
TABLE: Final = "competitors"
KEYS: Final[Mapping[str, str]] = {
    "accounts": (
        'Our account = theirs on the same network, such as {mastodon = "@roestwerk@social.example"}: an organisation\'s, '
        "never a private person's."
    ),
}


@dataclass(frozen=True, slots=True)
class Competitor:
    """Another organisation. Imports and reports call it `name`, in observations it is ``competitor:NAME``."""

    name: str
    accounts: Mapping[str, str] = field(default_factory=dict)  # our account's name → their name on that network

    @property
    def subject(self) -> str:
        return f"competitor:{self.name}"


def read_competitors(
    reader: Reader, raw: Mapping[str, object], accounts: Mapping[str, object]
) -> dict[str, Competitor]:
    """Name → competitor; `accounts` are the names of our own."""
    tables = reader.sub(raw, TABLE)
    return {name: _competitor(reader, tables, name, accounts) for name in tables}


def _competitor(reader: Reader, raw: Mapping[str, object], name: str, accounts: Mapping[str, object]) -> Competitor:
    where = f"{TABLE}.{name if _BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False)}"
    table = reader.table(reader.sub(raw, name, TABLE), where, KEYS)
    if not name.strip():
        reader.error(TABLE, name, _("a competitor needs a name"))
    theirs: dict[str, str] = {}
    for ours, handle in reader.sub(table, "accounts", where).items():
        if ours not in accounts:
            reader.error(where, "accounts", unknown_name(_("account"), ours, accounts))
        elif not isinstance(handle, str) or not handle.strip():
            message = _("{account} must be their name there, such as @name@server")
            reader.error(where, "accounts", message.format(account=ours))
        else:
            theirs[ours] = handle.strip()
    return Competitor(name, theirs)
