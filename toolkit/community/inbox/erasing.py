"""The SQL of forgetting: what is taken away of whom, and what stays as a number."""

from __future__ import annotations

from typing import Final

# Whoever wrote: an entry keeps its place, its time and its kind, and loses whatever says who or what. Its id becomes a
# pseudonym, so that the message is not taken in again while its network still shows it.
_NOBODY: Final = (
    "remote_id = :tomb, author = '', author_id = '', name = '', text = '', url = '', answers = '', thread = '',"
    " subject = '', language = '', reach = -1, media = '[]', forgotten_at = :now"
)
OF_AUTHOR: Final = (
    f"UPDATE entries SET {_NOBODY}, author_key = '' WHERE account_id = :account_id AND remote_id = :remote_id"  # noqa: S608  # our own words
)
OF_TIME: Final = f"UPDATE entries SET {_NOBODY} WHERE account_id = :account_id AND remote_id = :remote_id"  # noqa: S608  # our own words
# Our own words to them; the id is ours.
OF_OURS: Final = (
    "UPDATE entries SET text = '', subject = '', url = '', answers = '', thread = '', media = '[]',"
    " forgotten_at = :now WHERE account_id = :account_id AND remote_id = :remote_id"
)
REWRITE: Final = (
    "UPDATE entries SET text = :text, subject = :subject, url = :url, answers = :answers, thread = :thread,"
    " below = :below, media = :media WHERE account_id = :account_id AND remote_id = :remote_id"
)
REDRAW: Final = "UPDATE acts SET detail = :detail WHERE id = :id"
NO_REMARK: Final = "DELETE FROM remarks WHERE id = :id"
# A reply to them: that there was one, when and whose, stays.
NO_REPLY: Final = (
    "UPDATE replies SET text = '', target = '', stamp = '', language = '', note = '', remote_id = '', approved_hash = '',"
    " state = CASE WHEN state IN ('sent', 'expired') THEN state ELSE 'dropped' END, version = version + 1 WHERE id = :id"
)
NO_LABEL: Final = "DELETE FROM labels WHERE label = :label"
NO_LINK: Final = "DELETE FROM links WHERE account_id = :account_id AND link = :link"
NO_PERSON: Final = "DELETE FROM people WHERE author_key = :author_key"
# A conversation in which nobody is left to answer.
CLOSE: Final = """UPDATE conversations SET stage = 'done', by_hand = 1, waiting_since = '', snoozed_until = '',
  author = '', author_id = '', name = '', author_key = '', subject = '', language = '', reach = -1, negative = -1,
  forgotten_at = :now, version = version + 1
WHERE id = :id AND NOT EXISTS (SELECT 1 FROM entries WHERE entries.conversation = conversations.id AND own = 0
  AND entries.forgotten_at = '')"""

AUTHORS: Final = (
    "SELECT DISTINCT account_id, author, author_id, name, author_key FROM entries WHERE own = 0 AND author_key <> ''"
)
ALL_ENTRIES: Final = "SELECT * FROM entries"
ALL_REMARKS: Final = "SELECT * FROM remarks"
ALL_REPLIES: Final = "SELECT * FROM replies WHERE text <> '' OR target <> ''"
ALL_LABELS: Final = "SELECT * FROM labels"
ALL_ACTS: Final = "SELECT * FROM acts WHERE detail <> ''"
MERGED_INTO: Final = "SELECT id FROM merged WHERE became = :id"

# Done, or their turn, and nothing was said for so long.
OVER: Final = """SELECT id FROM conversations WHERE stage IN ('done', 'waiting') AND forgotten_at = ''
AND changed_at < :before ORDER BY changed_at LIMIT :most"""
OVERDUE: Final = """SELECT * FROM conversations WHERE stage NOT IN ('done', 'waiting') AND forgotten_at = ''
AND changed_at < :before ORDER BY changed_at"""
COUNT_OVER: Final = """SELECT count(*) AS found FROM conversations WHERE stage IN ('done', 'waiting')
AND forgotten_at = '' AND changed_at < :before"""
# Who it was is known again by a pseudonym, and by nothing else.
EMPTY: Final = """UPDATE conversations SET author = '', author_id = '', name = '', subject = '', language = '',
  reach = -1, negative = -1, forgotten_at = :now, version = version + 1 WHERE id = :id"""
NO_REMARKS: Final = "DELETE FROM remarks WHERE conversation = :id"
NO_DETAILS: Final = "UPDATE acts SET detail = '' WHERE conversation = :id AND what = 'labelled'"
# The network does not show it any more: nothing has to be kept out, so not even its pseudonym is kept.
SETTLE_TOMBS: Final = (
    "UPDATE entries SET remote_id = '~' || token WHERE forgotten_at <> '' AND own = 0 AND forgotten_at < :before"
    " AND remote_id <> '~' || token"
)
