"""Single posts of competitors: counted until they are seven days old, kept without a word of anybody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from toolkit.errors import StateError
from toolkit.networks.watching import PublicAccount, PublicPost
from toolkit.research.seen import FILE, KEPT, note_seen, read_seen

NOW = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)


def account(*posts: PublicPost, followers: float | None = 900) -> PublicAccount:
    return PublicAccount(followers, posts)


def post(number: int, won: float, days: float = 1, **more: bool) -> PublicPost:
    return PublicPost(NOW - timedelta(days=days), won, url=f"https://x.example/{number}", format="photo", **more)


def test_a_post_is_counted_until_it_is_seven_days_old(tmp_path: Path) -> None:
    """Then its count stays, as ours do; the followers are those of the day on which it was first seen."""
    note_seen(tmp_path, "Röstwerk", "mastodon", account(post(1, 5)), NOW)
    (one,) = read_seen(tmp_path)
    assert (one.brand, one.channel, one.format, one.interactions, one.settled) == (
        "Röstwerk",
        "mastodon",
        "photo",
        5,
        False,
    )
    later = NOW + timedelta(days=6, hours=1)
    note_seen(tmp_path, "Röstwerk", "mastodon", account(post(1, 9), followers=1000), later)
    (one,) = read_seen(tmp_path)
    assert (one.interactions, one.followers, one.settled) == (9, 900, True)
    note_seen(tmp_path, "Röstwerk", "mastodon", account(post(1, 70)), later + timedelta(days=1))
    assert read_seen(tmp_path)[0].interactions == 9


def test_parts_of_threads_and_posts_without_an_address_are_left_out(tmp_path: Path) -> None:
    """What nobody can look at is no top, and a thread is one post."""
    posts = (post(1, 5), post(2, 5, is_part=True), PublicPost(NOW, 5))
    note_seen(tmp_path, "Röstwerk", "mastodon", account(*posts), NOW)
    assert [one.url for one in read_seen(tmp_path)] == ["https://x.example/1"]


def test_followers_that_nobody_told_are_unknown(tmp_path: Path) -> None:
    """They are filled in by the next look that knows them."""
    note_seen(tmp_path, "Röstwerk", "mastodon", account(post(1, 5), followers=None), NOW)
    assert read_seen(tmp_path)[0].followers is None
    note_seen(tmp_path, "Röstwerk", "mastodon", account(), NOW)
    assert read_seen(tmp_path)[0].followers == 900


def test_old_posts_are_forgotten_and_words_never_kept(tmp_path: Path) -> None:
    """After 400 days; the file holds numbers, moments and addresses."""
    note_seen(tmp_path, "Röstwerk", "mastodon", account(post(1, 5)), NOW)
    note_seen(tmp_path, "Röstwerk", "mastodon", account(post(2, 5, days=-400)), NOW + KEPT)
    assert [one.url for one in read_seen(tmp_path)] == ["https://x.example/2"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'{"posts": [7]}',
        b'{"posts": [{"at": "x"}]}',
        b"\xff",
        b'{"format": 2, "posts": []}',
        b'{"posts": [',
    ],
)
def test_a_damaged_file_is_refused_and_stays_as_it_is(tmp_path: Path, data: bytes) -> None:
    """The next look writes nothing over it, and says what to do."""
    (tmp_path / FILE).parent.mkdir()
    (tmp_path / FILE).write_bytes(data)
    with pytest.raises(StateError, match=r"competitor-posts\.json: .*(backup|another version)"):
        note_seen(tmp_path, "Röstwerk", "mastodon", account(post(1, 5)), NOW)
    assert (tmp_path / FILE).read_bytes() == data
