"""A small brand with a handbook of rules, dangers and service hours, and conversations to look at."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from toolkit.community.inbox.conversation import Conversation, Entry, Stage
from toolkit.community.triage.book import Book, read_book
from toolkit.community.triage.case import Case
from toolkit.community.triage.scoring import triage
from toolkit.community.triage.verdict import Triage
from toolkit.model import Message, MessageKind
from toolkit.workspace import AuthorRole, load_workspace

NOW = datetime(2026, 11, 24, 11, tzinfo=UTC)  # a Tuesday, 12:00 in Berlin
SETTINGS = """\
format = 1

[workspace]
id = "probe"
timezone = "Europe/Berlin"
languages = ["de"]
region = "DE-SH"

[people.mai]
roles = ["community"]
deputy = "ole"

[people.ole]
roles = ["community", "editor"]

[people.tarek]
roles = ["manager"]

[accounts.toots]
network = "mastodon"
id = "@probe@social.example.com"
server = "https://social.example.com"

[accounts.letter]
network = "newsletter"
id = "hello@probe.example.com"
"""
HOURS = "hours: [mon-fri 08:00-18:00]\nfirst_response: PT2H\n"


class Brand:
    """A folder that becomes a book of rules."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "guidelines").mkdir(parents=True)
        self.settings(SETTINGS)
        self.blocks: list[str] = []

    def settings(self, text: str) -> None:
        (self.root / "leitstand.toml").write_text(text, encoding="utf-8")

    def block(self, kind: str, text: str) -> None:
        """One more fence in the handbook's only page."""
        self.blocks.append(f"```{kind}\n{text.rstrip()}\n```\n")
        (self.root / "guidelines/answers.md").write_text("\n".join(["# Answers\n", *self.blocks]), encoding="utf-8")

    def book(self) -> Book:
        return read_book(load_workspace(self.root))

    def triage(self, case: Case, now: datetime = NOW) -> Triage:
        return triage(case, self.book(), now)


def rule(name: str, when: str, then: str, *, good: str = "[a]", bad: str = "[b]", more: str = "") -> str:
    """A triage block in one line each."""
    return f"rule: {name}\nif: {when}\nthen: {then}\ngood: {good}\nbad: {bad}\n{more}"


def case(
    text: str = "Hallo",
    *,
    since: datetime | None = NOW - timedelta(hours=1),
    channel: str = "toots",
    kind: MessageKind = MessageKind.COMMENT,
    roles: tuple[AuthorRole, ...] = (),
    language: str = "de",
    reach: int | None = None,
    negative: float | None = None,
    first_contact: bool = False,
) -> Case:
    """A case of one message."""
    return Case(
        channel, kind, text, text, since or NOW, since, language, frozenset(roles), reach, negative, first_contact
    )


def conversation(**values: object) -> Conversation:
    """An open conversation on Mastodon."""
    usual: dict[str, object] = {
        "id": "01KAT000000000000000000001",
        "account_id": "mastodon:@probe@social.example.com",
        "channel": "toots",
        "kind": MessageKind.COMMENT,
        "author": "@kim@example.org",
        "author_id": "77",
        "opened_at": NOW - timedelta(hours=5),
        "changed_at": NOW - timedelta(hours=1),
        "stage": Stage.OPEN,
        "language": "de",
    }
    return Conversation(**(usual | values))  # type: ignore[arg-type]  # a test names the fields it is about


def entry(
    text: str, minutes: float, *, own: bool = False, author: str = "@kim@example.org", deleted: bool = False
) -> Entry:
    """What somebody wrote so many minutes before now."""
    at = NOW - timedelta(minutes=minutes)
    message = Message(
        f"m{minutes}", "toots", MessageKind.COMMENT, author, "" if deleted else text, at, author_id=author, own=own
    )
    return Entry(message, "01KAT000000000000000000001", at, deleted_at=NOW if deleted else None)
