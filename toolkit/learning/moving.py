"""Moving a channel's posting slots on the handbook's pages, and back; slots of other channels stay where they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from toolkit.learning.changes import Change
from toolkit.learning.moves import Move, write_time
from toolkit.settings import Account
from toolkit.source import Edit, apply_edits
from toolkit.source.entries import line_ending, scalar
from toolkit.source.nodes import Node, Scalar
from toolkit.source.nodes import Sequence as Items
from toolkit.workspace import PostingSlots, Workspace
from toolkit.workspace.postingtimes import PostingTime, read_posting_time

_TIMES: Final = "times"
_CHANNELS: Final = "channels"


def move_slots(workspace: Workspace, moves: Sequence[Move]) -> tuple[list[Change], list[Move]]:
    """The pages with a channel's slots moved, and the moves that no slot is left for.

    A block that other channels share is left to them, and the channel gets one of its own below it. All moves are of one
    channel; an entry that comes up on more days than a move is of is split.
    """
    account = workspace.settings.accounts.get(moves[0].channel) if moves else None
    if account is None:
        return [], list(moves)
    blocks, named = _blocks(workspace, account)
    edits = {block: list(_time_edits(block, moves)) for block in blocks}
    done = {move for some in edits.values() for _edit, move in some}
    changes: dict[str, Change] = {}
    shared = [block for block in blocks if _others(workspace, block, account)]
    # What names an account goes before what names its network: one block of its own hides all of the network's.
    copied = shared if named else blocks if any(edits[block] for block in shared) else []
    for block in blocks:
        own = [edit for edit, _move in edits[block]]
        if block in copied and (own or not named):
            own = _copied(block, account, own, leave=named)
        if own:
            text = block.places.source.text
            known = changes.setdefault(block.path, Change(block.path, text, ()))
            changes[block.path] = replace(known, edits=(*known.edits, *own))
    return list(changes.values()), [move for move in moves if move not in done]


def _blocks(workspace: Workspace, account: Account) -> tuple[list[PostingSlots], bool]:
    """The blocks that hold for the account, and whether they name it rather than its network."""
    blocks = workspace.handbook.slots
    own = [block for block in blocks if account.name in block.channels]
    return own or [block for block in blocks if account.network in block.channels], bool(own)


def _others(workspace: Workspace, block: PostingSlots, account: Account) -> bool:
    """Whether another account's slots come from the block."""
    accounts = workspace.settings.accounts.values()
    return any(one != account and block in _blocks(workspace, one)[0] for one in accounts)


def _time_edits(block: PostingSlots, moves: Iterable[Move]) -> Iterator[tuple[Edit, Move]]:
    """Each entry of the block that one of the moves is about, with that move."""
    node = block.places.node(_TIMES)
    items = node.items if isinstance(node, Items) else [node]
    for item in items:
        one = read_posting_time(item.text) if isinstance(item, Scalar) else None
        move = next((move for move in moves if one is not None and _is_about(move, one)), None)
        if one is not None and move is not None and isinstance(item, Scalar):
            yield _entry_edit(block, item, one, move), move


def _is_about(move: Move, one: PostingTime) -> bool:
    return (move.slot.clock, move.slot.nth) == (one.clock, one.nth) and move.slot.days <= one.days


def _entry_edit(block: PostingSlots, item: Scalar, one: PostingTime, move: Move) -> Edit:
    """The clock alone where the whole entry moves; else the entry in two."""
    text, start = block.places.source.text, block.places.start + item.start
    end = block.places.start + item.end
    if move.slot.days == one.days:
        at = text.index(f"{one.clock:%H:%M}", start, end)
        return Edit(at, at + len("00:00"), f"{move.to:%H:%M}")
    parts = (replace(one, days=one.days - move.slot.days), replace(one, days=move.slot.days, clock=move.to))
    node = block.places.node(_TIMES)
    flow = not isinstance(node, Items) or text[block.places.start + node.start] == "["
    written = [scalar(write_time(part), flow=flow) for part in parts]
    if flow:
        said = ", ".join(written)
        return Edit(start, end, said if isinstance(node, Items) else f"[{said}]")
    lead = text[text.rfind("\n", 0, start) + 1 : start]
    return Edit(start, end, f"{line_ending(text)}{lead}".join(written))


def _copied(block: PostingSlots, account: Account, edits: Iterable[Edit], *, leave: bool) -> list[Edit]:
    """The account out of the block, if it `leave`s it, and below it a block of its own with the edits in it."""
    places = block.places
    text, start, end = places.source.text, places.start, places.end
    channels = places.node(_CHANNELS)
    found = []
    own = [Edit(edit.start - start, edit.end - start, edit.text) for edit in edits]
    if channels is not None:
        own.append(Edit(channels.start, channels.end, _channels(text, start, channels, [account.name])))
        if leave:
            rest = [name for name in block.channels if name != account.name]
            place = start + channels.start, start + channels.end
            found.append(Edit(*place, _channels(text, start, channels, rest)))
    head = text[text.rfind("\n", 0, start - 1) + 1 : start]
    stop = text.find("\n", end)
    tail = text[end:] if stop < 0 else text[end:stop]
    ending, at = line_ending(text), len(text) if stop < 0 else stop
    tail = tail.rstrip("\r")
    at = end + len(tail)
    found.append(Edit(at, at, f"{ending}{ending}{head}{apply_edits(text[start:end], own)}{tail}"))
    return found


def _channels(text: str, start: int, node: Node, names: Sequence[str]) -> str:
    """The names in the style of the list that stands there."""
    at = start + node.start
    if not isinstance(node, Items) or text[at] == "[":
        return f"[{', '.join(scalar(name, flow=True) for name in names)}]"
    lead = text[text.rfind("\n", 0, at) + 1 : at]
    return f"{line_ending(text)}{lead}".join(f"- {scalar(name)}" for name in names)
