from __future__ import annotations

import pytest

from tests.lint.conftest import Desk

COMPLETE = """
---
title: Tür 1
status: ready
publish: 2026-12-01 07:30
channels: [mastodon]
---
Die erste Tür ist auf.
"""


def test_a_complete_post_is_fine(desk: Desk) -> None:
    """A ready post with title, time, channels and text has no problem."""
    assert desk.messages("front-matter", COMPLETE) == []


@pytest.mark.parametrize(
    ("line", "status", "said"),
    [
        ("publish: 2026-12-01 07:30\n", "«ready»", "a ready post needs a time"),
        ("channels: [mastodon]\n", "«ready»", "a ready post needs channels"),
    ],
)
def test_what_a_ready_post_lacks_is_said_at_its_status(desk: Desk, line: str, status: str, said: str) -> None:
    """Time and channels are asked for where the post claims to be ready."""
    sample = COMPLETE.replace(line, "").replace("ready", status)
    (message,) = desk.messages("front-matter", sample)
    assert message.startswith(said)


def test_a_ready_post_needs_a_title(desk: Desk) -> None:
    """A missing title is reported in the first line, where it is to be written."""
    sample = COMPLETE.replace("title: Tür 1\n", "").replace("---\n", "«---»\n", 1)
    assert desk.messages("front-matter", sample) == ["a ready post needs a title"]


def test_a_ready_post_needs_something_to_send(desk: Desk) -> None:
    """Neither text nor media is an error of a ready post."""
    sample = COMPLETE.replace("Die erste Tür ist auf.\n", "").replace("ready", "«ready»")
    assert desk.messages("front-matter", sample) == ["a ready post needs a text or media"]


def test_empty_channels_are_pointed_at(desk: Desk) -> None:
    """An empty list of channels is reported at the key."""
    (message,) = desk.messages("front-matter", COMPLETE.replace("channels: [mastodon]", "«channels»: []"))
    assert message.startswith("a ready post needs channels")


def test_own_times_are_enough(desk: Desk) -> None:
    """A post whose every channel has its own time needs no common one."""
    own = "options: {mastodon: {publish: 2026-12-01 07:30}}\n"
    assert desk.messages("front-matter", COMPLETE.replace("publish: 2026-12-01 07:30\n", own)) == []


def test_the_next_free_slot_is_a_time(desk: Desk) -> None:
    """`publish: next` is a time."""
    assert desk.messages("front-matter", COMPLETE.replace("2026-12-01 07:30", "next")) == []


def test_drafts_may_be_incomplete(desk: Desk) -> None:
    """A draft is asked for nothing."""
    assert desk.messages("front-matter", "---\nstatus: draft\n---\n") == []


def test_a_time_without_status_is_a_draft(desk: Desk) -> None:
    """A post with a time but no status is pointed out, because it will not be sent."""
    (message,) = desk.messages("front-matter", COMPLETE.replace("status: ready\n", "").replace("---\n", "«---»\n", 1))
    assert "counts as a draft" in message


@pytest.mark.parametrize(
    ("sample", "said"),
    [
        ("---\ntitle: x\n«chanels»: [mastodon]\n---\n", "unknown key 'chanels'; did you mean 'channels'?"),
        ("---\ntitle: x\nstatus: «redy»\n---\n", "status must be one of draft, review, ready, not 'redy'"),
        ("---\ntitle: x\ndue: «morgen»\n---\n", "due must be a date such as 2026-12-01, not 'morgen'"),
        ("---\ntitle: x\npublish: «2026-12-01»\nstatus: draft\n---\n", "publish needs a time of day"),
        ("---\ntitle: x\ntimezone: «Europe/Berln»\n---\n", "did you mean 'Europe/Berlin'?"),
        ("---\ntitle: x\n«title»: y\n---\n", "the key 'title' stands here twice"),
        ("«»Ein Text ohne Kopf.\n", "no front matter"),
    ],
)
def test_what_cannot_be_read_is_said_where_it_stands(desk: Desk, sample: str, said: str) -> None:
    """The reader's problems carry this rule's name and exact places."""
    (message,) = desk.messages("front-matter", sample)
    assert said in message


def test_a_post_that_cannot_be_read_is_reported_once(desk: Desk) -> None:
    """Other rules keep silent about a file whose front matter cannot be read."""
    desk.post("---\ntitle: [\n---\nhttp://localhost/ #nordlichtkaffee\n")
    assert [problem.rule for problem in desk.check()] == ["front-matter"]
