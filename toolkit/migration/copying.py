"""Media that lie on this machine, such as a static site's, into content/media; what is there is not copied again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from toolkit.messages import _
from toolkit.migration.fetching import Fetched
from toolkit.source.writing import READABLE, replace_file
from toolkit.workspace.naming import slug

ENDINGS: Final = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".mp4", ".mov", ".webm", ".pdf")
_CONTENT: Final = "content"


def copy_media(paths: Iterable[str], folder: Path, place: str) -> Fetched:
    """Copy each file into `place` (such as ``media/hugo``) under a name that its bytes decide."""
    copied = Fetched({}, {})
    for address in dict.fromkeys(paths):
        path = Path(address)
        if path.suffix.lower() not in ENDINGS:
            copied.failed[address] = _("this is no medium that networks take ({endings})").format(
                endings=" ".join(ENDINGS)
            )
            continue
        data = path.read_bytes()
        file = f"{place}/{slug(path.stem)[:40]}-{hashlib.sha256(data).hexdigest()[:12]}{path.suffix.lower()}"
        if not (folder / _CONTENT / file).exists():
            replace_file(folder / _CONTENT / file, data, READABLE)
        copied.files[address] = file
    return copied
