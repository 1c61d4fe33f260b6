from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from toolkit.pages.handbook.swatches import say_ratio, show_tokens
from toolkit.tokens import read_tokens

if TYPE_CHECKING:
    from tests.pages.conftest import Outline, Studio

HARBOUR = Path(__file__).parents[2] / "tokens/harbour.json"
TOKENS = read_tokens("harbour.json", HARBOUR.read_bytes())[0]


def show(line: str) -> str:
    """What stands in the place of a fence."""
    return show_tokens(f"# Before\n\n```tokens\n{line}\n```\n\nafter\n", TOKENS)


@pytest.mark.parametrize("line", ["swatches color", "roles", "contrast", "series", "examples", "fonts", "nonsense"])
def test_a_fence_is_one_line_of_sound_html(line: str, outline: type[Outline]) -> None:
    """The page around it stays as it was, and every element that is opened is closed."""
    before, html, after = re.fullmatch(r"(# Before\n\n\n)(.*)(\n\n\nafter\n)", show(line)).groups()  # type: ignore[union-attr]  # no match is a failure, too
    assert "tokens" not in before + after
    assert "\n" not in html
    assert outline(html).open == []


def test_a_swatch_says_everything_about_a_colour() -> None:
    """Name, use, value to copy, contrast to the ground, and what it is good for."""
    html = show("swatches color on color.light.background")
    assert '<span class="ls-swatch-colour" style="background:#2b6777">' in html
    assert "<b>Fjord</b><code>fjord</code>" in html
    assert "our colour" in html
    assert "5.9 : 1 on background" in html
    assert re.search(r'<code id="copy-colour-1-1" [^>]*>#2b6777</code><button [^>]*data-copy="copy-colour-1-1"', html)
    assert "No longer in use: use fjord" in html


def test_the_matrix_puts_light_and_dark_side_by_side() -> None:
    """A row for each pair, with both halves; what is too little says so in words."""
    text = HARBOUR.read_text("utf-8").replace(
        '["{color.light.text}", "{color.light.background}"]',
        ('["{color.light.text}", "{color.light.background}"], ["{color.dark.text}", "{color.dark.background}"]'),
    )
    tokens = read_tokens("t", text.replace("#12263a", "#8a8f94").encode())[0]
    html = show_tokens("```tokens\ncontrast\n```\n", tokens)
    rows = re.findall(r"<tr>(.*?)</tr>", html)
    assert len(rows) == 3, "the head, text on background, and the large text"
    assert "too little" in rows[1]
    assert rows[1].count("ls-chip ls-bad") == rows[1].count("ls-chip ls-good") == 1


def test_what_cannot_be_shown_is_said_in_its_place() -> None:
    """The page is built all the same."""
    assert "one of swatches, roles" in show("swatch color")


def test_a_ratio_is_never_rounded_up() -> None:
    """4.49 is not enough, and must not look as if it were."""
    assert say_ratio(4.499) == "4.4 : 1"
    assert say_ratio(21) == "21.0 : 1"


def test_swatches_follow_the_token_file(studio: Studio) -> None:
    """The handbook shows the workspace's own file, and a change of it changes the page."""
    studio.write("guidelines/farben.md", "# Farben\n\n```tokens\nswatches c\n```\n")
    studio.write("guidelines/index.md", "# Handbuch\n")
    studio.write("guidelines/tokens.json", '{"c": {"$type": "color", "a": {"$value": "#123456"}}}')
    assert "#123456" in studio.page("handbook/farben.md")
    studio.write("guidelines/tokens.json", '{"c": {"$type": "color", "a": {"$value": "#654321"}}}')
    assert "#654321" in studio.page("handbook/farben.md")
