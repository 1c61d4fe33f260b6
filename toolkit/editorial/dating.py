"""A new occasion, written into a file of content/occasions: the others keep every byte."""

from __future__ import annotations

from typing import Final

from toolkit.errors import LeitstandError, UsageError
from toolkit.language.sameness import title_words
from toolkit.messages import _
from toolkit.source import Edit, apply_edits, decode, write_edits
from toolkit.source.blocks import read_data
from toolkit.source.entries import Entries, Entry, block_entry, line_ending
from toolkit.source.nodes import Scalar, Sequence
from toolkit.source.writing import READABLE, replace_file
from toolkit.workspace import OCCASIONS, Workspace
from toolkit.workspace.occasions import read_days

FIRST: Final = f"{OCCASIONS}/days.yml"  # where there is none yet


def write_occasion(workspace: Workspace, entry: Entry, path: str = "") -> str:
    """Write `entry`, keys and values as people write them, last into a file; the file's path.

    Without a `path`: into the file of the occasions that are there. Raises `UsageError`, with nothing written, for a name
    that is there and for values that no occasion can have, `ChangedError` when the file changed meanwhile.
    """
    known, _problems = workspace.occasions
    name = str(entry.get("name", ""))
    twin = next((one for one in known if title_words(one.name) == title_words(name)), None)
    if twin is not None and twin.places is not None:
        message = _("{name} is there already, in {path}")
        raise UsageError(message.format(name=twin.name, path=twin.places.source.path))
    path = path or next((one.places.source.path for one in known if one.places is not None), FIRST)
    _append(workspace, entry, path)
    return path


def _append(workspace: Workspace, entry: Entry, path: str) -> None:
    file, text = workspace.root / path, ""
    if workspace.tree.exists(path):
        source, problems = decode(path, workspace.tree.read(path))
        if source is None:
            raise UsageError(str(problems[0]))
        text = source.text
    edit = _edit(path, text, entry)
    _check(path, text, apply_edits(text, [edit]), entry)
    if file.exists():
        write_edits(file, text, [edit])
    else:
        replace_file(file, edit.text.encode(), READABLE)


def _edit(path: str, text: str, entry: Entry) -> Edit:
    source, _problems = decode(path, text.encode())
    fields = read_data(source, []) if source is not None else None
    node = fields.values.get("occasions") if fields is not None else None
    if isinstance(node, Sequence):
        return Entries(text, 0, node).append(entry)
    ending = line_ending(text)
    if fields is not None and isinstance(node, Scalar) and node.empty:
        at = text.index(":", fields.front.key_offsets("occasions")[1]) + 1
        return Edit(at, at, f"{ending}  - {block_entry(entry, 4, ending)}")
    gap = "" if not text or text.endswith(("\n", "\r")) else ending
    return Edit(len(text), len(text), f"{gap}occasions:{ending}  - {block_entry(entry, 4, ending)}{ending}")


def _check(path: str, before: str, after: str, entry: Entry) -> None:
    """Refuse what a reader would not understand as meant, and say in its own words why."""
    old, new = read_days(path, before.encode()), read_days(path, after.encode())
    fresh = [problem.message for problem in new[1] if problem.message not in {one.message for one in old[1]}]
    if fresh:
        raise UsageError("; ".join(fresh))
    if len(new[0]) != len(old[0]) + 1 or new[0][-1].name != entry["name"]:
        message = _("{path}: cannot write into a file of this form; nothing was written")
        raise LeitstandError(message.format(path=path))
