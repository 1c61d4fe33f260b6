"""The rule `invisible-characters`: what nobody sees goes, what an emoji or another script needs stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lint.conftest import NOW, Desk
from toolkit.language.characters import find_invisible
from toolkit.lint.fixing import plan_fixes

HEAD = "---\nchannels: [mastodon]\n---\n"


@pytest.mark.parametrize(
    ("char", "name", "safe"),
    [
        ("\u200b", "U+200B ZERO WIDTH SPACE", True),
        ("\u00ad", "U+00AD SOFT HYPHEN", True),
        ("\ufeff", "U+FEFF ZERO WIDTH NO-BREAK SPACE", True),
        ("\u200d", "U+200D ZERO WIDTH JOINER", True),
        ("\u2060", "U+2060 WORD JOINER", True),
        ("\u0007", "U+0007", True),
        ("\U000e0041", "U+E0041 TAG LATIN CAPITAL LETTER A", True),
        ("\ufe0f", "U+FE0F VARIATION SELECTOR-16", True),
        ("\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE", False),
        ("\u2066", "U+2066 LEFT-TO-RIGHT ISOLATE", False),
        ("\u200f", "U+200F RIGHT-TO-LEFT MARK", False),
    ],
)
def test_it_is_named_and_removed(desk: Desk, char: str, name: str, safe: bool) -> None:
    """With code point and name; where the direction of writing hangs on it, the fix wants a look."""
    assert desk.messages("invisible-characters", f"{HEAD}Kaf«{char}»fee\n") == [f"invisible here: {name}; remove it"]
    assert [problem.fix is not None and problem.fix.safe for problem in desk.check("invisible-characters")] == [safe]
    assert plan_fixes(desk.load(), now=NOW, unsafe=True).texts["content/posts/post.md"].endswith("---\nKaffee\n")


@pytest.mark.parametrize(
    "text",
    [
        "👨‍👩‍👧‍👦 ❤️ 1️⃣ 🏴󠁧󠁢󠁳󠁣󠁴󠁿 ☕\ufe0e",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "שלום \u200fKaffee\u200e",
        "10\u202f€ und\u00a0so",
        "क्\u200dष",
    ],
)
def test_what_is_needed_stays(desk: Desk, text: str) -> None:
    """Families, flags, text presentation, Persian and Hindi joiners, marks beside Hebrew, no-break spaces."""
    assert desk.messages("invisible-characters", f"{HEAD}{text}\n") == []


@given(st.text(st.sampled_from("aä 👍❤☕\ufe0f\u200d\u200b\u202e\u00ad\U000e0041\u05d01"), max_size=12))
def test_places_are_exact_and_removal_ends(text: str) -> None:
    """Whatever is removed is invisible, and removing it again and again comes to an end with nothing to say."""
    for _step in range(len(text) + 1):
        found = list(find_invisible(text))
        if not found:
            break
        assert all(0 <= start < end <= len(text) for start, end, _names in found)
        for start, end, _names in reversed(found):
            text = text[:start] + text[end:]
    assert list(find_invisible(text)) == []
