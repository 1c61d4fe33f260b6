"""The tables ``[check.RULE]`` of the rules about when and what: what a house demands, and of whom it does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Final

from toolkit.messages import _
from toolkit.settings.reader import Reader
from toolkit.settings.wording import unknown_name
from toolkit.values import dataclass

HOLIDAY: Final[Mapping[str, str]] = {
    "public": "Whether posts on public holidays of the region are pointed out. Default: true.",
    "school": "Whether posts in school holidays of the region are pointed out. Default: false.",
    "mourning": "Whether advertising on days of mourning is pointed out. Default: true.",
    "commercial": "Pillars, labels and campaigns that count as advertising. Default: every post counts.",
}
RIGHTS: Final[Mapping[str, str]] = {
    "required": "What every medium has to say: a list of rights, licence, credit, people. Default: nothing.",
}
STRATEGY: Final[Mapping[str, str]] = {
    "required": "What every ready post has to say: a list of pillar, goal, campaign. Default: what the strategy has.",
}
HANDBOOK_REVIEW: Final[Mapping[str, str]] = {
    "exempt": "Pages that nobody has to review: a list of paths such as guidelines/archiv/*.",
}
TABLES: Final[Mapping[str, Mapping[str, str]]] = {
    "check.holiday": HOLIDAY,
    "check.rights": RIGHTS,
    "check.strategy": STRATEGY,
    "check.handbook-review": HANDBOOK_REVIEW,
}
ABOUT_MEDIA: Final = ("rights", "licence", "credit", "people")
ABOUT_POSTS: Final = ("pillar", "goal", "campaign")


@dataclass(frozen=True, slots=True)
class HolidayPolicy:
    """Which special days the rule `holiday` looks at; `commercial` empty: every post may be advertising."""

    public: bool = True
    school: bool = False
    mourning: bool = True
    commercial: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CheckPolicy:
    """What the house demands of media (`rights`), posts (`strategy`) and handbook pages."""

    holiday: HolidayPolicy = field(default_factory=HolidayPolicy)
    rights: tuple[str, ...] = ()
    strategy: tuple[str, ...] | None = None  # None: nobody said
    exempt: tuple[str, ...] = ()


def read_checks(reader: Reader, check: Mapping[str, object]) -> CheckPolicy:
    """The policy in the sub-tables of ``[check]``; the usual one without them."""
    raw = {
        name: reader.table(reader.sub(check, name.partition(".")[2], "check"), name, TABLES[name]) for name in TABLES
    }
    holiday, name = raw["check.holiday"], "check.holiday"
    return CheckPolicy(
        holiday=HolidayPolicy(
            public=reader.value(holiday, name, "public", bool, True),
            school=reader.value(holiday, name, "school", bool, False),
            mourning=reader.value(holiday, name, "mourning", bool, True),
            commercial=frozenset(reader.words(holiday, name, "commercial", ())),
        ),
        rights=_required(reader, raw, "check.rights", ABOUT_MEDIA),
        strategy=_required(reader, raw, "check.strategy", ABOUT_POSTS) if "required" in raw["check.strategy"] else None,
        exempt=reader.words(raw["check.handbook-review"], "check.handbook-review", "exempt", ()),
    )


def _required(
    reader: Reader, raw: Mapping[str, Mapping[str, object]], table: str, known: tuple[str, ...]
) -> tuple[str, ...]:
    words = reader.words(raw[table], table, "required", ())
    for word in words:
        if word not in known:
            reader.error(table, "required", unknown_name(_("key"), word, dict.fromkeys(known)))
    return words
