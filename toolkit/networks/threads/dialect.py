"""How Threads says the two steps: who we are, what it does not take, the containers' forms, the list of own posts.

API: https://developers.facebook.com/documentation/threads/reference/publishing and
https://developers.facebook.com/documentation/threads/reference/media-retrieval
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Final

from toolkit.messages import _
from toolkit.model import Attachment
from toolkit.networks.answers import refused
from toolkit.networks.base import Intent, Surroundings
from toolkit.networks.graph.containers import Containers, Form
from toolkit.networks.graph.line import Me, check_owner, check_quota
from toolkit.networks.graph.pictures import make_sendable, put_public
from toolkit.networks.graph.reading import Edge, Own
from toolkit.networks.jsonvalues import fields, items, moment, text
from toolkit.networks.limits import limit
from toolkit.networks.threads.counting import accepts
from toolkit.settings import Account
from toolkit.values import dataclass

NAME: Final = "threads"
LISTED: Final = "id,text,timestamp,permalink,media_type,children{id},is_reply,replied_to{id}"
# What the front matter calls it → what the API calls it.
OPTIONS: Final[Mapping[str, str]] = {"reply_control": "reply_control", "topic_tag": "topic_tag"}


@dataclass(frozen=True, slots=True)
class ThreadsDialect:
    """See `toolkit.networks.graph.line.Dialect`."""

    account: Account
    containers: Containers
    around: Surroundings

    def identify(self) -> Me:
        """Whom the token belongs to; raises `NotBegunError` for another account."""
        me = self.who()
        check_owner(self.account.name, self.account.id, me, self.containers.clock.now())
        return me

    def who(self) -> Me:
        """Whom the token belongs to; raises `WebError`."""
        found = self.containers.api.read("me", fields="id,username")
        return Me(text(found, "id"), text(found, "username"))

    def refuse(self, me: Me, intent: Intent) -> None:
        """Nothing empty, no text that is too long or has too many links, no post over the day's quota."""
        part = intent.content
        if not part.text and not part.attachments:
            raise refused(_("there is neither text nor a medium"))
        if len(part.attachments) > limit(NAME, "media"):
            message = _("{count} media, the network takes {limit}")
            raise refused(message.format(count=len(part.attachments), limit=limit(NAME, "media")))
        if not accepts(part.text):
            raise refused(_("Threads does not take this text: it is too long or has too many links"))
        used, config = ("reply_quota_usage", "reply_config") if intent.above else ("quota_usage", "config")
        found = self.containers.api.read(f"{me.id}/threads_publishing_limit", fields=f"{used},{config}")
        check_quota(found, used, config, self.around.clock.now())

    def form(self, me: Me, intent: Intent, ends: float) -> Form:
        """The form of a text, a single medium or a carousel; the containers of its items are made first."""
        part = intent.content
        shared = _options(intent) | ({"text": part.text} if part.text else {})
        if not part.attachments:
            link = part.fields.get("link", "")
            return shared | {"media_type": "TEXT"} | ({"link_attachment": link} if link else {})
        if len(part.attachments) == 1:
            return shared | self._medium(part.attachments[0])
        children = [self._item(me, intent, attachment) for attachment in part.attachments]
        for child in children:
            self.containers.wait(child, ends)
        return shared | {"media_type": "CAROUSEL", "children": ",".join(children)}

    def edge(self, me: Me, intent: Intent) -> Edge:
        """The account's posts, or its replies for what answers a post."""
        return Edge(f"{me.id}/{'replies' if intent.above else 'threads'}", LISTED, read_own)

    def _item(self, me: Me, intent: Intent, attachment: Attachment) -> str:
        written = json.dumps([intent.key, attachment.sha256, attachment.crop, attachment.focus, attachment.alt])
        name = hashlib.sha256(written.encode()).hexdigest()
        return self.containers.item(me.id, name, lambda: self._medium(attachment) | {"is_carousel_item": "true"})

    def _medium(self, attachment: Attachment) -> dict[str, str]:
        medium = make_sendable(attachment, NAME, self.around)
        kind, field = ("VIDEO", "video_url") if medium.is_video else ("IMAGE", "image_url")
        alt = {"alt_text": attachment.alt} if attachment.alt else {}
        return {"media_type": kind, field: put_public(medium, self.around)} | alt


def read_own(entry: object) -> Own | None:
    """A post or reply of the account; somebody else's that we shared is none."""
    kind = text(entry, "media_type")
    if kind == "REPOST_FACADE":
        return None
    children = items(fields(fields(entry).get("children")).get("data"))
    at, answers = moment(text(entry, "timestamp")), text(fields(entry).get("replied_to"), "id")
    media = len(children) or (0 if kind == "TEXT_POST" else 1)
    return Own(text(entry, "id"), text(entry, "permalink"), text(entry, "text"), at, media, answers)


def _options(intent: Intent) -> dict[str, str]:
    chosen = intent.content.fields
    form = {theirs: chosen[ours] for ours, theirs in OPTIONS.items() if chosen.get(ours)}
    countries = [code.strip().upper() for code in chosen.get("countries", "").split(",") if code.strip()]
    if countries:
        form["allowlisted_country_codes"] = json.dumps(countries)
    if chosen.get("spoiler") == "true" and intent.content.attachments:
        form["is_spoiler_media"] = "true"
    return form | ({"reply_to_id": intent.above} if intent.above else {})
