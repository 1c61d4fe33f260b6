"""The reply as it is being written: what is wrong with it, how long it is, who reads it, whose yes it needs, what may begin it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from toolkit.community.inbox.saying import author_word
from toolkit.community.replies.bench import Bench, find_suggestions
from toolkit.community.replies.checking import PLACEHOLDER, errors_of
from toolkit.community.replies.composing import compose, why_unanswerable
from toolkit.community.replies.granting import needs_approval
from toolkit.community.replies.reply import Reply
from toolkit.community.replies.saying import state_word
from toolkit.community.replies.standing import stamp_of
from toolkit.community.replies.submitting import find_begun
from toolkit.desk.endpoint import Visit
from toolkit.desk.inbox.rules import book_of
from toolkit.desk.inbox.team import name_of
from toolkit.messages import _, decimal
from toolkit.model import Problem, Severity
from toolkit.networks.units import unit_word
from toolkit.settings import Settings
from toolkit.values import dataclass

SUGGESTIONS: Final = 4
LONGEST: Final = 40  # letters of a place that is shown
TONES: Final = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.HINT: "info"}


@dataclass(frozen=True, slots=True)
class Mark:
    """One finding in the text."""

    place: str
    words: str
    rule: str
    tone: str


@dataclass(frozen=True, slots=True)
class Size:
    """How long one message of it is, as the network counts."""

    share: float
    words: str
    tone: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What is wrong with a text, and how long it is; `open` are placeholders that wait for words."""

    marks: tuple[Mark, ...] = ()
    sizes: tuple[Size, ...] = ()
    open: tuple[str, ...] = ()
    ready: bool = False


@dataclass(frozen=True, slots=True)
class Idea:
    """What was answered before, or is ready in the handbook."""

    number: int
    source: str
    title: str
    near: str
    text: str


@dataclass(frozen=True, slots=True)
class Other:
    """A reply of somebody else in the same conversation, or one that is on its way."""

    author: str
    state: str
    text: str


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form, and what its writer had seen."""

    text: str = ""
    after: str = ""  # not before this moment
    reply: str = ""  # id of the draft that it changes
    version: str = ""  # of that draft; without one, how many replies its writer had begun here
    stamp: str = ""
    shown: str = ""  # the moment up to which its writer had read; ISO


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why it did not go on; `theirs` is the other text that stands there meanwhile."""

    words: str = ""
    theirs: str = ""


@dataclass(frozen=True, slots=True)
class Editor:
    """All of it."""

    typed: Typed
    blocked: str  # why nobody can answer from here
    private: bool
    room: str  # who reads it
    otherwise: str  # why not the other way
    approval: str
    needs_yes: bool
    judged: Judged
    ideas: tuple[Idea, ...]
    others: tuple[Other, ...]
    state: str
    note: str
    trouble: Trouble


def make_editor(visit: Visit, bench: Bench, typed: Typed, trouble: Trouble | None = None) -> Editor:
    """The editor with this text in it."""
    settings, private = visit.house.settings, bench.message.private
    begun = find_begun(bench, visit.person)
    risk = bench.risk(book_of(visit.house))
    return Editor(
        typed=typed,
        blocked=why_unanswerable(bench.account, bench.message, private=private),
        private=private,
        room=_say_room(bench),
        otherwise=why_unanswerable(bench.account, bench.message, private=not private),
        approval=_say_approval(risk, visit.person, settings),
        needs_yes=needs_approval(risk, settings),
        judged=judge_text(bench, typed.text) if typed.text else Judged(),
        ideas=tuple(_ideas(bench)),
        others=tuple(Other(name_of(settings, one.author), state_word(one.state), one.text) for one in begun.others),
        state=state_word(begun.mine.state) if begun.mine else "",
        note=begun.mine.note if begun.mine else "",
        trouble=trouble or Trouble(),
    )


def begin(bench: Bench, person: str) -> Typed:
    """What stands in the form when it is opened: the person's own draft, or nothing."""
    return typed_of(bench, find_begun(bench, person).mine, person)


def typed_of(bench: Bench, mine: Reply | None, person: str, text: str | None = None) -> Typed:
    """The form of a draft, with other words in it if they are told."""
    stamp = current_stamp(bench)
    if mine is None:
        begun = find_begun(bench, person).count
        return Typed(text or "", version=str(begun), stamp=stamp, shown=bench.now.isoformat())
    after = mine.send_after.isoformat(timespec="minutes") if mine.send_after else ""
    shown = bench.now if mine.stamp == stamp else mine.changed_at
    said = mine.text if text is None else text
    return Typed(said, after, mine.id, str(mine.version), stamp, shown.isoformat())


def current_stamp(bench: Bench) -> str:
    """What the conversation is now; it changes when anybody says anything."""
    inbox = bench.replies.inbox
    return stamp_of(inbox, bench.seen, inbox.entries(bench.seen))


def judge_text(bench: Bench, text: str) -> Judged:
    """By the house's rules and as the network counts."""
    problems = bench.check(text)
    marks = tuple(Mark(_say_place(one, text), one.message, one.rule, TONES[one.severity]) for one in problems)
    openings = tuple(dict.fromkeys(found[0] for found in PLACEHOLDER.finditer(text)))
    return Judged(marks, tuple(_sizes(bench, text)), openings, not errors_of(problems))


def _say_place(one: Problem, text: str) -> str:
    """The words themselves are found faster than a number; where the message says them, or there are none, the line."""
    words = text.split("\n")[one.span.line - 1 : one.span.line] if one.span.line == one.span.end_line else []
    found = "".join(words)[one.span.col - 1 : one.span.end_col - 1].strip()
    if found and found not in one.message and len(found) <= LONGEST:
        return found
    return _("line {number}").format(number=one.span.line) if "\n" in text else ""


def _sizes(bench: Bench, text: str) -> Iterator[Size]:
    if not text.strip():
        return
    for part in compose(text, bench.account, bench.message, bench.seen.language).parts:
        count = part.count
        said = _("{length} of {limit} {unit}")
        words = said.format(length=count.length, limit=count.limit, unit=unit_word(count.unit))
        share = count.length / count.limit if count.limit else 1.0
        yield Size(share, words, "bad" if not count.valid else "warn" if share > 0.9 else "quiet")


def _say_room(bench: Bench) -> str:
    if not bench.message.private:
        return _("public: everybody reads it")
    return _("private: only {author} and we read it").format(author=author_word(bench.seen))


def _say_approval(risk: int, person: str, settings: Settings) -> str:
    if not needs_approval(risk, settings):
        return _("your own yes is enough; it goes out with the next publish")
    wanted = set(settings.inbox.approve_by)
    people = [one.name for one in settings.people.values() if one.key != person and not wanted.isdisjoint(one.roles)]
    if not people:
        message = _(
            "risk class {risk}: somebody else has to say yes, but nobody is {roles}; see [people] in leitstand.toml"
        )
        return message.format(risk=risk, roles=", ".join(settings.inbox.approve_by))
    message = _("risk class {risk}: {people} has to say yes before it goes out")
    return message.format(risk=risk, people=_(" or ").join(people))


def _ideas(bench: Bench) -> Iterator[Idea]:
    for number, one in enumerate(find_suggestions(bench, SUGGESTIONS), 1):
        near = _("{percent} percent alike").format(percent=decimal(100 * one.score, ".0f"))
        yield Idea(number, one.source.name, one.source.title, near, one.source.text)
