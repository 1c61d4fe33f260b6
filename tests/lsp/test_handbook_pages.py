from __future__ import annotations

from pathlib import Path

from tests.lsp.bench import scene_at

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
