"""Where workspace files come from: the working folder, or a commit that nobody can change under us."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Final, Protocol

from toolkit.errors import LeitstandError, UsageError
from toolkit.messages import _

# Nothing of a repository runs while we look at it, a commit is what its id says (refs/replace could put another one in
# its place), and a path is a path, whatever characters it has.
INERT: Final = (
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "core.fsmonitor=false",
    "--no-replace-objects",
    "--literal-pathspecs",
)


class Tree(Protocol):
    """Files by their path from the workspace root, with forward slashes."""

    @property
    def commit(self) -> str:
        """The commit id, or "" for working files."""

    def paths(self, folder: str, suffix: str = "") -> list[str]:
        """All files below `folder` that end in `suffix`, sorted; hidden ones, links and names that are not UTF-8 are left out."""

    def read(self, path: str) -> bytes:
        """The bytes of a file; FileNotFoundError when there is none."""

    def exists(self, path: str) -> bool:
        """Whether there is such a regular file inside the workspace."""


class FolderTree:
    """The files in a folder, as they are now. Links are not followed: what they point at is not reviewed."""

    commit = ""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._folders: dict[str, bool] = {}  # folder → whether no link leads to it

    def paths(self, folder: str, suffix: str = "") -> list[str]:
        found = self._walk(folder.rstrip("/")) if self._unlinked(folder) else ()
        return sorted(
            path
            for path, entry in found
            if entry.name.endswith(suffix) and entry.is_file(follow_symlinks=False) and _named(entry.name)
        )

    def misnamed(self, folder: str) -> list[str]:
        """The files and folders at and below `folder` whose names are not UTF-8, with the bytes that are not in hexadecimal."""
        found = self._walk(folder) if self._unlinked(folder) else ()
        strange = (path for path, entry in found if not _named(entry.name))
        return sorted(os.fsencode(path).decode("utf-8", "backslashreplace") for path in strange)

    def links(self, folder: str) -> list[str]:
        """The links at and below `folder`, which `paths` leaves out; `folder` itself when a link leads to it."""
        if not self._unlinked(folder):
            return [folder]
        return sorted(path for path, entry in self._walk(folder) if entry.is_symlink() and _named(entry.name))

    def _walk(self, folder: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
        """Everything below `folder` that is not hidden; folders whose names are not UTF-8 are not looked into."""
        left = [folder]
        while left:
            inside = left.pop()
            for entry in self._entries(inside):
                path = entry.name if inside in {"", "."} else f"{inside}/{entry.name}"
                yield path, entry
                if entry.is_dir(follow_symlinks=False) and _named(entry.name):
                    left.append(path)

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            return [entry for entry in os.scandir(f"{self.root}/{folder}") if not entry.name.startswith(".")]
        except (FileNotFoundError, NotADirectoryError):
            return []

    def _unlinked(self, folder: str) -> bool:
        full = self.root / folder
        return full.resolve() == Path(os.path.normpath(full))

    def read(self, path: str) -> bytes:
        with open(self._inside(path), "rb") as stream:  # noqa: PTH123  # thousands of files: plain strings are quicker
            return stream.read()

    def head(self, path: str, size: int) -> bytes:
        """The first `size` bytes of a file."""
        with open(self._inside(path), "rb") as stream:  # noqa: PTH123  # as above
            return stream.read(size)

    def exists(self, path: str) -> bool:
        try:
            return os.path.isfile(self._inside(path))  # noqa: PTH113  # as above
        except (OSError, ValueError):
            return False

    def _inside(self, path: str) -> str:
        """The full path; FileNotFoundError when a link anywhere on the way would lead out of what was reviewed."""
        full = os.path.normpath(f"{self.root}/{path}")
        folder = os.path.dirname(full)  # noqa: PTH120  # as above
        if folder not in self._folders:
            self._folders[folder] = os.path.realpath(folder) == folder and self._below(folder)
        if not self._folders[folder] or os.path.islink(full):  # noqa: PTH114  # as above
            raise FileNotFoundError(path)
        return full

    def _below(self, folder: str) -> bool:
        root = str(self.root)
        return folder == root or folder.startswith(root.rstrip(os.sep) + os.sep)


def _named(name: str) -> bool:
    """Whether the name of a file is text: another one can be neither printed nor written into the site or the ledger."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


class CommitTree:
    """The files of one commit of the repository that the workspace lies in."""

    def __init__(self, root: Path, ref: str) -> None:
        self.root = root.resolve()
        self.ref = ref
        top = run_git(self.root, "rev-parse", "--show-toplevel").decode().strip()
        self.commit = (
            run_git(self.root, "rev-parse", "--verify", "--end-of-options", f"{ref}^{{commit}}").decode().strip()
        )
        prefix = self.root.relative_to(Path(top).resolve()).as_posix()
        self._prefix = "" if prefix == "." else prefix + "/"
        self._blobs = self._list()

    def _list(self) -> Mapping[str, str]:
        args = ("ls-tree", "-r", "-z", "--full-tree", self.commit, *([self._prefix] if self._prefix else []))
        blobs = {}
        for line in run_git(self.root, *args).split(b"\0"):
            meta, _tab, name = line.partition(b"\t")
            mode, _kind, blob = (*meta.split(b" "), b"", b"")[:3]
            path = name.decode("utf-8", "surrogateescape")
            if mode in {b"100644", b"100755"} and _named(path):
                blobs[path.removeprefix(self._prefix)] = blob.decode()
        return blobs

    def paths(self, folder: str, suffix: str = "") -> list[str]:
        start = folder.rstrip("/") + "/"
        return sorted(
            path for path in self._blobs if path.startswith(start) and path.endswith(suffix) and "/." not in path
        )

    def read(self, path: str) -> bytes:
        blob = self._blobs.get(path, "")
        if not blob or (path.endswith(".md") and blob not in self._texts):
            raise FileNotFoundError(path)
        return self._texts[blob] if path.endswith(".md") else run_git(self.root, "cat-file", "blob", blob)

    @cached_property
    def _texts(self) -> Mapping[str, bytes]:
        """Blob → bytes of all Markdown files, with one call: a process per file would take minutes for 10,000 posts."""
        return read_blobs(self.root, {blob for path, blob in self._blobs.items() if path.endswith(".md")})

    def exists(self, path: str) -> bool:
        return path in self._blobs


def run_git(root: Path, *args: str, stdin: bytes = b"") -> bytes:
    """The output of a git command; raises `LeitstandError` with its words when it fails."""
    done = ask_git(root, *args, stdin=stdin)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise LeitstandError(_("git {args}: {said}").format(args=args[0], said=said[-1] if said else done.returncode))
    return done.stdout


def read_blobs(root: Path, blobs: Iterable[str]) -> dict[str, bytes]:
    """Id of a blob → its bytes, with one call; those that an incomplete clone does not have are left out."""
    found = run_git(root, "cat-file", "--batch", stdin="".join(f"{blob}\n" for blob in blobs).encode())
    texts, at = {}, 0
    while at < len(found):
        line_end = found.index(b"\n", at)
        blob, kind, size = (*found[at:line_end].split(b" "), b"-1")[:3]
        start = line_end + 1
        if kind == b"missing":
            at = start
            continue
        texts[blob.decode()] = found[start : start + int(size)]
        at = start + int(size) + 1
    return texts


def ask_git(
    root: Path,
    *args: str,
    stdin: bytes = b"",
    settings: Sequence[str] = (),
    environ: Mapping[str, str] | None = None,
    timeout: float | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """How a git command ended and what it said; hooks and file watchers of the repository stay off.

    `settings` are options before the command (``-c``, ``name=value``). Raises `subprocess.TimeoutExpired` after
    `timeout` seconds, and `UsageError` where git is not installed.
    """
    command = ["git", "-C", str(root), *INERT, *settings, *args]
    # Programs that git starts, and git itself, need none of our tokens and keys.
    inherited = os.environ if environ is None else environ
    bare = {name: value for name, value in inherited.items() if not name.startswith("LEITSTAND_")}
    try:
        return subprocess.run(command, capture_output=True, check=False, input=stdin, timeout=timeout, env=bare)
    except FileNotFoundError:
        raise UsageError(_("git is not installed; leave [publish] ref empty to publish the working files")) from None


def commit_time(root: Path, commit: str) -> datetime:
    """When `commit` was made, with its own offset; raises `LeitstandError` when git does not know it."""
    return datetime.fromisoformat(run_git(root, "show", "--no-patch", "--format=%cI", commit).decode().strip())


def in_git(root: Path) -> bool:
    """Whether the workspace lies in a git repository that has a commit."""
    try:
        run_git(root, "rev-parse", "--verify", "HEAD")
    except LeitstandError:
        return False
    return True


def read_head(tree: Tree, path: str, size: int) -> bytes:
    """The first `size` bytes of a file; a film in the folder is not read whole for that."""
    if isinstance(tree, FolderTree):
        return tree.head(path, size)
    return tree.read(path)[:size]


class OverlayTree:
    """A tree in which some files are as an editor holds them, not yet saved."""

    def __init__(self, below: Tree, files: Mapping[str, bytes]) -> None:
        self.below = below
        self.files = files
        self.commit = below.commit

    def paths(self, folder: str, suffix: str = "") -> list[str]:
        start = folder.rstrip("/") + "/"
        open_files = {path for path in self.files if path.startswith(start) and path.endswith(suffix)}
        return sorted(open_files.union(self.below.paths(folder, suffix)))

    def read(self, path: str) -> bytes:
        return self.files[path] if path in self.files else self.below.read(path)

    def exists(self, path: str) -> bool:
        return path in self.files or self.below.exists(path)
