"""Slots: one post, one account, one moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from toolkit.model import Status
from toolkit.planning import slots
from toolkit.workspace import Workspace, load_workspace

Plan = Callable[..., Workspace]


def test_every_channel_of_every_post_in_order_of_time(plan: Plan) -> None:
    """Each channel has its slot, in order of moment, then path, then account, whatever the status."""
    workspace = plan(b="2026-12-01 07:30 news mastodon", a="2026-12-01 07:30 mastodon", c="2026-11-30 09:00 news")
    found = [(slot.post.uid, slot.account.name) for slot in slots(workspace)]
    assert found == [("c", "news"), ("a", "mastodon"), ("b", "mastodon"), ("b", "news")]
    assert {slot.post.status for slot in slots(workspace)} == {Status.DRAFT}


def test_a_slot_is_a_moment_in_utc(plan: Plan) -> None:
    """Wall time of the account's zone, winter and summer, becomes the moment in UTC."""
    workspace = plan(a="2026-12-01 07:30 mastodon york", b="2026-07-01 07:30 mastodon")
    assert {(slot.post.uid, slot.account.name): slot.due for slot in slots(workspace)} == {
        ("a", "mastodon"): datetime(2026, 12, 1, 6, 30, tzinfo=UTC),
        ("a", "york"): datetime(2026, 12, 1, 12, 30, tzinfo=UTC),
        ("b", "mastodon"): datetime(2026, 7, 1, 5, 30, tzinfo=UTC),
    }


def test_posts_without_a_moment(plan: Plan) -> None:
    """`publish: next` is a slot without a moment, last in order; no publish time is no slot; unknown channels neither."""
    workspace = plan(a="2026-12-01 07:30 mastodon nobody")
    posts = workspace.root / "content/posts"
    (posts / "n.md").write_text("---\nuid: n\npublish: next\nchannels: [news]\n---\nHallo\n", encoding="utf-8")
    (posts / "o.md").write_text("---\nuid: o\nchannels: [news]\n---\nHallo\n", encoding="utf-8")
    found = slots(load_workspace(workspace.root))
    assert [(slot.post.uid, slot.due is None) for slot in found] == [("a", False), ("n", True)]


def test_what_is_over_can_be_left_out(plan: Plan) -> None:
    """Of a post long ago there is no slot; of one that may still come anywhere on earth, in a series or by an option, there is."""
    workspace = plan(a="2026-11-01 07:30 mastodon", b="2026-11-30 23:00 york", c="2026-12-02 07:30 news")
    posts = workspace.root / "content/posts"
    (posts / "d.md").write_text(
        "---\nuid: d\npublish: 2026-10-06 08:00\nrepeat: FREQ=WEEKLY;UNTIL=20261231\nchannels: [news]\n---\nx\n",
        "utf-8",
    )
    (posts / "e.md").write_text(
        "---\nuid: e\npublish: 2026-10-06 08:00\nchannels: [news]\noptions: {news: {publish: 2026-12-03 08:00}}\n---\nx\n",
        "utf-8",
    )
    workspace = load_workspace(workspace.root)
    since = datetime(2026, 12, 1, tzinfo=UTC)
    found, every = slots(workspace, since), slots(workspace)
    assert {slot.post.uid for slot in found} == {"b", "c", "d", "e"}
    assert [slot for slot in found if slot.due and slot.due > since] == [
        slot for slot in every if slot.due and slot.due > since
    ]
