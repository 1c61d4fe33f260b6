"""What can be done about problems: mend one, mend all that is safe, ignore a rule here with a reason."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from lsprotocol import types

from toolkit.lint.fixing import plan_fixes
from toolkit.lsp.diagnostics import diagnostic
from toolkit.lsp.scene import Kind, Scene
from toolkit.messages import _
from toolkit.model import Problem
from toolkit.source import Edit
from toolkit.source.entries import Entries, flow_entry
from toolkit.source.nodes import Sequence
from toolkit.source.writing import append_key

FIX_ALL = "source.fixAll.leitstand"


def code_actions(
    scene: Scene, uri: str, asked: types.Range, only: Collection[str] | None = None
) -> list[types.CodeAction]:
    """The actions for a range; `only` are the kinds that the editor wants, None for all."""
    start, end = scene.page.offset(asked.start), scene.page.offset(asked.end)
    found = [*_mending(scene, uri, start, end), *_ignoring(scene, uri, start, end)]
    if _wanted(FIX_ALL, only):
        found += _mending_all(scene, uri)
    return [action for action in found if _wanted(str(action.kind), only)]


def _wanted(kind: str, only: Collection[str] | None) -> bool:
    return only is None or any(kind == asked or kind.startswith(f"{asked}.") or not asked for asked in only)


def _mending(scene: Scene, uri: str, start: int, end: int) -> Iterator[types.CodeAction]:
    for problem in scene.problems_at(start, end):
        fix = problem.fix
        if fix is not None:
            title = fix.title if fix.safe else _("{title} (look at it afterwards)").format(title=fix.title)
            yield _action(scene, uri, title, Edit(fix.start, fix.end, fix.text), problem, preferred=fix.safe)


def _mending_all(scene: Scene, uri: str) -> Iterator[types.CodeAction]:
    if not any(problem.fix is not None and problem.fix.safe for problem in scene.problems):
        return
    fixes = plan_fixes(scene.workspace, now=scene.now, paths=(scene.page.path,))
    text = fixes.texts.get(scene.page.path)
    if text is not None:
        edit = _difference(scene.page.text, text)
        yield types.CodeAction(_("Mend all that is safe"), FIX_ALL, edit=_edit(scene, uri, edit))


def _ignoring(scene: Scene, uri: str, start: int, end: int) -> Iterator[types.CodeAction]:
    """An entry whose reason is still empty: an error until somebody writes why, so it cannot be forgotten."""
    for problem in {problem.rule: problem for problem in scene.problems_at(start, end)}.values():
        edit = _ignore_entry(scene, problem.rule)
        if edit is not None:
            title = _("Ignore {rule} in this post, with a reason").format(rule=problem.rule)
            yield _action(scene, uri, title, edit, problem, preferred=False)


def _ignore_entry(scene: Scene, rule: str) -> Edit | None:
    known, front = scene.rules.get(rule), scene.front
    if scene.kind is not Kind.POST or known is None or known.required or front.root is None:
        return None
    entry = {"rule": rule, "reason": ""}
    node = front.root.values.get("ignore")
    if isinstance(node, Sequence):
        return Entries(front.source.text, front.start, node).append(entry)
    if node is not None:  # something that is no list; the reader complains about it
        return None
    return append_key(front, "ignore", f"[{flow_entry(entry)}]", f"\n  - {flow_entry(entry)}")


def _action(scene: Scene, uri: str, title: str, edit: Edit, problem: Problem, *, preferred: bool) -> types.CodeAction:
    return types.CodeAction(
        title=title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[diagnostic(problem, scene)],
        is_preferred=preferred or None,
        edit=_edit(scene, uri, edit),
    )


def _edit(scene: Scene, uri: str, edit: Edit) -> types.WorkspaceEdit:
    return types.WorkspaceEdit({uri: [types.TextEdit(scene.page.range(edit.start, edit.end), edit.text)]})


def _difference(before: str, after: str) -> Edit:
    """The one stretch in which two texts differ."""
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    return Edit(start, len(before) - end, after[start : len(after) - end])


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with together."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (a, b) in pairs if a != b), min(len(one), len(other)))
