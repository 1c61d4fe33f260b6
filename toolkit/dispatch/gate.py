"""Everything that can stop a post of a real workspace: the pause switch, approvals, errors in the file."""

from __future__ import annotations

from datetime import datetime

from toolkit.approval import judge
from toolkit.community import Pause, pauses_of_rows, read_pauses
from toolkit.ledger import Ledger
from toolkit.lint import check_workspace
from toolkit.model import Clock, Post, Severity
from toolkit.planning import Slot
from toolkit.source import FolderTree
from toolkit.workspace import Workspace, open_tree


class Gate:
    """Asks the rooms that have a say. Errors of a file are found once per tick, the pause switch is read each time."""

    def __init__(self, workspace: Workspace, ledger: Ledger, clock: Clock) -> None:
        self._workspace = workspace
        self._ledger = ledger
        self._clock = clock
        self._errors: dict[str, str] = {}

    def obstacle(self, slot: Slot) -> str:
        """Why the slot may not go out: an error in its file, a missing approval; "" when it may."""
        error = self._error(slot.post)
        if error:
            return error
        return judge(slot.post, slot.account, self._workspace).reason

    def pause(self, slot: Slot, now: datetime) -> Pause | None:
        """The pause that stops the slot: of the published commit, of the working folder, or of the ledger."""
        pauses = read_pauses(FolderTree(self._workspace.root))
        if self._workspace.tree.commit:
            committed = read_pauses(open_tree(self._workspace.root, self._workspace.settings.ref))
            pauses = type(pauses)((*committed.entries, *pauses.entries), (*committed.problems, *pauses.problems))
        pauses = pauses.plus(pauses_of_rows(self._ledger.pauses(now)))
        return pauses.blocking(slot.post, slot.account.name, now)

    def _error(self, post: Post) -> str:
        if post.path not in self._errors:
            found = check_workspace(self._workspace, now=self._clock.now(), paths=(post.path,))
            # Whether approvals suffice is asked per account, not per file.
            errors = [str(p) for p in found if p.severity is Severity.ERROR and p.rule != "approval"]
            self._errors[post.path] = errors[0] if errors else ""
        return self._errors[post.path]
