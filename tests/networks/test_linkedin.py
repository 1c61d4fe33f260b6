"""LinkedIn's two forms: what people read, and little text.

https://learn.microsoft.com/linkedin/marketing/community-management/shares/little-text-format
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.networks.filters import text_draft
from toolkit.networks.linkedin import NETWORK
from toolkit.networks.linkedin.render import little_text


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("Hallo (Welt)", r"Hallo \(Welt\)"),
        ("a_b *c* ~d~ <e> {f} [g] h|i \\ j@k", r"a\_b \*c\* \~d\~ \<e\> \{f\} \[g\] h\|i \\ j\@k"),
        ("#Kaffee!", r"{hashtag|\#|Kaffee}!"),
        ("Nr. #1 und a#b", r"Nr. \#1 und a\#b"),
    ],
)
def test_reserved_characters_are_escaped(text: str, sent: str) -> None:
    """Each reserved character gets a backslash, a hashtag the template."""
    assert little_text(text) == sent


@given(st.text(alphabet="ab #(){}[]<>@|\\*_~", max_size=40))
def test_little_text_loses_nothing(text: str) -> None:
    """Undoing templates and escapes gives the text back."""
    plain = re.sub(r"\{hashtag\|\\#\|((?:[^\\}]|\\.)*)\}", r"\\#\1", little_text(text))
    assert re.sub(r"\\(.)", r"\1", plain) == text


def test_people_read_the_plain_form() -> None:
    """The preview shows the text without escapes; the sent form stands beside it and is not what is counted."""
    part = NETWORK.render(text_draft("(a) #b", NETWORK)).parts[0]
    assert part.text == "(a) #b"
    assert part.fields["commentary"] == r"\(a\) {hashtag|\#|b}"
    assert part.count.length == len("(a) #b")
