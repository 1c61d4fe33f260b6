"""What a change of the files does to the plan: added, dropped, moved, or another content.

Posts are the same post when they have the same uid, whatever their path; a uid that two files share proves nothing,
so these are compared by path. Channels are the same when they are the same remote account, whatever its name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from difflib import unified_diff
from enum import StrEnum

from toolkit.planning.slots import Slot, slots
from toolkit.values import dataclass
from toolkit.workspace import MediaDigests, Workspace


class Kind(StrEnum):
    """What happened to one channel of one post."""

    ADDED = "added"
    DROPPED = "dropped"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One channel of one post before and after. `what` names what differs, such as time or text.

    A change that moves a slot and alters its content is MOVED; `what` tells the rest.
    """

    kind: Kind
    before: Slot | None
    after: Slot | None
    what: tuple[str, ...] = ()

    @property
    def slot(self) -> Slot:
        """The slot as it will be, else as it was."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a change has a slot before or after")
        return found

    def text_diff(self) -> list[str]:
        """The changed lines of the text, each behind ``-`` or ``+``, others behind a space; empty when equal."""
        old, new = (_lines(slot) for slot in (self.before, self.after))
        # The first two lines name files; lines of ours begin with a space, a minus or a plus.
        return [line for line in list(unified_diff(old, new, n=1, lineterm=""))[2:] if not line.startswith("@@")]


def changes(before: Workspace, after: Workspace) -> tuple[Change, ...]:
    """What differs between two versions of a workspace, in order of time."""
    old, new = _index(before), _index(after)
    compare = _Comparison(MediaDigests(before.tree), MediaDigests(after.tree))
    found = (compare.change(old.get(key), new.get(key)) for key in {**old, **new})
    return tuple(sorted(filter(None, found), key=lambda change: change.slot.order))


def count_by_account(found: Iterable[Change]) -> Mapping[str, Counter[Kind]]:
    """Account → how many slots were added, dropped, moved, changed."""
    counts: dict[str, Counter[Kind]] = {}
    for change in found:
        counts.setdefault(change.slot.account.name, Counter())[change.kind] += 1
    return counts


Key = tuple[str, str, str, str]


def _index(workspace: Workspace) -> Mapping[Key, Slot]:
    counts = Counter(post.uid for post in workspace.posts)
    index: dict[Key, Slot] = {}
    for slot in slots(workspace):
        name = slot.post.uid if slot.post.uid and counts[slot.post.uid] == 1 else slot.post.path
        index.setdefault((name, slot.occurrence, slot.account.network, slot.account.id), slot)
    return index


@dataclass(frozen=True, slots=True)
class _Comparison:
    old: MediaDigests
    new: MediaDigests

    def change(self, before: Slot | None, after: Slot | None) -> Change | None:
        if before is None or after is None:
            return Change(Kind.DROPPED if after is None else Kind.ADDED, before, after)
        what = tuple(self._differences(before, after))
        if not what:
            return None
        return Change(Kind.MOVED if "time" in what else Kind.CHANGED, before, after, what)

    def _differences(self, before: Slot, after: Slot) -> Iterator[str]:
        pairs: Mapping[str, tuple[object, object]] = {
            "time": (before.due, after.due),
            "status": (before.post.status, after.post.status),
            "title": (before.post.title, after.post.title),
            "text": (before.draft.parts, after.draft.parts),
            "language": (before.draft.language, after.draft.language),
            "options": (before.draft.values, after.draft.values),
            "media": (_media(before, self.old), _media(after, self.new)),
        }
        for name, (was, now_is) in pairs.items():
            if was != now_is:
                yield name


def _media(slot: Slot, digests: MediaDigests) -> list[tuple[object, ...]]:
    return [
        (medium.order, medium.kind, medium.alt, medium.crop, medium.focus, digests.digest(medium.file))
        for medium in slot.draft.media
    ]


def _lines(slot: Slot | None) -> list[str]:
    return [] if slot is None else "\n\n---\n\n".join(slot.draft.parts).splitlines()
