"""`leitstand export`: files in the shape that Listmonk's and Mailchimp's APIs document."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from pathlib import Path

import pytest

from tests.networks.connections.makers import make_picture
from toolkit.cli import execute

SETTINGS = """\
format = 1
[workspace]
id = "probe"
languages = ["de"]
interface = "en"
[accounts.brief]
network = "newsletter"
id = "liste@example.com"
options = { from = "Nordlicht <post@example.com>", reply_to = "hilfe@example.com" }
[accounts.zweit]
network = "newsletter"
id = "andere@example.com"
[accounts.news]
network = "feed"
"""
POST = """\
---
uid: 01JDK3V7Q2M8X4T6R9A0B1C2D3
title: Tür {{1}}
status: ready
publish: 2026-12-01 07:30
channels: [%s]
language: de
labels: [advent, tür]
%soptions:
  brief: {preheader: "Heute: *|NAME|*"}
---
Hallo {{ .Subscriber.Name }} und \\*|FNAME|\\*: [Zum Shop](https://example.com/winter?a=1&b=2)
"""
MEDIA = "media: [{file: media/tür 1.png, kind: photo, alt: Eine Tür}]\n"
# https://listmonk.app/docs/apis/campaigns/#post-apicampaigns: name → type; the first six are required.
LISTMONK: dict[str, type] = {
    "name": str,
    "subject": str,
    "lists": list,
    "type": str,
    "content_type": str,
    "body": str,
    "altbody": str,
    "from_email": str,
    "send_at": str,
    "messenger": str,
    "template_id": int,
    "tags": list,
    "headers": list,
}


def write(folder: Path, channels: str = "brief", media: str = "") -> None:
    (folder / "content/posts").mkdir(parents=True, exist_ok=True)
    (folder / "content/media").mkdir(exist_ok=True)
    (folder / "content/media/tür 1.png").write_bytes(make_picture())
    (folder / "leitstand.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "content/posts/tuer.md").write_text(POST % (channels, media), encoding="utf-8")


def export(folder: Path, *args: str) -> int:
    return execute(
        ["export", "tuer", *args, "-o", str(folder / "aus/brief"), "-w", str(folder)], {"LEITSTAND_LANG": "en"}
    )


def test_listmonk_gets_a_campaign_as_its_api_documents_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Only documented fields of the documented types; braces of the author's are no template; a draft, not a sending."""
    write(tmp_path)
    assert export(tmp_path, "--as", "listmonk", "--list", "3", "--list", "4", "--template", "7", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["files"] == [str(tmp_path / "aus/brief.json")]
    campaign = json.loads((tmp_path / "aus/brief.json").read_text("utf-8"))
    assert {name: type(value) for name, value in campaign.items()} == {name: LISTMONK[name] for name in campaign}
    assert set(list(LISTMONK)[:6]) <= set(campaign)
    assert campaign["lists"] == [3, 4]
    assert (campaign["type"], campaign["content_type"], campaign["template_id"]) == ("regular", "html", 7)
    assert campaign["name"] == "Tür {{1}} (01JDK3V7Q2M8X4T6R9A0B1C2D3)"
    assert campaign["from_email"] == "Nordlicht <post@example.com>"
    assert campaign["headers"] == [{"Reply-To": "hilfe@example.com"}]
    assert campaign["tags"] == ["advent", "tür"]
    assert campaign["subject"] == 'Tür {{ "{{" }}1}}'
    for body in (campaign["body"], campaign["altbody"]):
        # What Go's templates would read as an action is ours alone, and says two braces.
        assert set(re.findall(r"\{\{(.*?)\}\}", body)) == {' "{{" '}
    assert "<html" not in campaign["body"]
    assert (
        '<a style="color:inherit;text-decoration:underline" href="https://example.com/winter?a=1&amp;b=2">'
        in campaign["body"]
    )
    assert "display:none" in campaign["body"].partition("\n")[0]


def test_listmonk_needs_lists_and_addresses_of_pictures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The sentence says which option is missing; nothing is written."""
    write(tmp_path, media=MEDIA)
    assert export(tmp_path, "--as", "listmonk") == 2
    assert "add --list ID" in capsys.readouterr().err
    assert export(tmp_path, "--as", "listmonk", "--list", "1") == 2
    assert "add --pictures" in capsys.readouterr().err
    assert not (tmp_path / "aus").exists()
    pictures = "https://cdn.example.com/a b/"
    assert export(tmp_path, "--as", "listmonk", "--list", "1", "--pictures", pictures) == 0
    body = json.loads((tmp_path / "aus/brief.json").read_text("utf-8"))["body"]
    assert '<img src="https://cdn.example.com/a b/1-t%C3%BCr%201.png" alt="Eine Tür"' in body
    assert "cid:" not in body


def test_mailchimp_gets_content_as_its_api_documents_it(tmp_path: Path) -> None:
    """Without pictures: html and plain_text; merge tags of the author's are text. The same as files to paste."""
    write(tmp_path)
    assert export(tmp_path, "--as", "mailchimp") == 0
    content = json.loads((tmp_path / "aus/brief.json").read_text("utf-8"))
    assert set(content) == {"html", "plain_text"}
    assert content["html"] == (tmp_path / "aus/brief.html").read_text("utf-8")
    assert content["plain_text"] == (tmp_path / "aus/brief.txt").read_text("utf-8")
    assert content["html"].startswith("<!doctype html>")
    assert "*|" not in content["html"] + content["plain_text"]
    assert "&#42;|FNAME|*" in content["html"]
    assert "&#42;|NAME|*" in content["html"]


def test_mailchimp_gets_pictures_in_an_archive(tmp_path: Path) -> None:
    """Page and pictures in a zip, base64 in the API's `archive`; twice the same bytes; the names in the page fit."""
    write(tmp_path, media=MEDIA)
    assert export(tmp_path, "--as", "mailchimp") == 0
    first = (tmp_path / "aus/brief.json").read_bytes()
    content = json.loads(first)
    assert set(content) == {"archive", "plain_text"}
    assert content["archive"]["archive_type"] == "zip"
    packed = base64.b64decode(content["archive"]["archive_content"])
    assert packed == (tmp_path / "aus/brief.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["index.html", "1-tür 1.png"]
        assert archive.read("1-tür 1.png") == make_picture()
        assert '<img src="1-t%C3%BCr%201.png" alt="Eine Tür"' in archive.read("index.html").decode()
    assert export(tmp_path, "--as", "mailchimp") == 0
    assert (tmp_path / "aus/brief.json").read_bytes() == first


@pytest.mark.parametrize(
    ("channels", "args", "complaint"),
    [
        ("brief", ("--as", "mailchmp"), "did you mean 'mailchimp'"),
        ("news", ("--as", "mailchimp"), "none of this post's channels is a newsletter"),
        ("brief, zweit", ("--as", "mailchimp"), "add --channel: brief, zweit"),
        ("brief", ("--as", "mailchimp", "-c", "zweit"), "unknown newsletter of this post 'zweit'"),
        (
            "brief",
            ("--as", "mailchimp", "--pictures", "http://offen.example"),
            "--pictures needs an https:// address",
        ),
    ],
)
def test_a_wrong_word_is_answered_with_the_remedy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], channels: str, args: tuple[str, ...], complaint: str
) -> None:
    """Software, channel and address are checked before a file is written."""
    write(tmp_path, channels)
    assert export(tmp_path, *args) == 2
    assert complaint in capsys.readouterr().err
    assert not (tmp_path / "aus").exists()


def test_a_picture_that_is_missing_stops_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file is named, and nothing is half written."""
    write(tmp_path, media=MEDIA)
    (tmp_path / "content/media/tür 1.png").unlink()
    assert export(tmp_path, "--as", "mailchimp") == 1
    assert "media/tür 1.png" in capsys.readouterr().err
    assert not (tmp_path / "aus").exists()
