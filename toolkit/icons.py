"""The house's few icons: strokes on a 24 by 24 grid, drawn for it. Decoration beside a word, never instead of one.

Site and desk draw them as masks of one element each, in the colour of the text beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

# name → path data; several strokes are one path.
STROKES: Final[Mapping[str, str]] = {
    # states
    "draft": "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
    "review": "M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
    "ready": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3 2",
    "unapproved": "M6 11V8a6 6 0 0 1 12 0v3M5 11h14v10H5zM12 15v2",
    "sending": "M3 11l18-8-8 18-2-8z",
    "sent": "M4 12l5 6L20 6",
    "partly": "M2 13l4 5 6-9M13 18l9-12",
    "late": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v6M12 16v.5",
    "missed": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8 8l8 8M16 8l-8 8",
    "held": "M8 5v14M16 5v14",
    "byhand": "M8 2h8v20H8zM11 18h2",
    "paused": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM10 9v6M14 9v6",
    "unknown": "M8 9a4 4 0 1 1 6 3.5c-1.5 1-2 1.5-2 3M12 19v.5",
    "failed": "M12 3l10 18H2zM12 10v5M12 17.5v.5",
    "past": "M3 12a9 9 0 1 0 3-6.7M3 4v4h4M12 8v4l3 2",
    "skipped": "M5 5l8 7-8 7zM18 5v14",
    "retracted": "M9 7L4 12l5 5M4 12h11a5 5 0 0 1 0 10",
    "cancelled": "M5 5l14 14M19 5L5 19",
    # severities
    "error": "M8 2h8l6 6v8l-6 6H8l-6-6V8zM12 7v6M12 16v.5",
    "warning": "M12 3l10 18H2zM12 10v5M12 17.5v.5",
    "hint": "M12 3a6 6 0 0 0-3 11v3h6v-3a6 6 0 0 0-3-11zM10 21h4",
    # places
    "calendar": "M4 6h16v15H4zM4 10h16M8 3v5M16 3v5",
    "week": "M4 4h16v16H4zM9.3 4v16M14.7 4v16",
    "list": "M4 6h16M4 12h16M4 18h16",
    "filter": "M3 5h18l-7 8v7l-4-2v-5z",
    "subscribe": "M5 5a14 14 0 0 1 14 14M5 11a8 8 0 0 1 8 8M5 18h1",
    "gap": "M4 6v12M20 6v12M8 12h1.5M14.5 12H16",
    "clash": "M8 6a6 6 0 1 0 0 12A6 6 0 0 0 8 6zM16 6a6 6 0 1 0 0 12 6 6 0 0 0 0-12z",
    "clock": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3 2",
    "day": "M12 4l2.4 5 5.6.7-4.1 3.8 1.1 5.5-5-2.8-5 2.8 1.1-5.5L4 9.7l5.6-.7z",
    "free": "M12 5v14M5 12h14",
    "campaign": "M4 10v5h3l9 5V5l-9 5zM19 10a4 4 0 0 1 0 5",
    "report": "M4 21V3h11l5 5v13zM8 17v-4M12 17V9M16 17v-6",
    "handbook": "M4 4h7a2 2 0 0 1 2 2v15a2 2 0 0 0-2-2H4zM20 4h-5a2 2 0 0 0-2 2v15a2 2 0 0 1 2-2h5z",
    "edit": "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
    "download": "M12 3v12M7 11l5 5 5-5M4 21h16",
    "media": "M3 5h18v14H3zM3 16l5-5 5 5 3-3 5 5M16 9h.5",
    "person": "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21c0-4 4-6 8-6s8 2 8 6",
    "team": "M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2 20c0-4 3-5.5 7-5.5s7 1.5 7 5.5M16 5.5a3.3 3.3 0 0 1 0 6M18.500 14.800c2.300.7 3.500 2.300 3.500 5.200",
    "goal": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 12v.1",
    "idea": "M12 3a6 6 0 0 0-3 11v3h6v-3a6 6 0 0 0-3-11zM10 21h4",
    "inbox": "M3 13l3-9h12l3 9v7H3zM3 13h5l2 3h4l2-3h5",
    "decide": "M12 3v5M5 8h14M5 8l-3 7a3 3 0 0 0 6 0zM19 8l-3 7a3 3 0 0 0 6 0zM12 8v12M8 21h8",
    "bell": "M6 17V11a6 6 0 0 1 12 0v6l2 2H4zM10 22h4",
    "up": "M12 20V5M6 11l6-6 6 6",
    "down": "M12 4v15M6 13l6 6 6-6",
    "level": "M4 9h16M4 15h16",
    "search": "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l5 5",
    "print": "M7 8V3h10v5M6 17H3V8h18v9h-3M7 14h10v7H7z",
    "door": "M5 21V3h11v18M3 21h18M12.500 12v.1",
    "previous": "M15 5l-7 7 7 7",
    "next": "M9 5l7 7-7 7",
    # what networks put below a post
    "reply": "M4 5h16v11h-9l-5 4v-4H4z",
    "repeat": "M4 12V9a2 2 0 0 1 2-2h12l-3-3M20 12v3a2 2 0 0 1-2 2H6l3 3",
    "like": "M12 20S3 14 3 8.5A4.5 4.5 0 0 1 12 7a4.5 4.5 0 0 1 9 1.5C21 14 12 20 12 20z",
    "share": "M12 15V4M8 8l4-4 4 4M5 13v7h14v-7",
    "star": "M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9-4.3-4.1 5.9-.8z",
    "keep": "M6 3h12v18l-6-5-6 5z",
    "thumb": "M3 11h4v10H3zM7 12l4-9a2.5 2.5 0 0 1 2.5 2.5V9H20l-1.6 10.2A2 2 0 0 1 16.4 21H7",
    # what hangs below a text
    "link": "M9 15l6-6M11 6l2-2a5 5 0 0 1 7 7l-2 2M13 18l-2 2a5 5 0 0 1-7-7l2-2",
    "play": "M7 4l13 8-13 8z",
    "page": "M6 3h9l4 4v14H6zM14 3v5h5M9 13h6M9 17h6",
}


def mask_style(strokes: Mapping[str, str], prefix: str) -> str:
    """CSS that gives ``.<prefix><name>`` the drawing of its name as ``--i``."""
    return "".join(f".{prefix}{name}{{--i:{say_picture(path)}}}\n" for name, path in strokes.items())


def say_picture(path: str, colour: str = "black") -> str:
    """A drawing as a CSS image: an SVG within the style sheet."""
    stroke = f"fill='none' stroke='{colour}' stroke-width='2' stroke-linecap='round' stroke-linejoin='round'"
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' {stroke}><path d='{path}'/></svg>"
    data = quote(svg, safe="/:='(), ")
    return f'url("data:image/svg+xml,{data}")'
