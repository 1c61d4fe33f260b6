"""Fetching the branch that is published, where it is a remote one (``origin/main``).

A fetch that fails changes nothing: the last commit that is known stays what is published, and it is said once. So is a
history that was rewritten: what was sent is in the ledger, and no branch can take it back or send it again. When the
branch was last fetched is noted in the state directory, for `status` and `doctor`.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, field
from datetime import datetime
from pathlib import Path
from typing import Final

from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.model import Clock
from toolkit.source import FolderTree
from toolkit.source.past import find_commit, is_part
from toolkit.source.tree import ask_git, run_git
from toolkit.source.writing import replace_file
from toolkit.values import dataclass
from toolkit.workspace import load_settings, state_dir

# Seconds between two fetches, and the longest one may take.
PAUSE: Final = 60.0
LONGEST: Final = 30.0
FILE: Final = "fetch.json"
# Nobody is there to type a password.
_UNATTENDED: Final = {"GIT_TERMINAL_PROMPT": "0", "GCM_INTERACTIVE": "never"}


@dataclass(frozen=True, slots=True)
class FetchNote:
    """How fetching goes. Moments are ISO, "" for never; `problem` is that of the last try, "" when it went well."""

    ref: str
    tried: str = ""
    fetched: str = ""  # when it last went well
    commit: str = ""
    problem: str = ""
    rewritten: str = ""  # when the branch last lost commits that had been published
    lost: str = ""  # the last of them

    def age(self, now: datetime) -> float | None:
        """Seconds since the branch was fetched; None when it never was."""
        return (now - datetime.fromisoformat(self.fetched)).total_seconds() if self.fetched else None


@dataclass(slots=True)
class Fetcher:
    """Fetches at most once a minute; remembers what it said."""

    root: Path
    clock: Clock
    environ: Mapping[str, str]
    _last: float | None = None
    _said: str = field(default="")

    def refresh(self) -> str:
        """Fetch when it is time; what went wrong, when that has not been said yet."""
        if self._last is not None and self.clock.elapsed() - self._last < PAUSE:
            return ""
        self._last = self.clock.elapsed()
        problem = self._fetch()
        news = problem if problem != self._said else ""
        self._said = problem
        return news

    def _fetch(self) -> str:
        try:
            settings = load_settings(FolderTree(self.root))[0]
            remote, branch = remote_branch(self.root, settings.ref)
        except LeitstandError:
            # The tick itself will say what is wrong with settings or git.
            return ""
        if not remote:
            return ""
        state, tracking = state_dir(self.root, settings, self.environ), f"refs/remotes/{remote}/{branch}"
        before, known = find_commit(self.root, tracking), read_fetch(state, settings.ref)
        problem = fetch(self.root, remote, branch, self.environ)
        now, after = self.clock.now().isoformat(), find_commit(self.root, tracking)
        lost = before if before and not problem and not is_part(self.root, before, after) else ""
        note = FetchNote(
            ref=settings.ref,
            tried=now,
            fetched=known.fetched if problem else now,
            commit=after,
            problem=problem,
            rewritten=now if lost else known.rewritten,
            lost=lost or known.lost,
        )
        # Where the note cannot be written, the ledger cannot either, and the tick says so.
        with suppress(OSError):
            _write(state, note)
        return problem or (say_rewritten(note) if lost else "")


def say_rewritten(note: FetchNote) -> str:
    """The sentence about a branch whose history is another one than it was."""
    message = _("the history of {ref} was rewritten: {lost} is not in it any more; what was sent stays sent")
    return message.format(ref=note.ref, lost=note.lost[:12])


def read_fetch(state: Path, ref: str) -> FetchNote:
    """How fetching `ref` goes; an empty note where nothing was fetched yet, or another branch."""
    try:
        raw = json.loads((state / FILE).read_text(encoding="utf-8"))
        note = FetchNote(**raw) if isinstance(raw, dict) and raw.get("ref") == ref else FetchNote(ref)
        for moment in filter(None, (note.tried, note.fetched, note.rewritten)):
            if datetime.fromisoformat(moment).tzinfo is None:
                return FetchNote(ref)
    except (OSError, ValueError, TypeError, RecursionError):
        return FetchNote(ref)
    return note


def remote_branch(root: Path, ref: str) -> tuple[str, str]:
    """``origin/main`` as remote and branch; two empty texts when `ref` is no remote branch."""
    if "/" not in ref:
        return "", ""
    name = ref.removeprefix("refs/remotes/")
    for remote in run_git(root, "remote").decode("utf-8", "replace").split():
        if name.startswith(f"{remote}/"):
            return remote, name.removeprefix(f"{remote}/")
    return "", ""


def fetch(root: Path, remote: str, branch: str, environ: Mapping[str, str]) -> str:
    """Bring the remote branch up to date; returns what went wrong, "" when nothing did."""
    said = fetch_ref(root, remote, f"+refs/heads/{branch}:refs/remotes/{remote}/{branch}", environ)
    message = _("cannot fetch {remote}/{branch}, publishing the last commit that is known: {said}")
    return message.format(remote=remote, branch=branch, said=said) if said else ""


def fetch_ref(root: Path, remote: str, wanted: str, environ: Mapping[str, str]) -> str:
    """Fetch one ref or commit, bounded in time; returns git's own words about what went wrong, "" when nothing did.

    What arrives is checked, object by object, before it is let in.
    """
    settings = ("-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "fetch.fsckObjects=true")
    what = ("fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head", "--end-of-options")
    surroundings = {**environ, **_UNATTENDED, "GIT_SSH_COMMAND": environ.get("GIT_SSH_COMMAND", "ssh -o BatchMode=yes")}
    try:
        done = ask_git(root, *what, remote, wanted, settings=settings, environ=surroundings, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return _("no answer within {seconds} s").format(seconds=int(LONGEST))
    if done.returncode == 0:
        return ""
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[0] if lines else str(done.returncode)


def _write(state: Path, note: FetchNote) -> None:
    state.mkdir(parents=True, exist_ok=True, mode=0o700)
    replace_file(state / FILE, json.dumps(asdict(note)).encode())
