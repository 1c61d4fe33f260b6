"""The board of strengths and weaknesses: a report's own sentences, and what the inbox counts, never a word of anybody."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.community.summary.weekly import LISTENER, MONDAY, NOW, PAGE, brand, opened
from toolkit.model import Message, MessageKind
from toolkit.reports.blocks import Heading, Points
from toolkit.reports.board import BAD, GOOD, Board, Origin, Point, Side, read_points
from toolkit.reports.heard import hear_points
from toolkit.workspace import Workspace, load_workspace

MORE = """
```voice
voice: Schmeckt
sort: praise
words: [lecker]
label: lob
good: ["lecker"]
bad: ["bitter"]
```

```voice
voice: Zu spät
sort: complaint
words: [spät*]
label: zu-spaet
good: ["zu spät"]
bad: ["pünktlich"]
```

```image
image: teuer
words: [teuer]
wanted: false
good: ["so teuer"]
bad: ["günstig"]
```
"""


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEITSTAND_LANG", "en")


@pytest.fixture
def house(tmp_path: Path) -> Workspace:
    brand(tmp_path)
    (tmp_path / "guidelines/answers.md").write_text(PAGE + MORE, encoding="utf-8")
    return load_workspace(tmp_path)


def fill(state: Path, *said: tuple[str, int, int]) -> None:
    """Text, how many people say it, weeks before this one."""
    messages = [
        Message(f"{text}{number}{weeks}", "toots", MessageKind.MENTION, f"@{number}@x.example", text,
                MONDAY - timedelta(weeks=weeks) + timedelta(minutes=number), language="de")
        for text, people, weeks in said for number in range(people)
    ]  # fmt: skip
    with opened(state) as inbox:
        inbox.gather(LISTENER, sorted(messages, key=lambda one: one.at), NOW)


def hear(state: Path, house: Workspace) -> tuple[dict[str, Side], int]:
    with opened(state) as inbox:
        points, heard = hear_points(inbox, house, NOW - timedelta(days=1))
    return {one.text: one.side for one in points}, heard


def test_what_people_say_of_the_house_is_a_point(tmp_path: Path, house: Workspace) -> None:
    """Wanted and said is a strength, feared and said a weakness; praise, complaints and wishes each on their side."""
    fill(
        tmp_path / "state", ("so freundlich", 4, 0), ("so teuer", 3, 1), ("lecker", 5, 2),
        ("viel zu spät", 3, 3), ("Ich wünsche mir mehr ohne Koffein", 3, 0),
    )  # fmt: skip
    points, heard = hear(tmp_path / "state", house)
    assert heard == 18
    assert points == {
        "seen as “freundlich”: 4 of 18 messages say so, 0 deny it": Side.STRENGTH,
        "seen as “teuer”: 3 of 18 messages say so, 0 deny it": Side.WEAKNESS,
        "praise: Schmeckt, 5 of 18 messages": Side.STRENGTH,
        "complaint: Zu spät, 3 of 18 messages": Side.WEAKNESS,
        "Mehr ohne Koffein, 3 of 18 messages": Side.WISH,
    }


def test_what_two_people_say_stands_nowhere(tmp_path: Path, house: Workspace) -> None:
    """It would lead to them."""
    fill(tmp_path / "state", ("lecker", 2, 0), ("guten Tag", 9, 0))
    assert hear(tmp_path / "state", house) == ({}, 11)


def test_a_change_is_told_where_it_is_more_than_chance(tmp_path: Path, house: Workspace) -> None:
    """Beside the four weeks before; what lies further back counts nowhere."""
    fill(
        tmp_path / "state",
        ("lecker", 20, 0),
        ("guten Tag", 20, 0),
        ("guten Tag", 30, 5),
        ("lecker", 3, 4),
        ("lecker", 9, 9),
    )
    points, heard = hear(tmp_path / "state", house)
    assert heard == 40
    assert list(points) == ["praise: Schmeckt, 20 of 40 messages; more than in the four weeks before (3 of 33)"]


def test_a_report_is_quoted_with_its_numbers() -> None:
    """As its page has them; tags and references become plain words, and a report without the names has no points."""
    blocks = (
        Heading("Stärken", GOOD), Points(("Visits: 9 & more", "„wissen“ bringt 1,6-mal so viel"), numbered=False),
        Heading("Schwächen", BAD), Points(("Orders: missed",), numbered=False),
    )  # fmt: skip
    html = "".join(block.to_html() for block in blocks)
    assert list(read_points(html.encode())) == [
        Point(Side.STRENGTH, Origin.REPORT, "Visits: 9 & more"),
        Point(Side.STRENGTH, Origin.REPORT, "„wissen“ bringt 1,6-mal so viel"),
        Point(Side.WEAKNESS, Origin.REPORT, "Orders: missed"),
    ]
    assert list(read_points(b"<h3>Strengths</h3><ul><li>old</li></ul>")) == []
    assert Board().on(Side.WISH) == ()
