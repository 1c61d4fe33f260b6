"""Everything that can stop a post of a real workspace: the pause switch, approvals, errors in the file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from toolkit.approval import judge, with_words
from toolkit.community import Pause, Pauses, pauses_of_rows, read_pauses
from toolkit.ledger import Ledger, read_approvals
from toolkit.lint import post_errors
from toolkit.model import Clock, Post
from toolkit.planning import Slot
from toolkit.source import CommitTree, FolderTree
from toolkit.source.tree import run_git
from toolkit.workspace import Workspace


class Gate:
    """Asks the rooms that have a say. Errors of a file are found once per tick, the pause switch is read each time."""

    def __init__(self, workspace: Workspace, ledger: Ledger, clock: Clock) -> None:
        self._workspace = workspace
        self._ledger = ledger
        self._clock = clock
        self._errors: dict[str, str] = {}
        self._head: tuple[str, Pauses] = "", Pauses()

    def now(self) -> datetime:
        """The clock, read anew."""
        return self._clock.now()

    def obstacle(self, slot: Slot) -> str:
        """Why the slot may not go out: an error in its file, a missing approval; "" when it may."""
        # What has no time can only be taken back, and that its time is missing must not keep it from that.
        error = self._error(slot.post) if slot.due is not None else ""
        if error:
            return error
        # Asked of the ledger each time: a no at the desk stops what is about to be sent.
        said = with_words(self._workspace, read_approvals(self._ledger, slot.post.uid)) if slot.post.uid else None
        return judge(slot.post, slot.account, said or self._workspace).reason

    def pause(self, slot: Slot, now: datetime) -> Pause | None:
        """The pause that stops the slot: of the published commit, of the working folder, or of the ledger."""
        found = (one.blocking(slot.post, slot.account.name, now) for one in self._pauses(now))
        return next(filter(None, found), None)

    def pause_of_reply(self, uid: str, account: str, now: datetime) -> Pause | None:
        """The pause that stops a reply on an account."""
        found = (one.blocking_reply(uid, account, now) for one in self._pauses(now))
        return next(filter(None, found), None)

    def _pauses(self, now: datetime) -> Iterator[Pauses]:
        yield read_pauses(FolderTree(self._workspace.root))
        yield Pauses(pauses_of_rows(self._ledger.pauses(now)))
        tree = self._workspace.tree
        if isinstance(tree, CommitTree):
            yield self._committed(tree)

    def _committed(self, tree: CommitTree) -> Pauses:
        """The pauses of the published branch as it is now; read again only when it has moved."""
        commit = run_git(tree.root, "rev-parse", "--verify", "--end-of-options", f"{tree.ref}^{{commit}}").decode()
        if commit != self._head[0]:
            self._head = commit, read_pauses(CommitTree(tree.root, tree.ref))
        return self._head[1]

    def _error(self, post: Post) -> str:
        if post.path not in self._errors:
            errors = post_errors(self._workspace, post, self._clock.now())
            self._errors[post.path] = str(errors[0]) if errors else ""
        return self._errors[post.path]
