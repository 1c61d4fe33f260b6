"""What is asked of a forge, and what it answers.

::

    NetworkError
    └── ForgeError           the forge cannot be reached, refuses, or answers something else
        └── ForgeBusyError   it wants to be left alone until a moment
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from toolkit.errors import NetworkError
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Pull:
    """A pull request that was merged. `commit` is the one by which it came into `branch`, whatever kind of merge."""

    number: int
    author: str
    branch: str
    commit: str


@dataclass(frozen=True, slots=True)
class Review:
    """An approving review that is in force: who, of which commit, when. `base`: the branch as it was then, "" unknown."""

    reviewer: str
    commit: str
    at: datetime
    base: str = ""


class Forge(Protocol):
    """A repository on a forge. Every method raises `ForgeError`."""

    def pulls_with(self, commit: str) -> tuple[Pull, ...]:
        """The merged pull requests that brought `commit`; none for a commit that was pushed without one."""

    def reviews(self, pull: Pull) -> tuple[Review, ...]:
        """Approvals in force, at most one per reviewer; never the author's own."""

    def head_ref(self, number: int) -> str:
        """The ref under which the commits of a pull request can be fetched, also after its branch is gone."""


class ForgeError(NetworkError):
    """The forge did not say what it was asked."""


class ForgeBusyError(ForgeError):
    """The forge limits how often it is asked; `until` is when it may be asked again."""

    def __init__(self, message: str, until: datetime) -> None:
        super().__init__(message)
        self.until = until
