"""The text that each channel got: the post's own, then its mentions, then its hashtags; split where it must be.

galaxy-social sends the text as written and cuts it every so many characters where a network limits it. Leitstand reads
Markdown, counts as the network counts and cuts between paragraphs, sentences or words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from toolkit.migration.galaxy.export import Entry
from toolkit.networks.base import Capability, Network
from toolkit.networks.markup import read_markup
from toolkit.networks.plain import plain_text
from toolkit.values import dataclass

# Where a text may be cut, the best place first.
_CUTS: Final = tuple(map(re.compile, (r"\n[ \t]*\n\s*", r"\n", r"(?<=[.!?…])\s+", r"\s+")))
# A part that ends at a good place may be so much shorter than one that ends anywhere.
_WORTH: Final = 0.4
_UNDERLINED: Final = re.compile(r"(?m)^(?=[ \t]*\S)(?P<title>[^\n]++)\n(?:-{3,}|={3,})[ \t]*$")
_BREAK: Final = re.compile(r"(?m)^ {0,3}-(?:[ \t]*-){2,}[ \t]*$")
_VARIANT: Final = re.compile(r"(?m)^(?=## @)")
_INDENT: Final = re.compile(r"(?m)^(?: {4,}|\t+ *)(?=\S)")


@dataclass(frozen=True, slots=True)
class Telling:
    """The parts that a channel gets, one where nothing is split; `whole` when each of them fits there."""

    parts: tuple[str, ...]
    whole: bool = True


def as_markdown(text: str) -> str:
    """`text` so that nothing in it means what only Leitstand means by it: parts, channels, code by indentation."""
    text = _UNDERLINED.sub(lambda found: f"**{found['title'].strip().strip('*')}**\n", text)
    return _INDENT.sub("", _VARIANT.sub(r"\\", _BREAK.sub("***", text))).strip()


def reads_differently(text: str) -> bool:
    """Whether readers see something else than the characters that stand in `text`, as galaxy-social sent them."""
    return _letters(plain_text(read_markup(as_markdown(text)))) != _letters(text)


def _letters(text: str) -> str:
    return "".join(text.split())


def tell(entry: Entry, channel: str, network: Network) -> Telling:
    """What `channel` gets of `entry`."""
    mentions = " ".join(f"@{name.lstrip('@')}" for name in entry.mentions.get(channel, ()))
    hashtags = " ".join(f"#{tag.lstrip('#')}" for tag in entry.hashtags.get(channel, ()))
    tail = "\n".join(filter(None, (mentions, hashtags)))
    text = "\n\n".join(filter(None, (as_markdown(entry.text), tail)))

    def fits(markdown: str) -> bool:
        return network.takes(plain_text(read_markup(markdown)))

    if Capability.THREAD not in network.capabilities:
        return Telling((text,), fits(text))
    parts = tuple(split_text(text, fits))
    return Telling(parts, all(map(fits, parts)))


def split_text(text: str, fits: Callable[[str], bool]) -> Iterator[str]:
    """`text` in parts that fit, cut at the best places; a word that is too long stays as it is."""
    rest = text.strip()
    while rest and not fits(rest):
        cut = _cut(rest, fits)
        if not cut:
            break
        yield rest[:cut].strip()
        rest = rest[cut:].strip()
    if rest:
        yield rest


def _cut(text: str, fits: Callable[[str], bool]) -> int:
    """Where the first part ends; 0 when there is no such place."""
    best = [_last_fitting(text, [found.start() for found in pattern.finditer(text)], fits) for pattern in _CUTS]
    longest = max(best)
    return next((cut for cut in best if cut and cut >= _WORTH * longest), 0)


def _last_fitting(text: str, cuts: list[int], fits: Callable[[str], bool]) -> int:
    """The last of `cuts` before which everything fits; halved, since more text is never shorter."""
    low, high = 0, len(cuts)
    while low < high:
        middle = (low + high) // 2
        if text[: cuts[middle]].strip() and not fits(text[: cuts[middle]].strip()):
            high = middle
        else:
            low = middle + 1
    return cuts[low - 1] if low else 0
