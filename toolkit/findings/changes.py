"""What changed since a revision: the lines of the working files that it does not have.

Compared is the folder, saved but perhaps not committed, with the commit at which HEAD parted from the revision: what
others did there meanwhile is not ours. git names the files; lines are compared here, without their endings, so that
they are counted as in every other place and no diff driver or line-ending setting of the repository has a say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from toolkit.errors import LeitstandError, UsageError
from toolkit.messages import _
from toolkit.model import Problem, SourceText
from toolkit.source import Tree, decode, read_frontmatter
from toolkit.source.past import find_commit, fork_point
from toolkit.source.tree import in_git, run_git
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """Path → numbers of the lines that are new or stand beside a gap; None: the whole file is new."""

    lines: Mapping[str, frozenset[int] | None]

    def touch(self, problem: Problem) -> bool:
        """Whether the problem stands in a changed line."""
        if problem.path not in self.lines:
            return False
        changed, span = self.lines[problem.path], problem.span
        return changed is None or any(number in changed for number in range(span.line, span.end_line + 1))


def find_changes(root: Path, tree: Tree, revision: str) -> Changes:
    """The changes below `root` since `revision`. Raises `UsageError` without git, revision or common history."""
    if not in_git(root):
        message = _("--diff-only compares with a revision of git, and {folder} lies in no repository with a commit")
        raise UsageError(message.format(folder=root))
    base = _fork(root, revision)
    pairs = dict(_changed_files(root, base))
    untracked = run_git(root, "ls-files", "--others", "--exclude-standard", "-z")
    lines: dict[str, frozenset[int] | None] = dict.fromkeys(_names(untracked))
    for path, before in pairs.items():
        lines[path] = _changed_lines(tree, path, _text_at(root, base, before)) if before else None
    return Changes(lines)


def _fork(root: Path, revision: str) -> str:
    commit = find_commit(root, revision)
    if not commit:
        raise UsageError(_("git knows no revision {revision}").format(revision=revision))
    base = fork_point(root, find_commit(root, "HEAD"), commit)
    if not base:
        message = _("{revision} and HEAD have no commit in common here; in a shallow clone, fetch more of the history")
        raise UsageError(message.format(revision=revision))
    return base


def _changed_files(root: Path, base: str) -> Iterator[tuple[str, str]]:
    """The files of the folder that differ from the commit, and the path there; "" for those it does not have."""
    args = ("--name-status", "-z", "--find-renames", "--relative", "--ignore-submodules", "--no-ext-diff")
    fields = iter(_names(run_git(root, "diff", *args, base, "--", ".")))
    for status in fields:
        path = next(fields)
        if status[0] in "RC":
            yield next(fields), path
        elif status[0] != "D":
            yield path, "" if status[0] == "A" else path


def _names(listed: bytes) -> list[str]:
    return [name.decode("utf-8", "surrogateescape") for name in listed.split(b"\0") if name]


def _text_at(root: Path, commit: str, path: str) -> SourceText | None:
    try:
        return decode(path, run_git(root, "cat-file", "blob", f"{commit}:./{path}"))[0]
    except LeitstandError:
        return None


def _changed_lines(tree: Tree, path: str, before: SourceText | None) -> frozenset[int] | None:
    try:
        after, _problems = decode(path, tree.read(path))
    except OSError:
        return None
    if before is None or after is None:
        return None
    changed = frozenset(compare(before.lines, after.lines))
    head = _head(after)
    # What a head lacks is said in its first line, whichever of its lines changed.
    return changed | {1} if any(number <= head for number in changed) else changed


def _head(source: SourceText) -> int:
    """How many lines the front matter has, without its closing line."""
    front, _problems = read_frontmatter(source)
    return source.place(front.end)[0] - 1


def compare(before: Sequence[str], after: Sequence[str]) -> Iterator[int]:
    """The numbers, from 1, of lines in `after` that are new or changed, and of those beside lines that are gone."""
    for kind, _start, _end, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "delete":
            yield from range(max(start, 1), min(start + 1, len(after)) + 1)
        elif kind != "equal":
            yield from range(start + 1, end + 1)
