"""Asking the forge never holds a tick up, and is bounded. The way to the network is in test_merging.py."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from toolkit.dispatch.asking import MOST_POSTS
from toolkit.dispatch.reviewing import Reviewing
from toolkit.forge import Forge, ForgeBusyError, Pull, Review, read_knowledge
from toolkit.model import Clock, SetClock
from toolkit.settings import ForgePlace

START = datetime(2026, 12, 1, 6, 0, tzinfo=UTC)
PLACE = ForgePlace("github", "octo-org/octo-repo", "https://api.github.com")
SETTINGS = """\
format = 1
[workspace]
id = "probe"
timezone = "UTC"
languages = ["en"]
[people.redaktion]
roles = ["editor"]
[people.leitung]
roles = ["manager"]
forge = "octocat"
[accounts.news]
network = "feed"
[policy]
approvals = 1
[publish]
ref = "origin/main"
[forge]
kind = "github"
project = "octo-org/octo-repo"
"""


def git(folder: Path, *args: str) -> str:
    identity = ("-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *identity, *args], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def post(number: int, due: datetime) -> str:
    head = f"uid: 01JDK3V7Q2M8X4T6R9A0B1{number:04}\nauthor: redaktion\nstatus: ready\nchannels: [news]\n"
    return f"---\n{head}publish: {due:%Y-%m-%d %H:%M}\n---\nPost {number}.\n"


@dataclass
class SlowForge:
    """Answers when it is let; every commit came with the same pull request, unless it is told otherwise."""

    merged: str = ""
    let: threading.Event = field(default_factory=threading.Event)
    asked: list[str] = field(default_factory=list)
    given: tuple[Review, ...] = ()
    busy: bool = False
    clock: SetClock | None = None  # moved on by ten seconds with every question

    def pulls_with(self, commit: str) -> tuple[Pull, ...]:
        self.asked.append(commit)
        if self.clock is not None:
            self.clock.seconds += 10
        if not self.let.wait(20):
            raise AssertionError("nobody let the forge answer")
        if self.busy:
            raise ForgeBusyError("busy", START + timedelta(minutes=5))
        return (Pull(7, "redaktion", "main", self.merged),) if self.merged else ()

    def reviews(self, pull: Pull) -> tuple[Review, ...]:
        self.asked.append(f"reviews of {pull.number}")
        return self.given

    def head_ref(self, number: int) -> str:
        return f"refs/pull/{number}/head"


@dataclass
class World:
    """A clone whose branch is published, and the forge it came from."""

    root: Path
    state: Path
    clock: SetClock
    forge: SlowForge

    def reviewing(self) -> Reviewing:
        def open_with(place: ForgePlace, _environ: Mapping[str, str], _clock: Clock) -> Forge:
            assert place == PLACE
            return self.forge

        environ = {"LEITSTAND_STATE_DIR": str(self.state), "PATH": "/usr/bin:/bin"}
        return Reviewing(self.root, self.clock, environ, open_with)

    def write(self, *posts: str) -> str:
        """Each post in a commit of its own, pushed; the last commit."""
        for number, text in enumerate(posts):
            path = self.root / f"content/posts/{number}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            git(self.root, "add", "-A")
            git(self.root, "commit", "-q", "-m", "x")
        git(self.root, "push", "-q", "origin", "main")
        return git(self.root, "rev-parse", "HEAD")


@pytest.fixture
def world(tmp_path: Path) -> World:
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "forge.git")
    git(tmp_path, "clone", "-q", "forge.git", "clone")
    root = tmp_path / "clone"
    git(root, "switch", "-q", "-C", "main")
    (root / "leitstand.toml").write_text(SETTINGS, encoding="utf-8")
    return World(root, tmp_path / "state", SetClock(START), SlowForge())


def test_a_forge_that_hangs_holds_nothing_up(world: World) -> None:
    """While it does not answer, a tick's question returns at once, and nobody asks a second time."""
    world.write(post(1, START + timedelta(days=1)))
    reviewing = world.reviewing()
    assert reviewing.refresh() == ""
    for _minute in range(5):
        world.clock.seconds += 60
        assert reviewing.refresh() == ""
    assert len([thread for thread in threading.enumerate() if thread.name == "reviews"]) == 1
    world.forge.let.set()
    reviewing.wait(20)
    assert len(world.forge.asked) == 1
    assert read_knowledge(world.state, PLACE).answered == START


def test_the_next_due_are_asked_for_and_not_too_many(world: World) -> None:
    """Of many posts without approvals the next thirty are asked for; drafts, past ones and foreign branches are not."""
    late = post(0, START - timedelta(days=3))
    draft = post(1, START + timedelta(hours=1)).replace("status: ready", "status: draft")
    many = [post(number, START + timedelta(days=60 - number)) for number in range(2, 2 + MOST_POSTS + 5)]
    world.write(late, draft, *many)
    world.forge.let.set()
    assert world.reviewing().ask() == ""
    commits = git(world.root, "log", "--format=%H", "-n", str(MOST_POSTS)).split()
    assert world.forge.asked == commits  # written last means due first here


def test_a_round_ends_after_a_minute(world: World) -> None:
    """A forge that takes ten seconds for every answer is not asked for all thirty in one go."""
    world.write(*[post(number, START + timedelta(days=1 + number)) for number in range(30)])
    world.forge.merged = git(world.root, "rev-parse", "HEAD")
    world.forge.clock = world.clock
    world.forge.let.set()
    world.reviewing().ask()
    assert 5 <= len([one for one in world.forge.asked if not one.startswith("reviews")]) <= 8


def test_it_is_not_asked_twice_in_a_minute_by_two_processes(world: World) -> None:
    """Cron and restarts count, too: what was asked a moment ago is not asked again, and its problem is still said."""
    world.write(post(1, START + timedelta(days=1)))
    world.forge.let.set()
    world.forge.busy = True
    said = world.reviewing().ask()
    assert said == "reviews cannot be read, those that are known stay: busy"
    world.clock.moment += timedelta(seconds=30)
    assert world.reviewing().ask() == said
    assert len(world.forge.asked) == 1
    world.clock.moment += timedelta(seconds=30)
    world.forge.busy = False
    assert world.reviewing().ask() == ""
    assert len(world.forge.asked) == 2


def test_what_cannot_be_asked_is_said_in_a_sentence(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """No token, no remote branch, and a defect of ours: a sentence each, and never an exception in a thread."""
    world.write(post(1, START + timedelta(days=1)))
    plain = Reviewing(world.root, world.clock, {"LEITSTAND_STATE_DIR": str(world.state)})
    assert "LEITSTAND_TOKEN_FORGE" in plain.ask()
    world.forge.let.set()
    monkeypatch.setattr(world.forge, "pulls_with", lambda _commit: 1 // 0)
    assert "a defect of ours keeps reviews from being read: ZeroDivisionError" in world.reviewing().ask()
    (world.root / "leitstand.toml").write_text(SETTINGS.replace("origin/main", "main"), encoding="utf-8")
    assert "[forge] needs a remote branch" in world.reviewing().ask()


def test_without_a_forge_nothing_is_asked(world: World) -> None:
    """A workspace without the table [forge] asks nobody and writes nothing."""
    world.write(post(1, START + timedelta(days=1)))
    text = SETTINGS.partition("[forge]")[0]
    (world.root / "leitstand.toml").write_text(text, encoding="utf-8")
    assert world.reviewing().ask() == ""
    assert (world.forge.asked, world.state.exists()) == ([], False)
