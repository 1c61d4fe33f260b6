"""Incidents out of content/incidents: front matter for programs, below it a page for people, with a timeline in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath
from typing import Final

from toolkit.community.crisis.incident import Deed, Entry, Incident, Prepared, Task
from toolkit.messages import _
from toolkit.model import Problem, Severity, Span
from toolkit.source import Fields, Tree, decode, read_frontmatter
from toolkit.workspace.hours import read_duration

FOLDER: Final = "content/incidents"
RULE: Final = "incident"
KEYS: Final = (
    "title",
    "playbook",
    "level",
    "reason",
    "declared",
    "declared_by",
    "owner",
    "backup",
    "first_response",
    "update_every",
    "paused",
    "holding",
    "closed",
)
# - 2026-11-22T12:30:00+01:00 | wiebke | decision | Wir rufen zurück.
LINE: Final = re.compile(r"(?m)^- (\S+) \| ([^|\n]+) \| (" + "|".join(Deed) + r") \| ([^\r\n]*)")

# - [ ] LinkedIn anhalten
BOX: Final = re.compile(r"(?m)^[-*] \[([ xX])\] ([^\r\n]*)")


def read_incidents(tree: Tree) -> tuple[tuple[Incident, ...], tuple[Problem, ...]]:
    """Every incident, the latest first, and what cannot be read; a bad file hides no other."""
    found, problems = [], list[Problem]()
    for path in tree.paths(FOLDER, ".md"):
        incident = _open(tree, path, problems)
        if incident is not None:
            found.append(incident)
    found.sort(key=lambda one: (one.declared, one.id), reverse=True)
    return tuple(found), tuple(problems)


def _open(tree: Tree, path: str, problems: list[Problem]) -> Incident | None:
    try:
        data = tree.read(path)
    except OSError as error:
        message = _("cannot be read: {error}").format(error=error.strerror or error)
        problems.append(Problem(path, Span(), RULE, Severity.ERROR, message))
        return None
    incident, found = read_incident(path, data)
    problems += found
    return incident


def read_incident(path: str, data: bytes) -> tuple[Incident | None, list[Problem]]:
    """The incident of a file; None, with a problem, when its head does not say what is needed."""
    source, problems = decode(path, data)
    if source is None:
        return None, problems
    front, found = read_frontmatter(source)
    problems += found
    fields = Fields(front, problems)
    fields.refuse_unknown(KEYS)
    incident = _incident(fields, path)
    if incident is not None:
        entries, tasks = tuple(read_entries(front.body)), tuple(read_tasks(front.body))
        incident = replace(incident, entries=entries, tasks=tasks)
    return incident, [replace(problem, rule=RULE) for problem in problems]


def read_entries(body: str) -> Iterator[Entry]:
    """The lines of the timeline, as they stand there; what people wrote otherwise is left alone."""
    for line in LINE.finditer(body):
        moment = read_moment(line[1])
        if moment is not None:
            yield Entry(moment, line[2].strip(), Deed(line[3]), line[4].strip())


def read_tasks(body: str) -> Iterator[Task]:
    """The boxes of the list, ticked and open."""
    return (Task(box[2].strip(), box[1] != " ") for box in BOX.finditer(body))


def read_moment(text: str) -> datetime | None:
    """A moment with an offset; None for anything else."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def _incident(fields: Fields, path: str) -> Incident | None:
    declared, level = fields.moment("declared"), fields.number("level", 0)
    for key in ("playbook", "level", "declared"):
        if not fields.has(key):
            fields.problem(key, _("{key} is missing").format(key=key))
    if declared is None:
        return None
    return Incident(
        id=PurePosixPath(path).stem,
        path=path,
        playbook=fields.text("playbook"),
        title=fields.text("title") or PurePosixPath(path).stem,
        level=level,
        declared=declared,
        declared_by=fields.text("declared_by"),
        reason=fields.text("reason"),
        owner=fields.text("owner"),
        backup=fields.text("backup"),
        first_due=fields.moment("first_response"),
        update_every=read_duration(fields, "update_every"),
        closed=fields.moment("closed"),
        paused=fields.words("paused"),
        holding=tuple(_holding(fields)),
    )


def _holding(fields: Fields) -> Iterator[Prepared]:
    for item in fields.items("holding", "{post: content/posts/…, uid: …}"):
        yield Prepared(item.text("post"), item.text("uid"))
