"""What a page of the desk is: a plain function of a `Visit`. No object of the web framework comes this far.

Permission, CSRF, audit, rate limits and error pages are done once, around all of them, in `gateway`. A page never checks
a token; it hides or disables what `visit.may` does not allow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import datetime
from typing import TYPE_CHECKING

from toolkit.desk.permissions import Permission
from toolkit.values import dataclass

if TYPE_CHECKING:
    from toolkit.desk.house import House


@dataclass(frozen=True, slots=True)
class Visit:
    """One request as an endpoint sees it."""

    house: House
    person: str  # id in [people]
    may: frozenset[Permission]
    now: datetime  # aware
    path: Mapping[str, str] = field(default_factory=dict)  # parameters of the path
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)  # POST only; of a name that comes twice, the last
    fragment: bool = False  # htmx asks for a part of the page
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # POST only; every value of a name


@dataclass(frozen=True, slots=True)
class Page:
    """What is shown: a template below `templates`, with its values."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True, slots=True)
class Redirect:
    """Where people go on after a change (303; HX-Location for htmx); `notice` is shown there once."""

    to: str  # a path of the desk
    notice: str = ""
    about: str = ""  # id of what was made or changed, for the audit, where the path does not name it; never a text


@dataclass(frozen=True, slots=True)
class Content:
    """Bytes that are no page, such as a picture of a post. With a `name` the browser saves them under it."""

    data: bytes
    kind: str  # media type, such as image/jpeg; never HTML, SVG or a script
    name: str = ""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address of the desk. `action` is what the audit calls a POST."""

    method: str  # GET or POST
    path: str  # such as /inbox/{id}
    permission: Permission
    run: Callable[[Visit], Page | Redirect | Content]
    action: str = ""
    quiet: bool = False  # a POST that changes nothing: counted like a look, and not written down

    def __post_init__(self) -> None:
        if self.method not in ("GET", "POST") or (self.method == "POST") != bool(self.action):
            raise ValueError(f"{self.path}: a GET changes nothing, a POST has an action")
