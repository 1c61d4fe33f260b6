"""GoAccess: the real program reads a log that the test writes, and its report is imported."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.importers.exports import said
from tests.importers.shops import UID, amounts, extract_tracked
from tests.servers.absent import without_server

AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36"
TAGGED = f"/winter?utm_source=mastodon&utm_medium=social&utm_campaign=advent-2026&utm_content={UID}"


def line(address: str, path: str, day: str = "18", agent: str = AGENT) -> str:
    return f'{address} - - [{day}/Nov/2026:08:00:01 +0100] "GET {path} HTTP/1.1" 200 5120 "-" "{agent}"\n'


def report(folder: Path, log: str) -> str:
    """What GoAccess makes of a log."""
    program = shutil.which("goaccess")
    if program is None:
        without_server("goaccess", "install it: apt-get install goaccess")
    (folder / "access.log").write_text(log)
    command = [
        program,
        "access.log",
        "--log-format=COMBINED",
        "--no-global-config",
        "--ignore-crawlers",
        "-o",
        "r.json",
    ]
    subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=True)
    return (folder / "r.json").read_text()


def test_one_days_log_has_visitors_links_leads_and_downloads(tmp_path: Path) -> None:
    """Robots do not count, people count once a day, and a tagged link brings its visitors to post and campaign."""
    log = (
        line("203.0.113.7", TAGGED) + line("203.0.113.9", TAGGED) + line("203.0.113.8", "/") + line("203.0.113.8", "/a.css")
        + line("203.0.113.8", "/danke?x=1") + line("203.0.113.7", "/preise.pdf") + line("203.0.113.8", "/preise.pdf")
        + line("66.249.66.1", "/", agent="Googlebot/2.1 (+http://www.google.com/bot.html)")
    )  # fmt: skip
    kind, found = extract_tracked(report(tmp_path, log), "r.json")
    assert (kind, said(found)) == ("goaccess", [])
    assert amounts(found, "site", "") == {
        ("visitors", "11-18"): 3, ("leads", "11-18"): 1, ("downloads", "11-18"): 2,
    }  # fmt: skip
    assert amounts(found, UID, "mastodon") == {("visitors", "11-18"): 2}
    assert amounts(found, "campaign:advent-2026", "mastodon") == {("visitors", "11-18"): 2}
    assert amounts(found, "account", "mastodon") == {("site_visitors", "11-18"): 2}


@pytest.mark.parametrize("name", ["bericht.json", "report.json", "access-2026-11-18.json", "Nov.txt"])
def test_the_name_of_the_file_does_not_matter(tmp_path: Path, name: str) -> None:
    """It is recognised by its panels; a day in its name takes no visitor away."""
    kind, found = extract_tracked(report(tmp_path, line("203.0.113.7", "/")), name)
    assert (kind, said(found)) == ("goaccess", [])
    assert amounts(found, "site", "") == {("visitors", "11-18"): 1}


def test_addresses_of_people_are_left_out(tmp_path: Path) -> None:
    """The panel of hosts is named as dropped, and no address gets into anything."""
    _kind, found = extract_tracked(report(tmp_path, line("203.0.113.7", "/")), "r.json")
    assert found.columns.dropped == ("hosts",)
    assert "203.0.113" not in repr(found)


def test_a_log_of_several_days_has_visitors_only(tmp_path: Path) -> None:
    """Requests have no day there, and a note says what is missing."""
    log = line("203.0.113.7", TAGGED) + line("203.0.113.7", "/", day="19")
    _kind, found = extract_tracked(report(tmp_path, log), "r.json")
    assert [one.subject for one in found.observations] == ["site", "site"]
    assert "need one report per day" in said(found)[0]


def test_a_damaged_report_is_a_problem() -> None:
    """A day that is none is not guessed."""
    text = json.dumps(
        {"general": {"start_date": "x"}, "visitors": {"data": [{"data": "heute", "visitors": {"count": 1}}]}}
    )
    _kind, found = extract_tracked(text, "r.json")
    assert not found.clean
    assert found.observations == ()
