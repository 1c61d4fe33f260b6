"""Pauses are told when they begin and when they end, once each."""

from __future__ import annotations

import subprocess
from datetime import timedelta

from tests.alerts.brands import NOW, PEOPLE, UID, Brand
from toolkit.alerts.alert import Alert, Kind
from toolkit.alerts.finding import find_alerts
from toolkit.alerts.stopping import follow_stops
from toolkit.dispatch.telling import see
from toolkit.ledger import Ledger, PauseRow
from toolkit.workspace import load_workspace, open_tree

PAUSE = "- scope: all\n  reason: recall of batch 2211\n  owner: tarek\n  until: 2026-12-02T08:00+01:00\n"


def look(brand: Brand, remembered: str) -> tuple[str, list[Alert]]:
    """One round: what is remembered after it, and what there is to tell."""
    scene = brand.scene()
    after = follow_stops(remembered, scene)
    return after, find_alerts(scene, after)


def test_beginning_and_end(brand: Brand) -> None:
    """In force it is one alert however often one looks; gone, it is another one, for a day."""
    assert look(brand, "") == ("", [])
    brand.pause(PAUSE)
    memory, (begun,) = look(brand, "")
    assert (begun.kind, begun.subject, begun.to) == (Kind.PAUSED, "all", ("tarek", "wiebke", "mai"))
    assert begun.why == "recall of batch 2211 (tarek) until 2026-12-02 08:00"
    assert begun.remedy == "end it with: leitstand resume all"
    brand.wait(minutes=10)
    assert look(brand, memory) == (memory, [begun])
    brand.pause("")
    memory, (ended,) = look(brand, memory)
    assert (ended.kind, ended.subject, ended.why) == (Kind.RESUMED, "all", "recall of batch 2211")
    brand.wait(hours=23)
    assert look(brand, memory)[1] == [ended]
    brand.wait(hours=1)
    assert look(brand, memory) == ("", [])


def test_a_pause_that_runs_out_has_ended(brand: Brand) -> None:
    """Nobody has to end it: its `until` does, and that is told as well."""
    brand.pause(PAUSE)
    memory, (begun,) = look(brand, "")
    assert begun.kind is Kind.PAUSED
    brand.wait(hours=22)
    assert [alert.kind for alert in look(brand, memory)[1]] == [Kind.RESUMED]


def test_the_same_pause_once_more_is_news(brand: Brand) -> None:
    """Paused again with the same words an hour later: it began again."""
    brand.pause(PAUSE)
    memory, (first,) = look(brand, "")
    brand.pause("")
    memory, _ended = look(brand, memory)
    brand.wait(hours=1)
    brand.pause(PAUSE)
    assert look(brand, memory)[1][0].key not in ("", first.key)


def test_file_and_ledger_are_one_pause(brand: Brand, ledger: Ledger) -> None:
    """`leitstand pause` writes both; people hear of it once. The hold of a single post is no news."""
    brand.pause(PAUSE)
    reason = "recall of batch 2211"
    ledger.add_pause(PauseRow(0, "all", "", reason, "tarek", NOW, NOW + timedelta(hours=1)))
    ledger.add_pause(PauseRow(0, "post", UID, "a typo", "jule", NOW, None))
    assert [alert.subject for alert in look(brand, "")[1]] == ["all"]


def test_a_file_that_cannot_be_read_counts_as_paused(brand: Brand) -> None:
    """A typo in the file stops everything, so people hear of it."""
    brand.pause("- scope: [all\n")
    _memory, (alert,) = look(brand, "")
    assert alert.kind is Kind.PAUSED
    assert "the pause file cannot be read" in alert.why


def test_a_pause_of_the_published_commit_counts_too(brand: Brand, ledger: Ledger) -> None:
    """Where a commit is published its pause file is in force, also when the folder's has been emptied since."""
    brand.pause(PAUSE)
    git = ["git", "-C", str(brand.root), "-c", "user.name=mai", "-c", "user.email=mai@example.com"]
    for words in (["init", "-q"], ["add", "leitstand.toml", "content"], ["commit", "-q", "-m", "paused"]):
        subprocess.run([*git, *words], check=True, timeout=30)
    brand.pause("")
    folder = brand.load()
    commit = load_workspace(brand.root, open_tree(brand.root, "HEAD"))
    assert see(folder, ledger, {}, NOW, PEOPLE).stops == ()
    assert [stop.name for stop in see(commit, ledger, {}, NOW, PEOPLE).stops] == ["all"]
