"""The conversation of `leitstand init`: what is asked, in which order, and again until the answer can be used.

Every question has an answer that comes with Return. The plan is asked first: whom to reach, what should change, what to
talk about; only then who works, where, in which colour, and when.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Final, Protocol, TypeVar

from toolkit.errors import UsageError
from toolkit.messages import _, speak
from toolkit.model import zone
from toolkit.networks import NETWORKS
from toolkit.settings import ROLES, role_word, unknown_zone
from toolkit.starter.ci import PLACES
from toolkit.starter.nouns import LANGUAGES, Channel, Member, Starter
from toolkit.starter.reading import (
    OFFERED,
    read_channel,
    read_colour,
    read_list,
    read_member,
    read_role,
    read_span,
    read_target,
    read_window,
)

T = TypeVar("T")
_QUIET: Final = "21:30-07:00"
_DONE: Final = ("", "-")


class Terminal(Protocol):
    """Somebody who reads and answers."""

    def ask(self, question: str, default: str = "") -> str:
        """What they type, without the line's end; `default` for nothing."""

    def say(self, text: str = "") -> None:
        """Show a line."""


@dataclass(frozen=True, slots=True)
class Interview:
    """A terminal, and what flags have answered already: names of fields of `Starter`, and ``forge``."""

    terminal: Terminal
    answered: frozenset[str] = field(default_factory=frozenset)

    def until(self, question: str, default: str, read: Callable[[str], T]) -> T:
        """The first answer that can be read; what is wrong with the others is said."""
        while True:
            try:
                return read(self.terminal.ask(question, default).strip())
            except UsageError as error:
                self.terminal.say(f"  {error}")

    def several(self, question: str, read: Callable[[str, list[T]], T]) -> tuple[T, ...]:
        """Answers until an empty one."""
        found: list[T] = []
        while True:
            answer = self.terminal.ask(question).strip()
            if answer in _DONE:
                return tuple(found)
            try:
                found.append(read(answer, found))
            except UsageError as error:
                self.terminal.say(f"  {error}")

    def part(self, title: str, names: Iterable[str]) -> bool:
        """Whether one of the fields is still to be asked about; then its heading is shown."""
        if self.answered >= set(names):
            return False
        self.terminal.say(f"\n{title}")
        return True


def interview(start: Starter, forge: str, terminal: Terminal, answered: frozenset[str]) -> tuple[Starter, str]:
    """The workspace that somebody wants, and the forge, "" for none. `answered` names what flags said."""
    talk = Interview(terminal, answered)
    starter = _language(talk, start)
    terminal.say(_("Return takes what stands in brackets. Everything can be changed later, in the files."))
    for part in (_brand, _plan, _team, _channels, _look, _times):
        starter = part(talk, starter)
    return starter, _forge(talk, forge)


def _language(talk: Interview, starter: Starter) -> Starter:
    if "language" in talk.answered:
        return starter
    chosen = talk.until(_("Language of posts and handbook (de, en)"), starter.language, _one_of(LANGUAGES))
    # From here on the newcomer is spoken to in the language of the house.
    speak(chosen)
    return replace(starter, language=chosen)


def _brand(talk: Interview, starter: Starter) -> Starter:
    name, timezone = starter.name, starter.timezone
    if "name" not in talk.answered:
        name = talk.until(_("Name of the brand"), name, _something)
    if "timezone" not in talk.answered:
        timezone = talk.until(_("Time zone"), timezone, _zone)
    return replace(starter, name=name, timezone=timezone)


def _plan(talk: Interview, starter: Starter) -> Starter:
    if not talk.part(_("The plan"), ("audiences", "target", "pillars")):
        return starter
    audiences, target, pillars = starter.audiences, starter.target, starter.pillars
    if "audiences" not in talk.answered:
        audiences = read_list(talk.terminal.ask(_("Whom do you want to reach? (several: with semicolons)")), ";")
    if "target" not in talk.answered:
        question = _("What should it bring each month? (a figure and a number, as: visits 500)")
        target = talk.until(question, "", _optional(read_target))
    if "pillars" not in talk.answered:
        pillars = read_list(talk.terminal.ask(_("What do you talk about? (subjects, with commas)")))
    return replace(starter, audiences=audiences, target=target, pillars=pillars)


def _team(talk: Interview, starter: Starter) -> Starter:
    if not talk.part(_("The team"), ("team", "approvals")):
        return starter
    team, approvals = starter.team, starter.approvals
    if "team" not in talk.answered:
        roles = "  ".join(f"{number} {role_word(role)}" for number, role in enumerate(ROLES, 1))
        talk.terminal.say(_("Roles: {roles}").format(roles=roles))
        team = talk.several(_("Name of a person (nothing: done)"), lambda name, known: _member(talk, name, known))
    most = replace(starter, team=team).most_approvals
    if "approvals" not in talk.answered and most:
        question = _("Approvals that a post needs (0: none)")
        approvals = talk.until(question, "0", lambda text: _number(text, most))
    return replace(starter, team=team, approvals=approvals)


def _member(talk: Interview, name: str, known: list[Member]) -> Member:
    member = read_member(name, known)
    if ":" in name:
        return member
    question = _("Roles of {name} (numbers or words, with commas)").format(name=member.name)
    roles = talk.until(question, "1" if known else "1, 2", _roles)
    return replace(member, roles=roles)


def _channels(talk: Interview, starter: Starter) -> Starter:
    if not talk.part(_("Channels"), ("channels",)):
        return starter
    talk.terminal.say(_("A feed is always there. Others: {names}").format(names=", ".join(OFFERED)))
    found = talk.several(_("Network (nothing: done)"), lambda name, known: _channel(talk, name, known))
    return replace(starter, channels=found)


def _channel(talk: Interview, text: str, known: list[Channel]) -> Channel:
    network = text.partition(":")[0].strip().casefold()
    if ":" in text or network not in NETWORKS:
        return read_channel(text, known)
    example = "@name@server" if network == "mastodon" else "name"
    question = _("Name there, as {example}").format(example=example)
    channel = talk.until(question, "", lambda there: read_channel(f"{network}:{there}", known))
    return replace(channel, purpose=talk.terminal.ask(_("What is it for? (in a sentence)")).strip())


def _look(talk: Interview, starter: Starter) -> Starter:
    if not talk.part(_("Look"), ("colour",)):
        return starter
    question = _("The brand's colour, as #0b5563 (nothing: ours)")
    return replace(starter, colour=talk.until(question, "", _optional(read_colour)))


def _times(talk: Interview, starter: Starter) -> Starter:
    if not talk.part(_("Times"), ("quiet", "hours")):
        return starter
    quiet, hours = starter.quiet, starter.hours
    if "quiet" not in talk.answered:
        quiet = (
            talk.until(_("Nothing goes out at night, from-to (-: no quiet time)"), _QUIET, _optional(read_span)) or ""
        )
    if "hours" not in talk.answered and starter.channels:
        question = _("When may channels post? As mon-fri 08:00-18:00 (nothing: any time)")
        hours = talk.until(question, "", _optional(read_window)) or ""
    return replace(starter, quiet=quiet, hours=hours)


def _forge(talk: Interview, forge: str) -> str:
    if not talk.part(_("Together"), ("forge",)):
        return forge
    question = _("Where do proposals meet? (github, gitlab, nothing: nowhere yet)")
    return talk.until(question, "", _optional(_one_of(PLACES))) or ""


def _one_of(known: Collection[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.casefold() not in known:
            raise UsageError(_("choose one of {known}").format(known=", ".join(known)))
        return text.casefold()

    return read


def _optional(read: Callable[[str], T]) -> Callable[[str], T | None]:
    return lambda text: None if text in _DONE else read(text)


def _something(text: str) -> str:
    if not text:
        raise UsageError(_("a brand has a name"))
    return text


def _zone(text: str) -> str:
    if zone(text) is None:
        raise UsageError(unknown_zone(text))
    return text


def _roles(text: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(map(read_role, read_list(text))))
    if not found:
        raise UsageError(_("a person has at least one role"))
    return found


def _number(text: str, most: int) -> int:
    if not text.isdecimal() or int(text) > most:
        raise UsageError(_("a number from 0 to {most}: nobody approves their own post").format(most=most))
    return int(text)
