"""A crisis from the first word to the all-clear, on a real workspace, with a real ledger."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.probe import person, settings, write_files
from toolkit.approval import content_hash
from toolkit.cli import execute
from toolkit.ledger import State, ledger_path, open_ledger
from toolkit.workspace import load_workspace

ROLES = {"jule": "editor", "mai": "community", "chefin": "manager", "leitung": "manager"}
SETTINGS = settings(
    *(person(name, name, role) for name, role in ROLES.items()),
    rest="""\
[accounts.news]
network = "feed"
id = "https://example.com/feed"
server = "https://example.com/feeds"
approvals = 1
[accounts.stand]
network = "instagram"
hand_off = true
[state]
dir = "state"
""",
)
PLAYBOOK = """\
---
title: Rückruf
owner: leitung
reviewed: 2026-11-01
next_review: 2027-11-01
levels:
  - level: 2
    owner: leitung
    backup: chefin
    first_response: PT1H
    update_every: PT4H
    pause: ["label:werbung"]
    holding: [halteaussage]
  - level: 3
    name: Krise
    owner: chefin
    backup: leitung
    first_response: PT30M
    update_every: PT2H
    approvers: [chefin]
    pause: [all]
    allow: [produkthinweis]
    holding: [halteaussage]
do_not: [löschen]
all_clear: {quiet_for: PT24H, decided_by: chefin, review_by: leitung, within: 10}
drill_next: 2027-04-12
---
# Rückruf
"""
POST = """\
---
uid: {uid}
title: {title}
author: jule
status: {status}
{publish}channels: [news]
labels: [{label}]
late: send
{approved}---
{body}
"""


class House:
    """The workspace, and the command line at a moment of one day."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self.capsys = root, capsys

    def __call__(self, at: str, *args: str, code: int = 0) -> str:
        moment = at if "T" in at else f"2026-11-22T{at}+01:00"
        got = execute([*args, "--now", moment, "-w", str(self.root)], {"LEITSTAND_LANG": "en"})
        said = self.capsys.readouterr()
        assert got == code, said
        return said.out + said.err

    def tick(self, at: str) -> None:
        """One tick; it ends with 1 when somebody has to decide about something, which is no matter here."""
        moment = f"2026-11-22T{at}+01:00"
        assert execute(["publish", "--now", moment, "-w", str(self.root)], {"LEITSTAND_LANG": "en"}) in (0, 1)
        self.capsys.readouterr()

    def json(self, at: str, *args: str, code: int = 0) -> dict[str, object]:
        found: dict[str, object] = json.loads(self(at, *args, "--json", code=code))
        return found

    def post(self, name: str, number: int, label: str, publish: str = "", body: str = "Moin aus der Rösterei.") -> None:
        """A post, approved by the chief as it stands there."""
        path = self.root / f"content/posts/{name}.md"
        values = {"uid": f"01JDK3V7Q2M8X4T6R9A0B1C2D{number}", "title": name, "label": label, "body": body}
        values["status"] = "ready" if publish else "review"
        values["publish"] = f"publish: {publish}\n" if publish else ""
        write_files(self.root, {f"content/posts/{name}.md": POST.format(approved="", **values)})
        workspace = load_workspace(self.root)
        found = workspace.find_post(name)
        assert found is not None
        digest = content_hash(found, workspace)
        approved = f"approved:\n  - {{by: chefin, at: 2026-11-01T10:00:00+01:00, hash: {digest}}}\n"
        path.write_text(POST.format(approved=approved, **values), encoding="utf-8")

    @property
    def sent(self) -> set[str]:
        """The paths of what is out."""
        with open_ledger(
            ledger_path(self.root / "state"), now=datetime(2026, 11, 22, tzinfo=UTC), read_only=True
        ) as book:
            return {row.path.rpartition("/")[2] for row in book.rows(states=(State.CONFIRMED,))}

    @property
    def incident(self) -> str:
        [path] = (self.root / "content/incidents").glob("*.md")
        return path.read_text(encoding="utf-8")


@pytest.fixture
def house(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.delenv("LEITSTAND_STATE_DIR", raising=False)
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    made = House(write_files(tmp_path, {"guidelines/crisis/rueckruf.md": PLAYBOOK, "leitstand.toml": SETTINGS}), capsys)
    made.post(
        "halteaussage", 1, "halteaussage", body="Wir prüfen gerade Hinweise und melden uns in zwei Stunden wieder."
    )
    made.post("werbung", 2, "werbung", "2026-11-22 12:30", "Heute gibt es Kuchen.")
    made.post("morgen", 3, "alltag", "2026-11-23 09:00", "Morgen ist Markttag.")
    made("10:00", "publish")
    return made


def declare(house: House, *more: str, code: int = 0) -> str:
    return house(
        "12:00", "crisis", "declare", "rueckruf", "--reason", "Henkel bricht", "--by", "chefin", *more, code=code
    )


def test_the_plan_of_these_tests_works(house: House) -> None:
    """The playbook has no problem; otherwise nothing below would prove anything."""
    assert "playbook" not in house("12:00", "check")


def test_nothing_goes_out_but_the_holding_statement(house: House) -> None:
    """During `pause all` the post that is due stays, the statement goes out once, and after the end nothing bursts out."""
    declare(house, "--level", "3")
    house.tick("12:31")
    assert house.sent == set()
    house("12:32", "crisis", "say", "--by", "mai")
    house.tick("12:33")
    assert house.sent == {"2026-11-22-rueckruf-halteaussage.md"}
    again = house("12:40", "crisis", "say", "--by", "mai")
    assert "is there already" in again
    house.tick("12:41")
    assert house.sent == {"2026-11-22-rueckruf-halteaussage.md"}
    assert house.incident.count("| public |") == 1


def test_a_statement_that_changed_stays_inside(house: House) -> None:
    """One letter more than was approved, and nothing is written; the remedy names the approver."""
    declare(house, "--level", "3")
    path = house.root / "content/posts/halteaussage.md"
    path.write_text(path.read_text(encoding="utf-8").replace("zwei Stunden", "drei Stunden"), encoding="utf-8")
    said = house("12:32", "crisis", "say", "--by", "mai", code=1)
    assert "is not approved as it is now: leitstand approve content/posts/halteaussage.md --by chefin" in said
    assert not (house.root / "content/posts/2026").exists()


def test_a_dry_run_changes_nothing(house: House) -> None:
    """It shows what would happen and leaves every file alone."""
    said = declare(house, "--level", "3", "--dry-run")
    assert "paused: all" in said
    assert "stops 2 sends of the coming 24 hours" in said
    assert not (house.root / "content/incidents").exists()
    assert not (house.root / "content/pause.yml").exists()


def test_what_people_do_by_hand_is_listed_and_stored(house: House) -> None:
    """The account that is published by hand, ads, what goes out all the same, and what nobody does."""
    said = declare(house)
    assert "[ ] stand: published by hand" in said
    assert "paid ads and boosted posts" in said
    assert "goes out 2026-11-23 09:00 on news all the same: morgen; stop it: leitstand hold" in said
    assert "- [ ] do not: löschen" in house.incident


def test_a_level_up_pauses_more_and_shortens_the_time(house: House) -> None:
    """From 2 to 3 everything stands still, and the first response is owed half an hour later at most."""
    declare(house)
    house("12:10", "crisis", "level", "3", "--reason", "ein Mensch ist verletzt", "--by", "chefin")
    found = house.json("12:11", "crisis", "status")
    incidents = found["incidents"]
    assert isinstance(incidents, list)
    one = incidents[0]
    assert (one["level"], one["owner"]) == (3, "chefin")
    assert one["paused"] == ["all", "label:werbung"]
    assert one["deadlines"][0]["due"] == "2026-11-22T12:40:00+01:00"
    house("12:12", "crisis", "level", "3", "--reason", "x", "--by", "chefin", code=2)


def test_status_says_what_is_overdue(house: House) -> None:
    """Exit 1 once the first response is late; then the update is owed; what fell due waits."""
    declare(house, "--level", "3")
    assert "first response by 2026-11-22 12:30, 10 min left" in house("12:20", "crisis", "status")
    assert "! first response was due 2026-11-22 12:30, 15 min ago" in house("12:45", "crisis", "status", code=1)
    house.tick("12:46")
    house("12:46", "crisis", "log", "Wir prüfen.", "--public", "--by", "mai")
    shown = house("12:50", "crisis", "status")
    assert "next update by 2026-11-22 14:46" in shown
    assert "fell due meanwhile and waits: 1" in shown
    assert "news: content/posts/werbung.md (missed)" in shown


def test_the_end_needs_quiet_and_the_right_person(house: House) -> None:
    """Refused too early and by others; then closed, with the talk filled in; the pause stays until `resume`."""
    declare(house, "--level", "3")
    house("12:20", "crisis", "log", "Wir prüfen.", "--public", "--by", "mai")
    house("12:25", "crisis", "log", "Verkauf gestoppt", "--decision", "--by", "chefin")
    refused = house("2026-11-22T18:00+01:00", "crisis", "close", "--by", "mai", code=1)
    assert "wanted are 24 hours, that is until 2026-11-23 12:00" in refused
    assert "chefin decides about the end" in refused
    shown = house("2026-11-23T13:00+01:00", "crisis", "close", "--by", "chefin")
    assert "still paused: all; end it with: leitstand resume --scope all" in shown
    assert "| First response | after 20 min, in time |" in house.incident
    assert "| Updates in time | 0 of 1 |" in house.incident
    assert "leitung invites to talk about it, by 2026-12-03." in house.incident
    assert "2026-11-22 12:25, chefin: Verkauf gestoppt" in house.incident
    assert "- scope: all" in (house.root / "content/pause.yml").read_text(encoding="utf-8")
    assert house("2026-11-23T13:01+01:00", "crisis", "status") == "no incident is open\n"


def test_it_can_be_closed_anyway_with_a_reason(house: House) -> None:
    """The reason and what was against it stand in the timeline."""
    declare(house)
    house("12:30", "crisis", "close", "--by", "mai", "--anyway", "Fehlalarm")
    assert "because Fehlalarm" in house.incident


def test_slips_are_told_and_change_nothing(house: House) -> None:
    """Unknown playbooks, people and levels, a second declaration, words for a closed incident."""
    for args, said in (
        (("declare", "ruckruf", "--reason", "x", "--by", "chefin"), "did you mean 'rueckruf'?"),
        (("declare", "rueckruf", "--reason", "x", "--by", "chefn"), "did you mean 'chefin'?"),
        (("declare", "rueckruf", "--by", "chefin"), "--reason must not be empty"),
        (("declare", "rueckruf", "--level", "1", "--reason", "x", "--by", "chefin"), "it has: 2, 3"),
        (("log", "Hallo", "--by", "mai"), "no incident is open"),
    ):
        assert said in house("12:00", "crisis", *args, code=2)
    assert not (house.root / "content/incidents").exists()
    declare(house)
    assert "is open already" in declare(house, code=2)


def test_a_ledger_that_cannot_be_read_keeps_nobody_from_pausing(house: House) -> None:
    """The file is written, exit 1 says what is wrong, and the incident begins."""
    ledger_path(house.root / "state").write_bytes(b"no database at all, but long enough to be looked at")
    declare(house, "--level", "3", code=1)
    assert "- scope: all" in (house.root / "content/pause.yml").read_text(encoding="utf-8")
    assert "state" not in house.incident.partition("---\n")[2].partition("---\n")[0]
    assert "| declared |" in house.incident
