"""The conversation of `leitstand init`: what is asked, in which order, and again until the answer can be used.

Every question has an answer that comes with Return, and explains itself to whoever answers ``?``. The plan is asked
first: whom to reach, what should change, what to talk about; only then who works, where, in which colour, and when.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from toolkit.kpis import KPIS
from toolkit.messages import _, speak
from toolkit.networks import NETWORKS
from toolkit.settings import ROLES, role_word
from toolkit.starter.asking import Questioner
from toolkit.starter.ci import PLACES
from toolkit.starter.nouns import Channel, Member, Starter
from toolkit.starter.reading import (
    OFFERED,
    read_channel,
    read_choice,
    read_colour,
    read_count,
    read_language,
    read_list,
    read_member,
    read_name,
    read_quiet,
    read_roles,
    read_target,
    read_window,
    read_zone,
)
from toolkit.values import dataclass

_QUIET: Final = "21:30-07:00"
# Key figures that a newcomer is told; `leitstand explain` knows all of them.
_FIGURES: Final = ("interactions", "visits", "orders", "reach", "followers")


@dataclass(frozen=True, slots=True)
class Question:
    """A field of `Starter`, how it is asked, and whether it has to be, after what was said so far.

    What takes several answers comes piece by piece, so that nothing is lost when somebody stops between two of them.
    """

    field: str
    ask: Callable[[Questioner, Starter], Starter | Iterator[Starter]]
    wanted: Callable[[Starter], bool] = lambda _starter: True


class Interview:
    """A conversation that knows at every moment what has been said: `starter`, and in `answered` its fields."""

    def __init__(self, start: Starter, talk: Questioner, answered: frozenset[str] = frozenset()) -> None:
        self.starter = start
        self.answered = answered
        self._talk = talk

    def run(self) -> Starter:
        """Ask for everything that is still open."""
        self._part("", [Question("language", _language)])
        self._talk.say(
            _("Return takes what stands in brackets, ? explains. Everything can be changed later, in the files.")
        )
        self._part("", [Question("name", _name), Question("timezone", _timezone)])
        self._part(
            _("The plan"),
            [Question("audiences", _audiences), Question("target", _target), Question("pillars", _pillars)],
        )
        self._part(
            _("The team"),
            [Question("team", _team), Question("approvals", _approvals, lambda starter: starter.most_approvals > 0)],
        )
        self._part(_("Channels"), [Question("channels", _channels)])
        self._part(_("Look"), [Question("colour", _colour)])
        self._part(
            _("Times"),
            [Question("quiet", _quiet), Question("hours", _hours, lambda starter: bool(starter.channels))],
        )
        self._part(_("Together"), [Question("forge", _forge)])
        return self.starter

    def _part(self, title: str, questions: Sequence[Question]) -> None:
        """Ask the questions that nothing has answered yet, below their heading."""
        for question in questions:
            if question.field in self.answered or not question.wanted(self.starter):
                continue
            if title:
                self._talk.say(f"\n{title}")
                title = ""
            found = question.ask(self._talk, self.starter)
            for self.starter in [found] if isinstance(found, Starter) else found:
                self.answered |= {question.field}
            self.answered |= {question.field}


def _language(talk: Questioner, starter: Starter) -> Starter:
    chosen = talk.until(
        _("Language of posts and handbook (de, en)"),
        read_language,
        default=starter.language,
        about=_("The first posts and the handbook are written in it: de is German, en is English."),
    )
    # From here on the newcomer is spoken to in the language of the house.
    speak(chosen)
    return replace(starter, language=chosen)


def _name(talk: Questioner, starter: Starter) -> Starter:
    about = _("As people know you. It stands on the site, in the feed and in reports.")
    return replace(starter, name=talk.until(_("Name of the brand"), read_name, default=starter.name, about=about))


def _timezone(talk: Questioner, starter: Starter) -> Starter:
    about = _("Where your clock hangs: a city such as Vienna, or the zone's name such as Europe/Vienna.")
    return replace(starter, timezone=talk.until(_("Time zone"), read_zone, default=starter.timezone, about=about))


def _audiences(talk: Questioner, starter: Starter) -> Starter:
    about = _("As you would tell a colleague: people who read on trains; teachers. Nothing: decide later.")
    question = _("Whom do you want to reach? (several: with semicolons)")
    return replace(starter, audiences=talk.until(question, lambda text: read_list(text, ";"), about=about, between=";"))


def _target(talk: Questioner, starter: Starter) -> Starter:
    names = ", ".join(f"{name} ({_(KPIS[name].title)})" for name in _FIGURES)
    about = _("What shows that the work was worth it: {names} … and a number for a month. Nothing: decide later.")
    question = _("What should it bring each month? (a figure and a number, as: visits 500)")
    return replace(starter, target=talk.perhaps(question, read_target, about=about.format(names=names)))


def _pillars(talk: Questioner, starter: Starter) -> Starter:
    about = _("Three to five subjects that your posts return to; each post names one. Nothing: decide later.")
    question = _("What do you talk about? (subjects, with commas)")
    return replace(starter, pillars=talk.until(question, read_list, about=about, between=","))


def _team(talk: Questioner, starter: Starter) -> Iterator[Starter]:
    roles = "  ".join(f"{number} {role_word(role)}" for number, role in enumerate(ROLES, 1))
    talk.say(_("Roles: {roles}").format(roles=roles))
    about = _("Who writes, approves or answers, such as: Jule Hansen <jule@example.com>. Nobody: you alone, for now.")
    question = _("Name of a person (nothing: done)")
    for team in talk.several(question, lambda text, known: _member(talk, text, known), about=about):
        yield replace(starter, team=team)


def _member(talk: Questioner, text: str, known: Sequence[Member]) -> Member:
    member = read_member(text, known)
    if ":" in text:
        return member
    question = _("Roles of {name} (numbers or words, with commas)").format(name=member.name)
    about = _(
        "1 writes; 2 plans and approves; 3 answers people; 4 reads the numbers; 5 looks at what is legally delicate;"
        " 6 keeps Leitstand running"
    )
    return replace(member, roles=talk.until(question, read_roles, default="1" if known else "1, 2", about=about))


def _approvals(talk: Questioner, starter: Starter) -> Starter:
    most = starter.most_approvals
    about = _("So many managers other than the author must have said yes before a post goes out.")
    question = _("Approvals that a post needs (0: none)")
    return replace(
        starter, approvals=talk.until(question, lambda text: read_count(text, most), default="0", about=about)
    )


def _channels(talk: Questioner, starter: Starter) -> Iterator[Starter]:
    talk.say(_("A feed is always there. Others: {names}").format(names=", ".join(OFFERED)))
    about = _("Where you have an account. Leitstand sends nothing there before you have signed in: leitstand login.")
    question = _("Network (nothing: done)")
    for channels in talk.several(question, lambda text, known: _channel(talk, text, known), about=about):
        yield replace(starter, channels=channels)


def _channel(talk: Questioner, text: str, known: Sequence[Channel]) -> Channel:
    network = text.partition(":")[0].strip().casefold()
    if ":" in text or network not in NETWORKS or network == "feed":
        return read_channel(text, known)
    example = "@name@server" if network == "mastodon" else "name"
    question = _("Name there, as {example}").format(example=example)
    about = _("As it stands in the profile: {example}").format(example=example)
    channel = talk.until(question, lambda there: read_channel(f"{network}:{there}", known), about=about)
    about = _("What people get from following you there, in a sentence. Nothing: decide later.")
    return replace(channel, purpose=talk.until(_("What is it for? (in a sentence)"), str, about=about))


def _colour(talk: Questioner, starter: Starter) -> Starter:
    about = _("Six signs after a #, as your logo's file or your website says it. The site and the charts take it.")
    question = _("The brand's colour, as #0b5563 (nothing: ours)")
    return replace(starter, colour=talk.perhaps(question, read_colour, about=about))


def _quiet(talk: Questioner, starter: Starter) -> Starter:
    about = _("Between these two times no post goes out; - means that one may go out at any hour.")
    question = _("Nothing goes out at night, from-to (-: no quiet time)")
    return replace(starter, quiet=talk.until(question, read_quiet, default=_QUIET, about=about))


def _hours(talk: Questioner, starter: Starter) -> Starter:
    about = _("Days and hours in which posts may be planned, such as mon-fri 08:00-18:00. Nothing: any time.")
    question = _("When may channels post? As mon-fri 08:00-18:00 (nothing: any time)")
    return replace(starter, hours=talk.perhaps(question, read_window, about=about) or "")


def _forge(talk: Questioner, starter: Starter) -> Starter:
    about = _("Where your team looks at each other's changes; then each of them is checked there. Nothing: later.")
    question = _("Where do proposals meet? (github, gitlab, nothing: nowhere yet)")
    return replace(starter, forge=talk.perhaps(question, lambda text: read_choice(text, PLACES), about=about) or "")
