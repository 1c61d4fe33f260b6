from __future__ import annotations

from datetime import datetime

import pytest

from tests.lint.conftest import SETTINGS, Desk
from toolkit.approval import content_hash
from toolkit.model import Severity

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
