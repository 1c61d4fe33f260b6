"""The line of two-step networks: a container first, its id on disk, then publishing, which the container remembers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from toolkit.model import Answer, Outcome, Presence, Sighting
from toolkit.networks.answers import SOON, declined, locked_out
from toolkit.networks.base import Intent, Notes
from toolkit.simulation.containers import ContainerState
from toolkit.simulation.lines import RevokedError, SimulatedLine, accepted, field_of, put_off, sighted
from toolkit.simulation.traffic import Ask, Request
from toolkit.values import dataclass
from toolkit.web import Reply, Uncertain, WebError


@dataclass(frozen=True, slots=True)
class TwoStepLine:
    """`notes` keep the container of every key, so that whoever comes next asks for the same one."""

    line: SimulatedLine
    notes: Notes

    def send(self, intent: Intent) -> Answer:
        """Make the container, or take the one that is there, and publish it once it is finished."""
        try:
            container, obstacle = self._container(intent)
        except Uncertain as error:
            # Nothing of this try is public: a container alone is not.
            return self._later(str(error))
        except RevokedError as error:
            return locked_out(str(error), self.line.clock.now())
        if obstacle is not None:
            return obstacle
        try:
            reply = self.line.caller.ask(Request(Ask.PUBLISH, intent.key, id=container))
        except Uncertain as error:
            return Answer(Outcome.UNKNOWN, reason=str(error))
        if reply.ok:
            return accepted(field_of(reply, "id"))
        return declined(reply, self.line.clock.now(), field_of(reply, "error"))

    def _container(self, intent: Intent) -> tuple[str, Answer | None]:
        """The id of a container that can be published now, or what keeps it from that."""
        noted = self.notes.read(intent.key)
        if noted:
            reply = self._state(noted)
            state = field_of(reply, "state")
            if state == ContainerState.PUBLISHED:
                return noted, accepted(field_of(reply, "post"))
            if state in (ContainerState.FINISHED, ContainerState.IN_PROGRESS):
                return noted, self._unfinished(state)
            if reply.status != 404 and not state:
                return noted, put_off(reply, self.line.clock)
        return self._make(intent)

    def _make(self, intent: Intent) -> tuple[str, Answer | None]:
        request = Request(Ask.CONTAINER, intent.key, intent.content.text, intent.previous)
        made = self.line.caller.ask(request)
        if not made.ok:
            return "", put_off(made, self.line.clock)
        container = field_of(made, "id")
        self.notes.write(intent.key, container)
        return container, self._unfinished(field_of(self._state(container), "state"))

    def _unfinished(self, state: str) -> Answer | None:
        return None if state == ContainerState.FINISHED else self._later(f"the container is {state or 'not known'}")

    def _later(self, reason: str) -> Answer:
        return Answer(Outcome.LATER, reason=reason, retry_at=self.line.clock.now() + SOON)

    def _state(self, container: str) -> Reply:
        return self.line.caller.ask(Request(Ask.STATE, id=container))

    def find(self, intent: Intent) -> Sighting:
        """Ask the container; without one nothing can be public."""
        container = self.notes.read(intent.key)
        if not container:
            return Sighting(Presence.ABSENT)
        try:
            reply = self._state(container)
        except (WebError, RevokedError) as error:
            return Sighting(Presence.UNCLEAR, reason=str(error))
        state = field_of(reply, "state")
        if state == ContainerState.PUBLISHED:
            return sighted([field_of(reply, "post")])
        known = state in set(ContainerState) or reply.status == 404
        return Sighting(Presence.ABSENT) if known else Sighting(Presence.UNCLEAR, reason=f"HTTP {reply.status}")

    def counts(self, remote_ids: Iterable[str]) -> Mapping[str, Mapping[str, float]]:
        return self.line.counts(remote_ids)

    def edit(self, remote_id: str, intent: Intent) -> Answer:
        return self.line.edit(remote_id, intent)

    def delete(self, remote_id: str) -> Answer:
        return self.line.delete(remote_id)
