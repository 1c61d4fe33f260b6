"""What is owed in public about open incidents, and what the inbox speaks for, for those who tell the team."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from toolkit.alerts.round import NOTES
from toolkit.alerts.scene import Owed, Proposed
from toolkit.community.crisis.curve import Heard
from toolkit.community.crisis.deadlines import Duty, duty_word, next_deadline
from toolkit.community.crisis.incident import Incident
from toolkit.community.crisis.proposing import propose, remember, remembered
from toolkit.community.crisis.reading import read_incidents
from toolkit.ledger import View, notes_of
from toolkit.source import CommitTree, FolderTree
from toolkit.surprise import Tuning
from toolkit.workspace import Workspace, state_dir
from toolkit.workspace.playbooks import read_playbooks

PROPOSALS: Final = "proposals"


def find_owed(workspace: Workspace) -> tuple[Owed, ...]:
    """One for each open incident with a deadline; files that cannot be read are told by `crisis status` and the site."""
    return tuple(owed for one in _incidents(workspace) if (owed := _owed(one)) is not None)


def find_proposed(
    workspace: Workspace, ledger: View, now: datetime, heard: Heard | None = None
) -> tuple[Proposed, ...]:
    """What was proposed within a day and is not declared yet.

    With `heard` also what the inbox speaks for at this moment, whether or not a daemon has looked at it yet.
    """
    declared = _declared(workspace)
    found = {one.playbook: one for one in remembered(notes_of(ledger, NOTES, lambda: now).read(PROPOSALS))}
    for one in propose(read_playbooks(workspace.handbook)[0], heard) if heard is not None else ():
        if one.playbook not in found or one.level > found[one.playbook].level:
            found[one.playbook] = one
    return tuple(
        Proposed(one.playbook, one.level, one.why, one.at, one.owner, one.backup, one.command)
        for one in found.values()
        if one.level > declared.get(one.playbook, 0)
    )


class Watch:
    """Looks at the inbox now and then, and remembers in the ledger what it speaks for."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._looked: datetime | None = None

    def look(self, workspace: Workspace, ledger: View, now: datetime) -> None:
        """One look, unless the last was less than one of the detector's steps ago. Raises `LeitstandError`."""
        if self._looked is not None and now - self._looked < Tuning().step:
            return
        self._looked = now
        playbooks, _problems = read_playbooks(workspace.handbook)
        if not any(playbook.levels for playbook in playbooks):
            return
        # Late: it needs the database, and most workspaces have no playbook.
        from toolkit.community.crisis.hearing import hear
        from toolkit.community.crisis.house import find_house
        from toolkit.community.inbox.book import open_inbox
        from toolkit.community.inbox.place import find_inbox

        state = state_dir(workspace.root, workspace.settings, self._environ)
        with open_inbox(find_inbox(state, workspace.settings, self._environ), now=now, read_only=True) as inbox:
            heard = hear(inbox, now, find_house(workspace, inbox, state))
        memory = notes_of(ledger, NOTES, lambda: now)
        before = memory.read(PROPOSALS)
        after, _news = remember(before, propose(playbooks, heard, _declared(workspace)), now)
        if after != before:
            memory.swap(PROPOSALS, before, after)


def _declared(workspace: Workspace) -> dict[str, int]:
    """Playbook → the highest level that is open."""
    found: dict[str, int] = {}
    for one in _incidents(workspace):
        if one.is_open:
            found[one.playbook] = max(one.level, found.get(one.playbook, 0))
    return found


def _incidents(workspace: Workspace) -> tuple[Incident, ...]:
    """Those of the working folder and of the published commit."""
    found: dict[str, Incident] = {one.id: one for one in read_incidents(FolderTree(workspace.root))[0]}
    if isinstance(workspace.tree, CommitTree):
        for one in read_incidents(workspace.tree)[0]:
            # Whoever wrote last knows more: the commit, or somebody here who has not committed yet.
            if one.id not in found or len(one.entries) > len(found[one.id].entries):
                found[one.id] = one
    return tuple(found.values())


def _owed(incident: Incident) -> Owed | None:
    deadline = next_deadline(incident)
    if deadline is None:
        return None
    return Owed(
        id=incident.id,
        title=incident.title,
        what=duty_word(deadline.duty),
        due=deadline.due,
        owner=incident.owner,
        backup=incident.backup,
        first=deadline.duty is Duty.FIRST,
    )
