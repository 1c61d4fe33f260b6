"""Requests to Slack's Web API and what its answers mean.

Slack answers 200 to nearly everything and says in the body whether it did it. An error that is not in the table
below may have been preceded by the deed ("some aspect of the operation may have succeeded"), so it is unknown.
API: https://docs.slack.dev/apis/web-api/
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from toolkit.model import Answer
from toolkit.networks.answers import declined, locked_out, not_begun
from toolkit.networks.jsonvalues import fields, items, text
from toolkit.values import dataclass
from toolkit.web import BadReply, Reply, Web

SERVER: Final = "https://slack.com/api"
UPLOAD: Final = 50.0  # seconds for the bytes of a file
JSON: Final = {"Content-Type": "application/json; charset=utf-8"}
BUSY: Final = frozenset({"ratelimited", "rate_limited"})
# https://docs.slack.dev/reference/methods/chat.postMessage#errors and those of its relatives, as far as nothing is done.
_REFUSALS: Final = """
    access_denied account_inactive alt_txt_too_large as_user_not_supported attachment_payload_limit_exceeded
    cannot_reply_to_message cant_delete_message cant_post_message cant_update_message channel_not_found
    channel_type_not_supported compliance_exports_prevent_deletion deprecated_endpoint edit_window_closed
    ekm_access_denied enterprise_is_restricted file_type_not_allowed file_upload_size_restricted
    file_uploads_disabled file_uploads_except_images_disabled invalid_arg_name invalid_arguments invalid_array_arg
    invalid_auth invalid_blocks invalid_blocks_format invalid_channel invalid_charset invalid_form_data invalid_json
    invalid_metadata_format invalid_metadata_schema invalid_post_type is_archived is_inactive json_not_object
    message_limit_exceeded message_not_found messages_tab_disabled metadata_must_be_sent_from_app
    metadata_too_large method_deprecated missing_argument missing_post_type missing_scope msg_blocks_too_long
    msg_too_long no_permission no_text not_allowed_token_type not_authed not_in_channel org_login_required
    restricted_action restricted_action_non_threadable_channel restricted_action_read_only_channel
    restricted_action_thread_locked restricted_action_thread_only_channel slack_connect_file_link_sharing_blocked
    storage_limit_reached team_access_not_granted team_not_found token_expired token_revoked too_many_attachments
    two_factor_setup_required user_not_in_channel
"""
REFUSALS: Final = frozenset(_REFUSALS.split())
# Of these, what Slack says of the token, whatever it was asked for.
_IDENTITY: Final = """
    access_denied account_inactive ekm_access_denied invalid_auth not_allowed_token_type not_authed org_login_required
    team_access_not_granted token_expired token_revoked two_factor_setup_required
"""
IDENTITY: Final = frozenset(_IDENTITY.split())
# And of the one channel that the account is, or of the right to write there; before the publishing request these may
# be said of a file alone.
CHANNEL: Final = frozenset({"channel_not_found", "is_archived", "missing_scope", "not_in_channel"})


@dataclass(frozen=True, slots=True)
class Said:
    """An answer of the Web API. `error` is Slack's word for why there is no success, "" for a success."""

    reply: Reply
    body: Mapping[str, object]
    error: str
    words: str

    @property
    def ok(self) -> bool:
        return not self.error

    def declined(self, now: datetime, *, begun: bool) -> Answer:
        """What it means that there is no success, for a request that may have published something if it has `begun`."""
        status = self.reply.status
        if self.error in IDENTITY or (begun and self.error in CHANNEL):
            return locked_out(self.words, now)
        if self.reply.ok:
            status = 400 if self.error in REFUSALS else 429 if self.error in BUSY else 500
        return (declined if begun else not_begun)(replace(self.reply, status=status), now, self.words)


class Slack:
    """One app's requests. Raises the errors of `toolkit.web`."""

    def __init__(self, server: str, token: str, web: Web) -> None:
        self._base = server or SERVER
        self._headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        self._web = web.hiding(token)

    def ask(self, method: str, **wishes: str) -> Said:
        """A method that reads or prepares; it takes a form."""
        return read_answer(self._web.request("POST", f"{self._base}/{method}", headers=self._headers, form=wishes))

    def write(self, method: str, wishes: Mapping[str, object]) -> Said:
        """A method that changes something, once."""
        headers = {**self._headers, **JSON}
        return read_answer(self._web.request("POST", f"{self._base}/{method}", headers=headers, json=dict(wishes)))

    def upload(self, url: str, data: bytes) -> Reply:
        """The bytes of a file to the address that Slack made for it, which is a secret of its own."""
        secret = url.partition("://")[2].partition("/")[2]
        headers = {"Content-Type": "application/octet-stream"}
        return self._web.hiding(secret).request("POST", url, headers=headers, content=data, timeout=UPLOAD)


def read_answer(reply: Reply) -> Said:
    """The answer in a reply; one that cannot be read is no success."""
    try:
        body = fields(reply.json())
    except BadReply as error:
        return Said(reply, {}, "unreadable", str(error))
    reason = text(body, "error")
    if reply.status == 200 and body.get("ok") is True:
        return Said(reply, body, "", "")
    said = reason or f"HTTP {reply.status}"
    more = [one for one in items(fields(body.get("response_metadata")).get("messages")) if isinstance(one, str)]
    needed = [f"needed: {text(body, 'needed')}"] if text(body, "needed") else []
    return Said(reply, body, reason or "unreadable", "; ".join([said, *needed, *more]))
