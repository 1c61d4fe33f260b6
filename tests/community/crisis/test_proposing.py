"""What the numbers and words speak for, and how often somebody hears of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from toolkit.community.crisis.proposing import Heard, Mention, propose, remember, remembered
from toolkit.model import SourceText
from toolkit.source import FrontMatter
from toolkit.workspace import AuthorRole
from toolkit.workspace.playbook import CrisisLevel, Playbook, Trigger

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SINCE = NOW - timedelta(days=7)
WORDS = ("Rückruf*", "Splitter")


def plan(**triggers: Trigger) -> Playbook:
    places = FrontMatter(SourceText("guidelines/crisis/rueckruf.md", ""), None, 0, 0, 0)
    levels = tuple(
        CrisisLevel(f"levels.{number}", number, when=when, owner="chefin")
        for number, when in enumerate(triggers.values(), 1)
    )
    return Playbook("rueckruf", "Rückruf", "leitung", places, levels)


PLAN = plan(
    one=Trigger(words=WORDS, per_hour=2),
    two=Trigger(score=3, words=WORDS),
    three=Trigger(words=WORDS, per_hour=1000, any_of=frozenset({AuthorRole.AUTHORITY})),
)
PLAN = replace(
    PLAN, levels=tuple(one if one.level != 2 else replace(one, when=Trigger(3, WORDS, 500)) for one in PLAN.levels)
)


def mentions(count: int, text: str, role: AuthorRole | None = None) -> list[Mention]:
    """As many messages in the last half hour."""
    return [Mention(NOW - timedelta(minutes=30) * number / count, text, role) for number in range(count)]


def level(found: list[Mention], since: datetime = SINCE) -> int:
    return max((one.level for one in propose([PLAN], Heard(found, since, NOW))), default=0)


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (mentions(40, "Der Kaffee ist gut"), 0),
        (mentions(1, "Ein Splitter im Glas"), 0),
        (mentions(2, "Gibt es einen Rückrufplan?"), 1),
        (mentions(9, "Splitter!"), 1),
        (mentions(25, "Splitter!"), 2),
        (mentions(1, "Zum Rückruf: bitte um Auskunft", AuthorRole.AUTHORITY), 3),
        (mentions(1, "Guten Tag", AuthorRole.AUTHORITY), 0),
        (mentions(1, "Splitter", AuthorRole.VIP), 0),
    ],
)
def test_words_numbers_and_people_speak_for_a_level(found: list[Mention], wanted: int) -> None:
    """Without the words nothing is proposed, however much is written; the highest level that anything speaks for counts."""
    assert level(found) == wanted


def test_what_is_usual_is_no_crisis() -> None:
    """Thirty an hour, every hour of the week: the count of level 1 is reached, the score of level 2 is not."""
    usual = [Mention(SINCE + timedelta(minutes=2) * number, "Splitter") for number in range(7 * 24 * 30)]
    assert level(usual) == 1


def test_without_history_only_words_speak() -> None:
    """A day after the beginning the detector is learning."""
    assert level(mentions(25, "Splitter!"), NOW - timedelta(days=1)) == 1


def test_what_is_declared_is_not_proposed() -> None:
    """Nor anything milder; what is worse is."""
    heard = Heard(mentions(25, "Splitter!"), SINCE, NOW)
    assert propose([PLAN], heard, {"rueckruf": 2}) == []
    assert [one.level for one in propose([PLAN], heard, {"rueckruf": 1})] == [2]


def test_nobody_hears_the_same_twice_a_day() -> None:
    """The same level is news once; a higher one at once; a day later again. The texts of people are nowhere in it."""
    found = propose([PLAN], Heard(mentions(25, "Splitter von Herrn Meier"), SINCE, NOW))
    memory, news = remember("", found, NOW)
    assert [one.level for one in news] == [2]
    assert "Meier" not in memory
    assert list(remembered(memory)) == news
    later = NOW + timedelta(hours=23)
    assert remember(memory, found, later) == (memory, [])
    worse = [replace(found[0], level=3, at=later)]
    assert remember(memory, worse, later)[1] == worse
    assert len(remember(memory, found, NOW + timedelta(hours=24))[1]) == 1
    assert remember(memory, [], NOW + timedelta(hours=24)) == ("", [])
