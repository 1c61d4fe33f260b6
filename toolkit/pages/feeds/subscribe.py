"""The page that offers the feeds: what each contains, its address, how programs take it, and what a login prevents."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from toolkit.messages import _
from toolkit.pages.feeds.files import Feed, find_calendars, find_news
from toolkit.pages.handbook.copying import copy_button
from toolkit.pages.markup import Html, div, heading, join, link, para, span, tag
from toolkit.pages.page import Page, generated
from toolkit.pages.paths import CALENDAR, SUBSCRIBE
from toolkit.pages.pieces import head
from toolkit.pages.view import Site


def subscribe_page(site: Site) -> dict[str, Page]:
    """One page with all calendars and Atom feeds."""
    body = join(
        (
            head(
                _("Subscribe"),
                para(
                    _(
                        "The calendar in your own program, and what is new in your feed reader. Both follow every change."
                    ),
                    class_="ls-summary",
                ),
                kicker=link(site.link(SUBSCRIBE, CALENDAR), _("Calendar")),
            ),
            _calendars(site),
            _programs(),
            _login(),
            _news(site),
        )
    )
    return {SUBSCRIBE: generated(_("Subscribe"), body, in_nav=False)}


def _calendars(site: Site) -> Html:
    title = _("Calendars")
    note = para(
        _("Each holds the last three months and the next two years. Drafts are marked as tentative.")
        + " "
        + _(
            "What was planned and is called off stands there as cancelled: some programs strike it out, others remove it."
        )
        + " "
        + _("An event's page on this site is linked from it."),
    )
    parts = [
        _feeds(site, _kind(kind), list(feeds), calendar=True)
        for kind, feeds in groupby(find_calendars(site), key=lambda feed: feed.kind)
    ]
    return tag("section", heading(2, title, "calendars"), note, *parts, aria_labelledby="calendars")


def _kind(kind: str) -> tuple[str, str]:
    """A heading, and what such a calendar contains."""
    return {
        "": (_("Everything"), _("Every post at each of its times, with its channels.")),
        "channel": (_("One channel"), _("The posts of one channel only, each with its own state.")),
        "campaign": (_("One campaign"), _("The campaign's days and its posts.")),
        "person": (_("One person"), _("Posts that somebody writes or answers for, and when their drafts are wanted.")),
    }[kind]


def _feeds(site: Site, words: tuple[str, str], feeds: Iterable[Feed], *, calendar: bool) -> Html:
    name, note = words
    cards = (_card(site, feed, calendar=calendar) for feed in feeds)
    return join((heading(3, name), para(note, class_="ls-empty"), tag("ul", *cards, class_="ls-feeds")))


def _card(site: Site, feed: Feed, *, calendar: bool) -> Html:
    """A feed: what it is called, the ways to take it, its whole address.

    The address stands there where it is known; the script writes down the one under which the reader has this page.
    """
    target = site.link(SUBSCRIBE, feed.path)
    base = site.settings.url.rstrip("/")
    said = f"{base}/{feed.path}" if base else feed.path
    known = f"webcal://{base.partition('://')[2]}/{feed.path}" if base else None
    anchor = feed.path.rpartition("/")[2].replace(".", "-")
    ways = [
        link(known or target, _("Subscribe"), data_webcal=target, hidden=known is None, class_="ls-take")
        if calendar
        else None,
        link(target, _("File"), download=feed.path.rpartition("/")[2] if calendar else None),
        copy_button(anchor, feed.title),
    ]
    return tag(
        "li",
        div(tag("b", feed.title), span(*ways, class_="ls-feed-ways"), class_="ls-feed-head"),
        tag("code", said, id=anchor, data_address=target),
    )


def _programs() -> Html:
    """How the usual programs take an address."""
    ways = (
        (
            _("Outlook"),
            _("In the calendar: Add calendar, Subscribe from web, paste the address, choose a name, Import."),
            _("Outlook on the web and new Outlook ask Microsoft's servers to fetch it, about every three hours."),
        ),
        (
            _("Google Calendar"),
            _("Beside Other calendars: the plus sign, From URL, paste the address, Add calendar."),
            _("Google's servers fetch it, about every twelve hours; nothing can hurry them."),
        ),
        (
            _("Apple Calendar"),
            _("File, New Calendar Subscription, paste the address; on an iPhone open the link Subscribe."),
            _("Your own device fetches it, as often as you set it to, from every five minutes on."),
        ),
        (
            _("Thunderbird"),
            _("File, New, Calendar, On the Network, paste the address, leave the user name empty."),
            _("Your own device fetches it, by default every 30 minutes."),
        ),
    )
    boxes = (
        tag("details", tag("summary", name), para(how), para(who, class_="ls-empty"), class_="ls-program")
        for name, how, who in ways
    )
    title = _("How to add an address")
    return tag("section", heading(2, title, "programs"), div(*boxes, class_="ls-programs"), aria_labelledby="programs")


def _login() -> Html:
    """What a login before the site means for calendars, said before somebody tries."""
    title = _("When this site asks for a login")
    points = (
        _("Programs that fetch an address have no browser and cannot pass a single sign-on page: they get its HTML and say "
          "that the calendar is invalid."),
        _("Apple Calendar and Thunderbird send a user name and password (HTTP Basic) when the server asks for one; "
          "Google and Outlook on the web do not."),
        _("Google and Outlook on the web fetch from outside: a site that only the company's network reaches is out of "
          "their reach, with or without a login."),
        _("What always works: save the file and import it. That is a copy; it does not follow later changes."),
        _("Whoever runs this site can open the folder feeds/calendar to a secret address. Everybody who knows it then reads "
          "titles, times, names and states, so treat it like a password."),
    )  # fmt: skip
    shown = tag("ul", *(tag("li", one) for one in points), class_="ls-login-points")
    return tag("section", heading(2, title, "login"), shown, aria_labelledby="login")


def _news(site: Site) -> Html:
    title = _("News for feed readers")
    note = _("What was really published, as it was sent, with links to it; the newest 50.")
    shown = _feeds(site, (_("Atom"), note), find_news(site), calendar=False)
    return tag("section", heading(2, title, "news"), shown, aria_labelledby="news")
