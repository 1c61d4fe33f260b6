"""Posts that need not obey a rule: the `ignore` list of the front matter, with a reason, never out of date.

An entry may have a last day, `until`. Afterwards the rule is obeyed again, and the entry is said to be over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from zoneinfo import ZoneInfo

from toolkit.lint.rule import Rule, View
from toolkit.messages import _
from toolkit.model import Ignore, Post, Problem, Severity, Span
from toolkit.settings import unknown_name
from toolkit.values import dataclass


class Ignores:
    """What the posts ignore, and whether it was needed."""

    def __init__(self, view: View, rules: Mapping[str, Rule]) -> None:
        self.rules = rules
        self.severities = view.settings.severities
        self._wanted: dict[tuple[str, str], tuple[Post, Ignore]] = {}
        self._repeated: list[tuple[Post, Ignore]] = []
        self._used: set[tuple[str, str]] = set()
        for post in view.posts:
            for ignore in post.ignores if view.asked(post.path) else ():
                key = (post.path, ignore.rule)
                if key in self._wanted:
                    self._repeated.append((post, ignore))
                self._wanted.setdefault(key, (post, ignore))
        dated = any(ignore.until for _post, ignore in self._wanted.values())
        self._today = today(view) if dated else date.min  # nobody looks at the clock without need

    def cover(self, problem: Problem) -> bool:
        """Whether the post ignores this problem's rule; remembers that the entry was needed."""
        key = (problem.path, problem.rule)
        rule = self.rules.get(problem.rule)
        if key not in self._wanted or (rule is not None and rule.required):
            return False
        self._used.add(key)
        return not self._wanted[key][1].expired(self._today)

    def problems(self) -> Iterator[Problem]:
        """Entries that name no rule, a rule that cannot be ignored or has nothing to say here, and those that are over."""
        for key, (post, ignore) in self._wanted.items():
            if key not in self._used and (message := self._complaint(ignore)):
                yield _at(post, ignore, message)
            elif key in self._used and ignore.expired(self._today):
                message = _("the exception from {rule} ended on {until}; put the post right, or give it a later day")
                yield _at(post, ignore, message.format(rule=ignore.rule, until=ignore.until), "until")
        for post, ignore in self._repeated:
            yield _at(post, ignore, _("{rule} is ignored twice; remove one entry").format(rule=ignore.rule))

    def _complaint(self, ignore: Ignore) -> str:
        rule = self.rules.get(ignore.rule)
        if rule is None:
            return unknown_name(_("rule"), ignore.rule, self.rules)
        if rule.required:
            return _("the rule {rule} cannot be ignored").format(rule=ignore.rule)
        if self.severities.get(ignore.rule) == "off":
            return ""
        return _("{rule} has no complaint here; remove the entry").format(rule=ignore.rule)


@dataclass(frozen=True, slots=True)
class Waiver:
    """One entry of a post's `ignore` list, where it stands, and whether it is over."""

    path: str
    span: Span
    rule: str
    reason: str
    until: date | None
    expired: bool


def find_waivers(view: View) -> list[Waiver]:
    """Every entry of the posts that were asked for, those that end first before the others."""
    day = today(view)
    found = [
        Waiver(post.path, post.span(f"{one.key}.rule"), one.rule, one.reason, one.until, one.expired(day))
        for post in view.posts
        if view.asked(post.path)
        for one in post.ignores
    ]
    return sorted(found, key=lambda one: (one.until or date.max, one.path, one.span.line, one.span.col))


def today(view: View) -> date:
    """The day it is where the workspace is."""
    return view.now.astimezone(ZoneInfo(view.settings.timezone)).date()


def _at(post: Post, ignore: Ignore, message: str, name: str = "rule") -> Problem:
    key = f"{ignore.key}.{name}"
    return Problem(post.path, post.span(key), "front-matter", Severity.WARNING, message)
