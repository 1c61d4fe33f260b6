"""A part as the fields of ``chat.postMessage``, and what identifies a message.

A message's id is its ``ts``; that of an answer is ``<ts of the thread>:<ts>``, because Slack wants the thread and not
the message that is answered. API: https://docs.slack.dev/reference/methods/chat.postMessage
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Final

from toolkit.model import Part

EVENT: Final = "leitstand_post"
IN_THREAD: Final = ":"


def channel(account_id: str) -> str:
    """The channel of ``T…/C…`` or ``C…``."""
    return account_id.rpartition("/")[2]


def team(account_id: str) -> str:
    """The workspace of ``T…/C…``; "" where the account does not say."""
    return account_id.rpartition("/")[0]


def mark(key: str) -> str:
    """What stands for the intent's key in a message's metadata."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def escape(text: str) -> str:
    """Text in which nothing is a mention or a link to Slack."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def blocks(part: Part, files: Sequence[str]) -> list[dict[str, object]]:
    """The text as one block and a block for each uploaded picture; Slack wants an alt text for every one."""
    found = json.loads(part.fields.get("elements", "[]")) or (
        [{"type": "text", "text": part.text}] if part.text else []
    )
    section: dict[str, object] = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": found}]}
    pictures: list[dict[str, object]] = [
        {"type": "image", "slack_file": {"id": file}, "alt_text": medium.alt or medium.file.rpartition("/")[2]}
        for medium, file in zip(part.attachments, files, strict=True)
    ]
    return ([section] if found else []) + pictures


def unfurling(part: Part) -> dict[str, object]:
    """Whether links get previews."""
    wanted = part.fields.get("unfurl", "").lower()
    if wanted not in {"no", "false", "yes", "true"}:
        return {}
    return dict.fromkeys(("unfurl_links", "unfurl_media"), wanted in {"yes", "true"})


def split(remote_id: str) -> tuple[str, str]:
    """``ts`` of the thread, "" for none, and of the message."""
    thread, _colon, ts = remote_id.rpartition(IN_THREAD)
    return thread, ts


def thread_of(previous: str) -> str:
    """The thread that an answer to `previous` belongs to; "" for no answer."""
    thread, ts = split(previous)
    return thread or ts


def join(thread: str, ts: str) -> str:
    """The remote id of a message; the first of a thread is no answer."""
    return f"{thread}{IN_THREAD}{ts}" if thread and thread != ts else ts
