"""Applying fixes: rule by rule, in memory, and only where the file has no new problem afterwards."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import field, replace
from datetime import datetime
from typing import Final

from toolkit.lint.checking import check_workspace
from toolkit.model import Fix, Problem
from toolkit.source import Edit, OverlayTree, apply_edits, read_post
from toolkit.values import dataclass
from toolkit.workspace import Workspace

# Each round mends the problems of one rule in every file; a rule that shows one problem at a time needs many.
_ROUNDS: Final = 500


@dataclass
class Fixes:
    """What fixing comes to: new texts by path, and the problems that were and were not mended."""

    workspace: Workspace  # as it would be afterwards
    texts: dict[str, str] = field(default_factory=dict)
    applied: list[Problem] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)  # mending these would have caused others
    left: list[Problem] = field(default_factory=list)


def plan_fixes(workspace: Workspace, *, now: datetime, paths: Collection[str] = (), unsafe: bool = False) -> Fixes:
    """Every fix that can be applied to `paths` (empty: all); nothing is written.

    Only safe fixes, unless `unsafe`. A fix that would cause another problem in its file, such as a void approval, is
    left out; so is one whose own words would be mended next, or two rules could go on for ever.
    """
    fixes = Fixes(workspace)
    problems = check_workspace(workspace, now=now, paths=paths)
    refused: set[tuple[str, str]] = set()
    progress = False
    for _round in range(_ROUNDS):
        if not (chosen := _choose(problems, refused, unsafe=unsafe)):
            if not refused or not progress:
                break
            refused, fixes.refused, progress = set(), [], False  # what was in the way may have been mended since
            continue
        changed = _rewrite(fixes.workspace, chosen)
        found = check_workspace(changed, now=now, paths=paths)
        worse = _worse(problems, found) | set(_restless(chosen, problems, found))
        if bad := worse & chosen.keys():
            refused |= {(path, chosen[path][0].rule) for path in bad}
            fixes.refused += [problem for path in sorted(bad) for problem in chosen[path]]
            continue
        fixes.workspace, problems, progress = changed, found, True
        for path, mended in chosen.items():
            fixes.texts[path] = _text(changed, path)
            fixes.applied += mended
    fixes.left = problems
    return fixes


def _choose(problems: list[Problem], refused: Collection[tuple[str, str]], *, unsafe: bool) -> dict[str, list[Problem]]:
    """Per file the fixable problems of one rule, so that no two fixes meant for the same words meet."""
    chosen: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        fix = problem.fix
        if fix is None or not (fix.safe or unsafe) or (problem.path, problem.rule) in refused:
            continue
        if not chosen[problem.path] or chosen[problem.path][0].rule == problem.rule:
            chosen[problem.path].append(problem)
    return dict(chosen)


def _rewrite(workspace: Workspace, chosen: Mapping[str, list[Problem]]) -> Workspace:
    """The workspace with the fixes of `chosen` applied, the other files as they were read."""
    files, problems = {}, [problem for problem in workspace.problems if problem.path not in chosen]
    posts = {post.path: post for post in workspace.posts}
    for path, mended in chosen.items():
        edits = [Edit(fix.start, fix.end, fix.text) for fix in (problem.fix for problem in mended) if fix is not None]
        files[path] = apply_edits(posts[path].source.text, edits).encode()
        post, found = read_post(path, files[path], workspace.settings)
        problems += found
        if post is not None:
            posts[path] = post
    tree = OverlayTree(workspace.tree, files)
    return replace(workspace, tree=tree, posts=tuple(posts.values()), problems=tuple(problems))


def _worse(before: list[Problem], after: list[Problem]) -> set[str]:
    """The files in which some rule has more problems than before."""
    counts = Counter((problem.path, problem.rule) for problem in after)
    counts.subtract((problem.path, problem.rule) for problem in before)
    return {path for (path, _rule), count in counts.items() if count > 0}


def _restless(chosen: Mapping[str, list[Problem]], before: list[Problem], after: list[Problem]) -> Iterator[str]:
    """The files in which a rule would mend what was just written, though it had nothing to mend there, or no less."""
    counts = Counter((problem.path, problem.rule) for problem in before)
    counts.subtract((problem.path, problem.rule) for problem in after)
    for path, mended in chosen.items():
        own = mended[0].rule
        stretches = list(_stretches(problem.fix for problem in mended if problem.fix is not None))
        old = {problem.rule for problem in _within(before, path, [one for one, _new in stretches])}
        new = {problem.rule for problem in _within(after, path, [one for _old, one in stretches])}
        if new - old or (own in new and counts[path, own] <= 0):
            yield path


def _stretches(fixes: Iterable[Fix]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Start and end of what the fixes replace, and where it stands afterwards; as `apply_edits` puts it there."""
    shift = done = 0
    for start, end, text in sorted({(fix.start, fix.end, fix.text) for fix in fixes}):
        if start >= done:
            yield (start, end), (start + shift, start + shift + len(text))
            shift, done = shift + len(text) - (end - start), end


def _within(problems: list[Problem], path: str, stretches: list[tuple[int, int]]) -> Iterator[Problem]:
    """The problems of a file whose fix would change some of the stretches."""
    for problem in problems:
        fix = problem.fix
        if fix is not None and problem.path == path and any(fix.start < e and s < fix.end for s, e in stretches):
            yield problem


def _text(workspace: Workspace, path: str) -> str:
    return next(post.source.text for post in workspace.posts if post.path == path)
