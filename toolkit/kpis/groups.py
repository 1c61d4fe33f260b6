"""What groups of posts bring, all groups of a year judged together: the numbers behind every "reliably more".

Each interval holds by itself. Whether a difference is reliable is another question, because of thirty groups three lie
apart from all others by chance alone: it is asked of all groups together (`toolkit.kpis.chance.discount`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import exp
from typing import Final

from toolkit.kpis.chance import FEWEST, discount
from toolkit.kpis.contrast import Contrast
from toolkit.kpis.lifts import KINDS, PostResult
from toolkit.kpis.rated import Rated, expected, make_model
from toolkit.values import dataclass

FALSE: Final = 0.05  # of what is called reliable, so much may be chance


@dataclass(frozen=True, slots=True)
class GroupLift:
    """A group of posts against all other posts, everything else that is known taken out.

    `contrast` is None where the group or the rest has fewer than eight posts, or where it always comes together with
    something else. `factor` is what may be expected of it: the difference, drawn towards none as chance deserves.
    """

    kind: str
    group: str
    n: int  # posts
    contrast: Contrast | None
    factor: float = 1.0
    q: float = 1.0  # p, raised for all groups that are compared

    @property
    def value(self) -> float:
        """The factor that was measured; 1 where nothing is known."""
        return exp(self.contrast.value) if self.contrast else 1.0

    @property
    def interval(self) -> tuple[float, float] | None:
        """Of `value`, 90 %, for this group by itself."""
        if self.contrast is None:
            return None
        return exp(self.contrast.value - self.contrast.reach()), exp(self.contrast.value + self.contrast.reach())

    @property
    def reliable(self) -> bool:
        """Whether chance does not explain the difference, of all groups together."""
        return self.contrast is not None and self.q < FALSE


def group_lifts(posts: Sequence[Rated], told: Collection[str]) -> dict[tuple[str, str], GroupLift]:
    """(kind, group) → what posts of the group bring; `told` are the uids of posts whose text is known."""
    counts = Counter((kind, name) for post in posts for kind in KINDS if (name := post.groups.get(kind, "")))
    if not posts:
        return {}
    model = make_model(posts, dict.fromkeys(told, frozenset[str]()))
    contrasts = {kind: model.groups(kind, FEWEST) for kind in KINDS}
    found = [
        (one, factor)
        for own in contrasts.values()
        for one, factor in zip(own, expected(own), strict=True)
        if (one.kind, one.group) in counts
    ]
    qs = discount([one.p for one, _factor in found])
    known = {
        (one.kind, one.group): GroupLift(one.kind, one.group, one.n, one, factor, q)
        for (one, factor), q in zip(found, qs, strict=True)
    }
    return {key: known.get(key) or GroupLift(*key, n, None) for key, n in sorted(counts.items())}


def reasons(post: PostResult, groups: Mapping[tuple[str, str], GroupLift]) -> list[GroupLift]:
    """The reliable groups that pull in the direction of this post's result, strongest first."""
    own = [groups.get((kind, group(post))) for kind, group in KINDS.items() if kind != "format"]
    up = (post.lift or 1.0) > 1
    fitting = [one for one in own if one is not None and one.reliable and (one.factor > 1) == up]
    return sorted(fitting, key=lambda one: one.factor, reverse=up)


def compared(groups: Iterable[GroupLift]) -> int:
    """How many groups could be compared: so many questions are judged together."""
    return sum(one.contrast is not None for one in groups)
