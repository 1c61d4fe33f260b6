"""`leitstand calendar`: brands laid over each other, day by day."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.probe import write_files
from toolkit.cli import execute

SETTINGS = """\
format = 1
[workspace]
id = "{id}"
name = "{name}"
timezone = "{zone}"
languages = ["de"]
region = "{region}"
[accounts.mastodon]
network = "mastodon"
[accounts.news]
network = "feed"
"""
PAGE = "# Zeiten\n\n```slots\nchannels: [mastodon]\ntimes: [tue 08:00]\n```\n"
POST = "---\nuid: 01ARZ3NDEKTSV4RRFFQ69G5FAV\ntitle: Milch\nstatus: ready\npublish: {}\nchannels: [mastodon, news]\n---\nText\n"
NOW = ("--now", "2026-11-21T12:00+01:00")


def brand(root: Path, publish: str, zone: str = "Europe/Berlin", region: str = "DE") -> Path:
    settings = SETTINGS.format(id=root.name, name=root.name.title(), zone=zone, region=region)
    files = {"leitstand.toml": settings, "guidelines/zeiten.md": PAGE, "content/posts/milch.md": POST.format(publish)}
    return write_files(root, files)


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEITSTAND_LANG", "en")


def test_two_brands_in_one_month(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Posts of both in order of each brand's clock, holidays with whose they are, slots that are free."""
    here, there = (
        brand(tmp_path / "kaffee", "2026-12-01 07:30"),
        brand(tmp_path / "tee", "2026-12-01 07:00", region="AT"),
    )
    assert execute(["calendar", "--month", "2026-12", "-w", str(here), "-w", str(there), *NOW], os.environ) == 0
    out = capsys.readouterr().out
    assert out.startswith("December 2026: Kaffee, Tee\n")
    assert (
        "Tue 1 Dec 2026\n  07:00  Tee  Milch  mastodon, news (ready)\n  07:30  Kaffee  Milch  mastodon, news (ready)\n"
        "  free: 08:00 Kaffee mastodon, 08:00 Tee mastodon\n"
    ) in out
    assert "Mariä Empfängnis (Tee)" in out
    assert "Erster Weihnachtstag (Kaffee) · Christtag (Tee)" in out  # each in its own words


def test_a_month_of_one_brand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its own name stands nowhere but in the head; a slot within reach of a post is not free."""
    here = brand(tmp_path / "kaffee", "2026-12-01 08:10")
    assert execute(["calendar", "--month", "2026-12", "-w", str(here), *NOW], os.environ) == 0
    out = capsys.readouterr().out
    assert "Tue 1 Dec 2026\n  08:10  Milch  mastodon, news (ready)\n\nTue 8 Dec 2026\n  free: 08:00 mastodon\n" in out


def test_a_month_for_programs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One object with stable keys."""
    here = brand(tmp_path / "kaffee", "2026-12-01 07:20")
    assert execute(["calendar", "--month", "2026-12", "-w", str(here), *NOW, "--json"], os.environ) == 0
    answer = json.loads(capsys.readouterr().out)
    assert sorted(answer) == ["days", "month", "workspaces"]
    assert answer["workspaces"] == [{"id": "kaffee", "name": "Kaffee", "timezone": "Europe/Berlin"}]
    day = answer["days"][0]
    assert sorted(day) == ["day", "free", "slots", "special"]
    assert (day["slots"][0]["account"], day["slots"][0]["goes_out"]) == ("mastodon", True)
    assert day["free"] == [
        {
            "workspace": "kaffee",
            "account": "mastodon",
            "due": "2026-12-01T07:00:00+00:00",
            "local": "2026-12-01T08:00:00+01:00",
        }
    ]


def test_no_month(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A usage error with an example."""
    here = brand(tmp_path / "kaffee", "2026-12-01 07:30")
    assert execute(["calendar", "--month", "Dezember", "-w", str(here)], os.environ) == 2
    assert "--month needs a month such as 2026-12" in capsys.readouterr().err


def test_a_month_without_its_option_is_told_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    """Who writes the month where other programs have it hears how it is written here."""
    assert execute(["calendar", "2026-13"], os.environ) == 2
    assert "leitstand calendar --month 2026-13" in capsys.readouterr().err
