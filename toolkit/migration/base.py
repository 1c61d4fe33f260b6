"""What a move consists of: files, what was changed on the way, and what had been published."""

from __future__ import annotations

from enum import StrEnum

from toolkit.model import Problem
from toolkit.values import dataclass


class Kind(StrEnum):
    """What a change is about; a stable word for programs."""

    ACCOUNT = "account"
    DATE = "date"
    DRAFT = "draft"
    FAILED = "failed"
    GONE = "gone"
    IGNORED = "ignored"
    LEFT = "left"
    MARKUP = "markup"
    PICTURE = "picture"
    RETRY = "retry"
    TEXT = "text"
    THREAD = "thread"


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is not as it was, and why, in one sentence."""

    kind: Kind
    said: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A post: the file it came from, the one it becomes (relative to the workspace), and what changed."""

    source: str
    path: str
    uid: str
    text: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the other tool knew of a post on a channel: whether it is out, and where ("" when it did not say)."""

    uid: str
    account: str
    published: bool
    url: str = ""


@dataclass(frozen=True, slots=True)
class Migration:
    """Everything that another tool left behind, as a workspace."""

    settings: str  # the text of leitstand.toml
    posts: tuple[Moved, ...]
    deliveries: tuple[Delivery, ...]
    changes: tuple[Change, ...]  # of accounts and the whole
    problems: tuple[Problem, ...]  # files that could not be read; their posts are missing
