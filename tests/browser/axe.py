"""What axe-core says about a page as it stands: contrast, names, roles, order of headings."""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from tests.servers.absent import without_server

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Page

# What depends on the scheme, and takes axe most of its time; and everything else.
CONTRAST = {"runOnly": ["color-contrast"]}
BUT_CONTRAST = {"rules": {"color-contrast": {"enabled": False}}}


def violations(page: Page, options: Mapping[str, object] = MappingProxyType({})) -> list[str]:
    """Rule and first place of each violation; skips or fails the test where axe-core is not installed."""
    # Not through a script element: the page's policy lets only its own run.
    page.evaluate(_program())
    found = page.evaluate("options => axe.run(options).then(result => result.violations)", dict(options))
    return [f"{one['id']}: {json.dumps(one['nodes'][0]['html'][:200], ensure_ascii=False)}" for one in found]


@cache
def _program() -> str:
    spec = find_spec("axe_playwright_python")
    if spec is None or spec.origin is None:
        without_server("axe-playwright-python", "it stands in the dependency group dev")
    return (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")
