"""The site's one script: what makes pages handier, and what they do without when a browser runs none.

Each part in ``assets/scripts`` stands for itself, looks for its own marks (``data-…``) and leaves a page alone that has
none. It is one file of ours, so that a page's policy can forbid every other script.
"""

from __future__ import annotations

from importlib import resources
from typing import Final

SCRIPT_PATH: Final = "assets/leitstand.js"
SCRIPTS: Final = ("as-of", "home", "copy", "code", "find", "filter", "pairs", "calendar", "search")


def site_script() -> dict[str, bytes]:
    """Path → bytes of the script."""
    return {SCRIPT_PATH: "".join(read_asset(f"scripts/{name}.js") for name in SCRIPTS).encode()}


def read_asset(path: str) -> str:
    """A style sheet or script of the pages, as text."""
    return resources.files("toolkit.pages").joinpath("assets", path).read_text(encoding="utf-8")
