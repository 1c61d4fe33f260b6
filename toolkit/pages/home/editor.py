"""The editors' first page: what came back, what is due, what is missing, where there is room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final

from toolkit.dates import say_date, say_short_day, say_time
from toolkit.messages import _, ngettext
from toolkit.model import Media, Post, SentBack, Severity, Status
from toolkit.outlook.standing import state
from toolkit.pages.filters import PERSON, Choice, filter_bar, filter_marks
from toolkit.pages.home.roles import begin, more, section
from toolkit.pages.icons import icon
from toolkit.pages.markup import Child, Html, div, join, link, span, tag
from toolkit.pages.page import Content, Page, generated
from toolkit.pages.paths import EDITOR, IDEAS, POSTS, PROBLEMS, SLOTS, idea_path
from toolkit.pages.pieces import channel_chip, chip, empty, spaced
from toolkit.pages.team.people import name_link
from toolkit.pages.view import Site
from toolkit.planning import PostingSlot
from toolkit.planning.candidates import held_statements
from toolkit.planning.free import free_slots, taken_slots
from toolkit.planning.timetable import Timetable
from toolkit.values import dataclass
from toolkit.workspace.naming import name_post

# What is further ahead is planned, not written.
_AHEAD: Final = timedelta(days=14)
_SLOTS: Final = 2  # of each channel
_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Missing:
    """A medium that somebody ordered and that is not there."""

    post: Post
    media: Media


def editor_page(site: Site, pages: Mapping[str, Content]) -> Page:
    """Links lead only to `pages` that are there."""
    kept = held_statements(site.workspace)
    working = [post for post in site.workspace.posts if post.status is not Status.READY and post.path not in kept]
    missing = list(missing_media(site))
    people = dict.fromkeys(_owner(post) for post in (*working, *(one.post for one in missing)))
    chosen = {one: site.name_of(one) for one in people if one}
    bar = filter_bar((Choice(PERSON, _("Person"), chosen),)) if len(chosen) > 1 else None
    main = div(
        _returned(site),
        _drafts(site, working, pages),
        _media(site, missing),
        _flawed(site, pages),
        class_="ls-first",
        data_filter=True,
    )
    side = div(_free(site, pages), _ideas(site, pages), class_="ls-second")
    body = join((begin(site, EDITOR, _("Editors: what is on the desk"), bar), div(main, side, class_="ls-columns")))
    return generated(_("Editors"), body, search=False)


def missing_media(site: Site) -> Iterator[Missing]:
    """What was ordered for posts that are still to go out, the most pressing first."""
    found = [
        Missing(post, medium)
        for post in site.workspace.posts
        for medium in post.media
        if medium.order and not medium.file and not _is_over(site, post)
    ]
    yield from sorted(found, key=lambda one: (_day(one.media.due), one.post.path, one.media.key))


def _is_over(site: Site, post: Post) -> bool:
    """Whether all its moments have passed."""
    entries = site.entries_of.get(post.path, ())
    return bool(entries) and all(entry.local < site.now for entry in entries)


def _owner(post: Post) -> str:
    return post.owner or post.author


def _day(day: date | None) -> date:
    return day or date.max


def _returned(site: Site) -> Html | None:
    """What somebody sent back, and what they want changed."""
    found = [
        (post, note)
        for post in site.workspace.posts
        for note in site.workspace.sent_back.get(post.uid, ())
        if post.uid and not _is_over(site, post) and _stands(site, post, note)
    ]
    if not found:
        return None
    items = (_return(site, post, note) for post, note in found)
    return section(_("Came back"), "returned", tag("ul", *items, class_="ls-matters"), symbol="retracted")


def _stands(site: Site, post: Post, note: SentBack) -> bool:
    """Whether the post is still what somebody said no to."""
    accounts = (site.settings.accounts[name] for name in post.channels if name in site.settings.accounts)
    return any(note in site.find_verdict(post, account).sent_back for account in accounts)


def _return(site: Site, post: Post, note: SentBack) -> Html:
    said = div(_("{name}: {note}").format(name=site.name_of(note.by), note=note.note), class_="ls-soft")
    what = div(_post_link(site, post), said, class_="ls-what")
    at = note.at.astimezone(site.zone)
    when = tag("time", f"{say_short_day(at)}, {say_time(at)}", datetime=at.isoformat())
    return _line(site, _mark("retracted", "warn"), what, when, _owner(post))


def _mark(symbol: str, tone: str) -> Html:
    return span(icon(symbol), class_=f"ls-mark ls-{tone}")


def _line(site: Site, mark: Html, what: Html, when: Child, person: str) -> Html:
    """A line with the person whose it is, by whom the page can be filtered."""
    who = div(name_link(site, EDITOR, person), class_="ls-matter-who")
    return tag("li", mark, what, who, div(when, class_="ls-matter-when"), **filter_marks(person=[person]))


def _drafts(site: Site, working: Iterable[Post], pages: Mapping[str, Content]) -> Html:
    """Drafts and what is in review, by the day on which they are wanted, or on which they go out."""
    found = sorted(
        (post for post in working if not _is_over(site, post)), key=lambda post: (_wanted(site, post), post.path)
    )
    items = (_draft(site, post) for post in found[:_SHOWN])
    shown = (
        tag("ul", *items, class_="ls-matters")
        if found
        else empty(_("Nothing is being written. Begin a post: leitstand new TITLE"))
    )
    return section(
        _("In the making"), "drafts", shown, symbol="draft", more=more(site, EDITOR, POSTS, pages, _("Posts"))
    )


def _wanted(site: Site, post: Post) -> date:
    """The day on which a draft is wanted; else the first on which it goes out."""
    if post.due is not None:
        return post.due
    return min((entry.local.date() for entry in site.entries_of.get(post.path, ())), default=date.max)


def _draft(site: Site, post: Post) -> Html:
    day = _wanted(site, post)
    accounts = [site.settings.accounts[name] for name in post.channels if name in site.settings.accounts]
    about = div(
        chip(state(post.status.value)), *spaced(map(channel_chip, accounts)), _flaws(site, post), class_="ls-channels"
    )
    late = day < site.today
    when: Child = span(_("no day yet"), class_="ls-soft")
    if day is not date.max:
        words = _("wanted by {day}") if post.due else _("goes out {day}")
        said = words.format(day=say_short_day(day))
        when = tag("time", said, datetime=day.isoformat(), class_="ls-tone-bad" if late else None)
    what = div(_post_link(site, post), about, class_="ls-what")
    tone = "bad" if late else "quiet"
    return _line(site, _mark(post.status.value, tone), what, when, _owner(post))


def _flaws(site: Site, post: Post) -> Html | None:
    found = site.problems_of.get(post.path, ())
    errors = sum(one.severity is Severity.ERROR for one in found)
    warnings = sum(one.severity is Severity.WARNING for one in found)
    if errors:
        return span(icon("error"), ngettext("{count} error", "{count} errors", errors), class_="ls-chip ls-bad")
    if warnings:
        said = ngettext("{count} warning", "{count} warnings", warnings)
        return span(icon("warning"), said, class_="ls-chip ls-warn")
    return None


def _media(site: Site, missing: Iterable[Missing]) -> Html | None:
    items = [_medium(site, one) for one in missing][:_SHOWN]
    if not items:
        return None
    return section(_("Media still missing"), "media", tag("ul", *items, class_="ls-matters"))


def _medium(site: Site, one: Missing) -> Html:
    due, late = one.media.due, _day(one.media.due) < site.today
    what = div(span(one.media.order), div(_post_link(site, one.post), class_="ls-soft"), class_="ls-what")
    when: Child = span(_("no day yet"), class_="ls-soft")
    if due is not None:
        said = _("wanted by {day}").format(day=say_short_day(due))
        when = tag("time", said, datetime=due.isoformat(), class_="ls-tone-bad" if late else None)
    owner = one.media.owner or _owner(one.post)
    return _line(site, _mark("media", "bad" if late else "info"), what, when, owner)


def _flawed(site: Site, pages: Mapping[str, Content]) -> Html | None:
    """Posts that go out soon although a rule has something to say, apart from those in the making."""
    soon = site.now + _AHEAD
    found = {
        entry.post.path: entry
        for entry in reversed(site.entries)
        if entry.post.status is Status.READY and site.now <= entry.local < soon and _flaws(site, entry.post)
    }
    if not found:
        return None
    items = [_flaw(site, entry.post, entry.local) for entry in sorted(found.values(), key=lambda one: one.local)]
    shown = tag("ul", *items[:_SHOWN], class_="ls-matters")
    target = more(site, EDITOR, PROBLEMS, pages)
    return section(_("Ready, and a rule has something to say"), "flaws", shown, symbol="warning", more=target)


def _flaw(site: Site, post: Post, local: datetime) -> Html:
    what = div(_post_link(site, post), div(_flaws(site, post)), class_="ls-what")
    when = tag("time", _("goes out {day}").format(day=say_short_day(local)), datetime=local.isoformat())
    return _line(site, _mark("warning", "warn"), what, when, _owner(post))


def _post_link(site: Site, post: Post) -> Html:
    return link(site.link(EDITOR, site.post_pages[post.path]), name_post(post))


def _free(site: Site, pages: Mapping[str, Content]) -> Html:
    """The next free slots of each channel that keeps any."""
    more_link = more(site, EDITOR, SLOTS, pages, _("Posting slots"))
    if not site.workspace.handbook.slots:
        words = _("No page of the handbook keeps posting slots: write a block called slots")
        return section(_("Free slots"), "free", empty(words), symbol="calendar")
    by_account: dict[str, list[PostingSlot]] = {}
    timetable, days = Timetable(site.workspace), (site.today, site.today + _AHEAD)
    taken = taken_slots(site.workspace, site.now, site.slots)
    for slot in free_slots(timetable, taken, days, site.now):
        by_account.setdefault(slot.account.name, []).append(slot)
    items = (_slots(site, slots[:_SLOTS]) for slots in by_account.values())
    shown = (
        tag("ul", *items, class_="ls-openings") if by_account else empty(_("No slot is free in the next two weeks."))
    )
    return section(_("Free slots"), "free", shown, symbol="calendar", more=more_link)


def _slots(site: Site, found: Iterable[PostingSlot]) -> Html:
    slots = list(found)
    moments = map(partial(_slot, site), slots)
    return tag("li", channel_chip(slots[0].account), span(*spaced(moments), class_="ls-moments"))


def _slot(site: Site, slot: PostingSlot) -> Html:
    local = slot.at.astimezone(site.zone)
    return tag("time", f"{say_short_day(local)}, {say_time(local)}", datetime=local.isoformat())


def _ideas(site: Site, pages: Mapping[str, Content]) -> Html:
    waiting = [one for one in site.ideas.values() if one.open]
    items = (
        tag(
            "li",
            link(site.link(EDITOR, idea_path(one.name)), one.title) if idea_path(one.name) in pages else one.title,
            span(
                ", ".join(filter(None, (site.name_of(one.owner), say_date(one.created) if one.created else ""))),
                class_="ls-soft",
            ),
            class_="ls-two",
        )
        for one in waiting[:6]
    )
    shown = tag("ul", *items, class_="ls-spaced") if waiting else empty(_("No idea waits: leitstand idea new TITLE"))
    return section(_("Ideas that wait"), "ideas", shown, symbol="idea", more=more(site, EDITOR, IDEAS, pages))
