"""Writing back into files that people own: only the bytes concerned, never over somebody else's change."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from toolkit.errors import ChangedError
from toolkit.messages import _
from toolkit.source.frontmatter import FrontMatter
from toolkit.source.nodes import Mapping, Sequence
from toolkit.source.text import BOM
from toolkit.values import dataclass

# The mode of what other programs on this machine read: a web server, whoever picks up posts from a folder.
READABLE: Final = 0o644


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the code points ``start:end`` of a file's text (without byte order mark) by `text`."""

    start: int
    end: int
    text: str


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """`text` with all edits applied; of two that overlap, the later one in the file is left out."""
    result, at = [], 0
    for edit in sorted(set(edits), key=lambda edit: (edit.start, edit.end)):
        if edit.start < at:
            continue
        result += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join(result) + text[at:]


def insert_key(text: str, yaml_start: int, line: str) -> Edit:
    """An edit that puts `line` first into the front matter, in the file's own line ending."""
    ending = "\r\n" if text[:yaml_start].endswith("\r\n") else "\n"
    return Edit(yaml_start, yaml_start, line + ending)


def set_key(front: FrontMatter, name: str, value: str) -> Edit | None:
    """An edit that gives the top-level key `name` a plain `value`, first in the front matter when it is new.

    None when there is no readable front matter to put it into, or when a list or table stands there.
    """
    text = front.source.text
    node = front.root.values.get(name) if front.root is not None else None
    if front.root is None or isinstance(node, Mapping | Sequence):
        return None
    if node is not None and node.end > node.start:
        return Edit(front.start + node.start, front.start + node.end, value)
    if node is not None:
        colon = text.index(":", front.key_offsets(name)[1]) + 1
        return Edit(colon, colon, f" {value}")
    first = front.start + front.root.start
    if text[first] == "{":
        comma = ", " if front.root.values else ""
        return Edit(first + 1, first + 1, f"{name}: {value}{comma}")
    line = len(text[:first].rstrip(" "))
    return insert_key(text, line, f"{text[line:first]}{name}: {value}")


def append_key(front: FrontMatter, name: str, flow: str, block: str = "") -> Edit:
    """An edit that puts the new top-level key `name` last, so that people find their own values where they left them.

    `flow` is its value in one line, `block` the one for a front matter in lines, "" where that is the same.
    """
    text, root = front.source.text, front.root
    if root is not None and root.values and text[front.start + root.start] == "{":
        at = front.start + root.end - 1
        return Edit(at, at, f", {name}: {flow}")
    indent = 0 if root is None else root.start - (text.rfind("\n", 0, front.start + root.start) + 1 - front.start)
    ending = "\r\n" if "\r\n" in text else "\n"
    value = block.replace("\n", f"{ending}{' ' * indent}") if block else f" {flow}"
    return Edit(front.end, front.end, f"{' ' * indent}{name}:{value}{ending}")


def write_edits(path: Path, text: str, edits: Iterable[Edit]) -> None:
    """Write `edits` into the file that was read as `text`.

    Raises `ChangedError`, with nothing written, when the file is no longer what was read. The new content is
    renamed into place, so that a crash leaves the old file or the new one.
    """
    data = path.read_bytes()
    mark = BOM if data.startswith(BOM.encode()) else ""
    if data != (mark + text).encode():
        raise ChangedError(_("{path} changed meanwhile; nothing was written, run the command again").format(path=path))
    replace_file(path, (mark + apply_edits(text, edits)).encode())


def replace_file(path: Path, data: bytes, mode: int | None = None) -> None:
    """Put `data` in the place of the file; see `write_whole`."""
    write_whole(path, lambda temporary: _fill(temporary, data), mode=mode)


def write_whole(path: Path, fill: Callable[[Path], None], *, fresh: bool = False, mode: int | None = None) -> None:
    """Let `fill` write a temporary file beside `path`, then give it that name in one step.

    A crash leaves the old file or the new one. Without a `mode` it keeps the file's, and a new one is its owner's
    alone. With `fresh` an existing file stays and FileExistsError is raised.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    os.close(handle)
    temporary = Path(name)
    try:
        fill(temporary)
        with temporary.open("rb+") as written:
            os.fsync(written.fileno())
        with suppress(FileNotFoundError):
            temporary.chmod(path.stat().st_mode & 0o7777 if mode is None else mode)
        if fresh:
            path.hardlink_to(temporary)
        else:
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut, where the system can open folders."""
    with suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _fill(path: Path, data: bytes) -> None:
    path.write_bytes(data)
