"""Pages made right after a save, before the build that follows it: the saved posts, and what somebody is looking at.

They are made by the functions of the build, from what the last one read and from the files that changed since. So they
have the bytes that the next build gives them, but for what a file's own page takes from elsewhere: ledger, inbox,
metrics and git are as the last build found them, and so is what the hour changes. Pages that no one looks at (other posts
that show this one's title, first pages, feeds, search) come with the build.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from importlib import import_module
from typing import NamedTuple
from urllib.parse import quote

from toolkit.garbage import without_collection
from toolkit.messages import speaking
from toolkit.pages.build.shell import Shell, model_path, place
from toolkit.pages.outward import outward
from toolkit.pages.page import Page
from toolkit.pages.paths import split_place
from toolkit.pages.places import place_of
from toolkit.pages.rendering import render_some
from toolkit.pages.view import Site, SiteInput
from toolkit.source import FolderTree
from toolkit.values import dataclass
from toolkit.workspace.rereading import reread


class Kind(NamedTuple):
    """What pages of one frame have in common."""

    model: str  # the model page's path
    edited: bool
    place: str  # the page of the navigation that is marked


def kind_of(path: str, page: Page) -> Kind:
    """The frame that `page` gets at the Markdown path `path`."""
    return Kind(model_path(path), bool(page.source), place_of(path))


@dataclass(frozen=True, slots=True)
class Known:
    """What is left of a build: the site that it made, the frames, and the paths of all pages.

    `bare` are the Markdown paths of the pages that stand in a frame; the others the builder itself lays out.
    """

    site: Site
    shells: Mapping[Kind, Shell]
    bare: frozenset[str]
    paths: frozenset[str]
    language: str

    def prepare(self) -> None:
        """Work out what takes long of all posts, so that no save waits for it."""
        import_module("toolkit.pages.posts.cards")  # a build that made no page of a post has not loaded it
        with without_collection():
            _entries = self.site.entries

    def lay_out(self, pages: Mapping[str, object]) -> dict[str, bytes]:
        """File of the site → bytes, of those `pages` that stand in a frame and of new ones like them."""
        found = {}
        for path, page in pages.items():
            shell = self.shells.get(kind_of(path, page)) if isinstance(page, Page) else None
            if isinstance(page, Page) and shell is not None and (path in self.bare or path not in self.paths):
                found[self.file_of(path)] = shell.page(path, page, quote(page.source))
        return found

    def file_of(self, path: str) -> str:
        """The file of the site that a Markdown path becomes."""
        return place(path, directory_urls=self.site.given.directory_urls)[0]


class Early:
    """The site of `known` with the files at the paths `changed` of the workspace read again: posts and media.

    `files` of the site are those that somebody is looking at; pages that only a build can make are left out of them.
    """

    def __init__(self, known: Known, changed: Collection[str], files: Collection[str] = ()) -> None:
        self._known = known
        self._changed = changed
        paths = {path for path in known.bare if known.file_of(path) in files} if files else set()
        with speaking(known.language), without_collection():
            before = known.site.given
            workspace = reread(before.workspace, FolderTree(before.workspace.root), changed)
            given = replace(before, workspace=workspace)
            own = (path for path, page in known.site.post_pages.items() if page in paths)
            given = outward(given) if given.partner else _check(given, {*changed, *own})
            self._site = _renew(known.site, given, changed)
        self._looked_at = paths - set(self._shown())

    def posts(self) -> dict[str, bytes]:
        """File of the site → bytes, of the changed posts that are still there."""
        return self._make(self._shown())

    def _shown(self) -> Iterable[str]:
        """Where the changed posts stand now: pages of their own, or of the archive."""
        pages = self._site.post_pages
        return (split_place(pages[path])[0] for path in self._changed if path in pages)

    def looked_at(self) -> dict[str, bytes]:
        """The same of the other pages that are looked at."""
        return self._make(self._looked_at)

    def _make(self, wanted: Iterable[str]) -> dict[str, bytes]:
        with speaking(self._known.language), without_collection():
            return self._known.lay_out(render_some(self._site, frozenset(wanted), self._known.paths))


def _renew(before: Site, given: SiteInput, changed: Collection[str]) -> Site:
    """The site of `given`, which differs from the one before in these files; what is known of others stays known."""
    site, workspace = Site(given), given.workspace
    posts = tuple(post for post in workspace.posts if post.path in changed)
    own = Site(replace(given, workspace=replace(workspace, posts=posts)))
    kept = (entry for entry in before.entries if entry.post.path not in changed)
    vars(site)["entries"] = tuple(sorted((*kept, *own.entries), key=lambda one: (one.local.timestamp(), one.post.path)))
    for name in ("_drafts", "_contents"):
        known = vars(before).get(name, {})
        vars(site)[name] = {path: found for path, found in known.items() if path not in changed}
    return site


def _check(given: SiteInput, paths: Collection[str]) -> SiteInput:
    """The input with the problems of the files at `paths` as they are now."""
    from toolkit.lint import Recall, check_workspace  # as in `toolkit.pages.checked`

    recall = Recall(given.workspace.root, given.program)
    found = check_workspace(given.workspace, now=given.now, paths=paths, ledger_rows=given.rows, recall=recall)
    kept = (problem for problem in given.problems if problem.path not in paths)
    return replace(given, problems=(*kept, *found))
