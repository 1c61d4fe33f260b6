"""The inbox at the desk: the list by urgency, a conversation with its answer, and the replies that wait for a yes.

=================================  =================================================================================
`asking`                           filters as they stand in addresses
`listing` `rows` `service`         the list, its rows, the bar of who waits
`showing` `thread` `beside`        a conversation: what was said, what is known of it, what can be done
`editor` `writing`                 the reply: what is wrong with it, who reads it, who says yes; saving and handing in
`waiting` `granting`               replies under way; approving, giving back, dropping them
`deciding` `choosing`              what people do with one conversation, or several at once
`rules` `team` `times`             the handbook's rules, the people, moments
=================================  =================================================================================
"""

from __future__ import annotations

from typing import Final

from toolkit.desk.endpoint import Endpoint
from toolkit.desk.inbox import choosing, deciding, granting, listing, showing, waiting, writing
from toolkit.desk.permissions import Permission

_ONE: Final = "/inbox/{id}"
_REPLY: Final = "/replies/{id}"

ENDPOINTS: Final[tuple[Endpoint, ...]] = (
    Endpoint("GET", "/inbox", Permission.READ, listing.show_list),
    Endpoint("GET", "/inbox/news", Permission.READ, listing.show_news),
    Endpoint("POST", "/inbox/chosen", Permission.ANSWER, choosing.change_chosen, "inbox.chosen"),
    Endpoint("GET", _ONE, Permission.READ, showing.show_conversation),
    Endpoint("GET", f"{_ONE}/news", Permission.READ, showing.show_news),
    Endpoint("POST", f"{_ONE}/assign", Permission.ANSWER, deciding.assign, "inbox.assign"),
    Endpoint("POST", f"{_ONE}/snooze", Permission.ANSWER, deciding.snooze, "inbox.snooze"),
    Endpoint("POST", f"{_ONE}/stage", Permission.ANSWER, deciding.set_stage, "inbox.stage"),
    Endpoint("POST", f"{_ONE}/label", Permission.ANSWER, deciding.set_labels, "inbox.label"),
    Endpoint("POST", f"{_ONE}/note", Permission.ANSWER, deciding.note, "inbox.note"),
    Endpoint("POST", f"{_ONE}/author", Permission.ANSWER, deciding.set_author, "inbox.author"),
    Endpoint("POST", f"{_ONE}/sound", Permission.ANSWER, deciding.set_sound, "inbox.sound"),
    # What is gone is gone: whoever answers for the house decides.
    Endpoint("POST", f"{_ONE}/forget", Permission.APPROVE, deciding.forget_author, "inbox.forget"),
    Endpoint("POST", f"{_ONE}/check", Permission.ANSWER, writing.check_reply, "reply.check", quiet=True),
    Endpoint("POST", f"{_ONE}/reply", Permission.ANSWER, writing.write_reply, "reply.write"),
    Endpoint("GET", "/replies", Permission.READ, waiting.show_replies),
    Endpoint("GET", "/replies/news", Permission.READ, waiting.show_news),
    Endpoint("POST", f"{_REPLY}/approve", Permission.APPROVE, granting.approve, "reply.approve"),
    Endpoint("POST", f"{_REPLY}/back", Permission.APPROVE, granting.send_back, "reply.back"),
    Endpoint("POST", f"{_REPLY}/drop", Permission.ANSWER, granting.drop, "reply.drop"),
)
