"""As what people describe the house: attributes of the handbook, said and denied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from toolkit.community.summary.shares import Share
from toolkit.community.summary.spoken import Spoken
from toolkit.community.summary.week import Week
from toolkit.lint.voicing import how_called, speaks
from toolkit.values import dataclass
from toolkit.workspace.voices import Trait


@dataclass(frozen=True, slots=True)
class Seen:
    """One attribute in a week: messages that say it, messages that deny it, and those that said it in the week before.

    `wanted` is whether the house wants to be seen so.
    """

    name: str
    wanted: bool | None
    said: Share
    denied: Share
    before: Share | None


def count_image(week: Week, weeks: Mapping[Week, Sequence[Spoken]], traits: Iterable[Trait]) -> list[Seen]:
    """Each attribute, the most frequent first."""
    found = [_seen(one, week, weeks) for one in traits]
    return sorted(found, key=lambda one: (-one.said.hits - one.denied.hits, one.name))


def _seen(trait: Trait, week: Week, weeks: Mapping[Week, Sequence[Spoken]]) -> Seen:
    said, denied = _shares(trait, weeks.get(week, ()))
    before = weeks.get(week.shift(-1))
    return Seen(trait.name, trait.wanted, said, denied, None if before is None else _shares(trait, before)[0])


def _shares(trait: Trait, spoken: Sequence[Spoken]) -> tuple[Share, Share]:
    here = [one for one in spoken if one.text and speaks(trait, one.language)]
    callings = [how_called(trait, one.text) for one in here]
    said, denied = sum(one.said for one in callings), sum(one.denied for one in callings)
    return Share(said, len(here)), Share(denied, len(here))
