"""Wishes, praise and complaints: how often each was said, and how often people agreed that it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from toolkit.community.summary.shares import Share
from toolkit.community.summary.spoken import Spoken
from toolkit.community.summary.week import Week
from toolkit.lint.voicing import is_said, speaks
from toolkit.values import dataclass
from toolkit.workspace.voices import Voice, VoiceSort


@dataclass(frozen=True, slots=True)
class Voiced:
    """One of the handbook's voices in a week; `before` is its share of the week before, None where nobody listened.

    `right` is the share of what the words found that people confirmed, of what they confirmed or denied, in all known weeks.
    """

    name: str
    sort: VoiceSort
    share: Share
    before: Share | None
    right: Share


def count_voices(week: Week, weeks: Mapping[Week, Sequence[Spoken]], voices: Iterable[Voice]) -> list[Voiced]:
    """Each voice in the handbook's order within its sort, the most frequent first."""
    found = [_voiced(one, week, weeks) for one in voices]
    return sorted(found, key=lambda one: (list(VoiceSort).index(one.sort), -one.share.hits, one.name))


def _voiced(voice: Voice, week: Week, weeks: Mapping[Week, Sequence[Spoken]]) -> Voiced:
    before = weeks.get(week.shift(-1))
    known = {(one.conversation, one.at): one for some in weeks.values() for one in some if _is_judged(one, voice)}
    told = [one for one in known.values() if is_said(voice, one.text)]
    right = Share(sum(voice.label in one.confirmed for one in told), len(told))
    return Voiced(
        voice.name,
        voice.sort,
        _share(voice, weeks.get(week, ())),
        None if before is None else _share(voice, before),
        right,
    )


def _is_judged(one: Spoken, voice: Voice) -> bool:
    return bool(voice.label) and bool(one.text) and voice.label in (one.confirmed | one.denied)


def _share(voice: Voice, spoken: Sequence[Spoken]) -> Share:
    """Of the messages of its languages that can still be read."""
    here = [one for one in spoken if one.text and speaks(voice, one.language)]
    hits = sum(is_said(voice, one.text) and voice.label not in one.denied for one in here)
    return Share(hits, len(here))
