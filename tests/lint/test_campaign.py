from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.lint.conftest import SETTINGS, Desk
from toolkit.model import Severity

HEAD = "---\ncampaign: advent\nchannels: [mastodon, feed]\n"


@pytest.fixture(autouse=True)
def _campaign(desk: Desk) -> None:
    desk.write("content/campaigns/advent.md", "---\ntitle: Advent\nstart: 2026-11-29\nend: 2026-12-24\n---\n")


@pytest.mark.parametrize("when", ["2026-11-29 00:00", "2026-12-24 23:59"])
def test_first_and_last_day_belong_to_it(desk: Desk, when: str) -> None:
    """Both ends of the period are inside."""
    assert desk.messages("campaign", f"{HEAD}publish: {when}\n---\n") == []


@pytest.mark.parametrize("when", ["2026-11-28 23:59", "2026-12-25 00:00", "2027-12-01 07:30"])
def test_other_days_are_pointed_out(desk: Desk, when: str) -> None:
    """A day outside is a warning at the time, with the period."""
    (message,) = desk.messages("campaign", f"{HEAD}publish: «{when}»\n---\n")
    assert message == f"{when[:10]} lies outside the campaign advent (2026-11-29 to 2026-12-24)"


def test_the_accounts_own_day_counts(desk: Desk) -> None:
    """An account with its own time is judged by it; an account in another zone by its own calendar."""
    sample = f"{HEAD}publish: 2026-12-24 09:00\noptions:\n  feed: {{publish: «2026-12-26 09:00»}}\n---\n"
    assert len(desk.messages("campaign", sample)) == 1
    desk.settings(SETTINGS + 'timezone = "Pacific/Auckland"\n')
    assert desk.messages("campaign", f"{HEAD}publish: 2026-11-29 00:30\n---\n") == []


def test_an_open_end_holds_everything(desk: Desk) -> None:
    """A campaign without an end has no last day."""
    desk.write("content/campaigns/advent.md", "---\nstart: 2026-11-29\n---\n")
    assert desk.messages("campaign", f"{HEAD}publish: 2031-01-01 09:00\n---\n") == []
    (message,) = desk.messages("campaign", f"{HEAD}publish: «2026-11-01 09:00»\n---\n")
    assert "(2026-11-29 to …)" in message


PHASES = """---
start: 2026-11-24
end: 2026-12-24
phases:
  - {name: teaser, from: 2026-11-24, until: 2026-11-30}
  - {name: launch, from: 2026-12-02, until: 2026-12-24}
---
"""


def test_a_day_in_no_phase_is_a_warning(desk: Desk) -> None:
    """The gap between two phases is inside the campaign; the message lists the phases."""
    desk.write("content/campaigns/advent.md", PHASES)
    for when in ("2026-11-30 23:59", "2026-12-02 00:00"):
        assert desk.messages("campaign", f"{HEAD}publish: {when}\n---\n") == []
    (message,) = desk.messages("campaign", f"{HEAD}publish: «2026-12-01 09:00»\n---\n")
    assert message == (
        "2026-12-01 lies in no phase of the campaign advent"
        " (teaser 2026-11-24 to 2026-11-30, launch 2026-12-02 to 2026-12-24)"
    )
    assert [problem.severity for problem in desk.check("campaign")] == [Severity.WARNING]


def test_phases_of_the_past_are_past(desk: Desk) -> None:
    """What is out lies where it lies."""
    desk.write("content/campaigns/advent.md", PHASES)
    now = datetime(2026, 12, 2, tzinfo=UTC)
    assert desk.messages("campaign", f"{HEAD}publish: 2026-12-01 09:00\n---\n", now=now) == []
