from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from toolkit.cli.check.answering import Question, find_answer
from toolkit.cli.context import Context
from toolkit.findings.answers import KEPT, Answer, Answers
from toolkit.findings.moment import Period
from toolkit.model import Fix, Problem, SetClock, Severity, Span
from toolkit.source import FolderTree, Tree
from toolkit.workspace import Workspace, load_settings

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
PERIOD = Period(NOW - timedelta(hours=1), NOW + timedelta(hours=1))
SETTINGS = """format = 1
[workspace]
id = "x"
languages = ["de"]
[people.a]
[people.b]
[policy]
approvals = 1
quiet_hours = ["22:00-06:00"]
[accounts.mastodon]
network = "mastodon"
[accounts.bluesky]
network = "bluesky"
"""
UIDS = [f"01JDK3V7Q2M8X4T6R9A0B1C2D{n}" for n in range(3)]
PROBLEM = Problem(
    "content/ä\udcff.md", Span(1, 2, 3, 4), "link", Severity.HINT, "😀", Fix(1, 2, "☕", safe=True, title="t"), "x"
)


def context(root: Path, now: datetime = NOW) -> Context:
    found, _problems = load_settings(FolderTree(root))
    state = {"LEITSTAND_STATE_DIR": str(root / "state"), "PATH": os.environ.get("PATH", "")}
    return Context(root, found, SetClock(now), state)


POSTS = st.builds(
    lambda uid, status, time, campaign, text, more: (
        f"---\n{uid}title: x\nauthor: a\nstatus: {status}\npublish: 2026-11-{time}\nchannels: [mastodon, bluesky]\n"
        f"{campaign}{more}---\n{text}\n"
    ),
    st.sampled_from(["", *(f"uid: {uid}\n" for uid in UIDS)]),
    st.sampled_from(["draft", "ready"]),
    st.sampled_from(["20 09:00", "21 13:30", "22 23:00", "23 09:00"]),
    st.sampled_from(["", "campaign: advent\n"]),
    st.sampled_from(["Hallo aus dem Norden, heute gibt es Kaffee", "Tee http://example.com", "lang " * 80]),
    st.sampled_from(
        ["", "ignore:\n  - {rule: link, reason: r, until: 2026-11-22}\n", "media:\n  - {file: media/m.png, alt: Tür}\n",
         "media:\n  - {order: Foto, owner: b, due: 2026-11-22}\n"]
    ),
)  # fmt: skip
NAMES = st.sampled_from([f"content/posts/{name}.md" for name in "abc"])
CAMPAIGNS = st.sampled_from(["", "---\ntitle: Advent\nstart: 2026-11-22\n---\n", "---\nowner: niemand\n---\n"])
PICTURES = st.sampled_from([b"\x89PNG\r\n\x1a\n" + bytes(32), b"\xff\xd8\xff\xe0" + bytes(36), b""])
# A sound rule, the same with another message and another example, one whose example fails, one that cannot be read.
PAGES = st.builds(
    lambda word, message, good: (
        f"# Regeln\n\n```rule\nid: nein\nextends: existence\nmessage: '{message}'\ntokens: ['{word}']\n"
        f"good: ['{good}']\nbad: ['Ein {word} mehr']\n```\n"
    ).encode(),
    st.sampled_from(["Tee", "Kaffee", "Ka(ffee"]),
    st.sampled_from(["%s?", "%s!"]),
    st.sampled_from(["Wasser", "Kaffee und Tee"]),
)
PACKAGED = b"extends: existence\nmessage: '%s'\ntokens: [Norden]\n"
STEPS = st.one_of(
    st.tuples(st.just("write"), NAMES, POSTS.map(str.encode)),
    st.tuples(st.just("write"), st.just("content/campaigns/advent.md"), CAMPAIGNS.map(str.encode)),
    st.tuples(st.just("write"), st.just("content/media/m.png"), PICTURES),
    st.tuples(st.just("write"), st.just("guidelines/stil.md"), st.sampled_from([b"# Stil\n", b"---\nx: [\n---\n"])),
    st.tuples(st.just("write"), st.just("guidelines/regeln.md"), PAGES),
    st.tuples(
        st.just("write"), st.just("guidelines/styles/Haus/Nein.yml"), st.sampled_from([b"extends: x\n", PACKAGED])
    ),
    st.tuples(
        st.just("write"),
        st.just("leitstand.toml"),
        st.sampled_from(["", '[check.severity]\nlink = "off"\n', '[check.severity]\nlink = "error"\n']).map(
            lambda more: (SETTINGS + more).encode()
        ),
    ),
    st.tuples(st.just("delete"), NAMES, st.just(b"")),
    st.tuples(st.just("move"), NAMES, st.just(b"content/posts/moved.md")),
    st.tuples(st.just("commit"), st.just("."), st.just(b"")),
    st.tuples(st.just("wait"), st.just(""), st.sampled_from([b"1", b"45", b"600", b"1500"])),
)


def git(root: Path, *args: str) -> None:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    subprocess.run(["git", "-C", str(root), *who, *args], capture_output=True, check=True)


def edit(root: Path, step: tuple[str, str, bytes]) -> timedelta:
    """Do one step; returns how much time goes by."""
    what, name, data = step
    file = root / name
    if what == "write":
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        os.utime(file, (0, 0))  # times say nothing
    elif what == "delete":
        file.unlink(missing_ok=True)
    elif what == "move" and file.exists():
        file.rename(root / data.decode())
    elif what == "commit":
        git(root, "add", "content", "leitstand.toml")
        git(root, "commit", "-q", "--allow-empty", "-m", "x")
    return timedelta(minutes=int(data)) if what == "wait" else timedelta()


def without_uids(answer: Answer) -> Answer:
    """A minted uid is another one each time."""
    problems = (
        replace(problem, fix=problem.fix and replace(problem.fix, text="")) if problem.rule == "uid" else problem
        for problem in answer.problems
    )
    return Answer(tuple(problems), answer.posts)


def ready(uid: int) -> bytes:
    """A post that waits for its approval and is due in a day and a half."""
    return (
        f"---\nuid: {UIDS[uid]}\ntitle: x\nauthor: a\nstatus: ready\npublish: 2026-11-22 23:00\n"
        "channels: [mastodon]\nmedia:\n  - {file: media/m.png, alt: Tür}\n---\nHallo\n"
    ).encode()


A, M = "content/posts/a.md", "content/media/m.png"


def page(word: str) -> bytes:
    """A handbook page with one sound rule."""
    return f"```rule\nid: x\nextends: existence\nmessage: '%s'\ntokens: [{word}]\ngood: [ja]\nbad: [{word}]\n```\n".encode()


# The commit alone changes the answer, and so do time alone and bytes alone.
@example([("write", A, ready(0)), ("commit", ".", b""), ("write", A, ready(1)), ("commit", ".", b"")])
@example([("write", A, ready(0)), ("wait", "", b"600"), ("wait", "", b"1500"), ("wait", "", b"1500")])
@example([("write", A, ready(0)), *(("write", M, bytes([first]) + b"\xd8\xff\xe0" + bytes(36)) for first in (255, 1))])
@example([("write", A, ready(0)), *(("write", "guidelines/regeln.md", page(word)) for word in ("Tee", "Hallo", "Tee"))])
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(STEPS, min_size=4, max_size=12))
def test_what_is_remembered_is_what_would_be_found(steps: list[tuple[str, str, bytes]]) -> None:
    """After any edits of any files, commits and hours, the remembered answer is the one that a fresh look gives."""
    with TemporaryDirectory() as folder:
        root, now = Path(folder), NOW
        (root / "content/posts").mkdir(parents=True)
        (root / "leitstand.toml").write_text(SETTINGS, encoding="utf-8")
        git(root, "init", "-q")
        for step in steps:
            now += edit(root, step)
            place = context(root, now)
            question = Question(place, now, (), "")
            fresh = question.answer((), remember=False)
            for _time in "ab":
                assert without_uids(find_answer(place, ())) == without_uids(fresh)
            some = question.answer((A,), remember=False)
            assert without_uids(find_answer(place, (A,))) == without_uids(some)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "leitstand.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "content/posts/a.md").write_text(
        f"---\nuid: {UIDS[0]}\npublish: 2026-11-21 14:00\n---\nhttp://a.de", encoding="utf-8"
    )
    return tmp_path


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The times at which the workspace was looked at anew."""
    found: list[datetime] = []
    original: Callable[..., Workspace] = Context.load

    def load(self: Context, *trees: Tree | None) -> Workspace:
        found.append(self.clock.now())
        return original(self, *trees)

    monkeypatch.setattr(Context, "load", load)
    return found


def test_nothing_is_looked_at_twice(root: Path, looks: list[datetime]) -> None:
    """The second answer is remembered, with every problem and post; on the next day it is found anew."""
    first = find_answer(context(root), ())
    assert find_answer(context(root, NOW + timedelta(minutes=5)), ()) == first
    assert (len(looks), first.posts) == (1, ("content/posts/a.md",))
    assert "link" in {problem.rule for problem in first.problems}
    find_answer(context(root, NOW + timedelta(days=2)), ())
    assert len(looks) == 2


def test_some_files_and_unremembered_answers_are_found_anew(root: Path, looks: list[datetime]) -> None:
    """Only whole answers are remembered, and not by whoever does not want that."""
    for _time in "ab":
        find_answer(context(root), (), remember=False)
    assert not (root / ".leitstand").exists()
    for _time in "ab":
        find_answer(context(root), ["content/posts/a.md"])
    assert len(looks) == 4
    assert not Answers(root).folder.exists()


def test_a_broken_cache_is_no_cache(root: Path, looks: list[datetime]) -> None:
    """Whatever lies there (nonsense, another shape, a folder, nothing at all) the answer is the right one."""
    first, places = find_answer(context(root), ()), Answers(root).folder
    [file] = places.glob("*.json")
    for nonsense in (b"", b"[]", b"\xff", b"{}", file.read_bytes()[:-2], b"[" * 100_000):
        file.write_bytes(nonsense)
        assert find_answer(context(root), ()) == first
    file.unlink()
    file.mkdir()
    assert find_answer(context(root), ()) == first
    assert len(looks) == 8
    assert (places.parent / ".gitignore").read_text("utf-8") == "*\n"


def test_where_nothing_can_be_written_nothing_is_remembered(root: Path) -> None:
    """A file in the place of the folder stops no check and stays as it is."""
    (root / ".leitstand").write_text("x", encoding="utf-8")
    assert find_answer(context(root), ()).posts
    assert (root / ".leitstand").read_text("utf-8") == "x"


def test_an_answer_comes_back_as_it_went_in(tmp_path: Path) -> None:
    """With odd bytes in a name, astral letters and a fix; only inside its period, and the last few are kept."""
    answers, answer = Answers(tmp_path), Answer((PROBLEM, replace(PROBLEM, fix=None)), ("a",))
    answers.keep("0", PERIOD, answer)
    assert answers.recall("0", NOW) == answer
    assert answers.recall("1", NOW) is None
    assert answers.recall("0", PERIOD.until) is None
    for number in range(2 * KEPT):
        answers.keep(str(number), PERIOD, answer)
    assert len(list(answers.folder.glob("*.json"))) == KEPT
    assert answers.recall(str(2 * KEPT - 1), NOW) == answer
