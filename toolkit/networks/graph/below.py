"""A first comment below a post, on networks where a comment is one request: sent once, else read back."""

from __future__ import annotations

from dataclasses import replace

from toolkit.messages import _
from toolkit.model import Answer, Clock, Sighting
from toolkit.networks.answers import earlier_answer, refused
from toolkit.networks.base import Intent
from toolkit.networks.graph.api import Api
from toolkit.networks.graph.reading import Edge, find_own
from toolkit.networks.graph.sending import publish_once


def send_comment(api: Api, edge: Edge, intent: Intent, clock: Clock) -> Answer:
    """Write the comment, unless an earlier try of it is there; raises `WebError` and `NotBegunError` before that."""
    if not intent.previous:
        raise refused(_("it is not known which post to comment on"))
    if intent.content.attachments:
        raise refused(_("the network takes no media in a comment"))
    if intent.first_tried_at is not None:
        earlier = earlier_answer(find_comment(api, edge, intent, clock), clock.now())
        if earlier is not None:
            return earlier
    return publish_once(api, f"{intent.previous}/comments", {"message": intent.content.text}, clock.now())


def find_comment(api: Api, edge: Edge, intent: Intent, clock: Clock) -> Sighting:
    """Our comment with this text below the post; raises what `Api.read` raises."""
    post = intent.previous
    listed = replace(edge, path=f"{post}/comments")
    return find_own(api, listed, intent, clock.now())
