"""Rules that can never apply, because one before them takes all they are for, and stops."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from toolkit.lint.triaging import ID
from toolkit.messages import _
from toolkit.model import Problem, Severity
from toolkit.workspace import Conditions, TriageRule


def find_shadows(rules: Sequence[TriageRule]) -> Iterator[Problem]:
    """One problem for each such rule, at its name; `rules` in their order."""
    for number, rule in enumerate(rules):
        before = next((one for one in rules[:number] if one.then.stop and covers(one.when, rule.when)), None)
        if before is not None:
            message = _(
                "{rule} is never reached: {before} ({place}) comes first, is for all of its messages, and stops"
            )
            place = f"{before.path}:{before.places.span('rule').line}"
            said = message.format(rule=rule.name, before=before.name, place=place)
            yield Problem(rule.path, rule.places.span("rule"), ID, Severity.WARNING, said)


def covers(wide: Conditions, narrow: Conditions) -> bool:
    """Whether `wide` surely holds where `narrow` does; where that is not sure, no."""
    return (
        _told(wide, narrow)
        and _within(narrow.kinds, wide.kinds)
        and _within(narrow.channels, wide.channels)
        and _within(narrow.languages, wide.languages)
        and _within(narrow.roles, wide.roles)
        and wide.reach <= narrow.reach
        and wide.negative <= narrow.negative
        and wide.risk <= narrow.risk
        and wide.question in (None, narrow.question)
        and wide.first_contact in (None, narrow.first_contact)
        and wide.outside_hours in (None, narrow.outside_hours)
    )


def _within(narrow: Collection[str], wide: Collection[str]) -> bool:
    return not wide or (bool(narrow) and set(narrow) <= set(wide))


def _told(wide: Conditions, narrow: Conditions) -> bool:
    if not wide.words and not wide.patterns:
        return True
    if not narrow.words and not narrow.patterns:
        return False
    return set(narrow.patterns) <= set(wide.patterns) and all(
        any(_includes(one, word) for one in wide.words) for word in narrow.words
    )


def _includes(wide: str, narrow: str) -> bool:
    """Whether the wide word takes the narrow one: the same, or a beginning of it with a star."""
    one, other = " ".join(wide.casefold().split()), " ".join(narrow.casefold().split())
    if one == other:
        return True
    stem = one.removesuffix("*")
    return stem != one and "*" not in stem and other.startswith(stem) and " " not in other.removeprefix(stem)
