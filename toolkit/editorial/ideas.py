"""Ideas (`content/ideas/*.md`): what could become a post, where it came from, and what somebody decided about it.

The front matter is for programs, the text below for people. An idea is never deleted: one that was dropped keeps its
reason, so that nobody is asked the same again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Final

from toolkit.messages import _
from toolkit.model import Problem
from toolkit.source import Fields, FrontMatter, decode, read_frontmatter
from toolkit.values import dataclass
from toolkit.workspace import Workspace
from toolkit.workspace.folder import read_all

IDEAS: Final = "content/ideas"
RULE: Final = "idea"
IDEA_KEYS: Final[Mapping[str, str]] = {
    "id": "Identity of the idea, minted by `leitstand idea new`; its posts name it as `idea`. Never edited.",
    "title": "The idea in a few words.",
    "status": "new, shortlisted, planned or dropped.",
    "source": "Where it came from: feed, inbox, occasion, report or person.",
    "origin": "What exactly: the address of an article, the number of a conversation, the name of the occasion.",
    "by": "Person who brought it in.",
    "owner": "Person who looks after it; default: who brought it in.",
    "created": "Day on which it was written down.",
    "goal": "Name of the KPI that it is to move.",
    "audience": "Whom it is for.",
    "pillar": "Content pillar of the strategy.",
    "channels": "Accounts it would suit.",
    "campaign": "Campaign it belongs to.",
    "labels": "Free words to find it by.",
    "score": "Table reach, fit, effort: what it is worth; see the score keys.",
    "decided_by": "Person who decided what becomes of it.",
    "decided": "Day of the decision.",
    "reason": "Why it was dropped, or why it was taken.",
    "posts": "The uids of the posts that came of it; written by `leitstand idea promote`.",
    "language": "Language of the idea and of its posts; default: the workspace's first.",
}
SCORE_KEYS: Final[Mapping[str, str]] = {
    "reach": "How many it would reach, 1 (few) to 5 (as many as our best).",
    "fit": "How well it suits audience and goal, 1 (hardly) to 5 (made for them).",
    "effort": "How much work it is, 1 (an hour) to 5 (a week).",
}
SCORE_SHAPE: Final = "{reach: 4, fit: 5, effort: 2}"
HIGHEST: Final = 5
_NOT_IDEAS: Final = ("index", "readme")


class Stage(StrEnum):
    """How far an idea is; `planned` has posts, `dropped` has a reason."""

    NEW = "new"
    SHORTLISTED = "shortlisted"
    PLANNED = "planned"
    DROPPED = "dropped"


class Origin(StrEnum):
    """Where ideas come from."""

    FEED = "feed"
    INBOX = "inbox"
    OCCASION = "occasion"
    REPORT = "report"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Score:
    """What an idea is worth, each from 1 to 5."""

    reach: int
    fit: int
    effort: int

    @property
    def value(self) -> float:
        """Reach times fit for each unit of effort, 0.2 to 25."""
        return self.reach * self.fit / self.effort


@dataclass(frozen=True, slots=True)
class Idea:
    """One idea. `name` is the file's name without .md, `text` its prose; `places` leads to its keys."""

    name: str
    title: str
    places: FrontMatter
    id: str = ""
    stage: Stage = Stage.NEW
    source: Origin = Origin.PERSON
    origin: str = ""
    by: str = ""
    owner: str = ""
    created: date | None = None
    goal: str = ""
    audience: str = ""
    pillar: str = ""
    channels: tuple[str, ...] = ()
    campaign: str = ""
    labels: tuple[str, ...] = ()
    language: str = ""
    score: Score | None = None
    decided_by: str = ""
    decided: date | None = None
    reason: str = ""
    posts: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The file, from the workspace's root."""
        return self.places.source.path

    @property
    def text(self) -> str:
        """What people wrote below the front matter."""
        return self.places.body

    @property
    def open(self) -> bool:
        """Whether somebody still has to decide."""
        return self.stage in (Stage.NEW, Stage.SHORTLISTED)


def read_ideas(workspace: Workspace) -> tuple[tuple[Idea, ...], tuple[Problem, ...]]:
    """The ideas in order of their paths, and what cannot be used in them; a bad file or key hides no other."""
    found: list[Idea] = []
    problems: list[Problem] = []
    tree = workspace.tree
    paths = [path for path in tree.paths(IDEAS, ".md") if PurePosixPath(path).stem.lower() not in _NOT_IDEAS]
    for path, data in read_all(tree, paths, problems):
        idea, said = read_idea(path, data)
        problems += said
        if idea is not None:
            found.append(idea)
    return tuple(found), tuple(problems)


def find_idea(ideas: tuple[Idea, ...], reference: str) -> Idea | None:
    """The idea with this id, name or path, None when there is none."""
    wanted = reference.removeprefix("./")
    return next((one for one in ideas if wanted in (one.id, one.name, one.path, f"{one.name}.md")), None)


@lru_cache(maxsize=16_384)  # an editor asks after every key; only the file that changed is another one
def read_idea(path: str, data: bytes) -> tuple[Idea | None, tuple[Problem, ...]]:
    """The idea in `data`; None when its front matter cannot be read at all."""
    source, problems = decode(path, data)
    if source is None:
        return None, tuple(problems)
    front, found = read_frontmatter(source)
    problems += found
    if front.root is None:
        return None, tuple(problems)
    mine: list[Problem] = []
    idea = _read(Fields(front, mine), PurePosixPath(path).stem)
    return idea, (*problems, *(replace(problem, rule=RULE) for problem in mine))


def _read(fields: Fields, name: str) -> Idea:
    fields.refuse_unknown(IDEA_KEYS)
    return Idea(
        name=name,
        title=fields.text("title") or name,
        places=fields.front,
        id=fields.text("id"),
        stage=fields.choice("status", Stage, Stage.NEW),
        source=fields.choice("source", Origin, Origin.PERSON),
        origin=fields.text("origin").strip(),
        by=fields.text("by"),
        owner=fields.text("owner") or fields.text("by"),
        created=fields.day("created"),
        goal=fields.text("goal"),
        audience=fields.text("audience"),
        pillar=fields.text("pillar"),
        channels=fields.words("channels"),
        campaign=fields.text("campaign"),
        labels=fields.words("labels"),
        language=fields.text("language"),
        score=_score(fields),
        decided_by=fields.text("decided_by"),
        decided=fields.day("decided"),
        reason=fields.text("reason").strip(),
        posts=fields.words("posts"),
    )


def _score(fields: Fields) -> Score | None:
    """The whole score; one with a number that is missing or out of range is a problem and none."""
    table = fields.table("score", SCORE_SHAPE)
    if table is None:
        return None
    table.refuse_unknown(SCORE_KEYS)
    found = {key: table.number(key, 0) for key in SCORE_KEYS}
    for key, number in found.items():
        if not 1 <= number <= HIGHEST:
            message = _("a score is three numbers from 1 to {most}: {shape}")
            fields.problem(f"score.{key}", message.format(most=HIGHEST, shape=SCORE_SHAPE))
            return None
    return Score(**found)
