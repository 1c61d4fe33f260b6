"""Pictures from their addresses into content/media, through the guarded client; only when the user asks for it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import urlsplit

from toolkit.messages import _
from toolkit.source.writing import replace_file
from toolkit.values import dataclass
from toolkit.web import Web, WebError
from toolkit.workspace.naming import slug

_KINDS: Final = ((b"\x89PNG\r\n", ".png"), (b"\xff\xd8\xff", ".jpg"), (b"GIF8", ".gif"))
_CONTENT: Final = "content"


@dataclass(frozen=True, slots=True)
class Fetched:
    """Address → file below content/, and address → why it was not fetched."""

    files: dict[str, str]
    failed: dict[str, str]


def fetch_pictures(
    urls: Iterable[str], folder: Path, place: str, web: Web, watch: Callable[[], None] = lambda: None
) -> Fetched:
    """Fetch each address once into `place` (such as ``media/galaxy-social``); what is there is not fetched again."""
    fetched = Fetched({}, {})
    for url in dict.fromkeys(urls):
        known = _known(url, folder, place)
        if known:
            fetched.files[url] = known
        else:
            _fetch(url, folder, place, web, fetched)
        watch()
    return fetched


def _fetch(url: str, folder: Path, place: str, web: Web, fetched: Fetched) -> None:
    try:
        reply = web.get(url)
    except WebError as error:
        fetched.failed[url] = str(error)
        return
    ending = _ending(reply.body)
    if not reply.ok:
        fetched.failed[url] = _("the server answers {status}").format(status=reply.status)
    elif not ending:
        fetched.failed[url] = _("this is no picture that networks take (PNG, JPEG, GIF, WebP)")
    else:
        file = f"{place}/{_stem(url)}{ending}"
        replace_file(folder / _CONTENT / file, reply.body)
        (folder / _CONTENT / file).chmod(0o644)
        fetched.files[url] = file


def _stem(url: str) -> str:
    """A name that the address decides, so that it is always the same."""
    name = slug(PurePosixPath(urlsplit(url).path).stem)[:40]
    return f"{name}-{hashlib.sha256(url.encode()).hexdigest()[:12]}"


def _known(url: str, folder: Path, place: str) -> str:
    return next((f"{place}/{path.name}" for path in (folder / _CONTENT / place).glob(f"{_stem(url)}.*")), "")


def _ending(data: bytes) -> str:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ".webp"
    return next((ending for mark, ending in _KINDS if data.startswith(mark)), "")
