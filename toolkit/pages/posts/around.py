"""What stands around a post: the ones before and after it, its place in a campaign, its arm of an experiment, its days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from toolkit.dates import say_moment
from toolkit.messages import _, ngettext
from toolkit.model import Post
from toolkit.outlook.standing import State
from toolkit.pages.icons import icon
from toolkit.pages.markup import Html, div, hidden, join, link, para, span, tag, when
from toolkit.pages.paths import campaign_path, experiment_path
from toolkit.pages.pieces import chip, step
from toolkit.pages.view import Common
from toolkit.values import dataclass
from toolkit.workspace.naming import name_post

if TYPE_CHECKING:
    from toolkit.pages.view import Site

# Posts of a campaign that are shown on each side.
_NEAR: Final = 5


class Target(NamedTuple):
    """A page that is linked to."""

    path: str
    title: str


@dataclass(frozen=True, slots=True)
class Stop:
    """A post of the campaign and how it stands; `here` is the one whose page this is."""

    to: Target
    state: State
    here: bool


@dataclass(frozen=True, slots=True)
class Way:
    """A campaign, the post's place in it from 1, of how many, and the posts near it."""

    campaign: Target
    place: int
    total: int
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Arm:
    """The experiment that a post belongs to, and which of its arms."""

    experiment: Target
    name: str


@dataclass(frozen=True, slots=True)
class Around:
    """Everything around one post; `days` are the moments of a post that comes again, with their states."""

    before: Target | None = None
    after: Target | None = None
    way: Way | None = None
    arms: tuple[Arm, ...] = ()
    days: tuple[tuple[datetime, State], ...] = ()


def look_around(site: Site, post: Post) -> Around:
    """What stands around `post`; people outside are told of no experiment."""
    place = site.places.get(post.path)
    entries = site.entries_of.get(post.path, ())
    days = tuple((entry.local, entry.state) for entry in entries) if post.repeat is not None else ()
    arms = () if site.given.partner else _arms(site, post)
    if place is None:
        return Around(arms=arms)
    before = _target(site, site.in_order[place - 1]) if place else None
    after = _target(site, site.in_order[place + 1]) if place + 1 < len(site.in_order) else None
    return Around(before, after, _way(site, post), arms, days)


def _target(site: Site, post: Post) -> Target:
    return Target(site.post_pages[post.path], name_post(post))


def _way(site: Site, post: Post) -> Way | None:
    campaign, posts = site.workspace.campaigns.get(post.campaign), site.of_campaign.get(post.campaign, ())
    if campaign is None or len(posts) < 2:
        return None
    at = next(number for number, one in enumerate(posts) if one.path == post.path)
    near = posts[max(0, at - _NEAR) : at + _NEAR + 1]
    stops = tuple(Stop(_target(site, one), site.entries_of[one.path][0].state, one.path == post.path) for one in near)
    return Way(Target(campaign_path(campaign), campaign.title), at + 1, len(posts), stops)


def _arms(site: Site, post: Post) -> tuple[Arm, ...]:
    found = []
    for one in site.given.tried.experiences:
        experiment = one.experiment
        named = next((arm.name for arm in experiment.arms if arm.label in post.labels), "")
        if named:
            found.append(Arm(Target(experiment_path(experiment), experiment.title), named))
    return tuple(found)


def steps_beside(common: Common, page: str, around: Around) -> Html | None:
    """The ways to the posts before and after this one."""
    before, after = around.before, around.after
    found = [
        step(common.link(page, before.path), "previous", before.title, label_first=False) if before else None,
        step(common.link(page, after.path), "next", after.title, label_first=True) if after else None,
    ]
    if not any(found):
        return None
    return tag("nav", *found, class_="ls-beside", aria_label=_("Posts before and after"))


def way(common: Common, page: str, found: Way | None) -> Html | None:
    """The post's place in its campaign: a dot for each post near it, with its title and state."""
    if found is None:
        return None
    said = _("{place} of {total}").format(place=found.place, total=found.total)
    dots = (_stop(common, page, one) for one in found.stops)
    title = link(common.link(page, found.campaign.path), icon("campaign"), found.campaign.title)
    return div(title, span(said, class_="ls-way-place"), tag("ol", *dots), class_="ls-way", data_search_exclude=True)


def _stop(common: Common, page: str, one: Stop) -> Html:
    words = f"{one.to.title} ({one.state.label})"
    dot = span(hidden(words), class_=f"ls-mark ls-{one.state.tone}", title=words)
    if one.here:
        return tag("li", dot, aria_current="page")
    return tag("li", link(common.link(page, one.to.path), dot))


def days(common: Common, found: Sequence[tuple[datetime, State]], coming: datetime | None) -> Html:
    """All moments of a post that comes again: the `coming` one in sight, all of them a click away."""
    rows = (tag("li", when(at.isoformat(), say_moment(at)), " ", chip(state)) for at, state in found)
    words = ngettext("{count} time", "{count} times", len(found))
    at = coming or found[0][0]
    shown = when(at.isoformat(), f"{say_moment(at)} ({common.settings.timezone})", class_="ls-when")
    return join((shown, tag("details", tag("summary", words), tag("ol", *rows), class_="ls-days")))


def arms(common: Common, page: str, found: Sequence[Arm]) -> Html | None:
    """The experiments that the post belongs to."""
    if not found:
        return None
    return join(
        para(link(common.link(page, one.experiment.path), one.experiment.title), span(f": {one.name}")) for one in found
    )
