"""What is owed in public about open incidents, for those who tell the team: of the working folder and of the commit."""

from __future__ import annotations

from toolkit.alerts import Owed
from toolkit.community.crisis import Incident, read_incidents
from toolkit.community.crisis.deadlines import Duty, duty_word, next_deadline
from toolkit.source import CommitTree, FolderTree
from toolkit.workspace import Workspace


def find_owed(workspace: Workspace) -> tuple[Owed, ...]:
    """One for each open incident with a deadline; files that cannot be read are told by `crisis status` and the site."""
    found: dict[str, Incident] = {one.id: one for one in read_incidents(FolderTree(workspace.root))[0]}
    if isinstance(workspace.tree, CommitTree):
        for one in read_incidents(workspace.tree)[0]:
            # Whoever wrote last knows more: the commit, or somebody here who has not committed yet.
            if one.id not in found or len(one.entries) > len(found[one.id].entries):
                found[one.id] = one
    return tuple(owed for one in found.values() if (owed := _owed(one)) is not None)


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
