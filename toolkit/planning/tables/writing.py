"""What a merge comes to, on disk: every file is looked at again first, so that all of it is written or nothing."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from toolkit.errors import ChangedError
from toolkit.messages import _
from toolkit.planning.tables.merging import Merge
from toolkit.source import Edit, write_edits
from toolkit.source.text import BOM
from toolkit.source.writing import READABLE, write_whole


def write_merge(root: Path, merge: Merge) -> list[str]:
    """Write the changed and the new files; their paths. Raises `ChangedError` when one is no longer what was read."""
    if not merge.possible:
        raise ValueError("a merge with problems is not written")
    _look_again(root, merge)
    for changed in merge.changed:
        before = changed.post.source.text
        write_edits(root / changed.post.path, before, [Edit(0, len(before), changed.text)])
    for fresh in merge.fresh:
        (root / fresh.path).parent.mkdir(parents=True, exist_ok=True)
        write_whole(root / fresh.path, partial(_fill, text=fresh.text), fresh=True, mode=READABLE)
    return [*(changed.post.path for changed in merge.changed), *(fresh.path for fresh in merge.fresh)]


def _look_again(root: Path, merge: Merge) -> None:
    message = _("{path} changed meanwhile; nothing was written, run the command again")
    for changed in merge.changed:
        data = (root / changed.post.path).read_bytes()
        if data.removeprefix(BOM.encode()) != changed.post.source.text.encode():
            raise ChangedError(message.format(path=changed.post.path))
    for fresh in merge.fresh:
        if (root / fresh.path).exists():
            raise ChangedError(message.format(path=fresh.path))


def _fill(draft: Path, text: str) -> None:
    draft.write_text(text, encoding="utf-8", newline="\n")
