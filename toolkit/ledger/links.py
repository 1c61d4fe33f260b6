"""The SQL of the chain: what is sealed, whichever table it stands in.

An event is a link as it stands. What somebody said at the desk (`approvals`) becomes one: `account` is the person,
`action` says ``approval``, `state` says ``granted`` or ``refused``, and `detail` is the hash of the content and, behind
a blank, the note. So neither can be changed unseen, and an export holds both.
"""

from __future__ import annotations

from typing import Final

# What the hash of a link is over, besides the hash before.
FIELDS: Final = (
    *("seal", "id", "at", "row_id", "uid", "occurrence", "account_id", "account"),
    *("action", "part", "path", "old", "state", "detail", "url"),
)
_OF_EVENTS: Final = f"SELECT {', '.join(FIELDS)}, hash, 'events' AS source FROM events"  # noqa: S608  # our own names
_OF_APPROVALS: Final = """SELECT seal, id, at, 0 AS row_id, uid, '' AS occurrence, '' AS account_id, person AS account,
  'approval' AS action, 0 AS part, '' AS path, '' AS old,
  CASE granted WHEN 1 THEN 'granted' ELSE 'refused' END AS state,
  CASE note WHEN '' THEN hash ELSE hash || ' ' || note END AS detail, '' AS url, chain AS hash, 'approvals' AS source
FROM approvals"""

CHAIN_END: Final = """SELECT seal, hash FROM events WHERE seal > 0
UNION ALL SELECT seal, chain FROM approvals WHERE seal > 0 ORDER BY seal DESC LIMIT 1"""
# One statement for each table: the oldest of a table first, which an index knows.
UNSEALED: Final = tuple(f"{one} WHERE seal = 0 ORDER BY id LIMIT :limit" for one in (_OF_EVENTS, _OF_APPROVALS))
# source → what writes its seal down.
SET_SEAL: Final = {
    "events": "UPDATE events SET seal = :seal, hash = :hash WHERE id = :id AND seal = 0",
    "approvals": "UPDATE approvals SET seal = :seal, chain = :hash WHERE id = :id AND seal = 0",
}
SEALED: Final = f"""{_OF_EVENTS} WHERE seal > 0 AND seal > :after
UNION ALL {_OF_APPROVALS} WHERE seal > 0 AND seal > :after ORDER BY seal LIMIT :limit"""
