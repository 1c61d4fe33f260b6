"""Messages on their way: over a real Apprise to real servers, once per person and state."""

from __future__ import annotations

import socket
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from tests.alerts.brands import DUE, NOW, RENDITION, Brand, bind, bring, plan
from tests.servers.postgres import Postgres
from tests.servers.pretend import PretendServer, Reply
from toolkit.alerts.letter import Letter
from toolkit.alerts.round import NOTES, told_of
from toolkit.alerts.sending import deliver
from toolkit.credentials import Secret
from toolkit.dispatch import publish_due
from toolkit.ledger import Ledger, LedgerPlace, Row, State, ledger_path, notes_of
from toolkit.model import SetClock


def uids(count: int) -> list[str]:
    return [f"01JDK3V7Q2M8X4T6R9A0B1{number:04}" for number in range(count)]


def fail(brand: Brand, *states: State, start: int = 0) -> None:
    """Rows in these states, each of a post of its own, as of now."""
    with brand.open() as ledger:
        for uid, state in zip(uids(start + len(states))[start:], states, strict=True):
            bring(ledger, state, brand.clock.now(), uid)


def heard(pretend: PretendServer) -> list[tuple[str, str]]:
    """Person and title of every message that came."""
    return [(request.path.strip("/"), str(request.json()["title"])) for request in pretend.sent("POST")]


def test_one_message_for_each_person(brand: Brand, pretend: PretendServer, ledger: Ledger) -> None:
    """Three things for one person and one for another are two messages, with all there is to know."""
    brand.reach(pretend, "jule", "mai")
    bring(ledger, State.FAILED)
    fail(brand, State.MISSED, State.HELD)
    brand.tell()
    assert sorted(heard(pretend)) == [
        ("jule", "[Probe] refused by the network: Door one → Newsroom, 2026-12-01 09:50"),
        ("mai", "[Probe] 2 things need you"),
    ]
    message = str(pretend.sent("POST", "/jule")[0].json()["message"])
    assert "why: text too long" in message
    assert "what helps: correct the post, then: leitstand resolve 01JDK3V7Q2M8X4T6R9A0B1C2D3 news" in message
    assert "https://site.example.com/posts/2026/12/door-one/" in message
    assert "nobody but its readers" not in message
    assert brand.lines == []


def test_each_state_is_told_once(brand: Brand, pretend: PretendServer) -> None:
    """However often it ticks, and after restarts, too; another state of the same row is told anew."""
    brand.reach(pretend, "mai")
    fail(brand, State.FAILED)
    telling = brand.telling()
    for _tick in range(3):
        brand.tell(telling)
        brand.tell()  # a process that has just started
        brand.wait(minutes=1)
    assert len(heard(pretend)) == 1
    with brand.open() as ledger:
        (row,) = ledger.rows(states=(State.FAILED,))
        ledger.resolve_again(row, brand.clock.now())
        again = ledger.row(row.id)
        assert again is not None
        ledger.miss(again, brand.clock.now(), "too late now")
    brand.tell()
    assert len(heard(pretend)) == 2


def test_every_kind_is_told_once(brand: Brand, pretend: PretendServer) -> None:
    """Refused, held, missed, unknown, kept back, by hand, unapproved and paused: nine ticks, and each of them once."""
    brand.reach(pretend, "jule", "mai", "tarek", "wiebke", "bashir")
    policy = {"[accounts.linkedin]": '[policy]\napprovals = 1\napprovers = ["manager"]\n\n[accounts.linkedin]'}
    brand.write({"2026-12-01 09:50": "2026-12-01 11:10"}, policy | {"[policy]": "[alerts]\nhourly = 100\n[policy]"})
    states = (State.FAILED, State.HELD, State.MISSED, State.UNKNOWN, State.PLANNED)
    with brand.open() as ledger:
        for uid, state in zip(uids(5), states, strict=True):
            bring(ledger, state, NOW - timedelta(minutes=31), uid)
        row = plan(ledger, "01JDK3V7Q2M8X4T6R9A0B10099", account="linkedin")
        ledger.hand_over(row, NOW, "publish by hand", rendition=RENDITION, commit="")
        ledger.set_meta(last_tick="2026-12-01T08:30:00.000000Z")
    brand.pause("- scope: all\n  reason: recall\n")
    for _tick in range(9):
        brand.tell()
        brand.wait(seconds=30)
    said = "\n".join(str(request.json()["message"]) for request in pretend.sent("POST", "/mai"))
    for words in (
        "refused by the network: content",
        "held until somebody decides: content",
        "missed its time: content",
        "nobody knows whether it is out: content",
        "due, but it cannot go out: content",
        "to be published by hand: content",
        "publishing is paused: all",
    ):
        assert said.count(words) == 1, words
    asked = [str(request.json()["message"]) for request in pretend.sent("POST", "/wiebke")]
    assert sum(message.count("approval is missing: Door one") for message in asked) == 1
    silent = [str(request.json()["message"]) for request in pretend.sent("POST", "/bashir")]
    assert sum(message.count("nothing is published: Probe") for message in silent) == 1


def test_quiet_when_everything_is_fine(brand: Brand, pretend: PretendServer, ledger: Ledger) -> None:
    """No row, no approval, no pause: no message, and nothing is remembered."""
    brand.reach(pretend, "jule", "mai", "tarek", "wiebke", "bashir")
    bring(ledger, State.CONFIRMED)
    brand.tell()
    assert heard(pretend) == []
    assert notes_of(ledger, NOTES, brand.clock.now).names() == []


@pytest.fixture(params=["sqlite", "postgres"])
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> Brand:
    """The brand with its ledger in a file, and once more in PostgreSQL."""
    place = LedgerPlace(ledger_path(tmp_path / "state"))
    if request.param == "postgres":
        server: Postgres = request.getfixturevalue("postgres")
        place = LedgerPlace(place.file, server.address, f"alerts-{tmp_path.name}")
    made = Brand(tmp_path, place)
    made.write()
    bind(made)
    return made


def test_many_dispatchers_send_one_message(shared: Brand, pretend: PretendServer) -> None:
    """Eight dispatchers find the same at the same moment, on one ledger; each person hears of it once."""
    shared.reach(pretend, "mai", "tarek")
    fail(shared, State.FAILED, State.MISSED, State.HELD)
    start = threading.Barrier(8)

    def dispatch() -> None:
        telling = shared.telling()
        with shared.open() as ledger:
            workspace = shared.load()
            start.wait(30)
            telling.tell(workspace, ledger)
        telling.wait(20)

    threads = [threading.Thread(target=dispatch) for _dispatcher in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert heard(pretend) == [("mai", "[Probe] 3 things need you")]
    assert shared.lines == []


def test_a_dispatcher_that_died_while_sending_is_waited_for(brand: Brand, pretend: PretendServer) -> None:
    """Nobody writes to the person for two minutes; then they are told, because nobody knows whether they were."""
    brand.reach(pretend, "mai")
    fail(brand, State.FAILED)
    with brand.open() as ledger:
        notes = notes_of(ledger, NOTES, brand.clock.now)
        assert notes.swap("told mai", "", told_of("mai", notes).leased(NOW).to_text())
    brand.wait(seconds=119)
    brand.tell()
    assert heard(pretend) == []
    brand.wait(seconds=1)
    brand.tell()
    assert len(heard(pretend)) == 1


def test_a_storm_becomes_a_digest(brand: Brand, pretend: PretendServer) -> None:
    """Six messages an hour; what happens after them waits and comes as one."""
    brand.reach(pretend, "mai")
    for number in range(20):
        fail(brand, State.FAILED, start=number)
        brand.tell()
        brand.wait(minutes=2)
    assert len(heard(pretend)) == 6
    brand.wait(minutes=20)
    brand.tell()
    assert heard(pretend)[6:] == [("mai", "[Probe] 14 things need you")]


def test_long_messages_end(brand: Brand, pretend: PretendServer) -> None:
    """Fifty things at once are one message that shows twenty and counts the rest."""
    brand.reach(pretend, "mai")
    fail(brand, *[State.MISSED] * 50)
    brand.tell()
    ((_person, title),) = heard(pretend)
    assert title == "[Probe] 50 things need you"
    message = str(pretend.requests[0].json()["message"])
    assert message.count("missed its time") == 20
    assert "and 30 more" in message


def test_what_a_server_refuses_is_tried_again_later(brand: Brand, pretend: PretendServer) -> None:
    """A line in the log, then a minute, two minutes … until it takes the message; nothing is lost, nothing told twice."""
    brand.reach(pretend, "mai")
    pretend.routes["POST /*"] = lambda _request: Reply(500, {})
    fail(brand, State.FAILED)
    for _second in range(30):
        brand.tell()
        brand.wait(seconds=10)
    assert len(heard(pretend)) == 3  # at once, after a minute, after two more
    assert brand.lines == ["mai could not be told, it is tried again: the service did not take it"] * 3
    pretend.routes["POST /*"] = lambda _request: Reply(200, {})
    brand.wait(minutes=5)
    brand.tell()
    brand.tell()
    assert len(heard(pretend)) == 4


def test_what_cannot_be_told_for_a_day_is_given_up(brand: Brand, pretend: PretendServer) -> None:
    """The log says so, and a server that is back later gets only what is new."""
    brand.reach(pretend, "mai")
    pretend.routes["POST /*"] = lambda _request: Reply(500, {})
    fail(brand, State.FAILED)
    for _hour in range(32):
        brand.tell()
        brand.wait(hours=1)
    assert "could not be told for a day, it is not tried any more" in brand.lines[-1]
    tried = len(heard(pretend))
    assert tried == 25
    pretend.routes["POST /*"] = lambda _request: Reply(200, {})
    brand.tell()
    assert len(heard(pretend)) == tried


def test_a_server_that_says_nothing_holds_nobody_up() -> None:
    """Three people whose server accepts and is silent: after the time that was given it is over, for all together."""
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        address = Secret(f"json://127.0.0.1:{deaf.getsockname()[1]}/")
        letters = dict.fromkeys("abc", Letter("title", "body"))
        before = set(threading.enumerate())
        said = deliver(letters, dict.fromkeys("abc", address), 0.5)
        # Returned while all of them still wait for an answer that never comes.
        assert [thread.name for thread in set(threading.enumerate()) - before].count("alert") == len(letters)
    assert said == dict.fromkeys("abc", "no answer within 0.5 seconds")


def test_one_deaf_server_does_not_keep_others_from_hearing(pretend: PretendServer) -> None:
    """Messages go out beside each other."""
    pretend.routes["POST /*"] = lambda _request: Reply(200, {})
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        addresses = {
            "a": Secret(f"json://127.0.0.1:{deaf.getsockname()[1]}/"),
            "b": Secret(f"json://{pretend.host_port}/b"),
        }
        said = deliver(dict.fromkeys("ab", Letter("title", "body")), addresses, 3)
    assert said == {"a": "no answer within 3 seconds", "b": ""}


def test_a_tick_does_not_wait_for_messages(brand: Brand, ledger: Ledger) -> None:
    """With a server that is silent the call after the tick returns at once; a second one does not pile up threads."""
    bring(ledger, State.FAILED)
    workspace = brand.load()
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        brand.environ["LEITSTAND_ALERT_JULE"] = f"json://127.0.0.1:{deaf.getsockname()[1]}/"
        telling, before = brand.telling(), set(threading.enumerate())
        telling(workspace, ledger)
        telling(workspace, ledger)
        # Returned while it waits for an answer that never comes.
        names = [thread.name for thread in set(threading.enumerate()) - before]
        assert (names.count("alerts"), len(names) <= 2) == (1, True)
    telling.wait(20)


def test_without_the_extra_there_is_one_clear_line(brand: Brand, monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback: the log names the package, the extra and how to install it, and it is tried again."""
    monkeypatch.setitem(sys.modules, "apprise", None)
    brand.environ["LEITSTAND_ALERT_MAI"] = "json://127.0.0.1:1/"
    fail(brand, State.FAILED)
    brand.tell()
    (line,) = brand.lines
    assert line.startswith("mai could not be told, it is tried again: this needs the package 'apprise'")
    assert "pip install 'leitstand[alerts]'" in line


def test_an_address_that_is_none_is_said_without_showing_it(brand: Brand) -> None:
    """What was meant to be an address is a secret all the same."""
    brand.environ["LEITSTAND_ALERT_MAI"] = "nonsense-geheim"
    fail(brand, State.FAILED)
    brand.tell()
    assert brand.lines == [
        "mai could not be told, it is tried again: the alert address is none that Apprise knows",
    ]


def test_no_secret_shows_anywhere(
    brand: Brand, pretend: PretendServer, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Neither the log, nor what Apprise logs, nor the ledger's bytes hold an address or its password."""
    caplog.set_level("DEBUG")
    pretend.routes["POST /*"] = lambda _request: Reply(403, {"error": "no"})
    brand.environ["LEITSTAND_ALERT_MAI"] = f"json://bot:kanarienvogel@{pretend.host_port}/kanarienweg?-token=kanaria"
    fail(brand, State.FAILED)
    brand.tell()
    assert len(pretend.requests) == 1
    said = capfd.readouterr()
    kept = b"".join(path.read_bytes() for path in (brand.root / "state").rglob("*") if path.is_file())
    assert b"told mai" in kept
    for place in ("\n".join(brand.lines), said.out, said.err, caplog.text, kept.decode("latin-1")):
        assert "kanari" not in place


def test_a_broken_ledger_breaks_no_tick(brand: Brand, pretend: PretendServer) -> None:
    """Whatever telling stumbles over is a line, said once; the tick's result comes back."""
    brand.reach(pretend, "mai")
    fail(brand, State.FAILED)
    with brand.open() as ledger:
        ledger.store.close()
        telling = brand.telling()
        for _tick in range(3):
            telling.tell(brand.load(), ledger)
    (line,) = brand.lines
    assert line.startswith("nobody can be told: ")


def test_a_real_tick_tells(tmp_path: Path, pretend: PretendServer) -> None:
    """A post that missed its time while nothing ran: the tick that finds out tells its author."""
    brand = Brand(tmp_path, LedgerPlace(ledger_path(tmp_path / "state")))
    brand.write(settings={"[accounts.news]": '[state]\ndir = "state"\n\n[accounts.news]'})
    publish_due(tmp_path, clock=SetClock(NOW - timedelta(days=1)), environ={})
    brand.reach(pretend, "jule")
    brand.clock.moment = DUE + timedelta(hours=2)
    for _tick in range(2):
        telling = brand.telling()
        result = publish_due(tmp_path, clock=brand.clock, environ=brand.environ, after=telling)
        telling.wait(20)
        brand.wait(minutes=1)
    assert result.events == ()
    assert heard(pretend) == [("jule", "[Probe] missed its time: Door one → Newsroom, 2026-12-01 09:50")]


def test_a_rehearsal_tells_nobody(brand: Brand, pretend: PretendServer) -> None:
    """`publish --dry-run` sends no messages either."""
    brand.reach(pretend, "jule", "mai")
    fail(brand, State.FAILED)
    brand.environ["LEITSTAND_STATE_DIR"] = str(brand.root / "state")
    telling = brand.telling()
    publish_due(brand.root, clock=brand.clock, environ=brand.environ, rehearsal=True, after=telling)
    telling.wait(20)
    assert heard(pretend) == []


def test_absent_people_get_no_mail(brand: Brand, pretend: PretendServer, ledger: Ledger) -> None:
    """The deputy's address is the one that is written to."""
    away = 'deputy = "finja"\nabsences = [{from = 2026-11-20, to = 2026-12-05}]'
    brand.write(settings={'deputy = "finja"': away})
    brand.reach(pretend, "jule", "finja")
    row: Row = bring(ledger, State.FAILED)
    assert row.state is State.FAILED
    brand.tell()
    assert [person for person, _title in heard(pretend)] == ["finja"]


def test_managers_are_told_of_what_stays_open(brand: Brand, pretend: PretendServer) -> None:
    """An hour later both managers have one message each, the author no second one."""
    brand.reach(pretend, "mai", "tarek", "wiebke")
    fail(brand, State.FAILED)
    for _tick in range(10):
        brand.tell()
        brand.wait(minutes=10)
    assert sorted(person for person, _title in heard(pretend)) == ["mai", "tarek", "wiebke"]
    assert all("still open" in title for person, title in heard(pretend) if person != "mai")
