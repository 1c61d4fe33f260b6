"""No-go topics outside of posts: in ideas, canned replies and briefings; their own sentences, and their end."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.lint.conftest import HANDBOOK_PAGE as PAGE
from tests.lint.conftest import Desk
from toolkit.model import Severity

STORM = "topic: Sturm\nwords: [Sturm, Orkan*]\nreason: Sturmflut\nuntil: 2026-12-15\nowner: leitung\n"


def fill(desk: Desk, block: str = STORM) -> None:
    """An idea, a canned reply and a briefing that all tell of a storm."""
    desk.block("no-go", block)
    desk.write(
        "content/ideas/sturm.md", "---\ntitle: Sturm im Glas\nlabels: [wetter]\n---\nEin Orkantief, <!-- Sturm -->\n"
    )
    desk.write("content/ideas/fort.md", "---\ntitle: Sturm\nstatus: dropped\nreason: Sturm\n---\nSturm\n")
    desk.write(
        "guidelines/replies/wetter.md",
        "---\nowner: leitung\n---\nZum Sturm schreiben wir:\n\n> {name}, nach dem\n> Sturm.\n",
    )
    desk.write(
        "guidelines/briefings/advent.md",
        "---\nowner: leitung\nvalid_from: 2026-11-01\nvalid_until: 2026-12-24\nlabels: [wetter]\n"
        "messages: [Alles gut, Sturm im Anmarsch]\nfaq:\n  - {question: Kommt Sturm?, answer: Orkanartig.}\n---\nSturm\n",
    )


def found(desk: Desk, now: datetime = datetime(2026, 11, 21, 12, tzinfo=UTC)) -> dict[str, list[str]]:
    """Path without folders → line and column of what is told there."""
    places: dict[str, list[str]] = {}
    for problem in desk.check("no-go", now=now):
        if problem.path != PAGE:
            places.setdefault(problem.path.rpartition("/")[2], []).append(f"{problem.span.line}:{problem.span.col}")
    return places


def test_every_place_is_looked_at(desk: Desk) -> None:
    """Titles and texts of open ideas, quotations of canned replies, messages and answers; prose about them is not."""
    fill(desk)
    assert found(desk) == {"sturm.md": ["2:8", "5:5"], "wetter.md": ["7:3"], "advent.md": ["6:23", "8:38"]}
    assert {problem.severity for problem in desk.check("no-go")} == {Severity.WARNING}


def test_a_topic_says_where_it_counts(desk: Desk) -> None:
    """In replies alone, or in what carries a label; a place that is none is said where it stands."""
    fill(desk, f"{STORM}places: [replies]\n")
    assert list(found(desk)) == ["wetter.md"]
    fill(desk, f"{STORM}labels: [wetter]\n")
    assert list(found(desk)) == ["sturm.md", "advent.md"]
    fill(desk, f"{STORM}languages: [en]\n")
    assert found(desk) == {}
    fill(desk, f"{STORM}places: [posts, answers]\n")
    assert "15:17 places must be one of posts, replies, ideas, briefings, not 'answers'" in desk.on_page("no-go")


def test_a_post_is_left_alone_where_the_topic_is_for_replies(desk: Desk) -> None:
    """`places` counts for posts, too."""
    desk.block("no-go", f"{STORM}places: [replies, ideas]\n")
    assert desk.messages("no-go", "---\nchannels: [mastodon]\npublish: 2026-11-24 08:00\n---\nEin Sturm.\n") == []


def test_the_block_s_own_sentences_are_tried(desk: Desk) -> None:
    """A bad sentence that is not found and a good one that is are errors at the sentence."""
    desk.block("no-go", f"{STORM}bad: [Ein Orkantief, Windstärke zwölf]\ngood: [Wir spenden, Sturmflut, Sturm]\n")
    assert desk.on_page("no-go") == [
        "15:22 this is not found: its words or patterns do not tell the topic",
        "16:32 this is found although it may be said: its words or patterns tell more than the topic",
    ]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (7, ""),
        (8, "13:8 Sturm opens again after 2026-12-15; let it, or give it another last day"),
        (15, "13:8 Sturm opens again after 2026-12-15; let it, or give it another last day"),
        (
            16,
            "13:8 Sturm was closed until 2026-12-15 and is open again; take the block out, or give it another last day",
        ),
        (
            29,
            "13:8 Sturm was closed until 2026-12-15 and is open again; take the block out, or give it another last day",
        ),
        (30, ""),
    ],
)
def test_its_end_is_told(desk: Desk, day: int, said: str) -> None:
    """As a hint, a week before and two weeks after its last day; nobody has to do anything."""
    desk.block("no-go", STORM)
    problems = desk.check("no-go", now=datetime(2026, 12, day, 12, tzinfo=UTC))
    assert [f"{one.span.line}:{one.span.col} {one.message}" for one in problems] == [said][: bool(said)]
    assert {one.severity for one in problems} <= {Severity.HINT}


def test_what_is_open_again_is_found_no_more(desk: Desk) -> None:
    """The day after its last day."""
    fill(desk)
    assert found(desk, datetime(2026, 12, 15, 22, 59, tzinfo=UTC))
    assert not found(desk, datetime(2026, 12, 15, 23, 1, tzinfo=UTC))
