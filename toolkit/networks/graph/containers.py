"""Publishing in two steps: a container is made and waited for, its id is noted, and only then it is published.

The note is the proof. It is on disk before the publishing request leaves, so afterwards the container itself can be
asked: ``PUBLISHED`` means that it is out, ``FINISHED`` that it waits to be published. A container that nobody has
asked to be published yet is proof that nothing is out. Containers live for 24 hours and are used again after a retry.

API: https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-container and
https://developers.facebook.com/docs/threads/reference/publishing
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Final

from toolkit.messages import _
from toolkit.model import Answer, Clock, Outcome
from toolkit.networks.answers import BUSY, NotBegunError, refused
from toolkit.networks.base import Intent, Notes
from toolkit.networks.graph.answers import is_gone
from toolkit.networks.graph.api import Api, RefusedError
from toolkit.networks.graph.sending import publish_once
from toolkit.networks.jsonvalues import fields, text
from toolkit.values import dataclass

Form = Mapping[str, str]
# Seconds between two looks at a container that is in work. Meta advises to look once a minute for five minutes;
# pictures are ready at once, and a video that takes longer than these is gone on with at the next try.
WAITS: Final = (1, 2, 3, 5, 5, 10, 10, 15, 15, 30, 30)


class Stage(StrEnum):
    """How far a container is, in the network's own words; GONE where there is none any more."""

    IN_PROGRESS = "IN_PROGRESS"
    FINISHED = "FINISHED"
    PUBLISHED = "PUBLISHED"
    ERROR = "ERROR"
    EXPIRED = "EXPIRED"
    GONE = "GONE"


@dataclass(frozen=True, slots=True)
class Steps:
    """The names a network gives to the two steps."""

    create: str  # edge below the account
    publish: str
    state: str  # field of the container
    words: str  # field with what went wrong


@dataclass(frozen=True, slots=True)
class Container:
    """What is noted about an intent's container. `asked` once it was asked to be published, `of` what it holds."""

    id: str
    of: str
    asked: bool = False

    def to_json(self) -> str:
        return json.dumps({"id": self.id, "of": self.of, "asked": self.asked}, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Containers:
    """The containers of one account (`user`, its id). `sleep` waits between two looks."""

    api: Api
    steps: Steps
    notes: Notes
    clock: Clock
    sleep: Callable[[float], None]

    def noted(self, intent: Intent) -> Container | None:
        """What is known about the container of `intent`; None when there is none."""
        return _read_note(self.notes.read(_name(intent)))

    def stage(self, container_id: str) -> tuple[Stage, str]:
        """How far a container is, and the network's words where something went wrong; raises `WebError`."""
        try:
            found = self.api.read(container_id, fields=f"{self.steps.state},{self.steps.words}")
        except RefusedError as error:
            if is_gone(error):
                return Stage.GONE, str(error)
            raise
        said = text(found, self.steps.state)
        return (Stage(said) if said in set(Stage) else Stage.IN_PROGRESS), text(found, self.steps.words)

    def prepare(self, user: str, intent: Intent, make: Callable[[], Form], ends: float) -> Container:
        """The container of `intent`, noted and ready to be published; `make` builds its form when one is needed.

        Raises `NotBegunError` and the errors of `toolkit.web`: nothing was asked to be published.
        """
        of = content_hash(intent)
        kept = self.noted(intent)
        if kept is None or kept.of != of or self.stage(kept.id)[0] in (Stage.ERROR, Stage.EXPIRED, Stage.GONE):
            kept = Container(self.create(user, make()), of)
            self.notes.write(_name(intent), kept.to_json())
        self.wait(kept.id, ends)
        return kept

    def item(self, user: str, name: str, make: Callable[[], Form]) -> str:
        """The container of one medium of a carousel; the same one after a retry, as long as it lives."""
        kept = self.notes.read(f"item:{name}")
        if kept and self.stage(kept)[0] in (Stage.FINISHED, Stage.IN_PROGRESS):
            return kept
        made = self.create(user, make())
        self.notes.write(f"item:{name}", made)
        return made

    def create(self, user: str, form: Form) -> str:
        """The id of a new container; raises `NotBegunError` and the errors of `toolkit.web`."""
        reply = self.api.sound(self.api.post(f"{user}/{self.steps.create}", form))
        made = text(reply.json(), "id")
        if not made:
            raise refused(_("the network gave the container no id"))
        return made

    def wait(self, container_id: str, ends: float) -> None:
        """Until the container can be published; raises `NotBegunError` when it cannot, or not before `ends`."""
        for nap in (*WAITS, None):
            stage, words = self.stage(container_id)
            if stage is Stage.FINISHED:
                return
            if stage is Stage.PUBLISHED:
                reason = _("the network says that it is published already")
                raise NotBegunError(Answer(Outcome.UNKNOWN, reason=reason))
            if stage is not Stage.IN_PROGRESS:
                message = _("the network could not take the media: {stage} {words}")
                raise refused(message.format(stage=stage, words=words).strip())
            if nap is None or self.clock.elapsed() + nap > ends:
                break
            self.sleep(nap)
        slow = _("the network is still working on the media; nothing was published")
        raise NotBegunError(Answer(Outcome.LATER, reason=slow, retry_at=self.clock.now() + BUSY))

    def publish(self, user: str, intent: Intent, container: Container) -> Answer:
        """Ask for the publication, once; the note says so before the request leaves."""
        self.notes.write(_name(intent), replace(container, asked=True).to_json())
        return publish_once(self.api, f"{user}/{self.steps.publish}", {"creation_id": container.id}, self.clock.now())


def content_hash(intent: Intent) -> str:
    """What a container was made of: the part as rendered, and what it answers."""
    written = f"{intent.action}\n{intent.above}\n{intent.rendition.request_hash(intent.part)}"
    return hashlib.sha256(written.encode()).hexdigest()


def _name(intent: Intent) -> str:
    """Under which name the container is noted; a first comment has its own."""
    return f"container:{intent.action}:{intent.key}"


def _read_note(written: str) -> Container | None:
    try:
        raw = fields(json.loads(written))
    except (ValueError, RecursionError):
        return None
    found = Container(text(raw, "id"), text(raw, "of"), raw.get("asked") is True)
    return found if found.id else None
