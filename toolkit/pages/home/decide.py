"""What waits for somebody's decision, in the order in which it presses: now, these days, when there is time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from toolkit.dates import say_date, say_short_day, say_time
from toolkit.messages import _, ngettext
from toolkit.outlook.waiting import Waiting, people_left, waiting_posts
from toolkit.pages.entries import Entry
from toolkit.pages.icons import icon
from toolkit.pages.markup import Child, Html, div, heading, join, link, span, tag
from toolkit.pages.page import Content
from toolkit.pages.paths import IDEAS, PROBLEMS, REVIEWS
from toolkit.pages.pieces import channel_chip, chip, empty, spaced
from toolkit.pages.team.people import name_link, name_links
from toolkit.pages.view import Site
from toolkit.planning.reviews import find_reviews
from toolkit.values import dataclass
from toolkit.workspace.naming import name_post

# Approvals have time until then; an old miss is history.
_SOON: Final = timedelta(days=7)
_OLD: Final = timedelta(days=45)
_SHOWN: Final = 8  # of one kind; the number says how many there are


class Press(StrEnum):
    """How much something presses."""

    NOW = "now"
    SOON = "soon"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Matter:
    """Something to decide: what, more about it, who, and by when or since when."""

    press: Press
    icon: str
    tone: str
    what: Html
    about: Child = None
    who: Child = None
    when: Child = None


def waits(site: Site, entry: Entry) -> bool:
    """Whether somebody has to decide about a post now: old misses are history, approvals have a week."""
    if entry.state.key == "unapproved":
        return site.now - timedelta(days=2) < entry.local < site.now + _SOON
    return entry.state.urgent and entry.local > site.now - _OLD


def matters(site: Site, page: str, pages: Mapping[str, Content]) -> list[Matter]:
    """Everything there is to decide. Links lead only to `pages` that are there."""
    return [
        *_stuck(site, page),
        *_approvals(site, page),
        *_replies(site),
        *_proposals(site),
        *_ideas(site, page, pages),
        *_reviews(site, page, pages),
        *_errors(site, page, pages),
    ]


def decisions(found: Iterable[Matter]) -> Html:
    """The matters below a heading for each press; a sentence when there are none."""
    by_press: dict[Press, list[Matter]] = {press: [] for press in Press}
    for one in found:
        by_press[one.press].append(one)
    titles = {Press.NOW: _("Now"), Press.SOON: _("These days"), Press.LATER: _("When there is time")}
    groups = [
        join((heading(3, titles[press]), tag("ul", *map(_item, ones), class_="ls-matters")))
        for press, ones in by_press.items()
        if ones
    ]
    return join(groups) if groups else empty(_("Nothing waits for a decision."))


def _item(one: Matter) -> Html:
    mark = span(icon(one.icon), class_=f"ls-mark ls-{one.tone}")
    what = div(one.what, div(one.about, class_="ls-soft") if one.about else None, class_="ls-what")
    return tag("li", mark, what, div(one.who, class_="ls-matter-who"), div(one.when, class_="ls-matter-when"))


def _stuck(site: Site, page: str) -> Iterator[Matter]:
    """Held, missed, refused, of unknown outcome: the latest first."""
    found = [one for one in site.entries if one.state.key != "unapproved" and waits(site, one)]
    for entry in sorted(found, key=lambda one: one.local, reverse=True)[:_SHOWN]:
        about = span(chip(entry.state), " ", *spaced(map(channel_chip, entry.accounts)), class_="ls-channels")
        title = link(site.link(page, site.post_pages[entry.post.path]), entry.title)
        who = name_link(site, page, entry.post.owner or entry.post.author)
        yield Matter(Press.NOW, entry.state.key, entry.state.tone, title, about, who, _since(site, entry.local))


def _approvals(site: Site, page: str) -> Iterator[Matter]:
    """Posts that lack a yes, and whose it is; what somebody sent back waits for its author, who is not here."""
    found = [one for one in waiting_posts(site.outlook) if not one.sent_back]
    for one in found[:_SHOWN]:
        yield _approval(site, page, one)


def _approval(site: Site, page: str, one: Waiting) -> Matter:
    due = one.due.astimezone(site.zone) if one.due else None
    near = due is not None and due - site.now < timedelta(days=1)
    channels = span(
        _("Approval missing"),
        ": ",
        *spaced(channel_chip(account) for account, _verdict in one.lacks),
        class_="ls-channels",
    )
    asked = [person.key for person in people_left(one, site.outlook)]
    who = name_links(site, page, asked) if asked else span(_("nobody is there to ask"), class_="ls-tone-bad")
    when = _by(due) if due else span(_("no time yet"))
    title = link(site.link(page, site.post_pages[one.post.path]), name_post(one.post))
    press = Press.NOW if near else Press.SOON
    return Matter(press, "unapproved", "bad" if near else "warn", title, channels, who, when)


def _replies(site: Site) -> Iterator[Matter]:
    drafted, since = site.given.waits.drafted, site.given.waits.since
    if drafted:
        said = ngettext("{count} reply waits for a yes", "{count} replies wait for a yes", drafted)
        when = _since(site, since.astimezone(site.zone)) if since else None
        yield Matter(Press.NOW, "reply", "warn", span(said), _command("leitstand inbox replies"), None, when)


def _proposals(site: Site) -> Iterator[Matter]:
    found = site.given.ranked.proposals
    if found:
        said = ngettext("{count} proposal for the handbook", "{count} proposals for the handbook", len(found))
        listed = tag("ul", *(tag("li", one) for one in found[:3]), class_="ls-plain")
        yield Matter(Press.LATER, "hint", "info", span(said), join((listed, _command("leitstand learn"))))


def _ideas(site: Site, page: str, pages: Mapping[str, Content]) -> Iterator[Matter]:
    waiting = [one for one in site.ideas.values() if one.open]
    if waiting and IDEAS in pages:
        said = ngettext("{count} idea waits for a decision", "{count} ideas wait for a decision", len(waiting))
        oldest = min((one.created for one in waiting if one.created), default=None)
        when = span(_("since {day}").format(day=say_date(oldest))) if oldest else None
        yield Matter(Press.LATER, "idea", "quiet", link(site.link(page, IDEAS), said), None, None, when)


def _reviews(site: Site, page: str, pages: Mapping[str, Content]) -> Iterator[Matter]:
    late = [one for one in find_reviews(site.workspace) if one.overdue(site.today)]
    if late and REVIEWS in pages:
        said = ngettext("{count} review is overdue", "{count} reviews are overdue", len(late))
        about = ", ".join(dict.fromkeys(one.title for one in late[:3]))
        owners = dict.fromkeys(one.owner for one in late if one.owner)
        who = name_links(site, page, owners)
        target = f"{site.link(page, REVIEWS)}#late"
        when = span(_("since {day}").format(day=say_date(late[0].day)))
        yield Matter(Press.SOON, "late", "warn", link(target, said), about, who, when)


def _errors(site: Site, page: str, pages: Mapping[str, Content]) -> Iterator[Matter]:
    count = sum(one.severity.value == "error" for one in site.given.problems)
    if count and PROBLEMS in pages:
        said = ngettext("{count} error in the files", "{count} errors in the files", count)
        yield Matter(Press.SOON, "error", "bad", link(site.link(page, PROBLEMS), said))


def _command(words: str) -> Html:
    return tag("code", words)


def _by(due: datetime) -> Html:
    words = _("needed by {moment}").format(moment=f"{say_short_day(due)}, {say_time(due)}")
    return tag("time", words, datetime=due.isoformat())


def _since(site: Site, moment: datetime) -> Html:
    said = say_time(moment) if moment.date() == site.today else f"{say_short_day(moment)}, {say_time(moment)}"
    return tag("time", _("since {moment}").format(moment=said), datetime=moment.isoformat())
