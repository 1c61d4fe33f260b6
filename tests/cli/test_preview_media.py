from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.pictures.galaxy import colourful, gif_of_everything, saved
from toolkit.cli import execute

SETTINGS = """\
format = 1
[workspace]
id = "probe"
languages = ["en"]
[accounts.toots]
network = "mastodon"
[accounts.grams]
network = "instagram"
[accounts.news]
network = "feed"
[links]
domains = ["nordlicht.example.com"]
"""
POST = """\
---
uid: 01JDK3V7Q2M8X4T6R9A0B1C2D3
title: Tür 1
channels: [toots, grams, news]
campaign: advent-2026
media:
  - {file: media/wide.png, kind: graphic, alt: Ein Hafen}
  - {file: media/moving.gif, alt: Ein Winken}
---
[Zum Shop](https://nordlicht.example.com/winter?a=1#oben) und https://other.example/
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("content/posts", "content/media"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "leitstand.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "content/posts/tuer.md").write_text(POST, encoding="utf-8")
    (tmp_path / "content/media/wide.png").write_bytes(saved(colourful(600, 200), "PNG"))
    (tmp_path / "content/media/moving.gif").write_bytes(gif_of_everything())
    return tmp_path


def preview(folder: Path, capsys: pytest.CaptureFixture[str], *args: str) -> str:
    execute(["preview", "tuer", *args, "-w", str(folder)], {"LEITSTAND_LANG": "en", "COLUMNS": "300"})
    return capsys.readouterr().out


def test_what_becomes_of_each_medium_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is left alone, what is cut and saved anew, and what cannot go, per network."""
    toots, grams = preview(folder, capsys, "-c", "toots"), preview(folder, capsys, "-c", "grams")
    assert "sent as it is, without metadata: image/png, 600 x 200" in toots
    assert "sent as it is, without metadata: image/gif, 40 x 30" in toots
    assert "sent as image/jpeg, 382 x 200: cut to 382 x 200, saved as JPEG" in grams
    assert "cannot be sent: an animation would stand still" in grams


def test_measured_links_are_marked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The company's own, also where only the HTML has it; a foreign one is not."""
    wanted = "https://nordlicht.example.com/winter?a=1&utm_source={}&utm_medium=social&utm_campaign=advent-2026#oben"
    for channel, network in (("toots", "mastodon"), ("news", "feed")):
        lines = [line.strip() for line in preview(folder, capsys, "-c", channel).splitlines() if "measured:" in line]
        assert lines == [f"measured: {wanted.format(network)}"]


def test_the_same_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With stable keys."""
    channels = json.loads(preview(folder, capsys, "--json"))["channels"]
    by_name = {channel["account"]: channel["parts"][0] for channel in channels}
    assert by_name["grams"]["media"][0]["sent"] == {
        "media_type": "image/jpeg",
        "width": 382,
        "height": 200,
        "changes": ["cut to 382 x 200", "saved as JPEG"],
        "refused": "",
    }
    assert by_name["grams"]["media"][1]["sent"]["refused"].startswith("an animation would stand still")
    assert len(by_name["toots"]["measured"]) == 1
