"""What changed since somebody said something about a post, or since it was published."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from toolkit.approval import canonical_content, content_hash
from toolkit.approval.earlier import compare_words, differences, find_earlier
from toolkit.ledger import ApprovalRow
from toolkit.workspace import Workspace

Brand = Callable[..., Workspace]
AT = datetime(2026, 11, 20, 9, 2, 11, tzinfo=UTC)
CHANGE = {"unser Winterröster": "unser neuer Winterröster"}


def said(workspace: Workspace) -> ApprovalRow:
    post = workspace.posts[0]
    content = canonical_content(post, workspace)
    return ApprovalRow(post.uid, "leitung", AT, content_hash(post, workspace), granted=True, content=content)


def commit(root: Path) -> None:
    for args in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "x"]):
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@example.com", *args], cwd=root, check=True, timeout=30
        )


def test_what_was_seen_at_the_desk_is_compared_word_by_word(brand: Brand) -> None:
    """The row keeps the content, so that the next look shows exactly which words came and went."""
    row = said(brand())
    changed = brand(CHANGE)
    earlier = find_earlier(changed, changed.posts[0], [row])
    assert earlier is not None
    assert (earlier.by, earlier.granted) == ("leitung", True)
    (text,) = differences(earlier.content, canonical_content(changed.posts[0], changed))
    assert text.name == "Text"
    assert [piece for piece in text.pieces if piece[0] != "same"] == [("added", " neuer")]


def test_a_moved_channel_and_another_alt_text_are_told(brand: Brand) -> None:
    """Time, alt text and channels are compared like the text: all that the hash covers."""
    row = said(brand())
    changed = brand({"07:30": "08:30", "Eine Hand": "Zwei Hände", "[mastodon, bluesky]": "[mastodon]"})
    earlier = find_earlier(changed, changed.posts[0], [row])
    assert earlier is not None
    found = {one.name for one in differences(earlier.content, canonical_content(changed.posts[0], changed))}
    assert {"Channels", "mastodon: time", "mastodon: media", "bluesky: time"} <= found


def test_a_record_of_the_file_is_found_in_the_history(brand: Brand) -> None:
    """What a front-matter approval was given for is the commit in which the post had that hash."""
    first = brand()
    commit(first.root)
    digest = content_hash(first.posts[0], first)
    record = f"approved: [{{by: leitung, at: {AT.isoformat()}, hash: {digest}}}]\n"
    changed = brand({**CHANGE, "status: ready\n": f"status: ready\n{record}"})
    earlier = find_earlier(changed, changed.posts[0], [])
    assert earlier is not None
    assert (earlier.by, earlier.at, earlier.content) == ("leitung", AT, canonical_content(first.posts[0], first))


def test_without_anybodys_word_it_is_the_published_text(brand: Brand) -> None:
    """Where nobody has said anything the last commit is what there is to compare with."""
    commit(brand().root)
    changed = brand(CHANGE)
    earlier = find_earlier(changed, changed.posts[0], [])
    assert earlier is not None
    assert (earlier.by, earlier.at) == ("", None)


def test_a_new_post_has_nothing_earlier(brand: Brand) -> None:
    """Without git and without a word there is no difference to show, and none is made up."""
    workspace = brand()
    assert find_earlier(workspace, workspace.posts[0], []) is None
    assert find_earlier(workspace, workspace.posts[0], [said(workspace)]) is None


@given(st.text(), st.text())
def test_both_texts_can_be_read_from_the_words(before: str, after: str) -> None:
    """Leaving out what came gives the old text, leaving out what went the new one: nothing is lost in between."""
    pieces = list(compare_words(before, after))
    assert "".join(text for kind, text in pieces if kind != "added") == before
    assert "".join(text for kind, text in pieces if kind != "removed") == after
