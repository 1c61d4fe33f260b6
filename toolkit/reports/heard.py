"""As what people in the inbox see the house, for the board of strengths and weaknesses.

Counts are shown and no words of anybody; what fewer than three messages say stands nowhere, and one attribute, praise or
complaint is one point.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.community.inbox.book import Inbox
from toolkit.community.summary.image import Seen, count_image
from toolkit.community.summary.shares import Share
from toolkit.community.summary.spoken import Spoken, read_heard
from toolkit.community.summary.topics import PEOPLE
from toolkit.community.summary.voices import Voiced, count_voices
from toolkit.community.summary.week import Week, week_of
from toolkit.messages import _
from toolkit.reports.board import Origin, Point, Side
from toolkit.workspace import Workspace
from toolkit.workspace.voices import VoiceSort

WEEKS: Final = 4  # of messages, beside as many before them


def hear_points(inbox: Inbox, workspace: Workspace, now: datetime) -> tuple[list[Point], int]:
    """What the inbox says in the last four weeks, and how many messages it was looked for in."""
    zone = ZoneInfo(workspace.settings.timezone)
    last = week_of(now, zone)
    since = last.shift(1 - 2 * WEEKS).span(zone)[0]
    pools: Mapping[Week, Sequence[Spoken]] = _pools(read_heard(inbox, since, now).spoken, last, zone)
    handbook = workspace.handbook
    points = [
        *_image(count_image(last, pools, handbook.traits)),
        *_voices(count_voices(last, pools, handbook.voices)),
    ]
    return points, len(pools[last])


def _pools(spoken: Iterable[Spoken], last: Week, zone: ZoneInfo) -> Mapping[Week, Sequence[Spoken]]:
    """Four weeks as one, and the four before them as the one before."""
    pools: dict[Week, list[Spoken]] = {last.shift(-1): [], last: []}
    for one in spoken:
        recent = week_of(one.at, zone) > last.shift(-WEEKS)
        pools[last if recent else last.shift(-1)].append(one)
    return pools


def _image(seen: Iterable[Seen]) -> Iterator[Point]:
    """What the house wants to be seen as and is, and what not; an attribute that is neither sought nor feared is no point."""
    for one in seen:
        if one.wanted is None or max(one.said.hits, one.denied.hits) < PEOPLE:
            continue
        good = (one.said.hits > one.denied.hits) == one.wanted
        words = _("seen as “{name}”: {said} of {n} messages say so, {denied} deny it")
        said = words.format(name=one.name, said=one.said.hits, n=one.said.n, denied=one.denied.hits)
        yield Point(Side.STRENGTH if good else Side.WEAKNESS, Origin.INBOX, said + _moved(one.said, one.before))


def _voices(voices: Iterable[Voiced]) -> Iterator[Point]:
    sides = {
        VoiceSort.PRAISE: (Side.STRENGTH, _("praise: {name}, {hits} of {n} messages")),
        VoiceSort.COMPLAINT: (Side.WEAKNESS, _("complaint: {name}, {hits} of {n} messages")),
        VoiceSort.WISH: (Side.WISH, _("{name}, {hits} of {n} messages")),
    }
    for one in voices:
        if one.share.hits >= PEOPLE:
            side, words = sides[one.sort]
            said = words.format(name=one.name, hits=one.share.hits, n=one.share.n)
            yield Point(side, Origin.INBOX, said + _moved(one.share, one.before))


def _moved(now: Share, before: Share | None) -> str:
    """That it changed, where it did by more than chance."""
    if before is None or not before.n or not now.differs(before):
        return ""
    words = _("; more than in the four weeks before ({hits} of {n})")
    if (now.value or 0.0) < (before.value or 0.0):
        words = _("; less than in the four weeks before ({hits} of {n})")
    return words.format(hits=before.hits, n=before.n)
