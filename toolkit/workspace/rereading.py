"""A workspace with some of its files read again: an editor's unsaved text, or what changed on disk since."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final

from toolkit.model import Problem
from toolkit.source import Tree, read_post
from toolkit.workspace.campaigns import read_campaign, read_goals
from toolkit.workspace.folder import CAMPAIGNS, POSTS, STRATEGY, Workspace, read_all
from toolkit.workspace.handbook import HANDBOOK
from toolkit.workspace.occasions import OCCASIONS

# What a workspace reads when it is first asked for → the folder that it is read from.
_PAGES: Final[Mapping[str, str]] = {"handbook": HANDBOOK, "occasions": OCCASIONS}


def reread(workspace: Workspace, tree: Tree, paths: Collection[str]) -> Workspace:
    """`workspace` as `load_workspace` would read it from `tree`, which differs in the files at `paths` alone.

    Each of them may be new, changed or gone. leitstand.toml is not among them: with other settings every post is
    another one.
    """
    kept = [problem for problem in workspace.problems if problem.path not in paths]
    posts = {post.path: post for post in workspace.posts if post.path not in paths}
    campaigns = {name: one for name, one in workspace.campaigns.items() if one.path not in paths}
    found: list[Problem] = []
    for path, data in read_all(tree, _there(tree, paths, POSTS), found):
        post, problems = read_post(path, data, workspace.settings)
        found += problems
        if post is not None:
            posts[path] = post
    for path, data in read_all(tree, _there(tree, paths, CAMPAIGNS), found):
        campaign, problems = read_campaign(path, data)
        found += problems
        if campaign is not None:
            campaigns[campaign.name] = campaign
    goals = () if STRATEGY in paths else workspace.goals
    for path, data in read_all(tree, [STRATEGY] if STRATEGY in paths and tree.exists(STRATEGY) else [], found):
        goals, problems = read_goals(path, data)
        found += problems
    again = replace(
        workspace,
        tree=tree,
        posts=tuple(posts[path] for path in sorted(posts)),
        campaigns=dict(sorted(campaigns.items(), key=lambda item: item[1].path)),
        goals=goals,
        problems=(*kept, *found),
    )
    _keep_pages(workspace, again, paths)
    return again


def _keep_pages(workspace: Workspace, again: Workspace, paths: Collection[str]) -> None:
    """Hand on what was read of the handbook and the occasions, unless one of their files is another one now."""
    for name, folder in _PAGES.items():
        if name in workspace.__dict__ and not any(path.startswith(f"{folder}/") for path in paths):
            again.__dict__[name] = workspace.__dict__[name]


def _there(tree: Tree, paths: Collection[str], folder: str) -> list[str]:
    """Those of `paths` that are files of `folder` which `load_workspace` would read."""
    inside = (path for path in paths if path.startswith(f"{folder}/") and path.endswith(".md"))
    return sorted(path for path in inside if "/." not in path and tree.exists(path))
