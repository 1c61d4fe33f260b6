"""One open file at one moment, with everything that a feature may ask of it: each thing is computed once, when asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum, auto
from functools import cached_property

from toolkit.editorial import IDEAS
from toolkit.editorial.keys import IDEA
from toolkit.lint import Rule, View, check_workspace, workspace_rules
from toolkit.lsp.handbook import page_problems
from toolkit.lsp.page import Page
from toolkit.model import Post, Problem
from toolkit.settings import FILE_NAME
from toolkit.source import FrontMatter, read_frontmatter
from toolkit.source.rulepages import RulePage, find_page, rule_pages
from toolkit.strategy.keys import STRATEGY_PAGE
from toolkit.values import dataclass
from toolkit.workspace import CAMPAIGNS, POSTS, STRATEGY, Workspace
from toolkit.workspace.keys import CAMPAIGN, POST, Key


class Kind(Enum):
    """What a file of a workspace is."""

    POST = auto()
    CAMPAIGN = auto()
    IDEA = auto()
    HANDBOOK = auto()
    SETTINGS = auto()
    OTHER = auto()


def kind_of(path: str) -> Kind:
    """What the file at `path`, from the workspace's root, is."""
    if path == FILE_NAME:
        return Kind.SETTINGS
    if not path.endswith(".md"):
        return Kind.OTHER
    folders = {POSTS: Kind.POST, CAMPAIGNS: Kind.CAMPAIGN, IDEAS: Kind.IDEA, "guidelines": Kind.HANDBOOK}
    return next((kind for folder, kind in folders.items() if path.startswith(f"{folder}/")), Kind.OTHER)


@dataclass(frozen=True)
class Scene:
    """`page` is the open file's text; `workspace` holds it as it is there, unsaved."""

    workspace: Workspace
    page: Page
    now: datetime

    @property
    def kind(self) -> Kind:
        return kind_of(self.page.path)

    @cached_property
    def post(self) -> Post | None:
        """The open file as a post; None when it is none."""
        return next((post for post in self.workspace.posts if post.path == self.page.path), None)

    @cached_property
    def view(self) -> View:
        """What the rules see, asked about this file."""
        return View(self.workspace, self.now, (self.page.path,))

    @cached_property
    def front(self) -> FrontMatter:
        """The file's front matter with the places of its keys; without a `root` where it cannot be read."""
        return read_frontmatter(self.page.source)[0]

    @property
    def keys(self) -> Mapping[str, Key]:
        """The front-matter keys that the file may have."""
        if self.page.path == STRATEGY:
            return STRATEGY_PAGE
        return {Kind.POST: POST, Kind.CAMPAIGN: CAMPAIGN, Kind.IDEA: IDEA}.get(self.kind, {})

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """The rules by name, those of the house included."""
        return workspace_rules(self.workspace)

    def rule_page(self, rule: str) -> RulePage | None:
        """Where a rule is explained; None where nobody does."""
        return find_page(self.workspace.tree, rule, self._house)

    @cached_property
    def _house(self) -> Mapping[str, RulePage]:
        return rule_pages(self.workspace.tree)

    @cached_property
    def problems(self) -> list[Problem]:
        """What is wrong with the file."""
        if self.kind is Kind.OTHER:
            return []
        path = self.page.path
        found = check_workspace(self.workspace, now=self.now, paths=(path,))
        if self.kind is Kind.HANDBOOK:
            found += page_problems(self.page)
        return [problem for problem in dict.fromkeys(found) if problem.path == path]

    def problems_at(self, start: int, end: int) -> list[Problem]:
        """The problems that touch the code points ``start:end``."""
        found = ((problem, *self.page.offsets(problem.span)) for problem in self.problems)
        return [problem for problem, first, last in found if first <= end and start <= last]
