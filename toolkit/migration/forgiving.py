"""What the rules find in posts of the past: nobody can make it right any more, so each post says so, with the reason.

Warnings and hints stay; an error would hold back nothing but the people who look for errors of today.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from toolkit.lint import check_workspace
from toolkit.lint.rules import all_rules
from toolkit.messages import _
from toolkit.migration.base import Change, Kind, Migration, Moved
from toolkit.migration.files import known_uids
from toolkit.model import Problem, Severity
from toolkit.settings import FILE_NAME
from toolkit.source import FolderTree, OverlayTree
from toolkit.source.entries import flow_entry
from toolkit.workspace import load_workspace


def forgive(
    migration: Migration, folder: Path, tool: str, now: datetime, past: Collection[str] | None = None
) -> Migration:
    """`migration` with an `ignore` entry for each rule that a post of the past breaks, and a change that says so.

    `past` are the uids of the posts that are over; without it all of them are.
    """
    errors: dict[str, list[Problem]] = defaultdict(list)
    optional = {name for name, rule in all_rules().items() if not rule.required}
    for problem in _check(migration, folder, now):
        if problem.severity is Severity.ERROR and problem.rule in optional:
            errors[problem.path].append(problem)
    return replace(
        migration,
        posts=tuple(
            _forgiven(post, errors[post.path], tool) if past is None or post.uid in past else post
            for post in migration.posts
        ),
    )


def _check(migration: Migration, folder: Path, now: datetime) -> list[Problem]:
    """The problems of the posts as they would lie in `folder`."""
    known = known_uids(folder)
    files = {post.path: post.text.encode() for post in migration.posts if post.uid not in known}
    if not (folder / FILE_NAME).exists():
        files[FILE_NAME] = migration.settings.encode()
    if not files:
        return []
    workspace = load_workspace(folder, OverlayTree(FolderTree(folder), files))
    return check_workspace(workspace, now=now, paths=tuple(files))


def _forgiven(post: Moved, errors: Iterable[Problem], tool: str) -> Moved:
    said: dict[str, list[str]] = defaultdict(list)
    for problem in errors:
        said[problem.rule].append(f"{problem.span.line}:{problem.span.col}: {problem.message}")
    if not said:
        return post
    reason = _("taken over from {tool} as it was").format(tool=tool)
    entries = "".join(f"  - {flow_entry({'rule': rule, 'reason': reason})}\n" for rule in said)
    # The first such line is the end of the front matter that was written for this post.
    text = post.text.replace("\n---\n", f"\nignore:\n{entries}---\n", 1)
    changes = (
        Change(Kind.IGNORED, _("{rule} is ignored: {problems}").format(rule=rule, problems="; ".join(found)))
        for rule, found in said.items()
    )
    return replace(post, text=text, changes=(*post.changes, *changes))
