"""The inbox's tables, as the steps that lead to them.

What names a person stands in `conversations`, `entries`, `remarks` and `replies` and nowhere else, so that forgetting has
few places to look: `links` and `people` know messages and authors by pseudonyms only, `acts` and `told` never say what was said.
Absent numbers are -1, shares are millionths, absent moments "".
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Final

from toolkit.community.inbox.conversation import Stage
from toolkit.community.inbox.words import inbox_words
from toolkit.database import Schema, to_text
from toolkit.errors import InboxError

KEY_META: Final = "key"  # what pseudonyms are made with
SCRUB_META: Final = "scrub"  # "1" while something was forgotten whose bytes may still lie in the file

_STAGES: Final = ", ".join(f"'{stage}'" for stage in Stage)
_FIRST: Final = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    f"""CREATE TABLE conversations (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  kind TEXT NOT NULL,
  author TEXT NOT NULL,
  author_id TEXT NOT NULL,
  name TEXT NOT NULL,
  author_key TEXT NOT NULL,
  opened_at TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ({_STAGES})),
  by_hand INTEGER NOT NULL DEFAULT 0,
  below TEXT NOT NULL,
  uid TEXT NOT NULL DEFAULT '',
  subject TEXT NOT NULL,
  language TEXT NOT NULL,
  waiting_since TEXT NOT NULL,
  answered_at TEXT NOT NULL,
  snoozed_until TEXT NOT NULL DEFAULT '',
  assignee TEXT NOT NULL DEFAULT '',
  reach INTEGER NOT NULL,
  score INTEGER NOT NULL DEFAULT 0,
  negative INTEGER NOT NULL DEFAULT -1,
  version INTEGER NOT NULL DEFAULT 0,
  forgotten_at TEXT NOT NULL DEFAULT ''
)""",
    "CREATE INDEX conversations_stage ON conversations (stage, score DESC, waiting_since)",
    "CREATE INDEX conversations_changed ON conversations (stage, changed_at)",
    "CREATE INDEX conversations_author ON conversations (author_key)",
    """CREATE TABLE entries (
  account_id TEXT NOT NULL,
  remote_id TEXT NOT NULL,
  token TEXT NOT NULL,
  conversation TEXT NOT NULL,
  kind TEXT NOT NULL,
  author TEXT NOT NULL,
  author_id TEXT NOT NULL,
  name TEXT NOT NULL,
  author_key TEXT NOT NULL,
  text TEXT NOT NULL,
  at TEXT NOT NULL,
  url TEXT NOT NULL,
  answers TEXT NOT NULL,
  below TEXT NOT NULL,
  language TEXT NOT NULL,
  thread TEXT NOT NULL,
  subject TEXT NOT NULL,
  reach INTEGER NOT NULL,
  edited_at TEXT NOT NULL,
  media TEXT NOT NULL,
  own INTEGER NOT NULL,
  mood TEXT NOT NULL DEFAULT '',
  heard_at TEXT NOT NULL,
  checked_at TEXT NOT NULL DEFAULT '',
  deleted_at TEXT NOT NULL DEFAULT '',
  forgotten_at TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (account_id, remote_id)
)""",
    "CREATE INDEX entries_conversation ON entries (conversation, at)",
    "CREATE INDEX entries_author ON entries (author_key)",
    "CREATE INDEX entries_at ON entries (at)",
    "CREATE INDEX entries_checked ON entries (account_id, checked_at) WHERE own = 0 AND deleted_at = ''",
    # What leads a message to its conversation: pseudonyms of itself, of what it answers, of its thread or its author.
    """CREATE TABLE links (
  account_id TEXT NOT NULL,
  link TEXT NOT NULL,
  conversation TEXT NOT NULL,
  PRIMARY KEY (account_id, link)
)""",
    "CREATE INDEX links_conversation ON links (conversation)",
    # Conversations that turned out to be part of another one.
    "CREATE TABLE merged (id TEXT PRIMARY KEY, became TEXT NOT NULL)",
    "CREATE INDEX merged_became ON merged (became)",
    """CREATE TABLE remarks (
  id TEXT PRIMARY KEY,
  conversation TEXT NOT NULL,
  by_whom TEXT NOT NULL,
  at TEXT NOT NULL,
  text TEXT NOT NULL
)""",
    "CREATE INDEX remarks_conversation ON remarks (conversation)",
    "CREATE TABLE labels (conversation TEXT NOT NULL, label TEXT NOT NULL, PRIMARY KEY (conversation, label))",
    "CREATE INDEX labels_label ON labels (label)",
    """CREATE TABLE acts (
  id INTEGER PRIMARY KEY,
  conversation TEXT NOT NULL,
  by_whom TEXT NOT NULL,
  at TEXT NOT NULL,
  what TEXT NOT NULL,
  detail TEXT NOT NULL
)""",
    "CREATE INDEX acts_conversation ON acts (conversation)",
    # How far each account was heard: with young posts, with those of the last weeks, with all.
    """CREATE TABLE cursors (
  account_id TEXT PRIMARY KEY,
  channel TEXT NOT NULL,
  young TEXT NOT NULL DEFAULT '',
  middle TEXT NOT NULL DEFAULT '',
  long TEXT NOT NULL DEFAULT '',
  failures INTEGER NOT NULL DEFAULT 0,
  again_at TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  unheard TEXT NOT NULL DEFAULT '',
  heard_at TEXT NOT NULL DEFAULT '',
  checked_at TEXT NOT NULL DEFAULT ''
)""",
    "CREATE TABLE people (author_key TEXT NOT NULL, role TEXT NOT NULL, PRIMARY KEY (author_key, role))",
    # What the metrics were told, so that nothing is told twice.
    """CREATE TABLE told (
  subject TEXT NOT NULL,
  channel TEXT NOT NULL,
  metric TEXT NOT NULL,
  at TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (subject, channel, metric, at)
)""",
)

# Replies: what stands in them is as personal as what was said to us.
_SECOND: Final = (
    """CREATE TABLE replies (
  id TEXT PRIMARY KEY,
  conversation TEXT NOT NULL,
  place TEXT NOT NULL,
  account_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  target TEXT NOT NULL,
  stamp TEXT NOT NULL,
  text TEXT NOT NULL,
  language TEXT NOT NULL,
  private INTEGER NOT NULL,
  author TEXT NOT NULL,
  created_at TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  state TEXT NOT NULL,
  send_after TEXT NOT NULL DEFAULT '',
  approved_by TEXT NOT NULL DEFAULT '',
  approved_at TEXT NOT NULL DEFAULT '',
  approved_hash TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  remote_id TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 0
)""",
    "CREATE INDEX replies_conversation ON replies (conversation)",
    "CREATE INDEX replies_state ON replies (state, changed_at)",
)

# Whether a machine wrote it, to which nobody answers.
_MACHINES: Final = ("ALTER TABLE entries ADD COLUMN automatic INTEGER NOT NULL DEFAULT 0",)

# Whether a person said how it sounds: no guess writes over that.
_HEARD_BY_PEOPLE: Final = ("ALTER TABLE entries ADD COLUMN mood_by_hand INTEGER NOT NULL DEFAULT 0",)

# The numbers beside a desk's filters come out of this index alone.
_COUNTED: Final = ("CREATE INDEX conversations_counted ON conversations (stage, channel, assignee, snoozed_until)",)

# How the network shows a message, when an account was asked first, and what was heard elsewhere and only counted: of that
# no word and no name is kept, only when it was said, how it sounded and which dangers it told of.
_LISTENING: Final = (
    "ALTER TABLE entries ADD COLUMN showing TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE cursors ADD COLUMN begun_at TEXT NOT NULL DEFAULT ''",
    """CREATE TABLE hits (
  hit TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  link TEXT NOT NULL,
  source TEXT NOT NULL,
  at TEXT NOT NULL,
  negative INTEGER NOT NULL,
  risks TEXT NOT NULL
)""",
    "CREATE INDEX hits_at ON hits (at)",
)

# Whether its author can be answered there, and whether it says that an answer of ours came back. A feed tells of what stands
# elsewhere: nobody waits for an answer there, and nobody ever did.
_READ_ONLY: Final = (
    "ALTER TABLE entries ADD COLUMN answerable INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE entries ADD COLUMN bounced INTEGER NOT NULL DEFAULT 0",
    "UPDATE entries SET answerable = 0 WHERE substr(account_id, 1, 5) = 'feed:'",
    "UPDATE conversations SET waiting_since = '' WHERE substr(account_id, 1, 5) = 'feed:'",
)

# Everything that stands in a row of its own per conversation.
BESIDE: Final = ("entries", "links", "remarks", "acts", "replies")


def birth_meta(now: datetime) -> list[dict[str, str]]:
    """The first rows of the table `meta`: the key of this inbox's pseudonyms, and the moment."""
    meta = {KEY_META: secrets.token_hex(32), "created_at": to_text(now)}
    return [{"name": name, "value": value} for name, value in meta.items()]


INBOX: Final = Schema(
    migrations={1: _FIRST, 2: _MACHINES, 3: _SECOND, 4: _HEARD_BY_PEOPLE, 5: _COUNTED, 6: _LISTENING, 7: _READ_ONLY},
    told_by=("conversations", "entries", "meta"),
    birth=birth_meta,
    words=inbox_words,
    error=InboxError,
    # What is deleted is overwritten, also in the pages that the file gives up.
    pragmas=("PRAGMA secure_delete = ON",),
    private=True,
)
