from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from toolkit.cli import execute
from toolkit.community.inbox.book import Inbox, open_inbox
from toolkit.community.inbox.conversation import Stage
from toolkit.community.inbox.desk import Wanted
from toolkit.community.replies.bench import lay_out
from toolkit.community.replies.book import Replies
from toolkit.community.replies.checking import errors_of
from toolkit.community.replies.reply import ReplyState
from toolkit.community.triage.book import read_book
from toolkit.community.triage.keeping import examine_ours, keep
from toolkit.database import Place
from toolkit.errors import UsageError
from toolkit.sample.talk import TALKS
from toolkit.sample.team import Team, fill_inbox, work_through
from toolkit.workspace import Workspace, drafts, load_workspace

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 21, 11, tzinfo=UTC)


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return load_workspace(ROOT)


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    with open_inbox(Place(tmp_path / "inbox.sqlite"), now=NOW) as opened:
        yield opened


def tell(inbox: Inbox) -> list[str]:
    """What stands in the inbox, without the ids that chance makes."""
    found = inbox.conversations(Wanted((), limit=100), now=NOW)
    return sorted(
        f"{one.author} {one.stage} {one.assignee} {one.labels} {[said.message.text for said in inbox.entries(one)]}"
        for one in found
    )


def seed(inbox: Inbox, workspace: Workspace) -> Team:
    found = fill_inbox(inbox, workspace, NOW)
    keep(inbox, examine_ours(inbox, read_book(workspace), NOW), NOW)
    return Team(inbox, found, workspace, NOW)


def test_every_talk_is_one_conversation_below_a_post_that_is_out(inbox: Inbox, workspace: Workspace) -> None:
    """Nothing is lost or joined; what stands below a post stands below one of the workspace that was published."""
    team = seed(inbox, workspace)
    assert set(team.found) == {talk.key for talk in TALKS}
    assert len(set(team.found.values())) == len(TALKS)
    posts = {post.uid: post for post in workspace.posts}
    for talk in TALKS:
        seen = inbox.conversation(team.found[talk.key], now=NOW)
        assert [entry.message.text for entry in inbox.entries(seen)] == [line.text for line in talk.lines]
        if talk.post:
            post = posts[seen.uid]
            assert talk.post in post.title
            drawn = [one for one in drafts(post, workspace.settings) if one.account.name == talk.account]
            assert any(one.publish is not None and one.publish.instant() < NOW for one in drawn), talk.key


def test_the_same_moment_gives_the_same_inbox(inbox: Inbox, workspace: Workspace, tmp_path: Path) -> None:
    """Two runs say, assign, label and answer the same."""
    work_through(seed(inbox, workspace))
    with open_inbox(Place(tmp_path / "other.sqlite"), now=NOW) as other:
        work_through(seed(other, workspace))
        assert tell(inbox) == tell(other)


def test_danger_and_press_stand_above_praise(inbox: Inbox, workspace: Workspace) -> None:
    """The handbook's own rules sort the sample: the scald, the allergy and the press among the first four, thanks last."""
    team = seed(inbox, workspace)
    work_through(team)
    keep(inbox, examine_ours(inbox, read_book(workspace), NOW), NOW)
    order = [one.id for one in inbox.conversations(Wanted(limit=100), now=NOW)]
    assert {team.found[key] for key in ("scald", "nuts", "press")} <= set(order[:4])
    assert order[-1] == team.found["cat"]


def test_the_team_leaves_every_state_behind(inbox: Inbox, workspace: Workspace) -> None:
    """A draft, a reply that waits for a yes, one that goes out; done, snoozed, waiting and new conversations; nobody absent has any."""
    work_through(seed(inbox, workspace))
    assert {one.state for one in Replies(inbox).open()} == {ReplyState.DRAFT, ReplyState.REVIEW, ReplyState.APPROVED}
    found = inbox.conversations(Wanted((), limit=100), now=NOW)
    assert {one.stage for one in found} == set(Stage)
    absent = {key for key, one in workspace.settings.people.items() if one.absent(NOW.date())}
    assert absent
    assert {one.assignee for one in found}.isdisjoint(absent)


def test_finished_replies_have_no_errors(inbox: Inbox, workspace: Workspace) -> None:
    """What the sample's team hands in passes the house's own check."""
    work_through(seed(inbox, workspace))
    for reply in Replies(inbox).open():
        if reply.state is not ReplyState.DRAFT:
            assert errors_of(lay_out(inbox, reply.conversation, workspace, NOW).check(reply.text)) == []


def test_nobody_real_is_in_it() -> None:
    """Every address lies below a domain that can belong to nobody, and nothing was said after now or weeks ago."""
    for talk in TALKS:
        for domain in re.findall(r"[\w-]+\.\w[\w.-]*", talk.handle.rpartition("@")[2]):
            assert domain.endswith(".example"), talk.handle
        hours = [line.hours for line in talk.lines]
        assert hours == sorted(hours, reverse=True)
        assert all(timedelta() < timedelta(hours=one) < timedelta(days=4) for one in hours)


def test_it_never_mixes_with_what_people_really_wrote(
    inbox: Inbox,
    workspace: Workspace,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A second run is refused and adds nothing; the verb says so and ends with 2."""
    fill_inbox(inbox, workspace, NOW)
    with pytest.raises(UsageError, match="messages already"):
        fill_inbox(inbox, workspace, NOW)
    assert len(inbox.conversations(Wanted((), limit=100), now=NOW)) == len(TALKS)
    environ = {"LEITSTAND_STATE_DIR": str(tmp_path / "state"), "LEITSTAND_LANG": "en"}
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    args = ["sample", "inbox", "--workspace", str(ROOT), "--now", NOW.isoformat()]
    assert execute([*args, "--json"], environ) == 0
    assert f'"conversations": {len(TALKS)}' in capsys.readouterr().out
    assert execute(args, environ) == 2
    assert "messages already" in capsys.readouterr().err
