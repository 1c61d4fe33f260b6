"""A page for each person of the team: what is next for them, what they answer for, when they are there and who stands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Final

from toolkit.approval import may_approve, present_person
from toolkit.dates import say_date, say_short_day, weekday_shorts
from toolkit.messages import _, ngettext
from toolkit.outlook.waiting import people_left, waiting_posts
from toolkit.pages.entries import Entry
from toolkit.pages.icons import icon
from toolkit.pages.markup import Child, Html, div, heading, join, link, outside, para, span, tag
from toolkit.pages.page import Content, Page, generated
from toolkit.pages.paths import (
    CAMPAIGNS,
    IDEAS,
    OCCASIONS,
    TOPICS,
    calendar_feed,
    campaign_path,
    idea_path,
    person_path,
    split_place,
)
from toolkit.pages.pieces import empty, entry_list, facts
from toolkit.pages.team.people import badge, name_link, name_links, on_call
from toolkit.pages.view import HANDBOOK, Site
from toolkit.planning.charges import Charge, Kind, find_charges, kind_word
from toolkit.planning.reviews import Review, find_reviews, look_word
from toolkit.settings import Person
from toolkit.settings.windows import Hours
from toolkit.settings.wording import role_word
from toolkit.workspace.naming import name_post

# Absences are told so long ahead.
AHEAD: Final = timedelta(days=60)
_POSTS: Final = 8
_REVIEWS: Final = 8
# As many of a kind stand open; the rest is folded away.
_OPEN: Final = 6


def person_pages(site: Site, pages: Mapping[str, Content]) -> dict[str, Page]:
    """A page each. Links lead only to `pages` that are there."""
    charges = find_charges(site.workspace)
    reviews = find_reviews(site.workspace)
    return {
        person_path(one.key): _page(site, one, [each for each in charges if each.person == one.key], reviews, pages)
        for one in site.settings.people.values()
    }


def _page(
    site: Site, person: Person, charges: Sequence[Charge], reviews: Sequence[Review], pages: Mapping[str, Content]
) -> Page:
    page, name = person_path(person.key), person.name or person.key
    main = (_approve(site, page, person), _next(site, page, person), _reviews(site, page, person, reviews, pages))
    side = (_about(site, page, person), _charges(site, page, charges, pages))
    roles = ", ".join(map(role_word, person.roles))
    top = tag(
        "header",
        div(
            badge(person),
            div(heading(1, name), para(roles, class_="ls-summary")),
            presence(site, person),
            class_="ls-person-top",
        ),
        class_="ls-head",
    )
    columns = div(div(*main, class_="ls-first"), div(*side, class_="ls-second"), class_="ls-columns")
    return generated(name, join((top, columns)), in_nav=False)


def presence(site: Site, person: Person) -> Html:
    """Whether somebody is there today, and who stands in."""
    if not person.absent(site.today):
        return span(icon("sent"), _("there today"), class_="ls-chip ls-good")
    found = present_person(person, site.settings, site.today)
    if found is None:
        return span(icon("failed"), _("away, and nobody stands in"), class_="ls-chip ls-bad")
    return span(icon("past"), _("away; {name} stands in").format(name=found.name), class_="ls-chip ls-warn")


def _box(title: str, name: str, symbol: str, *content: Child) -> Html:
    top = div(heading(2, join((icon(symbol), span(title))), name), class_="ls-tile-head")
    return tag("section", top, *content, class_="ls-tile", aria_labelledby=name)


def _approve(site: Site, page: str, person: Person) -> Html | None:
    """What waits for this person's yes; nothing for those whose yes does not count."""
    if not may_approve(person, site.settings):
        return None
    found = [
        one
        for one in waiting_posts(site.outlook)
        if not one.sent_back and person.key in {each.key for each in people_left(one, site.outlook)}
    ]
    if not found:
        return _box(_("Waits for a yes"), "approve", "unapproved", empty(_("Nothing waits for a yes.")))
    items = []
    for one in found[:_POSTS]:
        due = one.due.astimezone(site.zone) if one.due else None
        said = _("needed by {moment}").format(moment=f"{say_short_day(due)}, {due:%H:%M}") if due else _("no time yet")
        title = link(site.link(page, site.post_pages[one.post.path]), name_post(one.post))
        mark = span(icon("unapproved"), class_="ls-mark ls-warn")
        items.append(
            tag(
                "li",
                mark,
                div(title, class_="ls-what"),
                div(class_="ls-matter-who"),
                div(said, class_="ls-matter-when"),
            )
        )
    return _box(_("Waits for a yes"), "approve", "unapproved", tag("ul", *items, class_="ls-matters"))


def _next(site: Site, page: str, person: Person) -> Html:
    """What they wrote or look after and goes out next, and what of it has no day yet."""
    mine = {post.path for post in site.workspace.posts if person.key in (post.owner, post.author)}
    coming = [entry for entry in site.entries if entry.post.path in mine and entry.local >= site.now]
    loose = sum(path not in site.entries_of for path in mine)
    shown = entry_list(site, page, coming[:_POSTS], _("Nothing of theirs is planned."))
    said = [ngettext("{count} post in all", "{count} posts in all", len(mine))] if mine else []
    if len(coming) > _POSTS:
        said.append(ngettext("{count} more planned", "{count} more planned", len(coming) - _POSTS))
    if loose:
        said.append(ngettext("{count} without a day", "{count} without a day", loose))
    return _box(_("Next posts"), "next", "calendar", shown, para(", ".join(said), class_="ls-aside") if said else None)


def _reviews(
    site: Site, page: str, person: Person, reviews: Sequence[Review], pages: Mapping[str, Content]
) -> Html | None:
    mine = [one for one in reviews if one.owner == person.key and (one.overdue(site.today) or one.day >= site.today)]
    if not mine:
        return None
    items = map(partial(_review, site, page, pages), mine[:_REVIEWS])
    return _box(_("Next reviews"), "reviews", "review", tag("ul", *items, class_="ls-matters"))


def _review(site: Site, page: str, pages: Mapping[str, Content], one: Review) -> Html:
    late = one.overdue(site.today)
    target = f"{HANDBOOK}/{one.path.removeprefix('guidelines/')}"
    target = target if one.path.startswith("guidelines/") else site.post_pages.get(one.path, "")
    title = link(site.link(page, target), one.title) if split_place(target)[0] in pages else span(one.title)
    when = tag("time", say_date(one.day), datetime=one.day.isoformat(), class_="ls-tone-bad" if late else None)
    mark = span(icon("late" if late else "review"), class_=f"ls-mark ls-{'bad' if late else 'quiet'}")
    what = div(title, div(look_word(one.look), class_="ls-soft"), class_="ls-what")
    return tag("li", mark, what, div(class_="ls-matter-who"), div(when, class_="ls-matter-when"))


def _about(site: Site, page: str, person: Person) -> Html:
    stands_in = [one.key for one in site.settings.people.values() if one.deputy == person.key]
    feed = calendar_feed("person", person.key)
    rows: tuple[tuple[str, Child], ...] = (
        (_("E-mail"), outside(f"mailto:{person.email}", person.email) if person.email else None),
        (_("Deputy"), name_link(site, page, person.deputy) if person.deputy else None),
        (_("Stands in for"), name_links(site, page, stands_in) if stands_in else None),
        (_("Duty"), _duty(site, person)),
        (_("On call"), _call(site, person)),
        (_("Away"), absences(person, site.today)),
        (_("Calendar"), link(site.link(page, feed), _("Posts as iCalendar"))),
    )
    return _box(_("There and not there"), "about", "person", facts(rows))


def absences(person: Person, today: date) -> str:
    """The days on which somebody is away, as far as they matter now."""
    near = [one for one in person.absences if today <= one.last and one.first <= today + AHEAD]
    return ", ".join(_("{first} to {last}").format(first=say_date(one.first), last=say_date(one.last)) for one in near)


def _duty(site: Site, person: Person) -> Child:
    """Their hours in the roster's usual week."""
    roster = next(iter(site.workspace.handbook.duty), None)
    turns = [turn for turn in (roster.turns if roster else ()) if turn.person == person.key]
    lines = [_say_hours(hours) for turn in turns for hours in turn.hours]
    return tag("ul", *(tag("li", one) for one in lines)) if lines else None


def _say_hours(one: Hours) -> str:
    """``Mon, Wed 09:00-17:00``, days that follow each other as a span."""
    days, names = sorted(one.days), weekday_shorts()
    run = len(days) > 2 and days[-1] - days[0] == len(days) - 1
    said = f"{names[days[0]]}\N{EN DASH}{names[days[-1]]}" if run else ", ".join(names[day] for day in days)
    return f"{said} {one.start:%H:%M}\N{EN DASH}{one.end:%H:%M}"


def _call(site: Site, person: Person) -> str:
    order = on_call(site)
    if person.key not in order:
        return ""
    return _("now") if order[0] == person.key else _("next")


def _charges(site: Site, page: str, charges: Sequence[Charge], pages: Mapping[str, Content]) -> Html:
    if not charges:
        shown: tuple[Child, ...] = (empty(_("No page, plan or post names them as its owner yet.")),)
    else:
        shown = tuple(_kind(site, page, kind, charges, pages) for kind in Kind)
    return _box(_("Answers for"), "charges", "handbook", *shown)


def _kind(site: Site, page: str, kind: Kind, charges: Sequence[Charge], pages: Mapping[str, Content]) -> Html | None:
    found = [one for one in charges if one.kind is kind]
    if not found:
        return None
    items = [tag("li", linked(site, page, one, pages)) for one in found]
    title = heading(3, f"{kind_word(kind)} ({len(found)})")
    rest = items[_OPEN:]
    folded = None
    if rest:
        said = ngettext("{count} more", "{count} more", len(rest))
        folded = tag("details", tag("summary", said), tag("ul", *rest), class_="ls-patterns")
    return div(title, tag("ul", *items[:_OPEN]), folded, class_="ls-kind")


def linked(site: Site, page: str, one: Charge, pages: Mapping[str, Content]) -> Html:
    """What somebody answers for, and the way to it."""
    target = _page_of(site, one)
    return link(site.link(page, target), one.title) if split_place(target)[0] in pages else span(one.title)


def _page_of(site: Site, one: Charge) -> str:
    stem = one.path.rpartition("/")[2].removesuffix(".md")
    if one.path.startswith("guidelines/"):
        return TOPICS if one.kind is Kind.TOPIC else f"{HANDBOOK}/{one.path.removeprefix('guidelines/')}"
    if one.kind is Kind.CAMPAIGN:
        found = site.workspace.campaigns.get(stem)
        return campaign_path(found) if found else CAMPAIGNS
    return {
        Kind.IDEA: idea_path(stem),
        Kind.OCCASION: OCCASIONS,
        Kind.POST: site.post_pages.get(one.path, ""),
    }.get(one.kind, IDEAS)


def next_entry(site: Site, person: Person) -> Entry | None:
    """What of theirs goes out next."""
    return next(_coming(site, person), None)


def _coming(site: Site, person: Person) -> Iterator[Entry]:
    for entry in site.entries:
        if entry.local >= site.now and person.key in (entry.post.owner, entry.post.author):
            yield entry
