"""The Slack line over loopback HTTP, against a workspace that takes only what the documentation names."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.networks.connections.makers import attach, make_intent, make_picture, tried
from tests.networks.lockouts import LOCKED, verdict
from tests.networks.slack.conftest import CHANNEL, NOW, TOKEN, Workspace, no
from tests.servers.pretend import DROP, Drop, Reply
from toolkit.errors import UsageError
from toolkit.model import Answer, Outcome, Presence
from toolkit.networks.answers import NotToldError
from toolkit.networks.base import Action, Intent
from toolkit.networks.filters import text_draft
from toolkit.networks.slack import NETWORK, connect

PICTURE = make_picture()
POST = "chat.postMessage"
HOOK = "https://hooks.slack.com/services/T012/B345/sEcReT"


def hello(workspace: Workspace, text: str = "Hallo", **options: object) -> Intent:
    return make_intent(workspace.account(), text, **options)  # type: ignore[arg-type]  # passed through


def pictured(workspace: Workspace, text: str = "Hallo", key: str = "k") -> Intent:
    workspace.files["media/a.png"] = PICTURE
    return hello(workspace, text, key=key, attachments=(attach("media/a.png", PICTURE, "Eine Tür"),))


def test_a_text_arrives_as_blocks_in_which_nothing_is_parsed(workspace: Workspace) -> None:
    """Styles and links are elements, stars and mentions stay text; the plain form is escaped for notifications."""
    markdown = "**Neu** für \\<!channel> & @here: [Shop](https://a.de/x_y), https://b.de. 1 \\* 2"
    rendition = NETWORK.render(text_draft(markdown, NETWORK))
    answer = workspace.line().send(Intent("key", workspace.account(), rendition, 0, ""))
    ts = str(workspace.messages[0]["ts"])
    url = f"https://nordlicht.slack.com/archives/{CHANNEL}/p{ts.replace('.', '')}"
    assert (answer.outcome, answer.remote_id, answer.url) == (Outcome.ACCEPTED, ts, url)
    body = workspace.asked(POST)[0].json()
    assert body["text"] == "Neu für &lt;!channel&gt; &amp; @here: Shop, https://b.de. 1 * 2"
    assert body["blocks"] == [
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [
                        {"type": "text", "text": "Neu", "style": {"bold": True}},
                        {"type": "text", "text": " für <!channel> & @here: "},
                        {"type": "link", "url": "https://a.de/x_y", "text": "Shop"},
                        {"type": "text", "text": ", "},
                        {"type": "link", "url": "https://b.de", "text": "https://b.de"},
                        {"type": "text", "text": ". 1 * 2"},
                    ],
                }
            ],
        }
    ]
    assert "unfurl_links" not in body


def test_previews_can_be_switched_off(workspace: Workspace) -> None:
    """The option becomes both flags of the API."""
    workspace.line().send(hello(workspace, fields={"unfurl": "no"}))
    body = workspace.asked(POST)[0].json()
    assert (body["unfurl_links"], body["unfurl_media"]) == (False, False)


def test_a_thread_and_a_comment_hang_below_the_first_message(workspace: Workspace) -> None:
    """Every later part and the first comment name the thread, never the answer before them."""
    line = workspace.line()
    intent = make_intent(workspace.account(), "eins", "zwei", "drei")
    first = line.send(intent)
    second = line.send(replace(intent, part=1, previous=first.remote_id, key="k:1"))
    third = line.send(replace(intent, part=2, previous=second.remote_id, key="k:2"))
    assert second.remote_id == f"{first.remote_id}:{workspace.messages[1]['ts']}"
    assert third.url.endswith(f"?thread_ts={first.remote_id}&cid={CHANNEL}")
    comment = replace(hello(workspace, "Kommentar", key="c"), action=Action.COMMENT, previous=first.remote_id)
    assert line.send(comment).outcome is Outcome.ACCEPTED
    assert [one.get("thread_ts") for one in workspace.messages] == [None, *[first.remote_id] * 3]


def test_a_picture_is_uploaded_first_and_shown_with_its_alt_text(workspace: Workspace) -> None:
    """Bytes and alt text go up, nobody sees them until the message; what Slack works on is waited for."""
    workspace.slow_files = 2
    assert workspace.line().send(pictured(workspace)).outcome is Outcome.ACCEPTED
    assert list(workspace.stored.values()) == [PICTURE]
    assert workspace.naps == [0.5, 1]
    assert workspace.asked("files.getUploadURLExternal")[0].form() == {
        "filename": "a.png",
        "length": str(len(PICTURE)),
        "alt_txt": "Eine Tür",
    }
    assert workspace.asked("files.completeUploadExternal")[0].json() == {
        "files": [{"id": "F000000000", "title": "a.png"}]
    }
    blocks = json.loads(json.dumps(workspace.messages[0]["blocks"]))
    assert blocks[1] == {"type": "image", "slack_file": {"id": "F000000000"}, "alt_text": "Eine Tür"}


@pytest.mark.parametrize(("length", "told"), [(1000, True), (1001, False)])
def test_an_upload_tells_the_alt_text_as_long_as_it_may_be(workspace: Workspace, length: int, *, told: bool) -> None:
    """A longer one stands in the message alone; the upload would be refused with it."""
    workspace.files["media/a.png"] = PICTURE
    picture = attach("media/a.png", PICTURE, "a" * length)
    assert workspace.line().send(hello(workspace, attachments=(picture,))).outcome is Outcome.ACCEPTED
    assert ("alt_txt" in workspace.asked("files.getUploadURLExternal")[0].form()) is told


def test_an_upload_is_used_again_after_a_retry(workspace: Workspace) -> None:
    """The message had to wait, the file is there; when Slack has lost it, it goes up again."""
    workspace.trouble[POST] = Reply(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": "30"})
    answer = workspace.line().send(pictured(workspace))
    assert (answer.outcome, answer.retry_at) == (Outcome.LATER, NOW + timedelta(seconds=30))
    del workspace.trouble[POST]
    assert workspace.line().send(pictured(workspace)).outcome is Outcome.ACCEPTED
    assert len(workspace.stored) == len(workspace.pretend.sent("POST", "/upload")) == 1
    workspace.stored.clear()
    assert workspace.line().send(pictured(workspace, key="other")).outcome is Outcome.ACCEPTED
    assert len(workspace.pretend.sent("POST", "/upload")) == 2


def test_a_refused_picture_is_uploaded_anew_at_the_next_try(workspace: Workspace) -> None:
    """An app that may not look at files believes them there; the refusal of the message is no refusal of the post."""
    workspace.trouble["files.info"] = no("missing_scope", needed="files:read")
    workspace.trouble[POST] = no("rate_limited")
    workspace.line().send(pictured(workspace))
    del workspace.trouble[POST]
    workspace.stored.clear()
    answer = workspace.line().send(pictured(workspace))
    assert (answer.outcome, "invalid slack file" in answer.reason) == (Outcome.LATER, True)
    assert workspace.line().send(pictured(workspace)).outcome is Outcome.ACCEPTED


def test_a_file_that_stays_in_work_postpones_the_message(workspace: Workspace) -> None:
    """Nothing is out."""
    workspace.slow_files = 99
    answer = workspace.line().send(pictured(workspace))
    assert (answer.outcome, sum(workspace.naps)) == (Outcome.LATER, 15.5)
    assert workspace.messages == []


def test_a_lost_answer_is_found_by_its_mark(workspace: Workspace) -> None:
    """The message is there once; among others with the same text, the key in its metadata tells which it is."""
    line = workspace.line()
    for number in range(3):
        line.send(hello(workspace, key=f"other {number}"))
    workspace.lose = True
    intent = hello(workspace, key="lost")
    assert line.send(intent).outcome is Outcome.UNKNOWN
    seen = workspace.line().find(tried(intent, NOW))
    assert (seen.presence, seen.remote_id) == (Presence.FOUND, workspace.messages[3]["ts"])
    assert seen.url.startswith("https://nordlicht.slack.com/archives/")
    assert len(workspace.messages) == 4


def test_a_lost_answer_in_a_thread_is_found_there(workspace: Workspace) -> None:
    """Answers do not stand in the channel; their thread is read."""
    line = workspace.line()
    first = line.send(hello(workspace, key="first"))
    workspace.lose = True
    part = replace(hello(workspace, key="second"), previous=first.remote_id)
    assert line.send(part).outcome is Outcome.UNKNOWN
    seen = workspace.line().find(tried(part, NOW))
    assert seen.remote_id == f"{first.remote_id}:{workspace.messages[1]['ts']}"


def test_without_metadata_the_text_decides(workspace: Workspace) -> None:
    """One of ours with the text is it, two are for a person, none is proof of absence."""
    workspace.shows_metadata = False
    intent = tried(hello(workspace, "Tür & <Tor> https://a.de"), NOW)
    line = workspace.line()
    assert line.find(intent).presence is Presence.ABSENT
    line.send(intent)
    workspace.messages.append({**workspace.messages[0], "bot_id": "B2", "ts": f"{NOW.timestamp() + 50:.6f}"})
    assert line.find(intent).remote_id == workspace.messages[0]["ts"]
    line.send(intent)
    assert line.find(intent).presence is Presence.UNCLEAR


def test_what_was_never_accepted_is_absent(workspace: Workspace) -> None:
    """The whole channel since the first try was read; older messages do not count, an unreadable one proves nothing."""
    workspace.trouble[POST] = DROP
    intent = tried(hello(workspace), NOW)
    assert workspace.line().send(intent).outcome is Outcome.UNKNOWN
    assert workspace.line().find(intent).presence is Presence.ABSENT
    del workspace.trouble[POST]
    workspace.line().send(intent)
    later = tried(intent, NOW + timedelta(minutes=3))
    assert workspace.line().find(later).presence is Presence.ABSENT
    workspace.trouble["conversations.history"] = no("missing_scope", needed="channels:history")
    seen = workspace.line().find(intent)
    assert (seen.presence, seen.reason) == (Presence.UNCLEAR, "missing_scope; needed: channels:history")
    assert workspace.line().find(hello(workspace)).presence is Presence.UNCLEAR


ANSWERS: dict[str, tuple[Reply | Drop, str, str]] = {
    "refused": (no("msg_too_long"), Outcome.REFUSED, "msg_too_long"),
    "channel": (no("channel_not_found"), LOCKED, "channel_not_found"),
    "revoked": (no("token_revoked"), LOCKED, "token_revoked"),
    "scope": (no("missing_scope", needed="chat:write"), LOCKED, "missing_scope; needed: chat:write"),
    "limited": (no("rate_limited"), Outcome.LATER, "rate_limited"),
    "fatal": (no("fatal_error"), Outcome.UNKNOWN, "fatal_error"),
    "new": (no("something_new"), Outcome.UNKNOWN, "something_new"),
    "500": (Reply(500, b"oops"), Outcome.UNKNOWN, "not JSON"),
    "no ts": (Reply(200, {"ok": True}), Outcome.UNKNOWN, "no message in the answer"),
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_answer_has_one_meaning(workspace: Workspace, kind: str) -> None:
    """What Slack certainly refused, what it puts off, and everything else; sent once."""
    reply, outcome, words = ANSWERS[kind]
    workspace.trouble[POST] = reply
    answer = workspace.line().send(hello(workspace))
    assert verdict(answer) == outcome
    assert words in answer.reason
    assert len(workspace.asked(POST)) == 1


@pytest.mark.parametrize(
    "method", ["auth.test", "files.getUploadURLExternal", "files.completeUploadExternal", "files.info", "upload"]
)
@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (no("invalid_auth"), LOCKED),
        (no("fatal_error"), Outcome.LATER),
        (Reply(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": "9"}), Outcome.LATER),
        (Reply(503, b""), Outcome.LATER),
        (DROP, Outcome.LATER),
    ],
)
def test_what_fails_before_publishing_is_never_unknown(
    workspace: Workspace, method: str, reply: Reply | Drop, outcome: str
) -> None:
    """Identity and uploads come first: their failure proves that nothing is out."""
    if method == "upload" and reply is not DROP and isinstance(reply, Reply) and reply.status == 200:
        reply, outcome = Reply(413, b"too large"), Outcome.REFUSED
    workspace.trouble[method] = reply
    answer = workspace.line().send(pictured(workspace))
    assert verdict(answer) == outcome
    assert workspace.asked(POST) == []
    assert TOKEN not in answer.reason


def test_a_right_that_only_files_need_stops_only_posts_with_files(workspace: Workspace) -> None:
    """Without `files:write` a picture is refused, and the account goes on: a text needs no such right."""
    workspace.trouble["files.getUploadURLExternal"] = no("missing_scope", needed="files:write")
    answer = workspace.line().send(pictured(workspace))
    assert (verdict(answer), answer.reason) == (Outcome.REFUSED, "missing_scope; needed: files:write")
    assert workspace.line().send(hello(workspace)).outcome is Outcome.ACCEPTED


def test_a_wrong_token_and_another_workspace_publish_nothing(workspace: Workspace) -> None:
    """Nothing is sent with a token that Slack does not know, or into a workspace that the account does not name."""
    wrong = workspace.line(token="xoxb-wrong").send(hello(workspace))
    assert (verdict(wrong), wrong.reason) == (LOCKED, "invalid_auth")
    other = workspace.line(workspace.account(f"T9/{CHANNEL}")).send(hello(workspace))
    assert (verdict(other), "'T012AB3C4', not to 'T9'" in other.reason) == (LOCKED, True)
    assert workspace.messages == []
    named = workspace.account(f"T012AB3C4/{CHANNEL}")
    assert workspace.line(named).send(replace(hello(workspace), account=named)).outcome is Outcome.ACCEPTED
    assert workspace.messages[0]["channel"] == CHANNEL


def test_what_slack_would_refuse_is_not_sent(workspace: Workspace) -> None:
    """Too long a text, a file that no message shows, nothing at all: refused with the reason, unsent."""
    workspace.files["media/a.pdf"] = b"%PDF-1.7"
    long = NETWORK.render(text_draft("x" * 4001, NETWORK))
    refused = {
        "4001 characters": Intent("k", workspace.account(), long, 0, ""),
        "application/pdf": hello(workspace, attachments=(attach("media/a.pdf", b"%PDF-1.7", "x"),)),
        "needs a text": hello(workspace, " "),
    }
    for words, intent in refused.items():
        answer = workspace.line().send(intent)
        assert (answer.outcome, words in answer.reason) == (Outcome.REFUSED, True), answer
    assert workspace.asked(POST) == []


def test_an_edit_and_a_deletion_may_come_twice(workspace: Workspace) -> None:
    """Text and blocks are replaced, the place stays; a message that is gone is deleted but cannot be edited."""
    line = workspace.line()
    sent = line.send(pictured(workspace))
    for _time in range(2):
        edited = line.edit(sent.remote_id, pictured(workspace, text="Neu"))
        assert (edited.outcome, edited.remote_id, edited.url) == (Outcome.ACCEPTED, sent.remote_id, sent.url)
    assert workspace.messages[0]["text"] == "Neu"
    assert len(workspace.stored) == 1
    assert [line.delete(sent.remote_id).outcome for _time in range(2)] == [Outcome.ACCEPTED] * 2
    assert workspace.messages == []
    assert line.edit(sent.remote_id, hello(workspace)).reason == "message_not_found"
    workspace.trouble["chat.delete"] = no("cant_delete_message")
    assert line.delete(sent.remote_id).outcome is Outcome.REFUSED
    workspace.trouble["chat.delete"] = DROP
    assert line.delete(sent.remote_id).outcome is Outcome.UNKNOWN


def test_reactions_and_answers_are_counted(workspace: Workspace) -> None:
    """Reactions of all kinds are likes, answers are comments; a message that is gone is left out."""
    line = workspace.line()
    first = line.send(hello(workspace))
    second = line.send(replace(hello(workspace, key="b"), previous=first.remote_id))
    workspace.messages[0] |= {
        "reactions": [{"name": "coffee", "count": 2}, {"name": "tada", "count": 1}],
        "reply_count": 1,
    }
    assert line.counts([first.remote_id, second.remote_id, "1.0"]) == {
        first.remote_id: {"likes": 3, "comments": 1},
        second.remote_id: {"likes": 0, "comments": 0},
    }


def test_counts_that_are_not_told_are_an_error(workspace: Workspace) -> None:
    """Nothing but a message that is gone is left out; a busy Slack names the moment to ask again."""
    first = workspace.line().send(hello(workspace))
    workspace.trouble["conversations.replies"] = Reply(
        429, {"ok": False, "error": "ratelimited"}, {"Retry-After": "30"}
    )
    with pytest.raises(NotToldError) as busy:
        workspace.line().counts([first.remote_id])
    assert busy.value.answer.retry_at == workspace.clock.now() + timedelta(seconds=30)


def test_no_message_shows_the_token_or_an_upload_address(workspace: Workspace) -> None:
    """Neither of them stands in what people read when nothing can be reached."""
    account = replace(workspace.account(), server="http://localhost:1/api")
    answer = workspace.line(account).send(hello(workspace))
    assert answer.outcome is Outcome.LATER
    assert TOKEN not in answer.reason
    workspace.trouble["upload"] = DROP
    assert "v1/F0" not in workspace.line().send(pictured(workspace)).reason


def through_hook(workspace: Workspace, reply: Reply | Drop, intent: Intent) -> Answer:
    workspace.pretend.routes["POST /api/services/*"] = lambda _request: reply
    return workspace.open(connect, HOOK).send(intent)


def test_a_webhook_takes_text_and_promises_nothing(workspace: Workspace) -> None:
    """The same text and blocks; its answer has no id, so that nothing is found, changed or taken back."""
    answer = through_hook(workspace, Reply(200, b"ok"), hello(workspace, "Hallo <alle>"))
    assert (answer.outcome, answer.remote_id) == (Outcome.ACCEPTED, "")
    (request,) = workspace.pretend.requests
    assert (request.path, request.json()["text"]) == ("/api/services/T012/B345/sEcReT", "Hallo &lt;alle&gt;")
    line = workspace.open(connect, HOOK)
    assert line.find(tried(hello(workspace), NOW)).presence is Presence.UNCLEAR
    assert line.edit("", hello(workspace)).outcome is line.delete("").outcome is Outcome.REFUSED
    assert through_hook(workspace, Reply(200, b"ok"), pictured(workspace)).outcome is Outcome.REFUSED
    assert len(workspace.pretend.requests) == 1


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (Reply(404, b"no_service"), LOCKED),
        (Reply(410, b"channel_is_archived"), LOCKED),
        (Reply(400, b"no_text"), Outcome.REFUSED),
        (Reply(429, b"", {"Retry-After": "3"}), Outcome.LATER),
        (Reply(500, b"rollup_error"), Outcome.UNKNOWN),
        (Reply(200, b"<html>"), Outcome.UNKNOWN),
        (DROP, Outcome.UNKNOWN),
    ],
)
def test_a_webhooks_answers_have_one_meaning(workspace: Workspace, reply: Reply | Drop, outcome: str) -> None:
    """In Slack's words, and never with the address."""
    answer = through_hook(workspace, reply, hello(workspace))
    assert verdict(answer) == outcome
    assert "sEcReT" not in answer.reason


@pytest.mark.parametrize("credential", ["", "https://evil.example/services/T0/B0/sEcReT", "https://hooks.slack.com/x"])
def test_a_credential_of_another_kind_opens_nothing(workspace: Workspace, credential: str) -> None:
    """What is wanted is said, and the credential is not repeated."""
    with pytest.raises(UsageError) as wrong:
        workspace.open(connect, credential)
    assert "sEcReT" not in str(wrong.value)
