"""Whether somebody is there to answer."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.planning.brand import SETTINGS, brand, fence
from toolkit.planning import Cover, duty_of

ROSTER = """\
roster:
  - {person: mai, hours: [mon-fri 08:00-18:00]}
  - {person: ole, hours: [sat 10:00-16:00]}
days:
  - {day: 2026-12-25, person: mai, hours: [10:00-12:00]}
unattended: [sun 08:00-12:00]
"""


def covered(
    said: str, roster: str = ROSTER, settings: str = SETTINGS, hours: str = "", account: str = "mastodon"
) -> Cover:
    pages = {"guidelines__rollen": fence("duty", roster)} if roster else {}
    if hours:
        pages["guidelines__antworten"] = fence("hours", hours)
    moment = datetime.fromisoformat(said).replace(tzinfo=ZoneInfo("Europe/Berlin"))
    workspace = brand({}, settings=settings, **pages)
    return duty_of(workspace).cover(moment, workspace.settings.accounts[account])


@pytest.mark.parametrize(
    ("said", "person", "reason"),
    [
        ("2026-11-24 12:00", "mai", ""),
        ("2026-11-24 07:00", "mai", ""),  # she comes within the hour
        ("2026-11-24 06:59", "", "nobody is on duty then"),
        ("2026-11-24 18:00", "", "nobody is on duty then"),
        ("2026-11-28 12:00", "ole", ""),
        ("2026-11-29 09:00", "", ""),  # nobody has to be there
        ("2026-11-29 13:00", "", "nobody is on duty then"),
        ("2026-12-25 11:00", "mai", ""),  # a holiday with a plan of its own
        ("2026-12-25 13:00", "", "nobody is on duty on First Day of Christmas"),
    ],
)
def test_who_is_there(said: str, person: str, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The week, single days, holidays, and hours at which nobody has to be there."""
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    cover = covered(said, settings=SETTINGS.replace('languages = ["de"]', 'languages = ["de"]\ninterface = "en"'))
    assert cover.person == person
    assert cover.missing == bool(reason)
    assert cover.reason.startswith(reason.split(" on First", maxsplit=1)[0])


def test_the_deputy_stands_in() -> None:
    """While Mai is away, Ole answers; while both are, nobody does, and that is the reason."""
    away = "absences = [{ from = 2026-11-23, to = 2026-11-27 }]\n"
    settings = SETTINGS.replace('deputy = "ole"\n', f'deputy = "ole"\n{away}')
    assert covered("2026-11-24 12:00", settings=settings).person == "ole"
    both = settings.replace('name = "Ole"\n', f'name = "Ole"\n{away}')
    cover = covered("2026-11-24 12:00", settings=both)
    assert cover.missing
    assert "Mai" in cover.reason


def test_days_on_which_nobody_answers_anybody() -> None:
    """What the service hours call closed holds here, too; a plan of its own for a day goes before it."""
    hours = "hours: [mon-fri 08:00-18:00]\nclosed: [2026-12-23/2026-12-31]"
    assert covered("2026-12-28 12:00").person == "mai"
    assert covered("2026-12-28 12:00", hours=hours).missing
    assert covered("2026-12-25 11:00", hours=hours).person == "mai"


def test_nobody_can_write_back_below_a_feed() -> None:
    """So nobody has to be there."""
    assert covered("2026-11-29 13:00").missing
    assert covered("2026-11-29 13:00", account="feed") == Cover()


def test_without_a_roster_nobody_has_to_be_there() -> None:
    """The house has not said that somebody should."""
    assert covered("2026-11-29 03:00", roster="") == Cover()
