"""One account's network: it takes requests and answers as real ones do on bad days, deterministic from one seed."""

from __future__ import annotations

import json
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import field
from datetime import datetime, timedelta
from email.utils import format_datetime

from toolkit.model import Promise
from toolkit.simulation.character import Character, Twice
from toolkit.simulation.containers import Container, Containers, ContainerState
from toolkit.simulation.faults import Calm, Fault, Sky, dice
from toolkit.simulation.record import Published, Record
from toolkit.simulation.tokens import Tokens
from toolkit.simulation.traffic import PUBLISHING, Ask, Request
from toolkit.values import dataclass
from toolkit.web import NotSent, Reply, Reset, Uncertain

WAIT = timedelta(minutes=7)  # what a 429 asks for
PAGE = 40  # how many posts a look shows


def nothing(_value: object) -> None:
    """Nobody listens; no time passes."""


@dataclass(slots=True)
class SimulatedNetwork:
    """See `answer`. `now` is true time; `wait` lets time pass; `crash` is told C3, right after a post was taken."""

    account: str
    character: Character
    now: Callable[[], datetime]
    sky: Sky = field(default_factory=Calm)
    wait: Callable[[timedelta], None] = nothing
    crash: Callable[[str], None] = nothing
    publish: Callable[[Published], None] = nothing  # told of every new public post
    record: Record = field(default_factory=Record)
    requests: int = 0
    # What befell, and how often; pace breaches are counted as "too fast".
    met: Counter[str] = field(default_factory=Counter)
    containers: Containers = field(init=False)
    tokens: Tokens = field(init=False)
    # Publishing requests that were turned away until this moment, and those that came too early all the same.
    quiet_until: datetime | None = None
    too_early: int = 0
    _asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    _recent: deque[datetime] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self.containers = Containers(self.character)
        self.tokens = Tokens(self.character, self.now())

    def answer(self, request: Request) -> Reply:
        """The reply to one request. Raises `NotSent` when nothing left, `Uncertain` when no reply came back."""
        times = self._asked[request.ask, request.key]
        self._asked[request.ask, request.key] += 1
        fault = self.sky.fault(self.account, request, times)
        if fault is not None:
            self.met[fault] += 1
        self._hinder(fault, request)
        self.requests += request.ask in PUBLISHING
        early = self._turn_away(fault, request)
        if early is not None:
            return early
        reply = self._obey(request, fault)
        if request.ask in PUBLISHING and reply.ok:
            self.crash("C3")
        return self._spoil(fault, reply)

    # Before it is taken

    def _hinder(self, fault: Fault | None, request: Request) -> None:
        if fault is Fault.UNREACHABLE:
            raise NotSent("no route to host")
        slow = timedelta(seconds=25) * dice(self.account, request.key, self.requests).random()
        self.wait(slow if fault is Fault.SLOW else self.character.latency)
        if fault is Fault.RESET:
            self.requests += 1
            raise Reset("the connection was reset")

    def _turn_away(self, fault: Fault | None, request: Request) -> Reply | None:
        """The reply with which nothing is taken."""
        if request.ask is not Ask.RENEW and not self.tokens.valid(request.token, self.now()):
            return self._reply(401, {"error": "the token is not valid"})
        if request.ask in PUBLISHING:
            return self._make_wait(fault) or self._decline(fault)
        return self._decline(Fault.BUSY) if fault is Fault.UNREADABLE else None

    def _make_wait(self, fault: Fault | None) -> Reply | None:
        now = self.now()
        self.too_early += self.quiet_until is not None and now < self.quiet_until
        if fault in (Fault.WAIT_SECONDS, Fault.WAIT_DATE, Fault.WAIT_BARE):
            return self._too_many(fault, now)
        if self._too_fast(now):
            self.met["too fast"] += 1
            return self._too_many(Fault.WAIT_SECONDS, now)
        return None

    def _decline(self, fault: Fault | None) -> Reply | None:
        match fault:
            case Fault.BUSY:
                return self._reply(503, {"error": "unavailable"})
            case Fault.REFUSED:
                return self._reply(422, {"error": "the post is refused"})
            case Fault.GHOST:
                return self._has_it("ghost")
            case _:
                return None

    def _too_many(self, form: Fault, now: datetime) -> Reply:
        if form is Fault.WAIT_BARE:
            return self._reply(429, {"error": "too many requests"})
        self.quiet_until = now + WAIT
        date = format_datetime((now + self.character.clock_error + WAIT).replace(microsecond=0), usegmt=True)
        value = date if form is Fault.WAIT_DATE else str(int(WAIT.total_seconds()))
        return self._reply(429, {"error": "too many requests"}, **{"retry-after": value})

    def _too_fast(self, now: datetime) -> bool:
        """Whether the account publishes faster than its network allows."""
        longest = max((pace.seconds for pace in self.character.paces), default=0.0)
        while self._recent and now - self._recent[0] >= timedelta(seconds=longest):
            self._recent.popleft()
        for pace in self.character.paces:
            within = sum(now - at < timedelta(seconds=pace.seconds) for at in self._recent)
            if within >= pace.requests:
                return True
        self._recent.append(now)
        return False

    # What it does

    def _obey(self, request: Request, fault: Fault | None) -> Reply:  # noqa: PLR0911  # one line per kind of request
        match request.ask:
            case Ask.POST:
                return self._post(request)
            case Ask.CONTAINER:
                made = Container(request.key, request.text, request.previous, self.now(), fault)
                return self._reply(200, {"id": self.containers.make(made)})
            case Ask.STATE:
                return self._state(request)
            case Ask.PUBLISH:
                return self._publish(request)
            case Ask.EDIT:
                changed = self.record.change(request.id, request.key, request.text, self.now())
                return self._reply(200, {"id": request.id}) if changed else self._reply(404, {"error": "no such post"})
            case Ask.DELETE:
                self.record.take_back(request.id, request.key, self.now())
                return self._reply(200, {"id": request.id})
            case Ask.RENEW:
                pair = self.tokens.renew(request.token, self.now())
                return self._reply(200, {"token": pair}) if pair else self._reply(400, {"error": "invalid_grant"})
            case _:
                return self._look(request)

    def _post(self, request: Request) -> Reply:
        known = self._known(request)
        if known is not None:
            failing = self.character.replay_fails and self.character.promise is Promise.KEY
            return self._reply(500, {"error": "replay"}) if failing else self._taken(known)
        same = self.record.same_text(request.text) if self.character.twice is not Twice.TAKE else None
        if same is not None and self.character.twice is not Twice.RENAME:
            return self._has_it(same.id)
        return self._taken(self._accept(request.key, request.text, request.previous))

    def _known(self, request: Request) -> Published | None:
        """What a network that honours keys has for this one."""
        found = self.record.of(request.key)
        if not found or self.character.promise not in (Promise.KEY, Promise.RKEY):
            return None
        age = self.now() - found[-1].at
        remembered = self.character.key_race <= age < self.character.key_lifetime
        return found[-1] if self.character.promise is Promise.RKEY or remembered else None

    def _accept(self, key: str, text: str, previous: str) -> Published:
        namesakes = sum(post.text == text for post in self.record.posts)
        name = f"{key}-{namesakes + 1}" if namesakes else key
        post = Published(str(len(self.record.posts) + 1), key, text, previous, self.now(), name)
        self.record.add(post)
        self.publish(post)
        return post

    def _has_it(self, post_id: str) -> Reply:
        """The refusal of a text that is there already."""
        if self.character.twice is Twice.NAME:
            return self._reply(422, {"error": f"duplicate of urn:li:share:{post_id}", "urn": post_id})
        return self._reply(403, {"error": "duplicate content"})

    def _state(self, request: Request) -> Reply:
        state = self.containers.state(request.id, self.now())
        if state is None:
            return self._reply(404, {"error": "no such container"})
        return self._reply(200, {"state": state, "post": self.containers.made[request.id].post})

    def _publish(self, request: Request) -> Reply:
        container = self.containers.made.get(request.id)
        if container is None:
            return self._reply(404, {"error": "no such container"})
        if self.containers.state(request.id, self.now()) is not ContainerState.FINISHED:
            return self._reply(400, {"error": "the container cannot be published"})
        post = self._accept(container.key, container.text, container.previous)
        container.post = post.id
        return self._taken(post)

    def _look(self, request: Request) -> Reply:
        """One post by its id or by its key, else the newest ones."""
        if request.id:
            found = [post for post in self.record.posts if post.id == request.id]
        elif request.key:
            # Who chose the key finds the post at once; others find what is visible.
            lag = timedelta() if self.character.promise is Promise.RKEY else self.character.lag
            found = [post for post in self.record.of(request.key) if self.now() - post.at >= lag]
        else:
            found = list(self.record.visible(self.now(), self.character.lag))[:PAGE]
        return self._reply(200, {"posts": [self._shown(post) for post in found]})

    def _shown(self, post: Published) -> dict[str, str]:
        at = (post.at + self.character.clock_error).isoformat()
        return {"id": post.id, "text": post.text, "previous": post.previous, "at": at, "name": post.name}

    def _taken(self, post: Published) -> Reply:
        return self._reply(200, {"id": post.id})

    # On the way back

    def _spoil(self, fault: Fault | None, reply: Reply) -> Reply:
        if fault in (Fault.LOST, Fault.SLOW_BODY):
            self.wait(self.character.deadline)
            raise Uncertain("no reply in time" if fault is Fault.LOST else "the reply did not end in time")
        return self._reply(500, {"error": "internal"}) if fault is Fault.BROKEN else reply

    def _reply(self, status: int, body: object, **headers: str) -> Reply:
        moment = (self.now() + self.character.clock_error).replace(microsecond=0)
        date = format_datetime(moment, usegmt=True)
        return Reply(status, {"date": date, **headers}, json.dumps(body).encode())
