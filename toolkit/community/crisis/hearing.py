"""What was heard lately, for those who propose: when, what, how it sounded, and who they are to us.

What stands in the inbox, and what was only watched and counted. What a machine wrote is nobody's word, and what the
network keeps from the public no mention.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from toolkit.community.crisis.curve import LOOKS_BACK, Heard, Mention
from toolkit.community.crisis.sources import Source, find_gaps, find_young, weighty
from toolkit.community.inbox import statements as sql
from toolkit.community.inbox.book import Inbox
from toolkit.community.triage.dangers import Dangers
from toolkit.database import Record, surely, to_moment, to_text
from toolkit.sentiment import Sentiment
from toolkit.surprise import Tuning
from toolkit.values import dataclass
from toolkit.workspace import AuthorRole

_SAID: Final = """SELECT entries.at, entries.text, entries.author_key, entries.account_id, entries.language, entries.mood,
conversations.channel FROM entries JOIN conversations ON conversations.id = entries.conversation
WHERE own = 0 AND automatic = 0 AND showing = '' AND at > :since AND at <= :now ORDER BY at"""
# Whoever is several to us is, in this order, an authority, the press, a VIP: the last row of a person counts.
_ROLES: Final = "SELECT author_key, role FROM people ORDER BY role DESC"
_FIRST: Final = "SELECT MIN(at) AS first FROM entries WHERE own = 0"


@dataclass(frozen=True, slots=True)
class House:
    """What the handbook calls a danger, and where the house listens."""

    dangers: Dangers
    sources: tuple[Source, ...] = ()


def hear(inbox: Inbox, now: datetime, house: House | None = None) -> Heard:
    """The messages of the detector's history. What was before the first of all messages is not known, and no zero."""
    values = {"since": to_text(now - LOOKS_BACK), "now": to_text(now)}
    roles = {str(raw["author_key"]): str(raw["role"]) for raw in inbox.store.read(_ROLES, {})}
    dangers, sources = (house.dangers, house.sources) if house else (None, ())
    found = [_said(raw, roles, dangers) for raw in inbox.store.read(_SAID, values)]
    levels = dangers.levels if dangers else {}
    ours = frozenset(one.name for one in sources)
    found += [_counted(raw, levels) for raw in inbox.store.read(sql.HITS, values) if raw["source"] in ours]
    found.sort(key=lambda one: one.at)
    young = find_young(sources, now)
    known = _known(inbox, sources, found, young) or now
    since = max(now - Tuning().history, known)
    return Heard(found, since, now, known, find_gaps(sources, found, now), young)


def _known(inbox: Inbox, sources: tuple[Source, ...], found: list[Mention], young: frozenset[str]) -> datetime | None:
    """From when on everything that matters was listened to; a source that came later and brings much moves it."""
    (first,) = inbox.store.read(_FIRST, {})
    began = {one.name: one.since for one in sources if one.since is not None and one.name not in young}
    firsts = dict[str, datetime]()
    for mention in found:
        firsts.setdefault(mention.source, mention.at)
    heavy = weighty(found)
    later = [min(since, firsts[name]) for name, since in began.items() if name in heavy]
    known = filter(None, (to_moment(str(first["first"] or "")), *began.values()))
    return max([min(known), *later], default=None) if (first["first"] or began) else None


def _said(raw: Record, roles: Mapping[str, str], dangers: Dangers | None) -> Mention:
    text = str(raw["text"])
    told = dangers.told(text, str(raw["channel"]), str(raw["language"])) if dangers else ()
    return Mention(
        _moment(raw),
        text,
        _role(roles.get(str(raw["author_key"]), "")),
        frozenset(one.name for one in told),
        any(one.level for one in told),
        raw["mood"] == Sentiment.NEGATIVE,
        str(raw["account_id"]),
    )


def _counted(raw: Record, levels: Mapping[str, int]) -> Mention:
    names = frozenset(str(one) for one in json.loads(str(raw["risks"])))
    danger = any(levels.get(name, 0) for name in names)
    return Mention(_moment(raw), "", None, names, danger, bool(raw["negative"]), str(raw["source"]))


def _moment(raw: Record) -> datetime:
    return surely(str(raw["at"]))


def _role(name: str) -> AuthorRole | None:
    return AuthorRole(name) if name in set(AuthorRole) else None
