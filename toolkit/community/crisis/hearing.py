"""What the inbox has heard lately, for those who propose: when, what, and who they are to us."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from toolkit.community.crisis.proposing import Heard, Mention
from toolkit.community.inbox.book import Inbox
from toolkit.database import to_moment, to_text
from toolkit.surprise import Tuning
from toolkit.workspace import AuthorRole

_SAID: Final = "SELECT at, text, author_key FROM entries WHERE own = 0 AND at > :since AND at <= :now ORDER BY at"
# Whoever is several to us is, in this order, an authority, the press, a VIP: the last row of a person counts.
_ROLES: Final = "SELECT author_key, role FROM people ORDER BY role DESC"
_FIRST: Final = "SELECT MIN(at) AS first FROM entries WHERE own = 0"


def hear(inbox: Inbox, now: datetime) -> Heard:
    """The messages of the detector's history. What was before the first of all messages is not known, and no zero."""
    since = now - Tuning().history
    (first,) = inbox.store.read(_FIRST, {})
    known = to_moment(str(first["first"] or ""))
    roles = {str(raw["author_key"]): str(raw["role"]) for raw in inbox.store.read(_ROLES, {})}
    found = []
    for raw in inbox.store.read(_SAID, {"since": to_text(since), "now": to_text(now)}):
        moment = to_moment(str(raw["at"]))
        if moment is not None:
            found.append(Mention(moment, str(raw["text"]), _role(roles.get(str(raw["author_key"]), ""))))
    return Heard(found, max(since, known or now), now)


def _role(name: str) -> AuthorRole | None:
    return AuthorRole(name) if name in set(AuthorRole) else None
