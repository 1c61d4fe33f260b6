from __future__ import annotations

from pathlib import Path

from tests.lsp.bench import explained, leads_to, scene_at
from toolkit.lsp.diagnostics import diagnostics

PAGE = "guidelines/stimme.md"
FENCE = "```"


def test_a_rule_block_that_cannot_be_used_is_shown_in_its_page(root: Path) -> None:
    """A block of the handbook with a key that no rule has is a problem at that key, while the page is written."""
    block = f"# Stimme\n\n{FENCE}rule\nid: BRAND001\nextends: existence\nmesage: nein\ntokens: [billig]\n{FENCE}\n"
    scene, _at = scene_at(root, block, PAGE)
    found = [(problem.span.line, problem.message) for problem in scene.problems if "mesage" in problem.message]
    assert [line for line, _message in found] == [6]


def test_a_page_without_rules_is_fine(root: Path) -> None:
    """Prose is prose."""
    scene, _at = scene_at(root, "---\ntitle: Stimme\nowner: jule\n---\n# Stimme\n\nOhne Regel.\n", PAGE)
    assert [problem for problem in scene.problems if problem.severity == "error"] == []


def test_a_rule_of_the_house_leads_to_its_page(root: Path) -> None:
    """What a rule block finds is underlined in a post, explained with the page's address, and leads to the block."""
    block = (
        f"# Stimme\n\n{FENCE}rule\nid: BRAND001\nextends: existence\nmessage: sag nicht '%s'\nlevel: warning\n"
        f"tokens: [billig]\nbad: So billig!\ngood: Fair bezahlt.\n{FENCE}\n"
    )
    (root / "guidelines").mkdir(exist_ok=True)
    (root / PAGE).write_text(block, encoding="utf-8")
    said = explained(root, "---\ntitle: x\nchannels: [mastodon]\n---\nGanz bil‸lig.\n")
    assert "**BRAND001**: sag nicht 'billig'" in said
    assert "(https://nordlicht.example.com/handbook/stimme/#BRAND001)" in said
    found = leads_to(root, "---\nignore: [{rule: BRA‸ND001, reason: x}]\n---\nbillig\n")
    assert found is not None
    assert found[0] == PAGE
    assert found[1] > 2


def test_a_canned_reply_is_checked_while_it_is_written(root: Path) -> None:
    """What a rule for replies finds is underlined in the page that nobody has saved yet, in the editor's own units."""
    block = (
        f"# Stimme\n\n{FENCE}rule\nid: BRAND002\nextends: existence\nmessage: sag nicht '%s'\nscope: reply\n"
        f"tokens: [billig]\nbad: So billig!\ngood: Fair bezahlt.\n{FENCE}\n"
    )
    (root / PAGE).parent.mkdir(exist_ok=True)
    (root / PAGE).write_text(block, encoding="utf-8")
    scene, _at = scene_at(root, "---\nowner: jule\n---\n> 👩‍🚀 So billig!\n", "guidelines/replies/preis.md")
    (found,) = [one for one in diagnostics(scene) if one.code == "BRAND002"]
    assert (found.range.start.line, found.range.start.character, found.range.end.character) == (3, 11, 17)
