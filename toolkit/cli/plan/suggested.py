"""Suggestions as people and programs read them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from toolkit.cli.context import Context
from toolkit.cli.plan.words import say_day
from toolkit.messages import _, ngettext
from toolkit.planning import PostingSlot
from toolkit.planning.candidates import Source
from toolkit.planning.suggesting import Span, Suggested, Suggestion

SHOWN = 12  # free slots that stay free


def suggested_json(found: Suggested, span: Span, paths: Sequence[str], *, written: bool) -> dict[str, object]:
    """One object with stable keys; moments are ISO 8601, `due` in UTC, `local` with the account's offset."""
    return {
        "from": span.first.isoformat(),
        "to": span.last.isoformat(),
        "channels": sorted(span.channels),
        "suggestions": [_suggestion(one) for one in found.suggestions],
        "unused": [{**_slot(one.slot), "why": one.why, "wanted": one.wanted} for one in found.unused],
        "free": len(found.free),
        "written": written,
        "files": list(paths),
    }


def _suggestion(one: Suggestion) -> dict[str, object]:
    chosen = one.candidate
    return {
        "source": chosen.source.value,
        "key": chosen.key,
        "path": chosen.path,
        "title": chosen.title,
        "pillar": chosen.pillar or None,
        "campaign": chosen.campaign or None,
        "audience": chosen.audience or None,
        "slots": [_slot(place) for place in one.places],
        "without": list(one.without),
        "reasons": [{"ground": reason.ground.value, "said": reason.said} for reason in one.reasons],
    }


def _slot(slot: PostingSlot) -> dict[str, object]:
    return {
        "account": slot.account.name,
        "due": slot.at.isoformat(),
        "local": slot.wall.local().isoformat(),
        "zone": slot.wall.zone,
        "note": slot.block.note or None if slot.block is not None else None,
    }


def suggested_lines(found: Suggested, context: Context, paths: Sequence[str], *, written: bool) -> Iterator[str]:
    """What is suggested, with its reasons, then what stays free of the slots that the calendar shows."""
    if not found.suggestions:
        yield _("nothing to suggest: no draft and no idea fits a free slot")
    for index, one in enumerate(found.suggestions):
        yield from _say(one, paths[index] if written else one.candidate.path)
    yield from _stay_free(found)
    yield from _end(found, context, written=written)


def _stay_free(found: Suggested) -> Iterator[str]:
    """How many slots are free, and why those stay free at which a post is missing; of the others only how many."""
    missing = [one for one in found.unused if one.wanted]
    enough = Counter(one.why for one in found.unused if not one.wanted)
    if found.free:
        yield ""
        slots = ngettext("{count} free slot", "{count} free slots", len(found.free))
        said = ngettext("{count} of them stays free", "{count} of them stay free", len(found.unused))
        yield _("{slots} in these days; {said}").format(slots=slots, said=said) + (":" if found.unused else "")
    yield from (f"  {_when(one.slot)}  {one.slot.account.name}: {one.why}" for one in missing[:SHOWN])
    if len(missing) > SHOWN:
        yield "  " + _("and {count} more; --json lists all").format(count=len(missing) - SHOWN)
    for why, count in sorted(enough.items()):
        yield "  " + _("{slots}: {why}").format(slots=ngettext("{count} slot", "{count} slots", count), why=why)


def _say(one: Suggestion, path: str) -> Iterator[str]:
    kind = _("draft") if one.candidate.source is Source.POST else _("idea")
    yield f"{_when(one.places[0])}  {one.candidate.title} ({kind}, {path})"
    yield "  " + ", ".join(_place(place, one.places[0]) for place in one.places)
    yield from (f"  · {reason.said}" for reason in one.reasons)
    if one.without:
        yield "  ! " + _("no free slot near for {channels}").format(channels=", ".join(one.without))


def _place(place: PostingSlot, first: PostingSlot) -> str:
    return place.account.name if place.at == first.at else f"{place.account.name} {_when(place)}"


def _when(slot: PostingSlot) -> str:
    return _("{day}, {time}").format(day=say_day(slot.day), time=f"{slot.wall.wall:%H:%M}")


def _end(found: Suggested, context: Context, *, written: bool) -> Iterator[str]:
    if not found.suggestions:
        return
    yield ""
    if written:
        yield _("written; what is a draft stays one until somebody sets status: ready")
    else:
        message = _("{name}: nothing was written; --write puts the slots into the drafts and makes drafts of the ideas")
        yield message.format(name=context.settings.name)
