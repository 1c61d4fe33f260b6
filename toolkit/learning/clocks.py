"""Posting slots that lie in a part of the day which does worse: moved to the house's usual time in the one that does best."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from statistics import median_low
from typing import Final

from toolkit.kpis.dayparts import part_of_day
from toolkit.kpis.rated import Rated
from toolkit.learning.changes import Change
from toolkit.learning.question import Answer, Kind
from toolkit.source import Edit
from toolkit.source.nodes import Scalar
from toolkit.source.nodes import Sequence as Items
from toolkit.workspace import PostingSlots
from toolkit.workspace.postingtimes import read_posting_time

_KEY: Final = "times"
_CLOCK: Final = re.compile(r"\d\d:\d\d", re.ASCII)
_HALF: Final = 30  # minutes


def with_clocks(answers: Sequence[Answer], posts: Iterable[Rated]) -> list[Answer]:
    """The answers; those about a part that does worse say to which time its slots would move, if one does better."""
    better = [one for one in answers if one.kind is Kind.PART and one.worth and one.value > 1]
    if not better:
        return list(answers)
    best = max(better, key=lambda one: one.expected).group
    clock = usual_clock(post for post in posts if part_of_day(post.local.hour) == best)
    return [
        replace(one, remedy=clock) if one.kind is Kind.PART and one.worth and one.value < 1 else one for one in answers
    ]


def usual_clock(posts: Iterable[Rated]) -> str:
    """The middle time of the posts, to half an hour; "" without posts."""
    minutes = sorted(post.local.hour * 60 + post.local.minute for post in posts)
    if not minutes:
        return ""
    hour, minute = divmod(median_low(minutes) // _HALF * _HALF, 60)
    return f"{hour:02}:{minute:02}"


def slot_changes(blocks: Iterable[PostingSlots], part: str, clock: str) -> list[Change]:
    """Every slot in this part of the day at the other time; a block never gets the same slot twice."""
    edits: dict[str, list[Edit]] = {}
    texts: dict[str, str] = {}
    for block in blocks:
        texts[block.path] = block.places.source.text
        edits.setdefault(block.path, []).extend(_edits(block, part, clock))
    return [Change(path, texts[path], tuple(some)) for path, some in edits.items() if some]


def _edits(block: PostingSlots, part: str, clock: str) -> Iterator[Edit]:
    node = block.places.node(_KEY)
    items = [item for item in (node.items if isinstance(node, Items) else [node]) if isinstance(item, Scalar)]
    taken = {item.text for item in items}
    for item in items:
        time, moved = read_posting_time(item.text), _CLOCK.sub(clock, item.text)
        if time is None or part_of_day(time.clock.hour) != part or moved in taken:
            continue
        taken.add(moved)
        start = block.places.start + item.start
        found = _CLOCK.search(block.places.source.text, start, block.places.start + item.end)
        if found is not None:
            yield Edit(found.start(), found.end(), clock)
