"""How files looked when they were first committed."""

from __future__ import annotations

from pathlib import Path

from toolkit.source.tree import run_git


def first_versions(root: Path, folder: str) -> dict[str, bytes]:
    """Path from `root` → the bytes of its first commit on this branch, for every Markdown file below `folder`."""
    added = _added(root, folder)
    names = "".join(f"{commit}:./{path}\n" for path, commit in added.items() if "\n" not in path)
    data = run_git(root, "cat-file", "--batch", stdin=names.encode())
    found, at = {}, 0
    for path in added:
        if "\n" in path:
            continue
        line_end = data.index(b"\n", at)
        size = data[at:line_end].rpartition(b" ")[2]
        at = line_end + 1
        if size.isdigit():  # "missing" in an incomplete clone
            found[path] = data[at : at + int(size)]
            at += int(size) + 1
    return found


def _added(root: Path, folder: str) -> dict[str, str]:
    """Path → the oldest commit that added it."""
    args = ("log", "--reverse", "--no-renames", "--diff-filter=A", "--format=%x01%H", "--name-only", "-z", "--relative")
    listed = run_git(root, *args, "HEAD", "--", folder).decode("utf-8", "surrogateescape")
    found: dict[str, str] = {}
    for chunk in listed.split("\x01")[1:]:
        commit, *names = chunk.replace("\n", "\0").split("\0")
        for name in names:
            if name.endswith(".md"):
                found.setdefault(name, commit)
    return found
