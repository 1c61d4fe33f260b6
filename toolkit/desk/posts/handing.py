"""Hand-offs: the kit that a person publishes from, its files to save, and the link that says it is out."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from urllib.parse import quote

from toolkit.desk.endpoint import Content, Endpoint, Page, Redirect, Visit
from toolkit.desk.permissions import Permission
from toolkit.desk.posts.ground import POSTS, Ground, act, find_row, look, path_of, refuse_changed, version_of
from toolkit.desk.posts.previews import Length, say_length
from toolkit.dispatch.receiving import Claim, confirm_row, read_address
from toolkit.errors import UsageError
from toolkit.ledger import State
from toolkit.messages import _
from toolkit.networks import by_hand
from toolkit.outlook.kit import Enclosed, Kit, make_kit
from toolkit.values import dataclass
from toolkit.workspace import Draft, drafts, instances

# What the browser saves without a look at it: everything else is a picture of ours.
BYTES: Final = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Text:
    """One text to copy, with its length as the network counts."""

    title: str
    text: str
    length: Length | None = None


@dataclass(frozen=True, slots=True)
class File:
    """One medium: where it is saved from, "" when it cannot be had and `note` says why."""

    href: str
    name: str
    facts: str
    alt: str
    note: str
    picture: bool


@dataclass(frozen=True, slots=True)
class Handed:
    """A kit as the page shows it. `row` and `version` are of what is to be confirmed; 0 while nothing was handed over."""

    title: str
    account: str
    account_id: str
    network: str
    language: str
    due: datetime | None
    until: datetime | None
    stop: str
    notes: tuple[str, ...]
    texts: tuple[Text, ...]
    files: tuple[File, ...]
    more: tuple[Text, ...]  # first comment, addresses, hashtags
    site: str  # where people sign in to publish
    row: int
    version: str
    url: str  # where it is, once it is out
    home: str
    action: str


def show_kit(visit: Visit) -> Page:
    """GET /posts/{uid}/kit/{account}."""
    with look(visit) as ground:
        draft = find_draft(ground)
        kit = make_kit(ground.outlook, draft)
        return Page("posts/kit.html", {"kit": _handed(ground, draft, kit), "may": visit.may})


def save_file(visit: Visit) -> Content:
    """GET /posts/{uid}/kit/{account}/{file}: one medium of the kit, as the network takes it."""
    with look(visit) as ground:
        media = make_kit(ground.outlook, find_draft(ground)).media
    found = next((one for one in media if one.name == visit.path["file"] and one.data), None)
    if found is None:
        raise UsageError(_("the kit has no such file any more; load it again"))
    return Content(found.data, BYTES, found.name)


def confirm(visit: Visit) -> Redirect:
    """POST /posts/{uid}/confirm: it is out, at this address; the same address twice is one receipt."""
    address, anyway = read_address(visit.form.get("url", "")), visit.form.get("anyway") == "1"
    with act(visit) as ground:
        row = find_row(ground)
        if not (row.state is State.CONFIRMED and row.url == address):  # else it is a second press
            refuse_changed(ground, row)
            claim = Claim(row.uid, row.account, address, ground.person, anyway, row.occurrence)
            confirm_row(ground.outlook.workspace, ground.ledger, row, claim, now=visit.now)
    return Redirect(f"{POSTS}?view=hands", _("it counts as published at {url}").format(url=address))


def find_draft(ground: Ground) -> Draft:
    """What the address names: the account, and the day of a post that comes again; raises `UsageError`."""
    post, name, day = ground.post(), ground.visit.path["account"], ground.visit.query.get("day", "")
    whole = next((one for one in drafts(post, ground.settings) if one.account.name == name), None)
    if whole is None or not by_hand(whole.account):
        raise UsageError(_("nobody publishes this post by hand on {account}").format(account=name))
    times = {one.occurrence: one for one in instances(whole)}
    if day:
        if day not in times:
            raise UsageError(_("this post does not come on {day}").format(day=day))
        return times[day]
    waiting = (row.occurrence for row in ground.outlook.rows_of(post, whole.account) if row.handed_over)
    return next((times[one] for one in waiting if one in times), ground.outlook.coming(whole))


def _handed(ground: Ground, draft: Draft, kit: Kit) -> Handed:
    outlook, uid = ground.outlook, draft.post.uid
    rows = outlook.rows_of(draft.post, draft.account, draft.occurrence)
    row = next((one for one in rows if one.handed_over), None)
    out = next((one for one in rows if one.state is State.CONFIRMED), None)
    return Handed(
        title=kit.title,
        account=kit.account,
        account_id=draft.account.id,
        network=draft.account.network,
        language=kit.rendition.language,
        due=kit.due,
        until=kit.until,
        stop=kit.stop,
        notes=kit.notes,
        texts=tuple(_texts(kit)),
        files=tuple(_file(uid, draft, one) for one in kit.media),
        more=tuple(_more(kit)),
        site=SITES.get(draft.account.network, ""),
        row=row.id if row else 0,
        version=version_of(row) if row else "",
        url=out.url if out else "",
        home=path_of(uid),
        action=path_of(uid, "confirm"),
    )


# Where people of these networks begin.
SITES: Final = {
    "instagram": "https://www.instagram.com/",
    "linkedin": "https://www.linkedin.com/",
    "facebook": "https://www.facebook.com/",
    "threads": "https://www.threads.com/",
    "x": "https://x.com/compose/post",
    "bluesky": "https://bsky.app/",
}


def _texts(kit: Kit) -> list[Text]:
    total = len(kit.texts)
    titles = (
        [_("Text")]
        if total == 1
        else [_("Text, part {index} of {total}").format(index=index, total=total) for index in range(1, total + 1)]
    )
    parts = zip(titles, kit.rendition.parts, strict=True)
    return [Text(title, part.text, say_length(part.count)) for title, part in parts]


def _more(kit: Kit) -> list[Text]:
    found = [Text(_("First comment, right after the post"), text) for text in kit.comment]
    found += [Text(_("Address"), address) for address in kit.addresses]
    return found + ([Text(_("Hashtags"), " ".join(kit.hashtags))] if kit.hashtags else [])


def _file(uid: str, draft: Draft, one: Enclosed) -> File:
    day = f"?day={quote(draft.occurrence)}" if draft.occurrence else ""
    href = path_of(uid, "kit", draft.account.name, one.name) + day if one.data else ""
    size = f"{max(1, round(len(one.data) / 1000))} kB" if one.data else ""
    return File(href, one.name, " · ".join(filter(None, (one.shape, size))), one.alt, one.note, bool(one.shape))


ENDPOINTS: Final = (
    Endpoint("GET", f"{POSTS}/{{uid}}/kit/{{account}}", Permission.READ, show_kit),
    Endpoint("GET", f"{POSTS}/{{uid}}/kit/{{account}}/{{file}}", Permission.READ, save_file),
    Endpoint("POST", f"{POSTS}/{{uid}}/confirm", Permission.PUBLISH, confirm, "confirm hand-off"),
)
