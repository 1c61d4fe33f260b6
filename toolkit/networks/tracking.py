"""Links to the company's own pages get the parameters (``utm_source=…``) that tell where a visit comes from.

They are put into the Markdown tree, before the network renders it, so that counting, preview and sending see the same.
An address is never taken apart and built again, since what is built again is not always the same: the parameters are
put in before the fragment, everything else stays as it was written. What is there already is never set again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import quote, unquote

from toolkit.networks.markup import Block, Run, read_markup
from toolkit.networks.plain import same_address
from toolkit.settings import LinkPolicy
from toolkit.workspace import Draft

# An address in a text; what closes a sentence or a bracket is not part of it.
ADDRESS: Final = re.compile(r"(?i)(?<![\w@])https?://[^\s<>\[\]\\`\"]*[^\s<>\[\]\\`\"*_.,;:!?)'~»“”]")
_HOST: Final = re.compile(r"(?i)https?://(?:[^/?#@]*@)?([^/?#:@\[\]]+)")

Track = Callable[[str], str]


def read_tracked(draft: Draft, markdown: str) -> tuple[Block, ...]:
    """`read_markup` of a part of `draft`, its links with the parameters that the workspace's policy wants."""
    blocks, track = read_markup(markdown), make_track(draft)
    return blocks if track is None else tuple(_block(block, track) for block in blocks)


def make_track(draft: Draft) -> Track | None:
    """What to do with each address of `draft`; None where nothing is to be done."""
    policy = draft.links
    parameters = policy.parameters(_values(draft)) if policy.domains else {}
    if not parameters:
        return None
    return lambda address: track_address(address, parameters) if is_own(address, policy) else address


def tracked_addresses(draft: Draft, text: str) -> tuple[str, ...]:
    """The addresses in a rendered text that got parameters of the policy, in their order, each once."""
    policy = draft.links
    wanted = policy.parameters(_values(draft)) if policy.domains else {}
    own = (address for address in ADDRESS.findall(text) if is_own(address, policy))
    return tuple(dict.fromkeys(one for one in own if any(_pair(*pair) in one for pair in wanted.items())))


def is_own(address: str, policy: LinkPolicy) -> bool:
    """Whether `address` leads to one of the policy's domains or below it."""
    found = _HOST.match(address)
    host = _ascii(found[1]) if found else ""
    return any(host == own or host.endswith(f".{own}") for own in map(_ascii, policy.domains))


def track_address(address: str, parameters: Mapping[str, str]) -> str:
    """`address` with those of `parameters` (name → value) that it does not have yet."""
    rest, mark, fragment = address.partition("#")
    path, _mark, query = rest.partition("?")
    there = {unquote(pair.partition("=")[0]).lower() for pair in query.split("&")}
    added = "&".join(_pair(name, value) for name, value in parameters.items() if name not in there)
    if not added:
        return address
    joint = "" if not query or query.endswith("&") else "&"
    return f"{path}?{query}{joint}{added}{mark}{fragment}"


def _pair(name: str, value: str) -> str:
    return f"{name}={quote(value, safe='')}"


def _values(draft: Draft) -> dict[str, str]:
    return {
        "network": draft.account.network,
        "account": draft.account.name,
        "campaign": draft.post.campaign,
        "uid": draft.post.uid,
    }


def _ascii(host: str) -> str:
    """A host in lower case, as it is asked for: ``bücher.example`` and its form in ASCII are one."""
    name = unquote(host).rstrip(".").lower()
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return name


def _block(block: Block, track: Track) -> Block:
    blocks = tuple(_block(inner, track) for inner in block.blocks)
    return replace(block, runs=tuple(_run(run, track) for run in block.runs), blocks=blocks)


def _run(run: Run, track: Track) -> Run:
    """A link's target, or the addresses in a text; code shows an address and leads nowhere."""
    if run.link:
        link = track(run.link)
        return replace(run, link=link, text=link if link != run.link and same_address(run.text, run.link) else run.text)
    if run.code or "://" not in run.text:
        return run
    return replace(run, text=ADDRESS.sub(lambda found: track(found[0]), run.text))
