"""Blocks as Markdown again, for networks and files that take it: cleaned, with what means nothing escaped.

Comments and tags are gone, addresses stay as they are, and a character that the author meant literally stays literal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Final

from toolkit.networks.hypertext import address
from toolkit.networks.markup import Block, Kind, Run
from toolkit.networks.plain import is_web, same_address, write_links
from toolkit.values import dataclass

# A bare address: nothing in it may be escaped.
_ADDRESS: Final = re.compile(r"(?i)\b(?:https?|mailto|tel):[^\s<>]+")
_TICKS: Final = re.compile(r"`+")
# What opens a heading, a list, a quote, a separator or an underline at the start of a line.
_OPENING: Final = re.compile(r"(?m)^(\s*)(#{1,6}(?=\s|$)|>|[+-](?=\s|$)|-(?=#\s)|[=-]+(?=\s*$)|\d+(?=[.)](?:\s|$)))")
_ENTITY: Final = re.compile(r"&(?=#?\w+;)")


@dataclass(frozen=True, slots=True)
class Flavour:
    """What a reader of Markdown takes: characters that mean something, and how deep headings go."""

    special: str = r"\\`*_\[\]<>~|"
    headings: int = 6
    strong: str = "**"
    emphasis: str = "*"


def markdown_text(blocks: Iterable[Block], flavour: Flavour | None = None) -> str:
    """The Markdown of `blocks`, with an empty line between two of them."""
    chosen = flavour or Flavour()
    return "\n\n".join(text for text in (_block(block, chosen) for block in blocks) if text)


def _block(block: Block, flavour: Flavour) -> str:
    match block.kind:
        case Kind.HEADING:
            title = _runs(block.runs, flavour).replace("\n", " ")
            return f"{'#' * block.level} {title}" if block.level <= flavour.headings else f"**{title}**"
        case Kind.CODE:
            return _fence("".join(run.text for run in block.runs))
        case Kind.RULE:
            return block.marker
        case Kind.QUOTE:
            return _prefixed(markdown_text(block.blocks, flavour), "> ", "> ")
        case Kind.BULLETS | Kind.NUMBERED:
            return ("\n" if block.tight else "\n\n").join(
                _item(item, flavour, tight=block.tight) for item in block.blocks
            )
    return _runs(block.runs, flavour)


def _item(item: Block, flavour: Flavour, *, tight: bool) -> str:
    marker = "-" if item.marker == "•" else item.marker
    between = "\n" if tight else "\n\n"
    inside = between.join(text for text in (_block(block, flavour) for block in item.blocks) if text)
    return _prefixed(inside, f"{marker} ", " " * (len(marker) + 1)).rstrip()


def _prefixed(text: str, first: str, others: str) -> str:
    """Every line of `text` behind what its container begins a line with."""
    head, *tail = text.split("\n")
    return "\n".join([first + head, *((others + line).rstrip() if not line else others + line for line in tail)])


def _fence(code: str) -> str:
    longest = max((len(ticks) for ticks in _TICKS.findall(code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{code}\n{fence}"


def _runs(runs: Iterable[Run], flavour: Flavour) -> str:
    written = write_links(runs, keep=is_web)
    return "".join(_group(link, list(group), flavour) for link, group in groupby(written, key=lambda run: run.link))


def _group(link: str, runs: list[Run], flavour: Flavour) -> str:
    """The runs of one link, or those between two links."""
    label = "".join(run.text for run in runs)
    target = address(link)
    if not target or not label.strip():
        return "".join(_run(run, flavour) for run in runs)
    if same_address(label, link):
        return target
    return f"[{''.join(_run(run, flavour) for run in runs)}]({_closed(target)})"


def _closed(target: str) -> str:
    """An address that ends where it should, whatever brackets it has."""
    return target.replace("(", "%28").replace(")", "%29")


def _run(run: Run, flavour: Flavour) -> str:
    if run.code:
        return _code(run.text)
    text = _escape(run.text, flavour)
    if run.emphasis:
        text = _around(text, flavour.emphasis)
    return _around(text, flavour.strong) if run.strong else text


def _around(text: str, mark: str) -> str:
    """`mark` on both sides of every line, inside the blanks, where alone it means something."""
    return "\n".join(_mark_line(line, mark) for line in text.split("\n"))


def _mark_line(line: str, mark: str) -> str:
    bare = line.strip()
    if not bare:
        return line
    start = line.index(bare)
    return f"{line[:start]}{mark}{bare}{mark}{line[start + len(bare) :]}"


def _code(text: str) -> str:
    longest = max((len(ticks) for ticks in _TICKS.findall(text)), default=0)
    ticks = "`" * (longest + 1)
    gap = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{gap}{text}{gap}{ticks}"


def _escape(text: str, flavour: Flavour) -> str:
    """`text` with everything literal; addresses stay whole."""
    special = re.compile(f"[{flavour.special}]")
    escaped = _outside_addresses(text, lambda piece: _ENTITY.sub(r"\\&", special.sub(r"\\\g<0>", piece)))
    return _OPENING.sub(_literal, escaped)


def _outside_addresses(text: str, change: Callable[[str], str]) -> str:
    pieces, at = [], 0
    for found in _ADDRESS.finditer(text):
        pieces += [change(text[at : found.start()]), found[0]]
        at = found.end()
    return "".join([*pieces, change(text[at:])])


def _literal(found: re.Match[str]) -> str:
    """What would open a block, made literal; a number keeps its digits and loses the power of its dot."""
    blank, mark = found[1], found[2]
    return f"{blank}{mark}\\" if mark[0].isdigit() else f"{blank}\\{mark}"
