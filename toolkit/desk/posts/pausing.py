"""What is paused, by whom and why; stopping all or a part of publishing, and letting it go on, post by post."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from toolkit.community import Pause
from toolkit.community.crisis.checklist import paid_posts
from toolkit.dates import say_moment
from toolkit.desk.endpoint import Content, Endpoint, Page, Redirect, Visit
from toolkit.desk.permissions import Permission
from toolkit.desk.posts.ground import PAUSE, POSTS, Ground, act, look, name_of
from toolkit.desk.posts.rows import tell_row
from toolkit.dispatch.pausing import (
    Asked,
    begin_pause,
    end_pause,
    paused_names,
    read_pause,
    standing_pauses,
    stopped_slots,
)
from toolkit.errors import LeitstandError
from toolkit.ledger import State
from toolkit.messages import _, ngettext
from toolkit.networks import by_hand
from toolkit.outlook import Outlook
from toolkit.planning import Slot
from toolkit.values import dataclass
from toolkit.workspace.naming import name_post, name_scope

SAMPLES: Final = 6  # posts that a pause stops, told one by one
MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Stop:
    """A pause that stands, and what it stops in the coming seven days."""

    name: str
    words: str
    reason: str
    owner: str
    since: datetime | None
    until: datetime | None
    allow: tuple[str, ...]
    stops: int
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form: nothing at first, and after a refusal what was typed."""

    scope: str = "all"
    reason: str = ""
    until: str = ""
    allow: str = ""


def show_pause(visit: Visit) -> Page:
    """GET /pause."""
    with look(visit) as ground:
        return _page(ground, Typed(scope=visit.query.get("scope", "all")))


def pause(visit: Visit) -> Page | Redirect | Content:
    """POST /pause: in force at once; a pause of the same scope for the same reason is one."""
    form, house = visit.form, visit.house
    until = form.get("until", "").strip().replace("T", " ")
    typed = Typed(form.get("scope", "all"), form.get("reason", ""), until, form.get("allow", ""))
    allow = tuple(word for word in typed.allow.replace(",", " ").split() if word)
    with act(visit) as ground:
        workspace = ground.outlook.workspace
        try:
            asked = read_pause(workspace, Asked(typed.scope, typed.reason, visit.person, until, allow), visit.now)
        except LeitstandError as error:
            return _page(ground, typed, told=str(error), status=422)
        known = standing_pauses(workspace.root, ground.ledger, visit.now)
    if any((one.name, one.reason, one.owner) == (asked.name, asked.reason, asked.owner) for one in known):
        return Redirect(PAUSE, _("that is paused already"))
    begun = begin_pause(workspace, house.ledger_place, asked, visit.now)
    stops = len(stopped_slots(workspace, asked, visit.now))
    said = [_("paused: {scope}").format(scope=name_scope(asked.name, workspace))]
    said += [ngettext("stops {count} send of the coming 7 days", "stops {count} sends of the coming 7 days", stops)]
    said += (
        [_("in force, but not written into the file: {problem}").format(problem=begun.failed)] if begun.failed else []
    )
    return Redirect(PAUSE, "; ".join(said), about=asked.name)


def resume(visit: Visit) -> Redirect:
    """POST /pause/resume: ends the pause, and leads to what it made miss its time: each is decided by itself."""
    house, name = visit.house, visit.form.get("scope", "")
    if name not in paused_names(house.root, house.ledger_place, visit.now):
        return Redirect(PAUSE, _("that is not paused any more"))
    ended = end_pause(house.root, house.ledger_place, name, visit.now)
    house.forget()
    with look(visit) as ground:
        missed = sum(row.state is State.MISSED for row in ground.outlook.rows)
        workspace = ground.outlook.workspace
        words, left = name_scope(name, workspace), ", ".join(name_scope(one, workspace) for one in ended.left)
    said = [_("ended: {name}").format(name=words)]
    said += [_("still paused: {names}").format(names=left)] if left else []
    if not missed:
        return Redirect(PAUSE, "; ".join(said), about=name)
    told = ngettext(
        "{count} send missed its time; decide about each: nothing of it goes out by itself",
        "{count} sends missed their time; decide about each: nothing of it goes out by itself",
        missed,
    )
    return Redirect(f"{POSTS}?view=open", "; ".join((*said, told)), about=name)


def _page(ground: Ground, typed: Typed, told: str = "", status: int = 200) -> Page:
    outlook, now = ground.outlook, ground.visit.now
    standing = standing_pauses(outlook.workspace.root, ground.ledger, now)
    values: dict[str, object] = {
        "stops": [_stop(ground, one) for one in standing],
        "unreadable": [str(problem) for problem in outlook.pauses.problems],
        "holds": _holds(ground),
        "missed": [tell_row(ground, row) for row in outlook.rows if row.state is State.MISSED and row.path][:MOST],
        "scopes": list(_scopes(outlook)),
        "typed": typed,
        "told": told,
        "checklist": list(_checklist(outlook)),
        "next": _next(outlook),
        "may": ground.visit.may,
    }
    return Page("posts/pause.html", values, status)


def _stop(ground: Ground, one: Pause) -> Stop:
    slots = stopped_slots(ground.outlook.workspace, one, ground.visit.now)
    return Stop(
        name=one.name,
        words=name_scope(one.name, ground.outlook.workspace),
        reason=one.reason,
        owner=name_of(ground.settings, one.owner),
        since=ground.local(one.since) if one.since else None,
        until=ground.local(one.until) if one.until else None,
        allow=one.allow,
        stops=len(slots),
        samples=tuple(_sample(ground, slot) for slot in slots[:SAMPLES]),
    )


def _sample(ground: Ground, slot: Slot) -> str:
    when = f"{ground.local(slot.due):%d.%m. %H:%M}" if slot.due else ""
    return f"{when} {name_post(slot.post)} → {slot.account.title or slot.account.name}".strip()


def _scopes(outlook: Outlook) -> Iterator[tuple[str, str]]:
    """What can be paused, as pairs of value and words."""
    workspace, soon = outlook.workspace, outlook.now + timedelta(days=60)
    yield "all", _("Everything")
    for account in workspace.settings.accounts.values():
        yield f"channel:{account.name}", _("Channel {name}").format(name=account.title or account.name)
    for campaign in sorted({*workspace.campaigns, *(post.campaign for post in workspace.posts if post.campaign)}):
        yield f"campaign:{campaign}", _("Campaign {name}").format(name=campaign)
    for label in sorted({label for post in workspace.posts for label in post.labels}):
        yield f"label:{label}", _("Label {name}").format(name=label)
    posts = {slot.post.uid: slot.post for slot in outlook.slots if slot.due and outlook.now <= slot.due < soon}
    for uid, post in posts.items():
        if uid:
            yield f"post:{uid}", _("Post {name}").format(name=name_post(post))


def _holds(ground: Ground) -> list[tuple[str, str, str]]:
    """Single posts on hold: uid, title, why and by whom."""
    posts = {post.uid: post for post in ground.outlook.workspace.posts}
    found = [row for row in ground.ledger.pauses(ground.visit.now) if row.scope == "post"]
    return [
        (
            row.value,
            name_post(posts[row.value]) if row.value in posts else row.value,
            f"{row.reason} ({row.owner})" if row.owner else row.reason,
        )
        for row in found
    ]


def _checklist(outlook: Outlook) -> Iterator[str]:
    """What no pause of ours reaches, so that somebody does it by hand."""
    accounts = [one for one in outlook.workspace.settings.accounts.values() if by_hand(one)]
    for account in accounts:
        yield _("Posts that somebody scheduled in the network's own planner: {account}").format(
            account=account.title or account.name
        )
    yield _("Paid ads: pause them in the ad managers; they run on whatever stands here")
    for post in paid_posts(outlook.workspace, outlook.now):
        yield _("Paid: {title}").format(title=name_post(post))


def _next(outlook: Outlook) -> str:
    """What would go out next, so that who pauses knows how much time there is."""
    slot = next((one for one in outlook.slots if _goes_out(outlook, one)), None)
    if slot is None or slot.due is None:
        return ""
    when = say_moment(slot.due.astimezone(outlook.now.tzinfo))
    return f"{when}: {name_post(slot.post)} → {slot.account.title or slot.account.name}"


def _goes_out(outlook: Outlook, slot: Slot) -> bool:
    """Whether neither a pause nor a hold stands between a coming slot and its time."""
    ahead = slot.due is not None and slot.due >= outlook.now
    return ahead and outlook.pauses.blocking(slot.post, slot.account.name, slot.due or outlook.now) is None


ENDPOINTS: Final = (
    Endpoint("GET", PAUSE, Permission.READ, show_pause),
    Endpoint("POST", PAUSE, Permission.PAUSE, pause, "pause"),
    Endpoint("POST", f"{PAUSE}/resume", Permission.PAUSE, resume, "resume"),
)
