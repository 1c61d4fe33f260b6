"""What alerts are found in: the workspace, the ledger's rows, pauses and accounts at one moment, as plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Final
from urllib.parse import quote
from zoneinfo import ZoneInfo

from toolkit.alerts.team import Team
from toolkit.database import to_moment
from toolkit.errors import LeitstandError
from toolkit.ledger import NEEDS_PERSON, Row, Run, Runs, State, View
from toolkit.model import Post
from toolkit.networks import find_network
from toolkit.values import dataclass
from toolkit.workspace import POSTS, Workspace

# What is older than this is told by `status`, not by a message that comes too late anyway.
FRESH: Final = timedelta(days=7)
LONGEST_WHY: Final = 300

States = Mapping[tuple[str, str, str, str], State]


@dataclass(frozen=True, slots=True)
class Stop:
    """A pause in force. `name` is its scope as people write it, such as ``channel:mastodon``."""

    name: str
    reason: str
    owner: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ailing:
    """An account that somebody has to sign in to. `state` changes with the trouble: the same trouble is told once."""

    account: str
    state: str
    why: str
    remedy: str
    locked_out: bool = False  # nothing of it goes out before somebody has signed in


@dataclass(frozen=True, slots=True)
class Call:
    """A conversation that may be dangerous, and that nobody has answered. Nothing in it is what somebody wrote."""

    id: str
    channel: str
    risk: int  # 1 to 3
    since: datetime  # when they began to wait
    why: str  # what the danger is
    open: bool = False  # whether the account's service hours run at this moment


@dataclass(frozen=True, slots=True)
class Owed:
    """What has to be said in public about an open incident, by `due`. `what` is in words, for people."""

    id: str
    title: str
    what: str
    due: datetime
    owner: str
    backup: str
    first: bool  # whether it is the first word: of that somebody hears at once


@dataclass(frozen=True, slots=True)
class Proposed:
    """A level of a playbook that the numbers speak for since `at`. Nothing in it is what somebody wrote."""

    playbook: str
    level: int
    why: str
    at: datetime
    owner: str
    backup: str
    command: str


class Halt(StrEnum):
    """What a reply waits for."""

    APPROVAL = "approval"
    LOOK = "look"  # something happened since it was written
    EXPIRED = "expired"  # nothing any more: its time was over before anybody said yes
    DISPATCH = "dispatch"  # somebody said yes


@dataclass(frozen=True, slots=True)
class Unsent:
    """A reply that is not out. Nothing in it is what somebody wrote."""

    id: str
    conversation: str
    channel: str
    halt: Halt
    risk: int  # 0 to 3
    author: str
    approvers: tuple[str, ...]  # whose yes would count, there or not
    since: datetime  # when it came to be so, or when it was to go out
    until: datetime  # when it expires
    left: timedelta  # service time until then
    open: bool  # whether the account's service hours run at this moment
    why: str = ""


@dataclass(frozen=True)
class Scene:
    """Everything at one moment; `now` is aware."""

    workspace: Workspace
    team: Team
    now: datetime
    rows: tuple[Row, ...] = ()  # in which a person has to do something
    waiting: tuple[Row, ...] = ()  # due, not put off, with a reason
    known: Callable[[], States] = dict  # asked only when an approval is missing: it reads the whole ledger
    stops: tuple[Stop, ...] = ()
    ailing: tuple[Ailing, ...] = ()
    last_tick: datetime | None = None
    calls: tuple[Call, ...] = ()
    owed: tuple[Owed, ...] = ()
    proposed: tuple[Proposed, ...] = ()
    replies: tuple[Unsent, ...] = ()
    runs: tuple[Run, ...] = ()  # reports that came by themselves, or did not, and trouble somebody

    @cached_property
    def states(self) -> States:
        """Thread → state of its first part, of all that the ledger knows."""
        return self.known()

    @cached_property
    def locked_out(self) -> frozenset[str]:
        """The accounts of which nothing goes out before somebody has signed in."""
        return frozenset(one.account for one in self.ailing if one.locked_out)

    @cached_property
    def posts(self) -> Mapping[str, Post]:
        """Uid → post."""
        return {post.uid: post for post in self.workspace.posts if post.uid}

    def account_title(self, name: str) -> str:
        """What pages call the account."""
        account = self.workspace.settings.accounts.get(name)
        return account.title if account else name

    def clock_time(self, moment: datetime) -> str:
        """The moment on the workspace's own clock."""
        return f"{moment.astimezone(ZoneInfo(self.workspace.settings.timezone)):%Y-%m-%d %H:%M}"

    def link(self, post: Post | None) -> str:
        """The post's page on the site; "" without a site."""
        url = self.workspace.settings.url
        if post is None or not url:
            return ""
        return f"{url}/posts/{quote(post.path.removeprefix(f'{POSTS}/').removesuffix('.md'))}/"


def look(workspace: Workspace, ledger: View, team: Team, now: datetime) -> Scene:
    """The scene that an open ledger shows; pauses and accounts are added by those who know them."""
    rows = ledger.rows(states=NEEDS_PERSON)
    return Scene(
        workspace=workspace,
        team=team,
        now=now,
        rows=tuple(row for row in rows if now - row.updated_at < FRESH),
        waiting=tuple(row for row in ledger.due(now) if row.reason and not _rests(row, ledger, now)),
        known=ledger.known,
        last_tick=to_moment(ledger.meta().get("last_tick", "")),
        runs=tuple(run for run in Runs(ledger, lambda: now).all() if run.troubled and _fresh(run.changed_at, now)),
    )


def _fresh(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and now - moment < FRESH


def _rests(row: Row, ledger: View, now: datetime) -> bool:
    """Whether it only waits for its account's turn; then it goes out by itself."""
    try:
        paces = find_network(row.network).paces
    except LeitstandError:
        return False
    return ledger.next_token(row.account_id, paces, now) > now


def one_line(text: str) -> str:
    """A reason on one line of bearable length: networks quote whole pages."""
    said = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return said if len(said) <= LONGEST_WHY else f"{said[:LONGEST_WHY]} …"
