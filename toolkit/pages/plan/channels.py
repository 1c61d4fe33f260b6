"""Channel pages: what an account is for, who answers there, what is next, its rhythm, and what it brought."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final

from toolkit.approval.verdict import required_approvals
from toolkit.dates import say_short_day, say_time
from toolkit.errors import UsageError
from toolkit.messages import _, ngettext
from toolkit.networks import find_network
from toolkit.pages.calendar.notes import Notes
from toolkit.pages.entries import Entry
from toolkit.pages.kept import digest
from toolkit.pages.markup import Child, Html, div, heading, join, link, para, span, tag
from toolkit.pages.page import Page, generated
from toolkit.pages.paths import CHANNELS, POSTS, PROBLEMS, SLOTS, SUBSCRIBE, calendar_feed, channel_path, period_path
from toolkit.pages.pieces import chip, count_posts, empty, entry_list, facts, head, tile
from toolkit.pages.plan.rhythm import count_days, show_rhythm
from toolkit.pages.plan.strategy import PAGE as STRATEGY_PAGE
from toolkit.pages.posts.lists import entry_table
from toolkit.pages.research.sparks import spark
from toolkit.pages.results.readings import Said, read_tables, said_cell
from toolkit.pages.tables import row, table
from toolkit.pages.team.people import name_links, shifts
from toolkit.pages.view import HANDBOOK, Site
from toolkit.planning import PostingSlot
from toolkit.planning.duty import is_answered
from toolkit.reports.titles import period_title
from toolkit.settings import Account
from toolkit.strategy import Purpose, Strategy
from toolkit.values import dataclass

_SHOWN: Final = 6
_FOLDED: Final = 50  # more stand in the lists of their months
_NEAR: Final = _SHOWN + _FOLDED + 1  # one more than is listed says that there are others
_SLOTS: Final = 6
_MONTHS: Final = 12
_NONE: Final = "\N{EN DASH}"


@dataclass(frozen=True)
class _House:
    """What the pages of all accounts share, each piece found once."""

    site: Site
    plan: Strategy
    entries: Mapping[str, Sequence[Entry]]  # of each account, in order

    @cached_property
    def free(self) -> Mapping[str, Sequence[PostingSlot]]:
        """Account → its free slots of the next weeks, in order."""
        found: dict[str, list[PostingSlot]] = {}
        for slots in Notes(self.site).free.values():
            for slot in slots:
                found.setdefault(slot.account.name, []).append(slot)
        return found

    @cached_property
    def answering(self) -> tuple[str, ...]:
        """Who answers today, or stands in for whoever should."""
        return tuple(dict.fromkeys(one.there.key for one in shifts(self.site) if one.there is not None))

    @cached_property
    def sheets(self) -> Mapping[str, str]:
        """Network → the handbook's page that is called like it."""
        if self.site.given.partner:
            return {}
        paths = (page.path for page in self.site.workspace.handbook.pages)
        return {path.rpartition("/")[2].removesuffix(".md"): path for path in paths if path.count("/") > 1}

    @cached_property
    def numbers(self) -> Sequence[tuple[str, Mapping[str, tuple[Said, ...]], Mapping[str, tuple[Said, ...]]]]:
        """Period of a monthly report → channel's title → its row of numbers, and that with the interval of the rate."""
        found = []
        for one in [one for one in self.site.given.reports if one.name == "monthly"][:_MONTHS]:
            tables = read_tables(one.html, "channels")
            wide = next((each for each in tables if len(each.heads) >= 6), None)
            rates = next((each for each in tables if len(each.heads) == 4), None)
            rows = [{cells[0].text: cells for cells in each.rows} if each else {} for each in (wide, rates)]
            found.append((one.period, rows[0], rows[1]))
        return found

    @cached_property
    def followers(self) -> Mapping[str, Sequence[tuple[str, Said]]]:
        """Channel's title → day and followers at the end of each month, from the newest monthly report."""
        report = next((one for one in self.site.given.reports if one.name == "monthly"), None)
        names = {account.title or account.name for account in self.site.settings.accounts.values()}
        for found in read_tables(report.html, "series") if report else ():
            if names & set(found.heads[1:]):
                return {
                    name: [(cells[0].text, cells[at]) for cells in found.rows]
                    for at, name in enumerate(found.heads)
                    if name in names
                }
        return {}


def channel_pages(site: Site) -> dict[str, Page]:
    """The index and a page per account; nothing without accounts."""
    accounts = list(site.settings.accounts.values())
    if not accounts:
        return {}
    house = _House(site, site.strategy, _entries(site))
    return {CHANNELS: _index(house), **{channel_path(account): _page(house, account) for account in accounts}}


def _entries(site: Site) -> Mapping[str, Sequence[Entry]]:
    found: dict[str, list[Entry]] = {name: [] for name in site.settings.accounts}
    for entry in site.entries:
        for account in entry.accounts:
            found[account.name].append(entry)
    return found


def _title(account: Account) -> str:
    return account.title or account.name


def _urgent(house: _House, account: Account) -> list[Entry]:
    """Posts about which a person has to decide something, the earliest first; people outside are told none."""
    urgent = (one for one in house.entries[account.name] if any(state.urgent for state in one.states))
    return [] if house.site.given.partner else [one for one in _on(account, urgent) if one.state.urgent]


def _parted(house: _House, account: Account) -> tuple[Sequence[Entry], Sequence[Entry]]:
    """What is over, and what comes."""
    found = house.entries[account.name]
    place = bisect_left(found, house.site.now, key=lambda one: one.local)
    return found[:place], found[place:]


def _on(account: Account, found: Iterable[Entry]) -> list[Entry]:
    """The entries in the state that they have on the account."""
    return [replace(one, state=one.state_on(account)) for one in found]


# --- index ------------------------------------------------------------------------------------------------------------


def _index(house: _House) -> Page:
    title = _("Channels")
    accounts = house.site.settings.accounts.values()
    said = ngettext("{count} account", "{count} accounts", len(accounts))
    boxes = tag("ul", *(_box(house, account) for account in accounts), class_="ls-boxes")
    return generated(title, join((head(title, para(said, class_="ls-summary")), boxes)), search=False)


def _box(house: _House, account: Account) -> Html:
    site, urgent = house.site, _urgent(house, account)
    _past, coming = _parted(house, account)
    title = link(site.link(CHANNELS, channel_path(account)), _title(account))
    purpose = house.plan.purpose(account.name)
    following = house.followers.get(_title(account), ())
    last = following[-1][1].text if following else ""
    numbers = [_("{posts} planned").format(posts=count_posts(len(coming)))]
    numbers += [_("{number} followers").format(number=last)] if last and last != _NONE else []
    line = [one.value for _day, one in following if one.value is not None]
    return tag(
        "li",
        heading(2, span(title, class_=f"ls-channel ls-net-{account.network}")),
        para(purpose.purpose if purpose else account.id),
        para(_next(coming)),
        div(para(" · ".join(numbers)), spark(line), class_="ls-bar-of"),
        para(*_alarms(urgent)) if urgent else None,
        class_="ls-campaign ls-account",
    )


def _next(coming: Sequence[Entry]) -> str:
    if not coming:
        return _("Nothing is planned.")
    first = coming[0]
    words = _("next {day}, {time}: {title}")
    return words.format(day=say_short_day(first.local), time=say_time(first.local), title=first.title)


def _alarms(urgent: Sequence[Entry]) -> Iterator[Child]:
    """Each state that asks for a person, with how often."""
    for state in dict.fromkeys(one.state for one in urgent):
        yield span(chip(state), f" {sum(one.state == state for one in urgent)}", class_="ls-tally")


# --- an account -------------------------------------------------------------------------------------------------------


def _page(house: _House, account: Account) -> Page:
    """Posts and rhythm cost most: they are made with the page. The rest comes from all over, and is its own key."""
    site, page = house.site, channel_path(account)
    past, coming = _parted(house, account)
    urgent, near, last = _urgent(house, account), _on(account, coming[:_NEAR]), _on(account, past[: -_NEAR - 1 : -1])
    days, weekly = count_days(site, past), _weekly(house, account)
    top, numbers = _head(house, page, account, coming), _numbers(house, page, account)
    aside = join((_free(house, page, account), _facts(house, page, account)))

    def body() -> Html:
        planned, nothing = _("Planned"), _("Nothing is planned.")
        main = div(
            _failures(house, page, urgent),
            tile(planned, *_listed(site, page, near, nothing), name="calendar", more=_of(coming)),
            tile(_("Past"), *_listed(site, page, last, ""), name="past", more=_of(past)) if past else None,
            numbers,
            class_="ls-first",
        )
        rhythm = tile(_("Rhythm of the last half year"), show_rhythm(site, days, weekly), name="week")
        return join((top, div(main, div(aside, rhythm, class_="ls-second"), class_="ls-columns")))

    sizes = [account.name, len(urgent), len(coming), len(past), site.today, sorted(days.items()), weekly]
    key = digest(site.common.key, site.entries_key((*urgent, *near, *last)), repr(sizes), top, numbers or "", aside)
    source = house.plan.path if house.plan.purpose(account.name) else ""
    return generated(_title(account), body, source=source, key=key)


def _weekly(house: _House, account: Account) -> float | None:
    purpose = house.plan.purpose(account.name)
    return purpose.weekly if purpose else None


def _head(house: _House, page: str, account: Account, coming: Sequence[Entry]) -> Html:
    site, purpose = house.site, house.plan.purpose(account.name)
    lead = para(purpose.purpose, class_="ls-lead") if purpose and purpose.purpose else None
    words = [_next(coming), count_posts(len(house.entries[account.name]))]
    waiting = next((one for one in site.given.waits.queues if one.channel == account.name), None)
    waits = None
    if waiting is not None:
        said = ngettext("{count} waits for an answer", "{count} wait for an answer", waiting.count)
        waits = span(said, class_=f"ls-chip ls-{'warn' if waiting.late else 'info'}")
    kicker = link(site.link(page, CHANNELS), _("Channels"))
    name = span(_title(account), class_=f"ls-channel ls-net-{account.network} ls-name")
    summary = para(*(span(one) for one in words), waits, class_="ls-summary")
    return tag("header", para(kicker, class_="ls-kicker"), heading(1, name), lead, summary, class_="ls-head")


def _of(found: Sequence[Entry]) -> Html | None:
    return span(count_posts(len(found)), class_="ls-soft") if len(found) > _SHOWN else None


def _listed(site: Site, page: str, found: Sequence[Entry], nothing: str) -> Iterator[Html]:
    """The first few as rows, those after them folded away as a table, then the way to all others."""
    yield entry_list(site, page, found[:_SHOWN], nothing)
    rest, others = found[_SHOWN : _SHOWN + _FOLDED], found[_SHOWN + _FOLDED :]
    if rest:
        said = ngettext("{count} more", "{count} more", len(rest))
        yield tag("details", tag("summary", said), entry_table(site, page, rest), class_="ls-behind")
    if others:
        yield para(link(site.link(page, POSTS), _("All others by month"), class_="ls-more"))


def _failures(house: _House, page: str, urgent: Sequence[Entry]) -> Html | None:
    if not urgent:
        return None
    more = link(house.site.link(page, PROBLEMS), _("Problems"), class_="ls-more")
    return tile(_("Somebody has to decide"), *_listed(house.site, page, urgent, ""), name="failed", more=more)


def _free(house: _House, page: str, account: Account) -> Html | None:
    """The next free slots; None where the handbook keeps none for the account."""
    site, slots = house.site, house.free.get(account.name, ())
    if site.given.partner or not site.workspace.handbook.slots:
        return None
    items = (tag("li", *_slot(house, slot)) for slot in slots[:_SLOTS])
    shown = tag("ul", *items, class_="ls-spaced") if slots else empty(_("No slot of the next four weeks is free."))
    return tile(_("Next free slots"), shown, name="free", more=link(site.link(page, SLOTS), _("all"), class_="ls-more"))


def _slot(house: _House, slot: PostingSlot) -> Iterator[Child]:
    local = slot.at.astimezone(house.site.zone)
    yield tag("time", say_short_day(local), ", ", tag("b", say_time(local)), datetime=local.isoformat())
    names = [found.title if (found := house.plan.pillar(name)) else name for name in sorted(slot.pillars)]
    if names:
        yield span(" ", _("for {pillars}").format(pillars=", ".join(names)), class_="ls-soft")


def _facts(house: _House, page: str, account: Account) -> Html:
    site, purpose = house.site, house.plan.purpose(account.name)
    feed = calendar_feed("channel", account.name)
    rows: tuple[tuple[str, Child], ...] = (
        (_("Audience"), ", ".join(_audiences(house.plan, purpose)) if purpose else None),
        (_("Who answers today"), _answers(house, page, account)),
        (_("Rules and limits"), _sheet(house, page, account)),
        (_("Approvals needed"), str(required_approvals(account, site.settings))),
        (_("Account"), account.id),
        (_("Network"), _network(account)),
        (_("Name in posts"), tag("code", account.name)),
        (_("Language"), account.language),
        (_("Time zone"), account.timezone or site.settings.timezone),
        (
            _("Calendar"),
            span(
                link(site.link(page, feed), _("as a file")),
                ", ",
                link(site.link(page, SUBSCRIBE), _("subscribe")),
            ),
        ),
        (
            _("Written down in"),
            None if not purpose or site.given.partner else link(site.link(page, STRATEGY_PAGE), _("Strategy")),
        ),
    )
    return tag("section", heading(2, _("Facts"), "facts"), facts(rows), class_="ls-tile", aria_labelledby="facts")


def _audiences(plan: Strategy, purpose: Purpose) -> Iterator[str]:
    for name in purpose.audiences:
        known = plan.audience(name)
        yield known.title if known else name


def _answers(house: _House, page: str, account: Account) -> Child:
    if not is_answered(account):
        return _("nobody can write back there")
    if house.site.given.partner:
        return None
    return name_links(house.site, page, house.answering) if house.answering else _("nobody is on the roster")


def _sheet(house: _House, page: str, account: Account) -> Html | None:
    path = house.sheets.get(account.network)
    if path is None:
        return None
    title = next(one.title for one in house.site.workspace.handbook.pages if one.path == path)
    return link(house.site.link(page, f"{HANDBOOK}/{path.partition('/')[2]}"), title or account.network)


def _network(account: Account) -> str:
    try:
        return find_network(account.network).title
    except UsageError:
        return account.network


def _numbers(house: _House, page: str, account: Account) -> Html | None:
    """Month by month what the reports say of the account, and its followers as a line."""
    if house.site.given.partner:
        return None
    title, name = _("What reports say of it"), _title(account)
    rows = [(period, wide[name], rates.get(name)) for period, wide, rates in house.numbers if name in wide]
    if not rows:
        return tile(title, empty(_("No report has counted it yet: leitstand report monthly")), name="report")
    heads = (_("Month"), _("Posts"), _("Interactions"), _("Engagement rate"), _("Followers"))
    shown = (
        row(*zip(heads, _month(house.site, page, period, cells, rate), strict=True)) for period, cells, rate in rows
    )
    return tile(title, _growth(house, account), table(heads, shown, title, numbers=(1, 2, 3, 4)), name="report")


def _month(site: Site, page: str, period: str, cells: Sequence[Said], rate: Sequence[Said] | None) -> Iterator[Child]:
    yield link(site.link(page, period_path(period)), period_title(period))
    yield from map(said_cell, cells[1:3])
    between = _("{interval}, n = {n}").format(interval=rate[2].text, n=rate[3].text) if rate else ""
    yield span(said_cell(cells[3]), tag("small", between) if between else None, class_="ls-two")
    yield said_cell(cells[-1])


def _growth(house: _House, account: Account) -> Html | None:
    found = [(day, one) for day, one in house.followers.get(_title(account), ()) if one.value is not None]
    if len(found) < 2:
        return None
    (first, before), (last, after) = found[0], found[-1]
    words = _("Followers: {before} on {first}, {after} on {last}.")
    said = words.format(before=before.text, first=first, after=after.text, last=last)
    return div(para(said), spark([one.value or 0.0 for _day, one in found]), class_="ls-bar-of ls-growth")
