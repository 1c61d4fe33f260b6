"""What networks count in, as people read it."""

from __future__ import annotations

from toolkit.messages import _


def unit_word(unit: str) -> str:
    """A network's unit in the spoken language; what it calls it where it is a new one."""
    known = {
        "characters": _("characters"),
        "weighted characters": _("weighted characters"),
        "graphemes": _("visible characters"),
        "bytes": _("bytes"),
    }
    return known.get(unit, unit)
