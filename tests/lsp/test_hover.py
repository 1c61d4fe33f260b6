from __future__ import annotations

from pathlib import Path

import pytest

from tests.lsp.bench import explained


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        ("sta‸tus: draft", "draft, review or ready. Only ready posts are sent."),
        ("sta‸tus: draft", "Values: `draft`, `review`, `ready`"),
        ("sta‸tus: draft", "(https://nordlicht.example.com/handbook/referenz/front-matter/)"),
        ("options: {mastodon: {visi‸bility: public}}", "who"),
        ("author: ju‸le", "**Jule Hansen** · editor"),
        ("author: ju‸le", "Deputy: Finja Brandt"),
        ("author: ju‸le", "Absent: 2026-12-21 to 2027-01-06"),
        ("campaign: advent-‸2026", "From 2026-12-01 to 2026-12-24"),
        ("campaign: advent-‸2026", "Owner: Finja Brandt"),
        ("channels: [mastodon, insta-‸shop]", "**Laden** · Instagram"),
        ("channels: [mastodon, insta-‸shop]", "A person publishes here, from the kit."),
        ("channels: [mastodon, insta-‸shop]", "Approvals needed: 1"),
        ("channels: [masto‸don]", "- `text`: 500"),
        ("channels: [masto‸don]", "Class key"),
        ("options: {masto‸don: {visibility: public}}", "Class key"),
        ("pillar: wis‸sen", "1 use; for instance: Alt"),
        ("media: [{file: media/tu‸er.png, alt: x}]", "![media/tuer.png](file://"),
        ("ignore: [{rule: alt-‸text, reason: x}]", "alt"),
    ],
)
def test_what_stands_there(root: Path, marked: str, said: str) -> None:
    """Keys say what they mean and take, names what is known of them."""
    assert said.casefold() in explained(root, f"---\n{marked}\n---\nText\n").casefold()


def test_a_problem_explains_itself(root: Path) -> None:
    """At the place of a problem stands its message, what its rule does, and where more is written."""
    said = explained(root, "---\ntitle: x\nchannels: [masto‸dn]\n---\n")
    assert "**names**: unknown account 'mastodn'; did you mean 'mastodon'?" in said
    assert "People, accounts, campaigns, languages and options must exist." in said
    assert "Looks up every name" in said
    assert "(https://nordlicht.example.com/handbook/referenz/regeln/names/)" in said


def test_the_heading_of_a_channel_is_a_name(root: Path) -> None:
    """The text for one channel says what the channel is."""
    assert "**Laden**" in explained(root, "---\nchannels: [insta-shop]\n---\nx\n\n## @insta-‸shop\n\ny\n")


@pytest.mark.parametrize(
    "marked", ["---\ntitle: Ha‸llo\nuid: 01JDK3V7Q2M8X4T6R9A0B1C2D3\n---\nx\n", "Te‸xt", "---\ntitle: [‸\n---\nx"]
)
def test_nothing_to_explain(root: Path, marked: str) -> None:
    """Free text says nothing; front matter that cannot be read at most why."""
    assert "title" not in explained(root, marked).split("(")[0]
