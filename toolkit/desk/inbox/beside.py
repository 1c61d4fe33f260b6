"""What is known of a conversation besides what was said: our post above it, who the author is to us, what they wrote before."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.conversation import Conversation, Stage
from toolkit.community.inbox.desk import Wanted
from toolkit.community.inbox.finding import labels_in_use
from toolkit.community.inbox.saying import stage_word
from toolkit.community.triage.parts import Part
from toolkit.community.triage.verdict import Triage
from toolkit.desk.endpoint import Visit
from toolkit.desk.inbox.asking import conversation_path
from toolkit.desk.inbox.rows import Light, line
from toolkit.desk.inbox.times import Said, say
from toolkit.messages import _, decimal
from toolkit.values import dataclass
from toolkit.workspace import AuthorRole, Workspace

EARLIER: Final = 5
LONGEST: Final = 160


@dataclass(frozen=True, slots=True)
class Above:
    """Our post that it stands below."""

    title: str
    line: str
    href: str  # "" where no file here has it


@dataclass(frozen=True, slots=True)
class Earlier:
    """Another conversation with the same author."""

    href: str
    when: Said
    stage: str
    text: str


@dataclass(frozen=True, slots=True)
class Role:
    """Who somebody may be to us, and whether they are."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """Points and why."""

    points: str
    words: str


def find_above(seen: Conversation, workspace: Workspace) -> Above | None:
    """The post by its file where there is one; only that it is ours where it was written elsewhere."""
    if not seen.below and not seen.uid:
        return None
    post = next((one for one in workspace.posts if seen.uid and one.uid == seen.uid), None)
    if post is None:
        return Above(_("one of our posts"), "", "")
    first = next((part for part in post.body.splitlines() if part.strip()), "")
    return Above(post.title or post.path, first[:LONGEST], f"/posts/{quote(post.uid, safe='')}")


def find_earlier(inbox: Inbox, seen: Conversation, light: Light) -> tuple[Earlier, ...]:
    """The newest of them."""
    wanted = Wanted(frozenset(Stage), limit=EARLIER, newest=True, beside=seen.id)
    found = inbox.conversations(wanted, now=light.now)
    last = inbox.last_words(found)
    return tuple(
        Earlier(
            conversation_path(one.id),
            say(one.changed_at, light.now, light.zone),
            stage_word(one.stage),
            line(last.get(one.id, ""))[:LONGEST],
        )
        for one in found
    )


def roles(inbox: Inbox, seen: Conversation) -> tuple[Role, ...]:
    """Those that triage knows."""
    known = inbox.roles(seen)
    words = {
        AuthorRole.VIP: _("important to us"),
        AuthorRole.PRESS: _("press"),
        AuthorRole.AUTHORITY: _("authority"),
    }
    return tuple(Role(role.value, words[role], role.value in known) for role in AuthorRole)


def reasons(found: Triage) -> tuple[Reason, ...]:
    """Each part of the score, the weightiest first."""
    parts: list[Part] = sorted(found.parts, key=lambda part: -abs(part.points))
    return tuple(Reason(decimal(part.points, "+.1f"), part.reason) for part in parts)


def known_labels(inbox: Inbox, visit: Visit) -> tuple[str, ...]:
    """What labels there are: those of the handbook's rules, and those in use."""
    rules = (label for rule in visit.house.workspace.handbook.triage for label in rule.then.labels)
    return tuple(sorted({*rules, *labels_in_use(inbox)}))
