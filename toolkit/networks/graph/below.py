"""A first comment below a post, or an answer to a comment, where that is one request: sent once, else read back."""

from __future__ import annotations

from toolkit.messages import _
from toolkit.model import Answer, Clock
from toolkit.networks.answers import earlier_answer, refused
from toolkit.networks.base import Intent
from toolkit.networks.graph.api import Api
from toolkit.networks.graph.reading import Edge, find_own
from toolkit.networks.graph.sending import publish_once


def send_comment(api: Api, edge: Edge, path: str, intent: Intent, clock: Clock) -> Answer:
    """Write the comment at `path`, unless an earlier try of it is there; raises `WebError` and `NotBegunError` before.

    `edge` is where it is listed once it is out.
    """
    if not intent.above:
        raise refused(_("it is not known which post to comment on"))
    part = intent.content
    if part.attachments:
        raise refused(_("the network takes no media in a comment"))
    if not part.count.valid:
        message = _("{length} characters, the network takes {limit}")
        raise refused(message.format(length=part.count.length, limit=part.count.limit))
    if intent.first_tried_at is not None:
        earlier = earlier_answer(find_own(api, edge, intent, clock.now()), clock.now())
        if earlier is not None:
            return earlier
    return publish_once(api, path, {"message": part.text}, clock.now())
