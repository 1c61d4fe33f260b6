"""Everything the page of one post shows, gathered before any of it is made into HTML.

A page is made from its `PostFacts` and from what is the same on all pages (`Common`), and from nothing else: so two
builds with the same `key` make the same page, byte for byte, and the second one need not. Whatever a page is to show
more stands here first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, fields
from datetime import date, datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from toolkit.ledger import Row
from toolkit.model import Approval, Post, Problem, SentBack, Status
from toolkit.outlook import read_rendition
from toolkit.outlook.standing import State, is_open, state, together
from toolkit.pages.kept import digest
from toolkit.pages.media import asset_path
from toolkit.pages.paths import campaign_path, idea_path, kit_path, pillar_path
from toolkit.pages.posts.around import Around, Target, look_around
from toolkit.pages.posts.findings import rule_targets
from toolkit.pages.posts.history import Step, find_steps
from toolkit.pages.posts.measured import Brought
from toolkit.pages.posts.stops import Stop, find_stops
from toolkit.pages.view import Common, Site
from toolkit.planning import Slot
from toolkit.planning.states import say_progress
from toolkit.settings import Account
from toolkit.values import dataclass
from toolkit.workspace import Draft, instances

if TYPE_CHECKING:
    from toolkit.community.inbox.finding import Heard


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody's yes, or their no with a note, at `at` in the workspace's zone; `void` when it meant other content."""

    name: str
    at: datetime
    void: bool
    refused: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the ledger knows of one part on one account: its address where readers see it, and what was in the way."""

    url: str
    reason: str


@dataclass(frozen=True, slots=True)
class CardFacts:
    """One card: a draft, what was `sent` of it (a rendition as JSON, "" while nothing was), and what stands below it.

    `refusal` is why it may not go out, `kit` the path of the kit's page, "" without one.
    """

    draft: Draft = field(repr=False)  # made from the post and the settings, which have their own place in the key
    account: str
    instance: date | None
    state: State
    sent: str = ""
    progress: str = ""
    deliveries: tuple[Delivery, ...] = ()
    refusal: str = ""
    kit: str = ""


@dataclass(frozen=True, slots=True)
class PostFacts:
    """What the page of `post` at `page` shows; names of people are said in full, moments in the workspace's zone.

    `pictures` are the site's paths of the media that are there; `unknown` are channels without an account; `rules` are the
    addresses of the problems' rules, from the page; `brought` is what was counted, by account, and `heard` what was
    said. `coming` is the next of its moments, else the last.
    """

    post: Post = field(repr=False)
    content: str  # the post's place in the key, see `Site.content_key`
    drafts: tuple[Draft, ...] = field(repr=False)
    page: str
    state: State
    moments: tuple[datetime, ...]
    author: str
    owner: str
    cards: tuple[CardFacts, ...] = ()
    unknown: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    campaign: Target | None = None
    idea: Target | None = None
    said: tuple[Said, ...] = ()
    problems: tuple[Problem, ...] = ()
    rules: tuple[tuple[str, str], ...] = ()
    around: Around = field(default_factory=Around)
    steps: tuple[Step, ...] = ()
    brought: tuple[tuple[str, Brought], ...] = ()
    heard: Heard | None = None
    coming: datetime | None = None
    pillar: Target | None = None  # None where the plan does not know it, and for people outside
    stops: tuple[Stop, ...] = ()

    def key(self, common: Common) -> str:
        """What two pages share only when they are the same."""
        return digest(common.key, repr((_of_post(self), [_of_card(one) for one in self.cards])))


# What stands in the key. Classes say themselves five times as slowly as tuples.
_of_card: Final = attrgetter(*(one.name for one in fields(CardFacts) if one.repr))
_of_post: Final = attrgetter(*(one.name for one in fields(PostFacts) if one.repr and one.name != "cards"))


def post_facts(site: Site, post: Post) -> PostFacts:
    """The facts about `post`; nothing is rendered and no file read."""
    entries = site.entries_of.get(post.path, ())
    drafts, campaign, idea = (
        site.drafts_of(post),
        site.workspace.campaigns.get(post.campaign),
        site.ideas.get(post.idea),
    )
    cards = tuple(_card(site, one) for draft in drafts for one in _times(site, draft))
    said, problems = tuple(_said(site, post)), () if site.given.partner else site.problems_of.get(post.path, ())
    return PostFacts(
        post,
        site.content_key(post),
        drafts,
        site.post_pages[post.path],
        together(entry.state for entry in entries) if entries else state(post.status.value),
        tuple(entry.local for entry in entries),
        site.name_of(post.author),
        site.name_of(post.owner),
        cards,
        tuple(name for name in post.channels if name not in site.settings.accounts),
        tuple(_pictures(site, cards)),
        Target(campaign_path(campaign), campaign.title) if campaign else None,
        Target(idea_path(idea.name), idea.title) if idea else None,
        said,
        problems,
        rule_targets(site, site.post_pages[post.path], problems),
        look_around(site, post),
        find_steps(site, post, said),
        tuple(_brought(site, drafts)),
        site.given.heard.get(post.uid) if post.uid else None,
        next((entry.local for entry in entries if entry.local >= site.now), entries[-1].local if entries else None),
        _pillar(site, post),
        find_stops(site, post, (one.draft for one in cards if one.state.key == "paused")),
    )


def _pillar(site: Site, post: Post) -> Target | None:
    known = None if site.given.partner or not post.pillar else site.strategy.pillar(post.pillar)
    return Target(pillar_path(known.name), known.title) if known else None


def _brought(site: Site, drafts: tuple[Draft, ...]) -> Iterator[tuple[str, Brought]]:
    """What was counted of a post, on the channels that it goes to."""
    for draft in drafts:
        found = site.given.measured.get((draft.post.uid, draft.account.name)) if draft.post.uid else None
        if found is not None:
            yield draft.account.name, found


def _times(site: Site, draft: Draft) -> list[Draft]:
    """The next time that the post comes, then one of each other text or set of media that its days have."""
    if draft.post.repeat is None:
        return [draft]
    coming = site.outlook.coming(draft)
    found = {(one.parts, one.media): one for one in reversed([coming, *instances(draft)])}
    return [coming, *(one for one in reversed(found.values()) if one is not coming)]


def _card(site: Site, draft: Draft) -> CardFacts:
    post, account, occurrence = draft.post, draft.account, draft.occurrence
    due = draft.publish.instant() if draft.publish else None
    standing = site.standing(Slot(post, account, draft, due))
    refusal, kit = _refusal(site, post, account), _kit(site, draft, standing)
    if not site.outlook.is_known(post):
        return CardFacts(draft, account.name, draft.instance, standing, refusal=refusal, kit=kit)
    parts = site.rows_of(post, account, occurrence)
    rows = (*parts, *site.followers_of(post, account, occurrence))
    sent = site.outlook.published(post, account, occurrence)
    deliveries = tuple(_deliveries(rows))
    return CardFacts(draft, account.name, draft.instance, standing, sent, say_progress(parts), deliveries, refusal, kit)


def _deliveries(rows: tuple[Row, ...]) -> Iterator[Delivery]:
    for row in rows:
        url = row.url if row.action == "post" else ""
        if url or row.reason:
            yield Delivery(url, row.reason)


def _refusal(site: Site, post: Post, account: Account) -> str:
    # People outside are told that it waits, and not for whom.
    if post.status is not Status.READY or site.given.partner:
        return ""
    verdict = site.find_verdict(post, account)
    return "" if verdict.granted else verdict.reason


def _kit(site: Site, draft: Draft, standing: State) -> str:
    """The way to what a person needs who publishes it."""
    post = draft.post
    waits = draft.publish is not None or post.publish_next
    if not (post.uid and waits and is_open(standing) and draft.account.name in site.by_hand):
        return ""
    return kit_path(site.post_pages[post.path], draft.account, draft.occurrence)


def _pictures(site: Site, cards: tuple[CardFacts, ...]) -> Iterator[str]:
    """The pictures that are there, of what was sent and of what would be."""
    names = {medium.file for card in cards for medium in card.draft.media}
    for card in cards:
        if '"file"' in card.sent and (rendition := read_rendition(card.sent)):
            names |= {one.file for part in rendition.parts for one in part.attachments}
    yield from sorted({path for name in names if name and (path := asset_path(name)) in site.media})


def _said(site: Site, post: Post) -> Iterator[Said]:
    """Every yes and no, wherever it was said; who said it is nobody's business outside."""
    if site.given.partner:
        return
    known = site.workspace
    elsewhere = known.approvals.get(post.uid, ()) if post.uid else ()
    refusals = known.sent_back.get(post.uid, ()) if post.uid else ()
    yield from (_words(site, post, one) for one in (*post.approved, *elsewhere))
    yield from (_words(site, post, one, refused=True, note=one.note) for one in refusals)


def _words(site: Site, post: Post, one: Approval | SentBack, *, refused: bool = False, note: str = "") -> Said:
    void = one.hash != site.outlook.digest(post)
    return Said(site.name_of(one.by), one.at.astimezone(site.zone), void, refused, note)
