"""What is found, who is told, and that nothing is found when all is well."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.alerts.brands import DUE, FEED, NOW, RENDITION, UID, Brand, bring, plan
from toolkit.alerts.alert import Kind
from toolkit.alerts.finding import find_alerts
from toolkit.alerts.scene import Ailing
from toolkit.ledger import Ledger, Runs, State, tokens_of
from toolkit.ledger.runs import TRIES
from toolkit.pages.gather import Sources, gather
from toolkit.pages.view import Site
from toolkit.signin import Grant


def kinds(brand: Brand) -> list[Kind]:
    return [alert.kind for alert in brand.alerts()]


@pytest.mark.parametrize(
    ("state", "kind", "remedy"),
    [
        (State.FAILED, Kind.FAILED, "leitstand resolve"),
        (State.HELD, Kind.HELD, "--out URL"),
        (State.MISSED, Kind.MISSED, "--send-again"),
    ],
)
def test_a_row_that_needs_somebody(brand: Brand, ledger: Ledger, state: State, kind: Kind, remedy: str) -> None:
    """The author hears what happened to which post, where, when and why, what helps, and where its page is."""
    bring(ledger, state)
    (alert,) = brand.alerts()
    assert (alert.kind, alert.subject, alert.where) == (kind, "Door one", "Newsroom, 2026-12-01 09:50")
    assert (alert.to, alert.why) == (("jule",), "text too long")
    assert remedy in alert.remedy
    assert UID in alert.remedy
    assert alert.link == "https://site.example.com/posts/2026/12/door-one/"


@pytest.mark.parametrize("state", [State.CONFIRMED, State.PLANNED])
def test_quiet_when_all_is_well(brand: Brand, ledger: Ledger, state: State) -> None:
    """A post that is out, or waits for its time, is no news."""
    if state is State.CONFIRMED:
        bring(ledger, state)
    else:
        plan(ledger, due=NOW + timedelta(hours=3))
    assert brand.alerts() == []


def test_quiet_when_the_last_tick_was_just_now(brand: Brand, ledger: Ledger) -> None:
    """Silence is news only after three intervals, at least five minutes; then the operator hears of it."""
    ledger.set_meta(last_tick="2026-12-01T08:56:00.000000Z")
    assert brand.alerts() == []
    brand.wait(minutes=2)
    (alert,) = brand.alerts()
    assert (alert.kind, alert.to) == (Kind.SILENT, ("bashir",))
    assert "2026-12-01 09:56" in alert.why


def test_unknown_is_news_after_half_an_hour(brand: Brand, ledger: Ledger) -> None:
    """While it is young the next tick may settle it; a replay does not make it young again."""
    bring(ledger, State.UNKNOWN)
    assert brand.alerts() == []
    brand.wait(minutes=15)
    unknown = ledger.rows(states=(State.UNKNOWN,))[0]
    taken = ledger.take(unknown, brand.clock.now())
    assert taken is not None
    again = ledger.replay(taken, brand.clock.now(), RENDITION.request_hash(0))
    assert again is not None
    ledger.doubt(again, brand.clock.now(), "timeout")
    brand.wait(minutes=10)
    (alert,) = brand.alerts()
    assert alert.kind is Kind.UNKNOWN
    key = alert.key
    brand.wait(minutes=5)
    assert [one.key for one in brand.alerts()] == [key]


def test_due_but_kept_back_is_one_thing_whatever_its_reason(brand: Brand, ledger: Ledger) -> None:
    """After the longest silence it is news, once, though the reason changes; by then it is told with today's reason."""
    row = bring(ledger, State.PLANNED, NOW, reason="the medium tuer.jpg is missing")
    (alert,) = brand.alerts()
    assert (alert.kind, alert.why) == (Kind.WAITING, "the medium tuer.jpg is missing")
    ledger.note(row, NOW, "the server does not answer")
    assert [(one.key, one.why) for one in brand.alerts()] == [(alert.key, "the server does not answer")]


def test_what_a_network_has_put_off_is_no_news(brand: Brand, ledger: Ledger) -> None:
    """It goes out by itself when its time has come."""
    row = plan(ledger)
    sent = ledger.begin(row, NOW, rendition="{}", hashes=["h"], commit="")
    assert sent is not None
    ledger.put_off(sent, NOW, "429", NOW + timedelta(hours=1))
    assert brand.alerts() == []


def test_what_waits_for_its_accounts_turn_is_no_news(brand: Brand, ledger: Ledger) -> None:
    """A network that spoke to the whole account is waited for by all of its posts, and nobody has to do anything."""
    first, second = plan(ledger), plan(ledger, "01JDK3V7Q2M8X4T6R9A0B1C2D4")
    sent = ledger.begin(first, NOW, rendition="{}", hashes=["h"], commit="")
    assert sent is not None
    until = NOW + timedelta(minutes=20)
    ledger.put_off(sent, NOW, "slow down", until, account_too=True)
    ledger.note(second, NOW, "the account's pace: next at 10:20")
    assert ledger.next_token(FEED, (), NOW) == until
    assert brand.alerts() == []


def test_a_post_to_be_published_by_hand(brand: Brand, ledger: Ledger) -> None:
    """Whoever answers for it hears that it is due, with the kit and how to confirm it."""
    row = plan(ledger, account="linkedin")
    ledger.hand_over(row, NOW, "publish by hand", rendition=RENDITION, commit="")
    (alert,) = brand.alerts()
    assert (alert.kind, alert.to, alert.where) == (Kind.BY_HAND, ("jule",), "LinkedIn, 2026-12-01 09:50")
    assert "leitstand kit" in alert.remedy
    assert "leitstand confirm" in alert.remedy


def test_what_nobody_settles_reaches_the_managers(brand: Brand, ledger: Ledger) -> None:
    """After an hour the managers hear of it, besides the author's own alert, which stays the same."""
    bring(ledger, State.FAILED, NOW)
    (first,) = brand.alerts()
    brand.wait(minutes=59)
    assert brand.alerts() == [first]
    brand.wait(minutes=1)
    same, second = brand.alerts()
    assert same == first
    assert (second.to, second.overdue) == (("tarek", "wiebke"), True)
    assert second.headline.startswith("refused by the network: still open: Door one")
    brand.write(settings={'roles = ["community"]': 'roles = ["community"]\n[alerts]\nescalate = 120'})
    assert brand.alerts() == [first]


def test_a_manager_who_was_told_first_is_not_told_twice(brand: Brand, ledger: Ledger) -> None:
    """Only those who have not heard of it are told that it is still open."""
    brand.write({"author: jule": "author: tarek"})
    bring(ledger, State.FAILED, NOW - timedelta(hours=2))
    assert [alert.to for alert in brand.alerts()] == [("tarek",), ("wiebke",)]


def test_a_row_that_fails_again_is_news_again(brand: Brand, ledger: Ledger) -> None:
    """A key stands for one time in one state: sent again and refused again is another one."""
    row = bring(ledger, State.MISSED, NOW)
    first = brand.alerts()[0].key
    ledger.resolve_again(row, NOW)
    assert brand.alerts() == []
    brand.wait(minutes=5)
    planned = ledger.row(row.id)
    assert planned is not None
    ledger.miss(planned, brand.clock.now(), "again")
    assert brand.alerts()[0].key != first


def test_what_is_long_past_is_left_to_status(brand: Brand, ledger: Ledger) -> None:
    """Whoever turns alerts on is not told of what failed weeks ago."""
    bring(ledger, State.FAILED, NOW - timedelta(days=8))
    assert brand.alerts() == []


def test_a_long_reason_is_cut_and_stays_on_its_line(brand: Brand, ledger: Ledger) -> None:
    """Networks answer with whole pages; a message has one line of it, without control characters."""
    bring(ledger, State.FAILED, reason="no\r\nSubject: bad\x1b[31m" + "x" * 1000)
    (alert,) = brand.alerts()
    assert alert.why.startswith("no Subject: bad [31mxxx")
    assert len(alert.why) < 320


def test_an_account_that_has_to_be_signed_in_to(brand: Brand) -> None:
    """The operator hears which account, why, and the command."""
    ailing = Ailing("news", "needs_reauth 1", "its token has ended", "leitstand login news")
    (alert,) = find_alerts(replace(brand.scene(), ailing=(ailing,)))
    assert (alert.kind, alert.subject, alert.to) == (Kind.ACCOUNT, "Newsroom", ("bashir",))
    assert alert.remedy == "leitstand login news"


def test_an_account_whose_token_has_ended(brand: Brand, ledger: Ledger) -> None:
    """Out of the ledger's vault: well it is quiet; a week and a day before its end, and dead, it is one alert each."""
    account = '[accounts.toot]\nnetwork = "mastodon"\nserver = "https://social.example.com"\n\n[accounts.linkedin]'
    brand.write(settings={"[accounts.linkedin]": account})
    vault = tokens_of(ledger, "mastodon:toot", brand.environ, brand.clock.now)
    grant = Grant("kanarienvogel", NOW, NOW, expires_at=NOW + timedelta(days=30), signed_in=True)
    vault.put(grant.to_json())
    keys = []
    for hours in range(0, 24 * 31, 5):
        brand.clock.moment = NOW + timedelta(hours=hours)
        keys += [(alert.kind, alert.key, alert.remedy) for alert in brand.alerts()]
    told = list(dict.fromkeys(keys))
    assert [kind for kind, _key, _remedy in told] == [Kind.ACCOUNT] * 3
    assert {remedy for _kind, _key, remedy in told} == {"leitstand login toot"}
    assert "kanarienvogel" not in str(told)
    brand.clock.moment = NOW
    vault.put(grant.over("the network refuses it").to_json())
    assert [alert.why for alert in brand.alerts()] == ["the network refuses it"]


def test_the_link_is_where_the_site_has_the_post(brand: Brand) -> None:
    """The address is the one that the site's own pages link to."""
    workspace, scene = brand.load(), brand.scene()
    site = Site(gather(Sources(brand.root, NOW, {"LEITSTAND_STATE_DIR": "state"})))
    (post,) = workspace.posts
    assert scene.link(post) == f"https://site.example.com/{site.address(site.post_pages[post.path])}"


def test_every_kind_has_words(brand: Brand) -> None:
    """No alert is told with the name that programs use."""
    (alert,) = find_alerts(replace(brand.scene(), ailing=(Ailing("news", "a", "b", "c"),)))
    said = {replace(alert, kind=kind).headline for kind in Kind}
    assert len(said) == len(Kind)


def test_without_a_site_there_is_no_link(brand: Brand, ledger: Ledger, tmp_path: Path) -> None:
    """An address is given only where one is set."""
    brand.write(settings={'url = "https://site.example.com"\n': ""})
    bring(ledger, State.FAILED, DUE)
    assert brand.alerts()[0].link == ""


def test_a_report_that_failed_is_told_when_it_does_and_when_it_is_given_up(brand: Brand, ledger: Ledger) -> None:
    """The analysts hear of it, else the managers: twice about five tries, and of one that somebody did not get."""
    brand.write(settings={'[people.mai]\nroles = ["community"]': '[people.mai]\nroles = ["analyst"]'})
    runs = Runs(ledger, brand.clock.now)
    told: dict[str, tuple[str, str, tuple[str, ...]]] = {}
    for _number in range(TRIES):
        taken = runs.take(runs.find("monthly", "2026-10", "provisional"))
        assert taken is not None
        runs.fail(taken, "no fonts")
        told |= {alert.key: (alert.why, alert.remedy, alert.to) for alert in brand.alerts()}
        brand.wait(days=1)
    assert list(told.values()) == [
        ("no fonts", "see: leitstand report runs", ("mai",)),
        ("no fonts", "when it is mended: leitstand report due --force", ("mai",)),
    ]


def test_a_month_that_was_given_up_is_told_with_how_to_make_it(brand: Brand, ledger: Ledger) -> None:
    """Trying it again helps nobody: its time is over."""
    runs = Runs(ledger, brand.clock.now)
    assert runs.give_up(runs.find("monthly", "2026-07", "final"), "X has not arrived") is not None
    (alert,) = brand.alerts()
    assert (alert.why, alert.remedy) == ("X has not arrived", "to make it: leitstand report monthly --month 2026-07")


def test_a_report_that_somebody_did_not_get_is_told(brand: Brand, ledger: Ledger) -> None:
    """With the command that sends it; one that everybody got is no news."""
    runs = Runs(ledger, brand.clock.now)
    taken = runs.take(runs.find("monthly", "2026-10", "final"))
    assert taken is not None
    made = runs.made(taken, "sha256:1")
    assert made is not None
    assert brand.alerts() == []
    runs.mailed(replace(made, mail={"jule": "sent", "mai": "failed: the service did not take it"}))
    (alert,) = brand.alerts()
    assert (alert.kind, alert.subject, alert.to) == (Kind.REPORT, "monthly 2026-10", ("tarek", "wiebke"))
    assert alert.why == "mai: failed: the service did not take it"
    assert "leitstand report monthly --month 2026-10 --mail" in alert.remedy
    brand.wait(days=8)
    assert brand.alerts() == []
