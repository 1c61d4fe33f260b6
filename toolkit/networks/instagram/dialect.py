"""How Instagram says the two steps: who we are, what it does not take, the containers' forms, the list of own posts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Final

from toolkit.messages import _
from toolkit.model import Attachment
from toolkit.networks.answers import no_entry, refused
from toolkit.networks.base import Intent, Surroundings
from toolkit.networks.graph.answers import is_gone
from toolkit.networks.graph.api import RefusedError
from toolkit.networks.graph.containers import Containers, Form
from toolkit.networks.graph.line import Me, check_owner, check_quota
from toolkit.networks.graph.pictures import Sendable, make_sendable, put_public
from toolkit.networks.graph.reading import Edge, Own, entries
from toolkit.networks.instagram.render import accepts
from toolkit.networks.jsonvalues import fields, items, moment, text
from toolkit.networks.limits import limit
from toolkit.settings import Account
from toolkit.values import dataclass
from toolkit.web import BadReply

NAME: Final = "instagram"


@dataclass(frozen=True, slots=True)
class InstagramDialect:
    """See `toolkit.networks.graph.line.Dialect`."""

    account: Account
    containers: Containers
    around: Surroundings

    def identify(self) -> Me:
        """The account the token may publish for; raises `NotBegunError` for another one."""
        try:
            me = self.who()
        except RefusedError as error:
            if is_gone(error):
                message = _("the token of {account} cannot act for {expected}: {said}")
                words = message.format(account=self.account.name, expected=self.account.id, said=error)
                raise no_entry(words, self.containers.clock.now()) from error
            raise
        check_owner(self.account.name, self.account.id, me, self.containers.clock.now())
        return me

    def who(self) -> Me:
        """The account by its number, else the one among the token's pages that has its name; raises `WebError`."""
        api = self.containers.api
        if self.account.id.isdecimal():
            found = api.read(self.account.id, fields="id,username")
            return Me(text(found, "id"), text(found, "username"))
        known = [me for me in self._pages() if me.id]
        wanted = self.account.id.lstrip("@").casefold()
        fitting = [me for me in known if me.name.casefold() == wanted]
        if not known:
            raise BadReply(_("the token belongs to no page with an Instagram account"))
        return (fitting or known)[0]

    def refuse(self, me: Me, intent: Intent) -> None:
        """No text alone, no more than ten media, no caption that is too long, no post over the day's quota."""
        part = intent.content
        if not part.attachments:
            raise refused(_("Instagram takes no text without a picture or a video"))
        if len(part.attachments) > limit(NAME, "media"):
            message = _("{count} media, the network takes {limit}")
            raise refused(message.format(count=len(part.attachments), limit=limit(NAME, "media")))
        if not accepts(part.text):
            raise refused(_("Instagram does not take this text: it is too long or has too many hashtags"))
        found = self.containers.api.read(f"{me.id}/content_publishing_limit", fields="config,quota_usage")
        check_quota(found, "quota_usage", "config", self.around.clock.now())

    def form(self, me: Me, intent: Intent, ends: float) -> Form:
        """The form of a single post or of a carousel; the containers of its items are made first."""
        part = intent.content
        shared = {"caption": part.text} | _options(part.fields)
        if len(part.attachments) == 1:
            medium = self._sendable(part.attachments[0])
            return shared | self._medium(medium, part.attachments[0].alt) | _video_options(medium, part.fields)
        children = [self._item(me, intent, attachment) for attachment in part.attachments]
        for child in children:
            self.containers.wait(child, ends)
        return shared | {"media_type": "CAROUSEL", "children": ",".join(children)}

    def edge(self, me: Me, intent: Intent) -> Edge:
        """The account's media, the newest first."""
        del intent
        return Edge(f"{me.id}/media", "id,caption,timestamp,permalink,children{id}", read_own)

    def _item(self, me: Me, intent: Intent, attachment: Attachment) -> str:
        medium = self._sendable(attachment)
        name = hashlib.sha256(f"{intent.key}\n{medium.sha256}\n{attachment.alt}".encode()).hexdigest()

        def make() -> Form:
            form = self._medium(medium, attachment.alt) | {"is_carousel_item": "true"}
            return form | {"media_type": "VIDEO"} if medium.is_video else form

        return self.containers.item(me.id, name, make)

    def _sendable(self, attachment: Attachment) -> Sendable:
        return make_sendable(attachment, NAME, self.around)

    def _medium(self, medium: Sendable, alt: str) -> dict[str, str]:
        address = put_public(medium, self.around)
        if medium.is_video:
            return {"media_type": "REELS", "video_url": address}  # reels have no alt text
        return {"image_url": address} | ({"alt_text": alt} if alt else {})

    def _pages(self) -> Iterator[Me]:
        """The Instagram accounts of the pages of a person's token, or of the page whose token it is."""
        wanted = "instagram_business_account{id,username}"
        api = self.containers.api
        try:
            found = list(entries(api, "me/accounts", wanted))
        except RefusedError as error:
            if error.refusal.code != 100:  # a page has no edge `accounts`
                raise
            found = [api.read("me", fields=wanted)]
        for page in found:
            account = fields(page).get("instagram_business_account")
            yield Me(text(account, "id"), text(account, "username"))


def read_own(entry: object) -> Own:
    """A medium of the account: a carousel counts its children, everything else is one."""
    children = items(fields(fields(entry).get("children")).get("data"))
    at = moment(text(entry, "timestamp"))
    return Own(text(entry, "id"), text(entry, "permalink"), text(entry, "caption"), at, media=len(children) or 1)


def _options(chosen: Form) -> dict[str, str]:
    form = {name: chosen[name] for name in ("location_id", "is_ai_generated") if chosen.get(name)}
    names = [name.strip().lstrip("@") for name in chosen.get("collaborators", "").split(",") if name.strip()]
    return form | ({"collaborators": json.dumps(names)} if names else {})


def _video_options(medium: Sendable, chosen: Form) -> dict[str, str]:
    known = ("share_to_feed", "thumb_offset") if medium.is_video else ()
    return {name: chosen[name] for name in known if chosen.get(name)}
