"""Around all endpoints: who asks, may they, is it their form, what became of it; errors as pages that lose nothing."""

from __future__ import annotations

from collections.abc import Mapping
from hmac import compare_digest
from typing import Final

from toolkit.desk.answer import Answer, content, go, html
from toolkit.desk.audit import DONE, FAILED, REFUSED, Deed, write_deed
from toolkit.desk.door import Door, Guest, Stranger
from toolkit.desk.endpoint import Content, Endpoint, Page, Redirect, Visit
from toolkit.desk.frame import Frame
from toolkit.desk.guard import is_from_us
from toolkit.desk.limits import CHANGES, LOOKS, REFUSALS, Limits
from toolkit.desk.permissions import permissions, who_may
from toolkit.desk.request import Ask, read_form, read_query
from toolkit.errors import (
    ChangedError,
    InboxError,
    LedgerError,
    LeitstandError,
    MissingError,
    NetworkError,
    StateError,
    UsageError,
)
from toolkit.messages import _
from toolkit.values import dataclass

CSRF_FIELD: Final = "csrf"
CSRF_HEADER: Final = "x-csrf-token"


@dataclass(frozen=True, slots=True)
class Refusal(Exception):  # noqa: N818  # a way out, not an error of ours
    """Why it ends here: for the person, and in a word for the audit."""

    status: int
    sentence: str
    why: str = ""
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Gateway:
    """What every request goes through."""

    door: Door
    frame: Frame
    limits: Limits

    def answer(self, ask: Ask, endpoint: Endpoint, path: Mapping[str, str]) -> Answer:
        """The answer to a request for `endpoint`."""
        guest = self.door.meet(ask)
        if isinstance(guest, Stranger):
            return self.turn_away(ask, guest, endpoint)
        typed: Mapping[str, tuple[str, ...]] = {}
        try:
            self.count(ask, guest, quiet=endpoint.quiet)
            if ask.method == "POST":
                typed = self.read(ask)
                self.check_form(ask, guest, typed)
            result = self._visit(ask, guest, endpoint, path, typed)
        except Refusal as refusal:
            self._note(ask, endpoint, guest.person.key, _subject(path), f"{REFUSED}-{refusal.why}")
            return self._told(ask, guest, refusal, typed)
        except LeitstandError as error:
            if ask.method == "POST":
                self._write(ask, endpoint, guest.person.key, _subject(path), f"{FAILED}-{type(error).__name__}")
            return self._told(ask, guest, Refusal(_status(ask, error), str(error)), typed)
        return self._finished(ask, guest, endpoint, path, result)

    # On the way in

    def count(self, ask: Ask, guest: Guest, *, quiet: bool = False) -> None:
        """Not more than a person can do. Raises `Refusal`."""
        wait = self.limits.take(CHANGES if ask.method == "POST" and not quiet else LOOKS, guest.session.key)
        if wait:
            raise Refusal(429, _("that was too much at once; wait a moment"), "flood", (("retry-after", str(wait)),))

    def read(self, ask: Ask) -> Mapping[str, tuple[str, ...]]:
        """The form. Raises `Refusal`."""
        if not ask.is_form:
            raise Refusal(415, _("this is no form of ours"), "form")
        try:
            return read_form(ask)
        except ValueError:
            raise Refusal(400, _("this is no form of ours"), "form") from None

    def check_form(self, ask: Ask, guest: Guest, typed: Mapping[str, tuple[str, ...]]) -> None:
        """Whether the form is one that we gave this very session. Raises `Refusal`."""
        if not is_from_us(ask, self.door.address):
            raise Refusal(403, _("this came from another page than the desk's; nothing was done"), "origin")
        said = ask.header(CSRF_HEADER) or "".join(typed.get(CSRF_FIELD, ())[-1:])
        if not compare_digest(said.encode(), guest.session.csrf.encode()):
            raise Refusal(403, _("this form is of another session; load the page again, then send it"), "csrf")

    def _visit(
        self,
        ask: Ask,
        guest: Guest,
        endpoint: Endpoint,
        path: Mapping[str, str],
        typed: Mapping[str, tuple[str, ...]],
    ) -> Page | Redirect | Content:
        house = self.door.house
        may = permissions(guest.person, house.settings)
        if endpoint.permission not in may:
            names = ", ".join(one.name for one in who_may(endpoint.permission, house.settings)) or _("nobody")
            message = _("this needs the permission {permission}; who has it: {people}")
            raise Refusal(403, message.format(permission=endpoint.permission, people=names), "permission")
        try:
            query = read_query(ask)
        except ValueError:
            raise Refusal(400, _("this address cannot be read"), "query") from None
        forms = {name: values for name, values in typed.items() if name != CSRF_FIELD}
        form = {name: values[-1] for name, values in forms.items()}
        visit = Visit(house, guest.person.key, may, house.now(), path, query, form, ask.wants_part, forms)
        return endpoint.run(visit)

    # On the way out

    def _finished(
        self, ask: Ask, guest: Guest, endpoint: Endpoint, path: Mapping[str, str], result: Page | Redirect | Content
    ) -> Answer:
        if isinstance(result, Content):
            return self.frame.greet(guest, content(result.data, result.kind, result.name))
        if isinstance(result, Page):
            if ask.method == "POST" and not endpoint.quiet:
                self._write_done(ask, endpoint, guest, _subject(path), DONE if result.status < 400 else FAILED)
            return self.frame.page(ask, guest, result)
        self._write_done(ask, endpoint, guest, result.about or _subject(path), DONE)
        self.door.house.forget()
        if result.notice:
            self.frame.notices.add(guest.session.key, result.notice)
        return self.frame.greet(guest, go(result.to, by_htmx=ask.by_htmx))

    def turn_away(self, ask: Ask, stranger: Stranger, endpoint: Endpoint) -> Answer:
        """Somebody we do not know: they may sign in, or are told why not."""
        if stranger.why:
            self._note(ask, endpoint, "", "", f"{REFUSED}-{stranger.why}")
            return self.frame.problem(ask, None, 403, stranger.sentence)
        if ask.method == "POST":
            try:
                typed = self.read(ask)
            except Refusal:
                typed = {}
            message = _("you are not signed in any more; nothing was done. Sign in, then send it again")
            return self.frame.problem(ask, None, 401, message, typed)
        if ask.by_htmx:
            return Answer(401, b"", (("hx-redirect", "/login"),))
        if ask.header("sec-fetch-site") == "cross-site":
            # From a link in a mail browsers do not send the cookie; from our own page they do.
            return html(self.frame.render(ask, "again.html", {"here": ask.path}))
        return go("/login")

    def _told(self, ask: Ask, guest: Guest, refusal: Refusal, typed: Mapping[str, tuple[str, ...]]) -> Answer:
        forms = {name: values for name, values in typed.items() if name != CSRF_FIELD}
        return self.frame.problem(ask, guest, refusal.status, refusal.sentence, forms).plus(*refusal.headers)

    # What is written down

    def _note(self, ask: Ask, endpoint: Endpoint, person: str, subject: str, outcome: str) -> None:
        """A refused attempt; not each one of a flood."""
        if not self.limits.take(REFUSALS, ask.peer):
            self._write(ask, endpoint, person, subject, outcome)

    def _write(self, ask: Ask, endpoint: Endpoint, person: str, subject: str, outcome: str) -> None:
        house, action = self.door.house, endpoint.action or f"look {endpoint.path}"
        with house.book() as store:
            write_deed(store, Deed(house.now(), person, action, subject, self.door.origin(ask.peer), outcome))

    def _write_done(self, ask: Ask, endpoint: Endpoint, guest: Guest, subject: str, outcome: str) -> None:
        """What was done stays done, also when it cannot be written down; then the person is told that."""
        try:
            self._write(ask, endpoint, guest.person.key, subject, outcome)
        except StateError as error:
            message = _("it was done, but could not be written down: {error}")
            self.frame.notices.add(guest.session.key, message.format(error=error))


def _subject(path: Mapping[str, str]) -> str:
    return "/".join(path.values())


def _status(ask: Ask, error: LeitstandError) -> int:
    if isinstance(error, ChangedError | InboxError | LedgerError):
        return 409
    if isinstance(error, MissingError):
        return 404
    if isinstance(error, UsageError):
        # Who only looks and is told no has asked for something that is not there.
        return 422 if ask.method == "POST" else 404
    if isinstance(error, NetworkError):
        return 502
    return 503 if isinstance(error, StateError) else 422
