"""What a network is to the rest of Leitstand: facts, a pure `render`, and a connection that sends and looks.

An adapter is one folder with one `NETWORK` value. `render` is pure, so what `preview` shows is what `send` gets.
A network without `connect` is rendered, counted and checked today and says that it cannot send yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from toolkit.model import Answer, Clock, Count, MediaKind, Message, Part, Promise, Rendition, Sighting, SignIn
from toolkit.networks.figures import Figures
from toolkit.networks.limits import ApiVersion, Limit, read_api, read_limits
from toolkit.settings import Account
from toolkit.values import dataclass
from toolkit.workspace import FIRST_COMMENT, Draft

if TYPE_CHECKING:
    from toolkit.web import Web, WebError

ReadMedia = Callable[[str], bytes]  # path relative to content/ → bytes


class Capability(StrEnum):
    """What an adapter can do; shown in the network reference and in `doctor`."""

    TEXT = "text"
    RICH_TEXT = "rich text"
    IMAGES = "images"
    VIDEO = "video"
    DOCUMENTS = "documents"
    ALT_TEXT = "alt text"
    THREAD = "thread"
    POLL = "poll"
    COMMENT = "first comment"
    EDIT = "edit"
    DELETE = "delete"
    COUNTS = "counts"
    LISTEN = "listen"
    ANSWER = "answers"  # to what others wrote
    DIRECT = "direct messages"  # hears them; with ANSWER, it answers them in private


# What a medium needs of a network.
MEDIA: Final[Mapping[MediaKind, Capability]] = {
    MediaKind.PHOTO: Capability.IMAGES,
    MediaKind.GRAPHIC: Capability.IMAGES,
    MediaKind.VIDEO: Capability.VIDEO,
    MediaKind.DOCUMENT: Capability.DOCUMENTS,
}


COMMENT_OPTION: Final[Mapping[str, str]] = {
    FIRST_COMMENT: "Text that is written below the post right after it, such as hashtags or a link."
}


class Seeking(StrEnum):
    """What can be looked for in what everybody writes."""

    HASHTAG = "hashtag"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Searched:
    """What was found, the newest first; `whole` when it reaches back to the moment that was asked for."""

    messages: tuple[Message, ...] = ()
    whole: bool = True


class Verified(StrEnum):
    """How far an adapter has been proved. Shown to users wherever the network is named."""

    REAL_SERVER = "real server"
    SPECIFICATION = "published specification"
    CONTRACT = "published contract"
    NOT_SENDING = "rendered and counted only; not sent yet"


class Action(StrEnum):
    """What an intent does with its content."""

    POST = "post"
    COMMENT = "comment"  # the first comment below the post `previous`
    EDIT = "edit"  # another text for the post `target`
    RETRACT = "retract"  # take the post `target` back
    ANSWER = "answer"  # a reply to the message `answers` of somebody else, as public or private as that is


@dataclass(frozen=True, slots=True)
class Intent:
    """One part about to be sent. The same `key` always names the same part of the same occurrence."""

    key: str
    account: Account
    rendition: Rendition
    part: int  # from 0
    previous: str  # remote id of the part before, "" for the first; of the post, for a comment
    first_tried_at: datetime | None = None  # None on the first try
    action: Action = Action.POST
    target: str = ""  # remote id of what is edited, taken back or answered
    answers: Message | None = None  # the message that is answered

    @property
    def content(self) -> Part:
        return self.rendition.parts[self.part]

    @property
    def above(self) -> str:
        """Remote id of what it stands below: of the part before, else, for an answer, of the message; "" for none."""
        if self.previous or self.action is not Action.ANSWER:
            return self.previous
        return self.target or (self.answers.remote_id if self.answers else "")


class Connection(Protocol):
    """An account's line to its network. Only `dispatch` and `collect` hold one."""

    def send(self, intent: Intent) -> Answer:
        """Send one part, or a first comment. Never raises for what a network can do: what is not known is UNKNOWN."""

    def find(self, intent: Intent) -> Sighting:
        """Look for a part whose outcome is unknown. ABSENT only with proof."""

    def counts(self, remote_ids: Iterable[str]) -> Mapping[str, Mapping[str, float]]:
        """Remote id → metric → value, for what the network can tell; a missing metric is left out."""

    def edit(self, remote_id: str, intent: Intent) -> Answer:
        """Replace the text of a published part. To do it twice is to do it once."""

    def delete(self, remote_id: str) -> Answer:
        """Take a published part back. One that is gone already is ACCEPTED."""


@runtime_checkable
class Identified(Protocol):
    """A line that can say whose token it has; asked when somebody signs in."""

    def check_identity(self) -> None:
        """Raise `NotBegunError` when the token is not the account's, and `WebError`."""


@runtime_checkable
class Listening(Protocol):
    """A line that also hears: its network has the capability LISTEN."""

    def listen(self, since: datetime | None, remote_ids: Iterable[str]) -> Iterator[Message]:
        """Comments below `remote_ids`, mentions and direct messages since then, the oldest first; some may come again.

        Answers of our own account in these threads are among them, marked `own`; our posts are not. Raises `WebError`.
        """


@runtime_checkable
class Searching(Protocol):
    """A line that also finds what is said in public to nobody in particular: its network `seeks` something."""

    def search(self, what: Seeking, words: str, since: datetime) -> Searched:
        """What others wrote since then with this hashtag (without its sign) or these words, as mentions.

        Nothing of our own account. Bounded: a busy hashtag is not whole. Raises `WebError`.
        """


@runtime_checkable
class Rechecking(Protocol):
    """A line that can say which messages their authors have taken back since."""

    def gone(self, remote_ids: Iterable[str]) -> frozenset[str]:
        """Those that the network says are deleted; what is not known is not gone. Raises `WebError`."""


@runtime_checkable
class Admitting(Protocol):
    """A line that says what it is not told."""

    def unheard(self) -> str:
        """Why the last `listen` left something out, with the remedy; "" when it left out nothing.

        Only what stays so until somebody does something, such as direct messages that the token gives no right to:
        whatever may be better next time is raised.
        """


@runtime_checkable
class Following(Protocol):
    """A line that can also say how many people follow the account."""

    def audience(self) -> Mapping[str, float]:
        """Metric → value (``followers``), empty where the network does not tell. Raises `WebError`."""


@runtime_checkable
class Explaining(Protocol):
    """A line that knows what a question without an answer means."""

    def explain(self, error: WebError) -> Answer:
        """LATER with the moment from which to ask again, or REFUSED where asking again does not help."""


class Vault(Protocol):
    """Where an account keeps what its network hands out and takes back: sessions, refreshed tokens.

    Encrypted, and shared by all dispatchers of a ledger.
    """

    def session(self, make: Callable[[str], str], stale: str = "") -> str:
        """The stored session, unless there is none or it is `stale`: then what `make` makes of the stored one.

        `make` runs in one process at a time, and what it makes is stored before anybody uses it. What it raises is
        raised, and nothing is stored.
        """


class Notes(Protocol):
    """What an account remembers across retries and restarts, such as an upload or a container that has no post yet."""

    def read(self, name: str) -> str:
        """What was written under `name`; "" when nothing was."""

    def write(self, name: str, value: str) -> None:
        """Remember it, on disk before this returns."""


class MediaHost(Protocol):
    """Puts media where a network can fetch them."""

    def put(self, name: str, data: bytes, media_type: str) -> str:
        """The public address of the file. The same bytes have the same address; nothing is put there twice."""


@dataclass(slots=True)
class Memory:
    """A vault and notes that last as long as the process: for reading commands and tests."""

    kept: dict[str, str] = field(default_factory=dict)

    def session(self, make: Callable[[str], str], stale: str = "") -> str:
        stored = self.kept.get("session", "")
        if not stored or stored == stale:
            stored = self.kept["session"] = make(stored)
        return stored

    def read(self, name: str) -> str:
        return self.kept.get(name, "")

    def write(self, name: str, value: str) -> None:
        self.kept[name] = value


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an adapter may use of the world."""

    web: Web
    clock: Clock
    read_media: ReadMedia
    state_dir: str = ""
    vault: Vault = field(default_factory=Memory)
    notes: Notes = field(default_factory=Memory)
    media_host: MediaHost | None = None  # None where leitstand.toml names no place for public media


class Connect(Protocol):
    """Opens an account's line. `credential` is the account's secret, "" where none is needed."""

    def __call__(self, account: Account, credential: str, surroundings: Surroundings) -> Connection: ...


@dataclass(frozen=True, slots=True)
class Pace:
    """How many publishing requests of one account a network takes in how many seconds."""

    requests: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Network:
    """One adapter: its facts, its pure rendering, and, where it can send, its connection."""

    name: str
    title: str
    promise: Promise
    verified: Verified
    verified_by: str  # one sentence: what was run against what
    capabilities: frozenset[Capability]
    render: Callable[[Draft], Rendition]
    count: Callable[[str], Count]
    connect: Connect | None = None
    # Whether an account needs a token; what lies in our own files does not.
    needs_token: bool = True
    # Whether media have to lie at a public address for the network to fetch.
    fetches_media: bool = False
    # Whether the network takes a text at all, where length is not the whole answer; None: whatever is not too long.
    accepts: Callable[[str], bool] | None = None
    # What the network makes clickable in a plain text, as a record; None where nobody needs to know.
    detect: Callable[[str], Mapping[str, object]] | None = None
    # The limits of a network from another package; those of the built-ins stand in ``limits/*.yml``.
    own_limits: tuple[Limit, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)  # front-matter option → what it does
    max_media: int = 4
    max_alt: int = 1500
    # How long a lookup may lag behind a publication, seconds; absence is not proven earlier.
    settle: float = 60.0
    # How long the network honours a replayed key, seconds; 0 where it has none.
    key_lifetime: float = 0.0
    # What the dispatcher keeps to, besides what the network answers.
    paces: tuple[Pace, ...] = ()
    sign_in: SignIn | None = None
    # What its API tells of posts and accounts; None where it tells nothing, and then why and what helps.
    figures: Figures | None = None
    silence: str = ""
    # What can be looked for in what everybody writes there.
    seeks: frozenset[Seeking] = frozenset()
    # Why direct messages are neither heard nor answered, where the network has them and Leitstand has not.
    no_direct: str = ""
    # Why nothing is published there, where a network is only heard and answered.
    no_posts: str = ""
    # An answer with what the network needs in it besides its text, such as whom it answers; None: nothing.
    address: Callable[[Rendition, Message], Rendition] | None = None

    @property
    def counted(self) -> tuple[str, ...]:
        """The metrics of its posts and accounts, under the house's names."""
        return self.figures.metrics if self.figures else ()

    @property
    def limits(self) -> tuple[Limit, ...]:
        """Its limits with their provenance, read when first asked for."""
        return self.own_limits or read_limits(self.name)

    @property
    def api(self) -> ApiVersion | None:
        """The dated version of the network's API that the adapter speaks; None where versions have no dates."""
        return read_api(self.name)

    @property
    def known_options(self) -> Mapping[str, str]:
        """Its own options, and those of every network that can do what they need."""
        return {**self.options, **(COMMENT_OPTION if Capability.COMMENT in self.capabilities else {})}

    def render_comment(self, comment: Draft) -> Rendition:
        """`render` of a first comment, measured by the limit `comment` where the network's limits have one."""
        return self._within(self.render(comment), "comment")

    def render_answer(self, answer: Draft, message: Message) -> Rendition:
        """`render` of an answer to `message` as it is sent, measured by the limit of what it is: `direct` or `comment`."""
        rendition = self._within(self.render(answer), "direct" if message.private else "comment")
        return self.address(rendition, message) if self.address else rendition

    def _within(self, rendition: Rendition, name: str) -> Rendition:
        """`rendition` measured by the limit `name`, where the network has one of its own for it."""
        most = next((one.value for one in self.limits if one.name == name), 0)
        if not most:
            return rendition
        parts = tuple(replace(part, count=replace(part.count, limit=most)) for part in rendition.parts)
        return replace(rendition, parts=parts)

    def takes(self, text: str) -> bool:
        """Whether the network takes `text` as one post."""
        return self.accepts(text) if self.accepts else self.count(text).valid
