"""The words in a status's HTML, whoever's server wrote it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.networks.mastodon.words import bare_name, words


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Eins</p><p>Zwei<br/>Drei</p>", "Eins\nZwei\nDrei"),
        ("<ul><li>Kaffee</li><li>Tee</li></ul>danach", "Kaffee\nTee\ndanach"),
        ("<blockquote>Zitat</blockquote><div>Antwort</div>", "Zitat\nAntwort"),
        ("<p>1 &lt; 2 &amp; <b>fett</b></p>", "1 < 2 & fett"),
        ('<p><span class="h-card"><a href="https://a.example/@bob">@<span>bob</span></a></span> hallo</p>', "@bob hallo"),
        ('<a><span class="invisible">https://</span><span>a.de/la</span><span>ng</span></a>', "https://a.de/lang"),
        ('<p class="quote-inline">RE: <a href="https://b.example/1">b</a></p><p>Seht her</p>', "Seht her"),
        ('<p class="quote-inline">RE: nie zu<p>Seht her</p>', "Seht her"),
        ("<p>שלום <bdi>עולם</bdi></p>", "שלום עולם"),
        ('<p>Ja <img alt=":blobcat:" src="x">!</p>', "Ja :blobcat:!"),
        ("<script>alert(1)</script><style>p{}</style>Text", "Text"),
        ("Text ohne HTML & so<br>", "Text ohne HTML & so"),
        ("<p></p><p> </p>", ""),
    ],
)  # fmt: skip
def test_words_are_what_people_read(html: str, text: str) -> None:
    """Paragraphs, items and breaks are lines; hidden parts of addresses are text, and a quote's address is not."""
    assert words(html) == text


@given(st.text(alphabet="<>/&;!-[]\"'= \npab軸ש:", max_size=80))
def test_no_markup_breaks_the_reading(html: str) -> None:
    """Whatever a server sends has a text, without blank lines at its ends."""
    assert words(html) == words(html).strip()


@given(st.text(alphabet=st.characters(exclude_characters="<>&\r\n\ufeff", exclude_categories=["Z", "C"]), max_size=60))
def test_plain_text_stays(written: str) -> None:
    """What has no markup is not touched."""
    assert words(written) == written


def test_a_name_is_told_without_the_servers_own_emoji() -> None:
    """Shortcodes of pictures are left out of names, unless nothing else is there."""
    assert bare_name("Ada :verified: B.", ["verified"]) == "Ada B."
    assert bare_name(":verified:", ["verified"]) == ":verified:"
    assert bare_name("10:30 Uhr", ["verified", ""]) == "10:30 Uhr"
