"""The house's rules at work: what they find in the texts of a post, in what its networks show, in the draft of a reply."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property, partial
from typing import Final

from toolkit.language.spelling import SpellingError, open_speller
from toolkit.lint.examples import failing_examples
from toolkit.lint.passages import Passage
from toolkit.lint.recall import make_key
from toolkit.lint.renditions import about_renditions, find_renditions, tell_once
from toolkit.lint.replies import SCOPE, find_replies
from toolkit.lint.rule import Rule, View
from toolkit.lint.rules.settings import RULE as SETTINGS
from toolkit.lint.settingspots import item_place
from toolkit.lint.stylefix import as_fix
from toolkit.lint.switched import Switched
from toolkit.lint.unchanged import Said
from toolkit.model import Post, Problem, Severity
from toolkit.settings import StylePolicy
from toolkit.style.alert import Alert, Level
from toolkit.style.allowance import Allowances
from toolkit.style.document import Reading
from toolkit.style.globs import glob_matches
from toolkit.style.ignoring import IGNORING, slow_message
from toolkit.style.rule import Speller, StyleRule
from toolkit.style.rulebook import Rulebook
from toolkit.style.vocabulary import Vocabulary
from toolkit.values import dataclass

_SEVERITIES: Final = {Level.SUGGESTION: Severity.HINT, Level.WARNING: Severity.WARNING, Level.ERROR: Severity.ERROR}


@dataclass(frozen=True)
class House:
    """The rules of one workspace, ready to check its posts; `broken` are those that cannot be used."""

    styles: tuple[StyleRule, ...]
    broken: tuple[Problem, ...]
    vocabulary: Vocabulary
    policy: StylePolicy
    texts: Mapping[str, str] = field(repr=False)  # path → text of the files with rules
    trusted: bool = False  # its rules were compiled before, and their examples tried

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """The rules as everybody lists them."""
        return {style.id: _as_rule(style) for style in self.styles}

    @cached_property
    def examples(self) -> tuple[Problem, ...]:
        """The examples that do not come out as they should."""
        if self.trusted:
            return ()
        texts = self.texts
        return tuple(one for style in self.styles for one in failing_examples(style, self._book, texts[style.path]))

    @cached_property
    def _book(self) -> Rulebook:
        return self._bind(self.styles)

    @cached_property
    def _rendered(self) -> Rulebook:
        """The rules about what networks show."""
        return self._bind(about_renditions(self.styles))

    def _bind(self, styles: Sequence[StyleRule]) -> Rulebook:
        reading = Reading(tokens=self.policy.ignore)
        return Rulebook(styles, vocabulary=self.vocabulary, reading=reading, spellers=_speller)

    @cached_property
    def _packages(self) -> tuple[str, ...]:
        return tuple({style.style for style in self.styles if style.style})

    @cached_property
    def _by_id(self) -> Mapping[str, StyleRule]:
        return {style.id: style for style in self.styles}

    def check(self, view: View, off: frozenset[str] = frozenset()) -> Iterator[Problem]:
        """What is wrong with the rules, and what they find in canned replies, without those that are switched `off`."""
        yield from (problem for problem in self.broken if view.asked(problem.path))
        if any(view.asked(style.path) for style in self.styles):
            yield from (problem for problem in self.examples if view.asked(problem.path))
        if self.styles:
            yield from self._check_replies(view, off)

    def check_post(self, post: Post, view: View, off: frozenset[str] = frozenset()) -> Said:
        """What the rules find in a post, without those that are switched `off`."""
        if not self.styles:
            return Said([])
        switched = Switched(view.passages(post), self._packages)
        turn = _Turn(post, view, self._exempt(post.path) | off, Allowances(len(post.source.text)), switched)
        said = [found for passage in view.passages(post) for found in self._check(passage, turn)]
        if self._rendered.rules:
            said = [*said, *tell_once(said, self._check_renditions(turn))]
        return Said(said, whole=not turn.allowances.stopped)

    def check_reply(
        self, text: str, *, language: str = "", names: Collection[str] = (), allowances: Allowances | None = None
    ) -> list[Alert]:
        """What the rules find in the draft of a reply. `names` are the account and the network that it is for."""
        found = self._book.check_scoped(text, SCOPE, language=language, allowances=allowances)
        return [alert for alert in found if alert.rule == IGNORING or self._suits(alert.rule, names)]

    def _suits(self, rule: str, names: Collection[str]) -> bool:
        wanted = self._by_id[rule].networks
        return not wanted or not set(wanted).isdisjoint(names)

    def _check_replies(self, view: View, unwanted: frozenset[str]) -> Iterator[Problem]:
        """What the rules find in the handbook's canned replies, for whichever network."""
        for page in find_replies(view):
            source, time = page.source, Allowances(len(page.source.text))
            exempt = self._exempt(source.path) | unwanted
            switched = Switched([page.body], self._packages)
            for reply in page.replies:
                for alert in self._reply_alerts(reply, view, time):
                    span = source.span(*(reply.place(alert.start, alert.end) or (0, 0)))
                    if alert.rule == IGNORING:
                        yield Problem(source.path, span, SETTINGS.id, Severity.WARNING, _too_slow(alert.match, view))
                    elif not exempt & {alert.rule, self._by_id[alert.rule].style} and not switched.off(reply, alert):
                        yield Problem(source.path, span, alert.rule, _SEVERITIES[alert.level], alert.message)

    def _reply_alerts(self, reply: Passage, view: View, allowances: Allowances) -> Sequence[Alert]:
        def find() -> Sequence[Alert]:
            return self.check_reply(reply.text, language=reply.language, allowances=allowances)

        if view.recall is None:
            return find()
        return view.recall.alerts(make_key(reply.language, SCOPE, reply.text), reply.text, find, allowances)

    def _check_renditions(self, turn: _Turn) -> Iterator[tuple[str, Problem]]:
        for passage in find_renditions(turn.post, turn.view, self._rendered.rules):
            network = passage.scope.partition(".")[2]
            known = turn.view.network(network)
            for problem in self._check(passage, turn):
                yield known.title if known else network, problem

    def remember(self, view: View) -> None:
        """Keep what was found; asked when everything was checked."""
        if view.recall is None:
            return
        if self.styles and not view.paths and not self.broken and not self.examples:
            view.recall.note_sound()
        view.recall.save(whole=not view.paths)

    def _exempt(self, path: str) -> frozenset[str]:
        """The rules and packages that do not look at a post."""
        found = [rules for pattern, rules in self.policy.exempt.items() if glob_matches(pattern, path)]
        return frozenset(rule for rules in found for rule in rules)

    def _check(self, passage: Passage, turn: _Turn) -> Iterator[Problem]:
        for alert in self._recalled(passage, turn):
            if alert.rule == IGNORING:
                yield _slow_pattern(passage, turn, alert.match)
                continue
            style = self._by_id[alert.rule]
            if style.id in turn.exempt or style.style in turn.exempt or not _meant(style, passage, turn.view):
                continue
            if turn.switched.off(passage, alert):
                continue
            fix = as_fix(passage, alert, style)
            yield self.rules[alert.rule].in_passage(
                turn.post, passage, alert.start, alert.end, alert.message, severity=_SEVERITIES[alert.level], fix=fix
            )

    def _recalled(self, passage: Passage, turn: _Turn) -> Sequence[Alert]:
        if turn.view.recall is None:
            return self._alerts(passage, turn.allowances)
        key = make_key(passage.language, passage.scope or passage.key.rpartition(".")[2], passage.text)
        find = partial(self._alerts, passage, turn.allowances)
        return turn.view.recall.alerts(key, passage.text, find, turn.allowances)

    def _alerts(self, passage: Passage, allowances: Allowances) -> Sequence[Alert]:
        text, language = passage.text, passage.language
        if passage.scope:
            return self._rendered.check_scoped(text, passage.scope, language=language, allowances=allowances)
        if not passage.key:
            return self._book.check(text, language=language, name="post", allowances=allowances)
        scope = f"text.{passage.key.rpartition('.')[2]}"
        return self._book.check_scoped(text, scope, language=language, allowances=allowances)


@dataclass(frozen=True, slots=True)
class _Turn:
    """One post that is being checked: the rules that do not look at it, how long the others may, what comments say."""

    post: Post
    view: View
    exempt: frozenset[str]
    allowances: Allowances
    switched: Switched


def _speller(language: str) -> Speller | None:
    """The speller of a language; about one that is missing the rule `spelling` has spoken."""
    try:
        return open_speller(language or "de")
    except SpellingError:
        return None


def _slow_pattern(passage: Passage, turn: _Turn, written: str) -> Problem:
    """A pattern of the settings that took too long; the post is where it shows, and perhaps all that was asked for."""
    message = _too_slow(written, turn.view)
    return SETTINGS.in_passage(turn.post, passage, 0, 0, message, severity=Severity.WARNING)


def _too_slow(written: str, view: View) -> str:
    return slow_message(written, item_place(view.settings_text, "check.styles", "ignore", written))


def _meant(style: StyleRule, passage: Passage, view: View) -> bool:
    """Whether a text goes to one of the networks that the rule is for."""
    if not style.networks:
        return True
    accounts = view.settings.accounts
    names = {*passage.accounts, *(accounts[name].network for name in passage.accounts if name in accounts)}
    return bool(names & set(style.networks))


def _as_rule(style: StyleRule) -> Rule:
    lines = [style.message.replace("%s", "…").replace("%d", "…"), "", f"`{style.path}:{style.line}`"]
    if style.description:
        lines += ["", style.description]
    for title, examples in (("Example", style.bad), ("Use instead", style.good)):
        for example in examples:
            lines += ["", f"## {title}", "", "```markdown", example, "```"]
    if style.link:
        lines += ["", style.link]
    return Rule(style.id, _SEVERITIES[style.level], "\n".join(lines), fixable=style.action is not None)
