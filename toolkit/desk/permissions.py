"""Who may do what at the desk: roles of leitstand.toml → permissions.

This is the coarse key: it says who is let into a room. Whose yes counts there, the house's own rules go on to say:
``[policy] approvers`` for posts, ``[inbox] approve_by`` for replies, a playbook's owners in a crisis.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from toolkit.settings import Person, Settings


class Permission(StrEnum):
    """What somebody may be let do."""

    READ = "read"  # look at inbox, posts and incidents
    ANSWER = "answer"  # write replies; assign, snooze, label, close conversations
    APPROVE = "approve"  # say yes to posts and replies, where the house's rules count that yes
    PUBLISH = "publish"  # hold, resume, resolve, confirm
    PAUSE = "pause"  # stop all or a part of publishing, and end that
    CRISIS = "crisis"  # declare, log, end incidents
    AUDIT = "audit"  # see who did what


P: Final = Permission
# Approving is not among them: for whom it is, [policy] approvers and [inbox] approve_by say.
USUAL: Final[Mapping[str, frozenset[Permission]]] = {
    "manager": frozenset({P.READ, P.ANSWER, P.PUBLISH, P.PAUSE, P.CRISIS, P.AUDIT}),
    # Whoever sits at the desk can stop everything; to let it go on again is the same right.
    "community": frozenset({P.READ, P.ANSWER, P.PUBLISH, P.PAUSE, P.CRISIS}),
    "editor": frozenset({P.READ, P.PUBLISH}),
    "legal": frozenset({P.READ, P.CRISIS}),
    "analyst": frozenset({P.READ}),
    "operator": frozenset({P.READ, P.PUBLISH, P.PAUSE, P.AUDIT}),
}


def permissions_of(role: str, settings: Settings) -> frozenset[Permission]:
    """What a role may: as ``[desk.permissions]`` says, else as is usual, and approve where its yes counts."""
    said = settings.desk.permissions.get(role)
    if said is not None:
        return frozenset(map(Permission, said))
    approves = role in (*settings.policy.approvers, *settings.inbox.approve_by)
    return USUAL.get(role, frozenset()) | ({P.READ, P.APPROVE} if approves else set())


def permissions(person: Person | None, settings: Settings) -> frozenset[Permission]:
    """What a person may, through any of their roles; nobody may nothing."""
    roles = () if person is None else person.roles
    return frozenset(one for role in roles for one in permissions_of(role, settings))


def who_may(permission: Permission, settings: Settings) -> list[Person]:
    """The people who have it, in the order of leitstand.toml."""
    return [one for one in settings.people.values() if permission in permissions(one, settings)]
