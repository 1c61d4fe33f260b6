"""Coming in and going: the login link, the way out, the language. Open to whoever is not signed in, so as small as can be."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from toolkit.desk import scheme, speech
from toolkit.desk.answer import Answer, go, html, is_path, plain
from toolkit.desk.audit import DONE, REFUSED, Deed, write_deed
from toolkit.desk.door import Guest, Stranger
from toolkit.desk.gateway import Gateway, Refusal
from toolkit.desk.guard import is_from_us
from toolkit.desk.house import House
from toolkit.desk.limits import LOGINS, REFUSALS
from toolkit.desk.links import LinkState, look_at_link, use_link
from toolkit.desk.request import Ask
from toolkit.desk.sessions import end_session, start_session
from toolkit.messages import LANGUAGES, _
from toolkit.tokens import SCHEMES
from toolkit.values import dataclass

YEAR: Final = 31_536_000  # seconds


@dataclass(frozen=True, slots=True)
class Reception:
    """What is there before and after a session."""

    gateway: Gateway

    def ask_for_link(self, ask: Ask) -> Answer:
        """GET /login: how one gets in."""
        if self.gateway.door.behind_proxy:
            return go("/")
        return self._page(ask, "login.html", {"state": "", "token": "", "person": None})

    def show_link(self, ask: Ask, token: str) -> Answer:
        """GET /login/{token}: who will be signed in. Uses nothing up: chats and mail programs look at links, too."""
        if self.gateway.door.behind_proxy:
            return go("/")
        wait = self.gateway.limits.take(LOGINS, ask.peer)
        if wait:
            return self._wait(ask, wait)
        with self._house.book(read_only=True) as store:
            state, key = look_at_link(store, token, self._house.now())
        person = self._house.settings.people.get(key)
        known = state if person is not None else LinkState.UNKNOWN
        good = known is LinkState.FRESH
        values = {"state": known.value, "token": token if good else "", "person": person}
        return self._page(ask, "login.html", values, 200 if good else 410)

    def sign_in(self, ask: Ask, token: str) -> Answer:
        """POST /login/{token}: uses the link up. Whatever session the browser had before is over."""
        door, now = self.gateway.door, self._house.now()
        wait = self.gateway.limits.take(LOGINS, ask.peer)
        if wait:
            return self._wait(ask, wait)
        if door.behind_proxy or not is_from_us(ask, door.address):
            self._note(ask, "", f"{REFUSED}-origin")
            return self.gateway.frame.problem(ask, None, 403, _("sign in from the page that the link opens"))
        with self._house.book() as store:
            person = self._house.settings.people.get(use_link(store, token, now))
            if person is None:
                state, key = look_at_link(store, token, now)
                self._note(ask, key, f"{REFUSED}-link-{state}")
                return self._page(ask, "login.html", {"state": state.value, "token": "", "person": None}, 410)
            end_session(store, ask.cookie(door.cookie))
            session = start_session(store, person.key, self._house.settings.desk, now)
        self._note(ask, person.key, DONE)
        return go("/").plus(self.gateway.frame.cookie(session.token))

    def sign_out(self, ask: Ask) -> Answer:
        """POST /logout."""
        found = self._allowed(ask)
        if isinstance(found, Answer):
            return found
        with self._house.book() as store:
            end_session(store, found.session.token)
        self._note(ask, found.person.key, DONE, "sign out")
        return go("/login").plus(self.gateway.frame.cookie(""))

    def choose_language(self, ask: Ask) -> Answer:
        """POST /language: kept in a cookie of its own, which says nothing else."""
        return self._choose(ask, speech.COOKIE, "language", LANGUAGES, _("there is German and English"))

    def choose_scheme(self, ask: Ask) -> Answer:
        """POST /scheme: light, dark, or "" for what the device says; kept as the language is."""
        allowed = (*SCHEMES, scheme.AS_THE_DEVICE)
        return self._choose(ask, scheme.COOKIE, "scheme", allowed, _("there is light and dark"))

    def _choose(self, ask: Ask, cookie: str, field: str, allowed: Collection[str], refused: str) -> Answer:
        found = self._allowed(ask)
        if isinstance(found, Answer):
            return found
        form = self.gateway.read(ask)
        wanted, back = ("".join(form.get(name, ())[-1:]) for name in (field, "back"))
        if wanted not in allowed:
            return self.gateway.frame.problem(ask, found, 422, refused)
        secure = "; Secure" if self.gateway.door.address.secure else ""
        kept = f"{cookie}={wanted}; Path=/; HttpOnly; SameSite=Lax; Max-Age={YEAR if wanted else 0}{secure}"
        return go(back if is_path(back) else "/").plus(("set-cookie", kept))

    @property
    def _house(self) -> House:
        return self.gateway.door.house

    def _allowed(self, ask: Ask) -> Guest | Answer:
        """Somebody with a form of theirs, or the answer to everybody else."""
        guest = self.gateway.door.meet(ask)
        if isinstance(guest, Stranger):
            return self.gateway.frame.problem(ask, None, 403, guest.sentence) if guest.why else go("/login")
        try:
            self.gateway.count(ask, guest)
            self.gateway.check_form(ask, guest, self.gateway.read(ask))
        except Refusal as refusal:
            return self.gateway.frame.problem(ask, guest, refusal.status, refusal.sentence).plus(*refusal.headers)
        return guest

    def _page(self, ask: Ask, template: str, values: Mapping[str, object], status: int = 200) -> Answer:
        return html(self.gateway.frame.render(ask, template, values), status)

    def _wait(self, ask: Ask, seconds: int) -> Answer:
        self._note(ask, "", f"{REFUSED}-flood")
        return plain(_("too many attempts; wait a moment"), 429).plus(("retry-after", str(seconds)))

    def _note(self, ask: Ask, person: str, outcome: str, action: str = "sign in") -> None:
        if outcome != DONE and self.gateway.limits.take(REFUSALS, ask.peer):
            return
        with self._house.book() as store:
            origin = self.gateway.door.origin(ask.peer)
            write_deed(store, Deed(self._house.now(), person, action, "", origin, outcome))
