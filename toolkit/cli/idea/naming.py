"""Names on the command line that must exist, and the idea that somebody means."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.editorial import Idea, read_ideas
from toolkit.editorial.ideas import IDEAS, find_idea
from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.settings import Settings, unknown_name
from toolkit.workspace import Workspace


def named_idea(workspace: Workspace, name: str) -> Idea:
    """The idea that is called so; raises `UsageError` where there is none, with the nearest name."""
    ideas, problems = read_ideas(workspace)
    found = find_idea(ideas, name)
    if found is not None:
        return found
    broken = next((one for one in problems if one.path in (name, f"{IDEAS}/{name}", f"{IDEAS}/{name}.md")), None)
    raise UsageError(str(broken) if broken else unknown_name(_("idea"), name, {one.name: one for one in ideas}))


def the_person(name: str, settings: Settings) -> str:
    """The person who acts: the one that is named, else the only one there is; raises `UsageError` for nobody."""
    people = settings.people
    chosen = name or (next(iter(people)) if len(people) == 1 else "")
    if not chosen:
        raise UsageError(_("say who you are: --by NAME, one of {people}").format(people=", ".join(people)))
    require(_("person"), chosen, people)
    return chosen


def require(what: str, name: str, known: Mapping[str, object]) -> None:
    """Raise `UsageError` for a name that does not exist."""
    if name and name not in known:
        raise UsageError(unknown_name(what, name, known))
