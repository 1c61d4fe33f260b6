"""Blocks as HTML for mail and feeds: only our own elements, everything else escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from itertools import groupby
from typing import Final

from toolkit.networks.markup import Block, Kind, Run
from toolkit.networks.plain import is_web

# A bare address in running text, without the punctuation that ends its sentence.
_ADDRESS: Final = re.compile(
    r"[hH](?<![\w@/][hH])(?i:ttps?)://[^\s<>\"]*[^\s<>\".,;:!?…'»\u201c-\u201f\u2018-\u201b)\]}*_]"
)


def html_text(blocks: Iterable[Block]) -> str:
    """The HTML of `blocks`, one element per line; line breaks stay as ``<br>``."""
    return "\n".join(_block(block) for block in blocks)


def _block(block: Block) -> str:  # noqa: PLR0911  # one line per kind
    match block.kind:
        case Kind.HEADING:
            return f"<h{block.level}>{_runs(block.runs)}</h{block.level}>"
        case Kind.CODE:
            return f"<pre><code>{escape(''.join(run.text for run in block.runs), quote=False)}</code></pre>"
        case Kind.RULE:
            return "<hr>"
        case Kind.QUOTE:
            return f"<blockquote>\n{html_text(block.blocks)}\n</blockquote>"
        case Kind.BULLETS:
            return "\n".join(
                ["<ul>", *(f"<li>{_item(item, tight=block.tight)}</li>" for item in block.blocks), "</ul>"]
            )
        case Kind.NUMBERED:
            return "\n".join(["<ol>", *(_numbered(item, tight=block.tight) for item in block.blocks), "</ol>"])
    return f"<p>{_runs(block.runs)}</p>"


def _numbered(item: Block, *, tight: bool) -> str:
    return f'<li value="{item.marker[:-1]}">{_item(item, tight=tight)}</li>'


def _item(item: Block, *, tight: bool) -> str:
    if not tight:
        return html_text(item.blocks)
    return "\n".join(_runs(block.runs) if block.kind is Kind.PARAGRAPH else _block(block) for block in item.blocks)


def _runs(runs: Iterable[Run]) -> str:
    return "".join(_group(link, tuple(group)) for link, group in groupby(runs, key=lambda run: run.link))


def _group(link: str, runs: tuple[Run, ...]) -> str:
    """The runs of one link, or those between two links."""
    target = address(link) if link else ""
    if not target:
        return "".join(_run(run, escape(run.text, quote=False) if run.code else _linked(run.text)) for run in runs)
    label = "".join(_run(run, escape(run.text, quote=False)) for run in runs)
    return f'<a href="{escape(target)}">{label}</a>'


def _run(run: Run, text: str) -> str:
    text = text.replace("\n", "<br>\n")
    if run.code:
        text = f"<code>{text}</code>"
    if run.emphasis:
        text = f"<em>{text}</em>"
    return f"<strong>{text}</strong>" if run.strong else text


def address(link: str) -> str:
    """`link` as it can be followed from anywhere, with its scheme; "" for a relative one."""
    if is_web(link):
        return link if re.match(r"(?i)https?:", link) else f"https://{link}"
    return link if re.match(r"(?i)(?:mailto|tel):", link) else ""


def _linked(text: str) -> str:
    """Escaped text in which bare addresses are links."""
    if "://" not in text:
        return escape(text, quote=False)
    pieces, at = [], 0
    for found in _ADDRESS.finditer(text):
        target = escape(found[0])
        pieces += [escape(text[at : found.start()], quote=False), f'<a href="{target}">{target}</a>']
        at = found.end()
    return "".join([*pieces, escape(text[at:], quote=False)])
