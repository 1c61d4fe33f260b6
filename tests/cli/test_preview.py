"""`leitstand preview`: what each network will receive."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from toolkit.cli import execute
from toolkit.networks import NETWORKS

SETTINGS = """\
format = 1
[workspace]
id = "probe"
languages = ["en"]
[accounts.news]
network = "feed"
[accounts.chirps]
network = "bluesky"
[accounts.short]
network = "x"
"""
POST = """\
---
uid: 01JDK3V7Q2M8X4T6R9A0B1C2D3
title: Tür 1
status: ready
publish: 2026-12-01 07:30
channels: [news, chirps, short, gone]
language: de
media: [{file: media/tuer.jpg, kind: photo, alt: "Eine Tür [rot]"}]
---
Hinter Tür 1: [Zum Shop](https://example.com/winter) [bold]nicht fett[/bold]

## @short

"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "leitstand.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "content/posts/tuer.md").write_text(POST + "lang " * 80, encoding="utf-8")
    return tmp_path


def preview(folder: Path, *args: str) -> int:
    return execute(["preview", *args, "-w", str(folder)], {"LEITSTAND_LANG": "en"})


def test_a_title_finds_the_file_that_was_meant(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who types the title, with its umlaut, is told the file's name, which has none."""
    assert preview(folder, "Tür") == 2
    assert "did you mean content/posts/tuer.md?" in capsys.readouterr().err


def test_every_channel_is_shown_as_it_will_be(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Text, count, medium with description and links of each channel; square brackets are text, not styling."""
    assert preview(folder, "tuer") == 1
    shown = capsys.readouterr().out
    assert "Hinter Tür 1: Zum Shop: https://example.com/winter [bold]nicht fett[/bold]" in shown
    assert "link Zum Shop -> https://example.com/winter" in shown
    assert "photo media/tuer.jpg: Eine Tür [rot]" in shown
    assert "cannot be sent yet" not in shown
    assert "2026-12-01 07:30 Europe/Berlin" in shown or "2026-12-01 07:30 UTC" in shown
    assert "] 399/280 weighted characters (119 too many)" in shown
    assert "gone: no account of this name" in shown


def test_a_network_that_is_not_sent_to_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network of another package may render only; the preview does not hide it."""
    silent = replace(NETWORKS["bluesky"], connect=None)
    monkeypatch.setattr("toolkit.networks.bluesky.NETWORK", silent)
    assert preview(folder, "tuer", "--channel", "bluesky") == 0
    assert "cannot be sent yet" in capsys.readouterr().out


def test_one_channel_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By account or by network; nothing of the others, and exit code 0 when it fits."""
    assert preview(folder, "content/posts/tuer.md", "--channel", "bluesky") == 0
    shown = capsys.readouterr().out
    assert "chirps" in shown
    assert "short" not in shown
    assert preview(folder, "tuer", "--channel", "chirp") == 2
    assert "did you mean 'chirps'" in capsys.readouterr().err


def test_json_holds_all_that_is_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One object with channels, parts, counts, facets and media."""
    assert preview(folder, "01JDK3V7Q2M8X4T6R9A0B1C2D3", "--json") == 1
    found = json.loads(capsys.readouterr().out)
    assert found["unknown_channels"] == ["gone"]
    assert [channel["account"] for channel in found["channels"]] == ["news", "chirps", "short"]
    chirps = found["channels"][1]
    assert chirps["sends"] is True
    assert chirps["parts"][0]["facets"][0]["target"] == "https://example.com/winter"
    assert chirps["parts"][0]["media"][0]["alt"] == "Eine Tür [rot]"
    assert found["channels"][2]["parts"][0]["count"]["valid"] is False


def test_a_broken_front_matter_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What keeps the file from being read stands with its place; the preview does not pretend that all is well."""
    (folder / "content/posts/tuer.md").write_text(POST.replace("channels: [", "channels: [["), encoding="utf-8")
    assert preview(folder, "tuer") == 1
    assert "content/posts/tuer.md:" in capsys.readouterr().err


def test_a_post_that_does_not_exist_gets_a_suggestion(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A typing error names the nearest post."""
    assert preview(folder, "tueer") == 2
    assert "content/posts/tuer.md" in capsys.readouterr().err
