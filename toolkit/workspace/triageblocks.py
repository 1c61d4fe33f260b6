"""Triage rules and words of danger out of the handbook's pages.

Both stand in the pages that explain them, as fences with the word ``triage`` or ``risk`` behind them and YAML in them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from toolkit.messages import _
from toolkit.model import MessageKind
from toolkit.source import Fields
from toolkit.source.nodes import Mapping as Table
from toolkit.source.nodes import Scalar, Sequence
from toolkit.workspace.hours import read_class, read_duration, read_kinds, tell_missing
from toolkit.workspace.statements import read_wording
from toolkit.workspace.triage import AuthorRole, Conditions, Example, Outcome, Risk, TriageRule

TRIAGE: Final = "triage"
RISK: Final = "risk"
USUAL_ORDER: Final = 100
MOST_POINTS: Final = 9
TRIAGE_KEYS: Final[Mapping[str, str]] = {
    "rule": "Name of the rule, such as order-question; it stands in the reasons.",
    "why": "What it is for, in a sentence.",
    "order": "Rules with smaller numbers come first; default: 100. Then the order of pages and within them counts.",
    "if": "When it applies: all of the conditions it names.",
    "then": "What the rule does.",
    "good": "Messages it is for: texts, or {text, kind, channel, …}; they are its tests.",
    "bad": "Messages it is not for; what one does not say is as the rule wants it.",
}
IF_KEYS: Final[Mapping[str, str]] = {
    "words": "One of these words or phrases, in any case; * stands for the rest of a word.",
    "patterns": "Or one of these patterns, in RE2's syntax; capitals and small letters are the same.",
    "kinds": "comment, mention, direct or review.",
    "channels": "Accounts and networks.",
    "languages": "Languages, such as de; a message in an unknown one does not count.",
    "roles": "Who the author is to us: vip, press or authority.",
    "reach": "Fewest followers of the author.",
    "negative": "Smallest probability that it is meant negatively, 0 to 1. Such a rule may only give points.",
    "question": "Whether it asks something: true or false.",
    "risk": "Smallest class of the risk words in it, 1 to 3.",
    "first_contact": "Whether its author never wrote to us before: true or false.",
    "outside_hours": "Whether it came outside of service hours: true or false.",
}
THEN_KEYS: Final[Mapping[str, str]] = {
    "labels": "Labels that the conversation gets.",
    "assign": "Person or role whose it is; deputies for the absent. The first rule that assigns counts.",
    "points": "Points up or down, such as 2 or -1.",
    "first_response": "How soon the first response is wanted, such as PT1H; the shortest counts.",
    "risk": "Risk class, 1 to 3; the highest counts. It says which answers need an approval and who is called at night.",
    "stop": "Whether rules after it are left out: true or false.",
    "keep": "Whether a post found by a hashtag or word of content/feeds.yml becomes a message: true or false.",
}
RISK_KEYS: Final[Mapping[str, str]] = {
    "risk": "What the danger is.",
    "level": "Risk class: 1 to be watched, 2 an issue, 3 a danger; default: 1. 0 is only counted, for the crisis plans.",
    "words": "Words and phrases it is told by, in any case; * stands for the rest of a word.",
    "patterns": "Patterns it is told by, in RE2's syntax; capitals and small letters are the same.",
    "channels": "Accounts and networks it is about; default: all.",
    "languages": "Languages it is about; default: all. A message in an unknown one counts.",
    "owner": "Person who answers questions about it.",
    "instead": "What to do.",
    "good": "Texts that tell of it; they are its tests.",
    "bad": "Texts that do not.",
}
EXAMPLE_KEYS: Final = (
    "text",
    "kind",
    "channel",
    "language",
    "role",
    "reach",
    "negative",
    "first_contact",
    "outside_hours",
)
_NOBODY: Final = "none"


def read_triage(fields: Fields) -> TriageRule | None:
    """The rule of a ``triage`` block; None, with a problem, when it cannot be used."""
    before = len(fields.problems)
    fields.refuse_unknown(TRIAGE_KEYS)
    when, then = fields.table("if", "{words: [refund]}"), fields.table("then", "{points: 1}")
    for key in ("rule", "if", "then", "good", "bad"):
        if not fields.has(key):
            tell_missing(fields, key, _missing(key))
    if when is None or then is None:
        return None
    conditions, outcome = _conditions(when), _outcome(then)
    if conditions == Conditions():
        fields.problem("if", _("no condition is named: it would be for all messages"))
    if outcome == Outcome():
        fields.problem("then", _("it does nothing"))
    if conditions.negative:
        _only_points(then)
    rule = TriageRule(
        fields.text("rule"),
        fields.front,
        conditions,
        outcome,
        fields.text("why"),
        fields.number("order", USUAL_ORDER),
        tuple(_examples(fields, "good")),
        tuple(_examples(fields, "bad")),
    )
    return rule if len(fields.problems) == before else None


def read_risk(fields: Fields) -> Risk | None:
    """The danger of a ``risk`` block; None, with a problem, when it cannot be used."""
    before = len(fields.problems)
    fields.refuse_unknown(RISK_KEYS)
    if not fields.values:
        tell_missing(fields, "risk", _missing("risk"))
        return None
    wording, level = read_wording(fields, "risk"), _level(fields)
    examples = (tuple(_examples(fields, name)) for name in ("good", "bad"))
    if wording is None or len(fields.problems) > before:
        return None
    return Risk(fields.text("risk"), wording, level, *examples)


def _level(fields: Fields) -> int:
    return 0 if fields.text("level") == "0" else read_class(fields, "level") or 1


def _missing(key: str) -> str:
    said = _("{key} is missing").format(key=key)
    if key in ("good", "bad"):
        said += "; " + _("a rule shows a message that it is for (good) and one that it is not for (bad)")
    return said


def _conditions(fields: Fields) -> Conditions:
    fields.refuse_unknown(IF_KEYS)
    return Conditions(
        words=fields.words("words"),
        patterns=fields.words("patterns"),
        kinds=read_kinds(fields),
        channels=frozenset(fields.words("channels")),
        languages=frozenset(fields.words("languages")),
        roles=_roles(fields, "roles"),
        reach=fields.number("reach", 0),
        negative=_decimal(fields, "negative", 0.0, 1.0),
        question=fields.flag("question"),
        risk=read_class(fields, "risk"),
        first_contact=fields.flag("first_contact"),
        outside_hours=fields.flag("outside_hours"),
    )


def _roles(fields: Fields, name: str) -> frozenset[AuthorRole]:
    """Who somebody is to us; ``none`` is nobody in particular."""
    found = set()
    for index, said in enumerate(fields.words(name)):
        if said in set(AuthorRole):
            found.add(AuthorRole(said))
        elif said != _NOBODY or name == "roles":
            message = _("{key} must be one of {known}, not {value!r}")
            fields.problem(f"{name}.{index}", message.format(key=name, known=", ".join(AuthorRole), value=said))
    return frozenset(found)


def _outcome(fields: Fields) -> Outcome:
    for key in ("hide", "delete", "close", "done"):
        if key in fields.values:
            fields.problem(key, _("no rule hides, deletes or closes anything: a person does"))
    fields.refuse_unknown((*THEN_KEYS, "hide", "delete", "close", "done"))
    return Outcome(
        labels=fields.words("labels"),
        assign=fields.text("assign"),
        points=_decimal(fields, "points", -MOST_POINTS, MOST_POINTS),
        first_response=read_duration(fields, "first_response"),
        risk=read_class(fields, "risk"),
        stop=fields.flag("stop") or False,
        keep=fields.flag("keep") or False,
    )


def _only_points(fields: Fields) -> None:
    """A classifier is wrong often enough that its guess orders the inbox, and decides nothing."""
    for key in fields.values:
        if key != "points" and key in THEN_KEYS:
            message = _(
                "a rule that looks at negative may only give points: a guess orders the inbox and decides nothing"
            )
            fields.problem(key, message)


def _decimal(fields: Fields, name: str, least: float, most: float) -> float:
    said = fields.text(name)
    if not said:
        return 0.0
    try:
        value = float(said)
    except ValueError:
        value = most + 1
    if least <= value <= most:  # not where it is no number at all
        return value
    message = _("{key} must be a number between {least} and {most}, not {value!r}")
    fields.problem(name, message.format(key=name, least=f"{least:g}", most=f"{most:g}", value=said))
    return 0.0


def _examples(fields: Fields, name: str) -> Iterator[Example]:
    node = fields.values.get(name)
    items = node.items if isinstance(node, Sequence) else [node] if isinstance(node, Scalar) else []
    if node is not None and not items:
        fields.problem(name, _("{key} must be a list of messages").format(key=name))
    for index, item in enumerate(items):
        key = f"{name}.{index}" if isinstance(node, Sequence) else name
        if isinstance(item, Scalar):
            yield Example(fields.key(key), item.text)
        elif isinstance(item, Table):
            yield _example(Fields(fields.front, fields.problems, fields.key(key), node=item))
        else:
            fields.problem(
                key, _("an entry of {key} looks like: {shape}").format(key=name, shape="{text: …, kind: direct}")
            )


def _example(fields: Fields) -> Example:
    fields.refuse_unknown(EXAMPLE_KEYS)
    return Example(
        fields.prefix,
        fields.text("text"),
        kind=fields.choice("kind", MessageKind, MessageKind.COMMENT) if fields.has("kind") else None,
        channel=fields.text("channel") if fields.has("channel") else None,
        language=fields.text("language") if fields.has("language") else None,
        roles=_roles(fields, "role") if fields.has("role") else None,
        reach=fields.number("reach", 0) if fields.has("reach") else None,
        negative=_decimal(fields, "negative", 0.0, 1.0) if fields.has("negative") else None,
        first_contact=fields.flag("first_contact"),
        outside_hours=fields.flag("outside_hours"),
    )
