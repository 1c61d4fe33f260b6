"""One post with everything about it: what each account gets, how it stands there, who said yes, what the log says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from toolkit.desk.endpoint import Content, Endpoint, Page, Visit
from toolkit.desk.permissions import Permission
from toolkit.desk.posts.approvals import find_problems
from toolkit.desk.posts.ground import APPROVALS, POSTS, Ground, look, name_of
from toolkit.desk.posts.previews import make_previews
from toolkit.desk.posts.rows import tell_row
from toolkit.dispatch.holding import find_holds
from toolkit.errors import UsageError
from toolkit.ledger import ApprovalRow, Row, State, read_approvals
from toolkit.ledger.naming import old_word, row_word
from toolkit.messages import _
from toolkit.model import Approval, Post
from toolkit.networks import find_network
from toolkit.outlook.waiting import waiting_posts
from toolkit.pictures import Frame, PictureError, crop_picture
from toolkit.values import dataclass
from toolkit.workspace import drafts, media_path
from toolkit.workspace.naming import name_post

EVENTS: Final = 60
# Wide enough for a phone held upright, sharp where the screen is.
WIDTH: Final = 900


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the log, on the workspace's clock."""

    at: datetime
    account: str
    network: str
    before: str
    after: str
    detail: str
    url: str


@dataclass(frozen=True, slots=True)
class Word:
    """Somebody's yes or no, and whether it is about the content as it is now."""

    who: str
    at: datetime
    granted: bool
    counts: bool
    note: str
    where: str


def show_post(visit: Visit) -> Page:
    """GET /posts/{uid}; a post whose file is gone is shown as the ledger knows it."""
    with look(visit) as ground:
        rows = [row for row in ground.outlook.rows if row.uid == visit.path["uid"]]
        if not rows:
            ground.post()
        post = next((one for one in ground.outlook.workspace.posts if one.uid == visit.path["uid"]), None)
        return Page("posts/post.html", _values(ground, post, rows))


def _values(ground: Ground, post: Post | None, rows: list[Row]) -> dict[str, object]:
    outlook, uid = ground.outlook, ground.visit.path["uid"]
    waiting = [one for one in waiting_posts(outlook) if one.post.uid == uid]
    holds = find_holds(ground.ledger, uid, ground.visit.now)
    return {
        "uid": uid,
        "title": name_post(post) if post else rows[0].path,
        "post": post,
        "unreadable": "" if post else _unreadable(ground, rows[0]),
        "path": post.path if post else rows[0].path,
        "author": name_of(ground.settings, post.author) if post else "",
        "rows": [tell_row(ground, row) for row in rows],
        "previews": make_previews(outlook, post) if post else [],
        "problems": find_problems(ground, post) if post else (),
        "words": tuple(_words(ground, post)) if post else (),
        "events": tuple(_events(ground)),
        "approval": f"{APPROVALS}/{uid}" if waiting else "",
        "lacks": waiting[0].lacks[0][1].reason if waiting else "",
        "holds": tuple(f"{one.reason} ({one.owner})" if one.owner else one.reason for one in holds),
        "stoppable": any(row.state is State.PLANNED or row.handed_over for row in rows) or not rows,
        "may": ground.visit.may,
    }


def _unreadable(ground: Ground, row: Row) -> str:
    """What is wrong with a file that is there and says nothing; "" when it is gone."""
    workspace = ground.outlook.workspace
    if not workspace.tree.exists(row.path):
        return ""
    found = (str(one) for one in workspace.problems if one.path == row.path)
    return next(found, _("{path} has another uid by now").format(path=row.path))


def _events(ground: Ground) -> Iterator[Event]:
    accounts = ground.settings.accounts
    for one in reversed(ground.ledger.events(uid=ground.visit.path["uid"], limit=EVENTS)):
        account = accounts.get(one.account)
        yield Event(
            at=ground.local(one.at),
            account=account.title or account.name if account else one.account,
            network=account.network if account else one.account_id.partition(":")[0],
            before=old_word(one) if one.old else "",
            after=row_word(one),
            detail=one.detail,
            url=one.url,
        )


def _words(ground: Ground, post: Post) -> Iterator[Word]:
    """Every yes and no, of file and desk and forge, the newest first."""
    digest = ground.outlook.digest(post)
    said = read_approvals(ground.ledger, post.uid)
    at_desk = {(row.person, row.at, row.hash) for row in said}
    elsewhere = ground.outlook.workspace.approvals.get(post.uid, ())
    every = [
        *((row, _("at the desk")) for row in said),
        *((_as_row(post, one), _("in the file")) for one in post.approved),
        *((_as_row(post, one), _("on the forge")) for one in elsewhere if (one.by, one.at, one.hash) not in at_desk),
    ]
    for row, where in sorted(every, key=lambda pair: pair[0].at, reverse=True):
        who, at = name_of(ground.settings, row.person), ground.local(row.at)
        yield Word(who, at, row.granted, row.hash == digest, row.note, where)


def _as_row(post: Post, one: Approval) -> ApprovalRow:
    return ApprovalRow(post.uid, one.by, one.at, one.hash, granted=True)


def show_picture(visit: Visit) -> Content:
    """GET /posts/{uid}/picture/{account}/{number}: a picture as the network gets it, cut and without its metadata."""
    house, path = visit.house, visit.path
    workspace = house.workspace
    post = next((one for one in workspace.posts if one.uid == path["uid"]), None)
    wanted = [one for one in drafts(post, workspace.settings) if one.account.name == path["account"]] if post else []
    found = [
        medium
        for one in wanted
        for part in find_network(one.account.network).render(one).parts
        for medium in part.attachments
    ]
    number = int(path["number"]) if path["number"].isdecimal() and len(path["number"]) < 4 else len(found)
    if number >= len(found):
        raise UsageError(_("there is no such picture"))
    medium = found[number]
    try:
        data = workspace.tree.read(media_path(medium.file))
        picture = crop_picture(data, Frame(width=WIDTH), medium.crop, medium.focus)
    except (PictureError, OSError) as error:
        raise UsageError(_("this picture cannot be shown: {error}").format(error=error)) from None
    return Content(picture.data, "image/jpeg")


ENDPOINTS: Final = (
    Endpoint("GET", f"{POSTS}/{{uid}}", Permission.READ, show_post),
    Endpoint("GET", f"{POSTS}/{{uid}}/picture/{{account}}/{{number}}", Permission.READ, show_picture),
)
