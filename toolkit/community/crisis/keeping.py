"""Writing incidents: a new file in one step, and edits that change the bytes concerned and survive a crash.

Several people write down what happens at the same time; whoever comes second waits for the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from toolkit.community.crisis.incident import Entry, Incident, Task
from toolkit.community.crisis.reading import BOX, FOLDER, LINE, read_incident
from toolkit.errors import ChangedError, LeitstandError
from toolkit.messages import _
from toolkit.source import Edit, FrontMatter, apply_edits, decode, read_frontmatter, set_key, write_edits
from toolkit.source.entries import flow_entry, line_ending, scalar
from toolkit.source.held import locked_folder
from toolkit.source.nodes import Sequence
from toolkit.source.writing import READABLE, append_key, sync_folder, write_whole


def create_incident(root: Path, incident: Incident, checklist: Iterable[str]) -> None:
    """Write a new incident. Raises `FileExistsError` when there is one of that name."""
    path = root / incident.path
    text = incident_text(incident, checklist)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, lambda file: _fill(file, text), fresh=True, mode=READABLE)
    sync_folder(path.parent)


def change_incident(
    root: Path,
    incident: Incident,
    entries: Iterable[Entry],
    values: Mapping[str, str] | None = None,
    section: Callable[[Incident], str] | None = None,
) -> Incident:
    """Add `entries` to the timeline, set `values` in the head, and put a `section` below; returns what stands there now.

    Raises `ChangedError` when somebody closed it or took it to another level since `incident` was read, and
    `LeitstandError` when the file cannot be read, or would not read back; nothing is written then.
    """

    def edit(text: str) -> str:
        changed = _with_values(_with_entries(text, list(entries)), incident.path, values or {})
        if section is None:
            return changed
        again, _found = read_incident(incident.path, changed.encode())
        return f"{changed.rstrip()}\n\n{section(again or incident)}"

    return _rewrite(root, incident, edit, decisive=bool(values))


def tick_task(root: Path, incident: Incident, task: Task, entry: Entry) -> Incident:
    """Turn the first box of that text to what `task` says, and write the line; returns what stands there now.

    Raises `ChangedError` when there is no such box any more, or somebody has turned it already.
    """

    def edit(text: str) -> str:
        box = next((one for one in BOX.finditer(text) if Task(one[2].strip(), one[1] == " ") == task), None)
        if box is None:
            raise ChangedError(_("{text}: somebody was faster, look at the list again").format(text=task.text))
        mark = Edit(box.start(1), box.end(1), "x" if task.done else " ")
        return _with_entries(apply_edits(text, [mark]), [entry])

    return _rewrite(root, incident, edit)


def _rewrite(root: Path, incident: Incident, edit: Callable[[str], str], *, decisive: bool = False) -> Incident:
    """Read, change and replace the file while everybody else waits.

    A line is written whatever others did meanwhile; what is `decisive` is refused when they were faster.
    """
    path = root / incident.path
    with locked_folder(path.parent):
        text = _text(incident.path, path.read_bytes())
        there, _problems = read_incident(incident.path, text.encode())
        if decisive and there is not None:
            _refuse_stale(incident, there)
        changed = edit(text)
        after, problems = read_incident(incident.path, changed.encode())
        if after is None or problems:
            wrong = problems[0] if problems else incident.path
            raise LeitstandError(_("{problem}; mend the file first, nothing was written").format(problem=wrong))
        write_edits(path, text, [Edit(0, len(text), changed)])
        sync_folder(path.parent)
    return after


def _refuse_stale(seen: Incident, there: Incident) -> None:
    """Nobody closes or moves what somebody else has moved or closed meanwhile."""
    if (there.is_open, there.level) == (seen.is_open, seen.level):
        return
    closed, moved = _("{id} is closed by now; look at it again"), _("{id} is on level {level} by now; look at it again")
    message = moved if there.is_open else closed
    raise ChangedError(message.format(id=there.id, level=there.level))


def incident_text(incident: Incident, checklist: Iterable[str]) -> str:
    """The file of an incident that begins."""
    head = {
        "title": scalar(incident.title),
        "playbook": scalar(incident.playbook),
        "level": str(incident.level),
        "reason": scalar(one_line(incident.reason)),
        "declared": incident.declared.isoformat(),
        "declared_by": scalar(incident.declared_by),
        "owner": scalar(incident.owner) if incident.owner else "",
        "backup": scalar(incident.backup) if incident.backup else "",
        "first_response": incident.first_due.isoformat() if incident.first_due else "",
        "update_every": say_duration(incident.update_every),
        "paused": flow_words(incident.paused) if incident.paused else "",
    }
    lines = [f"{key}: {value}" for key, value in head.items() if value]
    if incident.holding:
        lines += ["holding:", *(f"  - {flow_entry({'post': one.post, 'uid': one.uid})}" for one in incident.holding)]
    body = ["", f"# {incident.title}", "", "## " + _("To do by hand"), ""]
    body += [f"- [ ] {one_line(item)}" for item in checklist]
    body += ["", "## " + _("Timeline"), "", *(entry_line(entry) for entry in incident.entries), ""]
    return "\n".join(["---", *lines, "---", *body])


def entry_line(entry: Entry) -> str:
    """One line of the timeline."""
    return f"- {entry.at.isoformat()} | {one_line(entry.by)} | {entry.deed} | {one_line(entry.text)}"


def one_line(text: str) -> str:
    """A text on one line without control characters, so that nothing in it begins a line of its own."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def flow_words(words: Iterable[str]) -> str:
    """A list as it stands in the head: ``[all, label:werbung]``."""
    return "[" + ", ".join(scalar(one, flow=True) for one in words) + "]"


def say_duration(length: timedelta | None) -> str:
    """``PT2H30M``; "" for none."""
    if length is None:
        return ""
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    return "PT" + (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes or not hours else "")


def next_path(root: Path, playbook: str, now: datetime) -> str:
    """Where the incident that begins at `now` (on the workspace's clock) is written."""
    name = f"{now:%Y-%m-%d}-{playbook}"
    path, number = f"{FOLDER}/{name}.md", 1
    while (root / path).exists():
        number += 1
        path = f"{FOLDER}/{name}-{number}.md"
    return path


def _with_entries(text: str, entries: list[Entry]) -> str:
    """The text with these lines below the last of the timeline, in the file's own line ending."""
    if not entries:
        return text
    ending = line_ending(text)
    added = ending.join(entry_line(entry) for entry in entries)
    known = list(LINE.finditer(text))
    if known:
        return apply_edits(text, [Edit(known[-1].end(), known[-1].end(), ending + added)])
    lead = "" if text.endswith(("\n", "\r")) else ending
    return f"{text}{lead}{ending}{added}{ending}"


def _with_values(text: str, path: str, values: Mapping[str, str]) -> str:
    for key, value in values.items():
        edit = _set(_front(path, text), key, value)
        if edit is None:
            raise LeitstandError(_("{path}: {key} cannot be changed; nothing was written").format(path=path, key=key))
        text = apply_edits(text, [edit])
    return text


def _set(front: FrontMatter, key: str, value: str) -> Edit | None:
    node = front.node(key)
    if node is None:
        return append_key(front, key, value)
    if isinstance(node, Sequence):
        return Edit(front.start + node.start, front.start + node.end, value) if value.startswith("[") else None
    return set_key(front, key, value)


def _front(path: str, text: str) -> FrontMatter:
    source, _problems = decode(path, text.encode())
    if source is None:
        raise LeitstandError(_("{path} cannot be read").format(path=path))
    return read_frontmatter(source)[0]


def _text(path: str, data: bytes) -> str:
    source, problems = decode(path, data)
    if source is None:
        raise LeitstandError(_("{problem}; mend the file first, nothing was written").format(problem=problems[0]))
    return source.text


def _fill(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")
