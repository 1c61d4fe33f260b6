"""Blocks as one row of styled runs, for networks that take styles beside the text instead of markup in it.

Labels keep their links, with the address as it can be followed from anywhere; what leads nowhere on the web is
written out. Headings are strong, lists have their markers, quotes their ``>``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from toolkit.networks.hypertext import address
from toolkit.networks.markup import Block, Kind, Run
from toolkit.networks.plain import is_web, join_lines, lines, write_links


def styled_runs(blocks: Iterable[Block]) -> tuple[Run, ...]:
    """The runs of `blocks` in order; neighbours of one style are one run."""
    merged: list[Run] = []
    for run in write_links(join_lines(lines(map(_emphasised, blocks))), keep=is_web):
        followed = replace(run, link=address(run.link)) if run.link else run
        if merged and replace(merged[-1], text="") == replace(followed, text=""):
            merged[-1] = replace(followed, text=merged[-1].text + followed.text)
        elif followed.text:
            merged.append(followed)
    return tuple(merged)


def _emphasised(block: Block) -> Block:
    """Headings, wherever they stand, as strong text."""
    if block.kind is Kind.HEADING:
        return replace(block, runs=tuple(replace(run, strong=True) for run in block.runs))
    return replace(block, blocks=tuple(map(_emphasised, block.blocks))) if block.blocks else block
