"""Who answers for what: everything that front matter, blocks and settings give to a person, read where it stands.

Nobody keeps a second list: whoever hands something over changes the `owner` there, and this changes with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from itertools import chain

from toolkit.editorial import read_ideas
from toolkit.messages import _
from toolkit.model import Status
from toolkit.values import dataclass
from toolkit.workspace import Workspace
from toolkit.workspace.briefings import is_briefing, read_briefings
from toolkit.workspace.playbooks import read_playbooks


class Kind(StrEnum):
    """What it is that somebody answers for, in the order in which it matters."""

    CRISIS = "crisis"  # leads on a level, or stands in there
    ESCALATION = "escalation"  # takes over what a briefing names
    CAMPAIGN = "campaign"
    BRIEFING = "briefing"
    PAGE = "page"
    PROOF = "proof"
    TOPIC = "topic"
    OCCASION = "occasion"
    IDEA = "idea"  # still open
    POST = "post"  # not ready yet


@dataclass(frozen=True, slots=True)
class Charge:
    """Something that `person` (the key) answers for, in words, and the file that says so."""

    person: str
    kind: Kind
    title: str
    path: str


def find_charges(workspace: Workspace) -> list[Charge]:
    """All of them, by kind and title; names of nobody in leitstand.toml are there, too: rules tell them."""
    found = chain(_crisis(workspace), _briefings(workspace), _handbook(workspace), _content(workspace))
    order = {kind: place for place, kind in enumerate(Kind)}
    return sorted(
        {one for one in found if one.person}, key=lambda one: (order[one.kind], one.title.casefold(), one.path)
    )


def kind_word(kind: Kind) -> str:
    """What people call things of the kind."""
    return {
        Kind.CRISIS: _("Crisis"),
        Kind.ESCALATION: _("Takes over"),
        Kind.CAMPAIGN: _("Campaigns"),
        Kind.BRIEFING: _("Briefings"),
        Kind.PAGE: _("Pages of the handbook"),
        Kind.PROOF: _("Proofs"),
        Kind.TOPIC: _("No-go topics"),
        Kind.OCCASION: _("Occasions"),
        Kind.IDEA: _("Ideas"),
        Kind.POST: _("Posts in the making"),
    }[kind]


def _crisis(workspace: Workspace) -> Iterator[Charge]:
    for plan in read_playbooks(workspace.handbook)[0]:
        path = plan.places.source.path
        for level in plan.levels:
            title = _("{plan}, level {level}").format(plan=plan.title, level=level.level)
            yield Charge(level.owner, Kind.CRISIS, title, path)
            stands_in = _("{plan}, level {level}, stands in").format(plan=plan.title, level=level.level)
            yield Charge(level.backup, Kind.CRISIS, stands_in, path)


def _briefings(workspace: Workspace) -> Iterator[Charge]:
    for one in read_briefings(workspace.handbook)[0]:
        yield Charge(one.owner, Kind.BRIEFING, one.title, one.path)
        for each in one.escalations:
            yield Charge(each.to, Kind.ESCALATION, each.what, one.path)


def _handbook(workspace: Workspace) -> Iterator[Charge]:
    handbook = workspace.handbook
    for page in handbook.pages:
        if not is_briefing(page.path) or page.front is None:
            yield Charge(page.owner, Kind.PAGE, page.title or page.path, page.path)
    for claim in handbook.claims:
        if claim.proof:
            yield Charge(claim.wording.owner, Kind.PROOF, claim.name, claim.wording.path)
    for topic in handbook.topics:
        yield Charge(topic.wording.owner, Kind.TOPIC, topic.name, topic.wording.path)


def _content(workspace: Workspace) -> Iterator[Charge]:
    for campaign in workspace.campaigns.values():
        yield Charge(campaign.owner, Kind.CAMPAIGN, campaign.title, campaign.path)
    for occasion in workspace.occasions[0]:
        path = occasion.places.source.path if occasion.places else ""
        yield Charge(occasion.owner, Kind.OCCASION, occasion.name, path)
    for idea in read_ideas(workspace)[0]:
        if idea.open:
            yield Charge(idea.owner, Kind.IDEA, idea.title, idea.path)
    for post in workspace.posts:
        if post.status is not Status.READY:
            yield Charge(post.owner or post.author, Kind.POST, post.title or post.path, post.path)
