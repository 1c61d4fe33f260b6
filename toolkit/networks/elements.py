"""Raw HTML in Markdown: its tags are never passed on, the text between them is."""

from __future__ import annotations

import re
from typing import Final

# The elements of HTML, so that <Name> in "Hallo <Name>" stays what the author wrote.
_NAMES: Final = """
    a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body
    br button canvas caption center cite code col colgroup command content data datalist dd del details dfn dialog dir
    div dl dt em embed fencedframe fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head
    header hgroup hr html i iframe image img input ins isindex kbd keygen label legend li link listing main map mark
    marquee math menu menuitem meta meter multicol nav nextid nobr noembed noframes noscript object ol optgroup option
    output p param picture plaintext portal pre progress q rb rp rt rtc ruby s samp script search section select slot
    small source spacer span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead
    time title tr track tt u ul var video wbr xmp
"""
ELEMENTS: Final = frozenset(_NAMES.split())
_UNSEEN: Final = re.compile(r"(?is)<!--.*?(?:-->|\Z)|<(script|style|template|noscript)\b.*?(?:</\1\s*>|\Z)")
_TAG: Final = re.compile(r"""(?s)</?([A-Za-z][\w:-]*)(?:[^<>"']|"[^"]*"|'[^']*')*/?>|<[?!][^>]*>""")


def strip_tags(html: str) -> str:
    """`html` without comments, scripts, styles and tags; ``<br>`` is a line break."""
    return _TAG.sub(_replace, _UNSEEN.sub("", html))


def _replace(tag: re.Match[str]) -> str:
    name = (tag[1] or "").lower()
    if name == "br":
        return "\n"
    return "" if not name or name in ELEMENTS else tag[0]
