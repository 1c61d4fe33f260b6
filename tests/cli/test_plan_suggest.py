"""`leitstand plan suggest`: gaps filled in words, as JSON, and, only when asked, in files."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.probe import person, settings, write_files
from toolkit.cli import execute

ROOT = Path(__file__).parents[2]
ACCOUNTS = '[accounts.mastodon]\nnetwork = "mastodon"\n[accounts.news]\nnetwork = "feed"\n'
SETTINGS = settings(person("mai", "mai", "manager"), person("ole", "ole", "editor"), rest=ACCOUNTS)
PAGE = "# Zeiten\n\n```slots\nchannels: [mastodon]\ntimes: [tue 08:00]\nnote: Röststube\n```\n"
DRAFT = "---\nuid: 01ARZ3NDEKTSV4RRFFQ69G5FAV\ntitle: Milch\nstatus: draft\nchannels: [mastodon, news]\n---\nText\n"
IDEA = "---\nid: I1\ntitle: Tassen\nstatus: shortlisted\nchannels: [mastodon]\nby: ole\n---\nWelche?\n"
NOW = ("--now", "2026-11-21T12:00+01:00")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    files = {"leitstand.toml": SETTINGS, "guidelines/zeiten.md": PAGE, "content/posts/milch.md": DRAFT}
    return write_files(tmp_path, files | {"content/ideas/tassen.md": IDEA})


def suggest(folder: Path, *args: str) -> int:
    return execute(["plan", "suggest", "-w", str(folder), *NOW, *args], os.environ)


def test_suggestions_in_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The slot, what would go there, why, and what stays free; nothing is written."""
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert suggest(folder, "--to", "2026-12-08") == 0
    out = capsys.readouterr().out
    assert "Tue 24 Nov 2026, 08:00  Milch (draft, content/posts/milch.md)\n  mastodon, news\n" in out
    assert "  · there is a draft already\n" in out
    assert "Tassen (idea, content/ideas/tassen.md)" in out
    assert (
        "3 free slots in these days; 1 of them stays free:\n  Tue 8 Dec 2026, 08:00  mastodon: no draft and no idea"
        in out
    )
    assert "nothing was written" in out
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_suggestions_for_programs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One object with stable keys."""
    assert suggest(folder, "--to", "2026-11-26", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert sorted(answer) == sorted(["from", "to", "channels", "free", "suggestions", "unused", "written", "files"])
    (one,) = answer["suggestions"]
    assert (one["source"], one["title"], one["path"]) == ("post", "Milch", "content/posts/milch.md")
    assert one["slots"][0] == {
        "account": "mastodon",
        "due": "2026-11-24T07:00:00+00:00",
        "local": "2026-11-24T08:00:00+01:00",
        "zone": "Europe/Berlin",
        "note": "Röststube",
    }
    assert [slot["account"] for slot in one["slots"]] == ["mastodon", "news"]
    assert "written" in {reason["ground"] for reason in one["reasons"]}
    assert (answer["written"], answer["files"]) == (False, [])


def test_calendar_and_suggestions_count_the_same_slots(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The days of December: what one calls free the other suggests for or leaves free, slot by slot."""
    assert execute(["calendar", "--month", "2026-12", "-w", str(folder), *NOW, "--json"], os.environ) == 0
    shown = {slot["due"] for day in json.loads(capsys.readouterr().out)["days"] for slot in day["free"]}
    assert suggest(folder, "--from", "2026-12-01", "--to", "2026-12-31", "--limit", "1", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    told = {slot["due"] for slot in answer["unused"]} | {answer["suggestions"][0]["slots"][0]["due"]}
    assert told == shown
    assert answer["free"] == len(shown) == 5


@pytest.mark.parametrize(
    "verb",
    [("plan", "suggest"), ("calendar", "--month", "2026-11"), ("idea", "list")],
    ids=["suggest", "calendar", "idea"],
)
def test_every_key_for_programs_is_documented(
    folder: Path, verb: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """The handbook's page of slots names each key that these verbs answer with."""
    known = (ROOT / "guidelines/anleitung/plaetze.md").read_text("utf-8")
    assert execute([*verb, "-w", str(folder), *NOW, "--json"], os.environ) == 0
    answer = json.loads(capsys.readouterr().out)
    posts = answer["days"][0].pop("slots") if "days" in answer else []  # as `leitstand plan --json` has them
    assert sorted(key for key in _keys(answer) if f"`{key}`" not in known) == []
    assert isinstance(posts, list)


def _keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for inner in value.values() for key in _keys(inner)}
    return {key for inner in value for key in _keys(inner)} if isinstance(value, list) else set()


def test_what_is_written_is_planned(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --write the draft has its slots and the idea its draft; asked again there is nothing left to suggest."""
    assert suggest(folder, "--to", "2026-12-08", "--write", "--by", "mai") == 0
    text = (folder / "content/posts/milch.md").read_text("utf-8")
    assert "publish: next\nslots: {mastodon: 2026-11-24 08:00, news: 2026-11-24 08:00}\n" in text
    assert "status: planned" in (folder / "content/ideas/tassen.md").read_text("utf-8")
    capsys.readouterr()
    assert suggest(folder, "--to", "2026-12-08") == 0
    assert "nothing to suggest" in capsys.readouterr().out


def test_ideas_need_somebody_who_decides(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two people could be meant: nothing is written before one is named."""
    assert suggest(folder, "--to", "2026-12-08", "--write") == 2
    assert "say who you are: --by NAME" in capsys.readouterr().err
    assert "slots:" not in (folder / "content/posts/milch.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--to", "2026-11-01"), "is before"),
        (("--from", "bald"), "needs a day such as"),
        (("--to", "2028-01-01"), "more than 92 days"),
        (("--channel", "mastodn"), "did you mean 'mastodon'?"),
    ],
)
def test_wrong_options(folder: Path, args: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A usage error with its remedy."""
    assert suggest(folder, *args) == 2
    assert said in capsys.readouterr().err


def test_options_stand_behind_the_verb(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What stands before `suggest` would be the calendar's and lost, so it is refused."""
    assert execute(["plan", "-w", str(folder), "suggest"], os.environ) == 2
    assert "write --workspace behind suggest" in capsys.readouterr().err
