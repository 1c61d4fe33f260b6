"""Containers of two-step networks: made first, published when they are finished, expired after a day."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime
from enum import StrEnum

from toolkit.simulation.character import Character
from toolkit.simulation.faults import Fault
from toolkit.values import dataclass


class ContainerState(StrEnum):
    """As the network's reference names them."""

    IN_PROGRESS = "IN_PROGRESS"
    FINISHED = "FINISHED"
    ERROR = "ERROR"
    EXPIRED = "EXPIRED"
    PUBLISHED = "PUBLISHED"


@dataclass(slots=True)
class Container:
    """One container and its fate."""

    key: str
    text: str
    previous: str
    made: datetime
    fault: Fault | None = None
    post: str = ""  # the id of what it became


@dataclass(slots=True)
class Containers:
    """All containers of an account."""

    character: Character
    made: dict[str, Container] = field(default_factory=dict)

    def make(self, container: Container) -> str:
        """The id of a new container."""
        name = f"c{len(self.made) + 1}"
        self.made[name] = container
        return name

    def state(self, name: str, now: datetime) -> ContainerState | None:
        """How a container is; None when there is none of that name."""
        container = self.made.get(name)
        if container is None:
            return None
        return ContainerState.PUBLISHED if container.post else self._unpublished(container, now)

    def _unpublished(self, container: Container, now: datetime) -> ContainerState:
        age = now - container.made
        slow = 100 if container.fault is Fault.CONTAINER_SLOW else 1
        if age < self.character.container_time * slow:
            return ContainerState.IN_PROGRESS
        if container.fault is Fault.CONTAINER_ERROR:
            return ContainerState.ERROR
        early = container.fault is Fault.CONTAINER_EXPIRED
        return ContainerState.EXPIRED if early or age > self.character.container_life else ContainerState.FINISHED
