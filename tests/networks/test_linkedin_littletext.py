"""LinkedIn's two forms: what people read, and little text.

https://learn.microsoft.com/linkedin/marketing/community-management/shares/little-text-format
"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.networks.filters import text_draft
from toolkit.networks.linkedin import NETWORK
from toolkit.networks.linkedin.littletext import little_text, read_little


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


@given(st.text(alphabet="ab #(){}[]<>@|\\*_~\uff03ä\n", max_size=60))
def test_what_is_sent_is_what_people_see(text: str) -> None:
    """Reading little text gives the text that was written, whatever it holds."""
    assert read_little(little_text(text)) == text


@pytest.mark.parametrize(
    ("commentary", "shown"),
    [
        ("Hello @[Acme \\(Corp\\)](urn:li:organization:1234)!", "Hello Acme (Corp)!"),
        ("{hashtag|\uff03|Kaffee} {hashtag|#|Tee}", "\uff03Kaffee #Tee"),
        ("a \\\\ b", "a \\ b"),
    ],
)
def test_linkedins_own_forms_are_read(commentary: str, shown: str) -> None:
    """Mentions show their name, templates their tag, as LinkedIn writes them."""
    assert read_little(commentary) == shown


def test_a_link_card_is_made_of_a_link_or_of_a_title() -> None:
    """`link` takes the post's title, `card_title` takes the first address of the text; without both there is no card."""
    draft = text_draft("Hallo, [hier](https://example.com/a), https://example.com/b", NETWORK)
    titled = replace(draft, post=replace(draft.post, title="Winterröster"))

    def card(**values: str) -> tuple[str | None, str | None]:
        fields = NETWORK.render(replace(titled, values=values)).parts[0].fields
        return fields.get("link"), fields.get("card_title")

    assert card() == (None, None)
    assert card(link="https://example.com") == ("https://example.com", "Winterröster")
    assert card(link="https://example.com", card_title="Eigener") == ("https://example.com", "Eigener")
    assert card(card_title="Eigener") == ("https://example.com/a", "Eigener")


def test_a_poll_asks_the_posts_title_unless_it_has_a_question() -> None:
    """Without a poll no question is sent."""
    draft = text_draft("Hallo", NETWORK)
    titled = replace(draft, post=replace(draft.post, title="Was trinkt ihr?"))

    def question(**values: str) -> str | None:
        return NETWORK.render(replace(titled, values=values)).parts[0].fields.get("poll_question")

    assert question() is None
    assert question(poll_options="a | b") == "Was trinkt ihr?"
    assert question(poll_options="a | b", poll_question="Und ihr?") == "Und ihr?"
