"""Measuring beside the daemon."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.collect.test_rounds import Desk, status
from tests.servers.pretend import PretendServer, Reply, Request
from toolkit.collect import Office
from toolkit.collect.regular import Regular
from toolkit.errors import LeitstandError
from toolkit.settings import Account

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path, pretend: PretendServer) -> Desk:
    pretend.clock = lambda: NOW
    found = Desk(tmp_path / "state", pretend, Account("mastodon", "mastodon", "@a@social.example"))
    found.publish("1", "2")
    pretend.routes |= {
        "GET /api/v1/accounts/verify_credentials": lambda _one: Reply(200, {"username": "a"}),
        "GET /api/v1/statuses/1": lambda _one: status("1", 4),
        "GET /api/v1/statuses/2": lambda _one: status("2", 4),
    }
    return found


def test_rounds_come_by_themselves_until_the_end(desk: Desk) -> None:
    """What is due is measured and said; stopping ends the thread."""
    said: list[tuple[str, str]] = []
    came = threading.Event()

    def say(kind: str, text: str) -> None:
        said.append((kind, text))
        came.set()

    regular = Regular(lambda: desk.office, say, every=0.01)
    regular.start()
    assert came.wait(30)
    regular.stop()
    assert said == [("measured", "measured: 6 values")]
    assert not [one for one in threading.enumerate() if one.name == "measuring"]
    assert len(desk.office.store.latest(metrics=["likes"])) == 2


def test_trouble_is_said_once_until_it_is_over(desk: Desk) -> None:
    """A network that is down for an hour is one line, and one again the next time."""
    said: list[str] = []
    moment = NOW

    def office() -> Office:
        return desk.at(moment)

    regular = Regular(office, lambda kind, _text: said.append(kind))
    routes = dict(desk.pretend.routes)
    desk.pretend.routes["GET /*"] = lambda _one: Reply(500, {"error": "down"})
    for name in routes:
        desk.pretend.routes.pop(name)
    for _number in range(3):
        regular.once()
        moment += timedelta(hours=1)
    assert said == ["unmeasured"]
    desk.pretend.routes |= routes
    regular.once()
    assert said == ["unmeasured", "measured"]


def test_whatever_goes_wrong_ends_nothing() -> None:
    """Settings that cannot be read, and a defect of ours."""
    said: list[str] = []
    troubles = iter([LeitstandError("leitstand.toml is broken"), ZeroDivisionError("oh")])

    def broken() -> Office:
        raise next(troubles)

    regular = Regular(broken, lambda _kind, text: said.append(text))
    regular.once()
    regular.once()
    assert said == ["not measured: leitstand.toml is broken", "not measured: ZeroDivisionError: oh"]


def test_stopping_keeps_what_was_measured(desk: Desk) -> None:
    """The question in flight is answered and stored; the next is not asked any more."""
    regular = Regular(lambda: desk.office, lambda _kind, _text: None)

    def first(_request: Request) -> Reply:
        regular.stop()
        return status("1", 4)

    desk.pretend.routes["GET /api/v1/statuses/1"] = first
    regular.once()
    assert len(desk.office.store.latest(metrics=["likes"])) == 1
    assert not desk.pretend.sent("GET", "/api/v1/statuses/2")
