"""`leitstand resolve --account`: one decision about all that an outage left behind, on a real ledger."""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.terminal import Verbs
from toolkit.dispatch.deciding import open_rows
from toolkit.ledger import Ledger, Planned, Row, State, ledger_path, open_ledger

TOML = """\
format = 1
[workspace]
id = "probe"
timezone = "Europe/Berlin"
languages = ["en"]
[state]
dir = "../state"
[accounts.news]
network = "feed"
id = "news"
server = "https://example.com/feeds"
[accounts.other]
network = "feed"
id = "other"
server = "https://example.com/feeds"
"""
EARLY = datetime(2026, 12, 1, 5, tzinfo=UTC)
DUE = datetime(2026, 12, 1, 6, 30, tzinfo=UTC)
NOW = "2026-12-01T08:00+01:00"


@pytest.fixture
def verb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Verbs:
    """Forty held posts and one missed on one account, one held on another."""
    monkeypatch.delenv("LEITSTAND_STATE_DIR", raising=False)
    verbs = Verbs(tmp_path / "brand", capsys)
    verbs.write("leitstand.toml", TOML)
    with ledger_of(verbs) as ledger:
        ledger.bind([("feed:news", "news", "feed"), ("feed:other", "other", "feed")], EARLY)
        for number in range(41):
            bring(ledger, "news", number, State.HELD if number < 40 else State.MISSED)
        bring(ledger, "other", 0, State.HELD)
    return verbs


def ledger_of(verbs: Verbs) -> Ledger:
    return open_ledger(ledger_path(verbs.root.parent / "state"), now=EARLY)


def bring(ledger: Ledger, account: str, number: int, state: State) -> None:
    uid = f"{number:026}"
    key, path = f"feed:{account}", f"content/posts/{number}.md"
    ledger.plan([Planned(uid, key, account, "feed", path, DUE, "2026-12-01 07:30", "Europe/Berlin", "2026f")], EARLY)
    (row,) = ledger.rows(uid=uid, account=account)
    change = ledger.hold if state is State.HELD else ledger.miss
    assert change(row, DUE, "the network was away") is not None


def states(verbs: Verbs, account: str = "news") -> list[State]:
    with ledger_of(verbs) as ledger:
        return [row.state for row in ledger.rows(account=account)]


@pytest.mark.parametrize(
    ("decision", "becomes"),
    [
        (("--send-again",), State.PLANNED),
        (("--drop",), State.SKIPPED),
        (("--out", "https://example.com/news"), State.CONFIRMED),
    ],
)
def test_forty_are_decided_at_once(verb: Verbs, decision: tuple[str, ...], becomes: State) -> None:
    """All that is held on the account, who decided in the log; what is missed, and other accounts, stay as they are."""
    options = ("--account", "news", "--state", "held", "--yes", "--by", "anna", "--now", NOW)
    told = verb.json("resolve", *options, *decision)
    events = told["events"]
    assert isinstance(events, list)
    assert (told["found"], len(events), told["changed_meanwhile"]) == (40, 40, [])
    assert {(event["old"], event["state"], event["detail"]) for event in events} == {("held", becomes, "anna")}
    assert sorted(states(verb)) == sorted([becomes] * 40 + [State.MISSED])
    assert states(verb, "other") == [State.HELD]


def test_without_a_state_all_that_waits_is_meant(verb: Verbs) -> None:
    """Held and missed alike are listed with their reasons, then dropped."""
    said = verb("resolve", "--account", "news", "--drop", "--yes", "--now", NOW)
    assert said.count("the network was away") == 41
    assert said.count("→ skipped  ") == 41
    assert "missed → skipped  content/posts/40.md → news" in said
    assert "41 changes were written" in said
    assert "leitstand resolve POST CHANNEL --send-again" in said
    assert set(states(verb)) == {State.SKIPPED}
    assert "nothing on news waits" in verb("resolve", "--account", "news", "--drop", "--now", NOW)


class Typing(io.StringIO):
    """A person at the keyboard."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("answer", "code", "left"), [("n\n", 1, 40), ("\n", 1, 40), ("", 1, 40), ("y\n", 0, 0)])
def test_it_asks_once(verb: Verbs, monkeypatch: pytest.MonkeyPatch, answer: str, code: int, left: int) -> None:
    """The list comes first; only a yes decides."""
    monkeypatch.setattr(sys, "stdin", Typing(answer))
    said = verb("resolve", "--account", "news", "--state", "held", "--send-again", "--now", NOW, code=code)
    assert said.count("Decide this for these 40 posts?") == 1
    assert said.count("held → planned") == 40 - left
    assert ("is sent at the next tick" in said) is (code == 0)
    assert states(verb).count(State.HELD) == left


def test_who_cannot_be_asked_has_to_say_yes_beforehand(verb: Verbs, monkeypatch: pytest.MonkeyPatch) -> None:
    """A script without --yes changes nothing and learns the remedy."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    assert "add --yes" in verb("resolve", "--account", "news", "--drop", "--now", NOW, code=2)
    assert "add --yes" in verb("resolve", "--account", "news", "--drop", "--json", "--now", NOW, code=2)
    assert states(verb).count(State.HELD) == 40


def test_what_changed_meanwhile_is_left_alone(verb: Verbs, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else decides about one row after it was listed: that stays, is told, and the others go on."""

    def slow(ledger: Ledger, account: str, wanted: tuple[State, ...]) -> list[Row]:
        rows = open_rows(ledger, account, wanted)
        with ledger_of(verb) as other:
            assert other.resolve_drop(rows[7], DUE, "ben") is not None
        return rows

    monkeypatch.setattr("toolkit.cli.resolve.outage.open_rows", slow)
    options = ("--account", "news", "--state", "held", "--send-again", "--yes", "--now", NOW)
    said = verb("resolve", *options, code=1)
    assert "content/posts/7.md → news changed meanwhile" in said
    assert "39 changes were written" in said
    assert (states(verb).count(State.PLANNED), states(verb).count(State.SKIPPED)) == (39, 1)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--drop",), "--account NAME"),
        (("--drop", "--state", "held"), "--account NAME"),
        (("--drop", "--account", "newz", "--yes"), "news"),
        (("--drop", "--account", "news", "--state", "planned"), "held, unknown, missed, failed"),
        (("0.md", "news", "--drop", "--account", "news"), "leave POST, CHANNEL"),
        (("--drop", "--account", "news", "--day", "2026-12-01"), "leave POST, CHANNEL"),
        (("--out", "https://example.com", "--remote-id", "7", "--account", "news"), "one remote id is of one post"),
        (("0.md", "--drop"), "name the account as well"),
    ],
)
def test_what_cannot_be_meant_is_said_with_the_remedy(verb: Verbs, args: tuple[str, ...], said: str) -> None:
    """A usage error, and no row is touched."""
    assert said in verb("resolve", *args, "--now", NOW, code=2)
    assert states(verb).count(State.HELD) == 40


def test_status_tells_a_few_of_many_and_how_to_decide_about_all(verb: Verbs) -> None:
    """Forty held posts are five and one line, with the command for the rest; JSON has every one."""
    said = verb("status", "--now", NOW, code=1)
    assert said.count("! held ") == 5 + 1  # and the one of the other account
    assert (
        "! held: 35 more on news; all at once: leitstand resolve --account news --state held --send-again, or --drop"
    ) in said
    assert "more on other" not in said
    attention = verb.json("status", "--now", NOW, code=1)["attention"]
    assert isinstance(attention, list)
    assert len(attention) == 42
