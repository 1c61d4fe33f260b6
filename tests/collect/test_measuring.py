from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from toolkit.collect import (
    Measurement,
    Published,
    due_audiences,
    due_posts,
    find_audiences,
    find_published,
    make_agenda,
    measure,
)
from toolkit.errors import NetworkError
from toolkit.ledger import Ledger, Planned, account_key, ledger_path, open_ledger
from toolkit.model import Answer, Outcome, SetClock, Sighting
from toolkit.networks.base import Connection, Intent
from toolkit.settings import Account

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
MASTODON = Account("mastodon", "mastodon", "@a@social.example")
OTHER = Account("mastodon-en", "mastodon", "@b@social.example")
FEED = Account("feed", "feed", "feed")
ACCOUNTS = {account.name: account for account in (MASTODON, OTHER, FEED)}


def publish(ledger: Ledger, account: Account, uid: str, *remote_ids: str, at: datetime = NOW) -> None:
    """Bring a post all the way to `confirmed`, part by part, through the ledger's own steps."""
    ledger.bind([(account_key(account), account.name, account.network)], at - timedelta(days=1))
    planned = Planned(uid, account_key(account), account.name, account.network, "content/posts/a.md", at, "", "UTC", "")
    ledger.plan([planned], at - timedelta(hours=1))
    row = ledger.rows(uid=uid, account=account.name)[0]
    for part, remote_id in enumerate(remote_ids):
        current = row if part == 0 else ledger.part(row, part)
        assert current is not None
        hashes = [f"sha256:{number}" for number in range(len(remote_ids))]
        sending = ledger.begin(current, at, rendition="{}", hashes=hashes, commit="")
        assert sending is not None
        assert ledger.confirm(sending, at, remote_id, f"https://social.example/{remote_id}")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterable[Ledger]:
    with open_ledger(ledger_path(tmp_path), now=NOW - timedelta(days=2)) as opened:
        yield opened


class Line:
    """A connection that knows counts by remote id; what is an exception is raised."""

    def __init__(self, known: Mapping[str, Mapping[str, float] | Exception], followers: float | None = None) -> None:
        self.known = known
        self.asked: list[str] = []
        self.followers = followers

    def counts(self, remote_ids: Iterable[str]) -> Mapping[str, Mapping[str, float]]:
        found: dict[str, Mapping[str, float]] = {}
        for remote_id in remote_ids:
            self.asked.append(remote_id)
            value = self.known.get(remote_id, {})
            if isinstance(value, Exception):
                raise value
            if value:
                found[remote_id] = value
        return found

    def audience(self) -> Mapping[str, float]:
        return {} if self.followers is None else {"followers": self.followers}

    def send(self, intent: Intent) -> Answer:
        raise AssertionError("measuring never sends")

    def find(self, intent: Intent) -> Sighting:
        raise AssertionError("measuring looks for nothing")

    def edit(self, remote_id: str, intent: Intent) -> Answer:
        return Answer(Outcome.REFUSED)

    def delete(self, remote_id: str) -> Answer:
        return Answer(Outcome.REFUSED)


def ask(
    posts: list[Published], lines: Mapping[str, Connection], audiences: Iterable[Account] = ()
) -> list[Measurement]:
    questions = make_agenda(posts, audiences, NOW + timedelta(days=2)).questions
    return list(measure(questions, lambda account: lines[account.name], SetClock(NOW), "round-1"))


def test_only_confirmed_posts_of_counting_networks_are_asked_about(ledger: Ledger) -> None:
    """A feed counts nothing; planned rows have no remote id; a renamed account keeps its posts."""
    publish(ledger, MASTODON, "01A", "1")
    publish(ledger, FEED, "01A", "urn:uuid:1")
    publish(ledger, OTHER, "01B")
    renamed = {
        "neu": Account("neu", "mastodon", "@a@social.example"),
        "feed": FEED,
        "gone": Account("x", "nosuch", "x"),
    }
    found = find_published(ledger.rows(), renamed)
    assert [(post.uid, post.account.name, post.remote_ids, post.published_at) for post in found] == [
        ("01A", "neu", ("1",), NOW)
    ]
    assert [account.name for account in find_audiences(renamed)] == ["neu"]


def test_nobody_is_asked_where_a_person_publishes() -> None:
    """Such an account has no token, and `login` wants none for it; a round of measuring is no failure for that."""
    assert find_audiences({"bilder": Account("bilder", "instagram", "nord", hand_off=True)}) == []


def test_a_thread_is_one_post(ledger: Ledger) -> None:
    """Its parts are added up, dated from the first; a metric that one part lacks is left out."""
    publish(ledger, MASTODON, "01A", "1", "2")
    line = Line({"1": {"likes": 3, "shares": 1, "comments": 1}, "2": {"likes": 2, "shares": 0}})
    (measured,) = ask(find_published(ledger.rows(), ACCOUNTS), {"mastodon": line})
    assert {(o.subject, o.channel, o.metric, o.value, o.published_at, o.source) for o in measured.observations} == {
        ("01A", "mastodon", "likes", 5, NOW, "mastodon"),
        ("01A", "mastodon", "shares", 1, NOW, "mastodon"),
    }
    assert {(o.observed_at, o.import_id) for o in measured.observations} == {(NOW, "round-1")}


def test_a_post_that_is_gone_has_no_values(ledger: Ledger) -> None:
    """Missing is not zero, and no failure either."""
    publish(ledger, MASTODON, "01A", "1")
    (measured,) = ask(find_published(ledger.rows(), ACCOUNTS), {"mastodon": Line({})})
    assert (measured.observations, measured.failure) == ((), "")


def test_one_account_that_fails_leaves_the_others_alone(ledger: Ledger) -> None:
    """It yields one failure, keeps what it had told, and is not asked again in this round."""
    for number in range(3):
        publish(ledger, MASTODON, f"01A{number}", str(number), at=NOW + timedelta(minutes=number))
    publish(ledger, OTHER, "01B", "9", at=NOW + timedelta(hours=1))
    broken = Line({"2": {"likes": 1}, "1": NetworkError("429: too many requests")}, followers=5)
    working = Line({"9": {"likes": 7}}, followers=40)
    lines = {"mastodon": broken, "mastodon-en": working}
    found = ask(find_published(ledger.rows(), ACCOUNTS), lines, [MASTODON, OTHER])
    assert [(one.account, [o.value for o in one.observations], one.failure) for one in found] == [
        ("mastodon", [1], ""),
        ("mastodon", [], "429: too many requests"),
        ("mastodon-en", [7], ""),
        ("mastodon-en", [40], ""),
    ]
    assert broken.asked == ["2", "1"]


def test_an_account_that_cannot_be_opened_is_a_failure(ledger: Ledger) -> None:
    """A missing token is said once, with its remedy."""
    publish(ledger, MASTODON, "01A", "1")

    def closed(account: Account) -> Connection:
        raise NetworkError(f"{account.name} has no token")

    posts = find_published(ledger.rows(), ACCOUNTS)
    questions = make_agenda(posts, [MASTODON], NOW).questions
    found = list(measure(questions, closed, SetClock(NOW), "round-1"))
    assert [one.failure for one in found] == ["mastodon has no token"]


def test_followers_belong_to_the_account(ledger: Ledger) -> None:
    """Their subject is the account, they have no date of publication, and silence is no zero."""
    found = ask([], {"mastodon": Line({}, followers=40), "mastodon-en": Line({})}, [MASTODON, OTHER])
    (followers,) = [observation for one in found for observation in one.observations]
    assert (followers.subject, followers.channel, followers.metric, followers.value, followers.published_at) == (
        "account",
        "mastodon",
        "followers",
        40,
        None,
    )


def test_what_was_measured_in_this_step_waits(ledger: Ledger) -> None:
    """Posts by their age, accounts by the day; each channel for itself."""
    publish(ledger, MASTODON, "01A", "1")
    publish(ledger, OTHER, "01A", "2")
    posts = find_published(ledger.rows(), ACCOUNTS)
    last = {("01A", "mastodon"): NOW + timedelta(minutes=5), ("account", "mastodon"): NOW}
    soon, later = NOW + timedelta(minutes=25), NOW + timedelta(minutes=61)
    assert [post.account.name for post in due_posts(posts, last, soon)] == ["mastodon-en"]
    assert len(due_posts(posts, last, later)) == 2
    assert due_audiences([MASTODON, OTHER], last, soon) == [OTHER]
    assert due_audiences([MASTODON, OTHER], last, soon + timedelta(days=1)) == [MASTODON, OTHER]
