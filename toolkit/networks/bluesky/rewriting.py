"""Changing and taking back what is out: the same key with another text, or no record under it any more.

Both may be done twice. A change names the record that it was made for (`swapRecord`), so that somebody else's change
in between is not lost.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from toolkit.messages import _
from toolkit.model import Answer, Clock, Outcome, Presence, Sighting
from toolkit.networks.answers import NotBegunError, refused
from toolkit.networks.base import Action, Intent
from toolkit.networks.bluesky.client import Client
from toolkit.networks.bluesky.lookup import Stored, read_stored
from toolkit.networks.bluesky.preparing import Preparation, refuse_part
from toolkit.networks.bluesky.record import POST, Place, change_record, read_place, web_url
from toolkit.networks.bluesky.xrpc import error_name, not_begun, said, turned_down
from toolkit.networks.jsonvalues import text
from toolkit.networks.matching import squeeze
from toolkit.values import dataclass
from toolkit.web import Reply, WebError

PUT: Final = "com.atproto.repo.putRecord"
DELETE: Final = "com.atproto.repo.deleteRecord"
OUTPACED: Final = "InvalidSwap"
AT_ONCE: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Rewriting:
    """Edits and deletions of one account."""

    client: Client
    preparation: Preparation
    clock: Clock

    def edit(self, remote_id: str, intent: Intent) -> Answer:
        """Replace text, links, language and labels; pictures keep their bytes and get the new alt texts."""
        try:
            place = self._own(remote_id)
            stored = read_stored(self.client, place)
            refusal = refuse_part(intent.content) or ("" if stored else _("the post is not there any more"))
            if stored is None or refusal:
                return Answer(Outcome.REFUSED, reason=refusal)
            wanted = self._wanted(stored, intent)
        except NotBegunError as error:
            return error.answer
        except WebError as error:
            return not_begun(error, self.clock.now()).answer
        if wanted == stored.value:
            return self._accepted(place)
        body = {**place.params, "validate": True, "record": wanted, "swapRecord": stored.cid}
        return self._answer(self.client.write(PUT, body), place)

    def delete(self, remote_id: str) -> Answer:
        """Take the record back."""
        try:
            place = self._own(remote_id)
        except NotBegunError as error:
            return error.answer
        except WebError as error:
            return not_begun(error, self.clock.now()).answer
        return self._answer(self.client.write(DELETE, place.params), place)

    def find(self, intent: Intent) -> Sighting:
        """Whether the change of `intent.target` is there; raises `WebError`."""
        try:
            place = self._own(intent.target)
        except NotBegunError as error:
            return Sighting(Presence.UNCLEAR, reason=str(error))
        stored = read_stored(self.client, place)
        if intent.action is Action.RETRACT:
            done = stored is None
        else:
            done = stored is not None and squeeze(text(stored.value, "text")) == squeeze(intent.content.text)
        if not done:
            return Sighting(Presence.ABSENT)
        return Sighting(Presence.FOUND, str(place), web_url(self.client.session().handle, place))

    def _own(self, remote_id: str) -> Place:
        place = read_place(remote_id)
        if place is None or place.collection != POST or place.repo != self.client.session().did:
            reason = _("{id} is no post of this account").format(id=remote_id)
            raise refused(reason)
        return place

    def _wanted(self, stored: Stored, intent: Intent) -> dict[str, object]:
        dids = self.preparation.dids((intent.content,))
        return change_record(stored.value, intent.content, intent.rendition.language, dids)

    def _answer(self, reply: Reply | Answer, place: Place) -> Answer:
        if isinstance(reply, Answer):
            return reply
        if reply.status == 200:
            return self._accepted(place)
        if error_name(reply) == OUTPACED:
            return Answer(Outcome.LATER, reason=said(reply), retry_at=self.clock.now() + AT_ONCE)
        return turned_down(reply, self.clock.now())

    def _accepted(self, place: Place) -> Answer:
        return Answer(Outcome.ACCEPTED, str(place), web_url(self.client.session().handle, place))
