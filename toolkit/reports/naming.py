"""How a post is called in a table, and where it can be looked at."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from toolkit.reports.blocks import Cell
from toolkit.workspace import POSTS, Workspace

if TYPE_CHECKING:
    from toolkit.reports.scope import Scope

_WEB: Final = frozenset({"http", "https"})


def post_cell(scope: Scope, uid: str) -> Cell:
    """The post's title, or its uid where nobody named it, with a link to where it can be seen."""
    about = scope.subjects.get(uid)
    return Cell(about.title if about and about.title else uid, href=post_link(scope, uid))


def post_link(scope: Scope, uid: str) -> str:
    """The page of the post on the published site, else its address at the network; "" where neither is known."""
    page = scope.post_pages.get(uid, "")
    if page:
        return page
    about = scope.subjects.get(uid)
    address = about.url if about else ""
    return address if urlsplit(address).scheme in _WEB else ""


def find_pages(workspace: Workspace) -> dict[str, str]:
    """Uid → address of its page; {} where the site has none."""
    base = workspace.settings.url.rstrip("/")
    if urlsplit(base).scheme not in _WEB:
        return {}
    stems = {post.uid: post.path.removeprefix(f"{POSTS}/").removesuffix(".md") for post in workspace.posts if post.uid}
    # A post that is called like an index page lies elsewhere on the site.
    return {uid: f"{base}/posts/{quote(stem)}/" for uid, stem in stems.items() if _plain(stem)}


def _plain(stem: str) -> bool:
    name = posixpath.basename(stem).casefold()
    return name not in {"index", "readme"} and not stem.replace("-", "").isdecimal()
