"""Turning the pause switch: entries go into `content/pause.yml` and out of it, and nothing else there moves."""

from __future__ import annotations

from datetime import tzinfo
from pathlib import Path
from typing import Final

from toolkit.community.pause import PAUSE_FILE, Pause, read_entries, read_pauses
from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.model import SourceText
from toolkit.source import Edit, FolderTree, apply_edits, decode, write_edits
from toolkit.source.entries import Entries, Entry, block_entry, line_ending

HEADER: Final = "# Pauses; see `leitstand pause --help`. While an entry stands here, what it names is not published.\n"


def add_pause(root: Path, pause: Pause, zone: tzinfo | None = None) -> None:
    """Write `pause` into the file of the workspace at `root`, `until` on the clock of `zone`.

    Raises `LeitstandError`, with nothing written, when what stands in the file cannot be read.
    """
    path = root / PAUSE_FILE
    entry = _entry(pause, zone)
    try:
        source = _source(path)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as new:
            new.write(f"{HEADER}- {block_entry(entry, 2)}\n")
        return
    write_edits(path, source.text, [_added(source, entry)])


def remove_pauses(root: Path, name: str) -> tuple[Pause, ...]:
    """Take every pause with the scope `name` (``all``, ``channel:mastodon``) out of the file; returns them.

    Raises `LeitstandError`, with nothing written, when the file cannot be read: what it meant is not known.
    """
    path = root / PAUSE_FILE
    try:
        source = _source(path)
    except FileNotFoundError:
        return ()
    pauses = read_pauses(FolderTree(root)).entries
    ended = [index for index, pause in enumerate(pauses) if pause.name == name]
    if ended:
        write_edits(path, source.text, [Edit(0, len(source.text), _without(source, ended))])
    return tuple(pauses[index] for index in ended)


def _source(path: Path) -> SourceText:
    """The file's text, when it can be read as pauses."""
    source, problems = decode(PAUSE_FILE, path.read_bytes())
    pauses = read_pauses(FolderTree(path.parent.parent))
    if source is None or pauses.problems:
        wrong = (*problems, *pauses.problems)[0]
        raise LeitstandError(_("{problem}; mend the file first, nothing was written").format(problem=wrong))
    return source


def _added(source: SourceText, entry: Entry) -> Edit:
    entries = read_entries(source)
    if entries is not None:
        return Entries(source.text, 0, entries).append(entry)
    ending, end = line_ending(source.text), len(source.text)
    lead = "" if not source.text or source.text.endswith(("\n", "\r")) else ending
    return Edit(end, end, f"{lead}- {block_entry(entry, 2, ending)}{ending}")


def _without(source: SourceText, ended: list[int]) -> str:
    """The file's text without these entries, taken out one by one because each removal moves the others."""
    text = source.text
    for index in reversed(ended):
        entries = read_entries(SourceText(source.path, text))
        if entries is not None:
            text = apply_edits(text, [Entries(text, 0, entries).remove(index)])
    return text


def _entry(pause: Pause, zone: tzinfo | None) -> Entry:
    entry: dict[str, str | tuple[str, ...]] = {"scope": pause.name, "reason": pause.reason}
    if pause.owner:
        entry["owner"] = pause.owner
    if pause.until is not None:
        entry["until"] = pause.until.astimezone(zone).isoformat(timespec="minutes")
    if pause.allow:
        entry["allow"] = pause.allow
    return entry
