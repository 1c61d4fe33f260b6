"""The handbook as the rules read it: who answers for its pages, and the blocks in them that are not patterns of style."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Final

from toolkit.messages import _
from toolkit.model import Problem, Severity, SourceText, Span
from toolkit.source import Fields, FrontMatter, Tree, decode, read_frontmatter
from toolkit.source.blocks import read_blocks
from toolkit.values import dataclass
from toolkit.workspace.duty import DUTY, DutyRoster, read_duty
from toolkit.workspace.hours import HOURS, ServiceHours, read_service_hours
from toolkit.workspace.postingtimes import SLOTS, PostingSlots, read_posting_slots
from toolkit.workspace.statements import CLAIM, TOPIC, Claim, Topic, read_claim, read_topic
from toolkit.workspace.triage import Risk, TriageRule
from toolkit.workspace.triageblocks import RISK, TRIAGE, read_risk, read_triage
from toolkit.workspace.voices import IMAGE, VOICE, Trait, Voice, read_trait, read_voice
from toolkit.workspace.voices import RULE as VOICES

HANDBOOK: Final = "guidelines"
# Vale packages bring pages of their own; nobody here reviews them.
_STYLES: Final = f"{HANDBOOK}/styles/"
REVIEW: Final = "handbook-review"
# Word behind the backticks → the rule that its problems belong to.
KINDS: Final[Mapping[str, str]] = {
    TOPIC: "no-go",
    CLAIM: "claims",
    HOURS: "service-hours",
    SLOTS: "posting-slot",
    DUTY: "duty",
    TRIAGE: "triage",
    RISK: "triage",
    VOICE: VOICES,
    IMAGE: VOICES,
}
Told = Topic | Claim | ServiceHours | PostingSlots | DutyRoster | TriageRule | Risk | Voice | Trait
_READERS: Final[Mapping[str, Callable[[Fields], Told | None]]] = {
    TOPIC: read_topic,
    CLAIM: read_claim,
    HOURS: read_service_hours,
    SLOTS: read_posting_slots,
    DUTY: read_duty,
    TRIAGE: read_triage,
    RISK: read_risk,
    VOICE: read_voice,
    IMAGE: read_trait,
}


@dataclass(frozen=True, slots=True)
class HandbookPage:
    """One page of the handbook; `front` is None for a page without front matter, such as a generated one."""

    path: str
    front: FrontMatter | None
    title: str = ""
    owner: str = ""
    next_review: date | None = None


@dataclass(frozen=True, slots=True)
class Handbook:
    """The pages in order of their paths, the blocks in them, and what is wrong with these."""

    pages: tuple[HandbookPage, ...] = ()
    topics: tuple[Topic, ...] = ()
    claims: tuple[Claim, ...] = ()
    hours: tuple[ServiceHours, ...] = ()
    slots: tuple[PostingSlots, ...] = ()
    duty: tuple[DutyRoster, ...] = ()
    triage: tuple[TriageRule, ...] = ()
    risks: tuple[Risk, ...] = ()
    voices: tuple[Voice, ...] = ()
    traits: tuple[Trait, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_handbook(tree: Tree) -> Handbook:
    """Every Markdown page of guidelines/; a bad page or block hides no other."""
    return _join([_open(tree, path) for path in tree.paths(HANDBOOK, ".md") if not path.startswith(_STYLES)])


def _join(parts: list[Handbook]) -> Handbook:
    return Handbook(
        tuple(page for part in parts for page in part.pages),
        tuple(topic for part in parts for topic in part.topics),
        tuple(claim for part in parts for claim in part.claims),
        tuple(hours for part in parts for hours in part.hours),
        tuple(slots for part in parts for slots in part.slots),
        tuple(roster for part in parts for roster in part.duty),
        tuple(rule for part in parts for rule in part.triage),
        tuple(risk for part in parts for risk in part.risks),
        tuple(voice for part in parts for voice in part.voices),
        tuple(trait for part in parts for trait in part.traits),
        tuple(problem for part in parts for problem in part.problems),
    )


def _open(tree: Tree, path: str) -> Handbook:
    try:
        return _read(path, tree.read(path))
    except OSError as error:
        message = _("cannot be read: {error}").format(error=error.strerror or error)
        return Handbook(problems=(Problem(path, Span(), "encoding", Severity.ERROR, message),))


@lru_cache(maxsize=1024)  # an editor asks after every key; only the page that changed is another one
def _read(path: str, data: bytes) -> Handbook:
    source, problems = decode(path, data)
    if source is None:
        return Handbook(problems=tuple(problems))
    page = _read_page(source, problems)
    found: list[Told | None] = []
    for block in read_blocks(source, KINDS):
        if block.fields is not None:
            found.append(_READERS[block.kind](block.fields))
        problems += (replace(problem, rule=KINDS[block.kind]) for problem in block.problems)
    return Handbook(
        (page,),
        tuple(one for one in found if isinstance(one, Topic)),
        tuple(one for one in found if isinstance(one, Claim)),
        tuple(one for one in found if isinstance(one, ServiceHours)),
        tuple(one for one in found if isinstance(one, PostingSlots)),
        tuple(one for one in found if isinstance(one, DutyRoster)),
        tuple(one for one in found if isinstance(one, TriageRule)),
        tuple(one for one in found if isinstance(one, Risk)),
        tuple(one for one in found if isinstance(one, Voice)),
        tuple(one for one in found if isinstance(one, Trait)),
        tuple(problems),
    )


def _read_page(source: SourceText, problems: list[Problem]) -> HandbookPage:
    if not source.text.startswith("---"):
        return HandbookPage(source.path, None)
    front, found = read_frontmatter(source)
    fields = Fields(front, found)
    page = HandbookPage(
        source.path,
        front if front.root is not None else None,
        fields.text("title"),
        fields.text("owner"),
        fields.day("next_review"),
    )
    problems += (replace(problem, rule=REVIEW) for problem in found)
    return page
