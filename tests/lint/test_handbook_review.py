from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.lint.conftest import SETTINGS, Desk

PAGE = "guidelines/zeiten.md"


def said(desk: Desk, front: str, now: datetime = datetime(2026, 11, 21, 12, tzinfo=UTC)) -> list[str]:
    desk.write(PAGE, f"{front}# Zeiten\n")
    return [str(problem) for problem in desk.check("handbook-review", now=now)]


def test_an_overdue_review_is_said_at_its_day(desk: Desk) -> None:
    """The warning names the day and the person; on the day itself there is still time."""
    front = "---\ntitle: Zeiten\nowner: leitung\nnext_review: {}\n---\n"
    (found,) = said(desk, front.format("2026-11-20"))
    assert found.startswith(
        f"{PAGE}:4:14: the review was due on 2026-11-20: leitung reads the page, then sets reviewed"
    )
    assert said(desk, front.format("2026-11-21")) == []


def test_today_is_the_workspace_s_day(desk: Desk) -> None:
    """Half past eleven at night in London is the next day in Berlin: --now is a moment, the day is the house's."""
    front = "---\nowner: leitung\nnext_review: 2026-11-21\n---\n"
    assert said(desk, front, datetime(2026, 11, 21, 22, 59, tzinfo=UTC)) == []
    assert len(said(desk, front, datetime(2026, 11, 21, 23, 0, tzinfo=UTC))) == 1


@pytest.mark.parametrize(
    ("front", "wanted"),
    [
        ("---\ntitle: Zeiten\n---\n", ":1:1: nobody answers for this page; name an owner (handbook-review)"),
        ("---\nowner: leitng\n---\n", ":2:8: unknown person 'leitng'; did you mean 'leitung'? (handbook-review)"),
        ("---\nowner: leitung\nnext_review: bald\n---\n", ":3:14: next_review must be a date such as 2026-12-01, not 'bald' (handbook-review)"),
        ("---\nowner: [leitung\n---\n", ":3:1: indentation, brackets or quotes do not match"),
    ],
)  # fmt: skip
def test_a_page_without_somebody_who_answers_for_it(desk: Desk, front: str, wanted: str) -> None:
    """No owner, a person who does not exist, a day that is none, front matter that cannot be read."""
    found = said(desk, front)
    assert found[0].startswith(f"{PAGE}{wanted}")


def test_pages_without_front_matter_are_left_alone(desk: Desk) -> None:
    """Generated pages and plain Markdown have nobody to answer for them; Vale's packages bring their own."""
    assert said(desk, "") == []
    desk.write("guidelines/styles/Microsoft/README.md", "---\ntitle: x\n---\n")
    assert desk.check("handbook-review") == []


def test_the_house_may_exempt_pages(desk: Desk) -> None:
    """Paths with a star, from the workspace's root."""
    desk.settings(SETTINGS + '\n[check.handbook-review]\nexempt = ["guidelines/z*.md"]\n')
    assert said(desk, "---\ntitle: Zeiten\n---\n") == []


def test_the_strategy_s_mistakes_are_said_once(desk: Desk) -> None:
    """The page with the goals is read with the workspace, which has already said what is wrong there."""
    desk.write("guidelines/strategy.md", "---\nowner: [leitung\n---\n")
    assert len([problem for problem in desk.check() if problem.path == "guidelines/strategy.md"]) == 1


def test_bytes_that_are_no_text_are_said(desk: Desk) -> None:
    """One bad page hides no other."""
    desk.write("guidelines/a.md", b"---\nowner: \xff\n---\n")
    found = said(desk, "---\ntitle: Zeiten\n---\n")
    assert len(found) == 1
    assert [problem.rule for problem in desk.check() if problem.path == "guidelines/a.md"] == ["encoding"]
