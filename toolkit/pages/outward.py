"""What people outside, such as an agency, are given: the house's own is taken out before any page is made.

They see what is planned and published, campaigns with what is to be made for them, and the handbook, because they work
by it. They do not see what is wrong and what was in the way, who approved what and why somebody did not, why something is
held, the statements kept for a crisis, and everything that `gather` does not even read for them: numbers, ideas,
research, the team, incidents, history. Handbook pages are kept from them one by one (``internal: true``), and with a
page the pictures and downloads that no other page shows.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import quote

from toolkit.community import Pauses
from toolkit.pages.page import Page
from toolkit.pages.view import SiteInput
from toolkit.planning.candidates import held_statements

# Code keeps its comments: there they are examples.
_COMMENT: Final = re.compile(r"(?ms)(^(?P<fence>```+|~~~+).*?^(?P=fence)|`[^`\n]+`)|<!--.*?(?:-->|\Z)")


def outward(given: SiteInput) -> SiteInput:
    """The input without what nobody outside is told."""
    kept = held_statements(given.workspace)
    posts = tuple(post for post in given.workspace.posts if post.path not in kept)
    sent_back = {uid: tuple(replace(one, note="") for one in said) for uid, said in given.workspace.sent_back.items()}
    workspace = replace(given.workspace, posts=posts, sent_back=sent_back)
    return replace(
        given,
        workspace=workspace,
        problems=(),
        rows=tuple(replace(row, reason="") if row.reason else row for row in given.rows),
        pauses=Pauses(tuple(replace(pause, reason="", owner="") for pause in given.pauses.entries)),
    )


def without_comments(markdown: str) -> str:
    """The text without what its authors wrote for each other."""
    return _COMMENT.sub(lambda found: found[1] or "", markdown)


def shown_assets(paths: Iterable[str], pages: Mapping[str, Page]) -> list[str]:
    """Of the files at these `paths` of the site those that one of the `pages` names as seen from where it stands."""
    return [path for path in paths if any(_names(page.text, posixpath.relpath(path, posixpath.dirname(where)))
            for where, page in pages.items())]  # fmt: skip


def _names(text: str, address: str) -> bool:
    return address in text or quote(address) in text
