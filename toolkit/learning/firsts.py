"""How files looked when they were first committed."""

from __future__ import annotations

from pathlib import Path

from toolkit.source.tree import read_blobs, run_git


def first_versions(root: Path, folder: str) -> dict[str, bytes]:
    """Path from `root` → the bytes of its first commit on this branch, for every Markdown file below `folder`.

    Files whose first version an incomplete clone does not have are left out.
    """
    added = _added(root, folder)
    texts = read_blobs(root, dict.fromkeys(added.values()))
    return {path: texts[blob] for path, blob in added.items() if blob in texts}


def _added(root: Path, folder: str) -> dict[str, str]:
    """Path → the blob that its oldest commit added."""
    args = (
        "log",
        "--reverse",
        "--no-renames",
        "--diff-filter=A",
        "--format=",
        "--raw",
        "--no-abbrev",
        "-z",
        "--relative",
    )
    listed = run_git(root, *args, "HEAD", "--", folder).decode("utf-8", "surrogateescape").split("\0")
    found: dict[str, str] = {}
    # In turn ``:old-mode new-mode old-blob new-blob A`` and the path.
    for change, path in zip(listed[::2], listed[1::2], strict=False):
        if path.endswith(".md"):
            found.setdefault(path, change.split(" ")[3])
    return found
