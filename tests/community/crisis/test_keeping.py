"""Incidents are read as they were written, and edits touch nothing else."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.community.crisis.incident import Deed, Entry, Incident, Prepared, Task
from toolkit.community.crisis.keeping import (
    change_incident,
    create_incident,
    entry_line,
    incident_text,
    next_path,
    one_line,
    say_duration,
)
from toolkit.community.crisis.reading import read_entries, read_incident, read_incidents
from toolkit.errors import LeitstandError
from toolkit.source import FolderTree

AT = datetime(2026, 11, 22, 11, tzinfo=UTC)
INCIDENT = Incident(
    id="2026-11-22-rueckruf",
    path="content/incidents/2026-11-22-rueckruf.md",
    playbook="rueckruf",
    title="Rückruf: Kanne, 2026-11-22",
    level=3,
    declared=AT,
    declared_by="chefin",
    reason="Henkel # bricht: [x]",
    owner="chefin",
    backup="leitung",
    first_due=AT + timedelta(minutes=30),
    update_every=timedelta(hours=2),
    paused=("all", "label:werbung"),
    holding=(Prepared("content/posts/krise/a.md", "01JDK3V7Q2M8X4T6R9A0B1C2D3"),),
    entries=(Entry(AT, "chefin", Deed.DECLARED, "level 3: Henkel # bricht: [x]"),),
    tasks=(Task("LinkedIn anhalten"),),
)


def note(text: str, by: str = "mai") -> Entry:
    return Entry(AT + timedelta(minutes=5), by, Deed.NOTE, text)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    """Every value of a new incident comes back, also one that YAML would take for something else."""
    create_incident(tmp_path, INCIDENT, ["LinkedIn anhalten"])
    assert read_incidents(FolderTree(tmp_path)) == ((INCIDENT,), ())
    with pytest.raises(FileExistsError):
        create_incident(tmp_path, INCIDENT, [])


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_forges_a_line(reason: str, text: str) -> None:
    """Whatever people type, the timeline has one line for each entry, and the head says what it said."""
    begun = replace(INCIDENT, reason=reason, entries=(*INCIDENT.entries, note(text)))
    body = incident_text(begun, [text])
    found, problems = read_incident(begun.path, body.encode())
    assert found is not None
    assert not problems
    assert [one.deed for one in found.entries] == [Deed.DECLARED, Deed.NOTE]
    assert found.reason == one_line(reason)


def test_a_line_is_added_below_the_last_and_nothing_else_changes(tmp_path: Path) -> None:
    """CRLF, a ticked box and what people wrote below stay byte by byte."""
    create_incident(tmp_path, INCIDENT, ["LinkedIn anhalten"])
    path = tmp_path / INCIDENT.path
    before = path.read_text(encoding="utf-8").replace("[ ]", "[x]") + "\nNotiz vom Telefon.\n"
    path.write_bytes(before.replace("\n", "\r\n").encode())
    after = change_incident(tmp_path, INCIDENT, [note("Händler angerufen")])
    added = f"{entry_line(note('Händler angerufen'))}\r\n"
    text = path.read_bytes().decode()
    assert text.replace(added, "") == before.replace("\n", "\r\n")
    assert after.entries[-1].text == "Händler angerufen"
    assert [one.deed for one in read_entries(text)] == [Deed.DECLARED, Deed.NOTE]


def test_values_of_the_head_change_in_place(tmp_path: Path) -> None:
    """A level, a list and a key that was not there; the body stays."""
    create_incident(tmp_path, INCIDENT, [])
    body = (tmp_path / INCIDENT.path).read_text(encoding="utf-8").partition("\n---\n")[2]
    values = {"level": "2", "paused": "[all, label:a]", "closed": AT.isoformat()}
    after = change_incident(tmp_path, INCIDENT, [], values)
    assert (after.level, after.paused, after.closed) == (2, ("all", "label:a"), AT)
    assert (tmp_path / INCIDENT.path).read_text(encoding="utf-8").partition("\n---\n")[2] == body


def test_a_broken_file_is_told_and_not_touched(tmp_path: Path) -> None:
    """An incident whose head cannot be read hides no other, and nothing is written into it."""
    create_incident(tmp_path, INCIDENT, [])
    bad = tmp_path / "content/incidents/kaputt.md"
    bad.write_text("---\nlevel: [\n---\n", encoding="utf-8")
    found, problems = read_incidents(FolderTree(tmp_path))
    assert [one.id for one in found] == [INCIDENT.id]
    assert {str(one).partition(":")[0] for one in problems} == {"content/incidents/kaputt.md"}
    with pytest.raises(LeitstandError, match="nothing was written"):
        change_incident(tmp_path, replace(INCIDENT, path="content/incidents/kaputt.md"), [note("x")])
    assert bad.read_text(encoding="utf-8") == "---\nlevel: [\n---\n"


def test_people_who_write_at_once_lose_nothing(tmp_path: Path) -> None:
    """Forty lines from four threads: all of them are there, each once."""
    create_incident(tmp_path, INCIDENT, [])

    def write(name: str) -> None:
        for number in range(10):
            change_incident(tmp_path, INCIDENT, [note(f"{name}-{number}", name)])

    threads = [threading.Thread(target=write, args=(name,)) for name in ("mai", "ole", "jule", "ines")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    [found] = read_incidents(FolderTree(tmp_path))[0]
    assert len({one.text for one in found.entries[1:]}) == len(found.entries) - 1 == 40


def test_a_second_one_of_a_day_has_another_name(tmp_path: Path) -> None:
    """No incident is written over another."""
    assert next_path(tmp_path, "rueckruf", AT) == INCIDENT.path
    create_incident(tmp_path, INCIDENT, [])
    assert next_path(tmp_path, "rueckruf", AT) == "content/incidents/2026-11-22-rueckruf-2.md"


@pytest.mark.parametrize(("minutes", "said"), [(30, "PT30M"), (120, "PT2H"), (90, "PT1H30M")])
def test_durations_are_written_as_they_are_read(minutes: int, said: str) -> None:
    """ISO 8601, as in playbooks."""
    assert say_duration(timedelta(minutes=minutes)) == said
