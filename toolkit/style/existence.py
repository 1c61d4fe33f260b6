"""The kind `existence`: what must not stand there."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.style.actions import suggestions
from toolkit.style.allowance import Allowance
from toolkit.style.exceptions import Exceptions
from toolkit.style.finding import Hit, Scene
from toolkit.style.memory import Memory
from toolkit.style.pattern import Pattern, pattern
from toolkit.style.rule import StyleRule
from toolkit.style.spec import Existence
from toolkit.style.wording import enumerate_options, fill

WORD = r"(?m)\b(?:%s)\b"
NONWORD = "(?m)(?:%s)"
Wording = tuple[str, tuple[str, ...] | None]  # the message, and what may stand in place of the match


class ExistenceChecker:
    """Finds every match of the rule's tokens."""

    def __init__(self, rule: StyleRule, spec: Existence, accepted: tuple[str, ...]) -> None:
        self.rule = rule
        # A rule about words leaves the vocabulary alone; others would lose every match that only contains such a word.
        words = accepted if spec.vocab and not spec.nonword else ()
        self.exceptions = Exceptions((*spec.exceptions, *words))
        self.pattern: Pattern | None = pattern(_written(spec))
        self._said = Memory(self._say)

    def hits(self, scene: Scene) -> Iterator[Hit]:
        assert self.pattern is not None  # noqa: S101  # set above
        for found in self.pattern.find(scene.texts, scene.allowance):
            said = self._said.ask(scene.texts.texts[found.text][found.start : found.end], scene.allowance)
            if said is not None:
                yield Hit(found.text, found.start, found.end, *said)

    def _say(self, match: str, allowance: Allowance) -> Wording | None:
        covered = self.exceptions.cover(match.strip(), allowance)
        return None if covered else worded(self.rule, match, allowance)


def worded(rule: StyleRule, match: str, allowance: Allowance) -> Wording:
    """The message about `match` and what may stand in its place."""
    options = suggestions(rule.action, match, allowance)
    if options is None:
        return fill(rule.message, match), None
    instead = match if not options else options[0] if len(options) == 1 else enumerate_options(options)
    return fill(rule.message, match, instead), tuple(options)


def _written(spec: Existence) -> str:
    raw = "".join(spec.raw)
    tokens = [token for token in spec.tokens if token.strip()]
    if not spec.tokens and not raw:
        return "(?!)"
    template = WORD if tokens and not spec.nonword else NONWORD
    own = template.replace("%s", "|".join(tokens))
    if not tokens:
        own = "(?m)"
    written = own + raw if spec.append else "(?m)" + raw + own
    return f"(?i){written}" if spec.ignorecase else written
