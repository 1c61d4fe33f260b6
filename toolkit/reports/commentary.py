"""What people add to a report: an analyst's words and the team's actions, in one Markdown file per report and period.

The file, such as ``notebooks/commentary/monthly/2026-10.md``, is begun on the first run and never written again. Actions
are its task list; next month's report asks what became of them::

    - [ ] Plan four videos @jule 2026-11-15
    - [x] Answer within a day @mai 2026-11-30: nine of ten were
    - [-] Try polls @ole 2026-11-30: nobody had time
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Final

from toolkit.messages import _
from toolkit.reports.notebook import FOLDER
from toolkit.values import dataclass

COMMENTARY: Final = f"{FOLDER}/commentary"
_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TASK: Final = re.compile(r"^ {0,3}[-*+] \[([ xX-])\] +(.+?) *$")
_HEADING: Final = re.compile(r"^#{1,6} ")
_OWNER: Final = re.compile(r"(?<!\S)@([\w-]+)")
_DUE: Final = re.compile(r"(?<!\S)(\d{4}-\d{2}-\d{2})(?!\S)")
# What became of it stands behind a colon at the owner or the day.
_END: Final = re.compile(r"(?<!\S)(?:@[\w-]+|\d{4}-\d{2}-\d{2}):(?!\S)")


@dataclass(frozen=True, slots=True)
class Action:
    """Something that somebody wants to do until a day."""

    text: str
    owner: str  # "" when nobody is named
    due: date | None
    done: bool
    dropped: bool
    result: str  # what became of it, in somebody's words

    def late(self, today: date) -> bool:
        return not self.done and not self.dropped and self.due is not None and self.due < today


@dataclass(frozen=True, slots=True)
class Words:
    """A commentary: Markdown without its actions, and these."""

    path: str
    text: str
    actions: tuple[Action, ...]


def commentary_path(report: str, month: str) -> str:
    """Where the words on a report are, seen from the workspace."""
    return f"{COMMENTARY}/{report}/{month}.md"


def begin_commentary(root: Path, report: str, month: str) -> Path | None:
    """Write a commentary that only says what it is for; None when there is one, or none can be written here."""
    path = root / commentary_path(report, month)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(_skeleton(report, month))
        return path
    return None


def _skeleton(report: str, month: str) -> str:
    about = _(
        "Words on the report {report} of {month}. They are shown below its summary and survive every run; nobody but you writes into this file."
    )
    question = _("What should readers know that the numbers do not say?")
    actions = _("Actions")
    how = _(
        "One line for each action, with who and until when; they come back in the next report. When it is over: [x] done, [-] dropped, and after the day what became of it."
    )
    example = _("- [ ] Plan four videos @name 2026-11-15")
    over = _("- [x] Plan four videos @name 2026-11-15: three went out, two above usual")
    about = about.format(report=report, month=month)
    return f"<!-- {about} -->\n\n<!-- {question} -->\n\n## {actions}\n\n<!-- {how}\n{example}\n{over}\n-->\n"


def read_words(path: str, data: bytes) -> Words:
    """A commentary as it is, whatever stands in it; comments of HTML are left out."""
    lines = _COMMENT.sub("", data.decode("utf-8-sig", "replace")).splitlines()
    actions = tuple(_action(*found.groups()) for line in lines if (found := _TASK.match(line)))
    kept = [line for line in lines if not _TASK.match(line)]
    return Words(path, "\n".join(_without_empty(kept)).strip(), actions)


def _action(mark: str, line: str) -> Action:
    end = _END.search(line)
    text, result = (line[: end.end() - 1], line[end.end() :].strip()) if end else (line, "")
    owner, day, due = _OWNER.search(text), _DUE.search(text), None
    if day is not None:
        with suppress(ValueError):
            due = date.fromisoformat(day[1])
    kept = _OWNER.sub("", _DUE.sub("", text) if due else text)
    return Action(" ".join(kept.split()), owner[1] if owner else "", due, mark in "xX", mark == "-", result)


def _without_empty(lines: Iterable[str]) -> list[str]:
    """Without headings below which nothing is left."""
    kept: list[str] = []
    for line in reversed(list(lines)):
        below = next((one for one in reversed(kept) if one.strip()), "")
        if _HEADING.match(line) and (not below or _HEADING.match(below)):
            continue
        kept.append(line)
    return kept[::-1]
