"""`leitstand alerts`, and what `doctor`, `publish` and `run` have to do with it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest

from tests.alerts.brands import DUE, Brand, bring
from tests.servers.pretend import PretendServer, Reply
from toolkit.cli import execute
from toolkit.ledger import Ledger, State


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, brand: Brand) -> None:
    for name in list(os.environ):
        if name.startswith("LEITSTAND_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(brand.root / "state"))


def leitstand(brand: Brand, *words: str) -> int:
    moment = ["--now", brand.clock.now().isoformat()] if words[:2] != ("alerts", "test") else []
    return execute([*words, "-w", str(brand.root), *moment], {"LEITSTAND_LANG": "en"})


def listed(brand: Brand, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[dict[str, object]]]:
    """Exit code and alerts of `alerts list --json`."""
    capsys.readouterr()
    code = leitstand(brand, "alerts", "list", "--json")
    found = json.loads(capsys.readouterr().out)["alerts"]
    assert isinstance(found, list)
    return code, found


def test_nothing_to_tell(brand: Brand, capsys: pytest.CaptureFixture[str]) -> None:
    """Clean, and it says so."""
    assert leitstand(brand, "alerts", "list") == 0
    assert capsys.readouterr().out == "nothing needs anybody\n"
    assert listed(brand, capsys) == (0, [])


def test_listing_sends_nothing_and_says_who_was_told(
    brand: Brand,
    ledger: Ledger,
    pretend: PretendServer,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Before: not told yet. After `alerts send`: when."""
    bring(ledger, State.FAILED)
    brand.reach(pretend, "jule")
    monkeypatch.setenv("LEITSTAND_ALERT_JULE", brand.environ["LEITSTAND_ALERT_JULE"])
    code, (alert,) = listed(brand, capsys)
    assert (code, alert["kind"], alert["to"]) == (1, "failed", {"jule": None})
    assert pretend.requests == []
    assert leitstand(brand, "alerts", "send") == 0
    assert len(pretend.requests) == 1
    assert listed(brand, capsys)[1][0]["to"] == {"jule": "2026-12-01T09:00:00+00:00"}
    assert leitstand(brand, "alerts", "list") == 1
    said = capsys.readouterr().out
    assert "! refused by the network: Door one → Newsroom, 2026-12-01 09:50" in said
    assert "jule: told 2026-12-01 10:00" in said


def test_a_watchman_tells_that_nothing_ticks(
    brand: Brand, ledger: Ledger, pretend: PretendServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`alerts send` from cron or another machine finds the dispatcher silent and tells the operator, once."""
    ledger.set_meta(last_tick="2026-12-01T08:30:00.000000Z")
    brand.reach(pretend, "bashir")
    monkeypatch.setenv("LEITSTAND_ALERT_BASHIR", brand.environ["LEITSTAND_ALERT_BASHIR"])
    assert leitstand(brand, "alerts", "send") == 0
    assert leitstand(brand, "alerts", "send") == 0
    (request,) = pretend.requests
    assert request.json()["title"] == "[Probe] nothing is published: Probe"


def test_a_failure_to_tell_is_said(
    brand: Brand,
    ledger: Ledger,
    pretend: PretendServer,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Exit code 1 and a line on stderr."""
    bring(ledger, State.FAILED)
    pretend.routes["POST /*"] = lambda _request: Reply(500, {})
    monkeypatch.setenv("LEITSTAND_ALERT_JULE", f"json://{pretend.host_port}/geheim")
    assert leitstand(brand, "alerts", "send") == 1
    said = capsys.readouterr()
    assert "jule could not be told" in said.err
    assert "geheim" not in said.out + said.err


def test_trying_an_address(
    brand: Brand, pretend: PretendServer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A test message arrives; without an address, or for nobody, the remedy is named."""
    assert leitstand(brand, "alerts", "test", "jule") == 2
    assert "set LEITSTAND_ALERT_JULE" in capsys.readouterr().err
    assert leitstand(brand, "alerts", "test", "julia") == 2
    assert "julia is nobody in leitstand.toml" in capsys.readouterr().err
    pretend.routes["POST /*"] = lambda _request: Reply(200, {})
    monkeypatch.setenv("LEITSTAND_ALERT_JULE", f"json://{pretend.host_port}/jule")
    assert leitstand(brand, "alerts", "test", "jule") == 0
    assert pretend.requests[0].json()["title"] == "[Probe] test of the alerts"
    pretend.routes["POST /*"] = lambda _request: Reply(500, {})
    assert leitstand(brand, "alerts", "test", "jule") == 1


def checked(brand: Brand, capsys: pytest.CaptureFixture[str]) -> list[tuple[str, str]]:
    """Health and text of what `doctor` says about alerts."""
    capsys.readouterr()
    leitstand(brand, "doctor", "--json")
    checks = json.loads(capsys.readouterr().out)["checks"]
    return [(one["health"], one["text"]) for one in checks if one["name"] == "alerts"]


def test_doctor(brand: Brand, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is told; an editor but no manager; a manager but no heartbeat; all well."""
    assert checked(brand, capsys) == [("note", "nobody is told when a post fails or waits for somebody")]
    monkeypatch.setenv("LEITSTAND_ALERT_JULE", "json://localhost/")
    assert checked(brand, capsys)[0][0] == "wrong"
    assert "1 person can be told, but no manager" in checked(brand, capsys)[0][1]
    for person in ("tarek", "wiebke", "finja", "mai"):
        monkeypatch.setenv(f"LEITSTAND_ALERT_{person.upper()}", "json://localhost/")
    assert checked(brand, capsys) == [
        ("note", "5 people can be told; not bashir"),
        ("note", "no heartbeat: nobody outside hears when nothing ticks"),
    ]
    monkeypatch.setenv("LEITSTAND_ALERT_BASHIR", "json://localhost/")
    monkeypatch.setenv("LEITSTAND_HEARTBEAT", "https://watch.example.com/a")
    assert checked(brand, capsys) == [("ok", "6 people can be told")]


def test_doctor_names_the_missing_extra(
    brand: Brand, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Addresses but no Apprise: something is wrong, and the way to install it is named."""
    monkeypatch.setenv("LEITSTAND_ALERT_TAREK", "json://localhost/")
    monkeypatch.setattr("toolkit.cli.doctor.alerts.find_spec", lambda _name: None)
    assert checked(brand, capsys)[0] == (
        "wrong",
        "people have alert addresses, but the extra alerts is not installed: nobody is told",
    )


def test_publish_tells_before_it_ends(
    brand: Brand, pretend: PretendServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One tick from cron: the post has missed its time, and by the time the command is over its author knows."""
    brand.reach(pretend, "jule")
    monkeypatch.setenv("LEITSTAND_ALERT_JULE", brand.environ["LEITSTAND_ALERT_JULE"])
    brand.clock.moment = DUE + timedelta(hours=2)
    assert leitstand(brand, "publish") == 1
    assert "missed" in capsys.readouterr().out
    assert [request.json()["title"] for request in pretend.requests] == [
        "[Probe] missed its time: Door one → Newsroom, 2026-12-01 09:50"
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGTERM ends a process there without asking")
def test_the_daemon_tells_beside_its_ticks(brand: Brand, pretend: PretendServer) -> None:
    """A real `leitstand run`: the message comes once though it ticks every second, the heartbeat too."""
    now = datetime.now(UTC)
    when = (now - timedelta(hours=2)).strftime("%Y-%m-%d %H:%M:%SZ")
    brand.write({"2026-12-01 09:50": when})
    brand.reach(pretend, "jule")
    pretend.routes["GET /ping"] = lambda _request: Reply(200, {})
    environ = dict(os.environ) | brand.environ | {"LEITSTAND_HEARTBEAT": f"{pretend.address}/ping"}
    with brand.open() as ledger:
        bring(ledger, State.FAILED, now - timedelta(minutes=3))
    command = [sys.executable, "-m", "toolkit", "run", "--interval", "1", "--json", "-w", str(brand.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environ) as process:
        limit = subprocess.Popen([sys.executable, "-c", f"import time, os; time.sleep(180); os.kill({process.pid}, 9)"])
        try:
            for _look in range(1200):
                if len(pretend.requests) >= 2:
                    break
                process.poll()
                time.sleep(0.1)
            for _look in range(40):
                time.sleep(0.1)
            process.send_signal(signal.SIGTERM)
            said, _nothing = process.communicate(timeout=30)
        finally:
            limit.kill()
            limit.wait()
            process.kill()
    assert process.returncode == 0, said
    last = json.loads(said.splitlines()[-1])
    assert last["kind"] == "stopped"
    assert sorted(request.path for request in pretend.requests) == ["/jule", "/ping"]
