"""What an open inbox knows of its conversations, many at a time: what was said, who its authors are to us."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from toolkit.community.inbox import statements as sql
from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.conversation import Conversation, Entry
from toolkit.community.inbox.gathering import AT_ONCE, chunks
from toolkit.community.inbox.reading import read_entry
from toolkit.community.triage.case import Case
from toolkit.workspace import AuthorRole

_ROLES: Final = "conversations JOIN people USING (author_key)"
# The author wrote in a conversation that began before.
_KNOWN: Final = (
    " AND author_key <> '' AND EXISTS (SELECT 1 FROM conversations earlier"
    " WHERE earlier.author_key = conversations.author_key AND earlier.opened_at < conversations.opened_at)"
)


def know(inbox: Inbox, conversations: Sequence[Conversation]) -> Iterator[tuple[Conversation, Case]]:
    """Each conversation as the rules see it."""
    by_id = {one.id: one for one in conversations}
    for some in chunks(list(by_id), AT_ONCE):
        entries, roles = _entries(inbox, some, by_id), _roles(inbox, some)
        rows = inbox.store.read(sql.select_in("conversations", "id", len(some), _KNOWN), sql.one_of(some))
        known = {str(raw["id"]) for raw in rows}
        for name in some:
            first = name not in known
            yield by_id[name], Case.of(by_id[name], entries[name], roles=roles[name], first_contact=first)


def _entries(inbox: Inbox, some: Sequence[str], by_id: dict[str, Conversation]) -> defaultdict[str, list[Entry]]:
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for raw in inbox.store.read(sql.select_in("entries", "conversation", len(some)), sql.one_of(some)):
        name = str(raw["conversation"])
        found[name].append(read_entry(raw, by_id[name].channel))
    return found


def _roles(inbox: Inbox, some: Sequence[str]) -> defaultdict[str, set[AuthorRole]]:
    """The roles that triage knows; people may give others."""
    known = {role.value: role for role in AuthorRole}
    found: defaultdict[str, set[AuthorRole]] = defaultdict(set)
    for raw in inbox.store.read(sql.select_in(_ROLES, "id", len(some)), sql.one_of(some)):
        if raw["role"] in known:
            found[str(raw["id"])].add(known[str(raw["role"])])
    return found
