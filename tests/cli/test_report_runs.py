"""What people and programs see of reports that come by themselves: `report runs`, `report due`, `status`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.reports.runs.presses import deliver, write_settings
from toolkit.cli import execute
from toolkit.cli.context import open_context
from toolkit.cli.report.due import look_for_due
from toolkit.ledger import Ledger, Run, Runs, RunState, ledger_path, open_ledger

NOW = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)
AT = ["--now", NOW.isoformat()]


@pytest.fixture
def brand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_settings(tmp_path, '[state]\ndir = "state"\n[reports]\nmail = ["ines"]\n')
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def ledger(brand: Path) -> Iterator[Ledger]:
    with open_ledger(ledger_path(brand / "state"), now=NOW) as opened:
        yield opened


@pytest.fixture
def runs(ledger: Ledger) -> Runs:
    found = Runs(ledger, lambda: NOW)
    found.begin()
    return found


def made(runs: Runs, stage: str, **mail: str) -> Run:
    """A stage of October that is there."""
    taken = runs.take(runs.find("monthly", "2026-10", stage))
    assert taken is not None
    done = runs.made(taken, "sha256:1")
    assert done is not None
    sent = runs.mailed(replace(done, mail=mail))
    assert sent is not None
    return sent


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = execute([*words, *AT], {"LEITSTAND_LANG": "en"})
    return code, capsys.readouterr().out


def test_before_anybody_looked_there_is_only_the_next(brand: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is made and nothing is promised for the past."""
    assert said(capsys, "report", "runs") == (0, "next report: monthly 2026-11, provisional, 2026-12-02 06:00\n")
    assert not (brand / "state").exists(), "looking makes nothing"


def test_what_was_made_and_what_waits(runs: Runs, capsys: pytest.CaptureFixture[str]) -> None:
    """When, for whom, and for what."""
    made(runs, "provisional", ines="sent")
    runs.wait(runs.find("monthly", "2026-10", "final"), "it waits for the counts of X")
    code, out = said(capsys, "report", "runs")
    assert (code, out.splitlines()) == (
        0,
        [
            "· monthly 2026-10, provisional: made 2026-11-09 10:00 mail: ines: sent",
            "· monthly 2026-10, final: waits (it waits for the counts of X)",
            "next report: monthly 2026-11, provisional, 2026-12-02 06:00",
        ],
    )


def test_programs_get_the_same(runs: Runs, capsys: pytest.CaptureFixture[str]) -> None:
    """Stable keys, moments with their zone; a month that nobody has looked at yet says when it comes."""
    made(runs, "provisional", ines="sent")
    code, out = said(capsys, "report", "runs", "--json")
    assert code == 0
    first, second = json.loads(out)["runs"]
    assert first == {
        "report": "monthly",
        "month": "2026-10",
        "stage": "provisional",
        "state": "made",
        "tries": 1,
        "key": "sha256:1",
        "reason": "",
        "mail": {"ines": "sent"},
        "mailed": True,
        "made_at": "2026-11-09T09:00:00+00:00",
        "again_at": None,
        "changed_at": "2026-11-09T09:00:00+00:00",
    }
    assert (second["state"], second["reason"]) == ("waiting", "not before 2026-11-08 00:00")
    assert json.loads(out)["next"] == {"report": "monthly", "month": "2026-11", "at": "2026-12-02T05:00:00+00:00"}


def test_what_needs_somebody_is_an_exit_code(runs: Runs, capsys: pytest.CaptureFixture[str]) -> None:
    """In `report runs` and in `status`, with the reason; a good final report settles it."""
    made(runs, "provisional", ines="failed: the service did not take it")
    for verb in (("report", "runs"), ("status",)):
        code, out = said(capsys, *verb)
        assert code == 1
        assert "provisional: made 2026-11-09 10:00 mail: ines: failed: the service did not take it" in out
    made(runs, "final", ines="sent")
    assert said(capsys, "report", "runs")[0] == 0
    code, out = said(capsys, "status")
    assert code == 0
    assert "· report  monthly 2026-10, final: made 2026-11-09 10:00 mail: ines: sent" in out
    assert [one["stage"] for one in json.loads(said(capsys, "status", "--json")[1])["reports"]] == [
        "final",
        "provisional",
    ]


def test_a_failure_says_what_helps(ledger: Ledger, runs: Runs, capsys: pytest.CaptureFixture[str]) -> None:
    """When it is tried again, or how somebody lets it be tried again; after a month it troubles nobody any more."""
    taken = runs.take(runs.find("monthly", "2026-10", "provisional"))
    assert taken is not None
    failed = runs.fail(taken, "no fonts")
    assert failed is not None
    code, out = said(capsys, "report", "runs")
    assert (code, out.splitlines()[0]) == (
        1,
        "! monthly 2026-10, provisional: failed, tried again 2026-11-09 10:10 (no fonts)",
    )
    later = Runs(ledger, lambda: NOW - timedelta(days=32))
    assert later.change(failed, replace(failed, state=RunState.FAILED, tries=5)) is not None
    code, out = said(capsys, "report", "runs")
    assert (code, "leitstand report due --force" in out) == (0, True)


def test_a_month_given_up_says_how_to_make_it(
    brand: Path, ledger: Ledger, runs: Runs, capsys: pytest.CaptureFixture[str]
) -> None:
    """The daemon sees it as something to do, once; `report due` tells it with exit code 1, `report runs` keeps it."""
    taken = runs.take(runs.find("monthly", "2026-10", "final"))
    assert taken is not None
    assert runs.wait(taken, "the counts of October 2026 from X have not arrived") is not None
    deliver(brand / "state", "x", "2026-09-01", "2026-09-30")
    later = ["--now", "2027-02-01T09:00:00+01:00"]
    context = open_context(brand, later[1])
    assert [name for name, *_rest in look_for_due(context)[0] if name == "monthly 2026-10 final"]  # type: ignore[attr-defined]  # the runs that wait
    line = (
        "monthly 2026-10, final: given up; to make it: leitstand report monthly --month 2026-10"
        " (3 months have passed and it is still not final: the counts of October 2026 from X have not arrived)"
    )
    assert execute(["report", "due", *later], {"LEITSTAND_LANG": "en"}) == 1
    assert capsys.readouterr().err.splitlines()[0] == line
    assert execute(["report", "runs", *later], {"LEITSTAND_LANG": "en"}) == 1
    assert f"! {line}" in capsys.readouterr().out
    assert execute(["report", "due", *later], {"LEITSTAND_LANG": "en"}) == 0


@pytest.mark.parametrize("words", [["due", "monthly"], ["monthly", "runs"], ["runs", "-w", ".", "-w", "."]])
def test_the_two_words_stand_alone(brand: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """What is given beside them would be passed over in silence."""
    assert said(capsys, "report", *words)[0] == 2


def test_there_is_nothing_to_do_without_numbers(brand: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`report due` ends at once, says nothing, and leaves behind what it waits for."""
    assert said(capsys, "report", "due") == (0, "")
    assert "provisional: waits (nothing was delivered for the month)" in said(capsys, "report", "runs")[1]
    assert not (brand / "state/reports").exists()


def test_the_daemon_sees_what_is_worth_a_round(brand: Path) -> None:
    """Nothing without numbers or before its time; then the same, until numbers arrive or a report is made."""
    due = open_context(brand, NOW.isoformat())
    assert look_for_due(due) == ()
    deliver(brand / "state", "mastodon", "2026-10-01", "2026-10-31")
    assert look_for_due(open_context(brand, "2026-11-02T05:59+01:00")) == ()
    first = look_for_due(due)
    assert first
    assert look_for_due(due) == first
    deliver(brand / "state", "x", "2026-10-01", "2026-10-31")
    second = look_for_due(due)
    assert second not in ((), first)
    with open_ledger(ledger_path(brand / "state"), now=NOW) as ledger:
        made(Runs(ledger, lambda: NOW), "final")
    assert look_for_due(due) not in ((), first, second)
