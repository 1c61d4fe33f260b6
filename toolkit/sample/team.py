"""The sample's inbox as a team keeps it: what came in, who took it up, what was noted, answered and put away.

It goes in through the same doors as everything else, so that what the desk shows of it is what the desk shows of any
inbox. The people are those of the workspace who have the role; a deed that nobody is there for is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.conversation import Conversation, Stage
from toolkit.community.inbox.desk import Wanted
from toolkit.community.inbox.gathering import Listener
from toolkit.community.replies.bench import lay_out
from toolkit.community.replies.book import Wish
from toolkit.community.replies.submitting import hand_in
from toolkit.errors import UsageError
from toolkit.ledger import account_key
from toolkit.messages import _
from toolkit.model import Message, MessageKind
from toolkit.sample.talk import TALKS, Line, Talk
from toolkit.settings import Account
from toolkit.values import dataclass
from toolkit.workspace import Workspace

_MEANWHILE: Final = timedelta(minutes=6)  # before now; people do things one after the other


def fill_inbox(inbox: Inbox, workspace: Workspace, now: datetime) -> dict[str, str]:
    """Put the talks in; key of each → id of its conversation. Raises `UsageError` when somebody has written already."""
    if inbox.conversations(Wanted((), limit=1), now=now):
        raise UsageError(_("this inbox has messages already; the sample's are for an empty one, such as the demo's"))
    accounts = workspace.settings.accounts
    found = {talk.key: _put_in(inbox, workspace, talk, now) for talk in TALKS if talk.account in accounts}
    return {key: one for key, one in found.items() if one}


def _put_in(inbox: Inbox, workspace: Workspace, talk: Talk, now: datetime) -> str:
    account = workspace.settings.accounts[talk.account]
    post = next((one for one in workspace.posts if talk.post and talk.post in one.title), None)
    below = f"post:{post.uid}" if post else f"post:{talk.post}" if talk.post else ""
    listener = Listener(account_key(account), account.name, {below: post.uid} if post else {})
    gathered = inbox.gather(listener, list(_messages(talk, account, below, now)), now)
    return next(iter(gathered.conversations), "")


def _messages(talk: Talk, account: Account, below: str, now: datetime) -> Iterator[Message]:
    """Each answers the one before it."""
    before = below
    for number, line in enumerate(talk.lines):
        message = _message(talk, line, account, below, now)
        yield replace(message, remote_id=f"sample:{talk.key}:{number}", answers=before)
        before = f"sample:{talk.key}:{number}"


def _message(talk: Talk, line: Line, account: Account, below: str, now: datetime) -> Message:
    return Message(
        remote_id="",
        channel=account.name,
        kind=talk.kind,
        author=account.id if line.ours else talk.handle,
        name=account.title if line.ours else talk.name,
        author_id="" if line.ours else talk.handle,
        text=line.text,
        at=(now - timedelta(hours=line.hours)).replace(microsecond=0),
        below=below,
        thread=talk.handle if talk.kind is MessageKind.DIRECT else "",
        subject=talk.subject,
        language=talk.language,
        reach=None if line.ours else talk.reach,
        own=line.ours,
    )


# --- what the team did ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Team:
    """The open inbox, what is in it by the talks' keys, and who does things when."""

    inbox: Inbox
    found: Mapping[str, str]
    workspace: Workspace
    now: datetime

    def who(self, role: str) -> str:
        """The first person of a role who is there; else the first one at all."""
        day = self.now.date()
        people = sorted(
            (one for one in self.workspace.settings.people.values() if role in one.roles),
            key=lambda one: one.absent(day),
        )
        return people[0].key if people else next(iter(self.workspace.settings.people), "")

    def see(self, key: str) -> Conversation | None:
        """A conversation as it stands; None where the workspace has no such account."""
        return self.inbox.conversation(self.found[key], now=self.now) if key in self.found else None


def work_through(team: Team) -> int:
    """Do what the team did; how many conversations it has touched."""
    touched = 0
    for key, deeds in _DEEDS.items():
        for number, deed in enumerate(deeds):
            seen = team.see(key)
            if seen is not None:
                deed(team, seen, team.now - _MEANWHILE + timedelta(seconds=20 * number))
                touched += number == 0
    return touched


Deed = Callable[[Team, Conversation, datetime], object]


def _mark(role: str) -> Deed:
    return lambda team, seen, at: team.inbox.set_roles(seen, [role], team.who("community"), at)


def _note(text: str) -> Deed:
    return lambda team, seen, at: team.inbox.remark(seen, text, team.who("community"), at)


def _take(role: str) -> Deed:
    return lambda team, seen, at: team.inbox.assign(seen, team.who(role), team.who("community"), at)


def _label(*labels: str) -> Deed:
    return lambda team, seen, at: team.inbox.label(seen, labels, (), team.who("community"), at)


def _done(team: Team, seen: Conversation, at: datetime) -> None:
    team.inbox.set_stage(seen, Stage.DONE, team.who("community"), at)


def _until_monday(team: Team, seen: Conversation, at: datetime) -> None:
    local = at.astimezone(ZoneInfo(team.workspace.settings.timezone))
    monday = (local + timedelta(days=7 - local.weekday())).replace(hour=9, minute=0, second=0, microsecond=0)
    team.inbox.snooze(seen, monday, team.who("community"), at)


def _answer(text: str, *, finished: bool = True) -> Deed:
    def write(team: Team, seen: Conversation, at: datetime) -> None:
        bench, author = lay_out(team.inbox, seen.id, team.workspace, at), team.who("community")
        reply = bench.replies.write(seen, Wish(text, author, seen.private, seen.language), at)
        if finished:
            hand_in(bench, reply, author)

    return write


_DEEDS: Final[Mapping[str, tuple[Deed, ...]]] = {
    "press": (
        _mark("press"),
        _note("Zahlen zum Rohkaffee hat Ines. Wiebke ruft Montag früh zurück, bis dahin sagen wir nichts zum Preis."),
    ),
    "birthday": (_take("community"), _note("Der Paketdienst sucht seit heute, Vorgang liegt im Lager auf dem Tisch.")),
    "nuts": (
        _take("community"),
        _answer(
            "In unseren Kaffees ist nur Kaffee, Runa. „Haselnuss“ beschreibt, wonach er schmeckt, und ist keine Zutat. "
            "Mit Nüssen arbeiten wir nur im Café. Ob das für deinen Sohn genügt, sagt euch am besten seine Ärztin. Mai"
        ),
    ),
    "grind": (
        _answer(
            "Für den Herdkocher etwas gröber als Espresso, Wanja, etwa wie feiner Sand. Und nimm ihn vom Herd, sobald es "
            "gurgelt, dann wird die Windstille nicht bitter. Mai"
        ),
    ),
    "norway": (_take("community"), _answer("Not yet, Ingrid, but tell your friend", finished=False)),
    "rumour": (_label("rückruf"), _note("Der Rückruf gilt nur für Kannen aus GK-26-09. Kaffee ist nicht betroffen.")),
    "recall": (_label("rückruf"),),
    "evening": (_done,),
    "decaf": (_done,),
    "polar": (_until_monday,),
    "cat": (_label("lob"),),
}
