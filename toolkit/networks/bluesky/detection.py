"""Links, mentions, hashtags and cashtags in plain text, as Bluesky's own library detects them.

A port, in our own words, of what @atproto/api 0.19 does when a person posts; one deviation: a domain that begins
with ``http`` (``httpbin.org``) gets its scheme like any other. Offsets are code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final

from toolkit.model import SpanKind
from toolkit.networks.bluesky.counting import byte_length
from toolkit.networks.topdomains import top_domains
from toolkit.values import dataclass

if TYPE_CHECKING:
    import regex

# JavaScript's \s; Python's differs in U+FEFF, U+0085 and the information separators.
_BLANK: Final = r"\t-\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_BEFORE: Final = rf"(?:\A|[{_BLANK}(])"
_UNSEEN: Final = r"\xad\u2060\u200a-\u200d\u20e2"
# Every address has one, or a scheme with what ends it.
_HINT: Final = re.compile(r"://|\.(?<=[a-zA-Z0-9]\.)[a-zA-Z0-9]")
# What begins a hashtag, at the start of a text or behind a blank.
_SIGN: Final = re.compile(rf"[#\uff03](?<![^{_BLANK}][#\uff03])")
# Nearly all hashtags: letters alone, up to a blank. For the others `regex` is needed, which knows punctuation.
_LETTERS: Final = re.compile(rf"[^\W\d_]++(?=[{_BLANK}]|\Z)")
MAX_TAG: Final = 64  # UTF-16 units


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch ``text[start:end]`` and what it points to: an address, a handle or a tag."""

    start: int
    end: int
    kind: SpanKind
    target: str


@dataclass(frozen=True, slots=True)
class _Patterns:
    mention: regex.Pattern[str]
    link: re.Pattern[str]
    tag: regex.Pattern[str]
    trailing: regex.Pattern[str]
    cashtag: regex.Pattern[str]


def detect(text: str) -> list[Found]:
    """What a reader could click in `text`, in its order."""
    found: list[Found] = []
    if "@" in text:
        found += _mentions(text)
    found += _links(text)
    if "#" in text or "\uff03" in text:
        found += _hashtags(text)
    if "$" in text:
        found += _cashtags(text)
    return sorted(found, key=lambda one: one.start)


def detect_facets(text: str) -> dict[str, object]:
    """``{"facets": [{"start", "end", "kind", "target"}]}`` of a plain text as it is, offsets in UTF-8 bytes."""
    facets, at, start = [], 0, 0  # code points and bytes up to where the last one began
    for one in detect(text):
        start += byte_length(text[at : one.start])
        at = one.start
        end = start + byte_length(text[one.start : one.end])
        facets.append({"start": start, "end": end, "kind": one.kind.value, "target": one.target})
    return {"facets": facets}


def _mentions(text: str) -> Iterator[Found]:
    for match in _patterns().mention.finditer(text):
        handle = match["handle"]
        if is_domain(handle) or handle.endswith(".test"):
            yield Found(match.start("handle") - 1, match.end("handle"), SpanKind.MENTION, handle)


def _links(text: str) -> Iterator[Found]:
    for match in _likely(text):
        address, end = match["address"], match.end("address")
        if match["domain"]:
            if not is_domain(match["domain"]):
                continue
            address = f"https://{address}"
        elif not address.startswith("http"):  # HTTPS:// is not taken
            continue
        if address[-1] in ".,;:!?":
            address, end = address[:-1], end - 1
        if address[-1] == ")" and "(" not in address:
            address, end = address[:-1], end - 1
        yield Found(match.start("address"), end, SpanKind.LINK, address)


def _likely(text: str) -> Iterator[re.Match[str]]:
    """What the pattern of a link finds in the text, looked for only between those blanks where there is a hint of one."""
    at = 0
    while (hint := _HINT.search(text, at)) is not None:
        start = max(at, text.rfind(" ", at, hint.start()), text.rfind("\n", at, hint.start()))
        at = min((end for blank in " \n" if (end := text.find(blank, hint.end())) >= 0), default=len(text))
        yield from _patterns().link.finditer(text, start, at)


def _hashtags(text: str) -> Iterator[Found]:
    at = 0
    while (sign := _SIGN.search(text, at)) is not None:
        start, at = sign.span()
        plain = _LETTERS.match(text, at)
        match = plain or _patterns().tag.match(text, at)
        if match is None:
            continue
        at = match.end()
        tag = match[0] if plain else _patterns().trailing.sub("", match[0])
        if tag and len(tag.encode("utf-16-le", "surrogatepass")) <= MAX_TAG * 2:
            yield Found(start, start + 1 + len(tag), SpanKind.HASHTAG, tag)


def _cashtags(text: str) -> Iterator[Found]:
    for match in _patterns().cashtag.finditer(text):
        yield Found(match.start("all"), match.end("all"), SpanKind.HASHTAG, match["all"].upper())


def is_domain(name: str) -> bool:
    """Whether `name` ends in a top-level domain, in lower case as the library wants it."""
    _rest, dot, last = name.rpartition(".")
    return bool(dot) and last in top_domains()


@cache
def _patterns() -> _Patterns:
    import regex

    seen = rf"[^{_BLANK}{_UNSEEN}]"
    return _Patterns(
        mention=regex.compile(rf"{_BEFORE}@(?P<handle>[a-zA-Z0-9.\-]+)(?a:\b)"),
        # Tried at every word of every text; here `re` takes half as long, and nothing is gained by looking back.
        link=re.compile(
            rf"{_BEFORE}(?P<address>[hH][tT][tT][pP][sS]?://[^{_BLANK}]+"
            rf"|(?P<domain>[a-zA-Z][a-zA-Z0-9]*+(?:\.[a-zA-Z0-9]++)++)[^{_BLANK}]*)"
        ),
        tag=regex.compile(rf"(?!\ufe0f){seen}*[^0-9{_BLANK}\p{{P}}{_UNSEEN}]+{seen}*"),
        trailing=regex.compile(r"\p{P}+\Z"),
        cashtag=regex.compile(rf"{_BEFORE}(?P<all>\$[A-Za-z][A-Za-z0-9]{{0,4}})(?=[{_BLANK}]|\Z|[.,;:!?)\"'\u2019])"),
    )
