"""What `check` leaves out, remembers and counts, as people and CI call it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from toolkit.cli import execute

SETTINGS = 'format = 1\n[workspace]\nid = "x"\n[people.a]\n[accounts.mastodon]\nnetwork = "mastodon"\n'
UID = "01JDK3V7Q2M8X4T6R9A0B1C2D3"
POST = f"---\nuid: {UID}\ntitle: Gut\nchannels: [mastodon]\n---\nEins\nhttp://example.com\n"
NAME = "content/posts/a.md"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with one post that has one warning, and the current folder in it."""
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "leitstand.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / NAME).write_text(POST, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / ".leitstand/state"))
    return tmp_path


def call(*args: str) -> int:
    return execute(["check", *args], {**os.environ, "LEITSTAND_LANG": "en"})


def git(root: Path, *args: str) -> None:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    subprocess.run(["git", "-C", str(root), *who, *args], capture_output=True, check=True)


def places(capsys: pytest.CaptureFixture[str], *args: str) -> list[tuple[str, int, str]]:
    """Path, line and rule of what is shown."""
    call("--json", *args)
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return [(record["path"], record["line"], record["rule"]) for record in records]


def test_diff_only_shows_what_the_branch_did(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Old problems stay away although lines above them came; new ones fail. Without git it is a usage error."""
    assert call("--diff-only", "HEAD") == 2
    assert "lies in no repository" in capsys.readouterr().err
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "1")
    (root / NAME).write_text(POST.replace("Eins", "Neu\n[x](http://localhost)\nEins"), encoding="utf-8")
    assert places(capsys, "--diff-only", "HEAD") == [(NAME, 7, "link")]
    assert len(places(capsys)) == 2
    assert call("--diff-only", "HEAD") == 1
    assert "Found 1 error in 1 post" in capsys.readouterr().err
    assert call("--diff-only", "nirgends") == 2


def test_a_baseline_leaves_out_what_is_known(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Written once, found by itself; lines may shift, new problems are shown, what is mended is said to be gone."""
    assert call("--write-baseline") == 0
    assert capsys.readouterr().err == ".leitstand-baseline.json: 1 known problem\n"
    assert call() == 0
    assert capsys.readouterr().err == "No problems in 1 post (1 known one left out)\n"
    (root / NAME).write_text(POST.replace("Eins", "Neu\nhttp://example.org\n\nEins"), encoding="utf-8")
    assert places(capsys) == [(NAME, 7, "link")]
    assert places(capsys, "--no-baseline") == [(NAME, 7, "link"), (NAME, 10, "link")]
    (root / NAME).write_text(POST.replace("http:", "https:"), encoding="utf-8")
    assert places(capsys) == [(".leitstand-baseline.json", 2, "baseline")]
    assert call("--write-baseline") == 0
    assert places(capsys) == []


def test_a_baseline_of_some_files_keeps_the_others(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Entries of files that were not asked for stay, and nothing is said about them either."""
    (root / "content/posts/b.md").write_text(POST.replace("C2D3", "C2D4"), encoding="utf-8")
    assert call("--write-baseline", "--baseline", "alt.json") == 0
    (root / NAME).write_text(POST.replace("http:", "https:"), encoding="utf-8")
    assert places(capsys, "--baseline", "alt.json", "content/posts/b.md") == []
    assert call("--write-baseline", "--baseline", "alt.json", NAME) == 0
    assert places(capsys, "--baseline", "alt.json") == []
    assert places(capsys) == [("content/posts/b.md", 7, "link")]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--baseline", "nirgends.json"), "there is no nirgends.json; write it with"),
        (("--baseline", "x", "--no-baseline"), "contradict each other"),
        (("--write-baseline", "--no-baseline"), "leave out --diff-only and --no-baseline"),
        (("--write-baseline", "--diff-only", "HEAD"), "leave out --diff-only and --no-baseline"),
    ],
)
def test_wishes_that_do_not_fit_are_usage_errors(
    root: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], said: str
) -> None:
    """Nothing is written and nothing left out by accident."""
    assert call(*options) == 2
    assert said in capsys.readouterr().err
    assert not (root / ".leitstand-baseline.json").exists()


def test_exceptions_are_listed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With last day, place and reason; exceptions that are over are marked, and listing never fails."""
    entry = "ignore:\n  - {rule: link, reason: Partner ohne https, until: 2026-11-20}\n---\nEins"
    (root / NAME).write_text(POST.replace("---\nEins", entry), encoding="utf-8")
    now = ("--now", "2026-11-21T12:00+01:00")
    assert call("--waivers", *now) == 0
    shown = capsys.readouterr()
    assert shown.out == f"2026-11-20 (over)  link  {NAME}:6  Partner ohne https\n"
    assert shown.err == "1 exception\n"
    assert call("--waivers", "--json", *now) == 0
    assert json.loads(capsys.readouterr().out) == {
        "path": NAME, "line": 6, "rule": "link", "reason": "Partner ohne https", "until": "2026-11-20", "expired": True,
    }  # fmt: skip


def test_statistics_per_rule_and_per_severity(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The exit code is that of the problems; JSON has rules first, then all severities."""
    (root / NAME).write_text(POST.replace("[mastodon]", "[mastodn]"), encoding="utf-8")
    assert call("--statistics") == 1
    shown = capsys.readouterr()
    assert shown.out.splitlines()[0].split() == ["1", "warning", "link"]
    assert shown.err.startswith("Found 1 error, 1 warning")
    assert call("--statistics", "--json") == 1
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert records[-3:] == [
        {"count": 1, "severity": "error"}, {"count": 1, "severity": "warning"}, {"count": 0, "severity": "hint"},
    ]  # fmt: skip
    assert {"count": 1, "severity": "error", "rule": "names"} in records


@pytest.mark.parametrize("form", ["gitlab", "sarif", "rdjson", "junit"])
def test_machines_get_one_document_and_nothing_else(root: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    """Also of a workspace without problems; the exit code stays that of the problems."""
    (root / NAME).write_text(POST.replace("http:", "https:"), encoding="utf-8")
    assert call("--format", form) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    assert shown.out.startswith("<?xml") if form == "junit" else json.loads(shown.out) is not None


def test_a_remembered_answer_is_shown_in_every_form(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The second call reads `.leitstand/cache` and says the same; a save is seen at once, with and without cache."""
    assert call() == 0
    first = capsys.readouterr()
    assert list((root / ".leitstand/cache").rglob("*.json"))
    assert call() == 0
    assert capsys.readouterr() == first
    (root / NAME).write_text(POST.replace("[mastodon]", "[mastodn]"), encoding="utf-8")
    assert call() == 1
    assert call("--no-cache") == 1
