"""What stands behind the door: one workspace, and the command line, whose `--json` says the same to every program."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol

from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, LeitstandError, UsageError
from toolkit.messages import _
from toolkit.source import FolderTree
from toolkit.values import dataclass
from toolkit.workspace import Workspace, load_workspace

# What these say does not depend on the time.
_TIMELESS: Final = frozenset({"explain", "preview"})
Json = Mapping[str, object]
# The verbs that the door may use, and the only one of them that writes. Not approve, publish, run, inbox reply, resume …
READING: Final = frozenset({"check", "explain", "inbox list", "inbox show", "kpi", "plan", "preview", "status"})
WRITING: Final = frozenset({"new"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


class Ask(Protocol):
    """Runs one command line and catches what it prints; never raises."""

    def __call__(self, args: Sequence[str]) -> Answer:
        """The answer to the arguments behind ``leitstand``."""


@dataclass(frozen=True, slots=True)
class Door:
    """A workspace as a program sees it. Drafts are written in the name of `by`; "" where one person works alone.

    `now` is what ``--now`` says, "" for the clock.
    """

    root: Path
    ask: Ask
    by: str = ""
    now: str = ""

    def load(self) -> Workspace:
        """The workspace as its files are at this moment."""
        return load_workspace(self.root, self.tree)

    @property
    def tree(self) -> FolderTree:
        """The files; links are not followed, and nothing outside of the workspace is there."""
        return FolderTree(self.root)

    def objects(self, verb: str, *words: str, **options: str | Sequence[str]) -> list[Json]:
        """The JSON lines that `verb` prints; raises `LeitstandError` in the words of the command.

        Options are written ``--name=value`` and words stand behind ``--``, so that nothing a program says becomes an
        option.
        """
        if verb not in READING | WRITING:
            raise UsageError(_("this access has no {verb}").format(verb=verb))
        given = [f"--{name}={value}" for name, values in options.items() for value in _each(values) if value]
        clock = [f"--now={self.now}"] if self.now and verb not in _TIMELESS else []
        place = f"--workspace={self.root}"
        answer = self.ask([*verb.split(), *given, *clock, place, "--json", *(["--", *words] if words else [])])
        if answer.code not in (EXIT_CLEAN, EXIT_PROBLEMS) or (answer.code and not answer.out.strip()):
            raise LeitstandError(answer.err.strip().removeprefix("leitstand: ") or _("the command failed"))
        # Not `splitlines`: what people write holds line separators that JSON leaves as they are.
        return [json.loads(line) for line in answer.out.split("\n") if line]

    def object(self, verb: str, *words: str, **options: str | Sequence[str]) -> Json:
        """The one JSON object that `verb` prints."""
        [found] = self.objects(verb, *words, **options)
        return found


def _each(values: str | Sequence[str]) -> Sequence[str]:
    return [values] if isinstance(values, str) else values
