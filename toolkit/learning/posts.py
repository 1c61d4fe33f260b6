"""Questions about posts: what weekday, part of the day, pillar, format, hashtag, word and shape of a text bring."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import exp
from typing import Final

from toolkit.kpis.contrast import Contrast
from toolkit.kpis.lifts import PostResult
from toolkit.kpis.rated import Rated, expected, make_model, rate_results
from toolkit.learning.question import Answer, Kind
from toolkit.learning.traits import Traits

# What is asked about; of the other kinds it is only known that they play a part.
ASKED: Final = (Kind.WEEKDAY, Kind.PART, Kind.PILLAR, Kind.FORMAT)


def rate_channels(results: Iterable[PostResult]) -> dict[str, list[Rated]]:
    """Channel → its posts, by what they brought there."""
    found: dict[str, list[PostResult]] = {}
    for result in results:
        found.setdefault(result.channel, []).append(result)
    return {channel: rate_results(own) for channel, own in found.items()}


def ask_posts(posts: Sequence[Rated], traits: Traits) -> list[Answer]:
    """An answer to every question that enough posts can answer; not yet judged (`toolkit.learning.question.judge`)."""
    if not posts:
        return []
    model = make_model(posts, traits.of)
    answers = [answer for kind in ASKED for answer in _answers(kind, model.groups(kind.value))]
    for kind in (Kind.HASHTAG, Kind.WORD, Kind.SHAPE):
        names = {key: name for key, (own, name) in traits.asked.items() if own is kind}
        found = [one for key in names if (one := model.trait(kind.value, key)) is not None]
        answers += _answers(kind, [replace(one, group=names[one.group]) for one in found])
    return answers


def answer(kind: Kind, contrast: Contrast) -> Answer:
    """A contrast as factors."""
    value, low, high = (exp(contrast.value + side * contrast.reach()) for side in (0, -1, 1))
    return Answer(
        kind, contrast.group, contrast.n, contrast.others, value=value, low=low, high=high, p=contrast.p, expected=value
    )


def _answers(kind: Kind, found: Sequence[Contrast]) -> list[Answer]:
    """Whichever group looks best is a little lucky: what each promises is drawn towards no difference."""
    return [replace(answer(kind, one), expected=factor) for one, factor in zip(found, expected(found), strict=True)]
