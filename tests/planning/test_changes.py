"""What a change of the files does to the plan."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from toolkit.planning import Change, Kind, changes, count_by_account
from toolkit.workspace import Workspace, load_workspace

Plan = Callable[..., Workspace]


def summary(found: tuple[Change, ...]) -> list[tuple[str, str, str, tuple[str, ...]]]:
    return [(change.kind.value, change.slot.post.uid, change.slot.account.name, change.what) for change in found]


def post_file(workspace: Workspace, name: str) -> Path:
    return workspace.root / f"content/posts/{name}.md"


def edit(workspace: Workspace, name: str, old: str, new: str) -> Workspace:
    path = post_file(workspace, name)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return load_workspace(workspace.root)


def test_nothing_changed(plan: Plan) -> None:
    """Two equal versions have no changes."""
    line = {"a": "2026-12-01 07:30 mastodon news"}
    assert changes(plan(**line), plan(folder="two", **line)) == ()


def test_a_renamed_file_is_no_change(plan: Plan) -> None:
    """The uid is the identity, not the path."""
    before, after = plan(a="2026-12-01 07:30 news"), plan(folder="two", a="2026-12-01 07:30 news")
    post_file(after, "a").rename(after.root / "content/posts/renamed.md")
    assert changes(before, load_workspace(after.root)) == ()


def test_a_renamed_account_is_no_change(plan: Plan) -> None:
    """The remote identity is the channel, not its name in leitstand.toml."""
    before, after = plan(a="2026-12-01 07:30 mastodon"), plan(folder="two", a="2026-12-01 07:30 toots")
    settings = after.root / "leitstand.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("[accounts.mastodon]", "[accounts.toots]"), "utf-8"
    )
    assert changes(before, load_workspace(after.root)) == ()


def test_added_dropped_and_moved(plan: Plan) -> None:
    """New posts and channels are added, missing ones dropped, another moment moves."""
    before = plan(a="2026-12-01 07:30 news mastodon", b="2026-12-02 07:30 news")
    after = plan(folder="two", a="2026-12-01 08:00 news", c="2026-12-03 07:30 mastodon")
    found = changes(before, after)
    assert summary(found) == [
        ("dropped", "a", "mastodon", ()),
        ("moved", "a", "news", ("time",)),
        ("dropped", "b", "news", ()),
        ("added", "c", "mastodon", ()),
    ]
    assert count_by_account(found)["mastodon"] == {Kind.DROPPED: 1, Kind.ADDED: 1}


def test_other_content_is_a_change(plan: Plan) -> None:
    """Text, title, status, options, language and media are named, per channel that they concern."""
    line = {"a": "2026-12-01 07:30 news mastodon"}
    before = plan(**line)
    after = edit(plan(folder="two", **line), "a", "Hallo", "Hallo Welt")
    assert summary(changes(before, after)) == [
        ("changed", "a", "mastodon", ("text",)),
        ("changed", "a", "news", ("text",)),
    ]
    after = edit(after, "a", "Hallo Welt", "Hallo")
    after = edit(
        after, "a", "title: a", "title: b\nstatus: ready\noptions: {mastodon: {language: en, visibility: private}}"
    )
    assert summary(changes(before, after)) == [
        ("changed", "a", "mastodon", ("status", "title", "language", "options")),
        ("changed", "a", "news", ("status", "title")),
    ]


def test_new_bytes_of_a_picture_are_a_change(plan: Plan) -> None:
    """A picture that was exchanged under its name is another content."""
    line = {"a": "2026-12-01 07:30 news"}
    before, after = plan(**line), plan(folder="two", **line)
    for workspace, data in ((before, b"one"), (after, b"two")):
        (workspace.root / "content/media").mkdir()
        (workspace.root / "content/media/x.jpg").write_bytes(data)
    before = edit(before, "a", "title: a", "title: a\nmedia: [{file: media/x.jpg}]")
    after = edit(after, "a", "title: a", "title: a\nmedia: [{file: media/x.jpg}]")
    assert summary(changes(before, after)) == [("changed", "a", "news", ("media",))]


def test_two_files_with_one_uid_are_compared_by_path(plan: Plan) -> None:
    """A copied uid does not hide a new post."""
    before, after = plan(a="2026-12-01 07:30 news"), plan(folder="two", a="2026-12-01 07:30 news")
    (after.root / "content/posts/copy.md").write_bytes(post_file(after, "a").read_bytes())
    found = changes(before, load_workspace(after.root))
    assert [change.kind for change in found if change.slot.post.path.endswith("copy.md")] == [Kind.ADDED]


def test_a_diff_of_the_text(plan: Plan) -> None:
    """The diff shows what was and what is, also for lines that look like a diff's own."""
    before = plan(text="Eins\n\n-- zwei\n\nDrei", a="2026-12-01 07:30 news")
    after = plan(folder="two", text="Eins\n\n++ zwei\n\nDrei", a="2026-12-01 07:30 news")
    [change] = changes(before, after)
    assert change.text_diff() == [" ", "--- zwei", "+++ zwei", " "]
