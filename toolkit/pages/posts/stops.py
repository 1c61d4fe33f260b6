"""Why a post stands still, who said so and until when, on its own page; at home the same is said of the whole house."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from toolkit.community import Pause
from toolkit.dates import say_moment
from toolkit.messages import _
from toolkit.model import Post
from toolkit.pages.icons import icon
from toolkit.pages.markup import Html, heading, join, para, span, tag
from toolkit.pages.view import Site
from toolkit.workspace import Draft


class Stop(NamedTuple):
    """One pause that keeps a post back."""

    reason: str
    who: str


def say_who(site: Site, pause: Pause) -> str:
    """Whose pause it is, and until when."""
    until = say_moment(pause.until.astimezone(site.zone)) if pause.until else _("somebody ends it")
    return _("{owner}, until {moment}").format(owner=site.name_of(pause.owner) or _("somebody"), moment=until)


def find_stops(site: Site, post: Post, waiting: Iterable[Draft]) -> tuple[Stop, ...]:
    """What keeps the drafts back that wait, each pause once; people outside are told no reasons."""
    return () if site.given.partner else tuple(dict.fromkeys(_find(site, post, waiting)))


def _find(site: Site, post: Post, waiting: Iterable[Draft]) -> Iterator[Stop]:
    for draft in waiting:
        due = draft.publish.instant() if draft.publish else None
        pause = site.given.pauses.blocking(post, draft.account.name, max(site.now, due or site.now))
        if pause is not None:
            yield Stop(pause.reason, say_who(site, pause))


def stops(found: tuple[Stop, ...]) -> Html | None:
    """The box above everything else on the page of a post that stands still; None when it does not."""
    if not found:
        return None
    rows = tag(
        "ul", *(tag("li", para(one.reason), para(one.who, class_="ls-reason")) for one in found), class_="ls-rows"
    )
    top = heading(2, join((icon("paused"), span(_("This post is held")))), "paused")
    return tag("section", top, rows, class_="ls-note ls-warn", aria_labelledby="paused")
