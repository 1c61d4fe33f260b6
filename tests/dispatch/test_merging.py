"""From the forge to the network without anybody at a terminal: a bare repository, a clone with the daemon, real ticks.

The forge's API is pretended (its requests and answers are checked in tests/forge), everything else is real: git, the
ledger, the feed that is published.
"""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.servers.pretend import DROP, PretendServer, Reply, Request
from toolkit.cli.doctor import run as doctor
from toolkit.cli.plan import run as plan
from toolkit.cli.publish import run as publish
from toolkit.cli.status import run as status
from toolkit.dispatch.daemon import Notice, publish_tick
from toolkit.ledger import Row, State, open_ledger
from toolkit.model import SetClock

START = datetime(2026, 12, 1, 6, 0, tzinfo=UTC)
UID = "01JDK3V7Q2M8X4T6R9A0B1C2D3"
PATH = "content/posts/tuer.md"
SETTINGS = """\
format = 1
[workspace]
id = "probe"
timezone = "UTC"
languages = ["de"]
interface = "en"
[people.redaktion]
roles = ["editor"]
[people.leitung]
roles = ["manager"]
forge = "octocat"
[accounts.news]
network = "feed"
id = "https://example.com/feed"
[policy]
approvals = {approvals}
[publish]
ref = "origin/main"
interval = 20
"""
FORGE = '[forge]\nkind = "github"\nproject = "octo-org/octo-repo"\nurl = "{address}"\n'


def post(due: datetime, text: str = "Hallo.") -> str:
    head = f"uid: {UID}\ntitle: Tür\nauthor: redaktion\nstatus: ready\nchannels: [news]\nlanguage: de\n"
    return f"---\n{head}publish: {due:%Y-%m-%d %H:%M:%S}\n---\n{text}\n"


def git(folder: Path, *args: str) -> str:
    identity = ("-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *identity, *args], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@dataclass
class Town:
    """`forge`: what people push to. `desk`: an editor's clone. `machine`: the clone of the daemon."""

    forge: Path
    desk: Path
    machine: Path
    state: Path
    clock: SetClock = field(default_factory=lambda: SetClock(START))
    said: list[str] = field(default_factory=list)
    tick: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Begin the daemon, which meets its account and takes nothing for due."""
        environ = {
            "LEITSTAND_STATE_DIR": str(self.state),
            "LEITSTAND_TOKEN_FORGE": "example-token",
            "PATH": "/usr/bin:/bin",
        }

        def say(notice: Notice) -> None:
            self.said.append(notice.text)

        once = publish_tick(self.machine, self.clock, environ, say)

        def tick() -> None:
            once(lambda: None)
            for thread in threading.enumerate():
                if thread.name == "reviews":
                    thread.join(30)

        self.tick = tick
        tick()

    def wait(self, seconds: float, every: float = 20) -> None:
        """Let time pass with a tick every now and then, as the daemon does."""
        ends = self.clock.seconds + seconds
        while self.clock.seconds < ends:
            self.clock.seconds += every
            self.clock.moment += timedelta(seconds=every)
            self.tick()

    def push(self, message: str, *args: str, branch: str = "main") -> str:
        git(self.desk, "add", "-A")
        git(self.desk, "commit", "-q", "--allow-empty", "-m", message)
        git(self.desk, "push", "-q", *args, "origin", f"HEAD:{branch}")
        return git(self.desk, "rev-parse", "HEAD")

    def write(self, text: str, path: str = PATH) -> None:
        (self.desk / path).parent.mkdir(parents=True, exist_ok=True)
        (self.desk / path).write_text(text, encoding="utf-8")

    def rows(self) -> list[Row]:
        with open_ledger(self.state / "ledger.sqlite", now=self.clock.now(), read_only=True) as ledger:
            return ledger.rows()

    def states(self) -> list[State]:
        return [row.state for row in self.rows()]


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """Everything but the daemon, with settings that ask for no approvals."""
    found = Town(tmp_path / "forge.git", tmp_path / "desk", tmp_path / "machine", tmp_path / "state")
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(found.forge))
    git(tmp_path, "clone", "-q", str(found.forge), str(found.desk))
    found.write(SETTINGS.format(approvals=0), "leitstand.toml")
    found.push("settings")
    git(tmp_path, "clone", "-q", str(found.forge), str(found.machine))
    return found


@dataclass
class Reviews:
    """What the forge's API says: commit → the pull request that brought it, and who approved what."""

    pretend: PretendServer
    merged: str = ""
    reviews: list[tuple[str, str, str]] = field(default_factory=list)  # login, state, commit
    down: bool = False

    def answer(self, request: Request) -> Reply:
        if request.path.endswith(f"/commits/{self.merged}/pulls"):
            user, base = {"login": "redaktion"}, {"ref": "main"}
            pull = {"number": 7, "user": user, "base": base, "merge_commit_sha": self.merged}
            return Reply(200, [pull | {"merged_at": "2026-11-30T10:00:00Z"}])
        if request.path.endswith("/pulls/7/reviews"):
            at = "2026-11-30T09:00:00Z"
            return Reply(
                200,
                [
                    {"user": {"login": who}, "state": state, "commit_id": commit, "submitted_at": at}
                    for who, state, commit in self.reviews
                ],
            )
        return Reply(200, [])


@pytest.fixture
def reviews(town: Town, pretend: PretendServer) -> Reviews:
    """One approval is needed, and reviews on the forge are read."""
    found = Reviews(pretend)
    pretend.routes["GET /*"] = lambda request: DROP if found.down else found.answer(request)
    town.write(SETTINGS.format(approvals=1) + FORGE.format(address=pretend.address), "leitstand.toml")
    town.push("settings")
    git(town.machine, "pull", "-q")
    return found


def pull_request(town: Town, reviews: Reviews, text: str) -> str:
    """Push a branch, have it approved and squashed into main; the id of the commit on main."""
    git(town.desk, "switch", "-q", "-c", "topic")
    town.write(text)
    reviewed = town.push("topic", branch="refs/pull/7/head")
    git(town.desk, "switch", "-q", "main")
    git(town.desk, "merge", "-q", "--squash", "topic")
    reviews.merged = town.push("squash")
    reviews.reviews = [("octocat", "APPROVED", reviewed)]
    assert not has(town.machine, reviewed)
    return reviews.merged


def has(root: Path, commit: str) -> bool:
    return subprocess.run(["git", "cat-file", "-e", commit], cwd=root, check=False, capture_output=True).returncode == 0


def test_a_merge_goes_out_within_one_fetch_interval(town: Town) -> None:
    """A post that is due when it is merged is sent at most a minute and a tick later, by the commit that was merged."""
    town.start()
    town.wait(20)
    town.write(post(town.clock.now()))
    merged = town.push("merge")
    at = town.clock.now()
    while not town.rows():
        town.wait(20)
    assert town.clock.now() - at <= timedelta(seconds=60)
    assert [(row.state, row.commit) for row in town.rows()] == [(State.CONFIRMED, merged)]
    assert "Hallo." in (town.state / "feeds/news.atom").read_text(encoding="utf-8")
    assert town.said == []


def test_an_approved_and_merged_pull_request_goes_out(town: Town, reviews: Reviews) -> None:
    """Squashed, its branch gone: the review of the commit that no branch has is an approval, and the post goes out on time."""
    town.start()
    due = START + timedelta(minutes=5)
    merged = pull_request(town, reviews, post(due))
    town.wait(240)
    assert town.states() == [State.PLANNED]
    town.wait(80)
    assert [(row.state, row.commit) for row in town.rows()] == [(State.CONFIRMED, merged)]
    assert town.said == []


def test_the_forge_is_asked_once_a_minute(town: Town, reviews: Reviews) -> None:
    """Ten minutes of ticks every 20 seconds: at most one look a minute at what is missing, none at what is granted."""
    town.start()
    pull_request(town, reviews, post(START + timedelta(days=1)))
    reviews.reviews = []
    town.wait(600)
    looks = [one for one in reviews.pretend.requests if one.path.endswith("/reviews")]
    assert 8 <= len(looks) <= 10
    reviews.reviews = [("octocat", "APPROVED", git(town.desk, "rev-parse", "topic"))]
    town.wait(60)
    before = len(reviews.pretend.requests)
    town.wait(600)
    assert len(reviews.pretend.requests) == before


def test_without_the_review_it_waits_and_says_so(town: Town, reviews: Reviews) -> None:
    """A stranger's yes, a yes to another commit and a dismissed one: the post waits, and the reason names what is missing."""
    town.start()
    due = START + timedelta(minutes=3)
    pull_request(town, reviews, post(due))
    _who, _state, reviewed = reviews.reviews[0]
    reviews.reviews = [("stranger", "APPROVED", reviewed), ("octocat", "DISMISSED", reviewed)]
    town.wait(300)
    (row,) = town.rows()
    assert (row.state, row.reason) == (State.PLANNED, "needs 1 approval (manager), has 0")
    reviews.reviews = [("octocat", "APPROVED", git(town.desk, "rev-parse", "topic~1"))]
    town.wait(120)
    assert town.states() == [State.PLANNED]
    reviews.reviews = [("octocat", "APPROVED", reviewed)]
    town.wait(120)
    assert town.states() == [State.CONFIRMED]


def test_a_review_that_is_dismissed_before_it_is_due_stops_the_post(town: Town, reviews: Reviews) -> None:
    """A yes that was taken back is noticed within a quarter of an hour."""
    town.start()
    pull_request(town, reviews, post(START + timedelta(minutes=30)))
    town.wait(120)
    reviews.reviews = [("octocat", "DISMISSED", reviews.reviews[0][2])]
    town.wait(31 * 60)
    assert town.states() == [State.PLANNED]


def test_every_verb_knows_the_reviews(
    town: Town, reviews: Reviews, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`publish` reads them like the daemon does; `plan`, `status` and `doctor` say what is known, and nothing of the token."""
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(town.state))
    monkeypatch.setenv("LEITSTAND_TOKEN_FORGE", "example-token")
    town.start()
    pull_request(town, reviews, post(START + timedelta(hours=30)))
    git(town.machine, "pull", "-q")
    town.clock.moment += timedelta(minutes=2)
    now = town.clock.now().isoformat()

    def said(verb: Callable[..., int], **options: object) -> str:
        capsys.readouterr()
        assert verb(now=now, **options) == 0
        out = capsys.readouterr()
        assert "example-token" not in out.out + out.err
        return out.out

    assert json.loads(said(plan, folder=town.machine, as_json=True))["slots"][0]["approval"]["given"] == []
    said(publish, workspace=town.machine)
    assert json.loads(said(plan, folder=town.machine, as_json=True))["slots"][0]["approval"]["given"] == ["leitung"]
    assert "1 approving review known, read 0 min ago" in said(status, workspace=town.machine)
    assert json.loads(said(status, workspace=town.machine, as_json=True))["reviews"]["known"] == 1
    capsys.readouterr()
    doctor(folder=town.machine, now=now)
    assert "1 approving review known" in capsys.readouterr().out


def test_an_edit_after_the_review_stops_the_post(town: Town, reviews: Reviews) -> None:
    """What is pushed to the branch without a review is not what was approved."""
    town.start()
    due = START + timedelta(minutes=10)
    pull_request(town, reviews, post(due))
    town.wait(120)
    town.write(post(due, "Hallo Welt."))
    town.push("edit")
    town.wait(600)
    (row,) = town.rows()
    assert row.state is State.PLANNED
    assert "leitung's is void: the post changed since" in row.reason


def test_a_forge_that_is_down_takes_nothing_away(town: Town, reviews: Reviews) -> None:
    """What is known stays, also over a restart; it is said once; nothing new is believed; ticks go on."""
    town.start()
    pull_request(town, reviews, post(START + timedelta(minutes=20)))
    town.wait(120)
    reviews.down = True
    town.start()
    town.wait(1000)
    assert len([line for line in town.said if "reviews cannot be read" in line]) == 1
    town.wait(200)
    assert town.states() == [State.CONFIRMED]


def test_an_unreachable_remote_keeps_what_is_known(
    town: Town, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A post that was fetched goes out although the remote is gone; it is said, and status and doctor tell the age."""
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(town.state))
    town.start()
    town.write(post(START + timedelta(minutes=10)))
    town.push("merge")
    town.wait(60)
    assert look(town, capsys) == Look(0, "", "", alarming=False)
    town.forge.rename(town.forge.parent / "moved")
    town.wait(600)
    assert town.states() == [State.CONFIRMED]
    assert len(town.said) == 1
    assert "cannot fetch origin/main, publishing the last commit that is known" in town.said[0]
    found = look(town, capsys)
    assert (found.seconds, found.problem, found.alarming) == (600, town.said[0], True)
    doctor(folder=town.machine, now=town.clock.now().isoformat())
    assert "origin/main fetched 10 min ago" in capsys.readouterr().out


def test_a_rewritten_history_is_said_and_sends_nothing_again(
    town: Town, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forced back before the post and forward again: the row stays as it was, one entry in the feed, one line each."""
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(town.state))
    town.start()
    town.write(post(START + timedelta(minutes=1)))
    merged = town.push("merge")
    town.wait(120)
    sent = town.rows()
    assert [(row.state, row.commit) for row in sent] == [(State.CONFIRMED, merged)]
    git(town.desk, "reset", "-q", "--hard", "HEAD~1")
    town.push("other", "--force")
    town.wait(60)
    assert town.said == [
        f"the history of origin/main was rewritten: {merged[:12]} is not in it any more; what was sent stays sent"
    ]
    assert look(town, capsys) == Look(0, "", merged, alarming=False)
    git(town.desk, "reset", "-q", "--hard", merged)
    town.write(post(START + timedelta(minutes=3), "Hallo, geändert."))
    town.push("again", "--force")
    town.wait(300)
    assert town.rows() == sent
    assert len(town.said) == 2
    assert (town.state / "feeds/news.atom").read_text(encoding="utf-8").count("</entry>") == 1


@dataclass(frozen=True)
class Look:
    """What `leitstand status --json` says about fetching, and whether a person has to look."""

    seconds: int
    problem: str
    lost: str
    alarming: bool


def look(town: Town, capsys: pytest.CaptureFixture[str]) -> Look:
    """Ask `leitstand status` as a program does; its exit code agrees with what it says."""
    capsys.readouterr()
    code = status(town.machine, town.clock.now().isoformat(), as_json=True)
    found = json.loads(capsys.readouterr().out)
    fetch = found["fetch"]
    assert code == int(found["alarming"])
    return Look(fetch["seconds"], fetch["problem"], fetch["lost"], found["alarming"])
