"""`leitstand init`: a workspace that works at once."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from toolkit.cli import execute

EN = {"LEITSTAND_LANG": "en"}
NOW = ("--now", "2026-11-21T12:00:30+01:00")
LATER = ("--now", "2026-11-21T15:00:30+01:00")


def init(folder: Path, *args: str) -> int:
    return execute(["init", str(folder), *args, *NOW], EN)


@pytest.mark.parametrize("language", ["de", "en"])
def test_from_nothing_to_a_published_post(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """init, check, plan and publish succeed one after the other, and the first post is in the feed at once."""
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    folder = tmp_path / "brand"
    assert init(folder, "--language", language) == 0
    here = ("-w", str(folder))
    capsys.readouterr()
    assert execute(["check", *here, *NOW, "--json"], EN) == 0
    assert capsys.readouterr().out == ""
    assert execute(["plan", *here, *NOW, "--json"], EN) == 0
    plan = json.loads(capsys.readouterr().out)
    assert [slot["local"] for slot in plan["slots"]] == ["2026-11-21T12:00:00+01:00", "2026-11-23T09:00:00+01:00"]
    assert all(slot["goes_out"] and slot["count"]["ok"] for slot in plan["slots"])
    assert plan["collisions"] == plan["errors"] == []
    assert execute(["publish", *here, *NOW], EN) == 0
    feed = (tmp_path / "state/feeds/feed.atom").read_text(encoding="utf-8")
    assert feed.count("<entry") == 1


@pytest.mark.parametrize("now", ["2026-11-21T15:00:30+01:00", "2026-11-22T22:10:00+01:00"])
@pytest.mark.parametrize("made", ["2026-11-21T12:00:30+01:00", "2026-11-21T23:30:00+01:00"])
def test_whoever_reads_for_hours_first_still_sees_it_go_out(
    made: str, now: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Three hours or a day later the scheduler's first tick sends the first post, once, and checks find nothing."""
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    folder = tmp_path / "brand"
    assert execute(["init", str(folder), "--now", made], EN) == 0
    later = max(now, made)
    capsys.readouterr()
    assert execute(["check", "-w", str(folder), "--now", later, "--json"], EN) == 0
    assert capsys.readouterr().out == ""
    for _again in range(2):
        assert execute(["publish", "-w", str(folder), "--now", later], EN) == 0
    out = capsys.readouterr().out
    assert out.count("sent") == 1
    assert out.splitlines()[-1] == "nothing to do"
    assert (tmp_path / "state/feeds/feed.atom").read_text(encoding="utf-8").count("<entry") == 1


def test_a_state_directory_that_cannot_be_used_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The workspace stands all the same, and what will stop the scheduler is known before it runs."""
    (tmp_path / "state").write_text("", encoding="utf-8")
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    assert init(tmp_path / "a") == 0
    assert "note: " in capsys.readouterr().out


def test_the_next_three_commands_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The last three lines can be typed as they are, also for a folder with a space; by the clock of whoever types them."""
    assert execute(["init", str(tmp_path / "my brand")], EN) == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()[-3:]]
    assert [shlex.split(line)[:2] for line in lines] == [
        ["cd", str(tmp_path / "my brand")],
        ["leitstand", "plan"],
        ["leitstand", "publish"],
    ]
    environ = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    done = subprocess.run(["sh", "-ec", "\n".join(lines)], check=False, capture_output=True, text=True, env=environ)
    assert done.returncode == 0, done.stderr
    assert "hello.md" in done.stdout


def test_in_the_folder_itself_there_is_nowhere_to_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`leitstand init` alone begins here, and names no way to where one is."""
    monkeypatch.chdir(tmp_path)
    assert execute(["init", *NOW], EN) == 0
    assert "cd " not in capsys.readouterr().out
    settings = tomllib.loads((tmp_path / "leitstand.toml").read_text(encoding="utf-8"))
    assert settings["workspace"]["name"] == tmp_path.name


@pytest.mark.parametrize("language", ["de", "en"])
def test_without_a_word_the_workspace_speaks_as_the_terminal_does(tmp_path: Path, language: str) -> None:
    """Who reads German gets a German handbook, who reads English an English one."""
    assert execute(["init", str(tmp_path / "x"), *NOW], {"LEITSTAND_LANG": language}) == 0
    settings = tomllib.loads((tmp_path / "x/leitstand.toml").read_text(encoding="utf-8"))
    assert settings["workspace"]["languages"][0] == language


def test_names_with_quotes_and_umlauts(tmp_path: Path) -> None:
    """A brand may be called anything; settings and mkdocs.yml stay valid."""
    import yaml

    assert init(tmp_path / "x", "--name", 'Käse & "Brot": $1') == 0
    settings = tomllib.loads((tmp_path / "x/leitstand.toml").read_text(encoding="utf-8"))
    assert re.fullmatch(r"kaese-brot-1-[0-9a-z]{4}", settings["workspace"]["id"])
    assert settings["workspace"]["name"] == 'Käse & "Brot": $1'
    site = yaml.safe_load((tmp_path / "x/mkdocs.yml").read_text(encoding="utf-8"))
    assert site["site_name"] == 'Käse & "Brot": $1'
    assert site["theme"] == {"name": "material", "font": False}
    assert site["plugins"] == ["search", "leitstand"]


def test_a_folder_with_files_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Somebody's folder stays as it is; --force adds what is missing and overwrites nothing."""
    (tmp_path / "mkdocs.yml").write_text("site_name: mine\n", encoding="utf-8")
    assert init(tmp_path) == 2
    assert "--force" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mkdocs.yml"]
    assert init(tmp_path, "--force", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["kept"] == ["mkdocs.yml"]
    assert "leitstand.toml" in answer["files"]
    assert (tmp_path / "mkdocs.yml").read_text(encoding="utf-8") == "site_name: mine\n"
    assert init(tmp_path, "--force") == 2
    assert "is a workspace already" in capsys.readouterr().err


def test_a_fresh_clone_counts_as_empty(tmp_path: Path) -> None:
    """A folder that holds nothing but .git takes a workspace without --force."""
    (tmp_path / ".git").mkdir()
    assert init(tmp_path) == 0


@pytest.mark.parametrize(
    ("args", "said"), [(("--language", "fr"), "known: de, en"), (("--timezone", "Europe/Berln"), "Europe/Berlin")]
)
def test_mistakes_are_refused(
    args: tuple[str, ...], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A language or zone that does not exist exits 2 with what does, and nothing is written."""
    assert init(tmp_path / "x", *args) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


def test_a_file_in_the_way(tmp_path: Path) -> None:
    """A file of that name is no folder, and nothing lies in it."""
    (tmp_path / "x").write_text("", encoding="utf-8")
    assert init(tmp_path / "x") == 2
    assert init(tmp_path / "x/y/z") == 2


def test_the_hour_that_comes_twice(tmp_path: Path) -> None:
    """Made in the night when clocks go back, the first post still has one moment."""
    assert execute(["init", str(tmp_path / "x"), "--now", "2026-10-25T02:30:00+01:00"], EN) == 0
    assert execute(["check", "-w", str(tmp_path / "x"), "--now", "2026-10-25T02:30:00+01:00"], EN) == 0


@pytest.mark.parametrize("name", ["Kiosk", "Кофе"])
def test_a_machine_has_room_for_two_brands_of_one_name(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both new workspaces publish: each has a ledger and a feed of its own, and neither is told of the other."""
    for brand in ("nord", "sued"):
        assert init(tmp_path / brand, "--name", name) == 0
        assert execute(["publish", "-w", str(tmp_path / brand), *NOW], EN) == 0
        assert "✓ sent" in capsys.readouterr().out
    feeds = sorted((tmp_path.parent / os.environ["XDG_STATE_HOME"]).glob("leitstand/*/feeds/feed.atom"))
    assert len(feeds) == 2
    assert all(feed.read_text(encoding="utf-8").count("<entry") == 1 for feed in feeds)


def test_a_workspace_of_before_finds_its_ledger_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """State is found by the id in leitstand.toml, wherever the folder lies: moved, it sends nothing twice."""
    assert init(tmp_path / "a") == 0
    settings = tmp_path / "a/leitstand.toml"
    plain = re.sub(r'"a-\w{4}"', '"a"', settings.read_text(encoding="utf-8"))  # as ids were before
    settings.write_text(plain, encoding="utf-8")
    assert execute(["publish", "-w", str(tmp_path / "a"), "--now", "2026-11-21T11:00:00+01:00"], EN) == 0
    assert execute(["publish", "-w", str(tmp_path / "a"), *LATER], EN) == 0
    (tmp_path / "a").rename(tmp_path / "b")
    capsys.readouterr()
    assert execute(["publish", "-w", str(tmp_path / "b"), *LATER], EN) == 0
    assert capsys.readouterr().out == "nothing to do\n"
