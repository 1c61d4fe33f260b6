"""publish, status, log, hold, resolve and ledger on a real workspace with a feed."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.terminal import Verbs
from tests.probe import PROBE
from toolkit.ledger import ApprovalRow, State, add_approval, ledger_path, open_ledger

UID = "01JDK3V7Q2M8X4T6R9A0B1C2D3"
TOML = f"""\
{PROBE}
[accounts.mastodon]
network = "mastodon"
id = "@probe@social.example"
"""
POST = """\
---
uid: {uid}
title: Tür 1
author: anna
status: ready
publish: 2026-12-01 07:30
channels: [{channels}]
language: de
---
Tür 1 ist auf.
"""
BEFORE, DUE, LATE = "2026-12-01T06:00+01:00", "2026-12-01T07:30+01:00", "2026-12-01T09:00+01:00"


class Terminal(Verbs):
    """Verbs in a workspace with one post."""

    def post(self, channels: str = "news") -> None:
        self.write("content/posts/tuer.md", POST.format(uid=UID, channels=channels))


@pytest.fixture
def verb(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    monkeypatch.delenv("LEITSTAND_TOKEN_MASTODON", raising=False)
    root = tmp_path / "brand"
    root.mkdir()
    (root / "leitstand.toml").write_text(TOML, encoding="utf-8")
    terminal = Terminal(root, capsys)
    terminal.post()
    return terminal


def test_publish_says_what_it_did(verb: Terminal) -> None:
    """Planned, then sent with its address, then nothing to do."""
    assert verb("publish", "--now", BEFORE) == "· 1 post is newly planned\n"
    assert "would be sent" in verb("publish", "--dry-run", "--now", DUE)
    assert "sent       content/posts/tuer.md → news  https://example.com/feeds/" in verb("publish", "--now", DUE)
    assert verb("publish", "--now", DUE) == "nothing to do\n"


def test_publish_in_json(verb: Terminal) -> None:
    """One object with events and waiting rows; a post that cannot go out makes the exit code 1 and says why."""
    verb.post("news, mastodon")
    verb("publish", "--now", BEFORE)
    result = verb.json("publish", "--now", DUE, code=1)
    events, waiting = result["events"], result["waiting"]
    assert isinstance(events, list)
    assert isinstance(waiting, list)
    assert [(event["account"], event["state"]) for event in events] == [("mastodon", "planned"), ("news", "confirmed")]
    remedy = "run leitstand login mastodon, or set LEITSTAND_TOKEN_MASTODON, or put it into the file mastodon in $LEITSTAND_CREDENTIALS_DIR"
    assert [row["reason"] for row in waiting] == [f"the account mastodon has no token; {remedy}"]


def test_status_before_anything(verb: Terminal) -> None:
    """No ledger is an empty one, and no alarm; nothing is created."""
    assert "the ledger is empty" in verb("status")
    assert verb.json("status")["last_tick"] is None
    assert "nothing was written down yet" in verb("log")
    assert not (verb.root.parent / "state").exists()


def test_status_alarms_when_a_person_is_needed(verb: Terminal) -> None:
    """A missed post: exit 1, and the command to decide it."""
    verb("publish", "--now", BEFORE)
    assert "is a dispatcher running?" in verb("status", "--now", LATE, code=1)
    verb("publish", "--now", LATE, code=1)
    said = verb("status", "--now", LATE, code=1)
    assert f"leitstand resolve {UID} news --send-again, or --drop" in said
    status = verb.json("status", "--now", LATE, code=1)
    assert status["alarming"] is True
    counts = status["counts"]
    assert isinstance(counts, dict)
    assert counts["missed"] == 1


def test_a_thread_that_stopped_half_way_says_how_far_it_is(verb: Terminal) -> None:
    """Two of three parts are out and the third waits, then is refused: status and plan say 2/3, and the whole says nothing."""
    place, now = ledger_path(verb.root.parent / "state"), datetime(2026, 12, 1, 6, 30, tzinfo=UTC)
    verb("publish", "--now", BEFORE)
    with open_ledger(place, now=now) as ledger:
        for part in range(3):
            sending = ledger.begin(ledger.due(now)[0], now, rendition="{}", hashes=("a", "b", "c"), commit="")
            assert sending is not None
            if part == 2:
                ledger.refuse(sending, now, "too long")
            else:
                ledger.confirm(sending, now, str(part), "https://example.com/")
    assert "2/3 out" in verb("status", "--now", DUE, code=1)
    assert "failed, 2/3 out" in re.sub(" +", " ", verb("plan", "--from", "2026-12-01", "--now", BEFORE))
    with open_ledger(place, now=now) as ledger:
        ledger.resolve_again(ledger.rows(states=(State.FAILED,))[0], now)
    assert "2/3 out" in re.sub(" +", " ", verb("plan", "--from", "2026-12-01", "--now", BEFORE))
    with open_ledger(place, now=now) as ledger:
        (waiting,) = ledger.rows(states=(State.PLANNED,))
        ledger.resolve_drop(waiting, now)
        ledger.resolve_out(ledger.rows(states=(State.SKIPPED,))[0], now, "https://example.com/3")
    assert "/3 out" not in verb("plan", "--from", "2026-12-01", "--now", BEFORE)


def test_log_tells_the_story_of_a_post(verb: Terminal) -> None:
    """By any name of the post; as JSON lines for programs; an unknown post is a usage error."""
    verb("publish", "--now", BEFORE)
    verb("publish", "--now", DUE)
    lines = verb("log", "tuer").splitlines()
    assert [line.split("news  ")[1].split("  ")[0] for line in lines] == [
        "new → planned",
        "planned → sending",
        "sending → sent",
    ]
    events = [json.loads(line) for line in verb("log", UID, "--json").splitlines()]
    assert [event["state"] for event in events] == ["planned", "sending", "confirmed"]
    verb("log", "nothing", code=2)
    (verb.root / "content/posts/tuer.md").unlink()
    assert len(verb("log", "tuer").splitlines()) == 3


def test_log_tells_who_said_what_at_the_desk(verb: Terminal) -> None:
    """A yes and a no stand among the changes, in their order, with the content they were about; programs get keys."""
    verb("publish", "--now", BEFORE)
    said = ApprovalRow(UID, "maria", datetime(2026, 12, 1, 6, tzinfo=UTC), "sha256:1", granted=True)
    no = replace(said, person="tarek", granted=False, note="Datum falsch", at=said.at + timedelta(minutes=1))
    with open_ledger(ledger_path(verb.root.parent / "state"), now=said.at) as ledger:
        add_approval(ledger, said)
        add_approval(ledger, no)
    verb("publish", "--now", DUE)
    lines = verb("log", "tuer").splitlines()
    assert lines[1:3] == [
        f"2026-12-01 07:00  {UID}  approved by maria  sha256:1",
        f"2026-12-01 07:01  {UID}  sent back by tarek  sha256:1 Datum falsch",
    ]
    assert len(lines) == 5
    told = [json.loads(line) for line in verb("log", "--json", "--limit", "3").splitlines()]
    assert [(one["action"], one["state"]) for one in told] == [
        *(("approval", "refused"), ("post", "sending"), ("post", "confirmed")),
    ]
    assert (told[0]["person"], told[0]["hash"], told[0]["detail"]) == ("tarek", "sha256:1", "Datum falsch")
    assert verb("log", "--verify") == "the log is as it was written\n"


def test_hold_is_in_time_or_says_so(verb: Terminal) -> None:
    """Stopped before, too late after; released, it goes on."""
    verb("publish", "--now", BEFORE)
    assert "stopped: content/posts/tuer.md → news" in verb("hold", "tuer", "--now", BEFORE, "--reason", "wait")
    assert "stopped: wait" in verb("publish", "--now", DUE, code=1)
    assert "goes on" in verb("hold", "tuer", "--release", "--now", DUE)
    assert "it was not on hold" in verb("hold", "tuer", "--release", "--now", DUE)
    verb("publish", "--now", DUE)
    assert "too late: content/posts/tuer.md → news sent https://example.com" in verb("hold", "tuer", code=1)


def test_hold_before_the_first_tick(verb: Terminal) -> None:
    """A post that was never planned is stopped too; twice is once."""
    assert "not planned yet" in verb("hold", "tuer", "--now", BEFORE)
    verb("hold", "tuer", "--now", BEFORE)
    verb("publish", "--now", BEFORE)
    assert "paused: content/posts/tuer.md" in verb("status", "--now", BEFORE)
    verb("publish", "--now", DUE, code=1)
    verb("hold", "tuer", "--release", "--now", DUE)
    assert "sent" in verb("publish", "--now", DUE)


def test_resolve_needs_exactly_one_decision(verb: Terminal) -> None:
    """None, two, or nothing to decide: a sentence and no change."""
    verb("publish", "--now", BEFORE)
    verb("resolve", "tuer", "news", code=2)
    verb("resolve", "tuer", "news", "--drop", "--send-again", code=2)
    assert "nothing to decide" in verb("resolve", "tuer", "news", "--drop", code=1)
    assert "no such post on nowhere" in verb("resolve", "tuer", "nowhere", "--drop", code=1)


@pytest.mark.parametrize(
    ("decision", "state"),
    [
        (["--out", "https://example.com/x", "--remote-id", "7"], "sent"),
        (["--send-again"], "planned"),
        (["--drop"], "skipped"),
    ],
)
def test_resolve_decides_a_missed_post(verb: Terminal, decision: list[str], state: str) -> None:
    """Out, again or dropped; the name of who decided is in the log, and the alarm is over."""
    verb("publish", "--now", BEFORE)
    verb("publish", "--now", LATE, code=1)
    verb("resolve", "tuer", "news", *decision, "--by", "anna", "--now", LATE)
    assert f"missed → {state}" in verb("log", "tuer")
    assert "anna" in verb("log", "tuer")
    verb("publish", "--now", LATE)
    assert verb.json("status", "--now", LATE)["attention"] == []


def test_what_is_missed_again_says_why_and_not_who(verb: Terminal) -> None:
    """Who sent it again stands in the log; the row's reason is why it was missed."""
    verb("publish", "--now", BEFORE)
    verb("publish", "--now", LATE, code=1)
    said = verb("resolve", "tuer", "news", "--send-again", "--by", "anna", "--now", LATE)
    assert "missed → planned  content/posts/tuer.md → news" in said
    assert "at the next tick" in said
    verb("publish", "--now", "2026-12-03T09:00+01:00", code=1)
    status = verb("status", "--now", "2026-12-03T09:00+01:00", code=1)
    assert "nothing sent it in time" in status
    assert "anna" not in status
    assert "anna" in verb("log", "tuer")


def test_ledger_backup_and_restore(verb: Terminal, tmp_path: Path) -> None:
    """What went out since the backup comes back as held, with the question to look there."""
    verb("publish", "--now", BEFORE)
    verb("ledger", "backup", str(tmp_path / "b.sqlite"))
    verb("publish", "--now", DUE)
    assert "1 post fell due" in verb("ledger", "restore", str(tmp_path / "b.sqlite"), "--now", DUE, code=1)
    said = verb("status", "--now", DUE, code=1)
    assert "this may be out since then - look there" in said
    assert "--out URL, or --send-again" in said
    assert "nothing to do" in verb("publish", "--now", DUE)


def test_a_backup_is_never_replaced_unasked(verb: Terminal, tmp_path: Path) -> None:
    """The second one names another file or says --force; what is no backup is not replaced even then."""
    copy, letter = tmp_path / "b.sqlite", tmp_path / "letter.txt"
    verb("publish", "--now", BEFORE)
    verb("ledger", "backup", str(copy))
    before = copy.read_bytes()
    verb("publish", "--now", DUE)
    assert "add --force" in verb("ledger", "backup", str(copy), code=2)
    assert copy.read_bytes() == before
    verb("ledger", "backup", str(copy), "--force")
    assert copy.read_bytes() != before
    letter.write_text("Dear Anna", encoding="utf-8")
    assert "is no backup" in verb("ledger", "backup", str(letter), "--force", code=1)
    assert letter.read_text(encoding="utf-8") == "Dear Anna"


def test_a_lost_ledger_needs_a_word(verb: Terminal) -> None:
    """Without the file nothing is published until somebody restores or adopts; the past is then taken over."""
    verb("publish", "--now", BEFORE)
    path = Path(verb("ledger", "path").strip())
    path.unlink()
    assert "leitstand ledger adopt" in verb("publish", "--now", DUE, code=1)
    assert "the ledger is gone" in verb("status", "--now", DUE, code=1)
    verb("ledger", "adopt", "--now", DUE)
    assert "never sent" in verb("publish", "--now", DUE)


def test_resolve_asks_which_of_several_is_meant(verb: Terminal) -> None:
    """Two times of one post are open: to send the wrong one again would double it, so the person names the day."""
    text = POST.format(uid=UID, channels="news")
    verb.write("content/posts/tuer.md", text.replace("channels", "repeat: FREQ=DAILY;COUNT=2\nchannels", 1))
    verb("publish", "--now", BEFORE)
    verb("publish", "--now", "2026-12-02T09:00+01:00", code=1)
    said = verb("resolve", "tuer", "news", "--send-again", code=2)
    assert "--day" in said
    assert "2026-12-01" in said
    assert "2026-12-02" in said
    decided = verb.json("resolve", "tuer", "news", "--send-again", "--day", "2026-12-02")
    assert [(event["occurrence"], event["state"]) for event in decided["events"]] == [("2026-12-02", "planned")]  # type: ignore[attr-defined]  # JSON
    verb("resolve", "tuer", "news", "--drop")  # one is left


def test_a_dropped_thread_that_is_sent_again_is_whole(verb: Terminal) -> None:
    """The parts that were dropped with the first one come back with it: no thread ends after its beginning."""
    verb("publish", "--now", BEFORE)
    state = next(Path(verb("ledger", "path").strip()).parent.glob("ledger.sqlite"))
    with open_ledger(ledger_path(state.parent), now=datetime(2026, 12, 1, 7, tzinfo=UTC)) as ledger:
        now = datetime(2026, 12, 1, 7, tzinfo=UTC)
        row = ledger.begin(ledger.rows()[0], now, rendition="{}", hashes=["h0", "h1", "h2"], commit="")
        assert row is not None
        ledger.refuse(row, now, "too long")
    dropped = verb.json("resolve", "tuer", "news", "--drop")
    assert len(dropped["events"]) == 3  # type: ignore[arg-type]  # JSON
    again = verb.json("resolve", "tuer", "news", "--send-again")
    assert [event["state"] for event in again["events"]] == ["planned"] * 3  # type: ignore[attr-defined]  # JSON
