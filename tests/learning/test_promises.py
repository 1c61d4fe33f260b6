"""Answering times that the inbox does not keep are proposed as ones that it would."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from toolkit.community.hours import ServiceTimes, read_times
from toolkit.community.summary.spoken import Wait
from toolkit.errors import LeitstandError
from toolkit.learning.deciding import page_of, propose
from toolkit.learning.promises import ask_promises, promise_change
from toolkit.learning.question import judge
from toolkit.model import MessageKind
from toolkit.workspace import Workspace, load_workspace

NOW = datetime(2026, 11, 20, 16, tzinfo=UTC)
PAGE = """---
title: Antworten
---
# Antworten

```hours
hours: [mon-fri 08:00-18:00]
timezone: UTC
first_response: PT2H  # immer
levels:
  - {kinds: [direct], first_response: PT4H}
```
"""
TOML = 'format = 1\n[workspace]\nid = "probe"\n[accounts.mastodon]\nnetwork = "mastodon"\n'


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A house that promises two hours, and four for direct messages."""
    (tmp_path / "guidelines").mkdir()
    (tmp_path / "leitstand.toml").write_text(TOML)
    (tmp_path / "guidelines/antworten.md").write_text(PAGE)
    return load_workspace(tmp_path)


def times(workspace: Workspace) -> ServiceTimes:
    return read_times(workspace.settings, workspace.handbook)


def waits(kind: MessageKind, minutes: Sequence[int | None]) -> list[Wait]:
    """Turns that began on Monday at nine and were answered after so many minutes, or not yet."""
    asked = datetime(2026, 11, 16, 9, tzinfo=UTC)
    return [
        Wait(asked, None if length is None else asked + timedelta(minutes=length), "mastodon", kind)
        for length in minutes
    ]


def test_a_promise_that_is_broken_gets_the_time_that_nine_of_ten_need(workspace: Workspace) -> None:
    """Twenty of thirty comments took five hours: two become five and a half, in the block, and nothing else changes."""
    found = judge(ask_promises(waits(MessageKind.COMMENT, [30] * 10 + [310] * 20), times(workspace), NOW))
    [answer] = found
    assert (answer.id, answer.n, answer.others, answer.remedy) == ("promise-all", 30, 20, "PT5H30M")
    assert answer.worth
    assert page_of(workspace, answer) == "guidelines/antworten.md"
    [change] = propose(workspace, answer)
    assert change.after == PAGE.replace("first_response: PT2H", "first_response: PT5H30M")


def test_each_level_is_asked_by_itself(workspace: Workspace) -> None:
    """Direct messages have their own time, in the list."""
    some = [*waits(MessageKind.COMMENT, [30] * 20), *waits(MessageKind.DIRECT, [500] * 20)]
    answers = {one.group: one for one in judge(ask_promises(some, times(workspace), NOW))}
    assert not answers["all"].worth
    assert answers["direct"].worth
    assert promise_change(workspace.handbook.hours, "direct", answers["direct"].remedy).after == PAGE.replace(
        "PT4H", "PT8H30M"
    )


def test_what_is_mostly_kept_or_seldom_asked_is_left_alone(workspace: Workspace) -> None:
    """One late answer of twenty is no reason, and seven turns are too few to say."""
    [answer] = judge(ask_promises(waits(MessageKind.COMMENT, [30] * 19 + [400]), times(workspace), NOW))
    assert not answer.worth
    assert ask_promises(waits(MessageKind.COMMENT, [500] * 7), times(workspace), NOW) == []


def test_who_still_waits_is_no_quick_answer(workspace: Workspace) -> None:
    """Where half wait for a week, nobody knows what nine of ten would need, and no time is made up."""
    [answer] = judge(ask_promises(waits(MessageKind.COMMENT, [310] * 10 + [None] * 10), times(workspace), NOW))
    assert (answer.others, answer.remedy, answer.worth) == (20, "", False)


def test_a_level_that_is_gone_is_an_error(workspace: Workspace) -> None:
    """Somebody took it out of the handbook meanwhile."""
    with pytest.raises(LeitstandError, match="review"):
        promise_change(workspace.handbook.hours, "review", "PT3H")
