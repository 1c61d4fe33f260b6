"""Messages out of files: what other programs and networks exported, for the inbox.

======================  ===============================================================================================
`records`               one message as named texts, wherever they came from, and what is wrong with them
`sheets` `lines`        CSV and workbooks, read as `toolkit.importers` reads them; JSON lines
`archives`              mbox, as mail programs export it, read as a mailbox is
`taking`                a whole file: told apart by what stands in it, then all of its messages or its problems
======================  ===============================================================================================
"""

from __future__ import annotations

from toolkit.community.exports.records import FIELDS, Source
from toolkit.community.exports.taking import Taken, read_export

__all__ = ["FIELDS", "Source", "Taken", "read_export"]
