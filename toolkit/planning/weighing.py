"""How well a candidate suits a slot, and why, in words. What is forbidden is not weighed but refused.

The weights only bring the reasons into an order that people expect: a day that comes once before a slot that is kept for the
subject, that before a subject that comes too short, and what is written already before what is only an idea.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import field
from datetime import date, datetime
from enum import StrEnum
from math import ceil
from typing import Final

from toolkit.dates import say_month, say_short_day
from toolkit.messages import _
from toolkit.planning.advertising import advertises
from toolkit.planning.candidates import Candidate, Source
from toolkit.planning.timetable import PostingSlot
from toolkit.settings import Settings
from toolkit.strategy import Strategy, posts_of_month
from toolkit.strategy.mix import FEW
from toolkit.values import dataclass
from toolkit.workspace import Workspace

_ROUNDING: Final = 1e-9


class Ground(StrEnum):
    """What speaks for a suggestion; stable names for programs."""

    OCCASION = "occasion"
    KEPT = "kept"
    PILLAR = "pillar"
    CAMPAIGN = "campaign"
    WRITTEN = "written"
    SHORTLISTED = "shortlisted"
    AUDIENCE = "audience"
    WORTH = "worth"
    SILENCE = "silence"
    DUTY = "duty"


WEIGHTS: Final = {
    Ground.OCCASION: 8.0,
    Ground.KEPT: 4.0,
    Ground.PILLAR: 4.0,
    Ground.WRITTEN: 3.0,
    Ground.CAMPAIGN: 2.0,
    Ground.SHORTLISTED: 1.5,
    Ground.AUDIENCE: 1.0,
    Ground.WORTH: 2.0,  # times what people think of it, from 0 to 1
}
# The same subject twice in a row on one account.
AGAIN: Final = 2.0


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for a suggestion, and how people say it."""

    ground: Ground
    said: str
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Weighed:
    """What speaks for a candidate at a slot; or, `refused`, why it cannot go there."""

    reasons: tuple[Reason, ...] = ()
    refused: str = ""
    minus: float = 0.0

    @property
    def weight(self) -> float:
        """All together."""
        return sum(reason.weight for reason in self.reasons) - self.minus


@dataclass(slots=True)
class Scale:
    """Weighs candidates. It knows the pillars of each month and grows with what is suggested."""

    workspace: Workspace
    strategy: Strategy
    _months: dict[tuple[int, int], Counter[str]] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        return self.workspace.settings

    def weigh(self, candidate: Candidate, slot: PostingSlot, neighbours: frozenset[str]) -> Weighed:
        """`neighbours` are the pillars of what goes out on the account right before and after."""
        refused = self._refusal(candidate, slot)
        if refused:
            return Weighed(refused=refused)
        again = AGAIN if candidate.pillar and candidate.pillar in neighbours else 0.0
        return Weighed(tuple(self._reasons(candidate, slot)), minus=again)

    def note(self, candidate: Candidate, day: date) -> None:
        """Count a suggestion among the posts of its month."""
        self._month(day)[candidate.pillar] += 1

    def _refusal(self, candidate: Candidate, slot: PostingSlot) -> str:
        policy = self.settings.checks.holiday
        sells = advertises(policy, candidate.pillar, candidate.campaign, candidate.labels)
        if not candidate.fits(slot.day):
            return _("no draft or idea fits these days")
        if slot.pillars and candidate.pillar not in slot.pillars:
            message = _("kept for {pillars}, and there is no draft or idea for it")
            return message.format(pillars=self._titles(slot.pillars))
        if sells and slot.mourning:
            return _("no advertising on {day}").format(day=slot.mourning)
        return self._too_much(candidate, slot.day)

    def _too_much(self, candidate: Candidate, day: date) -> str:
        pillar, names = self.strategy.pillar(candidate.pillar), self._month(day)
        if pillar is None or names[pillar.name] + 1 <= ceil(pillar.most * max(names.total() + 1, FEW) - _ROUNDING):
            return ""
        message = _("{pillar} has its share of {month} already")
        return message.format(pillar=pillar.title, month=say_month(day))

    def _reasons(self, candidate: Candidate, slot: PostingSlot) -> Iterator[Reason]:
        if candidate.occasion:
            yield _reason(Ground.OCCASION, _("made for {occasion}").format(occasion=candidate.occasion))
        if slot.pillars:
            message = _("the slot is kept for {pillars}")
            yield _reason(Ground.KEPT, message.format(pillars=self._titles(slot.pillars)))
        yield from self._too_little(candidate, slot.day)
        yield from self._campaign(candidate, slot.day)
        if candidate.source is Source.POST:
            yield _reason(Ground.WRITTEN, _("there is a draft already"))
        elif candidate.shortlisted:
            yield _reason(Ground.SHORTLISTED, _("shortlisted"))
        yield from self._audience(candidate, slot)
        if candidate.worth:
            message = _("worth {points} of 25 points by reach, fit and effort")
            points = round(candidate.worth * 25)
            yield Reason(Ground.WORTH, message.format(points=points), WEIGHTS[Ground.WORTH] * candidate.worth)

    def _too_little(self, candidate: Candidate, day: date) -> Iterator[Reason]:
        pillar, names = self.strategy.pillar(candidate.pillar), self._month(day)
        if pillar is not None and names[pillar.name] < pillar.least * max(names.total() + 1, FEW) - _ROUNDING:
            message = _("{pillar}: {count} of {total} posts in {month}, the plan wants at least {least} %").format(
                pillar=pillar.title,
                count=names[pillar.name],
                total=names.total(),
                month=say_month(day),
                least=round(pillar.least * 100),
            )
            yield _reason(Ground.PILLAR, message)

    def _campaign(self, candidate: Candidate, day: date) -> Iterator[Reason]:
        campaign = self.workspace.campaigns.get(candidate.campaign)
        if campaign is None:
            return
        phase = next((one.name for one in campaign.phases if one.contains(day)), "")
        message = _("{campaign} runs then, phase {phase}") if phase else _("{campaign} runs then")
        yield _reason(Ground.CAMPAIGN, message.format(campaign=campaign.title, phase=phase))

    def _audience(self, candidate: Candidate, slot: PostingSlot) -> Iterator[Reason]:
        purpose = self.strategy.purpose(slot.account.name)
        if purpose is None or not candidate.audience or candidate.audience not in purpose.audiences:
            return
        audience = self.strategy.audience(candidate.audience)
        message = _("{channel} is for {audience}")
        said = message.format(
            channel=slot.account.title or slot.account.name, audience=audience.title if audience else candidate.audience
        )
        yield _reason(Ground.AUDIENCE, said)

    def _titles(self, names: Iterable[str]) -> str:
        """Pillars as people call them."""
        found = (self.strategy.pillar(name) for name in sorted(names))
        return ", ".join(one.title if one else name for name, one in zip(sorted(names), found, strict=True))

    def _month(self, day: date) -> Counter[str]:
        """The pillars of the posts of a month, one for each post."""
        key = (day.year, day.month)
        if key not in self._months:
            self._months[key] = Counter(post.pillar for post in posts_of_month(self.workspace.posts, day))
        return self._months[key]


def say_silence(channel: str, last: datetime | None) -> Reason:
    """How long an account has said nothing before the slot; `last` is on the account's own clock."""
    if last is None:
        return Reason(Ground.SILENCE, _("{channel} has nothing before").format(channel=channel))
    message = _("nothing on {channel} since {day}")
    return Reason(Ground.SILENCE, message.format(channel=channel, day=say_short_day(last.date())))


def _reason(ground: Ground, said: str) -> Reason:
    return Reason(ground, said, WEIGHTS[ground])
