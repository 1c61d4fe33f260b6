"""Rules whose fixes call for one another: `fix` ends, and leaves the text as its author wrote it."""

from __future__ import annotations

import pytest

from tests.lint.conftest import NOW, Desk
from toolkit.lint.fixing import plan_fixes

HEAD = "---\nuid: 01JDK3V7Q2M8X4T6R9A0B1C2D3\ntitle: x\nauthor: redaktion\nchannels: [mastodon]\nlanguage: de\n---\n"
BLOCK = """id: {id}
extends: substitution
message: m %s %s
action: {{name: replace}}
limit: {limit}
swap: {{{swap}}}
good: gut
bad: {bad}
"""


def swaps(desk: Desk, body: str, *rules: str, limit: int = 0) -> str:
    """The body after fixing it with rules written as ``word: other word``."""
    desk.block(
        "rule",
        *(BLOCK.format(id=f"X{n}", swap=swap, bad=swap.partition(":")[0], limit=limit) for n, swap in enumerate(rules)),
    )
    desk.post(HEAD + body)
    fixes = plan_fixes(desk.load(), now=NOW)
    return fixes.texts.get("content/posts/post.md", HEAD + body).removeprefix(HEAD)


@pytest.mark.parametrize(
    "rules",
    [
        ["rot: blau, blau: rot"],
        ["rot: rot und blau"],
        ["rot: blau", "blau: rot"],
        ["rot: blau", "blau: gelb", "gelb: rot"],
        ["rot: blau und gelb", "blau: rot und grau"],
    ],
)
def test_a_circle_of_fixes_changes_nothing(desk: Desk, rules: list[str]) -> None:
    """In one rule or in several, turning or growing: none of its fixes is applied."""
    assert swaps(desk, "Ganz in rot heute.\n", *rules) == "Ganz in rot heute.\n"


def test_a_circle_is_seen_where_a_limit_hides_it(desk: Desk) -> None:
    """A rule that shows one problem at a time has as many as before and goes on all the same."""
    assert swaps(desk, "rot rot blau blau\n", "rot: blau", "blau: rot", limit=1) in {
        "rot rot rot rot\n",
        "blau blau blau blau\n",
        "rot rot blau blau\n",
    }
    grown = swaps(desk, "rot rot blau blau\n", "rot: blau und gelb", "blau: rot und grau", limit=1)
    assert len(grown) < 60


def test_a_rule_with_a_limit_is_fixed_to_its_end(desk: Desk) -> None:
    """What the limit hid is mended in its turn."""
    assert swaps(desk, "rot rot rot\n", "rot: blau", limit=1) == "blau blau blau\n"


def test_a_fix_that_was_in_the_way_is_tried_again(desk: Desk) -> None:
    """One run is enough: what could not be mended because of another mistake is, after that one."""
    # Mending the first makes a mistake of the second kind until the third is mended.
    rules = ["rot: blau", "'blau gelb gelb': grau", "'gelb gelb': gelb"]
    assert swaps(desk, "rot gelb gelb\n", *rules) == "blau gelb\n"


def test_what_is_refused_in_the_end_is_said_once(desk: Desk) -> None:
    """However often it was tried."""
    desk.block("rule", *(BLOCK.format(id=f"X{n}", swap=swap, bad=swap.partition(":")[0], limit=0)
                         for n, swap in enumerate(["rot: blau, blau: rot", "gelb: grau"])))  # fmt: skip
    desk.post(HEAD + "rot gelb\n")
    fixes = plan_fixes(desk.load(), now=NOW)
    assert [problem.rule for problem in fixes.refused] == ["X0"]
    assert [problem.rule for problem in fixes.applied] == ["X1"]
