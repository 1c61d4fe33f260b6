"""The pause switch as a file: `content/pause.yml`.

::

    - scope: all                       # or channel:NAME, campaign:NAME, label:NAME, post:UID
      reason: Rückruf der Charge 2211
      owner: leitung
      until: 2026-12-02T08:00+01:00    # optional; without it the pause lasts until somebody ends it
      allow: [crisis, replies]         # labels, uids, or replies to people: what may go out all the same

Whoever reads this file wants to know whether something may be sent. A file that cannot be read therefore counts as
paused for all: a typo made in a hurry must not let a post out.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from toolkit.errors import LeitstandError
from toolkit.ledger import PauseRow
from toolkit.messages import _
from toolkit.model import Post, Problem, Severity, SourceText
from toolkit.source import Fields, FrontMatter, Tree, decode
from toolkit.source.nodes import Mapping, NodeError, Scalar, Sequence, read_nodes
from toolkit.values import dataclass
from toolkit.workspace import load_settings

PAUSE_FILE: Final = "content/pause.yml"
KEYS: Final = ("scope", "reason", "owner", "until", "allow")
SCOPES: Final = ("channel", "campaign", "label", "post")
SHAPE: Final = "{scope: all, reason: why, owner: who}"
RULE: Final = "pause"
REPLIES: Final = "replies"  # under `allow`: replies to people go out all the same


@dataclass(frozen=True, slots=True)
class Pause:
    """One pause. `value` is the account's name, the campaign, the label or the uid; "" for all."""

    scope: str  # all | channel | campaign | label | post
    value: str
    reason: str
    owner: str = ""
    since: datetime | None = None  # aware; None: it is in force since it was written
    until: datetime | None = None  # aware; None: until somebody ends it
    allow: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The scope as people write it: ``all`` or ``channel:mastodon``."""
        return f"{self.scope}:{self.value}" if self.value else self.scope

    def in_force(self, now: datetime) -> bool:
        return (self.since is None or self.since <= now) and (self.until is None or now < self.until)

    def covers(self, post: Post, account: str) -> bool:
        """Whether the pause is about this post on this account, and does not let it out."""
        if post.uid in self.allow or not set(post.labels).isdisjoint(self.allow):
            return False
        match self.scope:
            case "channel":
                return self.value == account
            case "campaign":
                return self.value == post.campaign
            case "label":
                return self.value in post.labels
            case "post":
                return self.value == post.uid
            case _:
                return True

    def covers_reply(self, uid: str, account: str) -> bool:
        """Whether the pause is about replies on this account, or about this very one, and does not let it out.

        A campaign or a label is no matter of replies: people who ask get their answer.
        """
        if uid in self.allow or REPLIES in self.allow:
            return False
        return self.scope == "all" or (self.scope, self.value) in (("channel", account), ("post", uid))


@dataclass(frozen=True, slots=True)
class Pauses:
    """All pauses of one file, and what is wrong with the file."""

    entries: tuple[Pause, ...] = ()
    problems: tuple[Problem, ...] = ()

    def blocking(self, post: Post, account: str, now: datetime) -> Pause | None:
        """The pause that stops `post` on the account called `account` at `now` (aware); None when none does."""
        for pause in (*self._unreadable(), *self.entries):
            if pause.in_force(now) and pause.covers(post, account):
                return pause
        return None

    def blocking_reply(self, uid: str, account: str, now: datetime) -> Pause | None:
        """The pause that stops the reply `uid` on the account called `account` at `now`; None when none does."""
        for pause in (*self._unreadable(), *self.entries):
            if pause.in_force(now) and pause.covers_reply(uid, account):
                return pause
        return None

    def in_force(self, now: datetime) -> tuple[Pause, ...]:
        """The pauses that stop something at `now`."""
        return tuple(pause for pause in (*self._unreadable(), *self.entries) if pause.in_force(now))

    def plus(self, more: Iterable[Pause]) -> Pauses:
        """These and further pauses, such as the ledger's."""
        return Pauses((*self.entries, *more), self.problems)

    def _unreadable(self) -> tuple[Pause, ...]:
        errors = [problem for problem in self.problems if problem.severity is Severity.ERROR]
        if not errors:
            return ()
        return (Pause("all", "", _("the pause file cannot be read: {problem}").format(problem=errors[0])),)


def read_pauses(tree: Tree) -> Pauses:
    """The pauses in `content/pause.yml`; none when there is no such file. Never raises for what stands in it."""
    try:
        data = tree.read(PAUSE_FILE)
    except FileNotFoundError:
        return Pauses()
    except (OSError, LeitstandError) as error:
        return Pauses(problems=(_problem(SourceText(PAUSE_FILE, ""), 0, str(error)),))
    source, problems = decode(PAUSE_FILE, data)
    if source is None:
        return Pauses(problems=tuple(problems))
    return _read(source, problems, _zone(tree))


def pauses_of_rows(rows: Iterable[PauseRow]) -> tuple[Pause, ...]:
    """The ledger's pauses and holds."""
    return tuple(Pause(row.scope, row.value, row.reason, row.owner, row.since, row.until, row.allow) for row in rows)


def parse_scope(text: str) -> tuple[str, str]:
    """``all`` or ``channel:NAME`` as kind and name; ValueError with the remedy for anything else."""
    kind, colon, value = text.strip().partition(":")
    if text.strip() == "all":
        return "all", ""
    if kind in SCOPES and colon and value.strip():
        return kind, value.strip()
    known = "all, " + ", ".join(f"{scope}:{'UID' if scope == 'post' else 'NAME'}" for scope in SCOPES)
    raise ValueError(_("scope must be one of {known}, not {text!r}").format(known=known, text=text))


def read_entries(source: SourceText) -> Sequence | None:
    """The list in the file; None when the file holds nothing yet. Raises `NodeError`."""
    root = read_nodes(source.text)
    if root is None or (isinstance(root, Scalar) and root.empty):
        return None
    if not isinstance(root, Sequence):
        raise NodeError(_("pauses are a list; each entry looks like: {shape}").format(shape=SHAPE), root.start)
    return root


def _read(source: SourceText, problems: list[Problem], zone_name: str) -> Pauses:
    try:
        entries = read_entries(source)
    except NodeError as error:
        return Pauses(problems=(*problems, _problem(source, error.start, str(error))))
    if entries is None:
        return Pauses(problems=tuple(problems))
    # Fields read from a table of names, so the list gets one.
    root = Mapping(0)
    root.values["pauses"] = entries
    fields = Fields(FrontMatter(source, root, 0, len(source.text), len(source.text)), problems)
    found = [_pause(item, zone_name) for item in fields.items("pauses", SHAPE)]
    return Pauses(tuple(pause for pause in found if pause is not None), tuple(problems))


def _pause(item: Fields, zone_name: str) -> Pause | None:
    item.refuse_unknown(KEYS)
    reason = item.text("reason")
    if not reason:
        item.problem("", _("a pause needs a reason: {shape}").format(shape=SHAPE))
    try:
        scope, value = parse_scope(item.text("scope"))
    except ValueError as error:
        item.problem("scope", str(error))
        return None
    until = item.wall("until", zone_name)
    moment = None if until is None else until.instant()
    return Pause(scope, value, reason, item.text("owner"), None, moment, item.words("allow"))


def _zone(tree: Tree) -> str:
    """The workspace's zone, for an `until` without an offset."""
    try:
        return load_settings(tree)[0].timezone
    except LeitstandError:
        return "UTC"


def _problem(source: SourceText, at: int, message: str) -> Problem:
    return Problem(source.path, source.span(min(at, len(source.text))), RULE, Severity.ERROR, message)
