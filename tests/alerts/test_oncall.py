"""Calling somebody at night: who, when, once, until somebody takes it. Over a real inbox, Apprise and servers."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.alerts.brands import Brand
from tests.servers.pretend import PretendServer
from tests.servers.smtp import run_smtp
from toolkit.alerts.alert import Kind
from toolkit.alerts.oncall import CALLS, read_rings, take_call
from toolkit.alerts.round import NOTES
from toolkit.cli import execute
from toolkit.community.inbox.book import open_inbox
from toolkit.community.inbox.gathering import Listener
from toolkit.community.inbox.place import find_inbox
from toolkit.errors import UsageError
from toolkit.ledger import notes_of
from toolkit.model import Message, MessageKind
from toolkit.settings import Settings
from toolkit.workspace import state_dir

NIGHT = datetime(2026, 12, 2, 1, 0, tzinfo=UTC)  # Wednesday, 02:00 in Berlin
OFFICE = "```hours\nhours: [mon-fri 08:00-18:00]\n```\n"
DANGERS = """
```risk
risk: Glass
level: 3
words: [glass]
```

```risk
risk: Lawyers
level: 2
words: [lawyer]
```
"""
ONCALL = '[oncall]\nrota = ["mai", "jule"]\nstart = 2026-11-30\nday = 2\n\n[accounts.news]'


@pytest.fixture
def night(brand: Brand, pretend: PretendServer) -> Brand:
    """Mai is on duty, Jule comes next, then the managers; the office is closed."""
    brand.write(settings={"[accounts.news]": ONCALL})
    (brand.root / "guidelines").mkdir()
    (brand.root / "guidelines/danger.md").write_text(OFFICE + DANGERS, encoding="utf-8")
    brand.environ["LEITSTAND_STATE_DIR"] = str(brand.root / "state")
    brand.reach(pretend, "mai", "jule", "tarek", "wiebke")
    brand.clock.moment = NIGHT
    return brand


def hear(brand: Brand, text: str, name: str = "1", *, author: str = "@kim@example.org", own: bool = False) -> None:
    """A comment comes in now; with `own` it is our answer to the first."""
    settings: Settings = brand.load().settings
    place = find_inbox(state_dir(brand.root, settings, brand.environ), settings, brand.environ)
    now = brand.clock.now()
    message = Message(
        name,
        "news",
        MessageKind.COMMENT,
        author,
        text,
        now,
        answers="1" if name != "1" else "post",
        below="post",
        own=own,
    )
    with open_inbox(place, now=now) as inbox:
        inbox.gather(Listener("feed:https://example.com/feed", "news", {}), [message], now)


def heard(pretend: PretendServer) -> list[str]:
    return [request.path.strip("/") for request in pretend.sent("POST")]


def take(brand: Brand, name: str, person: str = "mai") -> str:
    """Who takes it, after `person` said that they do."""
    with brand.open() as ledger:
        before = take_call(name, person, notes_of(ledger, NOTES, brand.clock.now), brand.clock.now())
    return before.by or person


def called_of(brand: Brand) -> str:
    """The id of the only conversation in the memory of calls."""
    with brand.open() as ledger:
        (ring,) = read_rings(notes_of(ledger, NOTES, brand.clock.now).read(CALLS)).values()
    return ring.id


def test_who_is_on_duty_is_called_once(night: Brand, pretend: PretendServer) -> None:
    """With what it is, since when, and the command that takes it; nothing of what was written and by whom."""
    hear(night, "There was glass in my coffee, call me at 0431 4711")
    for _tick in range(3):
        night.tell()
        night.wait(minutes=1)
    (request,) = pretend.sent("POST")
    assert request.path == "/mai"
    said = f"{request.json()['title']}\n{request.json()['message']}"
    assert "[Probe] somebody wrote what cannot wait: danger, class 3: Glass → Newsroom, 2026-12-02 02:00" in said
    assert "what helps: leitstand alerts ack " in said
    assert "--by mai" in said
    assert "4711" not in said
    assert "kim" not in said
    assert night.lines == []


def test_it_goes_on_to_the_next_until_somebody_takes_it(night: Brand, pretend: PretendServer) -> None:
    """Every fifteen minutes another person; whoever was called is not called again; then it is quiet."""
    hear(night, "glass!")
    night.tell()
    conversation = called_of(night)
    for expected in (["mai"], ["mai", "jule"], ["mai", "jule", "tarek"]):
        night.wait(seconds=1)
        night.tell()
        assert heard(pretend) == expected
        night.wait(minutes=14, seconds=58)
        night.tell()
        assert heard(pretend) == expected
        night.wait(seconds=1)
    assert take(night, conversation[-6:], "jule") == "jule"
    night.wait(hours=5)
    night.tell()
    assert heard(pretend)[:3] == ["mai", "jule", "tarek"]
    titles = [str(request.json()["title"]) for request in pretend.sent("POST")][:3]
    assert ["still open" in title for title in titles] == [False, True, True]


def test_who_was_called_hears_that_somebody_has_taken_it(night: Brand, pretend: PretendServer) -> None:
    """Once, with the name; neither the one who takes it nor whoever was never called; and no list of needs names it."""
    hear(night, "glass!")
    night.tell()
    night.wait(minutes=15)
    night.tell()
    assert heard(pretend) == ["mai", "jule"]
    assert take(night, called_of(night)[-6:], "jule") == "jule"
    for _tick in range(3):
        night.wait(minutes=1)
        night.tell()
    assert heard(pretend) == ["mai", "jule", "mai"]
    last = pretend.sent("POST")[-1].json()
    assert "jule has taken it" in str(last["title"])
    assert "glass" not in f"{last['title']}{last['message']}"
    assert [one for one in night.alerts() if one.kind is Kind.TAKEN] == []


def test_only_the_gravest_wakes_anybody(night: Brand, pretend: PretendServer) -> None:
    """A lawyer waits until the office opens, a compliment for ever; nobody is called when nobody is on call."""
    hear(night, "My lawyer will write to you.")
    hear(night, "Lovely.", "2", author="@ada@example.org")
    night.tell()
    assert heard(pretend) == []
    night.clock.moment = NIGHT.replace(hour=7)  # 08:00 in Berlin
    night.tell()
    assert heard(pretend) == ["mai"]


def test_without_the_table_nobody_is_called(night: Brand, pretend: PretendServer) -> None:
    """Who wants no calls leaves it out."""
    night.write()
    hear(night, "glass!")
    night.tell()
    assert heard(pretend) == []


def test_what_was_answered_calls_nobody_any_more(night: Brand, pretend: PretendServer) -> None:
    """And when they write again, it is another matter: called for anew."""
    hear(night, "glass!")
    night.tell()
    night.wait(minutes=5)
    hear(night, "We are on it.", "2", own=True)
    night.wait(minutes=30)
    night.tell()
    assert heard(pretend) == ["mai"]
    hear(night, "More glass!", "3")
    night.tell()
    assert heard(pretend) == ["mai", "mai"]


def test_a_message_more_changes_nothing_a_higher_class_does(night: Brand, pretend: PretendServer) -> None:
    """In office hours somebody takes the lawyer's letter; more of the same is quiet, glass is not."""
    night.clock.moment = NIGHT.replace(hour=9)
    hear(night, "My lawyer will write to you.")
    night.tell()
    take(night, called_of(night))
    night.wait(minutes=5)
    hear(night, "And another lawyer!", "2")
    night.wait(hours=1)
    night.tell()
    assert heard(pretend) == ["mai"]
    hear(night, "By the way, there was glass.", "3")
    night.tell()
    assert heard(pretend) == ["mai", "mai"]


def test_a_break_does_not_call_everybody_at_once(night: Brand, pretend: PretendServer) -> None:
    """Class 2 rests at night; in the morning it is the next one's turn after what is left of the time."""
    night.clock.moment = NIGHT.replace(hour=16, minute=50)  # ten minutes before closing
    hear(night, "My lawyer will write to you.")
    night.tell()
    night.clock.moment += timedelta(minutes=10)
    night.tell()  # closed
    night.clock.moment = NIGHT.replace(day=3, hour=7)
    night.tell()
    assert heard(pretend) == ["mai"]
    night.wait(minutes=5)
    night.tell()
    assert heard(pretend) == ["mai", "jule"]


def test_the_deputy_is_called_for_who_is_away(night: Brand, pretend: PretendServer) -> None:
    """Jule stands in for nobody here; Finja stands in for Jule."""
    away = 'deputy = "finja"\nabsences = [{from = 2026-12-02, to = 2026-12-02}]'
    night.write(
        settings={"[accounts.news]": ONCALL.replace('"mai", "jule"', '"jule", "mai"'), 'deputy = "finja"': away}
    )
    night.reach(pretend, "finja")
    hear(night, "glass!")
    night.tell()
    assert heard(pretend) == ["finja"]


def test_without_a_rota_the_community_is_called_then_the_managers(night: Brand, pretend: PretendServer) -> None:
    """Who has no address is passed over."""
    night.write(settings={"[accounts.news]": "[oncall]\nwithin = 5\n\n[accounts.news]"})
    del night.environ["LEITSTAND_ALERT_TAREK"]
    hear(night, "glass!")
    for _tick in range(4):
        night.tell()
        night.wait(minutes=5)
    assert heard(pretend) == ["mai", "wiebke"]


def test_a_restart_and_many_dispatchers_call_once(night: Brand, pretend: PretendServer) -> None:
    """Six at the same moment, each a process that has just started."""
    hear(night, "glass!")
    start = threading.Barrier(6)

    def dispatch() -> None:
        telling = night.telling()
        with night.open() as ledger:
            workspace = night.load()
            start.wait(30)
            telling.tell(workspace, ledger)
        telling.wait(20)

    threads = [threading.Thread(target=dispatch) for _dispatcher in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert heard(pretend) == ["mai"]
    assert night.lines == []


def test_an_inbox_that_cannot_be_read_keeps_other_alerts(night: Brand, pretend: PretendServer) -> None:
    """One line in the log, once; who has to hear of a failed post does."""
    hear(night, "glass!")
    (night.root / "state/inbox.sqlite").write_bytes(b"no database at all, and long enough to be one" * 99)
    night.pause("- scope: all\n  reason: recall\n")
    telling = night.telling()
    for _tick in range(2):
        night.tell(telling)
        night.wait(minutes=1)
    assert "mai" in heard(pretend)
    (line,) = night.lines
    assert line.startswith("nobody can be called: ")


def test_a_call_through_a_real_mail_server(night: Brand, tmp_path: Path) -> None:
    """The mail arrives at the person on duty."""
    with run_smtp(tmp_path, "none") as server:
        relay = f'[alerts]\nrelay = "smtp://{server.host_port}"\nsender = "leitstand@example.com"\n\n{ONCALL}'
        mai = 'email = "mai@example.com"\n\n[people.bashir]'
        night.write(settings={"[accounts.news]": relay, "[people.bashir]": mai})
        for name in ("MAI", "JULE", "TAREK", "WIEBKE"):
            del night.environ[f"LEITSTAND_ALERT_{name}"]
        hear(night, "glass!")
        night.tell()
        mail = server.mail()
    assert night.lines == []
    assert mail["To"] == "mai@example.com"
    assert mail["Subject"].startswith("[Probe] somebody wrote what cannot wait: danger, class 3: Glass")


def test_taking_is_by_the_first_or_last_letters(night: Brand) -> None:
    """The second to take it hears who was faster; what nobody is called for, or could be two things, is said."""
    hear(night, "glass!")
    night.tell()
    one = called_of(night)
    assert take(night, one[:8].lower(), "jule") == "jule"
    assert take(night, one, "mai") == "jule"
    with pytest.raises(UsageError, match="nobody is called for ZZZZ"):
        take(night, "ZZZZ")
    with pytest.raises(UsageError, match="nobody is called for"):
        take(night, "")


def test_what_nobody_was_told_of_yet_can_be_taken(
    night: Brand, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], pretend: PretendServer
) -> None:
    """The command that `alerts list` shows works before any dispatcher has seen the danger; then nobody is called."""
    hear(night, "glass!")
    for name, value in (night.environ | {"LEITSTAND_LANG": "en"}).items():
        monkeypatch.setenv(name, value)
    where = ["-w", str(night.root), "--now", night.clock.now().isoformat()]
    assert execute(["alerts", "list", *where], dict(night.environ)) == 1
    command = next(line.split()[1:] for line in capsys.readouterr().out.splitlines() if " alerts ack " in line)
    assert execute([*command, *where], dict(night.environ)) == 0
    assert "mai takes it" in capsys.readouterr().out
    night.wait(minutes=30)
    night.tell()
    assert heard(pretend) == []


def test_the_verb_takes_a_call(
    night: Brand, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`alerts list` shows it with its people, `alerts ack` takes it, then the list is empty."""
    hear(night, "glass!")
    night.tell()
    for name, value in (night.environ | {"LEITSTAND_LANG": "en"}).items():
        monkeypatch.setenv(name, value)
    where = ["-w", str(night.root), "--now", night.clock.now().isoformat()]

    def run(*words: str) -> int:
        return execute(["alerts", *words, *where], dict(night.environ))

    assert run("list", "--json") == 1
    (alert,) = json.loads(capsys.readouterr().out)["alerts"]
    assert (alert["kind"], list(alert["to"])) == ("call", ["mai"])
    conversation = called_of(night)
    assert run("ack", conversation[-10:], "--by", "mia") == 2
    assert "did you mean 'mai'" in capsys.readouterr().err
    assert run("ack", conversation[-10:]) == 2
    assert run("ack", conversation[-10:], "--by", "mai") == 0
    assert "mai takes it; nobody else is called" in capsys.readouterr().out
    assert run("ack", conversation, "--by", "jule", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"conversation": conversation, "risk": 3, "by": "mai", "first": False}
    assert run("list") == 0


def test_doctor_says_who_is_called(
    night: Brand, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In their order as of now; who of the rota cannot be reached; and that nobody can."""
    for name, value in (night.environ | {"LEITSTAND_LANG": "en"}).items():
        monkeypatch.setenv(name, value)

    def oncall() -> list[tuple[str, str]]:
        execute(["doctor", "--json", "-w", str(night.root)], dict(night.environ))
        found = json.loads(capsys.readouterr().out)["checks"]
        return [
            (one["health"], one["text"])
            for one in found
            if "called for a danger" in one["text"] or "can be called" in one["text"]
        ]

    ((health, text),) = oncall()
    assert health == "ok"
    assert text in {
        "called for a danger, one after the other: mai, jule, tarek, wiebke",
        "called for a danger, one after the other: jule, mai, tarek, wiebke",
    }
    monkeypatch.delenv("LEITSTAND_ALERT_MAI")
    assert oncall() == [("wrong", "called for a danger, one after the other: jule, tarek, wiebke")]
    for name in ("JULE", "TAREK", "WIEBKE"):
        monkeypatch.delenv(f"LEITSTAND_ALERT_{name}")
    monkeypatch.setenv("LEITSTAND_ALERT_BASHIR", "json://localhost/")
    assert oncall() == [("wrong", "nobody can be called when somebody writes of a danger")]
