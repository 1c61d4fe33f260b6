"""Finding and loading a workspace. One bad file is a problem; the rest still loads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from functools import cached_property
from pathlib import Path
from typing import Final

from platformdirs import user_state_path

from toolkit.errors import SettingsError
from toolkit.garbage import without_collection
from toolkit.messages import _
from toolkit.model import Approval, Post, Problem, SentBack, Severity, Span
from toolkit.settings import FILE_NAME, Settings, read_settings
from toolkit.source import CommitTree, FolderTree, Tree, read_post
from toolkit.values import dataclass
from toolkit.workspace.campaigns import Campaign, Goal, read_campaign, read_goals
from toolkit.workspace.drafts import Draft
from toolkit.workspace.handbook import Handbook, read_handbook
from toolkit.workspace.occasions import Occasion, read_occasions

POSTS: Final = "content/posts"
CAMPAIGNS: Final = "content/campaigns"
STRATEGY: Final = "guidelines/strategy.md"
# Overrides where state lives; set by `make demo`, tests and containers.
STATE_VARIABLE: Final = "LEITSTAND_STATE_DIR"
Make = Callable[[Post, Settings], Iterable[Draft]]


@dataclass(frozen=True)
class Workspace:
    """One brand's files, read at one moment from one `tree`."""

    root: Path
    tree: Tree
    settings: Settings
    posts: tuple[Post, ...]
    campaigns: Mapping[str, Campaign]
    goals: tuple[Goal, ...]
    problems: tuple[Problem, ...]
    # uid → approvals that stand elsewhere than in the file: reviews on the forge, see `toolkit.approval.reviews`, and
    # what was said at the desk, see `toolkit.approval.words`.
    approvals: Mapping[str, tuple[Approval, ...]] = field(default_factory=dict)
    sent_back: Mapping[str, tuple[SentBack, ...]] = field(default_factory=dict)
    # See `remembered`: path and function → a post, the settings, and what the function made of both.
    _drafts: dict[tuple[str, Make], tuple[Post, Settings, tuple[Draft, ...]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def remembered(self, post: Post, make: Make) -> tuple[Draft, ...]:
        """What `make`, such as `drafts`, makes of the post and the settings, made once as long as both are the same.

        Workspaces that share most of their posts, as an editor's from one key to the next, share the memory.
        """
        known = self._drafts.get((post.path, make))
        if known is None or known[0] is not post or known[1] is not self.settings:
            known = self._drafts[post.path, make] = (post, self.settings, tuple(make(post, self.settings)))
        return known[2]

    @cached_property
    def handbook(self) -> Handbook:
        """The handbook's pages and blocks, read when somebody asks: most verbs never do."""
        return read_handbook(self.tree)

    @cached_property
    def occasions(self) -> tuple[tuple[Occasion, ...], tuple[Problem, ...]]:
        """The occasions of content/occasions/ and what is wrong with them, read when somebody asks."""
        return read_occasions(self.tree)

    def find_post(self, reference: str) -> Post | None:
        """The post with this uid, path, or the end of a path (``advent.md``, ``advent``), if it is the only one."""
        wanted = reference.removeprefix("./")
        for post in self.posts:
            if wanted in (post.uid, post.path):
                return post
        ends = (f"/{wanted}", f"/{wanted}.md")
        found = [post for post in self.posts if f"/{post.path}".endswith(ends)]
        return found[0] if len(found) == 1 else None


def find_root(start: Path) -> Path:
    """The nearest folder from `start` upwards that has a leitstand.toml."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder
    message = _("no {file} in {folder} or above it; make a workspace with: leitstand init DIR")
    raise SettingsError(message.format(file=FILE_NAME, folder=start))


def load_settings(tree: Tree) -> tuple[Settings, list[Problem]]:
    """The settings of a workspace; raises `SettingsError` with every problem when they cannot be used."""
    try:
        data = tree.read(FILE_NAME)
    except FileNotFoundError:
        raise SettingsError(_("{file} is missing").format(file=FILE_NAME)) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(_("{file} is not UTF-8: {error}").format(file=FILE_NAME, error=error)) from None
    settings, problems = read_settings(text.replace("\r\n", "\n"))
    if settings is None:
        raise SettingsError("\n".join(str(problem) for problem in problems))
    return settings, problems


def open_tree(root: Path, ref: str = "") -> Tree:
    """The working files, or, with `ref`, the files of that commit."""
    return CommitTree(root, ref) if ref else FolderTree(root)


def load_workspace(root: Path, tree: Tree | None = None) -> Workspace:
    """Everything in the workspace. Raises `SettingsError` only; all else is in `problems`."""
    with without_collection():
        return _load(root, tree or FolderTree(root))


def _load(root: Path, tree: Tree) -> Workspace:
    settings, problems = load_settings(tree)
    posts: list[Post] = []
    inside = tree.paths(POSTS)
    for path, data in read_all(tree, (path for path in inside if path.endswith(".md")), problems):
        post, found = read_post(path, data, settings)
        problems += found
        if post is not None:
            posts.append(post)
    campaigns: dict[str, Campaign] = {}
    for path, data in read_all(tree, tree.paths(CAMPAIGNS, ".md"), problems):
        campaign, found = read_campaign(path, data)
        problems += found
        if campaign is not None:
            campaigns[campaign.name] = campaign
    goals: tuple[Goal, ...] = ()
    for path, data in read_all(tree, [STRATEGY] if tree.exists(STRATEGY) else [], problems):
        goals, found = read_goals(path, data)
        problems += found
    return Workspace(root, tree, settings, tuple(posts), campaigns, goals, tuple(problems + _strays(tree, inside)))


def read_all(tree: Tree, paths: Iterable[str], problems: list[Problem]) -> Iterator[tuple[str, bytes]]:
    """The bytes of each file; one that cannot be read is a problem of its own and hides no other."""
    for path in paths:
        try:
            yield path, tree.read(path)
        except OSError as error:
            message = _("cannot be read: {error}").format(error=error.strerror or error)
            problems.append(Problem(path, Span(), "encoding", Severity.ERROR, message))


def _strays(tree: Tree, paths: Iterable[str]) -> list[Problem]:
    """What looks like a post and is none: other endings such as advent.markdown or advent.MD, and links."""
    message = _("posts end in .md; rename the file or move it out of {folder}").format(folder=POSTS)
    found = [
        Problem(path, Span(), "front-matter", Severity.WARNING, message)
        for path in paths
        if not path.endswith(".md") and path.lower().endswith((".md", ".markdown", ".mdown", ".txt"))
    ]
    message = _("a link is no post, because it could show something else tomorrow; put the file itself there")
    links = tree.links(POSTS) if isinstance(tree, FolderTree) else []
    found += [Problem(path, Span(), "front-matter", Severity.WARNING, message) for path in links]
    message = _("the name of the file is not UTF-8, so it is not read; rename it")
    misnamed = tree.misnamed(POSTS) if isinstance(tree, FolderTree) else []
    return found + [Problem(path, Span(), "encoding", Severity.ERROR, message) for path in misnamed]


def post_folder(publish_year_month: str) -> str:
    """Where `new` puts a post that goes out in that month (``2026-12``)."""
    return f"{POSTS}/{publish_year_month.replace('-', '/')}" if publish_year_month else POSTS


def state_dir(root: Path, settings: Settings, environ: Mapping[str, str]) -> Path:
    """Where ledger, metrics and inbox live: variable, setting, else the platform's user state directory."""
    chosen = environ.get(STATE_VARIABLE) or settings.state_dir
    if chosen:
        return (root / Path(chosen).expanduser()).resolve()
    return user_state_path("leitstand", appauthor=False) / settings.id
