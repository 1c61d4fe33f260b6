"""A small workspace with something of everything, and its site as MkDocs builds it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

if TYPE_CHECKING:
    from tests.pages.conftest import Studio

MakeSite = Callable[..., Path]

# The smallest configuration that works; `init` writes this one.
CONFIG = "site_name: Nordlicht\ndocs_dir: guidelines\ntheme: material\nplugins: [search, leitstand]\n"
HOSTILE = '\\<script>alert(1)\\</script> </p><script>alert(1)</script>\n\n```\n# no\n```\n--8<-- "leitstand.toml"\n<div markdown=1>*x*</div>\n'


@pytest.fixture
def make_site(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> MakeSite:
    """Builds the workspace's site with MkDocs, strictly; returns the folder."""
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(studio.state))
    monkeypatch.setenv("LEITSTAND_NOW", "2026-11-21T12:00+01:00")
    monkeypatch.setenv("LEITSTAND_LANG", "en")

    def make(config: str = CONFIG, command: Literal["build", "serve"] = "build") -> Path:
        studio.write("mkdocs.yml", config)
        folder = tmp_path / "site"
        loaded = load_config(str(studio.root / "mkdocs.yml"), site_dir=str(folder), strict=True)
        with caplog.at_level(logging.WARNING, "mkdocs"):
            loaded.plugins.on_startup(command=command, dirty=False)
            loaded.plugins["leitstand"].ending = False  # type: ignore[attr-defined]  # this process goes on
            build(loaded)
        assert [record.message for record in caplog.records] == []
        return folder

    return make


def fill(studio: Studio, png: bytes) -> None:
    """Something of everything."""
    studio.write("content/media/tür 1.png", png)
    studio.post(
        HOSTILE, channels="mastodon, bluesky, feed", more="campaign: advent\nmedia: [{file: media/tür 1.png, alt: x}]\n"
    )
    studio.post(path="2026/11/100 % Kaffee?.md", uid="01JDK3V7Q2M8X4T6R9A0B1C2D4", publish="2026-11-24 10:00")
    studio.write(
        "content/campaigns/advent.md",
        "---\ntitle: Advent & mehr\nstart: 2026-11-24\nend: 2026-12-24\n---\n# Idee\n\nText\n",
    )
    studio.write("guidelines/index.md", "# Handbook\n\n[Voice](voice.md) and [crisis](crisis/index.md)\n")
    studio.write(
        "guidelines/voice.md",
        "---\nowner: wiebke\nnext_review: 2027-05-01\n---\n# Voice\n\nback to [start](index.md)\n",
    )
    studio.write("guidelines/crisis/index.md", "# Crisis\n\n![plan](plan.png)\n")
    studio.write("guidelines/crisis/plan.png", png)
    studio.write("guidelines/tokens.json", "{}")
    studio.write("guidelines/styles/house/Words.yml", "extends: existence\n")
    studio.write("guidelines/styles/house/README.md", "# not a page\n")
    report = studio.state / "reports/monthly/2026-10/index.html"
    report.parent.mkdir(parents=True)
    report.write_text("<!doctype html><title>Report</title>")
