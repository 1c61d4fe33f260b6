"""`leitstand idea` and `leitstand occasions`, as people call them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from toolkit.cli import execute

SETTINGS = (
    'format = 1\n[workspace]\nid = "w"\ntimezone = "Europe/Berlin"\nlanguages = ["de"]\n'
    '[people.anna]\nname = "Anna"\n[people.ben]\nname = "Ben"\n[accounts.mastodon]\nnetwork = "mastodon"\nid = "@a@example.com"\n'
)
NOW = "2026-11-21T12:00+01:00"
DAYS = (
    "occasions:\n"
    "  - {name: Tag des Kaffees, from: 2026-10-01, yearly: true, lead: 28, owner: ben, pillar: produkt, channels: [mastodon]}\n"
    "  - {name: Nikolaus, from: 2026-12-06, yearly: true, lead: 21}\n"
)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    (tmp_path / "leitstand.toml").write_text(SETTINGS)
    (tmp_path / "content/occasions").mkdir(parents=True)
    (tmp_path / "content/occasions/tage.yml").write_text(DAYS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def call(*args: str) -> int:
    return execute([*args, *(["--now", NOW] if "--now" not in args else [])], dict(os.environ))


def test_the_way_of_an_idea(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Written down, shortlisted, made a post; the list leads with the shortlist and forgets what is planned."""
    assert call("idea", "new", "Warum Bohnen ruhen", "--by", "anna", "-c", "mastodon", "--score", "3,5,2") == 0
    assert call("idea", "new", "Der kaputte Filter", "--by", "ben", "--score", "5,5,1") == 0
    assert capsys.readouterr().out == "content/ideas/warum-bohnen-ruhen.md\ncontent/ideas/der-kaputte-filter.md\n"
    assert call("idea", "shortlist", "warum-bohnen-ruhen", "--by", "ben") == 0
    assert capsys.readouterr().out == "content/ideas/warum-bohnen-ruhen.md: new idea → shortlisted\n"
    assert call("idea", "list", "--json") == 0
    listed = json.loads(capsys.readouterr().out)["ideas"]
    assert [(one["name"], one["value"], one["status"]) for one in listed] == [
        ("warum-bohnen-ruhen", 7.5, "shortlisted"),
        ("der-kaputte-filter", 25.0, "new"),
    ]
    assert call("idea", "promote", "warum-bohnen-ruhen", "--by", "ben", "--publish", "2026-12-02 08:00", "--json") == 0
    made = json.loads(capsys.readouterr().out)
    assert made["post"] == "content/posts/2026/12/warum-bohnen-ruhen.md"
    post = (root / made["post"]).read_text()
    assert f"idea: {listed[0]['id']}\n" in post
    assert "author: anna\n" in post
    assert call("check", made["post"], "content/ideas/warum-bohnen-ruhen.md") == 0
    assert "(idea)" not in capsys.readouterr().out
    assert call("idea", "list") == 0
    shown = capsys.readouterr().out
    assert "Der kaputte Filter" in shown
    assert "Bohnen" not in shown


def test_what_was_dropped_is_never_offered_again(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not in the list, not when it is written down again; the reason is told, and --again is the way around it."""
    assert call("idea", "new", "Kaffeesatz lesen im Advent", "--url", "https://k.example.com/satz", "--by", "anna") == 0
    assert call("idea", "drop", "kaffeesatz-lesen-im-advent", "--by", "ben") == 2
    assert "--reason" in capsys.readouterr().err
    assert call("idea", "drop", "kaffeesatz-lesen-im-advent", "--by", "ben", "--reason", "Aberglaube") == 0
    before = sorted(root.glob("content/ideas/*"))
    capsys.readouterr()
    assert call("idea", "list") == 0
    assert "No idea waits for a decision" in capsys.readouterr().out
    assert call("idea", "new", "Im Advent Kaffeesatz lesen", "--by", "anna") == 1
    assert "was dropped (2026-11-21): Aberglaube" in capsys.readouterr().err
    assert (
        call("idea", "new", "Neu", "--url", "https://www.k.example.com/satz/?utm_source=a", "--by", "anna", "--json")
        == 1
    )
    assert json.loads(capsys.readouterr().out)["reason"] == "Aberglaube"
    assert sorted(root.glob("content/ideas/*")) == before
    assert call("idea", "new", "Im Advent Kaffeesatz lesen", "--by", "anna", "--again") == 0
    assert call("idea", "drop", "kaffeesatz-lesen-im-advent", "--by", "ben", "--reason", "x") == 2
    assert call("idea", "list", "--status", "dropped") == 0
    assert "Aberglaube" in capsys.readouterr().out


def test_an_occasion_gives_what_it_knows(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its pillar and channels; and the list of occasions shows which of them wait."""
    assert call("occasions", "--days", "30") == 0
    assert "none, and it is time" in capsys.readouterr().out
    assert call("idea", "new", "Stiefel am Hafen", "--by", "anna", "--occasion", "Nikolaus") == 0
    assert call("idea", "new", "Frühschicht", "--by", "anna", "--occasion", "Tag des Kaffees", "--json") == 0
    capsys.readouterr()
    assert call("idea", "show", "fruehschicht", "--json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["pillar"], shown["channels"], shown["source"]) == ("produkt", ["mastodon"], "occasion")
    assert call("occasions", "--days", "365", "--json") == 0
    found = json.loads(capsys.readouterr().out)["occasions"]
    assert [(one["name"], one["first"], one["start"], one["ideas"]) for one in found] == [
        ("Nikolaus", "2026-12-06", "2026-11-15", ["stiefel-am-hafen"]),
        ("Tag des Kaffees", "2027-10-01", "2027-09-03", []),
    ]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("idea", "new", "A"), "say who you are: --by NAME, one of anna, ben"),
        (("idea", "new", "A", "--by", "ana"), "unknown person 'ana'; did you mean 'anna'?"),
        (("idea", "new", " ", "--by", "anna"), "an idea needs a title"),
        (("idea", "new", "A", "--by", "anna", "-c", "mastadon"), "did you mean 'mastodon'?"),
        (("idea", "new", "A", "--by", "anna", "--score", "6,1,1"), "--score needs reach, fit and effort from 1 to 5"),
        (("idea", "new", "A", "--by", "anna", "--score", "1,1"), "--score needs reach, fit and effort from 1 to 5"),
        (("idea", "new", "A", "--by", "anna", "--url", "https://a", "--inbox", "7"), "an idea comes from one thing"),
        (("idea", "new", "A", "--by", "anna", "--occasion", "Nikolau"), "did you mean 'Nikolaus'?"),
        (("idea", "promote", "nichts", "--by", "anna"), "unknown idea 'nichts'"),
        (("idea", "list", "--status", "neu"), "unknown status 'neu'"),
    ],
)
def test_a_slip_is_told_and_nothing_written(
    root: Path, capsys: pytest.CaptureFixture[str], args: tuple[str, ...], said: str
) -> None:
    """One sentence with the remedy, exit code 2, no file."""
    assert call(*args) == 2
    assert said in capsys.readouterr().err
    assert not (root / "content/ideas").exists() or not list((root / "content/ideas").iterdir())


def test_an_idea_that_cannot_be_read_says_where(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The place instead of “unknown”."""
    (root / "content/ideas").mkdir()
    (root / "content/ideas/kaputt.md").write_text("---\ntitle: [\n---\n")
    assert call("idea", "show", "kaputt") == 2
    assert "content/ideas/kaputt.md:" in capsys.readouterr().err
    assert call("idea", "list", "--json") == 0
    told = capsys.readouterr()
    assert json.loads(told.out) == {"ideas": []}
    assert "1 problem in content/ideas, see: leitstand check" in told.err
