"""Pages of the content pillars: what each is for, the share it should have and has, its posts, and what it brings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Final

from toolkit.dates import month_names, say_month
from toolkit.editorial import Idea
from toolkit.editorial.ranking import rank
from toolkit.messages import _, decimal, ngettext, spoken
from toolkit.pages.entries import Entry
from toolkit.pages.markup import Child, Html, div, heading, join, link, para, span, tag
from toolkit.pages.page import Page, generated
from toolkit.pages.paths import IDEAS, PILLARS, idea_path, pillar_path
from toolkit.pages.pieces import count_posts, empty, entry_list, facts, head, tile
from toolkit.pages.plan.strategy import PAGE as STRATEGY_PAGE
from toolkit.pages.plan.strips import share_strip
from toolkit.pages.results.compared import compared_table
from toolkit.pages.results.readings import Group, latest_report, read_groups
from toolkit.pages.results.reports import report_path
from toolkit.pages.team.people import name_link
from toolkit.pages.view import ReportFile, Site
from toolkit.reports.titles import period_title
from toolkit.reports.wording import Wording
from toolkit.strategy import Mix, Part, Pillar, Strategy, month_mix, posts_by_month
from toolkit.values import dataclass

BACK: Final = 6  # months beside this one and the next
_POSTS: Final = 6
_IDEAS: Final = 8
# As both languages write them.
_QUOTED: Final = re.compile("([\u201e\u201c][^\u201c\u201d]+[\u201c\u201d])")


@dataclass(frozen=True)
class _House:
    """What the pages of all pillars share, each piece found once."""

    site: Site
    plan: Strategy

    @cached_property
    def months(self) -> Mapping[date, Mix]:
        """The last months, this one and the next → how their posts are spread, in order."""
        here = self.site.today.year * 12 + self.site.today.month - 1
        days = [date(number // 12, number % 12 + 1, 1) for number in range(here - BACK, here + 2)]
        posts = posts_by_month(self.site.workspace.posts, days[0])
        return {day: month_mix(self.plan.pillars, [post.pillar for post in posts.get(day, ())]) for day in days}

    @property
    def now(self) -> Mix:
        """This month's mix."""
        return self.months[self.site.today.replace(day=1)]

    @cached_property
    def entries(self) -> Mapping[str, Sequence[Entry]]:
        """Pillar → its posts at their moments, in order."""
        found: dict[str, list[Entry]] = {}
        for entry in self.site.entries:
            found.setdefault(entry.post.pillar, []).append(entry)
        return found

    @cached_property
    def ideas(self) -> Mapping[str, Sequence[Idea]]:
        """Pillar → the ideas that wait for a decision, the best first."""
        found: dict[str, list[Idea]] = {}
        for one in rank(self.site.ideas.values()):
            if one.open:
                found.setdefault(one.pillar, []).append(one)
        return found

    @cached_property
    def report(self) -> ReportFile | None:
        """The newest monthly report."""
        return latest_report(self.site)

    @cached_property
    def groups(self) -> Mapping[str, Group]:
        """What that report says of groups of posts."""
        return read_groups(self.report.html) if self.report else {}

    def group(self, pillar: Pillar) -> Group | None:
        """What it says of a pillar; reports call it by its short name."""
        return self.groups.get(pillar.name) or self.groups.get(pillar.title)

    def part(self, pillar: Pillar, mix: Mix) -> Part:
        """The pillar's part of a month."""
        return mix.parts[self.plan.pillars.index(pillar)]


def pillar_pages(site: Site) -> dict[str, Page]:
    """The index and a page for each pillar; nothing where the strategy names none."""
    plan = site.strategy
    if not plan.pillars:
        return {}
    house = _House(site, plan)
    return {PILLARS: _index(house), **{pillar_path(one.name): _page(house, one) for one in plan.pillars}}


def pillar_link(site: Site, page: str, name: str) -> Html:
    """A pillar by its title, which leads to its page; a name that the plan does not know stays as it is."""
    found = site.strategy.pillar(name)
    if found is None or site.given.partner:
        return span(found.title if found else name)
    return link(site.link(page, pillar_path(name)), found.title)


def with_pillars(site: Site, page: str, said: str) -> Iterator[Child]:
    """A report's sentence, in which quoted short names of pillars become their titles and lead to them."""
    names = {one.name: one.title for one in site.strategy.pillars}
    for part in _QUOTED.split(said):
        name = part[1:-1]
        known = _QUOTED.fullmatch(part) and name in names
        yield link(site.link(page, pillar_path(name)), names[name]) if known else part


def _index(house: _House) -> Page:
    site, title = house.site, _("Pillars")
    lead = _("What our posts return to, how much of a month each may take, and what it brings.")
    boxes = tag("ul", *(_box(house, one) for one in house.plan.pillars), class_="ls-boxes ls-thirds")
    beside = _beside(house, PILLARS, None)
    note = para(_("The band behind each bar is what the plan wants."), class_="ls-aside")
    more = link(site.link(PILLARS, STRATEGY_PAGE), _("Strategy"), class_="ls-more")
    body = (head(title, para(lead, " ", more, class_="ls-summary")), boxes, note, beside)
    return generated(title, join(body), search=False)


def _box(house: _House, pillar: Pillar) -> Html:
    site, part = house.site, house.part(pillar, house.now)
    coming = [one for one in house.entries.get(pillar.name, ()) if one.local >= site.now]
    waiting = len(house.ideas.get(pillar.name, ()))
    said = [_("{posts} planned").format(posts=count_posts(len(coming)))]
    said += [ngettext("{count} idea waits", "{count} ideas wait", waiting)] if waiting else []
    return tag(
        "li",
        heading(2, link(site.link(PILLARS, pillar_path(pillar.name)), pillar.title)),
        para(pillar.about) if pillar.about else None,
        div(para(_share_now(site, part), " ", _chip(part), class_="ls-shared"), share_strip(part)),
        para(" · ".join(said)),
        class_="ls-campaign ls-pillar",
    )


def _share_now(site: Site, part: Part) -> Html:
    percent = Wording(spoken()).percent
    span_of = _("plan {span}").format(span=_wanted(part.pillar))
    month = month_names()[site.today.month - 1]
    return join(
        (tag("b", percent(part.share, 0)), " ", _("in {month}").format(month=month), ", ", tag("small", span_of))
    )


def _wanted(pillar: Pillar) -> str:
    percent = Wording(spoken()).percent
    return _("{low} to {high}").format(low=percent(pillar.least, 0), high=percent(pillar.most, 0))


def _chip(part: Part) -> Html | None:
    """Whether the month breaks the plan."""
    state = _("too many") if part.over else _("too few") if part.under else ""
    return span(state, class_="ls-chip ls-warn") if state else None


def _page(house: _House, pillar: Pillar) -> Page:
    site, page = house.site, pillar_path(pillar.name)
    found = house.entries.get(pillar.name, ())
    coming = [one for one in found if one.local >= site.now]
    past = [one for one in reversed(found) if one.local < site.now]
    none = _("Nothing is planned; write {line} at the head of a post.").format(line=f"pillar: {pillar.name}")
    main = div(
        tile(_("What comes"), entry_list(site, page, coming[:_POSTS], none), name="calendar", more=_more(coming)),
        tile(_("What was"), entry_list(site, page, past[:_POSTS], _("None.")), name="past", more=_more(past)),
        _ideas(house, page, pillar),
        class_="ls-first",
    )
    side = div(_shares(house, pillar), _facts(house, page, pillar), class_="ls-second")
    top = head(
        pillar.title,
        para(pillar.about or _("What it is for stands nowhere: write about: into the strategy."), class_="ls-lead"),
        para(
            _share_now(site, house.part(pillar, house.now)),
            " ",
            _chip(house.part(pillar, house.now)),
            class_="ls-summary",
        ),
        kicker=link(site.link(page, PILLARS), _("Pillars")),
    )
    body = (top, div(main, side, class_="ls-columns"), _beside(house, page, pillar))
    return generated(pillar.title, join(body), source=house.plan.path)


def _more(found: Sequence[Entry]) -> Html | None:
    """How many there are beside those that are shown."""
    said = _("{shown} of {all}").format(shown=min(_POSTS, len(found)), all=len(found))
    return span(said, class_="ls-soft") if len(found) > _POSTS else None


def _ideas(house: _House, page: str, pillar: Pillar) -> Html:
    site, found = house.site, house.ideas.get(pillar.name, ())
    items = (
        tag(
            "li",
            link(site.link(page, idea_path(one.name)), one.title),
            span(_("value {value}").format(value=decimal(one.score.value, ".1f")), class_="ls-soft")
            if one.score
            else None,
            class_="ls-two",
        )
        for one in found[:_IDEAS]
    )
    shown = tag("ul", *items, class_="ls-spaced") if found else empty(_("No idea waits: leitstand idea new"))
    more = link(site.link(page, IDEAS), _("all"), class_="ls-more") if site.ideas else None
    return tile(_("Ideas that wait"), shown, name="idea", more=more)


def _shares(house: _House, pillar: Pillar) -> Html:
    """Month by month: the share on the band that the plan wants."""
    site, items = house.site, []
    for month, mix in reversed(list(house.months.items())):
        if not mix.total and month != site.today.replace(day=1):
            continue
        part = house.part(pillar, mix)
        said = _("{count} of {total}").format(count=part.count, total=part.total)
        title = span(say_month(month), " ", _chip(part))
        share = Wording(spoken()).percent(part.share, 0)
        items.append(tag("li", title, span(share, " ", tag("small", said), class_="ls-has-of"), share_strip(part)))
    note = para(_("The band behind each bar is what the plan wants."), class_="ls-aside")
    return tile(_("Share of the months"), tag("ul", *items, class_="ls-shares"), note, name="report")


def _facts(house: _House, page: str, pillar: Pillar) -> Html:
    site, plan = house.site, house.plan
    edit = site.edit_link(plan.path)
    known: Iterator[tuple[str, Child]] = iter(
        (
            (_("Owner"), name_link(site, page, pillar.owner or plan.owner) if pillar.owner or plan.owner else None),
            (_("Share of a month"), _wanted(pillar)),
            (_("Name in posts"), tag("code", f"pillar: {pillar.name}")),
            (_("Written down in"), link(site.link(page, STRATEGY_PAGE), _("Strategy"))),
            (_("Change it"), link(edit, _("edit the strategy")) if edit else None),
        )
    )
    return tag("section", heading(2, _("Facts"), "facts"), facts(known), class_="ls-tile", aria_labelledby="facts")


def _beside(house: _House, page: str, pillar: Pillar | None) -> Html:
    """What all pillars bring, from the newest monthly report; this one is marked."""
    title = _("What it brings beside the other pillars") if pillar else _("What each brings")
    report = house.report
    if report is None or not any(map(house.group, house.plan.pillars)):
        nothing = empty(_("No report has compared pillars yet: leitstand report monthly"))
        return tag("section", heading(2, title, "beside"), nothing, class_="ls-compared", aria_labelledby="beside")
    found = [(_named(house, page, one, pillar), house.group(one)) for one in house.plan.pillars]
    shown = compared_table(_("Pillar"), title, found)
    source = link(house.site.link(page, report_path(report)), report.title)
    words = _("Interactions as a factor over all other posts of twelve months, as the report of {period} has it:")
    reading = _(
        "An interval holds for one pillar alone; the verdict asks whether chance is ruled out for all groups together."
    )
    note = para(words.format(period=period_title(report.period)), " ", source, ". ", reading, class_="ls-aside")
    return tag("section", heading(2, title, "beside"), shown, note, class_="ls-compared", aria_labelledby="beside")


def _named(house: _House, page: str, one: Pillar, current: Pillar | None) -> Html:
    """A pillar, which leads to its page; the page's own does not."""
    return tag("b", one.title) if one is current else link(house.site.link(page, pillar_path(one.name)), one.title)
