"""Writing a migration's files: what is there stays as it is, and what was imported before is known by its uid."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Final

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.migration.base import Migration
from toolkit.settings import FILE_NAME, Settings, read_settings
from toolkit.source import FolderTree
from toolkit.source.writing import write_whole
from toolkit.values import dataclass
from toolkit.workspace import load_settings, load_workspace

_IGNORED: Final = "/.leitstand/\n/site/\n"


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, and what was there: paths relative to the workspace."""

    new: tuple[str, ...]
    kept: tuple[str, ...]


def write_migration(folder: Path, migration: Migration) -> Written:
    """Make the workspace in `folder`, or add what is missing in it. Nothing that is there is touched.

    Raises `UsageError` when a workspace is there that lacks an account.
    """
    if (folder / FILE_NAME).exists():
        _check_accounts(folder, migration)
        start: dict[str, str] = {}
    else:
        start = {FILE_NAME: migration.settings, ".gitignore": _IGNORED}
    known = known_uids(folder)
    kept = [post.path for post in migration.posts if post.uid in known]
    posts = {post.path: post.text for post in migration.posts if post.uid not in known}
    _check_paths(folder, posts)
    # The settings come last: until then the folder is no workspace, and a move that was interrupted is made whole.
    new = [path for path in (*posts, *reversed(start)) if _write(folder / path, {**start, **posts}[path])]
    return Written(tuple(new), tuple(kept))


def known_uids(folder: Path) -> frozenset[str]:
    """The uids of the posts in `folder`; none when it is no workspace yet."""
    there = load_workspace(folder).posts if (folder / FILE_NAME).exists() else ()
    return frozenset(post.uid for post in there)


def _write(path: Path, text: str) -> bool:
    """Write a file whole, unless there is one; whether it was written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        write_whole(path, partial(_fill, text=text), fresh=True)
    except FileExistsError:
        return False
    return True


def _fill(draft: Path, text: str) -> None:
    draft.write_text(text, encoding="utf-8", newline="\n")
    draft.chmod(0o644)  # a temporary file is its maker's alone, a post is not


def _check_accounts(folder: Path, migration: Migration) -> None:
    here, _problems = load_settings(FolderTree(folder))
    wanted = wanted_settings(migration)
    for name, account in wanted.accounts.items():
        found = here.accounts.get(name)
        if found is None or (found.network, found.id) != (account.network, account.id):
            message = _(
                "{folder} is a workspace without the account {name} = {network} {id}; add it to its {file}, or import into"
                " a new folder"
            )
            raise UsageError(
                message.format(folder=folder, name=name, network=account.network, id=account.id, file=FILE_NAME)
            )


def _check_paths(folder: Path, posts: Iterable[str]) -> None:
    """A file of another post where one of ours would go: nothing is written."""
    taken = [path for path in posts if (folder / path).exists()]
    if taken and (folder / FILE_NAME).exists():
        message = _("{path} is another post already; rename it, or import into a new folder")
        raise UsageError(message.format(path=folder / taken[0]))


def wanted_settings(migration: Migration) -> Settings:
    """The settings that the migration writes."""
    settings, problems = read_settings(migration.settings)
    if settings is None:
        raise UsageError("\n".join(str(problem) for problem in problems))
    return settings
