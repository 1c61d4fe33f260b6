"""Registering an experiment: before its first post as often as you like, afterwards only with a reason that stays."""

from __future__ import annotations

from datetime import datetime

from toolkit.errors import UsageError
from toolkit.experiments.experiment import Experiment
from toolkit.experiments.fingerprint import Standing, fingerprint, standing
from toolkit.experiments.power import Prospect
from toolkit.messages import _
from toolkit.source import Edit
from toolkit.source.entries import Entries, Entry, flow_entry, line_ending
from toolkit.source.nodes import Sequence
from toolkit.source.writing import append_key
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Signed:
    """Who does it, and when."""

    by: str
    at: datetime  # aware

    def entry(self, design: str, why: str = "", prospect: Prospect | None = None) -> Entry:
        """As it stands in the front matter."""
        moment = self.at.replace(microsecond=0).isoformat()
        known = {"needed": f"{prospect.needed}", "chance": f"{prospect.chance:.2f}"} if prospect else {}
        return {"at": moment, "by": self.by, **({"why": why} if why else {}), **known, "hash": design}


def register(
    experiment: Experiment, first: datetime | None, signed: Signed, why: str = "", prospect: Prospect | None = None
) -> Edit | None:
    """The edit of the file that registers the design as it is now; None when that is what is registered.

    `first` is when the first post of an arm goes out or went out. Raises `UsageError` when it is out and `why` says
    nothing about the change.
    """
    design = fingerprint(experiment)
    found = standing(experiment, first)
    if found not in (Standing.OPEN, Standing.CHANGED):
        return None
    begun = first is not None and first <= signed.at
    if not begun or experiment.registered is None:
        return _put(experiment, "registered", signed.entry(design, prospect=prospect))
    if not why.strip():
        raise UsageError(
            _("posts of {name} are out already; say why it is changed: --why …").format(name=experiment.name)
        )
    return _append(experiment, signed.entry(design, why.strip()))


def _put(experiment: Experiment, key: str, entry: Entry) -> Edit:
    front = experiment.places
    node, text = front.node(key), front.source.text
    if node is None:
        return append_key(front, key, flow_entry(entry))
    # libyaml counts the line break below a block to the block.
    start, end = front.start + node.start, front.start + node.end
    return Edit(
        start, len(text[:end].rstrip()) if end > start else end, f"{'' if end > start else ' '}{flow_entry(entry)}"
    )


def _append(experiment: Experiment, entry: Entry) -> Edit:
    front = experiment.places
    node, text = front.node("changes"), front.source.text
    if isinstance(node, Sequence):
        return Entries(text, front.start, node).append(entry)
    flow = flow_entry(entry)
    if node is not None:
        return Edit(front.start + node.start, front.start + node.end, f" [{flow}]")
    return append_key(front, "changes", f"[{flow}]", f"{line_ending(text)}  - {flow}")
