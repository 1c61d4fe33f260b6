"""Everything that a check may look at, as one key: the same key, the same answer.

=============================  ==============================================================================
the workspace                  leitstand.toml and all files of content/ and guidelines/: texts by their bytes, media by
                               size and times, and what is no file (links, names that are no text) by its name
the program                    our own files, the folders of installed packages, Python, the spoken language
the machine                    time zones, dictionaries, git, ffprobe
what the caller adds           rows of the ledger, the last commit, reviews
=============================  ==============================================================================

The time is not part of it; see `toolkit.findings.moment`. A rule that looks at anything else would be answered from the
past: `tests/findings/test_inputs.py` watches what checks open.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
import zoneinfo
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import toolkit
from toolkit.messages import _
from toolkit.source import FolderTree
from toolkit.values import dataclass

FOLDERS: Final = ("content", "guidelines")
FILES: Final = ("leitstand.toml",)
# These are small, and read anyway; an editor may save twice within one tick of the disk's clock.
_TEXTS: Final = (".md", ".toml", ".json", ".yml", ".yaml", ".txt", ".ini", ".dic", ".tsv", ".csv")
# A post, or a folder of posts: what no rule about a single post looks at.
_POST: Final = re.compile(r"file content/posts/.*\.md [0-9a-f]+$|folder content/posts(/|$)", re.DOTALL)
_PACKAGE: Final = Path(toolkit.__file__).parent
_DICTIONARIES: Final = (
    *("/usr/share/hunspell", "/usr/share/myspell", "/usr/share/enchant-2", "/usr/lib/x86_64-linux-gnu/enchant-2"),
    *("~/.config/enchant", "~/.config/enchant/hunspell", "~/Library/Spelling", "/Library/Spelling"),
)
_VARIABLES: Final = ("HOME", "LANG", "LC_ALL", "LC_CTYPE", "DICPATH", "ENCHANT_CONFIG_DIR", "PYTHONTZPATH")
# Found by PATH, which itself says nothing: a virtual environment, `make` and an editor's window each have another.
_PROGRAMS: Final = ("git", "ffprobe")
_PACKAGES: Final = ("site-packages", "dist-packages")


@dataclass(frozen=True, slots=True)
class Inputs:
    """The key, and the workspace's files with their texts as they were when it was made.

    `surroundings` is a key for everything but the posts and what the caller adds.
    """

    key: str
    surroundings: str
    tree: Snapshot


class Snapshot(FolderTree):
    """A folder of which some files are as they were read once, so that an answer is about what its key says."""

    def __init__(self, root: Path, texts: Mapping[str, bytes]) -> None:
        super().__init__(root)
        self.texts = texts

    def read(self, path: str) -> bytes:
        found = self.texts.get(path)
        return super().read(path) if found is None else found


def read_inputs(root: Path, program: str, more: Iterable[str], *, settled: int, before: Inputs | None = None) -> Inputs:
    """Everything, read now; `program` is what `name_program` says. Raises `OSError` when something cannot be read.

    Texts that were read `before`, for an answer about these, are not read again.

    `settled` (nanoseconds since 1970) is a moment that the disk's clock has surely left: a file that changed later may
    change again without looking different, so its bytes count.
    """
    root = root.resolve()
    texts: dict[str, bytes] = {}
    walk = _Walk(root, texts, before.tree.texts if before else {}, settled)
    rows = [row for name in (*FILES, *FOLDERS) for row in walk.rows(name)]
    around = (row for row in rows if not _POST.match(row))
    return Inputs(_hash(program, *more, *rows), _hash(program, *around), Snapshot(root, texts))


def _hash(*rows: str) -> str:
    """One key for all rows; names of files may be no text."""
    return hashlib.sha256(b"".join(row.encode("utf-8", "surrogatepass") + b"\0" for row in rows)).hexdigest()


def name_program(environ: Mapping[str, str]) -> str:
    """A name for everything outside the workspace; another program or another dictionary, another name."""
    rows = (*_say_program(), *_say_machine(environ))
    return hashlib.sha256("\0".join(rows).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class _Walk:
    root: Path
    texts: dict[str, bytes]
    before: Mapping[str, bytes]
    settled: int

    def rows(self, name: str) -> Iterator[str]:
        """One row for each thing at and below `name` that says all there is to know of it."""
        full = f"{self.root}/{name}"
        try:
            status = os.lstat(full)
        except FileNotFoundError:
            yield f"nothing {name}"
            return
        if os.path.islink(full):  # noqa: PTH114  # as in toolkit.source.tree
            yield f"link {name} {os.readlink(full)}"  # noqa: PTH115  # as above
        elif os.path.isdir(full):  # noqa: PTH112  # as above
            yield from self._folder(full, name)
        else:
            yield self._file(name, full, status)

    def _folder(self, full: str, name: str) -> Iterator[str]:
        yield f"folder {name}"
        for entry in sorted(os.scandir(full), key=lambda entry: entry.name):
            inside = f"{name}/{entry.name}"
            if entry.is_symlink():
                yield f"link {inside} {os.readlink(entry.path)}"  # noqa: PTH115  # as above
            elif entry.is_dir():
                yield from self._folder(entry.path, inside)
            elif entry.is_file():
                text = entry.name.endswith(_TEXTS)
                yield self._file(inside, entry.path, None if text else entry.stat(follow_symlinks=False))
            else:
                yield f"other {inside}"

    def _file(self, name: str, full: str, status: os.stat_result | None) -> str:
        if name.endswith(_TEXTS):
            data = self.before.get(name)
            data = self.texts[name] = _read(full) if data is None else data
            return f"file {name} {hashlib.sha256(data).hexdigest()}"
        # Windows lets anybody set a file's times; elsewhere the time of change is the system's own.
        if status is None or os.name == "nt" or max(status.st_mtime_ns, status.st_ctime_ns) >= self.settled:
            return f"file {name} {hashlib.sha256(_read(full)).hexdigest()}"
        return f"file {name} {status.st_ino} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"


def _read(full: str) -> bytes:
    with open(full, "rb") as stream:  # noqa: PTH123  # as in toolkit.source.tree
        return stream.read()


def _say_program() -> Iterator[str]:
    """Our own files, Python, the packages, and the language that messages are in."""
    yield f"leitstand {toolkit.__version__} {sys.version}"
    yield _("No problems in {posts}")
    yield from _say_below(str(_PACKAGE))
    for folder in sys.path:
        if folder.endswith(_PACKAGES):
            yield _say_place(folder)


def _say_below(folder: str) -> Iterator[str]:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir(follow_symlinks=False):
            if entry.name != "__pycache__":
                yield from _say_below(entry.path)
        else:
            yield _say_place(entry.path)


def _say_machine(environ: Mapping[str, str]) -> Iterator[str]:
    for name, value in sorted(environ.items()):
        if name in _VARIABLES or name.startswith("GIT_"):
            yield f"{name}={value}"
    for folder in (*zoneinfo.TZPATH, *_DICTIONARIES):
        place = os.path.expanduser(folder)  # noqa: PTH111  # as in toolkit.source.tree
        yield _say_place(place)
        if folder in _DICTIONARIES and os.path.isdir(place):  # noqa: PTH112  # as above
            yield from _say_below(place)
    for program in _PROGRAMS:
        yield _say_place(shutil.which(program, path=environ.get("PATH")) or "")


def _say_place(path: str) -> str:
    try:
        status = os.stat(path)  # noqa: PTH116  # as in toolkit.source.tree
    except OSError:
        return f"nothing {path}"
    return f"{path} {status.st_ino} {status.st_size} {status.st_mtime_ns}"
