from __future__ import annotations

from pathlib import Path

import pytest

from tests.lsp.bench import proposals, scene_at, written
from toolkit.lsp.completion import complete
from toolkit.networks import NETWORKS
from toolkit.workspace.keys import CAMPAIGN, INSTANCE, MEDIA, POST


def test_keys_that_are_not_there_yet(root: Path) -> None:
    """Every key of a post is proposed but those that it has, each with its meaning."""
    scene, position = scene_at(root, "---\ntitle: x\nst‸\nauthor: jule\n---\n")
    items = complete(scene, position)
    assert [item.label for item in items] == [name for name in POST if name not in {"title", "author"}]
    assert all(item.documentation for item in items)


def test_keys_of_campaigns(root: Path) -> None:
    """A campaign has other keys than a post."""
    assert proposals(root, "---\n‸\n---\n", "content/campaigns/neu.md") == list(CAMPAIGN)


def test_keys_inside_tables(root: Path) -> None:
    """Media and instances have keys of their own; options know those of the account's network, too."""
    assert proposals(root, "---\nmedia:\n  - file: x\n    ‸\n---\n") == list(MEDIA)
    assert proposals(root, "---\ninstances: {2026-12-08: {‸}}\n---\n") == []  # no rule names that day
    series = "---\npublish: 2026-12-01 09:00\nrepeat: FREQ=WEEKLY;UNTIL=20261222\ninstances: {‸}\n---\n"
    assert proposals(root, series) == ["2026-12-01", "2026-12-08", "2026-12-15", "2026-12-22"]
    assert proposals(root, series.replace("{‸}", "{2026-12-08: {‸}}")) == list(INSTANCE)
    of_mastodon = proposals(root, "---\noptions:\n  mastodon:\n    ‸\n---\n")
    assert {"language", "publish", *NETWORKS["mastodon"].known_options} <= set(of_mastodon)
    assert proposals(root, "---\noptions:\n  ‸\n---\n") == ["mastodon", "insta-shop", "instagram"]


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("status: ‸", ["draft", "review", "ready"]),
        ("author: ‸", ["jule", "finja"]),
        ("campaign: ad‸", ["advent-2026"]),
        ("channels: [‸]", ["mastodon", "insta-shop"]),
        ("channels: [mastodon, ‸]", ["insta-shop"]),
        ("channels:\n  - mastodon\n  - ‸", ["insta-shop"]),
        ("pillar: ‸", ["wissen"]),
        ("labels: [‸]", ["versand", "zwei: Wörter"]),
        ("language: ‸", ["de", "en"]),
        ("media: [{file: ‸}]", ["media/neu.png", "media/tuer.png"]),
        ("media: [{kind: ‸}]", ["photo", "graphic", "video", "document"]),
        ("options: {mastodon: {language: ‸}}", ["de", "en"]),
        ("title: ‸", []),
        ("nonsense: ‸", []),
    ],
)
def test_values(root: Path, key: str, found: list[str]) -> None:
    """Choices, and the names that the workspace knows: what is not listed yet, what nobody used yet first."""
    assert proposals(root, f"---\n{key}\n---\n") == found


def test_free_times(root: Path) -> None:
    """Times of day at which the channels usually post, without those that are taken; `next` for whoever does not mind."""
    found = proposals(root, "---\nchannels: [mastodon]\npublish: ‸\n---\n")
    assert found[:3] == ["next", "2026-11-23 09:00", "2026-11-24 09:00"]  # the 22nd at nine is the other post's
    assert "2026-11-22 09:00" in proposals(root, "---\nchannels: [insta-shop]\npublish: ‸\n---\n")
    both = "---\nchannels: [mastodon, insta-shop]\noptions: {insta-shop: {publish: ‸}}\n---\n"
    assert "2026-11-22 09:00" in proposals(root, both)  # the other account's time is free here


def test_posting_slots_are_the_free_times(root: Path) -> None:
    """Where the handbook keeps slots for a channel these are proposed, without the one that is taken."""
    page = "# Zeiten\n\n```slots\nchannels: [mastodon]\ntimes: [tue 08:00, thu 17:30]\n```\n"
    (root / "guidelines").mkdir(exist_ok=True)
    (root / "guidelines/zeiten.md").write_text(page, encoding="utf-8")
    taken = "---\nuid: x\npublish: 2026-11-26 17:40\nchannels: [mastodon]\n---\n"
    (root / "content/posts/belegt.md").write_text(taken, encoding="utf-8")
    found = proposals(root, "---\nchannels: [mastodon]\npublish: ‸\n---\n")
    assert [one for one in found if one.startswith("2026-")][:3] == [
        "2026-11-24 08:00",
        "2026-12-01 08:00",
        "2026-12-03 17:30",
    ]


def test_days(root: Path) -> None:
    """Days begin with the workspace's today."""
    assert proposals(root, "---\ndue: ‸\n---\n")[:2] == ["2026-11-21", "2026-11-22"]


def test_what_is_written(root: Path) -> None:
    """A key gets its colon, a value that YAML would misread its quotes, and the half-written word goes."""
    assert written(root, "---\nstat‸\n---\n", "status") == "---\nstatus: \n---\n"
    assert written(root, "---\nme‸\n---\n", "media") == "---\nmedia:\n  - \n---\n"
    assert written(root, "---\nlabels: [zwei‸]\n---\n", "zwei: Wörter") == '---\nlabels: ["zwei: Wörter"]\n---\n'
    assert written(root, "---\n😀: x\nauthor: j‸ul\n---\n", "finja") == "---\n😀: x\nauthor: finja\n---\n"


def test_hashtags_and_variants_in_the_text(root: Path) -> None:
    """Tags of posts and campaigns; headings for channels that have no text of their own, the post's own first."""
    head = "---\nchannels: [insta-shop]\n---\n"
    assert proposals(root, f"{head}Guten #r‸") == ["#AdventsKaffee", "#Röstung"]
    assert written(root, f"{head}Guten #r‸ Tag", "#Röstung") == f"{head}Guten #Röstung Tag"
    assert proposals(root, f"{head}## @insta-shop\n\nx\n\n## @‸\n") == ["## @mastodon", "## @instagram"]
    assert written(root, f"{head}## @in‸", "## @insta-shop") == f"{head}## @insta-shop"
    assert proposals(root, f"{head}Ein Wort ‸") == []


def test_nothing_outside_of_posts(root: Path) -> None:
    """A file without front matter, and one that is neither post nor campaign, gets no proposals."""
    assert proposals(root, "#‸") == []
    assert proposals(root, "---\n‸\n---\n#‸", "notes.md") == []
