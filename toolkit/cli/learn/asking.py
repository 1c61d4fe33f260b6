"""What the verbs of `leitstand learn` share: the questions asked once, in the workspace that they are about."""

from __future__ import annotations

from pathlib import Path

from toolkit.cli.context import Context, open_context
from toolkit.community.inbox.book import open_inbox
from toolkit.community.inbox.place import find_inbox
from toolkit.community.summary.spoken import Wait, read_heard
from toolkit.learning.branch import Author, Repository
from toolkit.learning.changes import Change
from toolkit.learning.deciding import Word
from toolkit.learning.promises import QUARTER
from toolkit.learning.proposals import Learned, learn
from toolkit.metrics import open_store
from toolkit.source import CommitTree
from toolkit.source.tree import ask_git
from toolkit.values import dataclass
from toolkit.workspace import Workspace


@dataclass(frozen=True)
class Asked:
    """The workspace and everything that its results answer."""

    context: Context
    workspace: Workspace
    learned: Learned

    def word(self, by: str, reason: str, report: str, ident: str) -> Word:
        """What somebody says about a proposal, now; without a report the numbers are found where they come from."""
        return Word(by, self.context.local_now, reason, report or self.source(ident))

    def source(self, ident: str) -> str:
        """The command that says the numbers of a question as they are now."""
        return f"leitstand learn show {ident} --now {self.context.local_now.isoformat(timespec='seconds')}"

    @property
    def prefix(self) -> str:
        """Where in its repository the workspace lies: "brand/"; "" at the top, and outside of git."""
        done = ask_git(self.context.root, "rev-parse", "--show-prefix")
        return "" if done.returncode else done.stdout.decode().strip()

    def at_head(self) -> Workspace:
        """The workspace as it was committed last: branches begin there."""
        return self.context.load(CommitTree(self.context.root, "HEAD"))

    def commit(self, branch: str, changes: list[Change], message: str, by: str = "") -> str:
        """The changes, which are those of the files at HEAD, on a new branch; the id of the commit."""
        person = self.context.settings.people.get(by)
        author = Author(person.name or person.key, person.email) if person is not None else Author()
        repository = Repository(self.context.root, self.context.environ)
        return repository.commit(branch, changes, message, author)


def ask(folder: Path, now: str) -> Asked:
    """Ask everything."""
    context = open_context(folder, now)
    workspace, store = context.load(), open_store(context.state)
    learned = learn(workspace, store, store.subjects(), context.clock.now(), _waits(context))
    return Asked(context, workspace, learned)


def _waits(context: Context) -> tuple[Wait, ...]:
    """The inbox's turns of the last quarter; none where nobody listens."""
    place = find_inbox(context.state, context.settings, context.environ)
    if not place.exists():
        return ()
    now = context.clock.now()
    with open_inbox(place, now=now, read_only=True) as inbox:
        return read_heard(inbox, now - QUARTER, now).waits
