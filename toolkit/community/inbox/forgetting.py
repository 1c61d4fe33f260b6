"""Forgetting somebody: everything they wrote, everything that names them, and what was written about and to them.

What stays says nothing of them: that on some day somebody wrote, and how long the answer took. Their own messages are
not taken in again; for that, and for as long as their network may show them, pseudonyms of the messages' ids are kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace
from datetime import datetime
from typing import Final

from toolkit.community.inbox import erasing as sql
from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.gathering import GATHER, refold
from toolkit.community.inbox.links import author_link
from toolkit.community.inbox.pseudonyms import Pseudonyms, read_pseudonyms
from toolkit.community.inbox.schema import SCRUB_META
from toolkit.database import SET_META, Record, Transaction, Value, to_text
from toolkit.ledger import Ledger
from toolkit.ledger.out import Redacted, redact_answers
from toolkit.values import dataclass

GAP: Final = "…"  # what stands where a name stood
FEWEST: Final = 3  # letters of a word that is looked for everywhere


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody as the inbox knows them: by handle, by the network's id, by everything that they were called."""

    keys: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()  # handles, ids and full names: looked for everywhere
    names: frozenset[str] = frozenset()  # single words that others may have, too: looked for where they took part
    links: frozenset[tuple[str, str]] = frozenset()  # (account_id, what leads to them)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much there was. `scrubbed`: no byte of it is left in our files; see `scrub`."""

    messages: int = 0
    answers: int = 0
    conversations: int = 0
    remarks: int = 0
    mentions: int = 0  # places where others, or we, had named them
    sent: Redacted = field(default_factory=Redacted)
    scrubbed: bool = True


def find_author(inbox: Inbox, author: str, account_id: str = "") -> Who:
    """Whoever has that handle or id, by all names that they had; on every account, or on one."""
    wanted = author.casefold().removeprefix("@")
    if not wanted:
        return Who()  # networks without ids have "" for everybody's
    rows = [raw for raw in inbox.store.read(sql.AUTHORS) if not account_id or raw["account_id"] == account_id]
    keys = {
        str(raw["author_key"]) for raw in rows if wanted in {_bare(raw["author"]), str(raw["author_id"]).casefold()}
    }
    theirs = [raw for raw in rows if raw["author_key"] in keys]
    names = {str(raw["name"]) for raw in theirs} | {_bare(raw["author"]).partition("@")[0] for raw in theirs}
    full = {name for name in names if " " in name}
    words = {word for raw in theirs for word in _words(raw["author"], raw["author_id"])}
    links = frozenset(_links(theirs, read_pseudonyms(inbox.store.read)))
    return Who(frozenset(keys), frozenset(words | full), frozenset(names - full - {""}), links)


def texts_of(inbox: Inbox, who: Who) -> tuple[str, ...]:
    """What they wrote, for those who keep something about texts elsewhere."""
    found = (raw for raw in inbox.store.read(sql.ALL_ENTRIES) if raw["author_key"] in who.keys and raw["text"])
    return tuple(str(raw["text"]) for raw in found)


def forget(inbox: Inbox, ledger: Ledger | None, who: Who, now: datetime, *, dry_run: bool = False) -> Forgotten:
    """Forget them, all or nothing in the inbox; then take the words out of our answers in the ledger, and scrub both."""
    with inbox.store.transaction(GATHER) as transaction:
        forgetting = _Forgetting(transaction, read_pseudonyms(transaction.run), who, now)
        found = forgetting.work(write=not dry_run)
    if ledger is not None:
        found = replace(found, sent=redact_answers(ledger, forgetting.all_ids, dry_run=dry_run))
    if dry_run or not found.messages:
        return found
    clean = scrub(inbox)
    if ledger is not None and found.sent.rows:
        clean = ledger.store.scrub() and clean
    return replace(found, scrubbed=clean)


def scrub(inbox: Inbox) -> bool:
    """Leave no byte of what was forgotten in the database's files; False while another has it open in a way that forbids it.

    The next fetch tries again. A PostgreSQL server's own log and backups are out of reach from here.
    """
    clean = inbox.store.scrub()
    if clean:
        with inbox.store.transaction() as transaction:
            transaction.run(SET_META, {"name": SCRUB_META, "value": ""})
    return clean


def scrub_if_due(inbox: Inbox) -> bool:
    """`scrub` where an earlier one could not."""
    rows = inbox.store.read("SELECT value FROM meta WHERE name = :name", {"name": SCRUB_META})
    return scrub(inbox) if any(raw["value"] for raw in rows) else True


@dataclass(slots=True)
class _Forgetting:
    transaction: Transaction
    pseudonyms: Pseudonyms
    who: Who
    now: datetime
    all_ids: set[str] = field(default_factory=set)  # of the conversations that they took part in, former ones, too

    def work(self, *, write: bool) -> Forgotten:
        entries = list(self.transaction.run(sql.ALL_ENTRIES))
        theirs = [raw for raw in entries if raw["author_key"] in self.who.keys]
        conversations = {str(raw["conversation"]) for raw in theirs}
        self.all_ids = conversations | {
            str(raw["id"]) for one in conversations for raw in self.transaction.run(sql.MERGED_INTO, {"id": one})
        }
        ids = {(raw["account_id"], raw["remote_id"]) for raw in theirs}
        # Where somebody else wrote, too.
        shared = {
            str(raw["conversation"]) for raw in entries if not raw["own"] and raw["author_key"] not in self.who.keys
        }
        ours = [raw for raw in entries if raw["own"] and raw["conversation"] in conversations]
        answers = [raw for raw in ours if self._is_to_them(raw, ids, shared)]
        gone = ids | {(raw["account_id"], raw["remote_id"]) for raw in answers}
        others = [raw for raw in entries if (raw["account_id"], raw["remote_id"]) not in gone]
        rewritten = [one for one in (self._rewritten(raw, ids, conversations) for raw in others) if one]
        remarks = [raw for raw in self.transaction.run(sql.ALL_REMARKS) if self._is_about(raw, conversations)]
        if write and theirs:
            self._forget_replies(ids, conversations, shared)
            self._erase(theirs, answers, rewritten, remarks)
            self._tidy(conversations)
        return Forgotten(len(theirs), len(answers), len(conversations), len(remarks), len(rewritten))

    def _is_to_them(self, raw: Record, ids: set[tuple[str, str]], shared: set[str]) -> bool:
        """Whether our message answers theirs, names them, or stands where nobody else wrote."""
        alone = raw["conversation"] not in shared
        return alone or (raw["account_id"], raw["answers"]) in ids or self._names_them(raw["text"], self.who.names)

    def _forget_replies(self, ids: set[tuple[str, str]], conversations: set[str], shared: set[str]) -> None:
        """Replies to them, whatever became of these, and those to others that name them."""
        for raw in self.transaction.run(sql.ALL_REPLIES):
            here = raw["conversation"] in conversations
            alone = here and raw["conversation"] not in shared
            named = self._names_them(raw["text"], self.who.names if here else frozenset())
            if alone or named or (raw["account_id"], raw["target"]) in ids:
                self.transaction.run(sql.NO_REPLY, {"id": raw["id"]})

    def _names_them(self, text: str, names: frozenset[str] = frozenset()) -> bool:
        words = self.who.words | names
        return self._without(text, words) != text

    def _is_called_after_them(self, raw: Record, conversations: set[str]) -> bool:
        return self._names_them(raw["label"], self.who.names if raw["conversation"] in conversations else frozenset())

    def _is_about(self, raw: Record, conversations: set[str]) -> bool:
        return raw["conversation"] in conversations or self._names_them(raw["text"])

    def _rewritten(self, raw: Record, ids: set[tuple[str, str]], conversations: set[str]) -> dict[str, Value] | None:
        """Another's message without what names them; None when nothing does."""
        words = self.who.words | (self.who.names if raw["conversation"] in conversations else frozenset())
        columns = ("text", "subject", "url", "thread", "below")
        new: dict[str, Value] = {name: self._without(raw[name], words) for name in columns}
        new["answers"] = "" if (raw["account_id"], raw["answers"]) in ids else self._without(raw["answers"], words)
        new["media"] = json.dumps([self._without(one, words) for one in json.loads(raw["media"])], ensure_ascii=False)
        if all(raw[name] == value for name, value in new.items()):
            return None
        return new | {"account_id": raw["account_id"], "remote_id": raw["remote_id"]}

    def _erase(
        self,
        theirs: Sequence[Record],
        answers: Sequence[Record],
        rewritten: Sequence[dict[str, Value]],
        remarks: Sequence[Record],
    ) -> None:
        now: dict[str, Value] = {"now": to_text(self.now)}
        run_many = self.transaction.run_many
        run_many(sql.OF_AUTHOR, [now | place(raw) | {"tomb": tomb(self.pseudonyms, raw)} for raw in theirs])
        run_many(sql.OF_OURS, [now | place(raw) for raw in answers])
        run_many(sql.REWRITE, rewritten)
        run_many(sql.NO_REMARK, [{"id": raw["id"]} for raw in remarks])
        run_many(sql.NO_LINK, [{"account_id": account, "link": link} for account, link in self.who.links])
        run_many(sql.NO_PERSON, [{"author_key": key} for key in self.who.keys])
        self.transaction.run(SET_META, {"name": SCRUB_META, "value": "1"})

    def _tidy(self, conversations: set[str]) -> None:
        """Bring the conversations up to date, and take them out of labels and the log."""
        labels = {
            raw["label"]
            for raw in self.transaction.run(sql.ALL_LABELS)
            if self._is_called_after_them(raw, conversations)
        }
        self.transaction.run_many(sql.NO_LABEL, [{"label": label} for label in sorted(labels)])
        for raw in self.transaction.run(sql.ALL_ACTS):
            detail = self._without(raw["detail"], self.who.words | labels)
            if detail != raw["detail"]:
                self.transaction.run(sql.REDRAW, {"id": raw["id"], "detail": detail})
        refold(self.transaction, conversations)
        self.transaction.run_many(sql.CLOSE, [{"id": one, "now": to_text(self.now)} for one in sorted(conversations)])

    def _without(self, text: str, words: Iterable[str]) -> str:
        """`text` with a gap for each of the words that is long enough to mean somebody."""
        wanted = sorted((word for word in words if len(word) >= FEWEST), key=len, reverse=True)
        if not wanted or not text:
            return text
        pattern = "|".join(re.escape(word) for word in wanted)
        return re.sub(rf"(?<!\w)(?:{pattern})(?![\w@])", GAP, text, flags=re.IGNORECASE)


def place(raw: Record) -> dict[str, Value]:
    """Which entry it is."""
    return {"account_id": raw["account_id"], "remote_id": raw["remote_id"]}


def tomb(pseudonyms: Pseudonyms, raw: Record) -> str:
    """What stands for an entry's id once it is forgotten; one that is forgotten already keeps it."""
    remote_id = str(raw["remote_id"])
    return remote_id if raw["forgotten_at"] else pseudonyms.tomb(raw["account_id"], remote_id)


def _links(rows: Sequence[Record], pseudonyms: Pseudonyms) -> Iterator[tuple[str, str]]:
    for raw in rows:
        link = author_link(raw["author"], raw["author_id"])
        yield str(raw["account_id"]), pseudonyms.of(link)


def _words(handle: str, author_id: str) -> Iterator[str]:
    """What somebody is called: the id, the handle, and the handle without its server, as people write it."""
    bare = _bare(handle)
    if author_id:
        yield author_id
    if bare:
        yield bare
        yield f"@{bare.partition('@')[0]}"


def _bare(handle: str) -> str:
    return handle.casefold().removeprefix("@")
