"""What the pages are made from (`SiteInput`), and the view all page modules share (`Site`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, fields
from datetime import date, datetime
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote
from zoneinfo import ZoneInfo

from toolkit.approval import Verdict
from toolkit.community import Pauses
from toolkit.community.crisis.incident import Incident
from toolkit.editorial import Idea, read_ideas
from toolkit.ledger import Row
from toolkit.messages import spoken
from toolkit.model import Post, Problem, Rendition
from toolkit.networks import by_hand
from toolkit.outlook import Outlook
from toolkit.outlook.standing import State, channel_state
from toolkit.pages.entries import Entry, entries
from toolkit.pages.home.ranked import Ranked
from toolkit.pages.home.waits import Waits
from toolkit.pages.kept import digest
from toolkit.pages.media import Copied, used_media
from toolkit.pages.paths import find_address, find_way, quote_address, split_place
from toolkit.pages.plan.progress import Progress
from toolkit.pages.posts.addresses import archived, own_pages
from toolkit.pages.posts.measured import Measured
from toolkit.pages.research.researched import Researched
from toolkit.pages.results.figures import Figures
from toolkit.pages.results.tried import Tried
from toolkit.pages.said import say
from toolkit.pages.span import find_months
from toolkit.planning import Calendar, Slot, special_days
from toolkit.reports.board import Board
from toolkit.settings import Account, Settings
from toolkit.source.revisions import Revision, group_revisions
from toolkit.source.rulepages import RulePage, find_page, rule_pages
from toolkit.strategy import Strategy, read_strategy
from toolkit.tokens import Tokens, open_tokens
from toolkit.values import dataclass
from toolkit.workspace import Draft, Workspace, drafts

if TYPE_CHECKING:
    from toolkit.community.inbox.finding import Heard
    from toolkit.pages.feeds.cancelled import Gone

HANDBOOK: Final = "handbook"
# What a post says; where it says so in its file is shown by problems, which carry their own places.
_said: Final = attrgetter(
    *(one.name for one in fields(Post) if one.name not in {"source", "places", "body", "body_start"})
)


@dataclass(frozen=True, slots=True)
class ReportFile:
    """One finished report: its HTML and what its manifest says, as label → value.

    `stage` is "provisional", "final", or "" where the report does not say; `files` are its PDF, workbook and CSV;
    `before` is when it was made before with other numbers.
    """

    name: str
    period: str
    html: bytes
    title: str
    facts: Mapping[str, str] = field(default_factory=dict)
    made_at: datetime | None = None
    stage: str = ""
    files: tuple[Path, ...] = ()
    before: datetime | None = None


@dataclass(frozen=True)
class SiteInput:
    """Everything the site shows, read at one moment.

    `render` turns a draft into what its network receives, or None for a network nobody knows. `edit_base` is the
    address below which the forge edits files of the workspace, "" without a forge. `program` names everything outside of
    the workspace that pages depend on.
    """

    workspace: Workspace
    now: datetime
    problems: tuple[Problem, ...] = ()
    rows: tuple[Row, ...] = ()
    pauses: Pauses = field(default_factory=Pauses)
    incidents: tuple[Incident, ...] = ()
    incident_problems: tuple[Problem, ...] = ()
    reports: tuple[ReportFile, ...] = ()
    researched: Researched = field(default_factory=Researched)
    tried: Tried = field(default_factory=Tried)
    board: Board = field(default_factory=Board)
    partner: bool = False  # for people outside: without reports, key figures and findings
    figures: Figures = field(default_factory=dict)
    progress: Progress = field(default_factory=Progress)
    revisions: tuple[Revision, ...] = ()  # what changed in content/ and guidelines/, newest first
    rule_days: Mapping[str, datetime] = field(default_factory=dict)  # since when the handbook has a rule
    render: Callable[[Draft], Rendition | None] = lambda _draft: None
    directory_urls: bool = True
    edit_base: str = ""
    program: str = ""
    waits: Waits = field(default_factory=Waits)
    ranked: Ranked = field(default_factory=Ranked)
    measured: Measured = field(default_factory=dict)
    heard: Mapping[str, Heard] = field(default_factory=dict)  # uid of a post → the conversations below it
    gone: tuple[Gone, ...] = ()  # posts that were deleted of late


@dataclass(frozen=True)
class Common:
    """What is the same on all pages: the settings, how people are spoken to, how addresses look.

    `render` is `SiteInput`'s; `program` names everything outside of the workspace that pages depend on.
    """

    settings: Settings
    language: str
    partner: bool
    directory_urls: bool
    edit_base: str
    program: str
    render: Callable[[Draft], Rendition | None] = field(repr=False)

    @cached_property
    def key(self) -> str:
        """Changes with anything that every page may show."""
        return digest(say(self))

    def link(self, page: str, target: str) -> str:
        """The relative address from one page to another (paths such as ``posts/a.md``), a place on it, or an asset."""
        there, anchor = split_place(target)
        way = find_way(quote_address(page, self.directory_urls), quote_address(there, self.directory_urls))
        return f"{way}#{quote(anchor)}" if anchor else way

    def address(self, path: str) -> str:
        """Where a page is published, from the site's root: ``posts/a/`` or ``posts/a.html``; "" is the home page.

        A place in the archive is its page with ``#`` and the place.
        """
        page, anchor = split_place(path)
        published = find_address(page, self.directory_urls)
        return f"{published}#{anchor}" if anchor else published

    def edit_link(self, source: str) -> str:
        """Where people edit a file of the workspace, "" without a forge."""
        return f"{self.edit_base.rstrip('/')}/{quote(source)}" if self.edit_base else ""


class Site:
    """The input with everything that several pages need worked out once."""

    def __init__(self, given: SiteInput) -> None:
        self.given = given
        self.workspace: Workspace = given.workspace
        self.settings: Settings = given.workspace.settings
        self.zone = ZoneInfo(self.settings.timezone)
        self.now: datetime = given.now.astimezone(self.zone)
        self.today: date = self.now.date()

    @cached_property
    def common(self) -> Common:
        """What is the same on all pages."""
        given = self.given
        return Common(
            self.settings,
            spoken(),
            given.partner,
            given.directory_urls,
            given.edit_base,
            given.program,
            given.render,
        )

    @cached_property
    def tokens(self) -> Tokens:
        """The brand's colours and fonts."""
        tokens, _problems = open_tokens(self.workspace.tree)
        return tokens

    @cached_property
    def outlook(self) -> Outlook:
        """What became of the posts and what may go out, as the dispatcher judges it."""
        return Outlook(self.workspace, self.now, self.given.rows, self.given.pauses)

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Every channel of every post with a moment."""
        return self.outlook.slots

    def standing(self, slot: Slot) -> State:
        """How one channel of a post stands at one time, see `channel_state`; calendars and its own page ask alike."""
        key = slot.post.path, slot.account.name, slot.draft.instance, slot.due
        found = self._standings.get(key)
        if found is None:
            found = self._standings[key] = channel_state(self.outlook, slot)
        return found

    @cached_property
    def by_hand(self) -> frozenset[str]:
        """The accounts on which a person publishes, by their names."""
        return frozenset(one.name for one in self.settings.accounts.values() if by_hand(one))

    @cached_property
    def _standings(self) -> dict[tuple[str, str, date | None, datetime | None], State]:
        return {}

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Posts at their moments, in order; see `Entry`."""
        return entries(self)

    def entries_key(self, found: Iterable[Entry]) -> str:
        """What two lists of entries share only when nothing that a list shows of them differs; names are in `Common`.

        A list shows no texts, so that of a word that changed it need not know.
        """
        rows: list[object] = []
        campaigns: dict[str, str] = {}
        for entry in found:
            post, states = entry.post, [one.key for one in entry.states]
            rows.append((self._say(post)[0], self.post_pages[post.path], entry.local, entry.deadline, states))
            if post.campaign and post.campaign not in campaigns:
                campaign = self.workspace.campaigns.get(post.campaign)
                campaigns[post.campaign] = campaign.title if campaign else ""
        return digest(repr(rows), repr(campaigns))

    def content_key(self, post: Post) -> str:
        """What two posts share only when they say the same, whatever their files look like."""
        return self._say(post)[1]

    def _say(self, post: Post) -> tuple[str, str]:
        """The keys of everything that a post says but its text, and of that with it."""
        known = self._contents.get(post.path)
        if known is None:
            beside = digest(repr(_said(post)))
            known = self._contents[post.path] = beside, digest(beside, post.body)
        return known

    @cached_property
    def _contents(self) -> dict[str, tuple[str, str]]:
        return {}

    @cached_property
    def entries_of(self) -> Mapping[str, tuple[Entry, ...]]:
        """Path of a post → its entries."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.post.path, []).append(entry)
        return {path: tuple(ones) for path, ones in found.items()}

    @cached_property
    def months(self) -> Mapping[date, tuple[Entry, ...]]:
        """First day of each month that has pages, in order, see `toolkit.pages.span` → its entries."""
        found: dict[date, list[Entry]] = {month: [] for month in find_months(self)}
        for entry in self.entries:
            found[entry.local.date().replace(day=1)].append(entry)
        return {month: tuple(ones) for month, ones in found.items()}

    @cached_property
    def problems_of(self) -> Mapping[str, tuple[Problem, ...]]:
        """Path → its problems."""
        found: dict[str, list[Problem]] = {}
        for problem in self.given.problems:
            found.setdefault(problem.path, []).append(problem)
        return {path: tuple(ones) for path, ones in found.items()}

    @cached_property
    def post_pages(self) -> Mapping[str, str]:
        """Path of a post → where links lead to: its page, or its place in the archive."""
        return {**self.own_pages, **self.archived}

    @cached_property
    def own_pages(self) -> Mapping[str, str]:
        """Path of a post → path of a page of its own, whether it still has one or not; see `own_pages`."""
        return own_pages(self.workspace.posts)

    @cached_property
    def archived(self) -> Mapping[str, str]:
        """Path of an archived post → page and place on it; see `archived`."""
        return archived(self)

    @cached_property
    def media(self) -> Mapping[str, Copied]:
        """Path on the site → picture, of all pictures that posts use and that are there."""
        every = [draft for post in self.workspace.posts for draft in self.drafts_of(post)]
        every += [slot.draft for slot in self.slots if slot.occurrence]
        return used_media(self.workspace.root, self.workspace.tree, every)

    def drafts_of(self, post: Post) -> tuple[Draft, ...]:
        """The post as each of its accounts gets it, see `toolkit.workspace.drafts`."""
        return self.workspace.remembered(post, drafts)

    @cached_property
    def posts_by_path(self) -> Mapping[str, Post]:
        """Path → post."""
        return {post.path: post for post in self.workspace.posts}

    @cached_property
    def posts_by_uid(self) -> Mapping[str, Post]:
        """Uid → post."""
        return {post.uid: post for post in self.workspace.posts if post.uid}

    @cached_property
    def ideas(self) -> Mapping[str, Idea]:
        """Id → idea; people outside see none."""
        found = () if self.given.partner else read_ideas(self.workspace)[0]
        return {one.id: one for one in found if one.id}

    @cached_property
    def in_order(self) -> tuple[Post, ...]:
        """The posts that have a moment, each once, by their first."""
        return tuple({entry.post.path: entry.post for entry in self.entries}.values())

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Path of a post → its place `in_order`."""
        return {post.path: place for place, post in enumerate(self.in_order)}

    @cached_property
    def of_campaign(self) -> Mapping[str, tuple[Post, ...]]:
        """Campaign → its posts `in_order`."""
        found: dict[str, list[Post]] = {}
        for post in self.in_order:
            if post.campaign:
                found.setdefault(post.campaign, []).append(post)
        return {name: tuple(ones) for name, ones in found.items()}

    @cached_property
    def house_rules(self) -> Mapping[str, RulePage]:
        """Rule of the house → where the handbook explains it."""
        return rule_pages(self.workspace.tree)

    def rule_page(self, rule: str) -> RulePage | None:
        """Where a rule is explained, asked of the disk once for all posts that break it; None where it is nowhere."""
        if rule not in self._rule_pages:
            self._rule_pages[rule] = find_page(self.workspace.tree, rule, self.house_rules)
        return self._rule_pages[rule]

    @cached_property
    def _rule_pages(self) -> dict[str, RulePage | None]:
        return {}

    @cached_property
    def strategy(self) -> Strategy:
        """The social media plan, read once for all pages that ask it."""
        return read_strategy(self.workspace)

    @cached_property
    def revisions_of(self) -> Mapping[str, tuple[Revision, ...]]:
        """Path of a file of the workspace → the commits that touched it, newest first; nothing without git."""
        return group_revisions(self.given.revisions)

    def find_verdict(self, post: Post, account: Account) -> Verdict:
        """Whether the post may go to the account."""
        return self.outlook.find_verdict(post, account)

    def rows_of(self, post: Post, account: Account, occurrence: str | None = None) -> tuple[Row, ...]:
        """See `Outlook.rows_of`."""
        return self.outlook.rows_of(post, account, occurrence)

    def followers_of(self, post: Post, account: Account, occurrence: str | None = None) -> tuple[Row, ...]:
        """See `Outlook.followers_of`."""
        return self.outlook.followers_of(post, account, occurrence)

    def special_days(self, year: int) -> Calendar:
        """Holidays of the workspace's region and its own occasions, in the language of the site."""
        known = self._special.get(year)
        if known is None:
            settings, (occasions, _problems) = self.settings, self.workspace.occasions
            known = self._special[year] = special_days(settings.region, (year,), settings.interface, occasions)
        return known

    @cached_property
    def _special(self) -> dict[int, Calendar]:
        return {}

    def name_of(self, person: str) -> str:
        """The name of a person of the workspace; what stands there when nobody is called so."""
        found = self.settings.people.get(person)
        return found.name if found else person

    def link(self, page: str, target: str) -> str:
        """See `Common.link`."""
        return self.common.link(page, target)

    def address(self, path: str) -> str:
        """See `Common.address`."""
        return self.common.address(path)

    def edit_link(self, source: str) -> str:
        """See `Common.edit_link`."""
        return self.common.edit_link(source)
