"""What stands around each page: who is there, what they may, what they are told once, and in which language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from threading import Lock
from typing import Final

from toolkit.desk.answer import Answer, html
from toolkit.desk.assets import Assets
from toolkit.desk.crisis.notices import find_notices
from toolkit.desk.door import Door, Guest
from toolkit.desk.endpoint import Page
from toolkit.desk.guard import came_from
from toolkit.desk.permissions import permissions
from toolkit.desk.rendering import render
from toolkit.desk.request import Ask
from toolkit.desk.scheme import scheme_of
from toolkit.values import dataclass

MOST_NOTICES: Final = 5
MOST_READERS: Final = 1000
NOTHING: Final[Mapping[str, tuple[str, ...]]] = {}


@dataclass(slots=True)
class Notices:
    """What each session is told with its next page, once. In memory: who misses one sees the result all the same."""

    _told: dict[str, list[str]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def add(self, key: str, notice: str) -> None:
        with self._lock:
            if key not in self._told and len(self._told) >= MOST_READERS:
                del self._told[next(iter(self._told))]
            self._told[key] = [*self._told.get(key, ()), notice][-MOST_NOTICES:]

    def take(self, key: str) -> list[str]:
        with self._lock:
            return self._told.pop(key, [])


@dataclass(frozen=True, slots=True)
class Frame:
    """Makes pages out of templates."""

    door: Door
    assets: Assets
    areas: frozenset[str]  # addresses that there are, for the navigation
    notices: Notices = field(default_factory=Notices)

    def render(self, ask: Ask, template: str, values: Mapping[str, object], guest: Guest | None = None) -> str:
        """The HTML of a template with what the frame needs around it."""
        house = self.door.house
        around: dict[str, object] = {
            "me": guest.person if guest else None,
            "may": permissions(guest.person, house.settings) if guest else frozenset(),
            "csrf": guest.session.csrf if guest else "",
            "path": ask.path,
            "scheme": scheme_of(ask),
            "now": house.now().astimezone(house.zone),
            "settings": house.settings,
            "trouble": house.trouble,
            "areas": self.areas,
            "asset": self.assets.address,
            "behind_proxy": self.door.behind_proxy,
            "alarms": lambda: find_notices(house, house.now()) if guest else (),
            # A function: only what shows them takes them.
            "notices": lambda: self.notices.take(guest.session.key) if guest else [],
        }
        return render(template, {**around, **values})

    def page(self, ask: Ask, guest: Guest, page: Page) -> Answer:
        """A page of an endpoint."""
        return self.greet(guest, html(self.render(ask, page.template, page.values, guest), page.status))

    def problem(
        self,
        ask: Ask,
        guest: Guest | None,
        status: int,
        sentence: str,
        typed: Mapping[str, tuple[str, ...]] = NOTHING,
    ) -> Answer:
        """What went wrong: as a notice above the page that htmx leaves standing, else as a page with what was typed."""
        values: dict[str, object] = {"sentence": sentence, "status": status, "typed": typed}
        values["back"] = came_from(ask, self.door.address)
        answer = html(self.render(ask, "notice.html" if ask.by_htmx else "problem.html", values, guest), status)
        return self.greet(guest, answer) if guest else answer

    def greet(self, guest: Guest, answer: Answer) -> Answer:
        """Tell the browser of a session that is new."""
        return answer.plus(self.cookie(guest.session.token)) if guest.fresh else answer

    def cookie(self, token: str) -> tuple[str, str]:
        """The header that gives the browser its session; with "" the one that takes it away."""
        secure = "; Secure" if self.door.address.secure else ""
        over = "" if token else "; Max-Age=0"
        return "set-cookie", f"{self.door.cookie}={token}; Path=/; HttpOnly; SameSite=Strict{secure}{over}"
