from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.lint.conftest import Desk
from toolkit.lint.rules.length import surely_fits
from toolkit.networks import NETWORKS
from toolkit.settings import Account, Settings
from toolkit.source import read_post
from toolkit.workspace import drafts

URL = "https://example.com/" + "x" * 80


def test_a_text_at_the_limit_is_fine(desk: Desk) -> None:
    """500 characters fit on Mastodon, and an address counts 23 however long it is."""
    assert desk.messages("length", f"---\nchannels: [mastodon]\n---\n{'a' * 500}\n") == []
    assert desk.messages("length", f"---\nchannels: [mastodon]\n---\n{'a' * 476} {URL}\n") == []


def test_one_character_too_many(desk: Desk) -> None:
    """The message says by how much and as which network counts, at the text."""
    assert desk.messages("length", f"---\nchannels: [mastodon]\n---\n\n«{'a' * 501}»\n") == [
        "1 too long for mastodon: 501 of 500 characters, as Mastodon counts"
    ]
    assert desk.messages("length", f"---\nchannels: [mastodon]\n---\n«{'a' * 477} {URL}»\n") == [
        "1 too long for mastodon: 501 of 500 characters, as Mastodon counts"
    ]


def test_an_emoji_family_is_one_character(desk: Desk) -> None:
    """Bluesky counts what people see."""
    family = "👨‍👩‍👧‍👦"
    assert desk.messages("length", f"---\nchannels: [bluesky]\n---\n{'a' * 299}{family}\n") == []
    (message,) = desk.messages("length", f"---\nchannels: [bluesky]\n---\n«{'a' * 300}{family}»\n")
    assert message == "1 too long for bluesky: 301 of 300 graphemes, as Bluesky counts"


def test_each_part_counts_for_itself(desk: Desk) -> None:
    """In a thread only the part that is too long is pointed at."""
    sample = f"---\nchannels: [mastodon]\n---\n{'a' * 400}\n\n---\n\n«{'b' * 502}»\n\n---\n\n{'c' * 400}\n"
    (message,) = desk.messages("length", sample)
    assert message.startswith("2 too long")


def test_a_variant_counts_for_its_account(desk: Desk) -> None:
    """A text of its own spares the others, and is pointed at itself."""
    sample = f"---\nchannels: [mastodon, bluesky]\n---\n{'a' * 400}\n\n## @bluesky\n\n«{'b' * 301}»\n"
    (message,) = desk.messages("length", sample)
    assert "bluesky: 301 of 300" in message


def test_accounts_of_one_network_are_named_together(desk: Desk) -> None:
    """The same finding is said once for all accounts that it concerns."""
    (message,) = desk.messages("length", f"---\nchannels: [mastodon, mastodon-en]\n---\n«{'a' * 501}»\n")
    assert message.startswith("1 too long for mastodon, mastodon-en:")


def test_the_content_warning_counts(desk: Desk) -> None:
    """Mastodon counts the warning with the text."""
    head = "---\nchannels: [mastodon]\noptions: {mastodon: {content_warning: Werbung}}\n---\n"
    assert desk.messages("length", f"{head}{'a' * 493}\n") == []
    assert len(desk.messages("length", f"{head}«{'a' * 494}»\n")) == 1


def test_the_servers_own_limit_holds(desk: Desk) -> None:
    """An account whose server takes more may use it, one that takes less is told."""
    head = "---\nchannels: [mastodon]\noptions: {mastodon: {max_characters: %d}}\n---\n"
    assert desk.messages("length", head % 1000 + "a" * 900 + "\n") == []
    assert len(desk.messages("length", head % 50 + f"«{'a' * 51}»\n")) == 1


PIECES = st.sampled_from(
    ["Grüße ", "*", "_a_ ", "\\", "`x`", "> x\n", "1. x\n", "@a@b.social ", "a.de/ß?x=1&y=2 ", "漢", "(", "~", "a ", "b", "| x |\n", '"', "&", "<", "a.de ", "https://example.com/x ", "👨‍👩‍👧‍👦", "ü", "- x\n", "\n\n", "# x\n\n", "**x** ", "[x](a.b) ", "#t "]
)  # fmt: skip


@given(
    st.lists(PIECES, max_size=20).map("".join), st.sampled_from([1, 10, 100, 1000]), st.sampled_from(sorted(NETWORKS))
)
def test_nothing_is_skipped_that_could_be_too_long(piece: str, times: int, name: str) -> None:
    """What the quick bound lets pass, the network's own count lets pass, too."""
    settings = Settings("x", "X", "Europe/Berlin", accounts={name: Account(name, name, name)})
    head = f"---\ntitle: '{'x' * times}'\nchannels: [{name}]\n---\n"
    post, _problems = read_post("x.md", f"{head}{piece * times}".encode(), settings)
    assert post is not None
    (draft,) = drafts(post, settings)
    if surely_fits(draft, NETWORKS[name]):
        assert all(part.count.valid for part in NETWORKS[name].render(draft).parts)


def test_a_short_text_that_the_network_refuses(desk: Desk) -> None:
    """A sixth hashtag is one too many for Instagram, however short the text; five are fine."""
    desk.settings((desk.root / "leitstand.toml").read_text() + '\n[accounts.instagram]\nnetwork = "instagram"\n')
    five = "#Aa #Bb #Cc #Dd #Ee"
    assert desk.messages("length", f"---\nchannels: [instagram]\n---\n{five}\n") == []
    assert desk.messages("length", f"---\nchannels: [instagram]\n---\n«{five} #Ff»\n") == [
        "Instagram does not take this text (instagram), though it is short enough; see: leitstand networks show instagram"
    ]
