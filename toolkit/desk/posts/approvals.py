"""Posts that wait for a yes: the list by when they need it, one post with all that there is to see, and the press itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from urllib.parse import quote

from toolkit.approval import canonical_content, hash_content
from toolkit.approval.earlier import Difference, Earlier, differences, find_earlier, published_content
from toolkit.dates import say_moment
from toolkit.desk.endpoint import Content, Endpoint, Page, Redirect, Visit
from toolkit.desk.permissions import Permission
from toolkit.desk.posts.ground import APPROVALS, Ground, act, look, name_of, path_of
from toolkit.desk.posts.memory import Memory
from toolkit.desk.posts.previews import Preview, make_previews
from toolkit.dispatch.approving import Said, approval_objection, say
from toolkit.errors import ChangedError, LeitstandError
from toolkit.ledger import read_approvals
from toolkit.lint import check_workspace
from toolkit.messages import _
from toolkit.model import Post, Problem, Severity, Status
from toolkit.outlook import Outlook
from toolkit.outlook.waiting import Waiting, people_left, waiting_posts
from toolkit.settings import Account
from toolkit.values import dataclass
from toolkit.workspace import Workspace
from toolkit.workspace.naming import name_post

SHOWN: Final = Memory()


@dataclass(frozen=True, slots=True)
class Line:
    """One post in the list. `due` is on the workspace's clock."""

    uid: str
    title: str
    href: str
    due: datetime | None
    author: str
    channels: tuple[tuple[str, str], ...]  # network and title
    reason: str
    people: tuple[str, ...]  # who can still say yes today
    back: tuple[str, ...]  # who sent it back, and what for
    review: bool  # the author does not call it ready yet
    mine: bool  # who looks can say yes to it


@dataclass(frozen=True, slots=True)
class Change:
    """What changed since a word about the post; `words` says since whose and when."""

    words: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything about one post that somebody has to see who says yes to it."""

    uid: str
    title: str
    path: str
    hash: str
    author: str
    due: datetime | None
    line: Line | None  # None when it waits for nobody
    objection: str  # why this person has no say, "" when they have
    given: tuple[str, ...]  # who said yes to this content
    problems: tuple[Problem, ...]
    change: Change | None
    previews: tuple[Preview, ...]
    elsewhere: str  # the branch that is published from, where it says something else by now

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What cannot be approved as it is."""
        return tuple(one for one in self.problems if one.severity is Severity.ERROR)


def show_approvals(visit: Visit) -> Page:
    """GET /approvals."""
    with look(visit) as ground:
        lines = [_line(ground, one) for one in waiting_posts(ground.outlook)]
    return Page("posts/approvals.html", {"lines": lines, "may": visit.may})


def show_approval(visit: Visit) -> Page:
    """GET /approvals/{uid}."""
    with look(visit) as ground:
        return _page(ground, ground.post())


def approve(visit: Visit) -> Page | Redirect | Content:
    """POST /approvals/{uid}/approve: yes to exactly what was shown."""
    return _say(visit, granted=True)


def send_back(visit: Visit) -> Page | Redirect | Content:
    """POST /approvals/{uid}/back: no to exactly what was shown, and what is to be changed."""
    return _say(visit, granted=False)


def _say(visit: Visit, *, granted: bool) -> Page | Redirect:
    note = "" if granted else visit.form.get("note", "")
    said = Said(visit.person, visit.form.get("hash", ""), granted=granted, note=note)
    with act(visit) as ground:
        post = ground.post()
        try:
            written = say(ground.ledger, ground.outlook, post, said)
        except ChangedError as error:
            return _page(ground, post, told=str(error), note=note, status=409)
        except LeitstandError as error:
            return _page(ground, post, told=str(error), note=note, status=422)
    return Redirect(APPROVALS, _told(post, granted=granted, written=written))


def _told(post: Post, *, granted: bool, written: bool) -> str:
    if not written:
        return _("{title}: you had said so already").format(title=name_post(post))
    if granted:
        return _("{title}: approved").format(title=name_post(post))
    return _("{title}: sent back; it goes nowhere before it is changed").format(title=name_post(post))


def _page(ground: Ground, post: Post, told: str = "", note: str = "", status: int = 200) -> Page:
    seen = SHOWN.find(ground.visit.form.get("hash", "")) if told else ""
    sheet = _sheet(ground, post, seen)
    values = {"sheet": sheet, "may": ground.visit.may, "told": told, "note": note, "post_path": path_of(post.uid)}
    return Page("posts/approval.html", values, status)


def _sheet(ground: Ground, post: Post, seen: str) -> Sheet:
    outlook = ground.outlook
    content = canonical_content(post, outlook.workspace)
    digest = hash_content(content)
    SHOWN.keep(digest, content)
    waiting = next((one for one in waiting_posts(outlook) if one.post.uid == post.uid), None)
    verdicts = [outlook.find_verdict(post, account) for account in _accounts(outlook, post)]
    given = dict.fromkeys(one.by for verdict in verdicts for one in verdict.given)
    return Sheet(
        uid=post.uid,
        title=name_post(post),
        path=post.path,
        hash=digest,
        author=name_of(ground.settings, post.author),
        due=ground.local(waiting.due) if waiting and waiting.due else None,
        line=_line(ground, waiting) if waiting else None,
        objection=approval_objection(outlook, post, ground.visit.person),
        given=tuple(name_of(ground.settings, name) for name in given),
        problems=find_problems(ground, post),
        change=_change(ground, post, content, seen),
        previews=tuple(make_previews(outlook, post)),
        elsewhere=_elsewhere(outlook.workspace, post, content),
    )


def _elsewhere(workspace: Workspace, post: Post, content: str) -> str:
    """A yes counts for what is shown; what is published has to say the same before it helps."""
    ref = workspace.settings.ref
    return ref if ref and published_content(workspace, post) != content else ""


def _accounts(outlook: Outlook, post: Post) -> list[Account]:
    accounts = outlook.workspace.settings.accounts
    return [accounts[name] for name in post.channels if name in accounts]


def find_problems(ground: Ground, post: Post) -> tuple[Problem, ...]:
    """What the check says about the post, approvals aside: the worst first.

    Kept for as long as the files stay as they are, and for an hour at most: some rules look at the clock.
    """
    outlook = ground.outlook
    known, key = ground.visit.house.kept(_no_answers), (post.path, f"{outlook.now:%Y-%m-%d %H}")
    if key not in known:
        found = check_workspace(outlook.workspace, now=outlook.now, paths=(post.path,))
        order = list(Severity)
        mine = [one for one in found if one.path == post.path and one.rule != "approval"]
        known[key] = tuple(sorted(mine, key=lambda one: order.index(one.severity)))
    return known[key]


def _no_answers(_workspace: Workspace) -> dict[tuple[str, str], tuple[Problem, ...]]:
    return {}


def _change(ground: Ground, post: Post, content: str, seen: str) -> Change | None:
    if seen and seen != content:
        return Change(_("Changed since you looked"), tuple(differences(seen, content)))
    rows = read_approvals(ground.ledger, post.uid)
    earlier = find_earlier(ground.outlook.workspace, post, rows)
    return None if earlier is None else _since(ground, earlier, differences(earlier.content, content))


def _since(ground: Ground, earlier: Earlier, found: Sequence[Difference]) -> Change:
    if earlier.at is None:
        return Change(_("Changed since what is published"), tuple(found))
    when = say_moment(ground.local(earlier.at))
    told = (
        _("Changed since {name} approved it ({when})")
        if earlier.granted
        else _("Changed since {name} sent it back ({when})")
    )
    return Change(told.format(name=name_of(ground.settings, earlier.by), when=when), tuple(found))


def _line(ground: Ground, waiting: Waiting) -> Line:
    settings, post = ground.settings, waiting.post
    people = people_left(waiting, ground.outlook)
    return Line(
        uid=post.uid,
        title=name_post(post),
        href=f"{APPROVALS}/{quote(post.uid, safe='')}",
        due=ground.local(waiting.due) if waiting.due else None,
        author=name_of(settings, post.author),
        channels=tuple((account.network, account.title or account.name) for account, _verdict in waiting.lacks),
        reason="; ".join(dict.fromkeys(verdict.reason for _account, verdict in waiting.lacks)),
        people=tuple(person.name or person.key for person in people),
        back=tuple(f"{name_of(settings, one.by)}: {one.note}" for one in waiting.sent_back),
        review=post.status is not Status.READY,
        mine=Permission.APPROVE in ground.visit.may and any(one.key == ground.visit.person for one in people),
    )


ENDPOINTS: Final = (
    Endpoint("GET", APPROVALS, Permission.READ, show_approvals),
    Endpoint("GET", f"{APPROVALS}/{{uid}}", Permission.READ, show_approval),
    Endpoint("POST", f"{APPROVALS}/{{uid}}/approve", Permission.APPROVE, approve, "approve post"),
    Endpoint("POST", f"{APPROVALS}/{{uid}}/back", Permission.APPROVE, send_back, "send post back"),
)
