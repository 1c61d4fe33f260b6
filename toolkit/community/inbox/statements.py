"""Every SQL statement of the inbox, in words that SQLite and PostgreSQL both take; named parameters as ``:name``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

CONVERSATION: Final = "SELECT * FROM conversations WHERE id = :id"
# Somebody sets a stage by hand, an assignee, a score: each counts up the version that others saw.
CHANGE: Final = (
    "UPDATE conversations SET {sets}, version = version + 1 WHERE id = :id AND version = :version RETURNING *"
)
FOLDED: Final = (
    "kind = :kind, author = :author, author_id = :author_id, name = :name, author_key = :author_key,"
    " opened_at = :opened_at, changed_at = :changed_at, stage = :stage, by_hand = :by_hand, below = :below,"
    " uid = :uid, subject = :subject, language = :language, waiting_since = :waiting_since,"
    " answered_at = :answered_at, snoozed_until = :snoozed_until, reach = :reach,"
    # Whose it is may have been said a moment ago.
    " assignee = CASE WHEN assignee = '' THEN :assignee ELSE assignee END"
)
REFOLD: Final = f"UPDATE conversations SET {FOLDED}, version = version + 1 WHERE id = :id"  # noqa: S608  # our own words
OPEN_ONE: Final = """INSERT INTO conversations (id, account_id, channel, kind, author, author_id, name, author_key,
  opened_at, changed_at, stage, by_hand, below, uid, subject, language, waiting_since, answered_at, snoozed_until,
  assignee, reach)
VALUES (:id, :account_id, :channel, :kind, :author, :author_id, :name, :author_key, :opened_at, :changed_at, :stage,
  :by_hand, :below, :uid, :subject, :language, :waiting_since, :answered_at, :snoozed_until, :assignee, :reach)"""
STORE: Final = """INSERT INTO entries (account_id, remote_id, token, conversation, kind, author, author_id, name,
  author_key, text, at, url, answers, below, language, thread, subject, reach, edited_at, media, own, automatic, showing,
  answerable, bounced, heard_at)
VALUES (:account_id, :remote_id, :token, :conversation, :kind, :author, :author_id, :name, :author_key, :text, :at,
  :url, :answers, :below, :language, :thread, :subject, :reach, :edited_at, :media, :own, :automatic,
  :showing, :answerable, :bounced, :heard_at)
ON CONFLICT (account_id, remote_id) DO UPDATE SET kind = excluded.kind, author = excluded.author,
  author_id = excluded.author_id, name = excluded.name, author_key = excluded.author_key, text = excluded.text,
  at = excluded.at, url = excluded.url, answers = excluded.answers, below = excluded.below,
  language = excluded.language, thread = excluded.thread, subject = excluded.subject, reach = excluded.reach,
  edited_at = excluded.edited_at, media = excluded.media, own = excluded.own, automatic = excluded.automatic,
  showing = excluded.showing, answerable = excluded.answerable, bounced = excluded.bounced,
  mood = CASE WHEN entries.text = excluded.text THEN entries.mood ELSE '' END,
  mood_by_hand = CASE WHEN entries.text = excluded.text THEN entries.mood_by_hand ELSE 0 END,
  deleted_at = ''"""
LINK: Final = (
    "INSERT INTO links (account_id, link, conversation) VALUES (:account_id, :link, :conversation)"
    " ON CONFLICT (account_id, link) DO UPDATE SET conversation = excluded.conversation"
)
# Of two conversations that are one: everything moves to the older.
JOIN: Final = (
    "UPDATE entries SET conversation = :became WHERE conversation = :id",
    "UPDATE links SET conversation = :became WHERE conversation = :id",
    "UPDATE remarks SET conversation = :became WHERE conversation = :id",
    "UPDATE acts SET conversation = :became WHERE conversation = :id",
    "UPDATE replies SET conversation = :became WHERE conversation = :id",
    (
        "INSERT INTO labels (conversation, label) SELECT :became, label FROM labels WHERE conversation = :id"
        " ON CONFLICT DO NOTHING"
    ),
    "DELETE FROM labels WHERE conversation = :id",
    "DELETE FROM conversations WHERE id = :id",
    "UPDATE merged SET became = :became WHERE became = :id",
    "INSERT INTO merged (id, became) VALUES (:id, :became)",
)
ENTRIES: Final = "SELECT * FROM entries WHERE conversation = :conversation ORDER BY at, own, remote_id"
REMARKS: Final = "SELECT * FROM remarks WHERE conversation = :conversation ORDER BY at, id"
ACTS: Final = "SELECT * FROM acts WHERE conversation = :conversation ORDER BY id"
ACT: Final = (
    "INSERT INTO acts (conversation, by_whom, at, what, detail) VALUES (:conversation, :by_whom, :at, :what, :detail)"
)
REMARK: Final = (
    "INSERT INTO remarks (id, conversation, by_whom, at, text) VALUES (:id, :conversation, :by_whom, :at, :text)"
)
LABEL: Final = "INSERT INTO labels (conversation, label) VALUES (:conversation, :label) ON CONFLICT DO NOTHING"
UNLABEL: Final = "DELETE FROM labels WHERE conversation = :conversation AND label = :label"
# Whoever snoozed it wanted to be reminded.
WAKE: Final = (
    "UPDATE conversations SET stage = 'open', snoozed_until = '', version = version + 1"
    " WHERE stage = 'snoozed' AND snoozed_until <> '' AND snoozed_until <= :now RETURNING id"
)
# What a person said stays, whatever the machine thinks of it later.
GUESS: Final = (
    "UPDATE entries SET mood = :mood WHERE account_id = :account_id AND remote_id = :remote_id AND mood_by_hand = 0"
)
MOOD: Final = (
    "UPDATE entries SET mood = :mood, mood_by_hand = 1 WHERE account_id = :account_id AND remote_id = :remote_id"
)
MOODS_BY_HAND: Final = "SELECT remote_id, mood FROM entries WHERE conversation = :conversation AND mood_by_hand = 1"

# Looking up what people write of an id.
MERGED: Final = "SELECT became FROM merged WHERE id = :id"
BEGINS: Final = "SELECT id FROM conversations WHERE id >= :first AND id < :after ORDER BY id LIMIT 9"
ENDS: Final = "SELECT id FROM conversations WHERE substr(id, :from) = :end ORDER BY id LIMIT 9"
NEWEST_IDS: Final = "SELECT id FROM conversations ORDER BY changed_at DESC LIMIT 2000"

ROLES: Final = "SELECT role FROM people WHERE author_key = :key"
NO_ROLES: Final = "DELETE FROM people WHERE author_key = :key"
ROLE: Final = "INSERT INTO people (author_key, role) VALUES (:key, :role)"

CURSOR: Final = "SELECT * FROM cursors WHERE account_id = :account_id"
CURSORS: Final = "SELECT * FROM cursors ORDER BY channel"
SET_CURSOR: Final = """INSERT INTO cursors (account_id, channel, young, middle, long, failures, again_at, reason, unheard,
  heard_at, checked_at, begun_at)
VALUES (:account_id, :channel, :young, :middle, :long, :failures, :again_at, :reason, :unheard, :heard_at, :checked_at,
  :begun_at)
ON CONFLICT (account_id) DO UPDATE SET channel = excluded.channel, young = excluded.young, middle = excluded.middle,
  long = excluded.long, failures = excluded.failures, again_at = excluded.again_at, reason = excluded.reason,
  unheard = excluded.unheard, heard_at = excluded.heard_at, checked_at = excluded.checked_at,
  begun_at = CASE WHEN cursors.begun_at = '' THEN excluded.begun_at ELSE cursors.begun_at END"""
# What was only watched: counted once, whoever hears it, and not at all where the inbox has it.
HIT: Final = """INSERT INTO hits (hit, account_id, link, source, at, negative, risks)
VALUES (:hit, :account_id, :link, :source, :at, :negative, :risks) ON CONFLICT (hit) DO NOTHING RETURNING hit"""
HITS: Final = """SELECT source, at, negative, risks FROM hits WHERE at > :since AND at <= :now AND NOT EXISTS
(SELECT 1 FROM links WHERE links.account_id = hits.account_id AND links.link = hits.link) ORDER BY at"""
FORGET_HITS: Final = "DELETE FROM hits WHERE at < :before"
# What may have been taken back: whatever is not done, and what is young; looked at longest ago first.
TO_CHECK: Final = """SELECT remote_id FROM entries WHERE account_id = :account_id AND own = 0 AND deleted_at = ''
AND forgotten_at = '' AND (at >= :young OR conversation IN (SELECT id FROM conversations WHERE stage <> 'done'))
ORDER BY checked_at, at DESC LIMIT :most"""
CHECKED: Final = "UPDATE entries SET checked_at = :now WHERE account_id = :account_id AND remote_id = :remote_id"
DELETE: Final = (
    "UPDATE entries SET deleted_at = :now, text = '', name = '', subject = '', media = '[]', url = ''"
    " WHERE account_id = :account_id AND remote_id = :remote_id AND deleted_at = '' RETURNING conversation"
)


def select_in(table: str, column: str, count: int, where: str = "") -> str:
    """The rows of `table` whose `column` is one of so many values, ``:one_0`` the first."""
    names = ", ".join(f":one_{number}" for number in range(count))
    return f"SELECT * FROM {table} WHERE {column} IN ({names}){where}"  # noqa: S608  # our own names


def last_words(count: int) -> str:
    """The last message of each of so many conversations, the last of a moment last."""
    names = ", ".join(f":one_{number}" for number in range(count))
    last = "SELECT max(later.at) FROM entries AS later WHERE later.conversation = entries.conversation"
    return (
        f"SELECT conversation, text FROM entries WHERE conversation IN ({names}) AND at = ({last}) ORDER BY remote_id"  # noqa: S608  # our own names
    )


def one_of(values: Iterable[str]) -> dict[str, str]:
    """The values for `select_in`."""
    return {f"one_{number}": value for number, value in enumerate(values)}


def select_conversations(wheres: Iterable[str], order: str) -> str:
    """Conversations for the desk, without the snoozes that are over being called so."""
    where = " AND ".join(wheres) or "true"
    return f"SELECT * FROM conversations WHERE {where} ORDER BY {order} LIMIT :limit"  # noqa: S608  # our own words
