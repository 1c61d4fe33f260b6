"""Everything `leitstand plan` says, gathered from files, ledger, rules, approvals and pauses, before it is printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, tzinfo

from toolkit.approval import Verdict, content_hash, judge
from toolkit.cli.context import Context
from toolkit.community import Pause, Pauses, pauses_of_rows, read_pauses
from toolkit.errors import LeitstandError, UsageError
from toolkit.ledger import Row, State, open_ledger
from toolkit.ledger.naming import row_word
from toolkit.lint import check_workspace
from toolkit.messages import _, ngettext
from toolkit.model import Problem, Severity, Status
from toolkit.networks import by_hand
from toolkit.planning import (
    Change,
    ClockChange,
    Collision,
    Fit,
    Gap,
    Slot,
    between,
    changes,
    clock_changes,
    collisions,
    fit,
    gaps,
    slots,
)
from toolkit.planning.states import say_progress, slot_key, thread_states
from toolkit.settings import FILE_NAME
from toolkit.values import dataclass
from toolkit.workspace import Workspace, load_workspace, open_tree


@dataclass(frozen=True, slots=True)
class Window:
    """What is asked for: days (both included), the longest silence that is fine, and a commit to compare with."""

    first: date | None
    last: date | None
    longest_gap: int
    since: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the plan: a slot and everything that decides whether it will go out."""

    slot: Slot
    fit: Fit | None
    row: Row | None
    verdict: Verdict
    pause: Pause | None
    errors: int

    def standing(self) -> str:  # noqa: PLR0911  # one line per answer
        """In a few words: what happened to it, else what keeps it from going out, else that it is ready."""
        if self.row is not None and self.row.state is not State.PLANNED:
            return ", ".join(filter(None, (row_word(self.row), say_progress([self.row]))))
        if self.row is not None and (progress := say_progress([self.row])):
            return progress
        if self.pause is not None:
            return _("paused")
        if self.errors:
            return ngettext("{count} error", "{count} errors", self.errors)
        if self.slot.post.status is not Status.READY:
            return _("draft") if self.slot.post.status is Status.DRAFT else _("in review")
        if not self.verdict.granted:
            given, required = len(self.verdict.given), self.verdict.required
            return _("approval {given}/{required}").format(given=given, required=required)
        return _("ready, by hand") if by_hand(self.slot.account) else _("ready")

    @property
    def goes_out(self) -> bool:
        """Whether nothing but time stands between this slot and its network."""
        waits = self.row is None or self.row.state is State.PLANNED
        ready = self.slot.post.status is Status.READY and not self.errors
        return waits and ready and self.verdict.granted and self.pause is None

    def count(self) -> str:
        """Parts, and the length of the tightest one as its network counts, over its limit; "" when unknown."""
        if self.fit is None:
            return ""
        count = self.fit.count
        length = f"{count.length}/{count.limit}"
        shown = length if self.fit.parts == 1 else f"{self.fit.parts} × {length}"  # noqa: RUF001  # the sign for times
        return shown if self.fit.valid else _("{count} over").format(count=shown)


@dataclass(frozen=True, slots=True)
class Planned:
    """The whole answer. `changes` is None unless a commit was named."""

    id: str  # the workspace's
    name: str
    now: datetime
    zone: tzinfo
    zone_name: str
    window: Window
    entries: tuple[Entry, ...]
    collisions: tuple[Collision, ...]
    gaps: tuple[Gap, ...]
    clock_changes: tuple[ClockChange, ...]
    problems: tuple[Problem, ...]
    changes: tuple[Change, ...] | None


def gather(context: Context, workspace: Workspace, window: Window) -> Planned:
    """The plan of the workspace in the window."""
    now, local = context.clock.now(), context.zone
    everything = slots(workspace)
    differences = _changes(workspace, window.since)
    changed = {change.slot.order for change in differences or () if change.after is not None}
    inside = {slot.order for slot in between(everything, window.first, window.last, local)}
    # What a change touches is in view, whenever it goes out.
    shown = tuple(slot for slot in everything if slot.order in inside | changed)
    paths = {slot.post.path for slot in shown} | {change.slot.post.path for change in differences or ()}
    found = check_workspace(workspace, now=now, paths=paths)
    problems = tuple(problem for problem in found if problem.severity is Severity.ERROR)
    last = max((slot.due for slot in shown if slot.due is not None), default=now)
    return Planned(
        id=context.settings.id,
        name=context.settings.name,
        now=now,
        zone=local,
        zone_name=context.settings.timezone,
        window=window,
        entries=_entries(context, workspace, shown, problems),
        collisions=_shown_collisions(everything, shown, context.settings.policy.distance),
        gaps=gaps(everything, now.astimezone(local).date(), local, longer_than=window.longest_gap),
        clock_changes=clock_changes(local, now, last),
        problems=problems,
        changes=differences,
    )


def _entries(
    context: Context, workspace: Workspace, shown: Sequence[Slot], problems: Sequence[Problem]
) -> tuple[Entry, ...]:
    now = context.clock.now()
    rows, pauses = _ledger(context)
    errors = Counter(problem.path for problem in problems if problem.rule != "approval")
    digests = {slot.post.path: content_hash(slot.post, workspace) for slot in shown if slot.post.approved}
    return tuple(
        Entry(
            slot=slot,
            fit=fit(slot),
            row=rows.get(slot_key(slot)),
            verdict=judge(slot.post, slot.account, workspace, digest=digests.get(slot.post.path, "")),
            pause=pauses.blocking(slot.post, slot.account.name, max(now, slot.due or now)),
            errors=errors[slot.post.path],
        )
        for slot in shown
    )


def _ledger(context: Context) -> tuple[Mapping[tuple[str, str, str], Row], Pauses]:
    """What the ledger knows, where there is one, and the pauses of file and ledger together."""
    path, now, pauses = context.ledger, context.clock.now(), read_pauses(context.tree)
    if not path.exists():
        return {}, pauses
    with open_ledger(path, now=now, read_only=True) as ledger:
        return thread_states(ledger.rows()), pauses.plus(pauses_of_rows(ledger.pauses(now)))


def _shown_collisions(everything: Sequence[Slot], shown: Sequence[Slot], distance: int) -> tuple[Collision, ...]:
    inside = {slot.order for slot in shown}
    found = collisions(everything, distance)
    return tuple(pair for pair in found if pair.first.order in inside or pair.second.order in inside)


def _changes(workspace: Workspace, since: str) -> tuple[Change, ...] | None:
    if not since:
        return None
    try:
        tree = open_tree(workspace.root, since)
    except LeitstandError as error:
        raise UsageError(
            _("--since {ref}: there is no such commit here ({error})").format(ref=since, error=error)
        ) from None
    if not tree.exists(FILE_NAME):
        # The change makes the workspace: everything in it is new.
        return changes(replace(workspace, tree=tree, posts=()), workspace)
    return changes(load_workspace(workspace.root, tree), workspace)
