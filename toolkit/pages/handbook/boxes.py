"""Rule blocks of the handbook as boxes: what is meant, how hard, and with which examples.

A rule stands in the page that explains it, as a fence with the word ``rule`` behind it and YAML in it. Readers see
this box in its place; `leitstand check` runs the block, and `leitstand rules test` its examples.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from toolkit.dates import say_date
from toolkit.messages import _, ngettext
from toolkit.model import Severity, find_fenced
from toolkit.pages.handbook.copying import copyable
from toolkit.pages.icons import icon
from toolkit.pages.markup import Child, Html, div, hidden, join, link, para, span, tag
from toolkit.source.nodes import Mapping, Node, NodeError, Scalar, Sequence, read_nodes
from toolkit.values import dataclass

# Vale's words for how much a rule matters, and ours.
_LEVELS: Final = {"error": "bad", "warning": "warn", "suggestion": "info", "hint": "info"}
_MOST: Final = 40
_MENDING: Final = frozenset({"replace", "edit"})
_LINK: Final = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class RuleNews:
    """What is known of a rule beside its block: since when it stands there, and what it finds today.

    `files` is None where nobody is told; `problems` is the relative address of the page that shows them.
    """

    since: date | None = None
    files: int | None = None
    problems: str = ""


def box_rules(markdown: str, news_of: Callable[[str], RuleNews] = lambda _rule: RuleNews()) -> str:
    """`markdown` with every rule block as one line of HTML; a block that cannot be read stays as it is."""
    for block in reversed([block for block in find_fenced(markdown) if block.kind == "rule"]):
        if box := _box(markdown[block.first : block.last], news_of):
            markdown = f"{markdown[: block.start]}{box}{markdown[block.end :]}"
    return markdown


def _box(yaml: str, news_of: Callable[[str], RuleNews]) -> str:
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
        tag("a", tag("code", name), span("#", aria_hidden="true"), href=f"#{name}", class_="ls-rule-id")
        if name
        else None,
        class_="ls-rule-head",
    )
    message = _text(root, "message").replace("%s", "…")
    said = para(*_coded(message), class_="ls-rule-message") if message else None
    below = _below(root, name, news_of(name) if name else RuleNews())
    inner = join((top, said, _examples(root), below))
    return f"\n{div(div(inner, class_='ls-rule'), class_='ls', id=name or None)}\n"


def _coded(message: str) -> Iterator[Child]:
    """A message with what stands between backticks as code, as it is shown elsewhere."""
    for number, part in enumerate(message.split("`")):
        yield tag("code", part) if number % 2 else part


def _below(root: Mapping, name: str, news: RuleNews) -> Html | None:
    """Since when, what it finds now, and how a post is excepted from it."""
    found: list[Child] = []
    if news.since is not None:
        day = tag("time", say_date(news.since), datetime=news.since.isoformat())
        found.append(span(_("Since"), " ", day))
    if news.files is not None:
        said = ngettext("finds something in {count} file today", "finds something in {count} files today", news.files)
        found.append(link(news.problems, said) if news.files else span(icon("sent"), _("finds nothing today")))
    found.append(_patterns(root))
    # A rule for answers alone never sees a post.
    if name and _list(root, "scope") != ["reply"]:
        found.append(_exception(name))
    return div(*found, class_="ls-rule-foot") if any(found) else None


def _exception(name: str) -> Html:
    """The lines of front matter that except one post from the rule; the reason is whoever's writes them."""
    reason = _("why here")
    lines = f"ignore:\n  - {{rule: {name}, reason: {reason}}}"
    said = para(_("In the front matter of the post; with a reason, it is reviewed like everything else."))
    code = copyable(lines, _("Exception from {rule}").format(rule=name), f"except-{name}")
    return tag("details", tag("summary", _("Exception for one post")), said, code, class_="ls-rule-except")


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
    for found in _LINK.finditer(example):
        yield example[at : found.start()]
        yield tag("u", found[1], title=found[2])
        at = found.end()
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
