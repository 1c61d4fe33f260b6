"""What `doctor` says about public media."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from toolkit.cli import execute

HEAD = 'format = 1\n[workspace]\nid = "probe"\nlanguages = ["en"]\n[state]\ndir = "../state"\n'
INSTAGRAM = '[accounts.instagram]\nnetwork = "instagram"\nid = "17841400000000001"\n'


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(("LEITSTAND_", "AWS_")):
            monkeypatch.delenv(name)


def said(tmp_path: Path, capsys: pytest.CaptureFixture[str], settings: str) -> tuple[str, str, str]:
    """Health, text and remedy of the finding about the media host; empty where there is none."""
    root = tmp_path / "brand"
    root.mkdir(exist_ok=True)
    (root / "leitstand.toml").write_text(HEAD + settings, encoding="utf-8")
    execute(["doctor", "-w", str(root), "--json"], {"LEITSTAND_LANG": "en"})
    checks = json.loads(capsys.readouterr().out)["checks"]
    found = [(one["health"], one["text"], one["remedy"]) for one in checks if one["name"] == "media host"]
    return found[0] if found else ("", "", "")


def test_an_account_that_needs_a_place_and_has_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Instagram fetches its pictures: without a place the account is named, with both remedies."""
    health, text, remedy = said(tmp_path, capsys, INSTAGRAM)
    assert health == "wrong"
    assert text.startswith("instagram cannot publish media")
    assert "[media_host]" in remedy
    assert "hand_off = true" in remedy


def test_who_needs_none_is_told_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither a workspace of feeds nor an account on which a person publishes needs public media."""
    assert said(tmp_path, capsys, '[accounts.news]\nnetwork = "feed"\n') == ("", "", "")
    assert said(tmp_path, capsys, INSTAGRAM + "hand_off = true\n") == ("", "", "")


def test_a_folder_must_be_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is missing is wrong; one that can be written is fine, and nothing is left in it."""
    folder = tmp_path / "www"
    table = f'[media_host]\nkind = "folder"\nurl = "https://m.example.com"\nfolder = "{folder.as_posix()}"\n'
    health, text, remedy = said(tmp_path, capsys, INSTAGRAM + table)
    assert (health, "no folder that can be written" in text) == ("wrong", True)
    assert "https://m.example.com" in remedy
    folder.mkdir()
    assert said(tmp_path, capsys, INSTAGRAM + table)[0] == "ok"
    assert list(folder.iterdir()) == []


def test_a_bucket_says_whose_right_is_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Own keys, none, or a pair that is none; the secret is never shown."""
    settings = INSTAGRAM + '[media_host]\nkind = "s3"\nbucket = "b"\n'
    assert "no key; the machine's own right is used" in said(tmp_path, capsys, settings)[1]
    monkeypatch.setenv("LEITSTAND_TOKEN_MEDIA_HOST", "key:canary")
    assert said(tmp_path, capsys, settings)[1] == "b → signed addresses; key set"
    monkeypatch.setenv("LEITSTAND_TOKEN_MEDIA_HOST", "canary")
    health, text, _remedy = said(tmp_path, capsys, settings)
    assert (health, "canary" in text) == ("wrong", False)
