"""Words and lines of `leitstand desk`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from pathlib import Path
from subprocess import run
from typing import Final

from toolkit.desk.audit import Deed
from toolkit.desk.wording import say_action, say_outcome
from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.settings import Person, Settings, unknown_name

GIT_PATIENCE: Final = 5.0  # seconds


def pick_person(named: str, settings: Settings, root: Path) -> Person:
    """Who signs in: whoever is named, the only one there is, or whose e-mail git knows here. Raises `UsageError`."""
    people = settings.people
    if named:
        if named not in people:
            raise UsageError(unknown_name(_("person"), named, people))
        return people[named]
    if not people:
        raise UsageError(_("nobody could sign in: name the people who work here in [people] of leitstand.toml"))
    if len(people) == 1:
        return next(iter(people.values()))
    email = git_email(root)
    found = [one for one in people.values() if email and one.email.lower() == email.lower()]
    if len(found) == 1:
        return found[0]
    raise UsageError(_("say who signs in: --person NAME, one of {people}").format(people=", ".join(people)))


def git_email(root: Path) -> str:
    """Who commits here; "" where git does not know, or is not there."""
    try:
        said = run(
            ["git", "config", "user.email"], cwd=root, capture_output=True, text=True, timeout=GIT_PATIENCE, check=False
        )
    except OSError:
        return ""
    return said.stdout.strip()


def deed_json(deed: Deed) -> dict[str, str]:
    """One line of the audit, for programs."""
    return {
        "at": deed.at.isoformat(),
        "person": deed.person,
        "action": deed.action,
        "subject": deed.subject,
        "origin": deed.origin,
        "outcome": deed.outcome,
    }


def deed_lines(deeds: Sequence[Deed], zone: tzinfo) -> Iterator[str]:
    """One line each, on the workspace's clock."""
    for deed in deeds:
        words = (deed.person or "-", say_action(deed.action), deed.subject, deed.origin, say_outcome(deed.outcome))
        yield f"{deed.at.astimezone(zone):%Y-%m-%d %H:%M:%S}  " + "  ".join(word for word in words if word)
