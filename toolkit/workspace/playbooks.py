"""Playbooks out of the handbook: the front matter of the pages in guidelines/crisis, below which the runbook stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import PurePosixPath
from typing import Final

from toolkit.messages import _
from toolkit.model import Problem, Severity
from toolkit.settings import unknown_name
from toolkit.source import Fields
from toolkit.workspace.handbook import Handbook, HandbookPage
from toolkit.workspace.hours import read_duration, tell_missing
from toolkit.workspace.playbook import AllClear, CrisisLevel, Playbook, Series, Trigger
from toolkit.workspace.triage import AuthorRole, Risk

PLAYBOOKS: Final = "guidelines/crisis"
RULE: Final = "playbook"
HIGHEST: Final = 3
SCOPES: Final = ("channel", "campaign", "label")
PLAYBOOK_KEYS: Final[Mapping[str, str]] = {
    "id": "Name for commands; default: the file's name.",
    "title": "Title of the page.",
    "owner": "Person who answers for the plan.",
    "reviewed": "Day on which somebody last read it.",
    "next_review": "Day on which somebody reads it again.",
    "version": "Version of the page.",
    "language": "Language of the page.",
    "internal": "Whether people outside are shown nothing of it; a playbook always is.",
    "levels": "List of levels, the mildest first.",
    "do_not": "What nobody does meanwhile.",
    "all_clear": "When it may end, and who decides that.",
    "drill_last": "Day of the last drill.",
    "drill_next": "Day of the next drill.",
}
LEVEL_KEYS: Final[Mapping[str, str]] = {
    "level": "Number of the level: 1 to watch, 2 an issue, 3 a crisis.",
    "name": "What it is called.",
    "when": "What proposes it: any of what it says. Declared it is by a person.",
    "owner": "Person who leads.",
    "backup": "Person who leads when the owner does not react or is not there.",
    "first_response": "How soon something is said in public, such as PT30M.",
    "update_every": "How often there is news in public, also when there is none, such as PT2H.",
    "approvers": "People whose yes a holding statement has; default: whoever may approve.",
    "pause": "What stands still: all, channel:NAME, campaign:NAME or label:NAME.",
    "allow": "Labels that go out all the same.",
    "holding": "Posts that are ready to be sent then: approved, with status review and without a time.",
}
WHEN_KEYS: Final[Mapping[str, str]] = {
    "score": "Least score of the detector, such as 3, from ten messages an hour on; see: leitstand crisis detect.",
    "risks": "Names of dangers that the handbook tells in blocks called risk; the messages that tell of one count.",
    "series": "Without risks, which messages count: all (default), negative (as the machine hears it) or risk.",
    "per_hour": "How many of these messages an hour; default with risks: one is enough.",
    "any_of": "Somebody of these writes: press, authority or vip.",
}
CLEAR_KEYS: Final[Mapping[str, str]] = {
    "quiet_for": "How long nothing new has come, such as PT24H.",
    "decided_by": "Person who gives the all-clear.",
    "review_by": "Person who invites to the talk afterwards; default: the page's owner.",
    "within": "Days until that talk; default: 10.",
}
_FORMER: Final = "words"  # a plan's own list; read for as long as plans have one
_NOT_PLAYBOOKS: Final = ("index", "readme")


def read_playbooks(handbook: Handbook) -> tuple[tuple[Playbook, ...], tuple[Problem, ...]]:
    """The playbooks in order of their paths, and what cannot be used in them."""
    found, problems = [], list[Problem]()
    for page in handbook.pages:
        if is_playbook(page.path) and page.front is not None:
            before: list[Problem] = []
            found.append(_read(Fields(page.front, before), page, handbook.risks))
            problems += (replace(problem, rule=RULE) for problem in before)
    return tuple(found), tuple(problems)


def is_playbook(path: str) -> bool:
    """Whether a page lies where playbooks do: right in guidelines/crisis, and is not the page about them."""
    place = PurePosixPath(path)
    return place.parent.as_posix() == PLAYBOOKS and place.stem.lower() not in _NOT_PLAYBOOKS


def scope_objection(scope: str) -> str:
    """Why ``all`` or ``channel:NAME`` cannot be read; "" when it can."""
    kind, _colon, name = scope.partition(":")
    if scope == "all" or (kind in SCOPES and name.strip()):
        return ""
    known = "all, " + ", ".join(f"{kind}:NAME" for kind in SCOPES)
    return _("scope must be one of {known}, not {text!r}").format(known=known, text=scope)


def _read(fields: Fields, page: HandbookPage, risks: Sequence[Risk]) -> Playbook:
    fields.refuse_unknown(PLAYBOOK_KEYS)
    if not fields.has("levels"):
        tell_missing(fields, "levels", _("the playbook has no levels; see: leitstand rules show playbook"))
    return Playbook(
        fields.text("id") or PurePosixPath(page.path).stem,
        page.title,
        page.owner,
        fields.front,
        tuple(_levels(fields, risks)),
        fields.words("do_not"),
        _all_clear(fields),
        page.next_review,
        fields.day("drill_last"),
        fields.day("drill_next"),
    )


def _levels(fields: Fields, risks: Sequence[Risk]) -> Iterator[CrisisLevel]:
    last = 0
    for item in fields.items("levels", "{level: 1, owner: anna, backup: ben, first_response: PT2H}"):
        item.refuse_unknown(LEVEL_KEYS)
        number = item.number("level", 0)
        if not 1 <= number <= HIGHEST:
            where = "level" if item.has("level") else ""
            item.problem(where, _("{key} must be between 1 and {most}").format(key="level", most=HIGHEST))
        elif number <= last:
            item.problem("level", _("levels rise, each with a number of its own"))
        last = max(last, number)
        yield _level(item, number, risks)


def _level(item: Fields, number: int, risks: Sequence[Risk]) -> CrisisLevel:
    for index, scope in enumerate(item.words("pause")):
        if said := scope_objection(scope):
            item.problem(f"pause.{index}", said)
    return CrisisLevel(
        key=item.prefix,
        level=number,
        name=item.text("name"),
        when=_trigger(item, risks),
        owner=item.text("owner"),
        backup=item.text("backup"),
        first_response=read_duration(item, "first_response"),
        update_every=read_duration(item, "update_every"),
        approvers=item.words("approvers"),
        pause=tuple(scope for scope in item.words("pause") if not scope_objection(scope)),
        allow=item.words("allow"),
        holding=item.words("holding"),
    )


def _trigger(item: Fields, risks: Sequence[Risk]) -> Trigger:
    when = item.table("when", "{score: 3, risks: [NAME], per_hour: 20, any_of: [press]}")
    if when is None:
        return Trigger()
    when.refuse_unknown((*WHEN_KEYS, _FORMER))
    if when.has(_FORMER):
        message = _(
            "words of danger stand in one list: write a block called risk with them, and here risks: [ITS NAME]"
        )
        when.problem(_FORMER, message, Severity.WARNING)
    return Trigger(
        _score(when),
        when.words(_FORMER),
        when.number("per_hour", 0),
        frozenset(_roles(when)),
        tuple(_risks(when, risks)),
        when.choice("series", Series, Series.ALL),
    )


def _risks(when: Fields, risks: Sequence[Risk]) -> Iterator[Risk]:
    """The dangers that are named; several blocks may have one name, such as one for each language."""
    known = dict.fromkeys(risk.name for risk in risks)
    for index, name in enumerate(when.words("risks")):
        if name not in known:
            when.problem(f"risks.{index}", unknown_name(_("danger"), name, known))
        yield from (risk for risk in risks if risk.name == name)


def _score(when: Fields) -> float:
    said = when.text("score")
    try:
        score = float(said or 0)
    except ValueError:
        score = -1.0
    if 0 <= score < 1000:
        return score
    when.problem(
        "score",
        _("{key} must be a number such as {example}, not {value!r}").format(key="score", example="3", value=said),
    )
    return 0.0


def _roles(when: Fields) -> Iterator[AuthorRole]:
    for index, said in enumerate(when.words("any_of")):
        if said in set(AuthorRole):
            yield AuthorRole(said)
        else:
            message = _("{key} must be one of {known}, not {value!r}")
            when.problem(f"any_of.{index}", message.format(key="any_of", known=", ".join(AuthorRole), value=said))


def _all_clear(fields: Fields) -> AllClear:
    clear = fields.table("all_clear", "{quiet_for: PT24H, decided_by: anna}")
    if clear is None:
        return AllClear()
    clear.refuse_unknown(CLEAR_KEYS)
    quiet: timedelta | None = read_duration(clear, "quiet_for")
    return AllClear(quiet, clear.text("decided_by"), clear.text("review_by"), clear.number("within", 10))
