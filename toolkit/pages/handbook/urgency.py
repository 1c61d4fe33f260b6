"""Service hours, triage rules, dangers, voices and attributes of the handbook as boxes: what runs, as readers understand it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Final

from toolkit.dates import say_date, say_period, weekday_shorts
from toolkit.messages import _
from toolkit.model import MessageKind, SourceText
from toolkit.pages.markup import Html, div, join, para, span, tag
from toolkit.settings import Hours
from toolkit.source import Fields
from toolkit.source.blocks import read_blocks
from toolkit.workspace import AuthorRole, Conditions, Example, Outcome, Risk, ServiceHours, ServiceLevel, TriageRule
from toolkit.workspace.hours import HOURS, read_service_hours
from toolkit.workspace.triageblocks import RISK, TRIAGE, read_risk, read_triage
from toolkit.workspace.voices import IMAGE, VOICE, Trait, Voice, VoiceSort, read_trait, read_voice

NameOf = Callable[[str], str]
_LAST: Final = 6  # Sunday


def box_urgency(markdown: str, name_of: NameOf) -> str:
    """`markdown` with every such block as one line of HTML; a block that cannot be used stays as it is.

    `name_of` turns the key of a person into a name, and leaves a role as it is.
    """
    for block in reversed(list(read_blocks(SourceText("", markdown), (HOURS, TRIAGE, RISK, VOICE, IMAGE)))):
        box = _box(block.kind, block.fields, name_of) if block.fields is not None else None
        if box is not None:
            html = div(div(box, class_="ls-rule"), class_="ls")
            markdown = f"{markdown[: block.start]}\n{html}\n{markdown[block.end :]}"
    return markdown


def _box(kind: str, fields: Fields, name_of: NameOf) -> Html | None:
    if kind == HOURS:
        hours = read_service_hours(fields)
        return write_box(_("Service hours"), "", dict(_hours(hours))) if hours else None
    if kind == TRIAGE:
        rule = read_triage(fields)
        return write_box(_("Triage"), rule.name, _rule(rule, name_of)) if rule else None
    if kind in (VOICE, IMAGE):
        return _box_voice(kind, fields)
    risk = read_risk(fields)
    said = _("Danger, class {level}").format(level=risk.level) if risk else ""
    return write_box(said, risk.name, _danger(risk, name_of)) if risk else None


def _box_voice(kind: str, fields: Fields) -> Html | None:
    """What is counted in people's messages: wishes, praise, complaints, attributes."""
    if kind == VOICE:
        voice = read_voice(fields)
        sorts = {VoiceSort.WISH: _("Wish"), VoiceSort.PRAISE: _("Praise"), VoiceSort.COMPLAINT: _("Complaint")}
        return write_box(sorts[voice.sort], voice.name, _voiced(voice)) if voice else None
    trait = read_trait(fields)
    return write_box(_("Image"), trait.name, _called(trait)) if trait else None


def _voiced(voice: Voice) -> dict[str, str]:
    return {
        _("Told by"): ", ".join((*voice.wording.words, *voice.wording.patterns)),
        _("Not with"): ", ".join(voice.unless),
        _("Label"): voice.label,
        _("For"): _texts(voice.good),
        _("Not for"): _texts(voice.bad),
    }


def _called(trait: Trait) -> dict[str, str]:
    wanted = {True: _("we want to be"), False: _("we do not want to be"), None: ""}[trait.wanted]
    return {
        _("Told by"): ", ".join(trait.wording.words),
        _("Wanted"): wanted,
        _("For"): _texts(trait.good),
        _("Not for"): _texts(trait.bad),
    }


def write_box(kind: str, name: str, facts: Mapping[str, str]) -> Html:
    """A box with a kind, a name and facts; those without words are left out."""
    head = div(span(kind, class_="ls-chip ls-info"), span(_("Runs automatically")), class_="ls-rule-head")
    rows = (div(tag("dt", label), tag("dd", value)) for label, value in facts.items() if value)
    return join((head, para(tag("strong", name)) if name else None, tag("dl", *rows, class_="ls-facts")))


def _hours(hours: ServiceHours) -> Iterator[tuple[str, str]]:
    yield _("Only for"), ", ".join(sorted(hours.channels))
    if hours.hours is not None:
        yield _("Open"), "; ".join(map(say_hours, hours.hours)) or _("never")
    yield _("Time zone"), hours.timezone
    if hours.holidays is not None or hours.hours is not None:
        yield _("Public holidays"), _("open") if hours.holidays else _("closed")
    yield _("Closed"), "; ".join(say_date(a) if a == b else say_period(a, b) for a, b in hours.closed)
    opened = (f"{say_date(day)}: {'; '.join(map(say_hours, spans))}" for day, spans in (hours.opened or {}).items())
    yield _("Other hours"), "; ".join(opened)
    yield _("First response"), "; ".join(map(_say_level, hours.levels))


def say_hours(hours: Hours) -> str:
    """Days and times of one span, such as from Monday to Friday from eight to six."""
    end = f"{hours.end:%H:%M}" if hours.end.hour or hours.end.minute else "24:00"
    days = say_days(sorted(hours.days))
    return f"{days} {hours.start:%H:%M}–{end}".strip()  # noqa: RUF001  # a dash between times


def say_days(days: Sequence[int]) -> str:
    """Days of the week in order, such as from Monday to Friday; nothing for all of them."""
    names = weekday_shorts()
    if len(days) > _LAST:
        return ""
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:  # two days in a row are named both
        return f"{names[days[0]]}–{names[days[-1]]}"  # noqa: RUF001  # a dash between days
    return ", ".join(names[day] for day in days)


def _say_level(level: ServiceLevel) -> str:
    scope = [*sorted(_kinds(level.kinds)), *sorted(level.channels), *sorted(level.labels)]
    if level.risk:
        scope.append(_("from risk class {level} on").format(level=level.risk))
    said = say_length(level.first_response)
    said = _("{length}, around the clock").format(length=said) if level.always else said
    return f"{', '.join(scope)}: {said}" if scope else said


def say_length(length: timedelta) -> str:
    """Hours and minutes."""
    hours, minutes = divmod(length // timedelta(minutes=1), 60)
    parts = [_("{count} h").format(count=hours)] if hours else []
    return " ".join([*parts, _("{count} min").format(count=minutes)] if minutes else parts)


def _rule(rule: TriageRule, name_of: NameOf) -> dict[str, str]:
    return {
        _("Why"): rule.why,
        _("If"): "; ".join(_when(rule.when)),
        _("Then"): "; ".join(_then(rule.then, name_of)),
        _("For"): _texts(rule.good),
        _("Not for"): _texts(rule.bad),
    }


def _danger(risk: Risk, name_of: NameOf) -> dict[str, str]:
    wording = risk.wording
    return {
        _("Told by"): ", ".join((*wording.words, *wording.patterns)),
        _("Only for"): ", ".join(sorted((*wording.channels, *wording.languages))),
        _("What to do"): wording.instead,
        _("Ask"): name_of(wording.owner) if wording.owner else "",
        _("For"): _texts(risk.good),
        _("Not for"): _texts(risk.bad),
    }


def _texts(examples: Sequence[Example]) -> str:
    return " · ".join(example.text for example in examples if example.text)


def _when(when: Conditions) -> Iterator[str]:
    told = (*when.words, *when.patterns)
    if told:
        yield _("it says one of: {words}").format(words=", ".join(told))
    for scope in (_kinds(when.kinds), sorted(when.channels), sorted(when.languages)):
        if scope:
            yield _("it is one of: {names}").format(names=", ".join(scope))
    if when.roles:
        yield _("its author is one of: {names}").format(names=", ".join(role_words(when.roles)))
    if when.reach:
        yield _("at least {count} people follow the author").format(count=when.reach)
    if when.negative:
        yield _("it is probably meant negatively")
    if when.risk:
        yield _("it tells of a danger from class {level} on").format(level=when.risk)
    yield from _yes_or_no(when)


def _yes_or_no(when: Conditions) -> Iterator[str]:
    said = (
        (when.question, _("it asks something"), _("it asks nothing")),
        (when.first_contact, _("its author never wrote before"), _("its author wrote before")),
        (when.outside_hours, _("it came outside of service hours"), _("it came within service hours")),
    )
    yield from (yes if answer else no for answer, yes, no in said if answer is not None)


def _then(then: Outcome, name_of: NameOf) -> Iterator[str]:
    if then.labels:
        yield _("labels: {labels}").format(labels=", ".join(then.labels))
    if then.assign:
        yield _("it goes to {name}").format(name=name_of(then.assign))
    if then.points:
        yield _("{points} points").format(points=f"{then.points:+g}")
    if then.first_response:
        yield _("first response within {length}").format(length=say_length(then.first_response))
    if then.risk:
        yield _("risk class {level}").format(level=then.risk)
    if then.keep:
        yield _("what was only watched becomes a message")
    if then.stop:
        yield _("rules after it are left out")


def _kinds(kinds: frozenset[MessageKind]) -> list[str]:
    words = {
        MessageKind.COMMENT: _("comments"),
        MessageKind.MENTION: _("mentions"),
        MessageKind.DIRECT: _("direct messages"),
        MessageKind.REVIEW: _("reviews"),
    }
    return [words[kind] for kind in MessageKind if kind in kinds]


def role_words(roles: frozenset[AuthorRole]) -> list[str]:
    """Who somebody is to us, as people read it."""
    words = {
        AuthorRole.VIP: _("VIP"),
        AuthorRole.PRESS: _("press"),
        AuthorRole.AUTHORITY: _("authority"),
    }
    return [words[role] for role in AuthorRole if role in roles]
