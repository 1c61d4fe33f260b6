"""What stands here: the rule behind a problem, the meaning of a key, the facts about a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lsprotocol import types

from toolkit.lint.explaining import explain
from toolkit.lsp.known import key_at
from toolkit.lsp.links import REFERENCE, more, rule_link
from toolkit.lsp.scene import Kind, Scene
from toolkit.lsp.vocabulary import find_name
from toolkit.messages import _
from toolkit.model import Problem
from toolkit.source.nodes import Mapping, Node, Scalar, Sequence
from toolkit.values import dataclass
from toolkit.workspace.keys import Form, Key, Naming

VARIANT: Final = re.compile(r"##[ \t]+@(?P<name>[\w-]+)[ \t]*")
_PARAGRAPHS: Final = 2  # of a rule's page: its first line, and what it does


@dataclass(frozen=True, slots=True)
class Spot:
    """A scalar of the front matter: the keys down to it without the numbers of lists, and whether it is a key itself."""

    path: tuple[str, ...]
    is_key: bool
    text: str
    start: int
    end: int


def hover(scene: Scene, position: types.Position) -> types.Hover | None:
    """The explanation of what stands at a position; None where there is nothing to explain."""
    at = scene.page.offset(position)
    texts = [_problem_text(problem, scene) for problem in scene.problems_at(at, at) if _covers(scene, problem, at)]
    spot = find_spot(scene, at) or find_variant(scene, at)
    if spot is not None:
        texts += filter(None, _spot_texts(scene, spot))
    if not texts:
        return None
    place = scene.page.range(spot.start, spot.end) if spot is not None else None
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, "\n\n---\n\n".join(dict.fromkeys(texts))), place)


def find_spot(scene: Scene, at: int) -> Spot | None:
    """The key or value of the front matter that stands at an offset."""
    front = scene.front
    if front.root is None or not front.start <= at <= front.end:
        return None
    return next(_spots(front.root, at - front.start, (), front.start), None)


def find_variant(scene: Scene, at: int) -> Spot | None:
    """The heading of a channel's own text at an offset, as if it were a name among the options."""
    match = VARIANT.fullmatch(scene.page.line(at)) if scene.kind is Kind.POST else None
    if match is None or at < scene.front.body_start:
        return None
    start, _end = scene.page.line_bounds(at)
    return Spot(
        ("options", match["name"]), True, match["name"], start + match.start("name") - 1, start + match.end("name")
    )


def _spots(node: Node, at: int, path: tuple[str, ...], base: int) -> Iterator[Spot]:
    if isinstance(node, Scalar) and node.start <= at <= node.end and path:
        yield Spot(path, False, node.text, base + node.start, base + node.end)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _spots(item, at, path, base)
    elif isinstance(node, Mapping):
        for name, key in node.keys.items():
            if key.start <= at <= key.end:
                yield Spot((*path, name), True, name, base + key.start, base + key.end)
            else:
                yield from _spots(node.values[name], at, (*path, name), base)


def _spot_texts(scene: Scene, spot: Spot) -> Iterator[str]:
    key = key_at(scene, spot.path)
    if key is None:
        return
    naming = naming_of(scene, spot)
    name = find_name(scene, naming, spot.text) if naming is not None else None
    if name is not None:
        yield name.text or name.short
    elif spot.is_key:
        yield _key_text(scene, spot.text, key)


def naming_of(scene: Scene, spot: Spot) -> Naming | None:
    """What the text at the spot is the name of."""
    above = key_at(scene, spot.path[:-1])
    if spot.is_key:
        return above.names if above is not None and above.form is Form.NAMED else None
    key = key_at(scene, spot.path)
    return key.names if key is not None else None


def _key_text(scene: Scene, name: str, key: Key) -> str:
    form = (
        _("{form}: {what}").format(form=_(key.form.value), what=_(key.names.value)) if key.names else _(key.form.value)
    )
    lines = [f"`{name}` · {form}", key.meaning]
    if key.choices:
        lines.append(_("Values: {values}").format(values=", ".join(f"`{choice}`" for choice in key.choices)))
    lines.append(more(scene.workspace, f"{REFERENCE}/front-matter.md", _("All keys")))
    return "\n\n".join(filter(None, lines))


def _covers(scene: Scene, problem: Problem, at: int) -> bool:
    start, end = scene.page.offsets(problem.span)
    return start <= at < end or start == end == at


def _problem_text(problem: Problem, scene: Scene) -> str:
    rule = scene.rules.get(problem.rule)
    lines = [f"**{problem.rule}**: {problem.message}"]
    if rule is not None:
        paragraphs = explain(rule.docs).split("\n\n")
        lines += [text for text in paragraphs if not text.startswith(("#", "```"))][:_PARAGRAPHS]
    link = rule_link(scene.workspace, scene.rule_page(problem.rule))
    label = _("The rule")
    lines.append(f"[{label}]({link})" if link else "")
    return "\n\n".join(filter(None, lines))
