"""`leitstand crisis drill`: a playbook tried out from the first message to the talk afterwards, on a copy of the workspace.

Messages are planted, and the real detector has to propose the level. Then the real way is gone, with the copy's files and
simulated networks: declared, paused, the holding statement sent, closed. Whether the pause holds is proved by a post that is
due meanwhile; that this post would have gone out without the pause is proved first.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from toolkit.approval import required_approvals
from toolkit.community import add_pause
from toolkit.community.crisis.aftermath import Aftermath, write_aftermath
from toolkit.community.crisis.declaring import Declaration, begin_incident, make_pauses, who_leads
from toolkit.community.crisis.ending import objections
from toolkit.community.crisis.incident import Deed, Entry, Incident
from toolkit.community.crisis.keeping import change_incident, create_incident, next_path
from toolkit.community.crisis.proposing import Heard, Mention, propose
from toolkit.community.crisis.reading import read_incidents
from toolkit.community.crisis.statements import make_statement, prepare, write_statement
from toolkit.community.triage.dangers import Dangers
from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.networks import by_hand
from toolkit.settings import FILE_NAME
from toolkit.simulation.brand import Course, silent_channels, simulate
from toolkit.simulation.faults import Weather
from toolkit.simulation.verdict import Ending
from toolkit.source import FolderTree
from toolkit.values import dataclass
from toolkit.workspace import POSTS, Workspace, load_workspace
from toolkit.workspace.naming import mint_uid
from toolkit.workspace.playbook import CrisisLevel, Playbook, Trigger

COPIED: Final = ("content", "guidelines", FILE_NAME)
HISTORY: Final = timedelta(days=3)
SPIKE: Final = timedelta(minutes=30)
PROBE_DUE: Final = timedelta(minutes=45)
SAID: Final = timedelta(minutes=20)
LENGTH: Final = timedelta(hours=3)
# Networks that take a sentence and nothing else; others want a picture, a subject or a category.
PLAIN: Final = (
    "bluesky",
    "discord",
    "facebook",
    "feed",
    "linkedin",
    "mastodon",
    "slack",
    "telegram",
    "threads",
    "x",
)
PROBE: Final = f"{POSTS}/leitstand-drill.md"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the transcript. `good` None is a fact; otherwise whether what should be so was so."""

    at: datetime
    text: str
    good: bool | None = None


@dataclass(slots=True)
class Drill:
    """A drill in the folder `root`, a copy that `copy_workspace` made. `begin` is on the workspace's clock."""

    root: Path
    playbook: Playbook
    level: CrisisLevel
    begin: datetime
    steps: list[Step] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        """Whether everything that should be so was so."""
        return all(step.good is not False for step in self.steps)

    def tell(self, after: timedelta, text: str, good: bool | None = None) -> None:
        self.steps.append(Step(self.begin + after, text, good))


def copy_workspace(source: Path, target: Path) -> None:
    """What is published and ruled by, without pauses and incidents: the drill begins on a quiet day."""
    for name in COPIED:
        if (source / name).is_dir():
            shutil.copytree(source / name, target / name, symlinks=True)
        elif (source / name).is_file():
            shutil.copyfile(source / name, target / name)
    (target / "content/pause.yml").unlink(missing_ok=True)
    shutil.rmtree(target / "content/incidents", ignore_errors=True)


def run_drill(drill: Drill) -> str:
    """Go through it; the steps are in the drill, what stands in the incident's file is returned."""
    _propose(drill)
    channels = _probe(drill)
    if channels:
        _without_pause(drill)
    incident = _declare(drill)
    try:
        _say(drill, incident)
    except LeitstandError as error:
        drill.tell(SAID, str(error), good=False)
    if channels:
        _with_pause(drill, incident)
    _end(drill, incident)
    return (drill.root / incident.path).read_text(encoding="utf-8")


def _propose(drill: Drill) -> None:
    """Three quiet days, then half an hour that is not."""
    word = _telling_words(drill.level.when)
    since, spike = drill.begin - HISTORY, max(30, drill.level.when.per_hour)
    quiet = [Mention(since + number * timedelta(hours=1), "Kaffee") for number in range(int(HISTORY.days) * 24)]
    dangers = Dangers(load_workspace(drill.root).handbook.risks, lambda name: frozenset((name,)))
    told, text = dangers.told(word), f"Kaffee {word}"
    names, danger = frozenset(one.name for one in told), any(one.level for one in told)
    moments = (drill.begin - SPIKE * number / spike for number in range(spike))
    loud = [Mention(at, text, risks=names, danger=danger, negative=True) for at in moments]
    planted = _("{count} messages are planted: {word}").format(count=spike, word=word or _("any words"))
    drill.tell(timedelta(), planted)
    found = propose([drill.playbook], Heard([*quiet, *loud], since, drill.begin))
    early = propose([drill.playbook], Heard(quiet, since, drill.begin - SPIKE))
    drill.tell(timedelta(), _("before them nothing was proposed"), good=not early)
    if not found:
        drill.tell(timedelta(), _("the numbers propose no level"), good=False)
    for one in found:
        said = _("the numbers propose level {level}: {why}").format(level=one.level, why=one.why)
        drill.tell(timedelta(), said, good=one.level >= drill.level.level)


def _telling_words(when: Trigger) -> str:
    """A message that the level is about: a danger's own example, or a word of the plan."""
    examples = (example.text for risk in when.risks for example in risk.good)
    return next(examples, next((one for one in when.words if one.strip("*")), "").replace("*", ""))


def _probe(drill: Drill) -> tuple[str, ...]:
    """Plant a post that the level's pauses are about, on accounts that it may go to; none where nothing is paused."""
    if not drill.level.pause:
        drill.tell(timedelta(), _("this level pauses nothing"))
        return ()
    workspace = load_workspace(drill.root)
    kind, _colon, value = drill.level.pause[0].partition(":")
    channels = tuple(_channels(workspace, value if kind == "channel" else ""))
    if not channels:
        drill.tell(
            timedelta(), _("no account publishes by itself and without approval: the pause cannot be tried"), False
        )
        return ()
    _write_probe(drill, channels, {kind: value})
    return channels


def _channels(workspace: Workspace, only: str) -> Iterator[str]:
    silent = silent_channels(workspace)
    for account in workspace.settings.accounts.values():
        free = (
            not by_hand(account) and account.name not in silent and not required_approvals(account, workspace.settings)
        )
        if free and account.network in PLAIN and only in ("", account.name):
            yield account.name


def _write_probe(drill: Drill, channels: tuple[str, ...], scope: dict[str, str]) -> None:
    due = drill.begin + PROBE_DUE
    head = {
        "uid": mint_uid(drill.begin),
        "title": "Probe",
        "status": "ready",
        "publish": f"{due:%Y-%m-%d %H:%M}{f'{due:%z}'[:3]}:{f'{due:%z}'[3:5]}",
        "channels": f"[{', '.join(channels)}]",
        "campaign": scope.get("campaign", ""),
        "labels": f"[{scope['label']}]" if scope.get("label") else "",
    }
    lines = [f"{key}: {value}" for key, value in head.items() if value]
    text = "\n".join(["---", *lines, "---", "Probe Probe Probe.", ""])
    (drill.root / PROBE).write_text(text, encoding="utf-8", newline="\n")


def _without_pause(drill: Drill) -> None:
    out = [account for path, account in _sent(drill) if path == PROBE]
    said = _("without a pause the planted post would go out: {accounts}").format(
        accounts=", ".join(out) or _("nowhere")
    )
    drill.tell(timedelta(), said, good=bool(out))


def _declare(drill: Drill) -> Incident:
    at = drill.begin + timedelta(minutes=5)
    workspace = load_workspace(drill.root)
    lead = who_leads(drill.level, workspace.settings, at.date())
    by = lead or drill.level.owner
    path = next_path(drill.root, drill.playbook.id, at)
    said = Declaration(by, _("drill"), at)
    incident = begin_incident(path, drill.playbook, drill.level, said, prepare(drill.playbook, workspace, at))
    for pause in make_pauses(incident, drill.level):
        add_pause(drill.root, pause, at.tzinfo)
    create_incident(drill.root, incident, [])
    there = _("{name} leads today").format(name=lead) if lead else _("nobody who could lead is there today")
    drill.tell(timedelta(minutes=5), there, good=bool(lead))
    names = ", ".join(drill.level.pause) or _("nothing")
    text = _("{name} declares level {level}; paused: {names}").format(name=by, level=drill.level.level, names=names)
    drill.tell(timedelta(minutes=5), text)
    return incident


def _say(drill: Drill, incident: Incident) -> None:
    """Write the level's statements into the copy."""
    at = drill.begin + SAID
    workspace = load_workspace(drill.root)
    wanted = {post.path for post in map(workspace.find_post, drill.level.holding) if post is not None}
    if not drill.level.holding:
        drill.tell(SAID, _("this level has no holding statement"))
    made_paths = []
    for prepared in incident.holding:
        if prepared.post in wanted:
            made = make_statement(prepared, incident, drill.level, workspace, at)
            write_statement(drill.root, made)
            made_paths.append(made.path)
    if made_paths:
        text = _("holding statement: {paths}").format(paths=", ".join(made_paths))
        change_incident(drill.root, incident, [Entry(at, drill.level.owner, Deed.PUBLIC, text)])
        drill.tell(SAID, text)


def _with_pause(drill: Drill, incident: Incident) -> None:
    """What the simulated networks have seen in three hours: the statements and nothing that is paused."""
    statements = {one.uid for one in incident.holding}
    workspace = load_workspace(drill.root)
    own = {post.path for post in workspace.posts if post.uid in statements}
    pauses = make_pauses(incident, drill.level)
    posts = {post.path: post for post in workspace.posts}
    out = list(_sent(drill))
    for path in sorted(own):
        accounts = sorted(account for one, account in out if one == path)
        said = _("out during the pause: {path} on {accounts}").format(
            path=path, accounts=", ".join(accounts) or _("nothing")
        )
        drill.tell(SAID, said, good=bool(accounts))
    slipped = [f"{path} {account}" for path, account in out if any(one.covers(posts[path], account) for one in pauses)]
    said = _("nothing that is paused went out") if not slipped else _("went out all the same: {names}")
    drill.tell(LENGTH, said.format(names=", ".join(slipped)), good=not slipped)


def _sent(drill: Drill) -> Iterator[tuple[str, str]]:
    """Path and account of all that would be public three hours later."""
    workspace = load_workspace(drill.root)
    first = (drill.begin + timedelta(minutes=6)).astimezone(UTC)
    course = Course(first, (drill.begin + LENGTH).astimezone(UTC), Weather(1))
    told = simulate(workspace, None, course)
    for fate in told.verdict.fates:
        if fate.ending is Ending.SENT:
            yield fate.row.path, fate.row.account


def _end(drill: Drill, incident: Incident) -> None:
    """Too early it is refused; after the quiet it is closed, and the talk is prepared."""
    clear = drill.playbook.all_clear
    by, quiet = clear.decided_by or drill.level.owner, clear.quiet_for or timedelta(hours=1)
    [now_there] = read_incidents(FolderTree(drill.root))[0]
    early = list(objections(now_there, clear, by, drill.begin + LENGTH))
    if clear.quiet_for is not None and clear.quiet_for > LENGTH:
        drill.tell(LENGTH, _("the all-clear is refused: {why}").format(why="; ".join(early)), good=bool(early))
    last = timedelta(minutes=5) + quiet
    at = drill.begin + last
    drill.tell(
        last, _("{name} gives the all-clear").format(name=by), good=not list(objections(now_there, clear, by, at))
    )
    owner = clear.review_by or drill.playbook.owner
    zone = at.tzinfo
    if zone is None:
        raise ValueError("a drill begins at a time with a zone")
    after = Aftermath(owner, at.date() + timedelta(days=clear.within), (), zone)
    entry = Entry(at, by, Deed.CLOSED, _("all-clear"))
    values = {"closed": at.isoformat()}
    change_incident(drill.root, incident, [entry], values, lambda one: write_aftermath(one, after))
    drill.tell(last, _("the talk afterwards is prepared: {owner}, until {day}").format(owner=owner, day=after.due))
