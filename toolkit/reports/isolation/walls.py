"""Putting up all walls in the right order, and remembering which stand."""

from __future__ import annotations

from toolkit.messages import _
from toolkit.reports.isolation.landlock import restrict
from toolkit.reports.isolation.limits import Limits, restrain
from toolkit.reports.isolation.network import leave_network
from toolkit.reports.isolation.places import Places
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Isolation:
    """What was active while a notebook ran; "" where the system has none of it."""

    network: str = ""
    files: str = ""
    limits: tuple[str, ...] = ()

    def sentence(self) -> str:
        """For the method section."""
        on = [_("without the environment's secrets")]
        on += [_("without network")] if self.network else []
        on += [_("with read-only access to this workspace's files and observations alone")] if self.files else []
        on += [_("with limits of memory and processor time")] if {"memory", "cpu"} <= set(self.limits) else []
        text = _("The notebook ran in a process of its own, {walls}.").format(walls=", ".join(on))
        if self.network and self.files:
            return text
        return text + " " + _("This system offers no stronger isolation.")


_STANDING: list[Isolation] = []


def isolate(places: Places, limits: Limits) -> Isolation:
    """Put up the walls around this process; there is no way back. It must have one thread only."""
    held = restrain(limits)
    network = "network namespace" if leave_network() else ""
    try:
        version = restrict(places.readable, places.writable)
    except OSError:
        version = 0
    if version >= 4 and not network:
        network = "Landlock: no TCP"
    standing = Isolation(network, f"Landlock {version}" if version else "", held)
    _STANDING[:] = [standing]
    return standing


def active() -> Isolation | None:
    """What stands around this process; None where nothing was put up, as in an analyst's own Jupyter."""
    return _STANDING[0] if _STANDING else None
