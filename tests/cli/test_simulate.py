"""simulate on a real workspace: what is printed, what is promised, what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal import Verbs
from tests.probe import PROBE
from toolkit.cli import execute

TOML = f"""\
{PROBE}
[accounts.mastodon]
network = "mastodon"
id = "@probe@social.example"

[accounts.stand]
network = "instagram"
id = "probe"
hand_off = true
"""
POST = """\
---
uid: 01JDK3V7Q2M8X4T6R9A0B1C2{number:02}
title: Tür {number}
author: anna
status: {status}
publish: 2026-12-{number:02} 07:30
channels: [news, mastodon]
language: de
---
Tür {number} ist auf.
"""


class Terminal(Verbs):
    """The verb in one workspace."""

    def __call__(self, *args: str, code: int = 0) -> str:
        return super().__call__("simulate", *args, code=code)


@pytest.fixture
def simulate(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    root = tmp_path / "brand"
    posts = root / "content/posts"
    posts.mkdir(parents=True)
    (root / "leitstand.toml").write_text(TOML, encoding="utf-8")
    for number in range(1, 25):
        status = "draft" if number == 24 else "ready"
        (posts / f"tuer-{number}.md").write_text(POST.format(number=number, status=status), encoding="utf-8")
    return Terminal(root, capsys)


def test_a_month_is_told_in_one_table(simulate: Terminal) -> None:
    """Both channels with their counts, and the seed that tells the same history again; drafts are not sent."""
    said = simulate("--month", "2026-12")
    lines = {words[0]: words[1] for words in (line.split() for line in said.splitlines()) if len(words) > 7}
    assert (lines["news"], lines["mastodon"]) == ("23", "23")
    assert "one seed is one history" in said


def test_the_same_seed_gives_the_same_bytes(simulate: Terminal) -> None:
    """Two runs are byte-identical, in the table and as JSON; another seed is another history."""
    options = ("--month", "2026-12", "--faults", "all=0.1", "--seed", "4")
    assert simulate(*options) == simulate(*options)
    assert simulate(*options, "--json") == simulate(*options, "--json")
    assert simulate(*options, "--json") != simulate(*options[:-1], "5", "--json")


def test_bad_weather_doubles_and_loses_nothing(simulate: Terminal) -> None:
    """The faults befell, every message is told, none is doubled or lost."""
    told = simulate.json("--month", "2026-12", "--faults", "429,timeout-after-accept,expired-token,crash")
    total, met, messages = told["total"], told["met"], told["messages"]
    assert isinstance(total, dict)
    assert isinstance(met, dict)
    assert isinstance(messages, list)
    assert (total["doubled"], total["lost"], len(messages)) == (0, 0, 46)
    assert met["timeout-after-accept"] > 0


def test_what_is_held_stays_held_unless_people_decide(simulate: Terminal) -> None:
    """Without --resolve a refused post stays failed; with it, somebody decides and nothing is left to ask."""
    options = ("--month", "2026-12", "--faults", "refused=0.3")
    left = simulate.json(*options)["needs_person"]
    assert isinstance(left, list)
    assert {one["ending"] for one in left} == {"failed"}
    assert all(one["advice"] for one in left)
    assert simulate.json(*options, "--resolve")["needs_person"] == []


def test_a_simulation_touches_nothing(simulate: Terminal, tmp_path: Path) -> None:
    """Neither state nor files are written, with a fresh ledger and with a copy."""
    before = sorted(simulate.root.rglob("*"))
    simulate("--month", "2026-12", "--ledger", "copy")
    assert not (tmp_path / "state").exists()
    assert sorted(simulate.root.rglob("*")) == before


def test_a_copy_knows_what_is_out(simulate: Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    """What the real ledger has sent is counted as over, not sent again; with a fresh one it would be sent."""
    for moment in ("2026-12-01T06:00+01:00", "2026-12-01T07:30+01:00"):
        assert execute(["publish", "-w", str(simulate.root), "--now", moment], {"LEITSTAND_LANG": "en"}) in (0, 1)
    capsys.readouterr()
    told = simulate.json("--from", "2026-12-01", "--to", "2026-12-02", "--ledger", "copy")
    messages = told["messages"]
    assert isinstance(messages, list)
    first = [one for one in messages if one["channel"] == "news" and one["due"].startswith("2026-12-01")]
    assert [one["ending"] for one in first] == ["before"]


def test_faults_are_explained(simulate: Terminal) -> None:
    """`--faults list` names each fault with what it does; as JSON with the same names."""
    said = simulate("--faults", "list")
    assert {line.split()[0] for line in said.splitlines()} == set(simulate.json("--faults", "list"))
    assert "timeout-after-accept" in said


@pytest.mark.parametrize(
    "args",
    [
        ("--month", "2026-13"),
        ("--month", "Dezember"),
        ("--month", "9999-12"),
        ("--month", "0001-01"),
        ("--month", "2026-12", "--from", "2026-12-01"),
        ("--from", "2026-12-02", "--to", "2026-12-01"),
        ("--to", "morgen"),
        ("--faults", "rain"),
        ("--faults", "429=7"),
    ],
)
def test_what_cannot_be_simulated_is_said(simulate: Terminal, args: tuple[str, ...]) -> None:
    """A usage error in one sentence, never a traceback."""
    said = simulate(*args, code=2)
    assert len(said.splitlines()) == 1
    assert "Traceback" not in said
