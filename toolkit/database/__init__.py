"""Keeping state: an SQLite file, or a schema in PostgreSQL that several machines share; the same statements on both.

A room that keeps something has a `Schema`: the steps that lead to its tables, and the sentences about it. It writes plain
SQL that both databases take, with named parameters as ``:name``, and knows neither.

===============================  ================================================================================
`store`                          what is needed of a database: reading, short transactions, snapshots
`sqlite` `postgres` `opening`    the two there are: made in one piece, brought up to date, never one from the future
`schema` `place` `moments`       what is in it, where it is, and how it stores time
`copies`                         backups while it is in use, and the way back
===============================  ================================================================================
"""

from toolkit.database.moments import surely, to_moment, to_text
from toolkit.database.place import Place
from toolkit.database.schema import SET_META, Schema, Words
from toolkit.database.store import NOTHING, Arrow, Record, Store, Transaction, Value, Values

__all__ = [
    "NOTHING",
    "SET_META",
    "Arrow",
    "Place",
    "Record",
    "Schema",
    "Store",
    "Transaction",
    "Value",
    "Values",
    "Words",
    "surely",
    "to_moment",
    "to_text",
]
