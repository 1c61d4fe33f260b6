"""A pretended Slack workspace: it keeps messages and files, and takes only arguments that the documentation names."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from tests.servers.pretend import DROP, Drop, PretendServer, Reply, Request
from toolkit.model import SetClock
from toolkit.networks.base import Connection, Memory, Surroundings
from toolkit.networks.slack.api import Slack
from toolkit.networks.slack.connection import SlackConnection
from toolkit.networks.slack.uploads import Uploads
from toolkit.settings import Account
from toolkit.web import Web

NOW = datetime(2026, 12, 1, 6, 30, tzinfo=UTC)
TOKEN = "xoxb-not-a-real-token"
CHANNEL = "C0123456789"
# Method → arguments that https://docs.slack.dev/reference/methods/ names, those that are required in capitals.
DOCUMENTED: Final = {
    "auth.test": "",
    "chat.postMessage": "CHANNEL text blocks metadata thread_ts reply_broadcast unfurl_links unfurl_media mrkdwn parse",
    "chat.update": "CHANNEL TS text blocks metadata link_names parse reply_broadcast file_ids",
    "chat.delete": "CHANNEL TS as_user",
    "conversations.history": "CHANNEL cursor include_all_metadata inclusive latest limit oldest",
    "conversations.replies": "CHANNEL TS cursor include_all_metadata inclusive latest limit oldest",
    "files.getUploadURLExternal": "FILENAME LENGTH alt_txt snippet_type",
    "files.completeUploadExternal": "FILES channel_id channels initial_comment thread_ts blocks",
    "files.info": "FILE count cursor limit page",
}
READS: Final = {"auth.test", "conversations.history", "conversations.replies", "files.info"}


def no(error: str, **more: object) -> Reply:
    """A refusal as Slack words it."""
    return Reply(200, {"ok": False, "error": error, **more})


def yes(**more: object) -> Reply:
    return Reply(200, {"ok": True, **more})


@dataclass
class Workspace:
    """`trouble` answers a method instead of the workspace; `lose` loses its answers after obeying."""

    pretend: PretendServer
    messages: list[dict[str, object]] = field(default_factory=list)
    stored: dict[str, bytes] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    trouble: dict[str, Reply | Drop] = field(default_factory=dict)
    lose: bool = False
    slow_files: int = 0
    shows_metadata: bool = True
    clock: SetClock = field(default_factory=lambda: SetClock(NOW))
    notes: Memory = field(default_factory=Memory)
    naps: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.pretend.clock = self.clock.now
        self.pretend.routes["POST /api/*"] = self._method
        self.pretend.routes["POST /upload/*"] = self._bytes

    def asked(self, method: str) -> list[Request]:
        return self.pretend.sent("POST", f"/api/{method}")

    def account(self, identity: str = CHANNEL) -> Account:
        return Account("slack", "slack", identity, server=f"{self.pretend.address}/api")

    def web(self) -> Web:
        return Web(allowed_hosts=frozenset({self.pretend.host_port, "localhost:1"}))

    def line(self, account: Account | None = None, token: str = TOKEN) -> SlackConnection:
        chosen = account or self.account()
        slack = Slack(chosen.server, token, self.web())
        uploads = Uploads(slack, self.files.__getitem__, self.clock, self.notes, self.naps.append)
        return SlackConnection(chosen, slack, self.clock, uploads)

    def open(self, connect: Callable[[Account, str, Surroundings], Connection], credential: str) -> Connection:
        surroundings = Surroundings(self.web(), self.clock, self.files.__getitem__, notes=self.notes)
        return connect(self.account(), credential, surroundings)

    def _bytes(self, request: Request) -> Reply | Drop:
        if "upload" in self.trouble:
            return self.trouble["upload"]
        self.stored[request.path.rpartition("/")[2]] = request.body
        return Reply(200, b"OK - 3")

    def _method(self, request: Request) -> Reply | Drop:
        method = request.path.removeprefix("/api/")
        if request.headers["authorization"] != f"Bearer {TOKEN}":
            return no("invalid_auth")
        is_json = request.headers.get("content-type", "").startswith("application/json")
        sent: dict[str, object] = request.json() if is_json else dict(request.form())
        known = DOCUMENTED[method].split()
        required = {name.lower() for name in known if name.isupper()}
        if set(sent) - {name.lower() for name in known} or required - set(sent) or (is_json and method in READS):
            return no("invalid_arguments", response_metadata={"messages": [f"[ERROR] {method}: {sorted(sent)}"]})
        if method in self.trouble:
            return self.trouble[method]
        answer = getattr(self, f"_{method.replace('.', '_')}")(sent)
        return DROP if self.lose and method.startswith("chat.") else answer

    def _auth_test(self, _sent: dict[str, object]) -> Reply:
        team = {"url": "https://nordlicht.slack.com/", "team": "Nordlicht", "team_id": "T012AB3C4"}
        return yes(**team, user="barista", user_id="U1", bot_id="B1")

    def _chat_postMessage(self, sent: dict[str, object]) -> Reply:  # noqa: N802  # Slack's name
        pictures = [block["slack_file"]["id"] for block in _blocks(sent) if "slack_file" in block]
        if any(file not in self.stored for file in pictures):
            return no("invalid_blocks", response_metadata={"messages": ["[ERROR] invalid slack file [/blocks/1]"]})
        ts = f"{(NOW + timedelta(seconds=len(self.messages))).timestamp():.6f}"
        self.messages.append({**sent, "ts": ts, "bot_id": "B1", "type": "message"})
        return yes(channel=sent["channel"], ts=ts, message=self.messages[-1])

    def _chat_update(self, sent: dict[str, object]) -> Reply:
        for message in self.messages:
            if message["ts"] == sent["ts"]:
                message.update(sent)
                return yes(channel=sent["channel"], ts=sent["ts"], text=sent["text"])
        return no("message_not_found")

    def _chat_delete(self, sent: dict[str, object]) -> Reply:
        left = [message for message in self.messages if message["ts"] != sent["ts"]]
        found, self.messages = len(left) < len(self.messages), left
        return yes(channel=sent["channel"], ts=sent["ts"]) if found else no("message_not_found")

    def _conversations_history(self, sent: dict[str, object]) -> Reply:
        return self._page([one for one in self.messages if not one.get("thread_ts")], sent)

    def _conversations_replies(self, sent: dict[str, object]) -> Reply:
        wanted = [one for one in self.messages if sent["ts"] in (one["ts"], one.get("thread_ts"))]
        return self._page(wanted, sent) if wanted else no("thread_not_found")

    def _page(self, messages: list[dict[str, object]], sent: dict[str, object]) -> Reply:
        """Two messages a page, so that a cursor is always needed; the limit is only an upper one."""
        recent = [one for one in messages if str(one["ts"]) >= str(sent.get("oldest", ""))]
        recent = [one for one in recent if "latest" not in sent or str(one["ts"]) <= str(sent["latest"])]
        start = int(str(sent.get("cursor", 0)))
        more = {"response_metadata": {"next_cursor": str(start + 2)}} if len(recent) > start + 2 else {}
        hidden = set() if self.shows_metadata and sent.get("include_all_metadata") else {"metadata"}
        page = [{name: one[name] for name in one if name not in hidden} for one in recent[start : start + 2]]
        return yes(messages=page, has_more=bool(more), **more)

    def _files_getUploadURLExternal(self, _sent: dict[str, object]) -> Reply:  # noqa: N802  # Slack's name
        identity = f"F0000000{len(self.stored):02}"
        return yes(upload_url=f"{self.pretend.address}/upload/v1/{identity}", file_id=identity)

    def _files_completeUploadExternal(self, sent: dict[str, object]) -> Reply:  # noqa: N802  # Slack's name
        return yes(files=sent["files"])

    def _files_info(self, sent: dict[str, object]) -> Reply:
        if sent["file"] not in self.stored:
            return no("file_not_found")
        self.slow_files -= 1
        return yes(file={"id": sent["file"], "mimetype": "" if self.slow_files >= 0 else "image/png"})


def _blocks(sent: dict[str, object]) -> list[dict[str, dict[str, str]]]:
    found = json.loads(json.dumps(sent["blocks"]))
    assert isinstance(found, list)
    return found


@pytest.fixture
def workspace(pretend: PretendServer) -> Workspace:
    return Workspace(pretend)
