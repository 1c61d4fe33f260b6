"""A fetch that is killed at its n-th statement: run as a program, with the state directory and n."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from datetime import timedelta
from pathlib import Path

from tests.community.inbox.inboxes import START, said
from tests.community.inbox.lines import Line, StandingClock, Town
from toolkit.community.inbox import fetching
from toolkit.database import Schema, sqlite

# Threads of three, in as many messages as make several transactions.
TOLD = tuple(
    message
    for number in range(8)
    for message in (
        said(f"c{number}", minute=3 * number),
        said(f"a{number}", minute=3 * number + 1, answers=f"c{number}", own=True),
        said(f"b{number}", minute=3 * number + 2, answers=f"a{number}"),
    )
)


def town(state: Path) -> Town:
    """One account that tells all of it."""
    return Town(state, StandingClock(START + timedelta(hours=2)), {"mastodon": Line(TOLD)})


def main(state: Path, kill_at: int) -> None:
    """Fetch, and die at the `kill_at`-th statement of the transactions."""
    found, left = town(state), [kill_at]

    def count(_statement: str) -> None:
        left[0] -= 1
        if left[0] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    connect = sqlite.connect

    def counted(path: Path, schema: Schema, mode: str = "rw") -> sqlite3.Connection:
        connection = connect(path, schema, mode)
        connection.set_trace_callback(count)
        return connection

    sqlite.connect = counted
    fetching.AT_ONCE = 5  # type: ignore[misc]  # several transactions
    fetching.fetch(found.office, found.accounts.values(), lines=found.open_lines)
    sys.stdout.write("whole\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
