"""What the pages of campaigns promise, and whether it is kept."""

from __future__ import annotations

import re

import pytest

from tests.lint.conftest import JPEG, Desk
from toolkit.lint import RULES
from toolkit.model import Severity

HEAD = "start: 2026-11-24\nend: 2026-12-24\nowner: leitung\ngoals:\n  - {metric: orders, target: 9}\n"
PATH = "content/campaigns/advent.md"


def said(desk: Desk, front: str) -> list[str]:
    """What the rule says about a campaign with this front matter."""
    desk.write(PATH, f"---\n{front}---\n")
    return [f"{one.span.line}:{one.span.col} {one.message}" for one in desk.check("campaign-plan")]


def test_a_playbook_has_to_exist(desk: Desk) -> None:
    """The id of a crisis plan leads to it; another one is an error with the nearest."""
    desk.write("guidelines/crisis/rueckruf.md", "---\nid: rueckruf\n---\n# Rückruf\n")
    assert said(desk, f"{HEAD}risks:\n  - {{risk: x, playbook: rueckruf}}\n") == []
    [slip] = said(desk, f"{HEAD}risks:\n  - {{risk: x, playbook: rukruf}}\n")
    assert slip.startswith("8:25 ")
    assert "rueckruf" in slip
    assert [one.severity for one in desk.check("campaign-plan")] == [Severity.ERROR]


@pytest.mark.parametrize(("due", "late"), [("2026-11-20", True), ("2026-11-21", False), ("2026-11-22", False)])
def test_what_is_ordered_is_late_after_its_day(desk: Desk, due: str, late: bool) -> None:
    """On the day itself there is still time."""
    slips = said(desk, f"{HEAD}assets:\n  - {{order: Foto, owner: redaktion, due: {due}}}\n")
    assert slips == ([f"8:42 Foto was wanted by {due} and is not there"] if late else [])


def test_what_is_there_has_a_file(desk: Desk) -> None:
    """An asset with a file is kept when the file is one that networks take."""
    front = f"{HEAD}assets:\n  - {{order: Foto, file: media/tuer.jpg, due: 2026-11-01}}\n"
    [slip] = said(desk, front)
    assert slip.startswith("8:25 ")
    desk.write("content/media/tuer.jpg", JPEG)
    assert said(desk, front) == []


def test_somebody_answers_for_it_and_it_has_goals(desk: Desk) -> None:
    """A campaign that is not over lacks an owner and goals; a past one is past."""
    front = "title: Advent\nstart: 2026-11-24\nend: 2026-12-24\n"
    assert [slip[4:22] for slip in said(desk, front)] == ["no goals; nobody w", "nobody answers for"]
    assert said(desk, "title: Advent\nstart: 2025-11-24\nend: 2025-12-24\n") == []


def test_people_of_assets_and_risks_exist(desk: Desk) -> None:
    """An unknown name is an error where it stands."""
    lists = (
        "assets:\n  - {order: Foto, owner: niemand, due: 2026-12-01}\nrisks:\n  - {risk: x, action: y, owner: keiner}\n"
    )
    assert [slip.split()[0] for slip in said(desk, HEAD + lists)] == ["8:26", "10:33"]


def test_the_page_of_the_rule_is_true(desk: Desk) -> None:
    """Its example has problems, what it says instead has none."""
    desk.write("content/media/tuer-1.jpg", JPEG)
    example, instead = re.findall(r"```markdown\n(.*?)```", RULES["campaign-plan"].docs, re.DOTALL)
    for text, count in ((example, 2), (instead, 0)):
        desk.write(PATH, text)
        assert len(desk.check("campaign-plan")) == count
