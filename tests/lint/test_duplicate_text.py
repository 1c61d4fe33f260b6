from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lint.conftest import Desk
from toolkit.lint.likeness import ALIKE, jaccard, shingles, similar_pairs

TEXT = "Hinter Tür 1: unser Winterröster, heute versandkostenfrei und frisch aus der Trommel für euch alle."


def post(when: str, channels: str = "mastodon", text: str = TEXT) -> str:
    return f"---\npublish: {when}\nchannels: [{channels}]\n---\n{text}\n"


def test_other_texts_accounts_and_times_are_fine(desk: Desk) -> None:
    """The same text on another account, and again after 61 days, is no problem."""
    desk.post(post("2026-12-01 09:00"), "content/posts/a.md")
    desk.post(post("2026-12-02 09:00", "bluesky"), "content/posts/b.md")
    desk.post(post("2027-01-31 09:00"), "content/posts/c.md")
    desk.post(post("2026-12-03 09:00", text="Ein ganz anderer Text über die Ernte in Kolumbien."), "content/posts/d.md")
    assert desk.check("duplicate-text") == []


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TEXT.upper().replace(",", " -"),
        f"{TEXT} https://example.com/x",
        f"{TEXT} Los!",
    ],
)
def test_nearly_the_same_text_soon_after(desk: Desk, text: str) -> None:
    """The later post is pointed out at its text, with the earlier one's path; case, punctuation and links do not count."""
    desk.post(post("2026-12-01 09:00"), "content/posts/z.md")
    assert desk.messages("duplicate-text", post("2027-01-30 09:00", text=f"«{text}»")) == [
        "mastodon gets nearly the same text on 2026-12-01 (content/posts/z.md); rewrite one or keep them 60 days apart"
    ]
    (problem,) = desk.check("duplicate-text")
    assert problem.related == "content/posts/z.md"


def test_variants_are_compared_as_sent(desk: Desk) -> None:
    """Each account is judged by the text that it gets."""
    desk.post(post("2026-12-01 09:00", "mastodon, bluesky"), "content/posts/a.md")
    own = "---\npublish: 2026-12-08 09:00\nchannels: [mastodon, bluesky]\n---\nNeuer Text\n\n## @bluesky\n\n"
    (message,) = desk.messages("duplicate-text", f"{own}«{TEXT}»\n")
    assert message.startswith("bluesky gets nearly the same text")


def test_posts_without_a_time_or_text_are_not_compared(desk: Desk) -> None:
    """Ideas may repeat each other."""
    for name in "ab":
        desk.post(f"---\nchannels: [mastodon]\n---\n{TEXT}\n", f"content/posts/{name}.md")
        desk.post(post("2026-12-01 09:00", text=""), f"content/posts/empty-{name}.md")
    assert desk.check("duplicate-text") == []


SENTENCES = st.lists(st.sampled_from(["eins", "zwei", "drei", "vier", "fünf", "sechs"]), max_size=14).map(" ".join)


@given(st.lists(SENTENCES, max_size=12))
def test_no_likeness_is_missed(texts: list[str]) -> None:
    """The quick search finds exactly the pairs that comparing each with each finds."""
    sets = [shingles(text) for text in texts]
    wanted = {(a, b) for a, b in combinations(range(len(texts)), 2) if jaccard(sets[a], sets[b]) >= ALIKE}
    assert set(similar_pairs(texts)) == wanted
