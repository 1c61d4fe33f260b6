"""A new occasion in a file that people keep."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from toolkit.cli import execute
from toolkit.workspace import load_workspace

SETTINGS = (
    'format = 1\n[workspace]\nid = "w"\ntimezone = "Europe/Berlin"\nlanguages = ["de"]\n'
    '[people.anna]\nname = "Anna"\n[accounts.mastodon]\nnetwork = "mastodon"\nid = "@a@example.com"\n'
)
FORMS = (
    "# von Hand\noccasions:\n  - name: A   # bleibt\n    from: 2026-10-01\n",
    "occasions:\n  - {name: A, from: 2026-10-01}\n",
    "occasions: [{name: A, from: 2026-10-01}]\n",
    "occasions: []\n",
    "occasions:\n",
    "# nur ein Kommentar\n",
    "occasions:\r\n- name: A\r\n  from: 2026-10-01\r\n",
)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    (tmp_path / "leitstand.toml").write_text(SETTINGS)
    return tmp_path


def call(root: Path, *args: str) -> int:
    return execute(["occasions", "new", "-w", str(root), *args], dict(os.environ))


@pytest.mark.parametrize("form", FORMS)
def test_it_stands_last_and_the_others_keep_every_byte(root: Path, form: str) -> None:
    """Whatever form the file has; colons and hashes in a note survive."""
    path = root / "content/occasions/days.yml"
    path.parent.mkdir(parents=True)
    path.write_bytes(form.encode())
    note = "Kein Beitrag: nie #blumen"
    assert (
        call(
            root,
            "Muttertag",
            "--from",
            "2027-05-09",
            "--owner",
            "anna",
            "--lead",
            "42",
            "-c",
            "mastodon",
            "--note",
            note,
        )
        == 0
    )
    occasions, problems = load_workspace(root).occasions
    assert problems == ()
    new = occasions[-1]
    assert (new.name, new.first.isoformat(), new.owner, new.lead, new.channels, new.note) == (
        *("Muttertag", "2027-05-09", "anna", 42),
        *(("mastodon",), note),
    )
    written = path.read_bytes().decode()
    assert written.startswith(form.rstrip("\r\n] "))
    assert written.count("\n") == written.count("\r\n") or "\r" not in form


def test_the_first_one_begins_a_file(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And a second lies beside it; the same name again is refused."""
    assert call(root, "Nikolaus", "--from", "2026-12-06", "--yearly", "--json") == 0
    assert json.loads(capsys.readouterr().out)["path"] == "content/occasions/days.yml"
    rule = "FREQ=YEARLY;BYMONTH=5;BYDAY=2SU"
    assert call(root, "Muttertag", "--from", "2027-05-09", "--repeat", rule) == 0
    occasions, problems = load_workspace(root).occasions
    assert ([(one.name, one.yearly, one.repeat) for one in occasions], problems) == (
        [("Nikolaus", True, ""), ("Muttertag", False, rule)],
        (),
    )
    assert call(root, "nikolaus", "--from", "2026-12-06") == 2
    assert "Nikolaus is there already, in content/occasions/days.yml" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("A", "--from", "morgen"), "from must be a date"),
        (("A", "--from", "2027-05-09", "--until", "2027-05-08"), "is before"),
        (("A", "--from", "2027-05-09", "--repeat", "FREQ=DAILY"), "is a rule of years"),
        (("A", "--from", "2027-05-09", "--owner", "ana"), "did you mean 'anna'?"),
        (("A", "--from", "2027-05-09", "-c", "x"), "unknown account 'x'"),
        ((" ", "--from", "2027-05-09"), "an occasion needs a name"),
    ],
)
def test_a_slip_is_told_and_nothing_written(
    root: Path, capsys: pytest.CaptureFixture[str], args: tuple[str, ...], said: str
) -> None:
    """In the reader's own words."""
    assert call(root, *args) == 2
    assert said in capsys.readouterr().err
    assert not (root / "content").exists()
