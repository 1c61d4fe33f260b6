"""Topics that the house has closed are closed in replies, too."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from toolkit.community.inbox.conversation import Conversation
from toolkit.community.replies.closed import check_topics, find_topics
from toolkit.model import MessageKind, Severity, SourceText
from toolkit.workspace import load_workspace

TOML = (
    'format = 1\n[workspace]\nid = "probe"\nlanguages = ["de", "en"]\ntimezone = "Europe/Berlin"\n'
    '[accounts.mastodon]\nnetwork = "mastodon"\nid = "@a"\n'
)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SEEN = Conversation("01KAT0", "mastodon:a", "mastodon", MessageKind.COMMENT, "@a", "1", NOW, NOW)


def names(root: Path, block: str, now: datetime = NOW, **more: object) -> list[str]:
    """The topics that are closed for a conversation, with one block in the handbook."""
    (root / "guidelines").mkdir(exist_ok=True)
    (root / "leitstand.toml").write_text(TOML)
    (root / "guidelines/krise.md").write_text(
        f"---\nowner: mai\n---\n```no-go\ntopic: Sturm\nwords: [Sturm]\npatterns: ['Orkan\\w+']\nreason: Sturmflut.\n{block}```\n"
    )
    workspace = load_workspace(root)
    seen = replace(SEEN, **more)  # type: ignore[arg-type]  # fields of a conversation
    return [one.name for one in find_topics(workspace, seen, workspace.settings.accounts["mastodon"], now)]


def test_a_topic_counts_where_it_says(tmp_path: Path) -> None:
    """By place, day, account, label and language; a message of unknown language may be of any."""
    assert names(tmp_path, "") == ["Sturm"]
    assert names(tmp_path, "places: [posts]\n") == []
    assert names(tmp_path, "until: 2026-11-22\n") == ["Sturm"]
    assert names(tmp_path, "until: 2026-11-22\n", datetime(2026, 11, 22, 23, 0, tzinfo=UTC)) == []
    assert names(tmp_path, "channels: [bluesky]\n") == []
    assert names(tmp_path, "labels: [lob]\n") == []
    assert names(tmp_path, "labels: [lob]\n", labels=("lob",)) == ["Sturm"]
    assert names(tmp_path, "languages: [en]\n", language="de") == []
    assert names(tmp_path, "languages: [en]\n", language="") == ["Sturm"]


def test_every_place_is_told_with_its_reason(tmp_path: Path) -> None:
    """Words and patterns, at their places, as grave as the block says."""
    names(tmp_path, "instead: Hilfe anbieten\nseverity: error\n")
    topics = load_workspace(tmp_path).handbook.topics
    found = list(check_topics(SourceText("reply", "Nach dem\nSturm ein Orkantief."), topics))
    assert [(one.span.line, one.span.col) for one in found] == [(2, 1), (2, 11)]
    assert found[0].message == "“Sturm” is not said now (guidelines/krise.md): Sturmflut; instead: Hilfe anbieten"
    assert {(one.rule, one.severity) for one in found} == {("no-go", Severity.ERROR)}
