"""The desk's own icons beside the house's (`toolkit.icons`): strokes on the same grid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from toolkit.icons import STROKES, mask_style, say_picture

# name → path data.
OWN: Final[Mapping[str, str]] = {
    # places
    "today": "M5 21V4h14v17zM9 2v4M15 2v4M9 11h6M9 15h4",
    "inbox": "M3 13l3-9h12l3 9v7H3zM3 13h5l2 3h4l2-3h5",
    "replies": "M9 7L4 12l5 5M4 12h9a7 7 0 0 1 7 7",
    "approvals": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8 12l3 3 5-6",
    "posts": "M4 4h16v16H4zM8 9h8M8 13h8M8 17h4",
    "crisis": "M5 18v-5a7 7 0 0 1 14 0v5M3 21h18v-3H3zM12 2v1M4 5l1 1M20 5l-1 1",
    "audit": "M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6",
    # what people do
    "search": "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l5 5",
    "filter": "M3 5h18M7 12h10M10 19h4",
    "close": "M6 6l12 12M18 6L6 18",
    "more": "M5 11.5a.5.5 0 1 0 0 1 .5.5 0 0 0 0-1zM12 11.5a.5.5 0 1 0 0 1 .5.5 0 0 0 0-1zM19 11.5a.5.5 0 1 0 0 1 .5.5 0 0 0 0-1z",
    "down": "M6 9l6 6 6-6",
    "plus": "M12 5v14M5 12h14",
    "copy": "M9 9h11v11H9zM5 15H4V4h11v1",
    "download": "M12 4v11M8 11l4 4 4-4M5 20h14",
    "link": "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
    "send": "M3 11l18-8-8 18-2-8z",
    "snooze": "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM10 9h4l-4 6h4",
    "label": "M4 4h8l8 8-8 8-8-8zM8 8h.01",
    "note": "M5 4h14v11l-5 5H5zM14 20v-5h5",
    "delete": "M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14",
    "refresh": "M20 12a8 8 0 1 1-2-5.3M20 4v4h-4",
    "signout": "M14 4H5v16h9M10 12h11M17 8l4 4-4 4",
    # people and things
    "person": "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21c0-4 4-6 8-6s8 2 8 6",
    "people": "M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2 20c0-3.5 3.5-5 7-5s7 1.5 7 5M16 5.5a3.5 3.5 0 0 1 0 6M18 15.5c2.4.6 4 2 4 4.5",
    "phone": "M5 4h4l2 5-2.5 2a12 12 0 0 0 5 5l2-2.5 5 2v4c-9 1-16.5-6.5-15.5-15.5z",
    "bell": "M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4",
    "star": "M12 3l3 6 6 1-4.5 4.5 1 6.5-5.5-3-5.5 3 1-6.5L3 10l6-1z",
    "globe": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c3 3 4 6 4 9s-1 6-4 9c-3-3-4-6-4-9s1-6 4-9z",
    "lock": "M6 11V8a6 6 0 0 1 12 0v3M5 11h14v10H5z",
    "info": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v6M12 7.5v.01",
    "keyboard": "M2 6h20v12H2zM6 10h.01M10 10h.01M14 10h.01M18 10h.01M7 14h10",
    "light": "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1 1M18 18l1 1M19 5l-1 1M6 18l-1 1",
    "dark": "M20 14A8 8 0 0 1 10 4a8 8 0 1 0 10 10z",
}
DRAWN: Final[Mapping[str, str]] = {**STROKES, **OWN}
# Pictures inside fields have one colour in light and dark.
_MIDDLE: Final = "#7d8791"
_IN_FIELDS: Final[Mapping[str, str]] = {"down": OWN["down"], "search": OWN["search"], "tick": STROKES["sent"]}


def icon_style() -> str:
    """The style sheet's part that draws the icons: ``.i-<name>``, and those that stand within fields."""
    fields = "".join(f"--i-{name}:{say_picture(path, _MIDDLE)};" for name, path in _IN_FIELDS.items())
    return f":root{{{fields}}}\n{mask_style(DRAWN, 'i-')}"
