from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from lsprotocol import types

from tests.lsp.bench import POST, edited, scene_at
from toolkit.lsp.actions import FIX_ALL, code_actions

UID = "uid: 01JDK3V7Q2M8X4T6R9A0B1C2D4\n"


def actions(root: Path, marked: str, only: list[str] | None = None) -> Mapping[str, str]:
    """Title of each action at the caret → the text after it."""
    scene, at = scene_at(root, marked)
    uri = (root / POST).as_uri()
    found = {}
    for action in code_actions(scene, uri, types.Range(at, at), only):
        assert action.edit is not None
        assert action.edit.changes is not None
        found[action.title] = edited(scene, action.edit.changes[uri])
    return found


def test_a_fix_and_all_fixes(root: Path) -> None:
    """A problem's own remedy mends it; all that is safe mends the rest of the file, too, and nothing unsafe."""
    text = f"---\n{UID}title: x\n---\nEin Satz.\n---\n\nMehr #GROSSBUCHSTABEN‸.\n"
    found = actions(root, text)
    plain = text.replace("‸", "")
    assert found["Write #Grossbuchstaben (look at it afterwards)"] == plain.replace(
        "GROSSBUCHSTABEN", "Grossbuchstaben"
    )
    mended = found["Mend all that is safe"]
    assert "Ein Satz.\n\n---\n" in mended
    assert "#GROSSBUCHSTABEN" in mended


def test_editors_ask_for_one_kind(root: Path) -> None:
    """On saving, an editor wants `source.fixAll` and gets nothing else; nothing at all when all is well."""
    text = "---\ntitle: x‸\n---\nText\n"
    assert list(actions(root, text, ["source.fixAll"])) == ["Mend all that is safe"]
    assert list(actions(root, text, [FIX_ALL])) == ["Mend all that is safe"]
    assert actions(root, text, ["refactor"]) == {}
    assert actions(root, f"---\n{UID}title: x‸\n---\nText\n", ["source"]) == {}


@pytest.mark.parametrize(
    ("there", "then"),
    [
        ("", 'ignore:\n  - {rule: hashtag-case, reason: ""}\n'),
        (
            "ignore: [{rule: link, reason: x}]\n",
            'ignore: [{rule: link, reason: x}, {rule: hashtag-case, reason: ""}]\n',
        ),
        (
            "ignore:\n  - rule: link\n    reason: x\n",
            'ignore:\n  - rule: link\n    reason: x\n  - rule: hashtag-case\n    reason: ""\n',
        ),
    ],
)
def test_ignoring_a_rule_here(root: Path, there: str, then: str) -> None:
    """The entry goes where others stand; its reason is empty, and an error until somebody writes one."""
    title = "Ignore hashtag-case in this post, with a reason"
    text = actions(root, f"---\n{UID}{there}---\n#GROSSBUCHSTABEN‸\n")[title]
    assert text == f"---\n{UID}{then}---\n#GROSSBUCHSTABEN\n"
    scene, _at = scene_at(root, text)
    assert "an ignored rule needs a rule and a reason" in [problem.message for problem in scene.problems]
    scene, _at = scene_at(root, text.replace('reason: ""', "reason: So heißt sie"))
    assert [problem for problem in scene.problems if problem.rule == "hashtag-case"] == []


def test_a_required_rule_cannot_be_ignored(root: Path) -> None:
    """What keeps posts from being misread is not offered for ignoring."""
    titles = actions(root, "---\nun‸known: 1\n---\nText\n")
    assert not [title for title in titles if title.startswith("Ignore")]
