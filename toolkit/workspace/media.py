"""Media of posts as files of the workspace: where they lie, and what their bytes are."""

from __future__ import annotations

import hashlib
from dataclasses import field

from toolkit.source import Tree
from toolkit.values import dataclass


def media_path(file: str) -> str:
    """`file` of a post, which is relative to ``content/``, as a path from the workspace root."""
    return f"content/{file}"


@dataclass(frozen=True, slots=True)
class MediaDigests:
    """SHA-256 of media, each file read once: a post shows the same picture on many channels."""

    tree: Tree
    known: dict[str, str] = field(default_factory=dict)

    def digest(self, file: str) -> str:
        """The hex digest of a medium's bytes; "" without a file, and a text of its own for one that is not there."""
        if file and file not in self.known:
            self.known[file] = self._hash(file)
        return self.known.get(file, "")

    def _hash(self, file: str) -> str:
        try:
            return hashlib.sha256(self.tree.read(media_path(file))).hexdigest()
        except (OSError, ValueError):
            # Not there yet, or not readable: its arrival is a change of content.
            return f"missing {file}"
