"""Posts that need not obey a rule: the `ignore` list of the front matter, with a reason, never out of date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from toolkit.lint.rule import Rule, View
from toolkit.messages import _
from toolkit.model import Ignore, Post, Problem, Severity
from toolkit.settings import unknown_name


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

    def cover(self, problem: Problem) -> bool:
        """Whether the post ignores this problem's rule; remembers that the entry was needed."""
        key = (problem.path, problem.rule)
        rule = self.rules.get(problem.rule)
        if key not in self._wanted or (rule is not None and rule.required):
            return False
        self._used.add(key)
        return True

    def problems(self) -> Iterator[Problem]:
        """Entries that name no rule, a rule that cannot be ignored, or a rule that has nothing to say here."""
        for key, (post, ignore) in self._wanted.items():
            if key not in self._used and (message := self._complaint(ignore)):
                yield _at(post, ignore, message)
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


def _at(post: Post, ignore: Ignore, message: str) -> Problem:
    key = f"{ignore.key}.rule"
    return Problem(post.path, post.span(key), "front-matter", Severity.WARNING, message)
