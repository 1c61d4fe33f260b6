"""A briefing at the command line: beside the conversation, among the suggestions, and in the way of what nobody says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.community.inbox.inboxes import START, all_of, hear, said
from tests.probe import person, settings
from toolkit.cli import execute
from toolkit.community.inbox.book import open_inbox
from toolkit.community.inbox.ids import short
from toolkit.community.inbox.place import inbox_path
from toolkit.database import Place

TOML = settings(
    person("mai", "Mai Pham", "community"),
    rest="""\
[accounts.mastodon]
network = "mastodon"
id = "@nordlicht@social.example"
""",
)
PAGE = """\
---
title: Advent
owner: mai
valid_from: 2026-11-20
valid_until: 2026-12-24
messages: [Bestellschluss ist der 20. Dezember.]
faq: [{question: Bis wann kann ich bestellen?, answer: "Bis zum 20. Dezember."}]
no_go: [{words: [garantiert], why: Das weiß niemand.}]
escalate: [{what: Pakete, to: mai}]
---
# Advent
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "guidelines/briefings").mkdir(parents=True)
    (tmp_path / "leitstand.toml").write_text(TOML)
    (tmp_path / "guidelines/briefings/advent.md").write_text(PAGE, encoding="utf-8")
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    return tmp_path


@pytest.fixture
def name(root: Path) -> str:
    with open_inbox(Place(inbox_path(root / "state")), now=START) as inbox:
        hear(inbox, said("c1", text="Bis wann muss ich bestellen?"))
        return short(all_of(inbox)[0].id)


def run(root: Path, *words: str, now: str = "2026-12-01T12:00+01:00") -> int:
    return execute(["inbox", *words, "-w", str(root), "--now", now], {"LEITSTAND_LANG": "en"})


def test_it_stands_beside_the_conversation(root: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """For people and for programs, and a day after its last not any more."""
    assert run(root, "show", name) == 0
    told = capsys.readouterr().out
    assert "guidelines/briefings/advent.md" in told
    assert "Pakete: Mai Pham takes over" in told
    assert run(root, "show", name, "--json") == 0
    assert [one["briefing"] for one in json.loads(capsys.readouterr().out)["briefings"]] == ["advent"]
    assert run(root, "show", name, "--json", now="2026-12-25T00:00+01:00") == 0
    assert json.loads(capsys.readouterr().out)["briefings"] == []


def test_its_answers_are_suggested(root: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With the place where the rest stands; later they are not."""
    assert run(root, "suggest", name, "--json") == 0
    [found] = json.loads(capsys.readouterr().out)
    assert (found["source"], found["text"]) == ("guidelines/briefings/advent.md:7", "Bis zum 20. Dezember.")
    run(root, "suggest", name, "--json", now="2026-12-25T00:00+01:00")
    assert "Dezember" not in capsys.readouterr().out


def test_what_it_forbids_is_not_handed_in(root: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The words and the reason are told, and the draft is kept."""
    assert run(root, "reply", name, "--by", "mai", "--text", "Kommt garantiert an!") == 1
    told = "".join(capsys.readouterr())
    assert "Das weiß niemand." in told
    assert "garantiert" in told
    assert run(root, "reply", name, "--by", "mai", "--text", "Bestell bis zum 20. Dezember!") == 0
