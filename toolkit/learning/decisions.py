"""Writing a decision onto the handbook page that it is about; every other byte of the page stays.

The noun and its reader are `toolkit.workspace.decisions`, so that rules may look at them too.
"""

from __future__ import annotations

from dataclasses import replace

from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.source import Edit, Fields, FrontMatter
from toolkit.source.entries import Entries, Entry, block_entry, flow_entry, line_ending
from toolkit.source.nodes import Scalar, Sequence
from toolkit.source.writing import append_key
from toolkit.workspace.decisions import KEY, Decided, Decision, read_decisions

__all__ = ["Decided", "Decision", "decision_edit", "decision_entry", "read_decisions", "signed_edit"]


def decision_entry(decision: Decision) -> Entry:
    """The entry of the page's list; what is empty is left out.

    >>> from datetime import UTC, datetime
    >>> one = Decision("part-morning", datetime(2026, 11, 2, 9, tzinfo=UTC), "tarek", Decided.ACCEPTED, "Early.")
    >>> flow_entry(decision_entry(one))
    '{id: part-morning, at: 2026-11-02T09:00:00+00:00, by: tarek, status: accepted, summary: Early.}'
    """
    entry: dict[str, str | tuple[str, ...]] = {
        "id": decision.id,
        "at": decision.at.isoformat(timespec="seconds"),
        "by": decision.by,
        "status": decision.status.value,
        "summary": decision.summary,
        "evidence": decision.evidence,
        "reason": decision.reason,
        "report": decision.report,
        "question": decision.question if decision.question != decision.id else "",
        "factor": "" if decision.factor is None else f"{decision.factor:.3g}",
        "changed": decision.changed,
    }
    return {key: value for key, value in entry.items() if value}


def signed_edit(front: FrontMatter, decision: Decision, by: str) -> Edit:
    """The edit that puts a name to a decision that stands on the page without one; the rest of it stays.

    Raises `LeitstandError` when it is not there any more.
    """
    fields = Fields(front, [])
    for index, one in enumerate(fields.items(KEY, "")):
        node = front.node(KEY)
        if one.text("id") == decision.id and isinstance(node, Sequence):
            entry = decision_entry(replace(decision, by=by))
            return Entries(front.source.text, front.start, node).replace(index, entry)
    raise LeitstandError(_("{path}: there is no decision {id} any more").format(path=decision.path, id=decision.id))


def decision_edit(front: FrontMatter, decision: Decision) -> Edit:
    """The edit that puts `decision` last into the page's list, in the style that stands there.

    Raises `LeitstandError`, with the place, where the key holds something else than a list.
    """
    text, node, entry = front.source.text, front.node(KEY), decision_entry(decision)
    if isinstance(node, Sequence):
        return Entries(text, front.start, node).append(entry)
    if node is None:
        return append_key(front, KEY, f"[{flow_entry(entry)}]", f"\n  - {block_entry(entry, 4)}")
    if isinstance(node, Scalar) and node.empty:
        colon = text.index(":", front.key_offsets(KEY)[1]) + 1
        ending = line_ending(text)
        return Edit(colon, max(front.start + node.end, colon), f"{ending}  - {block_entry(entry, 4, ending)}")
    span = front.span(KEY)
    place = f"{front.source.path}:{span.line}:{span.col}"
    raise LeitstandError(_("{place}: decisions must be a list; nothing was written").format(place=place))
