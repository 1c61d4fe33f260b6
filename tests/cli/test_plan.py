"""`leitstand plan`: calendar, changes since a commit, and what a person should look at."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from toolkit.cli import execute
from toolkit.ledger import Planned, ledger_path, open_ledger

SETTINGS = """\
format = 1
[workspace]
id = "probe"
name = "Probe"
timezone = "Europe/Berlin"
languages = ["de"]
[people.redaktion]
roles = ["editor"]
[people.leitung]
roles = ["manager"]
[accounts.mastodon]
network = "mastodon"
[accounts.news]
network = "feed"
[accounts.york]
network = "mastodon"
id = "@york@example.com"
timezone = "America/New_York"
[policy]
distance = 30
[state]
dir = "state"
"""
NOW = ("--now", "2026-11-21T12:00+01:00")


def uid_of(name: str) -> str:
    """A ULID of digits that belongs to the name."""
    return f"{int.from_bytes(name.encode()):026d}"


def write(folder: Path, name: str, publish: str, channels: str = "[news]", text: str = "Hallo", **more: str) -> None:
    keys = {"uid": uid_of(name), "title": f"Post {name}", "author": "redaktion"}
    keys |= {"status": "ready", "publish": publish, "channels": channels, "language": "de", **more}
    head = "".join(f"{key}: {value}\n" for key, value in keys.items())
    (folder / f"content/posts/{name}.md").write_text(f"---\n{head}---\n{text}\n", encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("LEITSTAND_STATE_DIR", raising=False)
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "leitstand.toml").write_text(SETTINGS, encoding="utf-8")
    return tmp_path


def plan(folder: Path, *args: str) -> int:
    return execute(["plan", *args, *NOW, "-w", str(folder)], {"LEITSTAND_LANG": "en"})


def shown(capsys: pytest.CaptureFixture[str]) -> str:
    """What stands on the screen, with runs of spaces as one."""
    return re.sub(" +", " ", capsys.readouterr().out)


def git(folder: Path, *args: str) -> None:
    identity = ("-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *args], cwd=folder, check=True, capture_output=True)


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "x")


def test_the_calendar(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Days, local times with their zone, the account's own clock, counts and standing stand in one table."""
    write(folder, "a", "2026-12-01 07:30", "[mastodon, york]")
    write(folder, "b", "2026-12-02 09:00", status="draft")
    write(folder, "past", "2026-11-01 09:00")
    assert plan(folder) == 0
    text = shown(capsys)
    assert "Tue 1 Dec 2026 \n 07:30 CET mastodon Post a 5/500 ready" in text
    assert "13:30 CET (07:30 EST) york Post a" in text
    assert "draft" in text
    assert "Post past" not in text
    assert "3 slots in view, 2 ready to go out; times of Europe/Berlin" in text


def test_days_can_be_chosen(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--from and --to include their days; a wrong day or order exits 2."""
    for day in (1, 2, 3):
        write(folder, f"d{day}", f"2026-12-0{day} 07:30")
    assert plan(folder, "--from", "2026-12-02", "--to", "2026-12-02") == 0
    text = shown(capsys)
    assert "Post d2" in text
    assert "Post d1" not in text
    assert "Post d3" not in text
    assert plan(folder, "--from", "tomorrow") == 2
    assert plan(folder, "--from", "2026-12-02", "--to", "2026-12-01") == 2


def test_a_clock_change_is_noted_before_the_first_day_after_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Between now and summer the clocks change: the table says when, and the times carry the new zone mark."""
    write(folder, "winter", "2027-03-27 07:30")
    write(folder, "summer", "2027-03-29 07:30")
    assert plan(folder) == 0
    text = shown(capsys)
    note = "Sun 28 Mar 2027: clocks go forward by 60 min (CET to CEST); times stay as written"
    assert text.index("07:30 CET news Post winter") < text.index(note) < text.index("07:30 CEST news Post summer")


def test_collisions_and_gaps(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Posts too close together and long silence of a regular account are named; both leave the exit code at 0."""
    for day in ("2026-11-02", "2026-11-09", "2026-11-16", "2026-12-01"):
        write(folder, f"n{day[-5:]}", f"{day} 07:30")
    write(folder, "near", "2026-12-01 07:45")
    assert plan(folder) == 0
    text = shown(capsys)
    assert "news: Post n12-01 and Post near are 15 min apart, Tue 1 Dec 2026, 07:30 CET" in text
    assert "news: nothing for 10 days, Sat 21 Nov 2026 to Mon 30 Nov 2026" in text


def test_errors_exit_1(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A text over its limit is marked, its error has its place, and the exit code is 1."""
    write(folder, "a", "2026-12-01 07:30", "[mastodon]", text="a" * 501)
    assert plan(folder) == 1
    text = shown(capsys)
    assert "501/500 over" in text
    assert "content/posts/a.md:" in text


def test_approvals_and_pauses_show(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What keeps a post from going out stands beside it."""
    settings = SETTINGS.replace("[policy]\n", "[policy]\napprovals = 1\n")
    (folder / "leitstand.toml").write_text(settings, encoding="utf-8")
    write(folder, "a", "2026-12-01 07:30")
    write(folder, "b", "2026-12-02 07:30", labels="[x]")
    (folder / "content/pause.yml").write_text("- {scope: 'label:x', reason: recall}\n", encoding="utf-8")
    plan(folder)
    text = shown(capsys)
    assert "Post a 5/100000 approval 0/1" in text
    assert "Post b 5/100000 paused" in text
    assert "0 ready to go out" in text


def test_the_ledger_shows_where_there_is_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A row of the ledger is the standing; without a ledger none is made by looking."""
    write(folder, "a", "2026-12-01 07:30")
    plan(folder)
    capsys.readouterr()
    path, now = ledger_path(folder / "state"), datetime(2026, 11, 21, 11, tzinfo=UTC)
    assert not path.exists()
    with open_ledger(path, now=now) as ledger:
        ledger.plan(
            [Planned(uid_of("a"), "feed:news", "news", "feed", "content/posts/a.md", now, "", "Europe/Berlin", "")], now
        )
        row = ledger.rows()[0]
        ledger.skip(row, now, "test")
    assert plan(folder) == 0
    assert "skipped" in shown(capsys)


def test_changes_since_a_commit(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Added, moved, dropped and altered slots are told apart; a renamed file with the same uid is no change."""
    git(folder, "init", "-q", "-b", "main")
    for name in "abcd":
        write(folder, name, "2026-12-01 07:30", text=f"Hallo {name}")
    commit(folder)
    (folder / "content/posts/a.md").rename(folder / "content/posts/renamed.md")
    write(folder, "b", "2026-12-02 08:00", text="Hallo b")
    (folder / "content/posts/c.md").unlink()
    write(folder, "d", "2026-12-01 07:30", text="Hallo @welt")
    write(folder, "e", "2026-12-03 07:30", "[mastodon]")
    assert plan(folder, "--since", "main") == 0
    text = shown(capsys)
    assert "> Wed 2 Dec 2026, 08:00 CET news Post b: moved from Tue 1 Dec 2026, 07:30 CET\n" in text
    assert "- Tue 1 Dec 2026, 07:30 CET news Post c: dropped" in text
    assert "~ Tue 1 Dec 2026, 07:30 CET news Post d: changed: text\n -Hallo d\n +Hallo @welt\n" in text
    assert "+ Thu 3 Dec 2026, 07:30 CET mastodon Post e: added" in text
    assert "Post a:" not in text
    assert "news: 1 moved, 1 changed, 1 dropped\n" in text


def test_nothing_changes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a change of the plan it says so; a commit that does not exist exits 2."""
    git(folder, "init", "-q", "-b", "main")
    write(folder, "a", "2026-12-01 07:30")
    commit(folder)
    assert plan(folder, "--since", "HEAD") == 0
    assert "nothing that is planned changes" in shown(capsys)
    assert plan(folder, "--since", "mian") == 2
    assert "mian" in capsys.readouterr().err


def test_a_commit_before_the_workspace(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Compared with a commit that has no workspace yet, everything is new."""
    git(folder, "init", "-q", "-b", "main")
    git(folder, "commit", "-q", "--allow-empty", "-m", "x")
    write(folder, "a", "2026-12-01 07:30")
    assert plan(folder, "--since", "HEAD") == 0
    assert "+ Tue 1 Dec 2026, 07:30 CET news Post a: added" in shown(capsys)


HOSTILE = "'<script>alert(1)</script> | a | @everyone [x](http://x) `c`'"


def test_markdown_for_a_pull_request(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The comment is a table that no title can break, mentions nobody, and shows the texts as a diff."""
    git(folder, "init", "-q", "-b", "main")
    write(folder, "a", "2026-12-01 07:30", title=HOSTILE)
    commit(folder)
    write(folder, "a", "2026-12-01 07:30", title=HOSTILE, text="```\n@everyone\n```")
    assert plan(folder, "--since", "HEAD", "--format", "markdown") == 0
    text = capsys.readouterr().out
    html = MarkdownIt("gfm-like", {"linkify": False}).render(text.replace("<details>", "").replace("</details>", ""))
    assert html.count("<tr>") == 2
    assert html.count("<td>") == 6
    assert "<script>" not in text
    assert "@everyone" not in re.sub(r"(?s)<pre>.*?</pre>", "", html)
    assert "````diff\n-Hallo\n+```\n+@everyone\n+```\n````" in text


def test_a_changed_post_of_the_past_is_in_view(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who changes a post that has gone out sees what it is now, count and standing included."""
    git(folder, "init", "-q", "-b", "main")
    write(folder, "a", "2026-11-01 07:30")
    commit(folder)
    write(folder, "a", "2026-11-01 07:30", text="Hallo Welt")
    plan(folder, "--since", "HEAD", "--format", "markdown")
    assert (
        "| changed: text | Sun 1 Nov 2026, 07:30 CET | news | Post a | 10/100000 | ready |" in capsys.readouterr().out
    )


def test_markdown_of_the_calendar(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --since the comment is the calendar."""
    write(folder, "a", "2026-12-01 07:30")
    assert plan(folder, "--format", "markdown") == 0
    assert "| Tue 1 Dec 2026, 07:30 CET | news | Post a | 5/100000 | ready |" in capsys.readouterr().out


def test_json_for_programs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--json is one object with stable keys, moments in UTC and local."""
    git(folder, "init", "-q", "-b", "main")
    commit(folder)
    write(folder, "a", "2026-12-01 07:30", "[mastodon]")
    (folder / "content/posts/n.md").write_text(
        "---\nuid: N\npublish: next\nchannels: [news]\n---\nx\n", encoding="utf-8"
    )
    code = plan(folder, "--json", "--since", "HEAD")
    answer = json.loads(capsys.readouterr().out)
    assert code == (1 if answer["errors"] else 0)
    window = ["workspace", "now", "timezone", "from", "to", "since"]
    assert sorted(answer) == sorted([*window, "slots", "collisions", "gaps", "clock_changes", "errors", "changes"])
    slot = answer["slots"][0]
    assert (slot["due"], slot["local"]) == ("2026-12-01T06:30:00+00:00", "2026-12-01T07:30:00+01:00")
    assert slot["count"] == {"parts": 1, "length": 5, "limit": 500, "unit": slot["count"]["unit"], "ok": True}
    assert slot["approval"] == {"granted": True, "required": 0, "given": [], "void": []}
    assert answer["slots"][1]["due"] is None
    assert [change["kind"] for change in answer["changes"]] == ["added", "added"]


def test_several_brands(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One after the other under its name; as JSON one object a line; an error of one is the answer of all."""
    write(folder, "a", "2026-12-01 07:30")
    other = tmp_path / "other"
    (other / "content/posts").mkdir(parents=True)
    settings = SETTINGS.replace('id = "probe"', 'id = "tee"').replace('name = "Probe"', 'name = "Teehaus"')
    (other / "leitstand.toml").write_text(settings, encoding="utf-8")
    write(other, "b", "2026-12-02 07:30")
    both = ["-w", str(folder), "-w", str(other)]
    assert execute(["plan", *NOW, *both], {"LEITSTAND_LANG": "en"}) == 0
    out = capsys.readouterr().out
    assert out.index("Probe") < out.index("Post a") < out.index("Teehaus") < out.index("Post b")
    assert execute(["plan", *NOW, *both, "--json"], {"LEITSTAND_LANG": "en"}) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["workspace"], second["workspace"]) == ("probe", "tee")
    assert second["slots"][0]["title"] == "Post b"
    write(other, "b", "2026-12-02 07:30", channels="[nowhere]")
    assert execute(["plan", *NOW, *both], {"LEITSTAND_LANG": "en"}) == 1
