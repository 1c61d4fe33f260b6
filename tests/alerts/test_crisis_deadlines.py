"""What is owed in public is told to whoever leads, and when it is late to the backup; each once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.alerts.brands import NOW, Brand
from tests.community.crisis.recall import recall
from tests.servers.pretend import PretendServer
from toolkit.alerts.alert import Alert, Kind
from toolkit.community.crisis.incident import Deed, Entry
from toolkit.community.crisis.keeping import change_incident, create_incident

INCIDENT = replace(
    recall(NOW),
    declared_by="tarek",
    owner="tarek",
    backup="mai",
    update_every=timedelta(hours=2),
    entries=(Entry(NOW, "tarek", Deed.DECLARED, "level 3"),),
)


def crisis(brand: Brand) -> list[Alert]:
    return [one for one in brand.alerts() if one.kind is Kind.CRISIS]


def said(brand: Brand) -> None:
    """A word in public, now."""
    change_incident(brand.root, INCIDENT, [Entry(brand.clock.now(), "mai", Deed.PUBLIC, "we are looking")])


def test_the_first_response_is_told_at_once_and_escalated(brand: Brand) -> None:
    """Tarek hears of it as soon as it is declared; thirty minutes later Mai does, too; after a word nobody."""
    create_incident(brand.root, INCIDENT, [])
    [told] = crisis(brand)
    assert (told.to, told.overdue) == (("tarek",), False)
    assert told.where == "first response by 2026-12-01 10:30"
    assert told.remedy == 'leitstand crisis log "…" 2026-12-01-recall --public --by NAME'
    brand.wait(minutes=30)
    again, late = crisis(brand)
    assert again == told
    assert (late.to, late.overdue) == (("mai",), True)
    said(brand)
    assert crisis(brand) == []


def test_an_update_is_told_when_there_is_just_time_to_write_it(brand: Brand) -> None:
    """A quarter of an hour before it is owed, not two hours."""
    create_incident(brand.root, INCIDENT, [])
    said(brand)
    brand.wait(hours=1, minutes=44)
    assert crisis(brand) == []
    brand.wait(minutes=1)
    [told] = crisis(brand)
    assert told.where == "next update by 2026-12-01 12:00"


def test_an_owner_who_is_away_is_stood_in_for(brand: Brand) -> None:
    """The deputy hears of it; of an incident without people the managers do."""
    brand.write(settings={"[people.tarek]\n": "[people.tarek]\nabsences = [{ from = 2026-12-01, to = 2026-12-02 }]\n"})
    create_incident(brand.root, INCIDENT, [])
    assert [one.to for one in crisis(brand)] == [("wiebke",)]
    change_incident(brand.root, INCIDENT, [], {"closed": NOW.isoformat()})
    assert crisis(brand) == []
    create_incident(brand.root, replace(INCIDENT, path="content/incidents/b.md", owner="", backup=""), [])
    assert [one.to for one in crisis(brand)] == [("wiebke",)]


def test_it_arrives_once(brand: Brand, pretend: PretendServer) -> None:
    """Three rounds, one message to the one who leads, one to the backup when it is late."""
    brand.reach(pretend, "tarek", "mai")
    create_incident(brand.root, INCIDENT, [])
    for _round in range(3):
        brand.tell()
    assert len(pretend.requests) == 1
    brand.wait(minutes=31)
    for _round in range(3):
        brand.tell()
    assert len(pretend.requests) == 2
