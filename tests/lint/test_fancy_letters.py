"""The rule `fancy-letters`: signs that look like letters become letters."""

from __future__ import annotations

import pytest

from tests.lint.conftest import NOW, Desk
from toolkit.lint.fixing import plan_fixes

HEAD = "---\nchannels: [mastodon]\n---\n"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("\U0001d5e1\U0001d5f2\U0001d602", "Neu"),
        ("\uff2e\uff45\uff55", "Neu"),
        ("\u24c3\u24d4\u24e4", "Neu"),
        ("\U0001d4dd\U0001d4ee\U0001d4fe", "Neu"),
        ("\u0274\u1d07\u1d1c", "neu"),
        ("\U0001d7da\U0001d7d8\U0001d7da\U0001d7de", "2026"),
    ],
)
def test_the_fix_writes_letters(desk: Desk, text: str, plain: str) -> None:
    """Bold, full-width, circled, script, small capitals, figures: found at their place and written plainly."""
    assert desk.messages("fancy-letters", f"{HEAD}Heute «{text}» da\n") == [
        f"screen readers cannot read these signs; write {plain}"
    ]
    assert plan_fixes(desk.load(), now=NOW).texts["content/posts/post.md"].endswith(f"---\nHeute {plain} da\n")


@pytest.mark.parametrize(
    "text",
    [
        "Größe ÄÖÜ ñ é",
        "x \u2208 \u211d",
        "3 m\u00b2, 94 \u2103, 20 \u2122",
        "\U0001f1e9\U0001f1ea \U0001f197",
        "\u2460 Eins",
        "½ Pfund №\u00a05",
    ],
)
def test_real_signs_are_fine(desk: Desk, text: str) -> None:
    """Umlauts, single signs of formulas, units, flags and numbers in circles say what they mean."""
    assert desk.messages("fancy-letters", f"{HEAD}{text}\n") == []


def test_crossed_out_letters(desk: Desk) -> None:
    """Combining strokes are reported; what they are to say, a machine cannot."""
    crossed = "".join(f"{char}\u0336" for char in "teuer")
    (message,) = desk.messages("fancy-letters", f"{HEAD}Nicht «{crossed}»!\n")
    assert "crossed out" in message
    assert all(problem.fix is None for problem in desk.check("fancy-letters"))
