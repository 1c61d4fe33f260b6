"""The Markdown of posts: CommonMark, with what editors of social posts mean literally left alone.

Differences from plain CommonMark, all of them so that no character is lost that was meant:

* underscores and asterisks inside bare addresses, ``@names`` and ``#tags`` are never emphasis;
* nor is the star of a German form for all genders: ``Kund*innen und Leser*innen``, ``jede*r``;
* ``[Anzeige]: Kaffee`` is text, not a link definition, unless the target looks like an address;
* addresses stay as they are written (CommonMark percent-encodes them).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

# What a link may point to; anything else leaves the brackets standing as text.
_TARGET: Final = re.compile(r"(?i)https?:|mailto:|tel:|[/#.?]|[\w-]+(?:\.[\w-]+)+(?:[/?#:]|$)")
# A bare address after its scheme; what closes a sentence or an emphasis is not part of it.
_ADDRESS: Final = re.compile(r"://[^\s<>\[\]\\`]*[^\s<>\[\]\\`*_.,;:!?)'\"~]")
_SCHEME: Final = re.compile(r"(?i)(?<![a-z])https?$")
_NAME: Final = re.compile(r"[@#]\w*[^\W_]|[@#]_+(?=\w)")
_GENDER_STAR: Final = re.compile(r"(?<=[^\W\d_])\*(?=innen|(?:in|e[rnms]?|[rnms])(?![^\W\d_]))")


class Dialect(MarkdownIt):
    """CommonMark whose links stay as written and whose definitions need an address."""

    def validateLink(self, url: str) -> bool:  # noqa: N802  # markdown-it's name
        return _TARGET.match(url) is not None

    def normalizeLink(self, url: str) -> str:  # noqa: N802  # markdown-it's name
        return url.replace(" ", "%20")

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802  # markdown-it's name
        return link


@cache
def dialect() -> Dialect:
    """The one parser; markdown-it keeps no state between texts."""
    parser = Dialect("commonmark")
    parser.inline.ruler.before("escape", "address", _address)
    parser.inline.ruler.before("escape", "name", _name)
    parser.inline.ruler.before("escape", "gender_star", _gender_star)
    return parser


def _address(state: StateInline, silent: bool) -> bool:  # markdown-it's signature
    """Take the rest of a bare address as text, so that ``/_foo_/`` in it stays."""
    if state.src[state.pos] != ":" or not _SCHEME.search(state.src[max(0, state.pos - 6) : state.pos]):
        return False
    return _take(state, _ADDRESS, silent=silent)


def _name(state: StateInline, silent: bool) -> bool:  # markdown-it's signature
    """Take ``@_name`` and ``#_tag`` as text, so that their underscores open nothing."""
    if state.src[state.pos] not in "@#":
        return False
    return _take(state, _NAME, silent=silent)


def _gender_star(state: StateInline, silent: bool) -> bool:  # markdown-it's signature
    """Take the star in ``Kund*innen`` as text, so that a second one does not turn both into emphasis."""
    return state.src[state.pos] == "*" and _take(state, _GENDER_STAR, silent=silent)


def _take(state: StateInline, pattern: re.Pattern[str], *, silent: bool) -> bool:
    found = pattern.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.pending += found[0]
    state.pos = found.end()
    return True
