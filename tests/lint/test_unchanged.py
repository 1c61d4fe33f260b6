from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.probe import PROBE, write_files
from toolkit.findings.inputs import read_inputs
from toolkit.findings.moment import Moment
from toolkit.lint import all_rules, check_whole
from toolkit.lint.house import House
from toolkit.lint.rule import View
from toolkit.lint.unchanged import Said, Unchanged, noted
from toolkit.model import Approval, Fix, Post, Problem, Severity, Span
from toolkit.workspace import Workspace, load_workspace

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
DUE = NOW + timedelta(hours=3)
FIX = Fix(3, 5, "ü", safe=True, title="Schreib ü")
PROBLEM = Problem("content/posts/a.md", Span(2, 3, 2, 5), "link", Severity.HINT, "“x” ☕", FIX, "content/posts/b.md")


def kept(root: Path, now: Moment, *, whole: bool = True) -> Unchanged:
    """A memory of one post, whose answer holds until `DUE`, saved."""

    def find() -> Iterator[Said]:
        assert now < DUE
        yield Said([PROBLEM], whole=whole)

    memory = Unchanged(root, "around")
    assert memory.recall("a", now) is None
    memory.note("a", *noted(now, find()))
    memory.save()
    return memory


def test_what_was_said_of_a_post_comes_back_as_it_was(tmp_path: Path) -> None:
    """Place, severity, fix and the other file; nobody is asked, nothing is written, and until when it holds is noted."""
    written = kept(tmp_path, Moment.watch(NOW)).file.stat().st_mtime_ns
    again, later = Unchanged(tmp_path, "around"), Moment.watch(NOW + timedelta(hours=1))
    assert again.recall("a", later) == [PROBLEM]
    assert (again.recalled, later.period.until) == (True, DUE)
    again.save()
    assert again.file.stat().st_mtime_ns == written


@pytest.mark.parametrize(
    ("around", "key", "now"), [("other", "a", NOW), ("around", "b", NOW), ("around", "a", DUE)], ids=str
)
def test_another_post_other_surroundings_and_a_later_time_are_asked_about(
    tmp_path: Path, around: str, key: str, now: datetime
) -> None:
    """What was found holds for one text, in one workspace, up to the moment that somebody compared with."""
    kept(tmp_path, Moment.watch(NOW))
    assert Unchanged(tmp_path, around).recall(key, Moment.watch(now)) is None


def test_an_answer_that_is_not_whole_is_not_remembered(tmp_path: Path) -> None:
    """A rule that was stopped on the way may find more the next time."""
    kept(tmp_path, Moment.watch(NOW), whole=False)
    assert Unchanged(tmp_path, "around").recall("a", Moment.watch(NOW)) is None


def test_posts_that_are_gone_are_forgotten(tmp_path: Path) -> None:
    """The file holds what the last check met."""
    kept(tmp_path, Moment.watch(NOW))
    later = Unchanged(tmp_path, "around")
    later.note("b", *noted(Moment.watch(NOW), [Said([])]))
    later.save()
    assert list(json.loads(later.file.read_bytes())["posts"]) == ["b"]


def test_a_damaged_memory_is_none(tmp_path: Path) -> None:
    """Whatever lies in the file, and whoever put a link there, the post is asked about."""
    file = kept(tmp_path, Moment.watch(NOW)).file
    good = json.loads(file.read_bytes())
    since, until, [told] = good["posts"]["a"]
    rows: list[object] = [None, 1, [], [since, until, [[]]], ["x", until, [told]], ["2026-11-21", "2026-11-22", [told]]]
    rows += [
        [since, until, [[*told[:at], bad, *told[at + 1 :]]]] for at, bad in enumerate([1, [1], 2, "bad", 3, [1], 4])
    ]
    for row in rows:
        file.write_text(json.dumps({**good, "posts": {"a": row}}), encoding="utf-8")
        assert Unchanged(tmp_path, "around").recall("a", Moment.watch(NOW)) is None
    for data in (b"", b"[]", b"\xff", b"{}", b"[" * 100_000, b'{"surroundings": "around", "posts": 1}'):
        file.write_bytes(data)
        assert Unchanged(tmp_path, "around").recall("a", Moment.watch(NOW)) is None
    (tmp_path / "elsewhere").write_text(json.dumps(good), encoding="utf-8")
    file.unlink()
    file.symlink_to(tmp_path / "elsewhere")
    assert Unchanged(tmp_path, "around").recall("a", Moment.watch(NOW)) is None


UIDS = [f"01JDK3V7Q2M8X4T6R9A0B1C2D{number}" for number in range(3)]
POST = "---\nuid: {uid}\ntitle: x\nauthor: anna\nstatus: ready\npublish: 2026-11-20 08:00\nchannels: [news]\n---\nHallo {uid}\n"


@dataclass(frozen=True)
class Row:
    """A row of the ledger."""

    uid: str
    state: str = "confirmed"
    account: str = "news"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Three posts and a picture that nobody shows."""
    posts = {f"content/posts/{number}.md": POST.format(uid=uid) for number, uid in enumerate(UIDS)}
    return write_files(tmp_path, {"leitstand.toml": PROBE, "content/media/a.txt": "a", **posts})


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the posts that rules were asked about."""
    found: list[str] = []
    original = House.check_post

    def check_post(self: House, post: Post, view: View, off: frozenset[str] = frozenset()) -> Said:
        found.append(Path(post.path).stem)
        return original(self, post, view, off)

    monkeypatch.setattr(House, "check_post", check_post)
    return found


def check(root: Path, rows: Sequence[Row] = (), approvals: str = "", now: datetime = NOW) -> Sequence[Problem]:
    """Everything that is wrong, remembered as far as possible; `approvals` is the uid of a post that Anna approved."""
    inputs = read_inputs(root, "program", (), settled=0)
    given = {approvals: (Approval("anna", NOW, "sha256:x"),)} if approvals else {}
    workspace = replace(load_workspace(root, inputs.tree), approvals=given)
    found, period = check_whole(
        workspace,
        inputs,
        now=now,
        ledger_rows=rows,
        program="program",
        again=lambda: read_inputs(root, "program", (), settled=0).key,
    )
    assert period is None or period.contains(now)
    return found


def test_only_the_post_that_changed_is_asked_about(root: Path, asked: list[str]) -> None:
    """An edit, a new name, a row of the ledger, an approval: the other posts are as they were."""
    first = check(root)
    assert (sorted(asked), check(root)) == (["0", "1", "2"], first)
    del asked[:]
    (root / "content/posts/1.md").write_text(POST.format(uid=UIDS[1]) + "http://example.com\n", encoding="utf-8")
    assert {problem.rule for problem in check(root)} - {problem.rule for problem in first} == {"link"}
    (root / "content/posts/2.md").rename(root / "content/posts/3.md")
    check(root)
    check(root, approvals=UIDS[0])
    assert asked == ["1", "3", "0"]


def test_the_ledger_of_a_post_is_its_own(root: Path, asked: list[str]) -> None:
    """A first row may say something of every post, a further one only of its own."""
    rows = [Row(UIDS[0])]
    assert "publish-time" not in {problem.rule for problem in check(root)}
    assert "publish-time" in {problem.rule for problem in check(root, rows)}
    del asked[:]
    check(root, [*rows, Row(UIDS[2])])
    assert asked == ["2"]


@pytest.mark.parametrize("name", ["leitstand.toml", "content/media/a.txt", "guidelines/a.md", "content/campaigns/a.md"])
def test_what_all_posts_share_has_all_of_them_asked_about(root: Path, asked: list[str], name: str) -> None:
    """Settings, media, handbook and campaigns."""
    check(root)
    write_files(root, {name: f"{PROBE}\n" if name.endswith(".toml") else "anders"})
    check(root)
    assert sorted(asked) == ["0", "0", "1", "1", "2", "2"]


def test_a_file_that_comes_while_we_look_is_not_remembered_as_looked_at(
    root: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody knows which rule saw it."""
    original = House.check

    def check_house(self: House, view: View, off: frozenset[str] = frozenset()) -> Sequence[Problem]:
        write_files(root, {"content/media/b.txt": "b"})
        return list(original(self, view, off))

    monkeypatch.setattr(House, "check", check_house)
    check(root)
    (root / "content/media/b.txt").unlink()
    monkeypatch.undo()
    assert not Unchanged(root, "").file.exists()


def test_a_rule_about_a_post_looks_at_no_other_post() -> None:
    """Every rule says the same of each of our own posts when the others are gone: what it said may be remembered."""
    workspace = load_workspace(Path(__file__).parents[2])
    whole = View(workspace, NOW, ledger_rows=[Row(workspace.posts[0].uid)])
    for post in whole.posts:
        alone = View(_without_others(workspace, post), NOW, ledger_rows=whole.ledger_rows)
        for rule in all_rules().values():
            if rule.check_post is not None:
                assert list(rule.check_post(post, alone)) == list(rule.check_post(post, whole)), (post.path, rule.id)


def _without_others(workspace: Workspace, post: Post) -> Workspace:
    return replace(workspace, posts=(post,))
