"""Backups of everything that must not be lost, and the way back: nothing is sent twice, nothing lost halfway.

A backup is the ledger's file and, beside it, one of the inbox and one of the folders with numbers, labels, feeds and
reports. Each is of one moment, whole or not there, also while a dispatcher works. Keys and tokens' files are not in it.

===========================  ========================================================================================
`whole`                      all of it, in the order in which an interruption does no harm
`conversations` `folders`    the inbox; the folders of the state directory
===========================  ========================================================================================
"""

from toolkit.backup.whole import Restored, State, back_up, kept_paths, parts_of, restore

__all__ = ["Restored", "State", "back_up", "kept_paths", "parts_of", "restore"]
