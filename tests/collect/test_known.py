"""Exports find the posts that the ledger confirmed, by id, by link, and as threads."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from toolkit.collect.known import known_posts
from toolkit.importers import Document, KnownPosts
from toolkit.importers.kinds import x_posts
from toolkit.ledger import Ledger, Planned, account_key, ledger_path, open_ledger
from toolkit.settings import Account

NOW = datetime(2026, 7, 14, 7, 30, tzinfo=UTC)
X = Account("x", "x", "nordlichtkaffee")
FIRST, SECOND = "1900000000000000001", "1900000000000000002"


def publish(ledger: Ledger, account: Account, uid: str, remote: dict[str, str]) -> None:
    """Confirm a thread whose parts have these ids and links."""
    ledger.bind([(account_key(account), account.name, account.network)], NOW - timedelta(days=1))
    planned = Planned(uid, account_key(account), account.name, account.network, "content/a.md", NOW, "", "UTC", "")
    ledger.plan([planned], NOW - timedelta(hours=1))
    row = ledger.rows(uid=uid)[0]
    for part, (remote_id, url) in enumerate(remote.items()):
        current = row if part == 0 else ledger.part(row, part)
        assert current is not None
        hashes = [f"sha256:{number}" for number in range(len(remote))]
        sending = ledger.begin(current, NOW + timedelta(minutes=part), rendition="{}", hashes=hashes, commit="")
        assert sending is not None
        assert ledger.confirm(sending, NOW + timedelta(minutes=part), remote_id, url)


def known(tmp_path: Path, account: Account, remote: dict[str, str]) -> KnownPosts:
    with open_ledger(ledger_path(tmp_path), now=NOW - timedelta(days=2)) as ledger:
        publish(ledger, account, "01POST", remote)
        return known_posts(ledger.rows(), {account.name: account})


def test_a_thread_is_known_by_every_part(tmp_path: Path) -> None:
    """Both parts lead to the post, its moment is the first part's, and an export's two rows become one sum."""
    found = known(tmp_path, X, {FIRST: f"https://x.com/n/status/{FIRST}", SECOND: f"https://x.com/n/status/{SECOND}"})
    post = found.find("x", SECOND)
    assert post is not None
    assert (post.uid, post.published_at, post.parts) == ("01POST", NOW, 2)
    text = "Post id,Date,Post text,Impressions\n" + "".join(
        f'{number},"Tue, Jul 14, 2026",Teil,{views}\n' for number, views in ((FIRST, 500), (SECOND, 300))
    )
    read = x_posts.extract(
        Document("a.csv", text.encode(), "Europe/Berlin", NOW + timedelta(days=30), accounts={"x": X}, known=found)
    )
    assert [(one.subject, one.value, one.published_at) for one in read.observations] == [("01POST", 800, NOW)]
    assert (read.matched, read.unmatched) == (1, 0)


def test_links_are_compared_as_people_copy_them(tmp_path: Path) -> None:
    """A post that a person published by hand has its link alone; tracking parts and slashes do not matter."""
    instagram = Account("instagram", "instagram", "nordlicht.kaffee")
    found = known(tmp_path, instagram, {"https://www.instagram.com/p/Cabc123/": ""})
    post = found.find("instagram", "17900001", "https://instagram.com/p/Cabc123/?igsh=abc")
    assert post is not None
    assert post.uid == "01POST"
    assert found.find("instagram", "17900001", "https://instagram.com/p/Cxyz999/") is None
    assert found.find("facebook", "", "https://instagram.com/p/Cabc123/") is None
