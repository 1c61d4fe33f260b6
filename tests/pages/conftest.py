"""A small workspace whose site is made in memory or by the real builder."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from toolkit.ledger import Ledger, Planned, account_key, ledger_path, open_ledger
from toolkit.model import Post
from toolkit.pages.gather import Sources, gather, render_draft
from toolkit.pages.page import Content, Page
from toolkit.pages.rendering import render_site
from toolkit.pages.view import SiteInput
from toolkit.settings import Account
from toolkit.workspace import drafts, load_workspace

NOW = datetime(2026, 11, 21, 11, tzinfo=UTC)  # 12:00 in Berlin
SETTINGS = """format = 1

[workspace]
id = "nordlicht"
name = "Nordlicht Kaffee"
timezone = "Europe/Berlin"
languages = ["de", "en"]
interface = "en"

[people.jule]
name = "Jule Hansen"
roles = ["editor"]

[people.wiebke]
name = "Wiebke Thomsen"
roles = ["manager"]

[accounts.mastodon]
network = "mastodon"
id = "@nordlicht@social.example.com"
title = "Mastodon"

[accounts.bluesky]
network = "bluesky"
id = "nordlicht.example.com"
title = "Bluesky"

[accounts.feed]
network = "feed"
id = "https://nordlicht.example.com/feed"
title = "Feed"

[accounts.elsewhere]
network = "unheard-of"
title = "Elsewhere"
"""
POST = """---
uid: {uid}
title: {title}
author: jule
status: {status}
publish: {publish}
channels: [{channels}]
{more}---
{body}
"""
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cfc0500000030101"
    "00c9fe92ef0000000049454e44ae426082"
)


def plan_post(post: Post, account: Account, occurrence: str = "") -> Planned:
    """What the ledger is told of a post that will go to one account."""
    assert post.publish is not None
    return Planned(
        uid=post.uid,
        occurrence=occurrence,
        account_id=account_key(account),
        account=account.name,
        network=account.network,
        path=post.path,
        due=post.publish.instant(),
        wall=str(post.publish.wall),
        zone=post.publish.zone,
        tzdata="2026a",
    )


class Studio:
    """A workspace in a folder, its ledger, and the site made from both."""

    def __init__(self, root: Path, state: Path) -> None:
        self.root = root
        self.state = state
        self.write("leitstand.toml", SETTINGS)
        (root / "guidelines").mkdir()

    def write(self, path: str, content: str | bytes) -> Path:
        """A file of the workspace."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    def post(self, body: str = "Moin!", *, path: str = "2026/12/tuer-1.md", **fields: str) -> str:
        """Write a post; returns its path in the workspace."""
        values = {
            "uid": "01JDK3V7Q2M8X4T6R9A0B1C2D3",
            "title": "Tür 1",
            "status": "ready",
            "publish": "2026-12-01 07:30",
            "channels": "mastodon",
            "more": "",
        }
        self.write(f"content/posts/{path}", POST.format(body=body, **{**values, **fields}))
        return f"content/posts/{path}"

    @property
    def environ(self) -> Mapping[str, str]:
        return {"LEITSTAND_STATE_DIR": str(self.state)}

    def gather(self, now: datetime = NOW, *, partner: bool = False) -> SiteInput:
        return gather(Sources(self.root, now, self.environ, partner=partner))

    def render(self, now: datetime = NOW, *, directory_urls: bool = True) -> dict[str, Content]:
        return render_site(replace(self.gather(now), directory_urls=directory_urls))

    def page(self, path: str, now: datetime = NOW) -> str:
        """The text of one page."""
        page = self.render(now)[path]
        assert isinstance(page, Page)
        return page.text

    def plan(self, path: str, ledger: Ledger, account: str, now: datetime = NOW, *, occurrence: str = "") -> None:
        """Put the post at `path`, or one time of it, into the ledger."""
        workspace = load_workspace(self.root)
        post, chosen = workspace.find_post(path), workspace.settings.accounts[account]
        assert post is not None
        planned = plan_post(post, chosen, occurrence)
        ledger.bind([(account_key(chosen), account, chosen.network)], now)
        ledger.plan([planned], now)

    def publish(self, path: str, now: datetime, account: str = "mastodon") -> None:
        """Send the only post of the workspace, as it is, to the account."""
        workspace = load_workspace(self.root)
        post = workspace.find_post(path)
        assert post is not None
        rendition = render_draft(next(one for one in drafts(post, workspace.settings) if one.account.name == account))
        assert rendition is not None
        with self.ledger() as ledger:
            self.plan(path, ledger, account)
            hashes = [rendition.request_hash(0)]
            sending = ledger.begin(ledger.rows()[0], now, rendition=rendition.to_json(), hashes=hashes, commit="")
            assert sending is not None
            ledger.confirm(sending, now, "109", "https://social.example.com/@nordlicht/109")

    def ledger(self, now: datetime = NOW) -> Ledger:
        """The workspace's real ledger."""
        self.state.mkdir(parents=True, exist_ok=True)
        return open_ledger(ledger_path(self.state), now=now)


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    """An empty workspace with four accounts."""
    return Studio(tmp_path / "workspace", tmp_path / "state")


class Outline(HTMLParser):
    """The links, pictures, anchors, heading levels and open elements of a page."""

    VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "wbr"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.anchors: list[str] = []
        self.levels: list[int] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.targets += [value for name, value in attrs if name in {"href", "src"} and value]
        self.anchors += [value for name, value in attrs if name == "id" and value]
        self.levels += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open, f"</{tag}> closes nothing"
            assert self.open.pop() == tag


@pytest.fixture
def outline() -> type[Outline]:
    """Reads the outline of HTML."""
    return Outline


@pytest.fixture(scope="session")
def png() -> bytes:
    """A picture of one pixel."""
    return PNG
