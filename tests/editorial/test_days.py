"""Occasions that are near."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from toolkit.editorial import read_occasions
from toolkit.editorial.days import coming
from toolkit.workspace import load_workspace

SETTINGS = 'format = 1\n[workspace]\nid = "w"\ntimezone = "Europe/Berlin"\nlanguages = ["de"]\n'
YEAR = timedelta(days=365)


def write(folder: Path, entries: str) -> None:
    (folder / "leitstand.toml").write_text(SETTINGS)
    path = folder / "content/occasions/tage.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"occasions:\n{entries}")


def read(folder: Path, entries: str, today: date, ahead: timedelta = YEAR) -> list[tuple[str, date, date, date]]:
    write(folder, entries)
    occasions, problems = read_occasions(load_workspace(folder))
    assert problems == ()
    return [(one.occasion.name, one.first, one.last, one.start) for one in coming(occasions, today, ahead)]


def test_days_that_move_are_found_by_their_rule(tmp_path: Path) -> None:
    """Mother's Day 2027 is 9 May, the second Sunday; Easter Monday is 29 March 2027 (tables of the PTB)."""
    entries = (
        "  - {name: Muttertag, from: 2026-05-10, repeat: FREQ=YEARLY;BYMONTH=5;BYDAY=2SU, lead: 28}\n"
        '  - {name: Ostermontag, from: 2026-04-06, repeat: "FREQ=YEARLY;BYEASTER=1"}\n'
    )
    assert read(tmp_path, entries, date(2026, 11, 21)) == [
        ("Ostermontag", date(2027, 3, 29), date(2027, 3, 29), date(2027, 3, 29)),
        ("Muttertag", date(2027, 5, 9), date(2027, 5, 9), date(2027, 4, 11)),
    ]


def test_what_lasts_today_is_near(tmp_path: Path) -> None:
    """Days across the turn of the year belong to both years; what is over comes with its next time or not at all."""
    entries = (
        "  - {name: Betriebsferien, from: 2025-12-24, until: 2026-01-03, yearly: true}\n"
        "  - {name: Messe, from: 2026-03-01, until: 2026-03-04}\n"
    )
    assert [one[:2] for one in read(tmp_path, entries, date(2027, 1, 2))] == [("Betriebsferien", date(2026, 12, 24))]
    assert read(tmp_path, entries, date(2027, 1, 4), timedelta(days=30)) == []


def test_the_29th_of_february_comes_again(tmp_path: Path) -> None:
    """After 2096 the next one is in 2104."""
    entries = "  - {name: Schalttag, from: 2024-02-29, yearly: true}\n"
    assert read(tmp_path, entries, date(2096, 3, 1), 9 * YEAR) == [
        ("Schalttag", *[date(2104, 2, 29)] * 3),
    ]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=DAILY;BYMONTH=5", "is a rule of years"),
        ("FREQ=YEARLY;INTERVAL=0", "is a rule of years"),
        ("FREQ=YEARLY;BYDAY=2XX", "cannot be read"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31", "names no day"),
    ],
)
def test_a_rule_that_never_comes_is_refused_where_it_stands(tmp_path: Path, rule: str, said: str) -> None:
    """The occasion itself stays, on the day it names."""
    write(tmp_path, f"  - name: Nie\n    from: 2026-05-10\n    repeat: {rule}\n")
    [occasion], [problem] = read_occasions(load_workspace(tmp_path))
    assert said in problem.message
    assert (problem.span.line, problem.span.col) == (4, 13)
    assert occasion.repeat == ""
