"""A briefing that nobody could use is told where it stands."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from toolkit.lint import check_workspace
from toolkit.workspace import Workspace, load_workspace
from toolkit.workspace.briefings import Standing, read_briefings

TOML = 'format = 1\n\n[workspace]\nid = "probe"\n\n[people.mai]\nname = "Mai"\n\n[people.ole]\nname = "Ole"\n'
GOOD = """\
---
title: Advent
owner: mai
valid_from: 2026-11-20
valid_until: 2026-12-24
messages: [Order until the twentieth.]
faq:
  - {question: Until when?, answer: "{name}, until 20 December."}
no_go:
  - {words: [guarantee*], why: nobody knows that}
escalate:
  - {what: lost parcels, to: ole}
---
# Advent
"""


def brand(root: Path, text: str) -> Workspace:
    (root / "guidelines/briefings").mkdir(parents=True)
    (root / "leitstand.toml").write_text(TOML)
    (root / "guidelines/briefings/advent.md").write_text(text, encoding="utf-8")
    (root / "guidelines/briefings/index.md").write_text("# Briefings\n")
    return load_workspace(root)


def complaints(workspace: Workspace, day: int = 22) -> list[tuple[int, str]]:
    found = check_workspace(workspace, now=datetime(2026, 11, day, 12, tzinfo=UTC))
    return [(one.span.line, one.message) for one in found if one.rule == "briefing"]


def test_a_good_one_is_silent(tmp_path: Path) -> None:
    """And is read as it is meant; the page about briefings is none."""
    workspace = brand(tmp_path, GOOD)
    assert complaints(workspace) == []
    [one], problems = read_briefings(workspace.handbook)
    assert problems == ()
    assert (one.name, one.owner, one.questions[0].answer, one.escalations[0].to) == (
        "advent",
        "mai",
        "{name}, until 20 December.",
        "ole",
    )
    days = (date(2026, 11, 19), date(2026, 11, 20), date(2026, 12, 24), date(2026, 12, 25))
    assert [one.standing(day) for day in days] == [Standing.COMING, Standing.VALID, Standing.VALID, Standing.OVER]


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("owner: mai", "owner: may", 3, "may"),
        ("valid_until: 2026-12-24\n", "", 2, "valid_until is missing"),
        ("2026-12-24", "2026-10-24", 5, "is before"),
        ("2026-12-24", "2026-11-21", 5, "its time was over on 2026-11-21"),
        ("messages:", "massages:", 6, "messages"),
        (', answer: "{name}, until 20 December."', "", 8, "answer is missing"),
        ("until 20 December", "guaranteed by then", 8, "which this briefing forbids"),
        (", why: nobody knows that", "", 10, "why is missing"),
        ("to: ole", "to: olle", 12, "ole"),
        ("title: Advent", "title: Advent\ncampaign: advent", 3, "advent"),
    ],
)
def test_each_slip_is_told_where_it_stands(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    """By its line, with what to do."""
    found = complaints(brand(tmp_path, GOOD.replace(old, new)))
    assert any(at == line and said in message for at, message in found), found


def test_what_is_long_over_is_left_alone(tmp_path: Path) -> None:
    """Who keeps old briefings to look things up is not reminded for ever."""
    assert complaints(brand(tmp_path, GOOD.replace("2026-12-24", "2026-11-07").replace("11-20", "11-01"))) == []
