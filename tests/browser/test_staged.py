"""The staged site as another builder makes it, without our plugin: its pages have a policy, too."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Visit, serve
from tests.pages.conftest import NOW, Studio
from toolkit.pages.build.staging import stage_site

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

EVIL = "<script>document.title = 'ran'</script><img src=x.png onerror=\"document.title = 'ran'\">"


def test_a_builder_without_our_plugin_writes_the_policy(chromium: Browser, tmp_path: Path) -> None:
    """The theme's own scripts run, at every depth and in both schemes; one in a page of the handbook does not."""
    studio = Studio(tmp_path / "workspace", tmp_path / "state")
    studio.post("Moin!")
    studio.write("guidelines/index.md", "# Handbook\n")
    studio.write("guidelines/voice.md", f"# Voice\n\n{EVIL}\n")
    given = studio.gather()
    stage_site(tmp_path / "staged", studio.render(directory_urls=False), given.workspace.settings, NOW)
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "--site-dir", str(tmp_path / "site")]
    environ = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, cwd=tmp_path / "staged", env=environ, check=True, capture_output=True, timeout=120)
    with serve(tmp_path / "site") as address:
        window = Visit(chromium.new_page(color_scheme="light"), address)
        window.listen()
        page = window.page
        for path in ("index.html", "calendar/2026-12.html", "posts/2026/12/tuer-1.html"):
            window.go(path)
        page.locator("label[title='Switch to the dark scheme']").click()
        window.go("posts/index.html")
        assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
        page.keyboard.press("/")
        page.keyboard.type("Voice")
        page.locator(".md-search-result__item").first.wait_for()
        assert window.complaints == []
        window.go("handbook/voice.html")
        page.wait_for_load_state("networkidle")
        assert page.title() != "ran"
        assert sum("Content Security Policy" in words for words in window.complaints) >= 2
        page.close()
