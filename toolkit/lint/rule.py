"""What a rule is, and what it may look at.

A rule is one module in `toolkit/lint/rules/`: its docstring is the page that users read (first line the summary, then
*What it does*, *Why is this bad?*, *Example*, *Use instead*), `RULE` is its value, and a generator finds the problems.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import Protocol

from toolkit.editorial import Idea, read_ideas
from toolkit.lint.passages import Passage, find_passages
from toolkit.lint.recall import Recall
from toolkit.lint.words import house_words
from toolkit.model import Fix, Media, Post, Problem, Severity, Span, WallTime
from toolkit.networks import NETWORKS, all_networks
from toolkit.networks.base import Network
from toolkit.networks.renditions import Render, render_now
from toolkit.planning.slots import CLOCKS
from toolkit.settings import FILE_NAME, Settings
from toolkit.source import FrontMatter
from toolkit.tokens import Tokens, open_tokens
from toolkit.values import dataclass
from toolkit.workspace import Draft, Workspace, drafts, instances
from toolkit.workspace.mediafiles import Files


class LedgerRow(Protocol):
    """What the rules read of a ledger row."""

    @property
    def uid(self) -> str: ...

    @property
    def account(self) -> str: ...

    @property
    def state(self) -> str: ...


class View:
    """Everything that rules may look at: the workspace, the time, the ledger's rows. Computed once, shared by all rules.

    `paths` are the posts that somebody asked about; empty means all.
    """

    def __init__(
        self,
        workspace: Workspace,
        now: datetime,
        paths: Collection[str] = (),
        ledger_rows: Collection[LedgerRow] = (),
        recall: Recall | None = None,
        *,
        render: Render = render_now,
    ) -> None:
        self.workspace = workspace
        self.now = now
        self.paths = frozenset(paths)
        self.ledger_rows = ledger_rows
        self.recall = recall
        self.render = render
        self._passages: dict[str, tuple[Passage, ...]] = {}
        self._networks: dict[str, Network | None] = {}

    @property
    def settings(self) -> Settings:
        return self.workspace.settings

    @cached_property
    def posts(self) -> tuple[Post, ...]:
        """The posts whose front matter could be read; about the others the reader has said what there is to say."""
        return tuple(post for post in self.workspace.posts if front(post).root is not None)

    @cached_property
    def oldest(self) -> datetime:
        """What is older by its wall time is out, wherever on earth its clock hangs; without a zone."""
        return self.now.replace(tzinfo=None) - CLOCKS

    def asked(self, path: str) -> bool:
        """Whether problems of this file are wanted."""
        return not self.paths or path in self.paths

    @cached_property
    def asked_posts(self) -> tuple[Post, ...]:
        """Those of `posts` that somebody asked about."""
        return tuple(post for post in self.posts if self.asked(post.path)) if self.paths else self.posts

    def drafts(self, post: Post) -> tuple[Draft, ...]:
        """`toolkit.workspace.drafts`, remembered; of a post that comes again also the times that differ."""
        return self.workspace.remembered(post, drafts if post.repeat is None else _own_drafts)

    def passages(self, post: Post) -> tuple[Passage, ...]:
        """`toolkit.lint.passages.find_passages`, remembered."""
        found = self._passages.get(post.path)
        if found is None:
            found = self._passages[post.path] = find_passages(post, self.drafts(post), self.settings)
        return found

    @cached_property
    def networks(self) -> Mapping[str, Network]:
        """Every adapter; looking through the installed packages takes a while, so `network` tries the built-ins first."""
        return all_networks()

    def network(self, name: str) -> Network | None:
        """The adapter called `name`, or None when there is none; every rule asks for it with every draft."""
        if name not in self._networks:
            self._networks[name] = NETWORKS.get(name) or self.networks.get(name)
        return self._networks[name]

    @cached_property
    def ideas(self) -> tuple[tuple[Idea, ...], tuple[Problem, ...]]:
        """The ideas of content/ideas/ and what is wrong with them."""
        return read_ideas(self.workspace)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the house."""
        return house_words(self.workspace)

    @cached_property
    def files(self) -> Files:
        """The media files."""
        return Files(self.workspace.tree)

    @cached_property
    def tokens(self) -> tuple[Tokens, list[Problem]]:
        """The brand's design tokens, and what is wrong in their file."""
        return open_tokens(self.workspace.tree)

    @cached_property
    def settings_text(self) -> str:
        """The text of leitstand.toml, for places in it."""
        return self.workspace.tree.read(FILE_NAME).decode("utf-8-sig", "replace").replace("\r\n", "\n")

    @cached_property
    def states(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        """Uid → account → the ledger's states of its rows."""
        found: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for row in self.ledger_rows:
            found[row.uid][row.account].add(row.state)
        return {uid: {name: frozenset(own) for name, own in accounts.items()} for uid, accounts in found.items()}


CheckPost = Callable[[Post, View], Iterator[Problem]]
CheckAll = Callable[[View], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `check_post` sees each post, `check_all` the whole workspace; a rule without both is the reader's.

    `required` rules can be neither ignored nor switched off: without them the dispatcher would misread a post.
    """

    id: str
    severity: Severity
    docs: str
    check_post: CheckPost | None = None
    check_all: CheckAll | None = None
    fixable: bool = False
    required: bool = False

    @property
    def summary(self) -> str:
        """The first line of the documentation."""
        return self.docs.strip().splitlines()[0]

    def at(
        self, post: Post, key: str, message: str, *, severity: Severity | None = None, fix: Fix | None = None
    ) -> Problem:
        """A problem at the value of a dotted front-matter key; at the first line when there is none."""
        return self._problem(post, post.span(key), message, severity, fix)

    def at_key(self, post: Post, key: str, message: str, *, severity: Severity | None = None) -> Problem:
        """A problem at the dotted key itself, not at its value."""
        return self._problem(post, front(post).key_span(key), message, severity, None)

    def in_body(
        self,
        post: Post,
        start: int,
        end: int,
        message: str,
        *,
        severity: Severity | None = None,
        fix: Fix | None = None,
    ) -> Problem:
        """A problem at ``post.body[start:end]``."""
        span = post.source.span(post.body_start + start, post.body_start + end)
        return self._problem(post, span, message, severity, fix)

    def in_passage(
        self,
        post: Post,
        passage: Passage,
        start: int,
        end: int,
        message: str,
        *,
        severity: Severity | None = None,
        fix: Fix | None = None,
    ) -> Problem:
        """A problem at ``passage.text[start:end]``; at the whole value where its exact place is not known."""
        place = passage.place(start, end)
        span = post.span(passage.key) if place is None else post.source.span(*place)
        return self._problem(post, span, message, severity, fix)

    def _problem(self, post: Post, span: Span, message: str, severity: Severity | None, fix: Fix | None) -> Problem:
        return Problem(post.path, span, self.id, severity or self.severity, message, fix)


def front(post: Post) -> FrontMatter:
    """The post's front matter with the places of keys, which `Places` does not promise."""
    if not isinstance(post.places, FrontMatter):
        raise TypeError("posts are read by toolkit.source")
    return post.places


def all_media(post: Post) -> list[Media]:
    """The post's media and those that its options name for single accounts."""
    if not post.options:
        return list(post.media)
    return [*post.media, *(medium for options in post.options.values() for medium in options.media or ())]


def times(post: Post, view: View) -> dict[WallTime, str]:
    """The wall times at which the post goes out, and the keys at which they stand."""
    found: dict[WallTime, str] = {}
    wall: WallTime | None = None
    for draft in view.drafts(post):
        if draft.publish is not None and draft.publish is not wall:  # most accounts have the time of the one before
            wall = draft.publish
            found.setdefault(wall, time_key(draft))
    if not found and post.publish is not None:
        found[post.publish] = "publish"
    return found


def _own_drafts(post: Post, settings: Settings) -> list[Draft]:
    found = drafts(post, settings)
    return [*found, *(own for whole in found for own in instances(whole) if _differs(own, whole))]


def _differs(one: Draft, whole: Draft) -> bool:
    """Whether this time of a post that comes again has something of its own."""
    own = one.post.repeat is not None and one.instance in one.post.repeat.own
    return own or one.variant is not whole.variant


def time_key(draft: Draft) -> str:
    """Where the time of `draft` stands in the front matter."""
    if draft.occurrence:
        return f"instances.{draft.occurrence}.publish"
    options = draft.post.options
    for name in (draft.account.name, draft.account.network):
        if name in options and options[name].publish is not None:
            return f"options.{name}.publish"
    return f"slots.{draft.account.name}" if draft.account.name in draft.post.slots else "publish"
