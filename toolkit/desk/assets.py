"""Scripts, styles and drawings: a fixed table of names, read once. No path is ever made from what a browser asks for."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Final

from toolkit.desk.answer import Answer, plain
from toolkit.messages import _
from toolkit.values import dataclass

OWN: Final = Path(__file__).parent / "assets"
# Of the package django-js-lib-htmx, which is nothing but htmx's files and wants no Django.
HTMX: Final = ("js_lib_htmx", "static/htmx/htmx.min.js")
_KINDS: Final[Mapping[str, str]] = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".txt": "text/plain; charset=utf-8",
}
# An address says which content it means, so that it may be kept; without, it is asked for anew.
KEPT: Final = ("cache-control", "public, max-age=31536000, immutable")
ASKED: Final = ("cache-control", "no-cache")


@dataclass(frozen=True, slots=True)
class Asset:
    """One file."""

    kind: str
    data: bytes
    version: str


@dataclass(frozen=True, slots=True)
class Assets:
    """All files, by name."""

    known: Mapping[str, Asset]

    def address(self, name: str) -> str:
        """Where a page finds it. Raises `KeyError` for one that there is not: a slip of ours."""
        return f"/assets/{name}?v={self.known[name].version}"

    def answer(self, name: str, query: str) -> Answer:
        """The file, or 404."""
        found = self.known.get(name)
        if found is None:
            return plain(_("there is nothing here"), 404)
        kept = KEPT if query == f"v={found.version}" else ASKED
        return Answer(200, found.data, (("content-type", found.kind), kept))


def read_assets(more: Mapping[str, bytes] | None = None) -> Assets:
    """Our own files, htmx out of its package, and `more` by name. Raises `ModuleNotFoundError` without the extra `desk`."""
    package, path = HTMX
    found = {one.name: one.read_bytes() for one in sorted(OWN.iterdir()) if one.suffix in _KINDS}
    found |= {"htmx.js": files(package).joinpath(path).read_bytes(), **(more or {})}
    return Assets({name: _asset(name, content) for name, content in found.items()})


def _asset(name: str, content: bytes) -> Asset:
    return Asset(_KINDS[Path(name).suffix], content, sha256(content).hexdigest()[:12])
