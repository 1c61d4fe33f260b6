"""What planning costs: CPU seconds in a workspace of many posts and ideas, on eight accounts.

    python benchmarks/suggesting.py                         # 10,000 posts over two years, 5,000 ideas, 300 drafts
    python benchmarks/suggesting.py --posts 1000 --ideas 500 --strict

Measured are: who waits for which slot, suggestions for four weeks, `check` of one post that waits, as an editor asks for it
after every key; reading and ranking ideas, whether an idea was there before, making a draft of one, and a plan table on its
way out and back in, with a new row for every tenth post. The lowest of three runs counts. Beside each figure stands how many
times as much it is as with half of everything: 2 is linear, 4 is quadratic. `--strict` fails over the budget, and where
a figure of half a second and more grows faster than 2.8 times.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Final

from toolkit.editorial import read_ideas
from toolkit.editorial.deciding import Decision, Promotion, promote
from toolkit.editorial.ranking import rank
from toolkit.editorial.twins import find_twin
from toolkit.lint import check_workspace
from toolkit.planning import waiting
from toolkit.planning.suggesting import Span, Suggested, suggest
from toolkit.planning.tables import make_plan, merge_table, read_table, write_csv
from toolkit.strategy import read_strategy
from toolkit.workspace import Workspace, load_workspace

NOW: Final = datetime(2026, 11, 21, 11, tzinfo=UTC)
FIRST: Final = date(2025, 1, 1)
ACCOUNTS: Final = 8
WORDS: Final = (
    *("Hafen", "Kaffee", "Mühle", "Filter", "Röster", "Tasse", "Sonne", "Regen", "Winter", "Advent"),
    *("Markt", "Fahrrad", "Ernte", "Bohne", "Wasser", "Zucker", "Milch", "Küche", "Garten", "Laden"),
)
SETTINGS: Final = """\
format = 1
[workspace]
id = "big"
timezone = "Europe/Berlin"
languages = ["de"]
region = "DE-SH"
[people.mai]
roles = ["community"]
"""
PAGE: Final = """\
```slots
channels: [mastodon]
times: [mon-fri 08:00, mon-fri 12:00, 17:30]
```

```duty
roster: [{person: mai, hours: [mon-fri 07:00-20:00]}]
unattended: ["sat,sun 00:00-24:00"]
```
"""
# For 10,000 posts and 5,000 ideas: CPU seconds.
BUDGET: Final = {
    "queue": 0.8,
    "suggest": 3.0,
    "check": 1.5,
    "ideas": 6.0,
    "twin": 0.5,
    "promote": 0.1,
    "export": 4.0,
    "import": 12.0,
}
STEEP: Final = 2.8
SURE: Final = 0.5  # seconds below which a ratio says nothing


@dataclass(frozen=True, slots=True)
class Size:
    """How many of each."""

    posts: int
    drafts: int
    queue: int
    ideas: int

    def half(self) -> Size:
        """Half of everything."""
        return Size(self.posts // 2, self.drafts // 2, self.queue // 2, self.ideas // 2)


def build(root: Path, size: Size) -> Workspace:
    """The workspace, from a seed."""
    posts, drafts, queue = size.posts, size.drafts, size.queue
    accounts = (f'[accounts.m{i}]\nnetwork = "mastodon"\nid = "@m{i}@social.example"\n' for i in range(ACCOUNTS))
    (root / "leitstand.toml").write_text(SETTINGS + "".join(accounts), encoding="utf-8")
    (root / "guidelines").mkdir()
    (root / "guidelines/zeiten.md").write_text(PAGE, encoding="utf-8")
    (root / "content/posts").mkdir(parents=True)
    random = Random(1)
    for number in range(posts + drafts + queue):
        day = FIRST + timedelta(days=random.randrange(800))
        dated = f"status: ready\npublish: {day} {random.randrange(8, 18):02}:15\n"
        kind = (
            dated
            if number < posts
            else "status: draft\n"
            if number < posts + drafts
            else "status: ready\npublish: next\n"
        )
        channels = f"m{number % ACCOUNTS}, m{(number + 3) % ACCOUNTS}"
        head = f"uid: {number:026}\ntitle: P{number}\nauthor: mai\n{kind}channels: [{channels}]\npillar: wissen\n"
        path = root / f"content/posts/p{number}.md"
        path.write_text(f"---\n{head}language: de\n---\nNummer {number} am Hafen.\n", encoding="utf-8")
    write_ideas(root / "content/ideas", size.ideas, random)
    return load_workspace(root)


def write_ideas(folder: Path, ideas: int, random: Random) -> None:
    """Ideas for one or two accounts, scored, of four pillars and two stages."""
    folder.mkdir()
    for number in range(ideas):
        channels = f"m{number % ACCOUNTS}, m{(number * 5 + 1) % ACCOUNTS}"
        score = ", ".join(f"{key}: {random.randint(1, 5)}" for key in ("reach", "fit", "effort"))
        head = f"id: I{number:025}\ntitle: {WORDS[number % 20]} und {WORDS[number // 20 % 20]} {number}\n"
        stage = "status: shortlisted\n" if number % 3 else "status: new\n"
        more = f"pillar: p{number % 4}\nby: mai\nchannels: [{channels}]\nscore: {{{score}}}\n"
        (folder / f"i{number}.md").write_text(f"---\n{head}{stage}{more}---\nWarum?\n", encoding="utf-8")


def edited(data: bytes) -> bytes:
    """The table with another title in every tenth row and a new row behind it."""
    header, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";")
    title, own = header.index("title"), [header.index(name) for name in ("uid", "path", "as written")]
    found = []
    for number, row in enumerate(rows):
        if number % 10:
            found.append(row)
            continue
        row[title] = f"Anders {number}"
        found += [row, ["" if at in own else cell for at, cell in enumerate(row)]]
        found[-1][title] = f"Neu {number}"
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=";", lineterminator="\r\n").writerows([header, *found])
    return target.getvalue().encode("utf-8-sig")


def measure(root: Path, size: Size) -> tuple[dict[str, float], Suggested]:
    """Seconds by what is done, and what was suggested."""
    workspace = build(root, size)
    last = workspace.posts[-1].path if not size.queue else f"content/posts/p{size.posts + size.drafts}.md"
    span, strategy = Span(NOW.date(), NOW.date() + timedelta(weeks=4)), read_strategy(workspace)
    ideas, _problems = read_ideas(workspace)
    plan = make_plan(workspace.posts, workspace.settings)
    table = edited(write_csv(plan, ";"))
    uids = map("01NEW{:021}".format, count())
    promoted = iter(ideas)

    def take_in() -> None:
        merge = merge_table(workspace, read_table("plan.csv", table, workspace.settings), lambda: next(uids))
        rows = size.posts + size.drafts + size.queue
        if (len(merge.changed), len(merge.fresh)) != (-(-rows // 10), -(-rows // 10)):
            raise AssertionError(merge.problems[:3])

    found = {
        "queue": seconds(lambda: waiting(workspace, NOW)),
        "suggest": seconds(lambda: suggest(workspace, strategy, ideas, span, NOW)),
        "check": seconds(lambda: check_workspace(workspace, now=NOW, paths=[last])),
        "ideas": seconds(lambda: rank(read_ideas(load_workspace(root))[0])),
        "twin": seconds(lambda: find_twin(ideas, "Ein ganz anderer Gedanke")),
        "promote": seconds(
            lambda: promote(workspace, next(promoted), Promotion("mai"), Decision("mai", NOW.date()), NOW)
        ),
        "export": seconds(lambda: write_csv(make_plan(workspace.posts, workspace.settings), ";")),
        "import": seconds(take_in),
    }
    return found, suggest(workspace, strategy, ideas, span, NOW)


def seconds(run: Callable[[], object]) -> float:
    """The lowest CPU time of three runs."""
    found = []
    for _run in range(3):
        start = time.process_time()
        run()
        found.append(time.process_time() - start)
    return min(found)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--drafts", type=int, default=300)
    parser.add_argument("--queue", type=int, default=50)
    parser.add_argument("--ideas", type=int, default=5_000)
    parser.add_argument("--strict", action="store_true", help="fail over a budget or where something is not linear")
    asked = parser.parse_args()
    size = Size(asked.posts, asked.drafts, asked.queue, asked.ideas)
    with tempfile.TemporaryDirectory() as half, tempfile.TemporaryDirectory() as whole:
        fewer, _answer = measure(Path(half), size.half())
        found, answer = measure(Path(whole), size)
    print(
        f"{size.posts} posts, {size.drafts} drafts, {size.queue} in the queue, {size.ideas} ideas, {ACCOUNTS} accounts"
    )
    for name, spent in found.items():
        print(f"{name:8} {spent:6.2f} s CPU, {spent / max(fewer[name], 1e-4):4.1f} times the half")
    print(f"suggested {len(answer.suggestions)}, free {len(answer.free)}, of which {len(answer.unused)} stay so")
    steep = any(spent > SURE and spent > STEEP * fewer[name] for name, spent in found.items())
    return int(asked.strict and (steep or any(spent > BUDGET[name] for name, spent in found.items())))


if __name__ == "__main__":
    sys.exit(main())
