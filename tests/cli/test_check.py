"""`check`, `fix` and `rules` as people and programs call them."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from toolkit.cli import execute

SETTINGS = """format = 1
[workspace]
id = "nordlicht"
languages = ["de", "en"]
url = "https://site.example.com"
[people.redaktion]
roles = ["editor"]
[accounts.mastodon]
network = "mastodon"
"""
UID = "01JDK3V7Q2M8X4T6R9A0B1C2D3"
GOOD = f"---\nuid: {UID}\ntitle: Gut\nauthor: redaktion\nchannels: [mastodon]\n---\nHallo\n"
BAD = "---\ntitle: 日本☕ schlecht\nauthor: redaktion\nchannels: [mastodn]\n---\nHallo http://example.com\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a good and a bad post, and the current folder in it."""
    posts = tmp_path / "content/posts/2026"
    posts.mkdir(parents=True)
    (tmp_path / "leitstand.toml").write_text(SETTINGS, encoding="utf-8")
    (posts / "good.md").write_text(GOOD, encoding="utf-8")
    (posts / "bad.md").write_text(BAD, encoding="utf-8")
    (tmp_path / "guidelines/referenz/regeln").mkdir(parents=True)
    (tmp_path / "guidelines/referenz/regeln/names.md").write_text("# names\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / ".leitstand"))
    return tmp_path


def call(*args: str) -> int:
    """A call as `leitstand ARGS`."""
    return execute([*args], {**os.environ, "LEITSTAND_LANG": "en"})


def test_full_shows_the_line_the_place_and_the_remedy(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The default format: the sentence, the source with carets, the fix; the summary goes to stderr."""
    assert call("check") == 1
    shown = capsys.readouterr()
    assert shown.out == (
        "content/posts/2026/bad.md:1:1: warning: no uid; mint one with: leitstand fix content/posts/2026/bad.md (uid)\n"
        "  |\n1 | ---\n  | ^^^\n  = Mint a uid: leitstand fix\n\n"
        "content/posts/2026/bad.md:4:12: unknown account 'mastodn'; did you mean 'mastodon'? (names)\n"
        "  |\n4 | channels: [mastodn]\n  |            ^^^^^^^\n\n"
        "content/posts/2026/bad.md:6:7: warning: http is not encrypted; write https://example.com (link)\n"
        "  |\n6 | Hallo http://example.com\n  |       ^^^^^^^^^^^^^^^^^^\n  = Write https: leitstand fix --unsafe\n\n"
    )
    assert shown.err == "Found 1 error, 2 warnings in 2 posts; 1 fixable with leitstand fix\n"


@pytest.mark.parametrize(
    "line", ["title: 日本☕ x «y»", "title: ä́ «y»", "title: \x1b[31m «y»", "title:\t«y»", "x" * 300 + "«y»"]
)
def test_carets_stand_below_the_place(line: str) -> None:
    """Wide, combining and control characters, tabs and long lines do not shift the carets."""
    from rich.cells import cell_len

    from toolkit.cli.check.formats.terminal import excerpt

    start, end = line.index("«") + 1, line.index("»")
    _rule, shown, carets = excerpt(line.replace("«", "").replace("»", ""), 7, start, end)
    assert "\x1b" not in shown
    assert carets.count("^") == 1
    assert cell_len(shown[: shown.rindex("y")]) == carets.index("^")


def test_concise_and_line_are_one_line_each(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Both begin with path, line and column; `line` has the rule's name before the message."""
    assert call("check", "--format", "concise", "content/posts/2026/bad.md") == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "content/posts/2026/bad.md:4:12: unknown account 'mastodn'; did you mean 'mastodon'? (names)"
    assert call("check", "--format", "line") == 1
    shown = capsys.readouterr()
    assert shown.out.splitlines()[1] == (
        "content/posts/2026/bad.md:4:12:names:unknown account 'mastodn'; did you mean 'mastodon'?"
    )
    assert shown.err == ""


@pytest.mark.parametrize("option", [["--json"], ["--format", "json"]])
def test_json_has_stable_keys(root: Path, capsys: pytest.CaptureFixture[str], option: list[str]) -> None:
    """One object per line with place, rule, severity, message, fix and the rule's page."""
    assert call("check", *option) == 1
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {frozenset(record) for record in records} == {
        frozenset(
            ("path", "line", "col", "end_line", "end_col", "rule", "severity", "message", "fix", "related", "link")
        )
    }
    assert records[1] == {
        "path": "content/posts/2026/bad.md", "line": 4, "col": 12, "end_line": 4, "end_col": 19, "rule": "names",
        "severity": "error", "message": "unknown account 'mastodn'; did you mean 'mastodon'?", "fix": None,
        "related": "", "link": "https://site.example.com/handbook/referenz/regeln/names/",
    }  # fmt: skip
    assert records[0]["fix"]["safe"] is True


def test_github_annotations_are_escaped(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Percent, colon and comma cannot end a property, and the place is the file's."""
    (root / "content/posts/2026/bad.md").unlink()
    (root / "content/posts/2026/a,b:50%.md").write_text(GOOD.replace("title: Gut", "titel: 50%"), encoding="utf-8")
    assert call("check", "--format", "github", "content/posts/2026/a,b:50%.md") == 1
    first, second, *_others = capsys.readouterr().out.splitlines()
    where = "file=content/posts/2026/a%2Cb%3A50%25.md"
    assert first.startswith(f"::error {where},line=2,endLine=2,col=6,endColumn=31,title=leitstand (uid)::")
    assert second == (
        f"::error {where},line=3,endLine=3,col=1,endColumn=5,title=leitstand (front-matter)"
        "::unknown key 'titel'; did you mean 'title'?"
    )


def test_statistics_count_the_rules(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--statistics` prints numbers instead of problems."""
    assert call("check", "--statistics") == 1
    assert capsys.readouterr().out.splitlines() == [
        "     1  warning  link",
        "     1  error    names",
        "     1  warning  uid",
    ]


def test_only_errors_make_it_fail(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Warnings exit 0, and a clean workspace says so."""
    assert call("check", "content/posts/2026/good.md") == 0
    assert capsys.readouterr().err == "No problems in 1 post\n"
    (root / "content/posts/2026/bad.md").write_text(GOOD.replace(UID, UID[:-1] + "4") + "http://example.com", "utf-8")
    assert call("check") == 0
    assert "Found 1 warning in 2 posts" in capsys.readouterr().err


def test_paths_are_taken_from_the_current_folder(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files and folders are named as in a shell; from outside, the first path says which workspace is meant."""
    monkeypatch.chdir(root / "content/posts")
    assert call("check", "2026/good.md") == 0
    assert call("check", "2026") == 1
    assert call("check", "..") == 1
    monkeypatch.chdir(root.parent)
    assert call("check", str(root / "content/posts/2026/good.md")) == 0
    assert call("check", "-w", str(root)) == 1


def test_an_empty_folder_is_clean(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder without posts does not mean all posts, and where posts lie is said."""
    (root / "content/ideas").mkdir()
    assert call("check", "content/ideas") == 0
    assert capsys.readouterr().err.splitlines() == [
        "No problems in 0 posts",
        "none of these files is a post; posts lie in content/posts and end in .md",
    ]


@pytest.mark.parametrize("verb", ["check", "fix"])
def test_what_does_not_exist_is_a_usage_error(root: Path, capsys: pytest.CaptureFixture[str], verb: str) -> None:
    """A misspelt path exits 2 with the one that was probably meant; so does a path outside."""
    assert call(verb, "content/posts/2026/goood.md") == 2
    said = "leitstand: there is no content/posts/2026/goood.md; did you mean content/posts/2026/good.md?\n"
    assert capsys.readouterr().err == said
    assert call(verb, "content/posts/2026/good.md", "/etc/passwd") == 2
    assert "lies outside the workspace" in capsys.readouterr().err
    assert call(verb, "--now", "gestern") == 2


def test_a_file_name_of_odd_bytes_is_no_crash(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file whose name is not UTF-8 is named with its bytes, and nothing else is said about it."""
    name = os.fsdecode(b"content/posts/t\xfcr.md")
    (root / name).write_text(GOOD.replace("mastodon", "mastodn"), encoding="utf-8")
    assert call("check", "--json") == 1
    assert call("check") == 1
    shown = capsys.readouterr().out
    assert "content/posts/t\\xfcr.md:1:1: the name of the file is not UTF-8" in shown
    assert "t\\xfcr.md:2" not in shown, "what it holds is not read"


def test_fix_mints_and_says_what_is_left(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file gets its uid and nothing else; errors that are left make it fail."""
    bad = root / "content/posts/2026/bad.md"
    assert call("fix", "--diff") == 1
    assert bad.read_text(encoding="utf-8") == BAD
    assert "+uid: 01" in capsys.readouterr().out
    assert call("fix") == 1
    assert capsys.readouterr().err == "Fixed 1 problem in 1 file; 1 error is left, see leitstand check\n"
    lines = bad.read_text(encoding="utf-8").splitlines(keepends=True)
    assert lines[1].startswith("uid: 01")
    assert "".join(lines[:1] + lines[2:]) == BAD
    stamp = bad.stat().st_mtime_ns
    assert call("fix") == 1
    assert bad.stat().st_mtime_ns == stamp


def test_fix_only_what_is_named(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Other files stay as they are, and JSON says what happened."""
    assert call("fix", "--json", "content/posts/2026/good.md") == 0
    record: Mapping[str, object] = json.loads(capsys.readouterr().out)
    assert record == {"written": True, "files": [], "applied": [], "refused": [], "left": []}
    assert (root / "content/posts/2026/bad.md").read_text(encoding="utf-8") == BAD


def test_the_ledger_is_asked_when_there_is_one(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A broken ledger does not keep texts from being checked."""
    (root / ".leitstand").mkdir()
    (root / ".leitstand/ledger.sqlite").write_bytes(b"not a database at all, but long enough to be read as one")
    assert call("check", "content/posts/2026/good.md") == 0
    assert "checked without the ledger" in capsys.readouterr().err


def test_rules_are_listed_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """`rules list` has one line per rule, `rules show` its page, and an unknown name the nearest."""
    assert call("rules", "list", "--json") == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"id": "thread-break", "severity": "error", "fixable": True, "required": False}.items() <= records[
        -1
    ].items()
    assert call("rules", "show", "length") == 0
    assert "## Why is this bad?" in capsys.readouterr().out
    assert call("rules", "show", "lenght") == 2
    assert "did you mean 'length'?" in capsys.readouterr().err
