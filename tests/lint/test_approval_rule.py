from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.lint.conftest import SETTINGS, Desk
from toolkit.approval import content_hash, with_words
from toolkit.ledger import ApprovalRow
from toolkit.lint import check_workspace
from toolkit.model import Severity

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
POLICY = SETTINGS + '\n[policy]\napprovals = 1\napprovers = ["manager"]\n'
POST = (
    "---\nauthor: redaktion\nstatus: ready\npublish: 2026-11-22 12:00\nchannels: [mastodon]\n"
    "approved:\n  - by: leitung\n    at: 2026-11-20T10:00:00+01:00\n    hash: {hash}\n---\n{text}\n"
)


def approved(desk: Desk, text: str) -> str:
    """The post with an approval of `text`."""
    desk.post(POST.format(hash="sha256:0", text=text))
    workspace = desk.load()
    return POST.format(hash=content_hash(workspace.posts[0], workspace), text=text)


def test_an_approval_of_this_content_is_fine(desk: Desk) -> None:
    """What is approved as it stands has no problem."""
    desk.settings(POLICY)
    assert desk.messages("approval", approved(desk, "Hallo")) == []


def test_a_changed_post_voids_its_approval(desk: Desk) -> None:
    """One changed letter makes the approval void: an error at its hash, with the name to ask again."""
    desk.settings(POLICY)
    sample = (
        approved(desk, "Hallo").replace("Hallo", "Hello").replace("hash: ", "hash: «").replace("\n---\nH", "»\n---\nH")
    )
    sample = sample.replace("publish: 2026-11-22 12:00", "publish: 2026-11-28 12:00")
    assert desk.messages("approval", sample) == [
        "the post changed since leitung approved it; ask again: leitstand approve"
    ]
    assert [problem.severity for problem in desk.check("approval")] == [Severity.ERROR]


def test_what_is_out_is_out(desk: Desk) -> None:
    """A void approval of a published post is no error."""
    desk.settings(POLICY)
    desk.post(POST.format(hash="sha256:0", text="Hallo").replace("2026-11-22", "2026-11-20"))
    assert desk.check("approval") == []


@pytest.mark.parametrize(("now", "count"), [("2026-11-21T11:59+01:00", 0), ("2026-11-21T12:00+01:00", 1)])
def test_a_missing_approval_is_said_a_day_before(desk: Desk, now: str, count: int) -> None:
    """From 24 hours before the time on, a missing approval is a warning."""
    desk.settings(POLICY)
    text = POST.format(hash="x", text="Hallo")
    start, end = text.index("approved:"), text.index("---\nHallo")
    first = "«---»" if count else "---"
    messages = desk.messages("approval", first + text[3:start] + text[end:], now=datetime.fromisoformat(now))
    assert [message.partition(":")[0] for message in messages] == ["due 2026-11-22 12"][:count]


def test_without_a_policy_nothing_is_missing(desk: Desk) -> None:
    """With no approvals required only a void one is pointed out, as a warning."""
    desk.post(POST.format(hash="sha256:0", text="Hallo"))
    assert [problem.severity for problem in desk.check("approval")] == [Severity.WARNING]


def test_what_was_sent_back_is_told_until_it_is_changed(desk: Desk) -> None:
    """The note of who sent it back is a warning, however far the day is; after a change it is not told any more."""
    desk.settings(POLICY)
    uid = "01JDK3V7Q2M8X4T6R9A0B1C2D3"
    text = (
        POST.format(hash="x", text="Hallo")
        .replace("---\n", f"---\nuid: {uid}\n", 1)
        .replace("2026-11-22", "2026-12-22")
    )
    start, end = text.index("approved:"), text.index("---\nHallo")
    desk.post(text[:start] + text[end:])
    workspace = desk.load()
    said = ApprovalRow(
        uid, "leitung", NOW, content_hash(workspace.posts[0], workspace), granted=False, note="Bitte mit Preis"
    )
    found = [one for one in check_workspace(with_words(workspace, [said]), now=NOW) if one.rule == "approval"]
    assert [(one.message, one.severity) for one in found] == [
        ("leitung sent it back: Bitte mit Preis", Severity.WARNING)
    ]
    desk.post((text[:start] + text[end:]).replace("Hallo", "Hallo, 9 Euro"))
    found = check_workspace(with_words(desk.load(), [said]), now=NOW)
    assert [one for one in found if one.rule == "approval"] == []
