"""What holds for every network and every text."""

from __future__ import annotations

import html.parser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.model import SpanKind
from toolkit.networks import NETWORKS
from toolkit.networks.base import Capability, Network, Verified
from toolkit.networks.filters import text_draft

LETTERS = "ab1 .\n\n-#_*[]()<>!&`\\:/@"
PIECES = st.one_of(
    st.sampled_from(
        [
            *LETTERS,
            "https://a.de/",
            "[x](https://b.de/lang/weg)",
            "<!-- y -->",
            "👩‍🍳",
            "e\u0301",
            "\n\n---\n\n",
            " #tag ",
            " @a.de ",
            "($ABC) ",
        ]
    ),
    st.characters(exclude_categories=["Cs"]),
)
MARKDOWN = st.lists(PIECES, max_size=30).map("".join)
EVERY = pytest.mark.parametrize("network", NETWORKS.values(), ids=lambda network: network.name)


@EVERY
@given(text=MARKDOWN)
def test_rendering_never_fails_and_counts_what_it_sends(network: Network, text: str) -> None:
    """Any text has a rendition with at least one part; its count is that of its text, of a mail that of its HTML."""
    rendition = network.render(text_draft(text, network))
    assert rendition.parts
    for part in rendition.parts:
        assert part.count == network.count(part.html if network.name == "newsletter" else part.text)


@EVERY
@given(text=MARKDOWN)
def test_rendering_is_pure(network: Network, text: str) -> None:
    """What the preview shows is what is sent: two renditions of one draft are equal."""
    assert network.render(text_draft(text, network)) == network.render(text_draft(text, network))


@given(text=MARKDOWN)
def test_spans_slice_to_what_they_say(text: str) -> None:
    """Spans lie on character borders, in order, without overlaps, and show their handle, tag or address."""
    for part in NETWORKS["bluesky"].render(text_draft(text, NETWORKS["bluesky"])).parts:
        data, at = part.text.encode(), 0
        for span in part.spans:
            assert at <= span.start < span.end <= len(data)
            at = span.end
            shown = data[span.start : span.end].decode()
            if span.kind is SpanKind.MENTION:
                assert shown == f"@{span.target}"
            elif span.kind is SpanKind.HASHTAG:
                assert shown[1:] == span.target or shown.upper() == span.target
            else:
                assert "://" in span.target


@EVERY
@given(text=st.text(max_size=80), more=st.text(alphabet="abc ", max_size=20))
def test_words_after_a_blank_make_a_text_longer_by_themselves(network: Network, text: str, more: str) -> None:
    """A count grows by exactly the plain words that are added in a new line."""
    added = network.count(f"{text}\n{more}").length - network.count(f"{text}\n").length
    assert added == len(more)


class Elements(html.parser.HTMLParser):
    """Collects what a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.comments: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        for name, value in attrs:
            assert not name.startswith("on")
            assert not (value or "").lower().lstrip().startswith("javascript:")

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


NAMES = "p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code strong em a br hr"
OURS = set(NAMES.split())
DOCUMENT = {"html", "head", "meta", "title", "body", "div", "img", "table", "tr", "td"}


@pytest.mark.parametrize("name", ["feed", "newsletter", "wordpress"])
@given(text=MARKDOWN)
def test_html_of_any_text_holds_no_foreign_element(name: str, text: str) -> None:
    """Neither comments nor elements nor event attributes of the author's reach a mail or a feed."""
    for part in NETWORKS[name].render(text_draft(text, NETWORKS[name])).parts:
        parser = Elements()
        parser.feed(part.html)
        assert parser.found <= OURS | (DOCUMENT if name == "newsletter" else set())
        assert not parser.comments


@EVERY
def test_a_network_says_what_it_is(network: Network) -> None:
    """One that cannot send says so; one that has threads keeps the parts apart, the others join them."""
    assert (network.connect is None) == (network.verified is Verified.NOT_SENDING)
    assert network.verified_by.endswith(".")
    parts = network.render(text_draft("eins\n\n---\n\nzwei", network)).parts
    if Capability.THREAD in network.capabilities:
        assert [part.text for part in parts] == ["eins", "zwei"]
    else:
        assert [part.text for part in parts] == ["eins\n\nzwei"]
