"""How long a tick is kept by looking for what people are to be told: `python benchmarks/alerts.py [POSTS]`.

With approvals that are missing, with nothing new, and with fifty posts that missed their time at once. Sending is not
measured: it happens in a thread of its own.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from toolkit.alerts.round import NOTES, begin
from toolkit.dispatch.telling import see
from toolkit.ledger import Ledger, Planned, ledger_path, notes_of, open_ledger
from toolkit.workspace import Workspace, load_workspace

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
FEED = "feed:https://example.com/feed"
SETTINGS = """\
format = 1
[workspace]
id = "speed"
[people.jule]
roles = ["editor", "manager"]
[people.wiebke]
roles = ["manager"]
[accounts.news]
network = "feed"
id = "https://example.com/feed"
[policy]
approvals = 1
"""


def write_posts(root: Path, count: int) -> None:
    """So many posts over a month, four of a hundred within the next day."""
    (root / "content/posts").mkdir(parents=True)
    (root / "leitstand.toml").write_text(SETTINGS, encoding="utf-8")
    for number in range(count):
        when = NOW + timedelta(minutes=number * 30 * 24 * 60 // count)
        head = f"uid: {uid_of(number)}\ntitle: Post {number}\nauthor: jule\nstatus: ready\nchannels: [news]\n"
        text = f"---\n{head}publish: {when:%Y-%m-%d %H:%M:%SZ}\n---\nHello {number}\n"
        (root / f"content/posts/p{number}.md").write_text(text, encoding="utf-8")


def uid_of(number: int) -> str:
    return f"01JDK3V7Q2M8X4T6R9A0{number:06}"


def plan(ledger: Ledger, count: int) -> None:
    ledger.bind([(FEED, "news", "feed")], NOW - timedelta(days=1))
    later = NOW + timedelta(days=1)
    ledger.plan(
        [Planned(uid_of(n), FEED, "news", "feed", f"p{n}.md", later, "", "UTC", "x") for n in range(count)], NOW
    )


def miss(ledger: Ledger, first: int, count: int) -> None:
    """Rows that missed their time."""
    for number in range(first, first + count):
        ledger.plan([Planned(uid_of(number), FEED, "news", "feed", "gone.md", NOW, "", "UTC", "x")], NOW)
        (row,) = ledger.rows(uid=uid_of(number))
        ledger.miss(row, NOW, "nothing sent it in time")


def round_of(workspace: Workspace, ledger: Ledger) -> tuple[float, int]:
    """Milliseconds of one round, and the messages claimed."""
    begun = time.perf_counter()
    scene = see(workspace, ledger, {}, NOW, ("jule", "wiebke"))
    claimed = begin(scene, notes_of(ledger, NOTES, lambda: NOW))
    return (time.perf_counter() - begun) * 1000, len(claimed)


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_posts(root, count)
        begun = time.perf_counter()
        workspace = load_workspace(root)
        loading = (time.perf_counter() - begun) * 1000
        with open_ledger(ledger_path(root / "state"), now=NOW) as ledger:
            plan(ledger, count)
            first, messages = round_of(workspace, ledger)
            print(f"{count} posts, loaded in {loading:.0f} ms")
            print(f"first round, approvals missing: {first:.1f} ms, {messages} messages claimed")
            again = statistics.median(round_of(workspace, ledger)[0] for _round in range(5))
            print(f"the same again, nothing new: {again:.1f} ms")
            miss(ledger, count, 50)
            print(f"fifty posts missed: {round_of(workspace, ledger)[0]:.1f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
