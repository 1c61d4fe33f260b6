"""People on other pages: a name that leads to their page, who is on duty today, and who stands in for whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from toolkit.alerts.team import Team, call_order
from toolkit.approval import present_person
from toolkit.dates import say_date
from toolkit.messages import _
from toolkit.pages.markup import Html, div, link, span, tag
from toolkit.pages.paths import person_path
from toolkit.pages.view import Site
from toolkit.planning.duty import duty_of
from toolkit.settings import Person
from toolkit.settings.windows import Hours
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Shift:
    """Somebody's hours today by the roster; `there` is who really comes, None when nobody stands in."""

    person: Person
    there: Person | None
    hours: tuple[Hours, ...]


def name_link(site: Site, page: str, key: str) -> Html:
    """Somebody's name, which leads to their page; people outside, and names of nobody, get the name alone."""
    if key not in site.settings.people or site.given.partner:
        return span(site.name_of(key))
    return link(site.link(page, person_path(key)), site.name_of(key), class_="ls-person")


def name_links(site: Site, page: str, keys: Iterable[str]) -> Html:
    """Several names, with commas between them."""
    parts: list[Html | str] = []
    for key in keys:
        parts += [", ", name_link(site, page, key)] if parts else [name_link(site, page, key)]
    return span(*parts)


def initials(name: str) -> str:
    """``Jule Hansen`` → ``JH``: two letters at most."""
    words = [word for word in name.split() if word[:1].isalpha()]
    return "".join(word[0] for word in [*words[:1], *words[1:][-1:]]).upper()


def badge(person: Person) -> Html:
    """A round mark with the initials, for eyes only: the name stands beside it."""
    return span(initials(person.name or person.key), class_="ls-badge", aria_hidden="true")


def on_call(site: Site) -> tuple[str, ...]:
    """Who is woken now, then who is next; nobody where settings call nobody."""
    policy = site.settings.oncall
    if policy is None:
        return ()
    return call_order(policy, Team(site.settings, site.today, site.settings.people), site.now)[:2]


def shifts(site: Site) -> list[Shift]:
    """Who answers today, by the roster of the handbook."""
    found = []
    for turn in duty_of(site.workspace).turns_on(site.today):
        hours = tuple(one for one in turn.hours if site.today.weekday() in one.days)
        person = site.settings.people.get(turn.person)
        if hours and person is not None:
            found.append(Shift(person, present_person(person, site.settings, site.today), hours))
    return sorted(found, key=lambda one: min(span.start for span in one.hours))


def away(site: Site) -> list[Person]:
    """Who is not there today."""
    return [one for one in site.settings.people.values() if one.absent(site.today)]


def crew(site: Site, page: str) -> Html | None:
    """On call, on duty, away: a list with a line for each person; None where nobody is named."""
    lines: dict[str, list[Html]] = {}
    for key, words in (*_called(site), *_on_duty(site), *_away(site)):
        lines.setdefault(key, []).append(words)
    return (
        tag("ul", *(_line(site, page, key, words) for key, words in lines.items()), class_="ls-crew") if lines else None
    )


Said = tuple[str, Html]  # somebody, and a line about them


def _called(site: Site) -> Iterator[Said]:
    for place, key in enumerate(on_call(site)):
        yield key, _words(_("on call now") if place == 0 else _("next on call"))


def _on_duty(site: Site) -> Iterator[Said]:
    for one in shifts(site):
        said = ", ".join(f"{span.start:%H:%M}\N{EN DASH}{span.end:%H:%M}" for span in one.hours)
        if one.there is None:
            yield one.person.key, _words(_("{hours}: away, and nobody stands in").format(hours=said), "bad")
        elif one.there is not one.person:
            words = _("answers {hours} for {name}")
            yield one.there.key, _words(words.format(hours=said, name=one.person.name))
        else:
            yield one.person.key, _words(_("answers {hours}").format(hours=said))


def _away(site: Site) -> Iterator[Said]:
    for person in away(site):
        there = present_person(person, site.settings, site.today)
        until = max(one.last for one in person.absences if one.first <= site.today <= one.last)
        words = _("away until {day}; {name} stands in") if there else _("away until {day}; nobody stands in")
        said = words.format(day=say_date(until), name=there.name if there else "")
        yield person.key, _words(said, "warn" if there else "bad")


def _words(said: str, tone: str = "") -> Html:
    return span(said, class_=f"ls-tone-{tone}" if tone else "ls-soft")


def _line(site: Site, page: str, key: str, words: Iterable[Html]) -> Html:
    person = site.settings.people.get(key) or Person(key, key)
    return tag("li", badge(person), div(name_link(site, page, key), *words, class_="ls-two"))
