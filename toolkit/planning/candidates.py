"""What could fill a gap: drafts that have no time yet, and ideas that nobody has dropped.

What is approved or ready is left alone, and so are the statements that a crisis plan keeps back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from toolkit.editorial import Idea, Origin, Stage
from toolkit.model import Post, Status
from toolkit.values import dataclass
from toolkit.workspace import Campaign, Occasion, Workspace, drafts
from toolkit.workspace.playbooks import read_playbooks

# What belongs to an occasion may come so many days before it.
EVE: Final = timedelta(days=3)


class Source(StrEnum):
    """What is suggested."""

    POST = "post"
    IDEA = "idea"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A draft or an idea. `worth` is what people think of it, from 0 to 1; `first` and `last` are the days it fits."""

    source: Source
    key: str  # uid or id, else the path: nobody else has it
    path: str
    title: str
    channels: tuple[str, ...]
    pillar: str = ""
    campaign: str = ""
    audience: str = ""
    labels: tuple[str, ...] = ()
    worth: float = 0.0
    shortlisted: bool = False
    first: date | None = None
    last: date | None = None
    occasion: str = ""  # the day it is made for

    @property
    def day(self) -> date | None:
        """The first day of the occasion it is made for."""
        return self.first + EVE if self.occasion and self.first is not None else None

    def fits(self, day: date) -> bool:
        """Whether it may come on that day."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def candidates(workspace: Workspace, ideas: Sequence[Idea], today: date) -> tuple[Candidate, ...]:
    """Everything that could fill a gap from `today` on, the oldest first."""
    statements = held_statements(workspace)
    posts = (_of_post(post, workspace.campaigns) for post in workspace.posts if _is_free(post, workspace, statements))
    found = (*posts, *_of_ideas(workspace, ideas, today))
    return tuple(sorted(found, key=lambda one: (one.source is Source.IDEA, one.key)))


def _is_free(post: Post, workspace: Workspace, statements: frozenset[str]) -> bool:
    untouched = post.status is not Status.READY and not post.approved and not workspace.approvals.get(post.uid)
    once = post.repeat is None and post.retraction is None and post.path not in statements
    known = drafts(post, workspace.settings)
    return untouched and once and bool(known) and all(draft.publish is None for draft in known)


def held_statements(workspace: Workspace) -> frozenset[str]:
    """The paths of the posts that crisis plans keep for the day on which they are needed."""
    playbooks, _problems = read_playbooks(workspace.handbook)
    names = {name for playbook in playbooks for level in playbook.levels for name in level.holding}
    posts = (workspace.find_post(name) for name in names)
    return frozenset(post.path for post in posts if post is not None)


def _of_post(post: Post, campaigns: Mapping[str, Campaign]) -> Candidate:
    campaign = campaigns.get(post.campaign)
    wanted = None if post.due is None else post.due + timedelta(days=1)  # it is not written before
    starts = [day for day in (wanted, campaign.start if campaign else None) if day is not None]
    return Candidate(
        Source.POST,
        post.uid or post.path,
        post.path,
        post.title or post.path,
        tuple(dict.fromkeys(post.channels)),
        post.pillar,
        post.campaign,
        labels=post.labels,
        first=max(starts, default=None),
        last=campaign.end if campaign else None,
    )


def _of_ideas(workspace: Workspace, ideas: Sequence[Idea], today: date) -> Iterator[Candidate]:
    for idea in ideas:
        campaign = workspace.campaigns.get(idea.campaign)
        days = (campaign.start, campaign.end) if campaign else (None, None)
        if idea.source is Origin.OCCASION:
            days = _around(idea.origin, workspace.occasions[0], today)
            if days[1] is None:
                continue  # its day is over, or nobody knows it
        if idea.stage in (Stage.NEW, Stage.SHORTLISTED) and idea.channels:
            yield Candidate(
                Source.IDEA,
                idea.id or idea.path,
                idea.path,
                idea.title,
                tuple(dict.fromkeys(idea.channels)),
                idea.pillar,
                idea.campaign,
                idea.audience,
                idea.labels,
                worth=idea.score.value / 25 if idea.score else 0.0,
                shortlisted=idea.stage is Stage.SHORTLISTED,
                first=days[0],
                last=days[1],
                occasion=idea.origin if idea.source is Origin.OCCASION else "",
            )


def _around(name: str, occasions: Sequence[Occasion], today: date) -> tuple[date | None, date | None]:
    """The next days of an occasion, with its eve; Nones where it does not come again."""
    days = (
        day for one in occasions if one.name == name for year in (today.year, today.year + 1) for day in one.days(year)
    )
    coming = sorted(day for day in days if day >= today)
    if not coming:
        return None, None
    last = coming[0]
    while last + timedelta(days=1) in coming:
        last += timedelta(days=1)
    return coming[0] - EVE, last
