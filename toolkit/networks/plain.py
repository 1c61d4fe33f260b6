"""Blocks as plain text, for networks that know no markup: addresses are written out, lists get ``•``.

``[Zum Shop](https://…)`` becomes ``Zum Shop: https://…``; a label that is its own address is written once. A blank
is put behind an address only where the next character would otherwise become part of it. Quotes keep their ``>``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Final

from toolkit.networks.markup import Block, Kind, Run

Line = list[Run]

# What may follow an address directly: the end, blanks, or punctuation that no network takes into a link.
_MAY_FOLLOW: Final = re.compile(r"""[.,;:!?…)\]}"'»\u2018-\u201f*]*(?:\s|\Z)""")
_WEB: Final = re.compile(r"(?i)https?:|[\w-]+(?:\.[\w-]+)+(?:[/?#:]|$)")
_SCHEME: Final = re.compile(r"(?i)^(?:https?://|mailto:|tel:)")


def plain_text(blocks: Iterable[Block]) -> str:
    """The text of `blocks` with every address written out."""
    return "".join(run.text for run in write_links(flow(blocks)))


def flow(blocks: Iterable[Block]) -> list[Run]:
    """`blocks` as runs with line breaks between them, for a text without styles: mere paragraphs are a single run."""
    blocks = tuple(blocks)
    if all(block.kind is Kind.PARAGRAPH and len(block.runs) == 1 and not block.runs[0].link for block in blocks):
        return [Run("\n\n".join(block.runs[0].text for block in blocks))]
    return join_lines(lines(blocks))


def join_lines(rows: Iterable[Line]) -> list[Run]:
    """The runs of all lines, with line breaks between them."""
    runs: list[Run] = []
    for index, row in enumerate(rows):
        runs += [Run("\n"), *row] if index else row
    return runs


def lines(blocks: Iterable[Block]) -> list[Line]:
    """The lines of `blocks`; an empty line stands between two blocks."""
    rows: list[Line] = []
    for block in blocks:
        found = _block_lines(block)
        if found:
            rows += [[], *found] if rows else found
    return rows


def _block_lines(block: Block) -> list[Line]:
    match block.kind:
        case Kind.RULE:
            return [[Run(block.marker)]]
        case Kind.QUOTE:
            return [[Run("> " if row else ">"), *row] for row in lines(block.blocks)]
        case Kind.BULLETS | Kind.NUMBERED:
            return _list_lines(block)
    return _split(block.runs)


def _list_lines(block: Block) -> list[Line]:
    rows: list[Line] = []
    for item in block.blocks:
        if rows and not block.tight:
            rows.append([])
        rows += _item_lines(item, tight=block.tight)
    return rows


def _item_lines(item: Block, *, tight: bool) -> list[Line]:
    """The lines of an item; only the first carries the marker, the others stand below its text."""
    inside = [row for block in item.blocks for row in _block_lines(block)] if tight else lines(item.blocks)
    first, *others = inside or [[]]
    indent = Run(" " * (len(item.marker) + 1))
    return [
        [Run(f"{item.marker} " if first else item.marker), *first],
        *([indent, *row] if row else [] for row in others),
    ]


def _split(runs: Iterable[Run]) -> list[Line]:
    """`runs` cut at their line breaks."""
    rows: list[Line] = [[]]
    for run in runs:
        if "\n" not in run.text:
            rows[-1].append(run)
            continue
        head, *tail = run.text.split("\n")
        rows[-1].append(replace(run, text=head))
        rows += [[replace(run, text=text)] for text in tail]
    return rows


def write_links(runs: Iterable[Run], keep: Callable[[str], bool] = lambda _link: False) -> Iterator[Run]:
    """`runs` without links: each link's address is written behind its label, or instead of it.

    Links that `keep` wants stay as they are, for networks whose text can hold some.
    """
    groups = [(link, tuple(group)) for link, group in groupby(runs, key=lambda run: run.link)]
    for index, (link, group) in enumerate(groups):
        if not link or keep(link):
            yield from group
            continue
        label = "".join(run.text for run in group)
        if not same_address(label, link):
            yield from (replace(run, link="") for run in group)
        following = groups[index + 1][1] if index + 1 < len(groups) else ()
        yield Run(_address(label, link) + _gap(link, "".join(run.text for run in following)))


def _address(label: str, link: str) -> str:
    """What is to be written behind `label`, or instead of it, so that `link` can be read."""
    target = link if is_web(link) else _SCHEME.sub("", link)
    if same_address(label, link):
        return target
    if target == link and not is_web(link):
        return ""  # relative: nobody outside can follow it
    if not label.strip():
        return target
    blank = "" if label[-1].isspace() else " "
    return (blank if label.rstrip()[-1] in ":.!?…" else ":" + blank) + target


def _gap(link: str, rest: str) -> str:
    """A blank where the text after an address would otherwise become part of it."""
    return "" if not is_web(link) or _MAY_FOLLOW.match(rest) else " "


def is_web(link: str) -> bool:
    """Whether `link` leads to a web page, with or without its scheme."""
    return _WEB.match(link) is not None


def same_address(label: str, link: str) -> bool:
    """Whether `label` already is the address that it points to."""
    return _SCHEME.sub("", label.strip()).rstrip("/") == _SCHEME.sub("", link).rstrip("/")
