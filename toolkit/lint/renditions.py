"""The texts of a post as each network will show them, for the rules that ask for the scope ``rendition``.

Only networks that some rule asks about are rendered. Every word keeps the place in the file that it came from; what
the network or the workspace added has none, and is told at the account's name among the post's channels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from toolkit.lint.alignment import align
from toolkit.lint.passages import Passage, find_exactly
from toolkit.lint.rule import View
from toolkit.messages import _
from toolkit.model import Post, Problem, Rendition
from toolkit.networks import NETWORKS, all_networks
from toolkit.networks.base import Network
from toolkit.settings import unknown_name
from toolkit.source import Variant
from toolkit.style.rule import StyleRule
from toolkit.style.scope import asks, matches, parse_selector
from toolkit.workspace import FIRST_COMMENT, Draft, first_comment

SCOPE: Final = "rendition"
_TITLES: Final = ("subject", "title")
# Sections of a rendition that are no network.
_CUTS: Final = frozenset({SCOPE, "sentence", "paragraph"})


def about_renditions(styles: Iterable[StyleRule]) -> tuple[StyleRule, ...]:
    """The rules that ask for renditions, without what else they look at."""
    found = ((style, tuple(text for text in style.scope if asks((text,), SCOPE))) for style in styles)
    return tuple(replace(style, scope=scope) for style, scope in found if scope)


def shown_scope(style: StyleRule) -> str:
    """The scope of a rendition that a rule is about, such as ``rendition.bluesky``; "" when it is about none."""
    for term in (term for text in style.scope for term in parse_selector(text)):
        if SCOPE in term.sections and not term.negated:
            return ".".join([SCOPE, *sorted(term.sections - _CUTS)])
    return ""


def unknown_network(style: StyleRule) -> str:
    """What to say about a network that a rule names in its scope and nobody knows; "" when there is none."""
    terms = (term for text in style.scope for term in parse_selector(text))
    for name in (name for term in terms if SCOPE in term.sections for name in sorted(term.sections - _CUTS)):
        if name not in NETWORKS and name not in all_networks():
            return unknown_name(_("network"), name, all_networks())
    return ""


def find_renditions(post: Post, view: View, styles: Sequence[StyleRule]) -> tuple[Passage, ...]:
    """Each text that one of the networks that `styles` ask about shows, once, with all its accounts."""
    found: dict[tuple[str, str, int | None, str], Passage] = {}
    for draft in view.drafts(post):
        network = view.network(draft.account.network)
        if network is None or not _wanted(network.name, styles):
            continue
        for passage in _of_draft(draft, network, view.render(draft, network)):
            key = (passage.scope, passage.text, passage.start, passage.language)
            known = found.get(key)
            accounts = (*known.accounts, *passage.accounts) if known else passage.accounts
            found[key] = replace(known or passage, accounts=tuple(dict.fromkeys(accounts)))
    return tuple(found.values())


def tell_once(said: Sequence[Problem], rendered: Iterable[tuple[str, Problem]]) -> Iterator[Problem]:
    """The problems of renditions, each with all the networks that show it; not what was `said` about the text itself."""
    known = {(problem.rule, problem.span) for problem in said}
    found: dict[Problem, list[str]] = {}
    for network, problem in rendered:
        if (problem.rule, problem.span) not in known:
            found.setdefault(problem, []).append(network)
    for problem, networks in found.items():
        shown = ", ".join(dict.fromkeys(networks))
        message = _("{message} (as {networks} shows it)").format(message=problem.message, networks=shown)
        yield replace(problem, message=message)


def part_place(variant: Variant, index: int, parts: int) -> tuple[int, int]:
    """Where part `index` of `parts` stands in the body; a network without threads has one part for all of them."""
    chunks = variant.parts[index : index + 1] if parts == len(variant.parts) else variant.parts
    return chunks[0].start, chunks[-1].start + len(chunks[-1].text)


def _wanted(network: str, styles: Iterable[StyleRule]) -> bool:
    whole = frozenset({SCOPE, network})
    return any(matches(style.scope, whole) or matches(style.scope, whole | _CUTS) for style in styles)


def _of_draft(draft: Draft, network: Network, rendition: Rendition) -> Iterator[Passage]:
    post = draft.post
    made = _passage(draft, network)
    for index, part in enumerate(rendition.parts):
        start, end = part_place(draft.variant, index, len(rendition.parts))
        origin = align(part.text, post.body[start:end], post.body_start + start)
        yield replace(made(part.text), start=post.body_start + start, origin=origin, first=index == 0)
    if rendition.title.strip():
        yield _valued(made(rendition.title), post, _title_key(draft, rendition))
    comment = first_comment(draft)
    if comment is not None:
        key = _option_key(draft, FIRST_COMMENT)
        for part in network.render_comment(comment).parts:
            yield _valued(made(part.text), post, key, draft.values[FIRST_COMMENT])


def _passage(draft: Draft, network: Network) -> Callable[[str], Passage]:
    """Makes passages that stand, for want of a better place, at the account among the post's channels."""
    name = draft.account.name
    key = f"channels.{draft.post.channels.index(name)}" if name in draft.post.channels else "channels"
    return lambda text: Passage(text, draft.language, None, key, (name,), scope=f"{SCOPE}.{network.name}")


def _valued(passage: Passage, post: Post, key: str, written: str = "") -> Passage:
    """The passage at the value that it was made from; as it is where that does not stand in the file."""
    if not key:
        return passage
    value = written or passage.text
    start = find_exactly(post, key, value)
    origin = None if start is None else align(passage.text, value, start)
    return replace(passage, key=key, start=start, origin=origin)


def _option_key(draft: Draft, name: str) -> str:
    """The key of an option that the post sets; "" for one of the account's."""
    tables = [table for table in (draft.account.name, draft.account.network) if table in draft.post.options]
    own = [table for table in tables if name in draft.post.options[table].values]
    return f"options.{own[0]}.{name}" if own else ""


def _title_key(draft: Draft, rendition: Rendition) -> str:
    named = [name for name in _TITLES if draft.values.get(name) == rendition.title]
    keys = [key for key in (_option_key(draft, name) for name in named) if key]
    return keys[0] if keys else "title" if draft.post.title == rendition.title else ""
