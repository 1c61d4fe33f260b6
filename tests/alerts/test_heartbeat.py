"""A sign of life after each good tick, which disturbs nothing."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

import pytest

from tests.alerts.brands import NOW, Brand
from tests.servers.pretend import PretendServer, Reply
from toolkit.alerts.heartbeat import Heartbeat, find_heartbeat
from toolkit.credentials import Secret
from toolkit.dispatch import publish_due
from toolkit.errors import LeitstandError
from toolkit.ledger import Ledger
from toolkit.model import SetClock


def watched(pretend: PretendServer) -> Secret:
    pretend.routes["GET /*"] = lambda _request: Reply(200, {})
    return Secret(f"{pretend.address}/ping/geheim")


def beat(heart: Heartbeat, address: Secret) -> None:
    heart.beat(address)
    heart.wait(20)


def test_at_most_once_a_minute(pretend: PretendServer) -> None:
    """A tick every ten seconds for five minutes is five signs of life, not thirty."""
    clock, lines = SetClock(NOW), list[str]()
    heart, address = Heartbeat(clock.elapsed, lines.append), watched(pretend)
    for _tick in range(30):
        beat(heart, address)
        clock.seconds += 10
    assert [request.path for request in pretend.requests] == ["/ping/geheim"] * 5
    assert lines == []


def test_nobody_watches(pretend: PretendServer) -> None:
    """Without an address nothing is asked."""
    lines = list[str]()
    beat(Heartbeat(lambda: 0.0, lines.append), Secret(""))
    assert (pretend.requests, lines) == ([], [])


def test_a_failure_is_one_line_until_it_is_well_again(pretend: PretendServer) -> None:
    """Not one a minute; and the address, which may be secret, is in none of them."""
    clock, lines = SetClock(NOW), list[str]()
    heart, address = Heartbeat(clock.elapsed, lines.append), watched(pretend)
    for status in (500, 500, 200, 404):
        pretend.routes["GET /*"] = lambda _request, status=status: Reply(status, {})  # type: ignore[misc]  # bound now
        beat(heart, address)
        clock.seconds += 60
    assert lines == ["the heartbeat was not heard: it answered 500", "the heartbeat was not heard: it answered 404"]


def test_a_server_that_is_gone_does_not_show_the_address() -> None:
    """Refused connections are a line without the path."""
    lines = list[str]()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    beat(Heartbeat(lambda: 0.0, lines.append), Secret(f"http://127.0.0.1:{port}/ping/geheim?key=auch-geheim"))
    (line,) = lines
    assert "the heartbeat was not heard" in line
    assert "geheim" not in line


@pytest.mark.parametrize("address", ["ftp://watch.example.com", "nonsense", "http://[::1"])
def test_an_address_that_cannot_be_asked_is_a_line(address: str) -> None:
    """Whatever stands in the variable, the thread ends in a sentence."""
    lines = list[str]()
    beat(Heartbeat(lambda: 0.0, lines.append), Secret(address))
    assert len(lines) == 1


def test_a_silent_server_holds_no_tick_up(brand: Brand, ledger: Ledger) -> None:
    """The call returns at once, and while one beat hangs no second one begins."""
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        brand.environ["LEITSTAND_HEARTBEAT"] = f"http://127.0.0.1:{deaf.getsockname()[1]}/"
        telling, workspace, before = brand.telling(), brand.load(), set(threading.enumerate())
        telling(workspace, ledger)
        brand.clock.seconds += 3600
        telling(workspace, ledger)
        # Returned while the beat still waits for an answer that never comes.
        assert [thread.name for thread in set(threading.enumerate()) - before].count("heartbeat") == 1
        deaf.settimeout(10)
        deaf.accept()[0].close()
    telling.wait(20)


def test_the_variable_comes_before_the_setting(brand: Brand, tmp_path: Path) -> None:
    """An address that nobody else may know stands in no file of git."""
    brand.write(settings={"[accounts.news]": '[alerts]\nheartbeat = "https://watch.example.com/a"\n\n[accounts.news]'})
    settings = brand.load().settings
    assert find_heartbeat(settings, {}).reveal() == "https://watch.example.com/a"
    assert (
        find_heartbeat(settings, {"LEITSTAND_HEARTBEAT": "https://w.example.com"}).reveal() == "https://w.example.com"
    )
    (tmp_path / "heartbeat").write_text("https://watch.example.com/file\n", encoding="utf-8")
    (tmp_path / "heartbeat").chmod(0o600)
    found = find_heartbeat(settings, {"LEITSTAND_CREDENTIALS_DIR": str(tmp_path)})
    assert found.reveal() == "https://watch.example.com/file"


def test_only_a_good_tick_is_a_sign_of_life(brand: Brand, pretend: PretendServer) -> None:
    """A tick over settings that cannot be read raises, and whoever watches hears nothing; the next good one is heard."""
    brand.environ |= {
        "LEITSTAND_HEARTBEAT": watched(pretend).reveal(),
        "LEITSTAND_STATE_DIR": str(brand.root / "state"),
    }
    settings = (brand.root / "leitstand.toml").read_text(encoding="utf-8")
    (brand.root / "leitstand.toml").write_text("format = \n", encoding="utf-8")
    telling = brand.telling()
    with pytest.raises(LeitstandError):
        publish_due(brand.root, clock=brand.clock, environ=brand.environ, after=telling)
    telling.wait(20)
    assert pretend.requests == []
    (brand.root / "leitstand.toml").write_text(settings, encoding="utf-8")
    publish_due(brand.root, clock=brand.clock, environ=brand.environ, after=telling)
    telling.wait(20)
    assert len(pretend.requests) == 1
