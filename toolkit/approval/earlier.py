"""What a post said before: when somebody said yes or no to it, else as it was published last; and what changed since.

The desk keeps what was seen with each word that was said. What a record of the front matter was given for is looked up
in the history of the file: the commit in which the post had the hash that the record names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from difflib import SequenceMatcher
from typing import Final

from toolkit.approval.content import canonical_content, hash_content
from toolkit.errors import LeitstandError
from toolkit.ledger import ApprovalRow, last_words
from toolkit.messages import _
from toolkit.model import Post
from toolkit.settings import Settings
from toolkit.source import CommitTree, read_post
from toolkit.source.past import commits_that_touch, files_with, find_commit
from toolkit.values import dataclass
from toolkit.workspace import POSTS, Workspace, media_path

# So many commits of a file are looked at.
MOST: Final = 20
# Words compare in square time; longer texts are compared line by line.
MOST_WORDS: Final = 4000
_WORDS: Final = re.compile(r"\s+|\w+|[^\w\s]")
_SAME: Final = "same"
_ADDED: Final = "added"
_REMOVED: Final = "removed"


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier content. `by` and `at` are of who said something about it; "" and None: it is what is published."""

    content: str
    by: str = ""
    at: datetime | None = None
    granted: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changed: its name, and the words of it as ("same" | "added" | "removed", text)."""

    name: str
    pieces: tuple[tuple[str, str], ...]


def find_earlier(workspace: Workspace, post: Post, rows: Iterable[ApprovalRow]) -> Earlier | None:
    """The newest content that is not the post's own and that somebody had a say about, else the published one.

    `rows` is what was said at the desk about this post. None for a post that is new, and where no history tells.
    """
    own = hash_content(canonical_content(post, workspace))
    said = [
        Earlier(row.content, row.person, row.at, granted=row.granted)
        for row in last_words(rows).values()
        if row.hash != own and row.content
    ]
    void = {one.hash: one for one in sorted(post.approved, key=lambda one: one.at) if one.hash != own}
    if void:
        found = _contents(workspace, post, void)
        said += [Earlier(content, void[name].by, void[name].at, granted=True) for name, content in found.items()]
    if said:
        return max(said, key=lambda one: one.at.timestamp() if one.at else 0)
    published = published_content(workspace, post)
    return Earlier(published) if published and hash_content(published) != own else None


def _contents(workspace: Workspace, post: Post, hashes: Collection[str]) -> Mapping[str, str]:
    """Hash → content, of those that the file's history has."""
    root, found = workspace.root, dict[str, str]()
    paths = [post.path, *(media_path(one.file) for one in post.media if one.file)]
    tip = workspace.tree.commit or find_commit(root, "HEAD")
    for commit in commits_that_touch(root, tip, paths, MOST) if tip else ():
        content = content_in(CommitTree(root, commit), post.uid, workspace.settings)
        if content and hash_content(content) in hashes:
            found[hash_content(content)] = content
    return found


def published_content(workspace: Workspace, post: Post) -> str:
    """The content in the commit that is published from, else in the last one; "" where there is none."""
    commit = find_commit(workspace.root, workspace.settings.ref or "HEAD")
    return content_in(CommitTree(workspace.root, commit), post.uid, workspace.settings) if commit else ""


def content_in(tree: CommitTree, uid: str, settings: Settings) -> str:
    """The content of the post with this uid in a commit; "" when it is not there exactly once, or cannot be read."""
    found: list[str] = []
    try:
        for path in files_with(tree.root, tree.commit, uid, POSTS):
            post, _problems = read_post(path, tree.read(path), settings) if path.endswith(".md") else (None, [])
            if post is not None and post.uid == uid:
                found.append(canonical_content(post, Workspace(tree.root, tree, settings, (post,), {}, (), ())))
    except (LeitstandError, OSError):
        return ""
    return found[0] if len(found) == 1 else ""


def differences(before: str, after: str) -> list[Difference]:
    """What changed between two contents, in the words that people have for it."""
    old, new = (dict(_named(json.loads(content))) for content in (before, after))
    names = [name for name in {**old, **new} if old.get(name, "") != new.get(name, "")]
    return [Difference(name, tuple(compare_words(old.get(name, ""), new.get(name, "")))) for name in names]


def compare_words(before: str, after: str) -> Iterator[tuple[str, str]]:
    """The words of both texts in order: what stayed, what went, what came."""
    old, new = (_split(text) for text in (before, after))
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield _SAME, "".join(old[start:end])
            continue
        if start < end:
            yield _REMOVED, "".join(old[start:end])
        if new_start < new_end:
            yield _ADDED, "".join(new[new_start:new_end])


def _split(text: str) -> list[str]:
    words = _WORDS.findall(text)
    return words if len(words) <= MOST_WORDS else text.splitlines(keepends=True)


def _named(content: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """What `canonical_content` holds, by the name that people see."""
    yield _("Title"), str(content.get("title", ""))
    yield _("Text"), str(content.get("text", ""))
    yield _("Channels"), _words(content.get("channels"))
    yield _("Repeats"), _words(content.get("repeat"))
    yield _("Correction"), _words(content.get("correction"))
    yield _("Taken back"), _words(content.get("retract"))
    accounts = content.get("accounts")
    for account, said in accounts.items() if isinstance(accounts, dict) else ():
        for name, value in said.items() if isinstance(said, dict) else ():
            yield f"{account}: {_part_name(name)}", _words(value)


def _part_name(name: str) -> str:
    names = {
        "network": _("network"),
        "language": _("language"),
        "publish": _("time"),
        "options": _("options"),
        "media": _("media"),
    }
    return names.get(name, name)


def _words(value: object) -> str:
    """A value as people can compare it."""
    match value:
        case None | False:
            return ""
        case dict():
            return ", ".join(f"{key}: {_words(one)}" for key, one in value.items() if one not in (None, "", [], {}))
        case list():
            return "; ".join(map(_words, value))
        case _:
            return str(value)
