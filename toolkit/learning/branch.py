"""Changes as a commit on a branch of their own; the working tree, its index and the branch one is on stay as they are."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from toolkit.errors import LeitstandError, UsageError
from toolkit.learning.changes import Change
from toolkit.messages import _
from toolkit.source.past import find_commit
from toolkit.source.text import BOM
from toolkit.source.tree import ask_git
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Author:
    """Who the commit is by; with empty values git's own settings say so."""

    name: str = ""
    email: str = ""

    @property
    def environ(self) -> Mapping[str, str]:
        if not self.name:
            return {}
        email = self.email or "nobody@localhost"
        return {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in self._pair(email)}

    def _pair(self, email: str) -> tuple[tuple[str, str], ...]:
        return ("NAME", self.name), ("EMAIL", email)


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository that a workspace lies in. `environ` is what git runs with."""

    root: Path
    environ: Mapping[str, str]

    def commit(self, branch: str, changes: Iterable[Change], message: str, author: Author) -> str:
        """Make the branch from HEAD with one commit; its id.

        The changes are those of the files at HEAD. Raises `UsageError` for a branch that there is, for a name that git
        does not take and without a commit to begin from, `LeitstandError` with git's own words for everything else.
        """
        base = find_commit(self.root, "HEAD")
        if not base:
            raise UsageError(_("a branch needs a git repository with a commit"))
        if ask_git(self.root, "check-ref-format", "--branch", branch).returncode:
            raise UsageError(_("{name} is no name for a branch").format(name=branch))
        if find_commit(self.root, f"refs/heads/{branch}"):
            raise UsageError(_("there is a branch {name} already").format(name=branch))
        tree = self._tree(base, changes)
        commit = self._git("commit-tree", tree, "-p", base, "-m", message, environ=author.environ)
        self._git("update-ref", "-m", "leitstand learn", f"refs/heads/{branch}", commit, "0" * len(base))
        return commit

    def _tree(self, base: str, changes: Iterable[Change]) -> str:
        """The tree of `base` with the changes, put together in an index of its own."""
        prefix = self._git("rev-parse", "--show-prefix")
        with tempfile.TemporaryDirectory(prefix="leitstand-") as folder:
            index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
            self._git("read-tree", base, environ=index)
            for change in changes:
                blob = self._git("hash-object", "-w", "--stdin", stdin=self._data(base, change))
                self._git("update-index", "--add", "--cacheinfo", f"100644,{blob},{prefix}{change.path}", environ=index)
            return self._git("write-tree", environ=index)

    def _data(self, base: str, change: Change) -> bytes:
        """The new bytes; a file keeps its byte order mark."""
        if change.before is None:
            return change.after.encode()
        old = ask_git(self.root, "cat-file", "blob", f"{base}:./{change.path}").stdout
        return (BOM if old.startswith(BOM.encode()) else "").encode() + change.after.encode()

    def _git(self, *args: str, stdin: bytes = b"", environ: Mapping[str, str] | None = None) -> str:
        done = ask_git(self.root, *args, stdin=stdin, environ={**self.environ, **(environ or {})})
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip()
            raise LeitstandError(_("git {args}: {said}").format(args=args[0], said=said or done.returncode))
        return done.stdout.decode().strip()
