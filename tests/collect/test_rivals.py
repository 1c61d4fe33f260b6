"""Competitors' public counts: which days, what of them, from real servers into the store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.networks.bluesky.ours import Ours, until
from tests.networks.connections.test_mastodon_server import wait_until_seen
from tests.servers.bluesky import Bluesky
from tests.servers.pretend import PretendServer, Reply, Request
from tests.servers.snac import Snac, run_snac
from toolkit.collect import Office, Round, plan_round, run_round
from toolkit.collect.rivals import Rival, by_hand_rivals, find_rivals, observe, open_days
from toolkit.ledger import LedgerPlace, ledger_path
from toolkit.metrics import open_store
from toolkit.model import Observation, SetClock
from toolkit.networks.watching import PublicAccount, PublicPost
from toolkit.research.seen import FILE, note_seen, read_seen
from toolkit.settings import Account, Competitor, Settings

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
OURS = Account("mastodon", "mastodon", "@nord@social.example", server="https://social.example")
RIVAL = Rival(Competitor("Röstwerk", {"mastodon": "@roestwerk@other.example"}), OURS, "@roestwerk@other.example")


def office(state: Path, account: Account, handle: str, token: str, now: datetime) -> Office:
    rival = Competitor("Röstwerk", {account.name: handle})
    settings = Settings("p", "P", "Europe/Berlin", accounts={account.name: account}, competitors={rival.name: rival})
    environ = {f"LEITSTAND_TOKEN_{account.name.upper()}": token}
    desk = Office(settings, state, LedgerPlace(ledger_path(state)), environ, SetClock(now), lambda _path: b"")
    return replace(desk, note=lambda name, channel, seen: note_seen(state, name, channel, seen, now))


def measure(office: Office) -> Round:
    round_ = plan_round(office, office.settings.accounts)
    run_round(office, round_)
    return round_


def of_rival(round_: Round) -> dict[tuple[str, date], float]:
    """(metric, day in Berlin) → value."""
    found = [one for one in round_.observations if one.subject == "competitor:Röstwerk"]
    return {(one.metric, one.observed_at.astimezone(BERLIN).date()): one.value for one in found}


def test_a_day_is_the_brands_own(tmp_path: Path) -> None:
    """Half past eleven at night in UTC is the next day in Berlin; a quiet day is a zero that was read; parts are no posts."""
    posts = (
        PublicPost(datetime(2026, 11, 19, 23, 30, tzinfo=UTC), 7),
        PublicPost(datetime(2026, 11, 20, 9, 0, tzinfo=UTC), 3),
        PublicPost(datetime(2026, 11, 20, 9, 1, tzinfo=UTC), 2, is_part=True),
    )
    days = open_days(RIVAL, open_store(tmp_path), NOW, BERLIN)
    assert (days[0], days[-1], len(days)) == (date(2026, 10, 24), date(2026, 11, 20), 28)
    rows = observe(RIVAL, PublicAccount(None, posts), days[-2:], NOW, BERLIN)
    assert [(one.metric, one.observed_at, one.value) for one in rows] == [
        ("posts", datetime(2026, 11, 19, 11, 0, tzinfo=UTC), 0),
        ("interactions", datetime(2026, 11, 19, 11, 0, tzinfo=UTC), 0),
        ("posts", datetime(2026, 11, 20, 11, 0, tzinfo=UTC), 2),
        ("interactions", datetime(2026, 11, 20, 11, 0, tzinfo=UTC), 11),
    ]
    assert {one.subject for one in rows} == {"competitor:Röstwerk"}


def test_a_day_is_looked_at_until_it_is_seven_days_over(tmp_path: Path) -> None:
    """Like own posts at seven days; afterwards its sum stays, whatever still comes."""
    store = open_store(tmp_path)
    for number, looked in enumerate((6, 8)):
        day = datetime(2026, 11, 1 + number, 11, 0, tzinfo=UTC)
        row = Observation(RIVAL.competitor.subject, "mastodon", "interactions", 5, day, None, "mastodon", f"m-{number}")
        store.append([row], imported_at=day + timedelta(days=looked))
    days = open_days(RIVAL, store, NOW, BERLIN)
    assert date(2026, 11, 1) in days
    assert date(2026, 11, 2) not in days


@pytest.fixture
def snac() -> Iterator[Snac]:
    """A server of its own: everything that bob writes is counted."""
    with run_snac() as server:
        yield server


@pytest.mark.server
def test_a_real_server_tells_what_is_public(tmp_path: Path, snac: Snac) -> None:
    """Likes, answers and posts of somebody else's account, seen the day after, without anybody's text or name."""
    snac.follow("alice", "bob")
    own = snac.call("bob", "POST", "/api/v1/statuses", json={"status": "Unser Winterröster ist da"})
    assert isinstance(own, dict)
    snac.call("bob", "POST", "/api/v1/statuses", json={"status": "nur für uns", "visibility": "private"})
    wait_until_seen(snac, "alice", own["id"])
    snac.call("alice", "POST", f"/api/v1/statuses/{own['id']}/favourite")
    snac.call("alice", "POST", "/api/v1/statuses", json={"status": "Lecker", "in_reply_to_id": own["id"]})
    account = replace(OURS, id=f"@alice@{snac.host_port}", server=snac.url)
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    day = day_of(own["created_at"])
    desk = office(tmp_path, account, f"@bob@{snac.host_port}", snac.tokens["alice"], tomorrow)
    round_ = measure(desk)
    assert not round_.failures
    counted = of_rival(round_)
    listed = snac.call("alice", "GET", f"/api/v1/accounts/{own['account']['id']}/statuses?limit=40")
    assert isinstance(listed, list)
    public = [one for one in listed if one["visibility"] in ("public", "unlisted") and not one["reblog"]]
    posts = [one for one in public if not one["in_reply_to_id"] and day_of(one["created_at"]) == day]
    assert counted["posts", day] == len(posts) >= 1
    assert counted["interactions", day] >= 2
    assert counted["posts", day - timedelta(days=1)] == 0
    noted = {one.url: one for one in read_seen(tmp_path)}
    assert (noted[own["url"]].format, noted[own["url"]].brand) == ("text", "Röstwerk")
    assert len(noted) == len([one for one in public if not one["in_reply_to_id"]])
    stored = b"".join(file.read_bytes() for file in (*desk.store.files(), tmp_path / FILE))
    assert b"Winterr" not in stored
    assert not plan_round(desk, desk.settings.accounts).rivals


@pytest.mark.server
@pytest.mark.xdist_group("bluesky")
def test_a_real_bluesky_network_tells_what_is_public(tmp_path: Path, bluesky: Bluesky) -> None:
    """A post, its like and a thread's second part, which is no post of its own; followers as the network counts them."""
    now = datetime.now(UTC)
    at, day = now.isoformat().replace("+00:00", "Z"), now.astimezone(BERLIN).date()
    first = bluesky.create("bob", "app.bsky.feed.post", {"text": "Neu im Regal", "createdAt": at})
    place = {"uri": first["uri"], "cid": first["cid"]}
    reply = {"root": place, "parent": place}
    bluesky.create("bob", "app.bsky.feed.post", {"text": "Teil 2", "createdAt": at, "reply": reply})
    bluesky.create("alice", "app.bsky.feed.like", {"subject": place, "createdAt": at})
    account = Ours(bluesky).account
    token = bluesky.people["alice"].app_password
    tomorrow = now + timedelta(days=1)

    def seen() -> bool:
        try:
            feed = bluesky.get("alice", "app.bsky.feed.getAuthorFeed", actor=bluesky.people["bob"].did)["feed"]
        except AssertionError:  # the network's view does not know a new account at once
            return False
        assert isinstance(feed, list)
        ours = [one["post"] for one in feed if one["post"]["uri"] == first["uri"]]
        return bool(ours) and (ours[0]["likeCount"], ours[0]["replyCount"]) == (1, 1)

    assert until(seen)
    desk = office(tmp_path, account, "bob.test", token, tomorrow)
    round_ = measure(desk)
    assert not round_.failures
    counted = of_rival(round_)
    # Other tests write on the same network, on this day and as if on others.
    written = [one["value"] for one in Ours(bluesky, "bob").own() if day_of(one["value"]["createdAt"]) == day]
    assert counted["posts", day] == len([one for one in written if "reply" not in one])
    assert counted["interactions", day] >= 1
    noted = {one.url.rpartition("/")[2]: one for one in read_seen(tmp_path)}
    assert noted[str(first["uri"]).rpartition("/")[2]].format == "text"
    profile = bluesky.get("alice", "app.bsky.actor.getProfile", actor="bob.test")
    assert counted["followers", tomorrow.astimezone(BERLIN).date()] == profile["followersCount"]


def day_of(moment: object) -> date:
    """The day of the brand on which something was written."""
    return datetime.fromisoformat(str(moment)).astimezone(BERLIN).date()


def statuses(request: Request, total: int) -> list[object]:
    """A page of an account that posts three times a day, newest first; every tenth answers somebody else."""
    first = int(request.query.get("max_id", total + 1)) - 1
    return [
        {
            "id": str(number),
            "created_at": (NOW - timedelta(hours=8 * (total - number))).isoformat(),
            "visibility": "public",
            "favourites_count": 1,
            "in_reply_to_id": "77" if number % 10 == 0 else None,
            "in_reply_to_account_id": "somebody" if number % 10 == 0 else None,
        }
        for number in range(first, max(first - 40, 0), -1)
    ]


@pytest.mark.parametrize(("total", "cut"), [(300, False), (20, False)])
def test_all_pages_are_read(tmp_path: Path, pretend: PretendServer, total: int, *, cut: bool) -> None:
    """As far back as four weeks, or to the beginning; answers to others are no posts, whatever the server leaves out."""
    pretend.routes |= {
        "GET /api/v1/accounts/lookup": lambda _one: Reply(200, {"id": "9", "followers_count": 5, "statuses_count": 9}),
        "GET /api/v1/accounts/9/statuses": lambda one: Reply(200, statuses(one, total)),
        "GET /api/v1/accounts/verify_credentials": lambda _one: Reply(200, {"username": "nord"}),
    }
    account = replace(OURS, server=pretend.address)
    round_ = measure(office(tmp_path, account, f"@r@{pretend.host_port}", "token-of-ours", NOW))
    counted = of_rival(round_)
    assert not round_.failures
    days = [value for (metric, day), value in counted.items() if metric == "posts" and day < date(2026, 11, 20)]
    assert sum(days) == pytest.approx(min(total, 84) * 0.9, abs=5)
    assert counted["followers", date(2026, 11, 21)] == 5
    assert [look.cut for look in round_.looks] == [cut]


def test_another_server_is_asked_as_a_stranger(tmp_path: Path, pretend: PretendServer) -> None:
    """Our token goes to our own server only; a competitor on an inner address is refused by the guard."""
    pretend.routes["GET /api/v1/accounts/verify_credentials"] = lambda _one: Reply(200, {"username": "nord"})
    account = replace(OURS, server=pretend.address)
    round_ = measure(office(tmp_path, account, "@r@127.0.0.1:9", "token-of-ours", NOW))
    assert set(round_.failures) == {"competitor:Röstwerk @ mastodon"}
    assert not pretend.sent("GET", "/api/v1/accounts/lookup")


def test_networks_that_tell_nobody_are_counted_by_hand() -> None:
    """Instagram tells strangers nothing, so its numbers come as a file."""
    gram = Account("instagram", "instagram", "nord")
    rival = Competitor("Röstwerk", {"instagram": "roestwerk", "mastodon": "@r@other.example"})
    accounts = {"instagram": gram, "mastodon": OURS}
    settings = Settings("p", "P", "Europe/Berlin", accounts=accounts, competitors={"Röstwerk": rival})
    assert [one.account.name for one in find_rivals(settings, accounts)] == ["mastodon"]
    assert [one.account.name for one in by_hand_rivals(settings)] == ["instagram"]
