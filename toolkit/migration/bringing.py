"""The whole way of an archive into a workspace: accounts, media, posts; `write_migration` and the ledger come after it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import datetime
from pathlib import Path

from toolkit.migration.archive import Archive, Tool
from toolkit.migration.assigning import Assigned, assign, make_accounts
from toolkit.migration.base import Migration
from toolkit.migration.copying import copy_media
from toolkit.migration.fetching import Fetched
from toolkit.migration.forgiving import forgive
from toolkit.migration.moving import Terms, move_archive, past_posts
from toolkit.settings import FILE_NAME, Settings
from toolkit.source import FolderTree
from toolkit.values import dataclass
from toolkit.workspace import load_settings, load_workspace
from toolkit.workspace.naming import slug

Fetch = Callable[[list[str]], Fetched]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user decides. `accounts`: key, handle or network there → account here; `fetch` gets addresses."""

    zone: str
    language: str = "en"
    accounts: Mapping[str, str] = field(default_factory=dict)
    ready: bool = False
    fetch: Fetch | None = None
    dry: bool = False  # nothing is written, not even media


@dataclass(frozen=True, slots=True)
class Brought:
    """The migration, and what became of the media."""

    migration: Migration
    fetched: Fetched


def read_home(folder: Path) -> Settings | None:
    """The settings of the workspace in `folder`; None when there is none yet."""
    if not (folder / FILE_NAME).exists():
        return None
    settings, _problems = load_settings(FolderTree(folder))
    return settings


def bring(tool: Tool, archive: Archive, folder: Path, wishes: Wishes, now: datetime) -> Brought:
    """What `archive` becomes in `folder`. Media are copied and fetched, posts are not written yet.

    Raises `UsageError` when a channel could be several accounts.
    """
    home = read_home(folder)
    assigned, text = _accounts(archive, folder, wishes, home)
    fetched = Fetched({}, {}) if wishes.dry else _media(archive, folder, tool.name, wishes.fetch)
    posts = () if home is None else load_workspace(folder).posts
    terms = Terms(
        tool=tool.name,
        zone=wishes.zone if home is None else home.timezone,
        language=wishes.language if home is None else home.languages[0],
        author=_author(home),
        files=fetched.files,
        ready=wishes.ready,
        there={post.uid: post.path for post in posts if post.uid},
        taken=frozenset(post.path for post in posts),
    )
    migration = move_archive(archive, assigned, text, terms)
    return Brought(forgive(migration, folder, tool.title, now, past_posts(archive, terms)), fetched)


def _accounts(archive: Archive, folder: Path, wishes: Wishes, home: Settings | None) -> tuple[Assigned, str]:
    used = {sending.channel for item in archive.items for sending in item.sendings}
    channels = [channel for channel in archive.channels if channel.key in used]
    if home is None:
        made = make_accounts(channels, slug(folder.name), wishes.zone, wishes.language)
        return made, made.settings
    data = (folder / FILE_NAME).read_bytes()
    return assign(channels, wishes.accounts, home), data.decode("utf-8-sig").replace("\r\n", "\n")


def _author(home: Settings | None) -> str:
    """The only person there is; a new workspace has a team."""
    if home is None:
        return "team"
    return next(iter(home.people)) if len(home.people) == 1 else ""


def _media(archive: Archive, folder: Path, tool: str, fetch: Fetch | None) -> Fetched:
    media = [medium for item in archive.items for medium in item.media]
    copied = copy_media([medium.address for medium in media if medium.local], folder, f"media/{tool}")
    addresses = dict.fromkeys(medium.address for medium in media if not medium.local)
    remote = [one for one in addresses if one.startswith(("http://", "https://"))]
    if fetch is None or not remote:
        return copied
    found = fetch(remote)
    return Fetched({**copied.files, **found.files}, {**copied.failed, **found.failed})
