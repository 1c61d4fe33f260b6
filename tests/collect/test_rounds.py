"""Rounds of measuring against a loopback server: patience, posts that are gone, requests as planned."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.collect.test_measuring import publish
from tests.servers.pretend import PretendServer, Reply, Request
from toolkit.collect import Office, Round, plan_round, run_round
from toolkit.collect.doubts import Kind
from toolkit.ledger import LedgerPlace, account_key, ledger_path, open_ledger
from toolkit.model import SetClock
from toolkit.settings import Account, Settings

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
UIDS = ("01JDK3V7Q2M8X4T6R9A0B1C2D3", "01JDK3V7Q2M8X4T6R9A0B1C2D4", "01JDK3V7Q2M8X4T6R9A0B1C2D5")


class Desk:
    """A workspace with one account on a pretended network and published posts, and a clock that the test sets."""

    def __init__(self, state: Path, pretend: PretendServer, account: Account) -> None:
        self.pretend = pretend
        self.account = replace(account, server=pretend.address)
        self.accounts = {account.name: self.account}
        settings = Settings("probe", "Probe", "Europe/Berlin", accounts=self.accounts)
        environ = {f"LEITSTAND_TOKEN_{account.name.upper()}": "a-very-secret-token"}
        place = LedgerPlace(ledger_path(state))
        self.office = Office(settings, state, place, environ, SetClock(NOW), lambda _path: b"")

    def publish(self, *remote_ids: str) -> None:
        with open_ledger(self.office.ledger, now=NOW - timedelta(days=2)) as ledger:
            for uid, remote_id in zip(UIDS, remote_ids, strict=False):
                publish(ledger, self.account, uid, remote_id, at=NOW - timedelta(hours=5))

    def at(self, moment: datetime) -> Office:
        return replace(self.office, clock=SetClock(moment))

    def measure(self, moment: datetime) -> Round:
        office = self.at(moment)
        round_ = plan_round(office, self.accounts)
        run_round(office, round_)
        return round_


@pytest.fixture
def mastodon(tmp_path: Path, pretend: PretendServer) -> Desk:
    pretend.clock = lambda: NOW
    me = {"username": "a", "followers_count": 0, "statuses_count": 0}
    pretend.routes["GET /api/v1/accounts/verify_credentials"] = lambda _one: Reply(200, me)
    return Desk(tmp_path / "state", pretend, Account("mastodon", "mastodon", "@a@social.example"))


def status(number: str, likes: int) -> Reply:
    return Reply(200, {"id": number, "favourites_count": likes, "reblogs_count": 0, "replies_count": 0})


def test_a_busy_network_is_left_alone_until_it_says(mastodon: Desk) -> None:
    """429 with Retry-After: nothing is asked until then, in whatever process; what came before is stored."""
    mastodon.publish("1", "2")
    mastodon.pretend.routes |= {
        "GET /api/v1/statuses/1": lambda _one: status("1", 4),
        "GET /api/v1/statuses/2": lambda _one: Reply(429, {"error": "slow down"}, {"Retry-After": "1200"}),
    }
    round_ = mastodon.measure(NOW)
    assert "slow down" in round_.failures["mastodon"]
    assert len(round_.observations) == 3
    asked = len(mastodon.pretend.requests)
    waiting = mastodon.measure(NOW + timedelta(minutes=19))
    assert waiting.agenda.patience == {"mastodon": NOW + timedelta(minutes=20)}
    assert len(mastodon.pretend.requests) == asked
    mastodon.pretend.routes["GET /api/v1/statuses/2"] = lambda _one: status("2", 1)
    after = mastodon.measure(NOW + timedelta(minutes=21))
    assert {one.subject for one in after.observations} == {UIDS[1]}  # the other one is measured in its hour


def test_a_post_that_is_gone_is_not_asked_about_for_ever(mastodon: Desk) -> None:
    """It has no values, so nothing says that it was asked about, but the note; an hour later it gets another chance."""
    mastodon.publish("1", "gone")
    mastodon.pretend.routes["GET /api/v1/statuses/1"] = lambda _one: status("1", 4)
    first = mastodon.measure(NOW)
    assert not first.failures
    assert {one.subject for one in first.observations} == {UIDS[0]}
    assert not mastodon.measure(NOW + timedelta(minutes=10)).agenda.questions
    later = mastodon.measure(NOW + timedelta(minutes=61))
    assert [one.posts[0].uid for one in later.agenda.questions if one.posts] == list(UIDS[:2])


def test_a_broken_note_is_no_obstacle(mastodon: Desk) -> None:
    """What somebody else wrote there is taken for nothing."""
    mastodon.publish("1")
    key = account_key(mastodon.account)
    with open_ledger(mastodon.office.ledger, now=NOW) as ledger:
        from toolkit.ledger import notes_of

        for name in ("measure:in-vain", "measure:again-at"):
            notes_of(ledger, key, lambda: NOW).write(name, '{"a": 3')
    mastodon.pretend.routes["GET /api/v1/statuses/1"] = lambda _one: status("1", 4)
    assert len(mastodon.measure(NOW).observations) == 3


def test_a_total_that_falls_is_doubted_and_kept(mastodon: Desk) -> None:
    """The store keeps what the network said; who measures is told."""
    mastodon.publish("1")
    mastodon.pretend.routes["GET /api/v1/statuses/1"] = lambda _one: status("1", 400)
    assert not mastodon.measure(NOW).doubts
    mastodon.pretend.routes["GET /api/v1/statuses/1"] = lambda _one: status("1", 4)
    (doubt,) = mastodon.measure(NOW + timedelta(hours=1)).doubts
    assert (doubt.kind, doubt.metric, doubt.before, doubt.now) == (Kind.FALL, "likes", 400, 4)
    (latest,) = mastodon.office.store.latest(metrics=["likes"])
    assert latest.value == 4


@pytest.mark.parametrize(
    ("network", "account_id", "ids"),
    [
        ("x", "@nord", ("11", "12", "13")),
        ("linkedin", "urn:li:organization:1", ("urn:li:share:1", "urn:li:share:2", "urn:li:share:3")),
        ("facebook", "100", ("100_1", "100_2", "100_3")),
        ("mastodon", "@a@social.example", ("1", "2", "3")),
    ],
)
def test_the_plan_is_what_is_asked(
    tmp_path: Path, pretend: PretendServer, network: str, account_id: str, ids: tuple[str, ...]
) -> None:
    """Three posts and the account: as many requests reach the server as the plan said, but for finding out who we are."""
    desk = Desk(tmp_path / "state", pretend, Account(network, network, account_id))
    desk.publish(*ids)
    pretend.routes["GET /*"] = lambda request: Reply(200, answer(request))
    round_ = plan_round(desk.office, desk.accounts)
    run_round(desk.office, round_)
    assert not round_.failures
    assert {one.subject for one in round_.observations} == {*UIDS, "account"}
    identity = sum(request.path.endswith("/me") and network == "facebook" for request in pretend.requests)
    assert len(pretend.requests) - identity == round_.agenda.requests[network]


def answer(request: Request) -> object:
    """What each of the networks answers, as its documentation shows it."""
    last = request.path.rsplit("/", 1)[-1]
    if last == "insights":
        values = {"post_media_view": 40, "post_total_media_view_unique": 30, "post_clicks": 2}
        return {"data": [{"name": name, "values": [{"value": value}]} for name, value in values.items()]}
    if request.path == "/2/tweets":
        public = {"like_count": 3, "reply_count": 1, "retweet_count": 0, "quote_count": 0}
        return {"data": [{"id": one, "public_metrics": public} for one in request.query["ids"].split(",")]}
    if last == "organizationalEntityShareStatistics":
        shares = request.query["shares"].removeprefix("List(").removesuffix(")").split(",")
        counted = {"likeCount": 3, "commentCount": 1, "impressionCount": 90}
        return {"elements": [{"share": one, "totalShareStatistics": counted} for one in shares]}
    account = {
        "followers_count": 8,
        "statuses_count": 3,
        "firstDegreeSize": 8,
        "data": {"public_metrics": {"followers_count": 8}},
    }
    post = {"reactions": {"summary": {"total_count": 3}}, "favourites_count": 3}
    return {"id": "100" if last == "me" else last, "name": "Nord"} | account | post


def test_late_insights_are_no_zero(tmp_path: Path, pretend: PretendServer) -> None:
    """Facebook shows zero views for up to two days; until then none are stored, and likes are."""
    desk = Desk(tmp_path / "state", pretend, Account("facebook", "facebook", "100"))
    desk.publish("100_1")

    def early(request: Request) -> Reply:
        if not request.path.endswith("insights"):
            return Reply(200, answer(request))
        return Reply(200, json.loads(json.dumps(answer(request)).replace("40", "0").replace("30", "0")))

    pretend.routes["GET /*"] = early
    metrics = {one.metric for one in desk.measure(NOW).observations if one.subject != "account"}
    assert metrics == {"likes", "clicks"}
    metrics = {one.metric for one in desk.measure(NOW + timedelta(hours=44)).observations if one.subject != "account"}
    assert metrics == {"likes", "clicks", "views", "reach"}
