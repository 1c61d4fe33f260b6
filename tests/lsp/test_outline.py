"""Counts, outline, definitions."""

from __future__ import annotations

from pathlib import Path

from lsprotocol import types

from tests.lsp.bench import leads_to, scene_at
from toolkit.lsp.hints import OVER, inlay_hints
from toolkit.lsp.session import file_path
from toolkit.lsp.symbols import symbols

WHOLE = types.Range(types.Position(0, 0), types.Position(99, 0))
HEAD = "---\ntitle: Tür 1\nchannels: [mastodon, insta-shop]\n---\n"


def counts(root: Path, text: str, lines: types.Range = WHOLE) -> list[tuple[int, object]]:
    scene, _at = scene_at(root, text)
    return [(hint.position.line + 1, hint.label) for hint in inlay_hints(scene, lines)]


def test_counts_at_the_end_of_each_part(root: Path) -> None:
    """Networks with threads count each part at its end; one without counts all of them at the end of the last."""
    assert counts(root, f"{HEAD}Eins 😀\n\n---\n\nZwei\n") == [
        (5, "mastodon 6/500"),
        (9, "mastodon 4/500 · insta-shop 13/2200"),
    ]


def test_counts_of_own_texts(root: Path) -> None:
    """A text of its own is counted for its channel alone, where it stands; only the lines that are shown are asked for."""
    text = f"{HEAD}Für alle\n\n## @insta-shop\n\nNur hier\n"
    assert counts(root, text) == [(5, "mastodon 8/500"), (9, "insta-shop 8/2200")]
    assert counts(root, text, types.Range(types.Position(7, 0), types.Position(20, 0))) == [(9, "insta-shop 8/2200")]


def test_what_is_too_long_is_marked(root: Path) -> None:
    """Too much is marked red and said in numbers."""
    assert counts(root, f"---\nchannels: [mastodon]\n---\n{'a' * 512}\n") == [(4, f"{OVER} mastodon 512/500 (+12)")]


def test_no_counts_without_text(root: Path) -> None:
    """A post without channels or text, and a file that is no post, have nothing to count."""
    assert counts(root, "---\ntitle: x\n---\nText\n") == []
    assert counts(root, HEAD) == []


def test_the_outline(root: Path) -> None:
    """The front matter, the texts, and their parts where there are several."""
    text = f"{HEAD}Eins\n\n---\n\nZwei ist {'lang ' * 20}\n\n## @insta-shop\n\nAnders\n"
    scene, _at = scene_at(root, text)
    found = symbols(scene)
    assert [(one.name, one.range.start.line + 1) for one in found] == [
        ("Tür 1", 1),
        ("Text for all channels", 5),
        ("@insta-shop", 11),
    ]
    assert [one.name for one in found[1].children or ()] == [
        "1: Eins",
        "2: Zwei ist lang lang lang lang lang lang lang lan…",
    ]
    for one in found:
        assert one.range.start <= one.selection_range.start <= one.selection_range.end <= one.range.end


def test_definitions(root: Path) -> None:
    """Names lead to the campaign's page, the file, and the table in leitstand.toml that says what they are."""
    assert leads_to(root, "---\ncampaign: adv‸ent-2026\n---\n") == ("content/campaigns/advent-2026.md", 1)
    assert leads_to(root, "---\nmedia: [{file: media/tu‸er.png}]\n---\n") == ("content/media/tuer.png", 1)
    assert leads_to(root, "---\nauthor: fin‸ja\n---\n") == ("leitstand.toml", 16)
    assert leads_to(root, "---\nchannels: [insta‸-shop]\n---\n") == ("leitstand.toml", 22)
    assert leads_to(root, "---\noptions: {insta‸gram: {link: x}}\n---\n") == ("leitstand.toml", 22)
    assert leads_to(root, "---\ntitle: x\n---\nText\n\n## @masto‸don\n\nx\n") == ("leitstand.toml", 19)


def test_what_leads_nowhere(root: Path) -> None:
    """Names that nobody knows, files that are not there or outside, and plain text have no definition."""
    for marked in (
        "campaign: wi‸nter",
        "media: [{file: media/fe‸hlt.png}]",
        "media: [{file: ../leit‸stand.toml}]",
        "title: x‸y",
    ):
        assert leads_to(root, f"---\n{marked}\n---\nText\n") is None
    assert leads_to(root, "---\ntitle: x\n---\nTe‸xt\n") is None


def test_a_post_without_a_text_has_an_outline(root: Path) -> None:
    """A new post is a head and nothing else; so is one whose head is being written."""
    scene, _at = scene_at(root, HEAD)
    assert [one.name for one in symbols(scene)] == ["Tür 1"]
    assert symbols(scene_at(root, "")[0]) == []


def test_an_address_that_no_file_can_have_is_no_file() -> None:
    """Nothing is asked of the disk for it."""
    assert file_path("file:///tmp/%00.md") is None
