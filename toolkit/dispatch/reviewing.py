"""Asking the forge for reviews, beside the ticks and never inside one.

Asked is for what is wanted: of ready posts that are still to go out and need approvals, the commits of the published
branch that changed them, the pull requests that brought those commits, the reviews of those. At most once a minute and
`MOST_POSTS` posts at a time, the next due first; a post that has its approvals is looked at again after `RECHECK`, since
a review can be dismissed. What was learned is written down (`toolkit.forge.knowledge`), and ticks read only that: while
the forge is silent, what is known stays, and nothing new comes.

Where the forge is, the folder's leitstand.toml says, like [publish] ref: a merged one must not send the token elsewhere.
Who is who there, the published one says.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from toolkit.dispatch.asking import Asking, Desired
from toolkit.dispatch.fetching import PAUSE, remote_branch
from toolkit.errors import LeitstandError
from toolkit.forge import Forge, ForgeError, open_forge, read_knowledge, write_knowledge
from toolkit.messages import _
from toolkit.model import Clock
from toolkit.settings import ForgePlace, Settings
from toolkit.source import CommitTree, FolderTree
from toolkit.values import dataclass
from toolkit.workspace import load_settings, load_workspace, state_dir

# Seconds after which a round asks nothing more.
LONGEST: Final = 60.0
# Two clocks count a minute differently.
SOON: Final = timedelta(seconds=PAUSE - 5)

OpenForge = Callable[[ForgePlace, Mapping[str, str], Clock], Forge]


@dataclass(slots=True)
class Reviewing:
    """Keeps what is known of the forge up to date. `open_with` opens it."""

    root: Path
    clock: Clock
    environ: Mapping[str, str]
    open_with: OpenForge = open_forge
    _last: float | None = None
    _forge: tuple[ForgePlace, Forge] | None = None
    _desired: Desired | None = None
    _thread: threading.Thread | None = None
    _problem: str = ""
    _said: str = ""

    def refresh(self) -> str:
        """Begin to ask when it is time; what went wrong the last time, when that has not been said yet."""
        busy = self._thread is not None and self._thread.is_alive()
        if not busy and (self._last is None or self.clock.elapsed() - self._last >= PAUSE):
            self._last = self.clock.elapsed()
            self._thread = threading.Thread(target=self.ask, name="reviews", daemon=True)
            self._thread.start()
        news = self._problem if self._problem != self._said else ""
        self._said = self._problem
        return news

    def wait(self, seconds: float) -> None:
        """Until the asking that is under way is done, or so long."""
        if self._thread is not None:
            self._thread.join(seconds)

    def ask(self) -> str:
        """Ask now, once, and write down what was learned; returns what went wrong. Raises nothing."""
        try:
            settings = load_settings(FolderTree(self.root))[0]
            self._problem = "" if settings.forge is None else self._learn(settings, settings.forge)
        except (LeitstandError, OSError) as error:
            self._problem = str(error)
        except Exception as error:  # noqa: BLE001  # it ends a thread: whatever it was, ticks go on and the next may be better
            message = _("a defect of ours keeps reviews from being read: {error!r}")
            self._problem = message.format(error=error)
        return self._problem

    def _learn(self, settings: Settings, place: ForgePlace) -> str:
        remote, branch = remote_branch(self.root, settings.ref)
        if not remote:
            raise LeitstandError(_("[forge] needs a remote branch as [publish] ref, such as origin/main"))
        state = state_dir(self.root, settings, self.environ)
        known, now = read_knowledge(state, place), self.clock.now()
        if known.asked is not None and abs(now - known.asked) < SOON:
            # A moment ago, by a process that ended meanwhile: cron, a restart.
            return known.problem
        desired = self._published(settings.ref)
        ends = self.clock.elapsed() + LONGEST
        asking = Asking(
            self._open(place),
            known,
            desired,
            (remote, branch),
            self.environ,
            now,
            overdue=lambda: self.clock.elapsed() > ends,
        )
        problem = ""
        try:
            asking.ask()
        except ForgeError as error:
            problem = _("reviews cannot be read, those that are known stay: {error}").format(error=error)
        # Also after a failure: what was answered until then is kept.
        known = replace(asking.known, asked=now, problem=problem)
        write_knowledge(state, place, known if problem else replace(known, answered=now))
        return problem

    def _open(self, place: ForgePlace) -> Forge:
        """The same one as long as its place is the same: it remembers what it read, and how long it has to rest."""
        if self._forge is None or self._forge[0] != place:
            self._forge = place, self.open_with(place, self.environ, self.clock)
        return self._forge[1]

    def _published(self, ref: str) -> Desired:
        """The published posts and what was found out about them; read again only when the branch has moved."""
        tree = CommitTree(self.root, ref)
        if self._desired is None or self._desired.workspace.tree.commit != tree.commit:
            self._desired = Desired(load_workspace(self.root, tree))
        return self._desired
