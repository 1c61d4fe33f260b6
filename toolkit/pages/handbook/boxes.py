"""Rule blocks of the handbook as boxes: what is meant, how hard, and with which examples.

A rule stands in the page that explains it, as a fence with the word ``rule`` behind it and YAML in it. Readers see
this box in its place; `leitstand check` runs the block, and `leitstand rules test` its examples.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from toolkit.messages import _
from toolkit.model import Severity, find_fenced
from toolkit.pages.icons import icon
from toolkit.pages.markup import Child, Html, div, hidden, join, para, span, tag
from toolkit.source.nodes import Mapping, Node, NodeError, Scalar, Sequence, read_nodes

# Vale's words for how much a rule matters, and ours.
_LEVELS: Final = {"error": "bad", "warning": "warn", "suggestion": "info", "hint": "info"}
_MOST: Final = 40
_MENDING: Final = frozenset({"replace", "edit"})
_LINK: Final = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")


def box_rules(markdown: str) -> str:
    """`markdown` with every rule block as one line of HTML; a block that cannot be read stays as it is."""
    for block in reversed([block for block in find_fenced(markdown) if block.kind == "rule"]):
        if box := _box(markdown[block.first : block.last]):
            markdown = f"{markdown[: block.start]}{box}{markdown[block.end :]}"
    return markdown


def _box(yaml: str) -> str:
    try:
        root = read_nodes(yaml)
    except NodeError:
        return ""
    if not isinstance(root, Mapping):
        return ""
    name = _text(root, "id")
    top = div(
        _level(_text(root, "level") or "warning"),
        span(_("Checked automatically")),
        *_facts(root),
        tag("a", tag("code", name), href=f"#{name}", class_="ls-rule-id") if name else None,
        class_="ls-rule-head",
    )
    message = _text(root, "message").replace("%s", "…")
    inner = join((top, para(message) if message else None, _examples(root), _patterns(root)))
    return f"\n{div(div(inner, class_='ls-rule'), class_='ls', id=name or None)}\n"


def _facts(root: Mapping) -> Iterator[Html]:
    """For which texts the rule is, where that is not every text, and whether it is mended without asking."""
    scope = [one for one in _list(root, "scope") if one != "text"]
    if language := _text(root, "language"):
        yield span(_("Language: {language}").format(language=language))
    if networks := _list(root, "networks"):
        yield span(_("Only on: {networks}").format(networks=", ".join(networks)))
    if scope:
        yield span(_("Looks at: {scope}").format(scope=", ".join(scope)))
    action = root.values.get("action")
    if isinstance(action, Mapping) and _text(action, "name") in _MENDING:
        yield span(_("leitstand fix puts it right"))


def _level(level: str) -> Html:
    words = {"error": _("Error"), "warning": _("Warning"), "suggestion": _("Hint"), "hint": _("Hint")}
    names = {"bad": Severity.ERROR.value, "warn": Severity.WARNING.value, "info": Severity.HINT.value}
    tone = _LEVELS.get(level, "info")
    return span(icon(names[tone]), words.get(level, level), class_=f"ls-chip ls-{tone}")


def _examples(root: Mapping) -> Html | None:
    good, bad = _list(root, "good"), _list(root, "bad")
    if not good and not bad:
        return None
    columns = (
        _column(_("We write"), "sent", "ls-do", good) if good else None,
        _column(_("We do not write"), "cancelled", "ls-dont", bad) if bad else None,
    )
    return div(*columns, class_="ls-examples")


def _column(title: str, picture: str, name: str, examples: list[str]) -> Html:
    return div(para(icon(picture), title), tag("ul", *(tag("li", *_linked(one)) for one in examples)), class_=name)


def _linked(example: str) -> Iterator[Child]:
    """An example with its links as readers see them: underlined, without the address."""
    at = 0
    for link in _LINK.finditer(example):
        yield example[at : link.start()]
        yield tag("u", link[1], title=link[2])
        at = link.end()
    yield example[at:]


def _patterns(root: Mapping) -> Html | None:
    """What the rule looks for, folded away: readers want the examples, curious ones the words."""
    found = [*_swaps(root), *(tag("li", tag("code", one)) for one in _list(root, "tokens"))]
    if not found:
        return None
    rest = tag("li", f"+ {len(found) - _MOST}") if len(found) > _MOST else None
    return tag("details", tag("summary", _("What it looks for")), tag("ul", *found[:_MOST], rest), class_="ls-patterns")


def _swaps(root: Mapping) -> Iterator[Html]:
    swap = root.values.get("swap")
    for word, instead in swap.values.items() if isinstance(swap, Mapping) else ():
        right: Child = tag("code", instead.text) if isinstance(instead, Scalar) else None
        yield tag("li", tag("code", word), hidden(_(" becomes ")), span(" → ", aria_hidden="true"), right)


def _text(root: Mapping, key: str) -> str:
    node = root.values.get(key)
    return node.text if isinstance(node, Scalar) else ""


def _list(root: Mapping, key: str) -> list[str]:
    node: Node | None = root.values.get(key)
    if isinstance(node, Scalar):
        return [node.text]
    return [item.text for item in node.items if isinstance(item, Scalar)] if isinstance(node, Sequence) else []
