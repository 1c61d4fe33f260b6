"""What building a site costs, ours beside others, in one run: processor seconds, wall clock, memory, size of a page.

    python benchmarks/sites.py                                  # everything that is installed; half an hour
    python benchmarks/sites.py --posts 100 --posts 1000 --only ours --only hugo --rounds 1

The others get the same texts as plain Markdown, one page a post and a list of all: what they do is less. Ours checks
the texts against the rules, shows each post as four networks will, plans, and makes calendar, lists and search. `warm` is
a second build after one post was changed, `same` one after nothing was. `growth` is the exponent between the numbers of
posts: 1 is in proportion. Peers that are not found are named and left out. They are looked for in ``--peers``
(default /tmp/peers)::

    python3 -m venv /tmp/peers/venv && /tmp/peers/venv/bin/pip install zensical==0.0.73 mkdocs-material
    python3 -m venv /tmp/peers/pel && /tmp/peers/pel/bin/pip install 'pelican[markdown]==4.12'
    mkdir /tmp/peers/eleventy && cd /tmp/peers/eleventy
    echo '{"private":true,"overrides":{"@11ty/recursive-copy":"4.0.4"}}' > package.json && npm install @11ty/eleventy
    apt-get install hugo

Processor seconds are those of the child processes, user and system. A machine that others share is at times half as
fast, and that only ever adds: so everything is built in several rounds, all of a round one after the other, and the
least counts; `most` says what the worst round took.
"""

from __future__ import annotations

import argparse
import math
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.corpus import NOW, write_plain, write_workspace  # the path has to be set before
from benchmarks.race.table import table

POSTS: Final = (100, 1_000, 5_000, 10_000)
# A navigation of all pages stands on every page of Material: their number squared.
FLAT_NAV: Final = 1_000
PATIENCE: Final = 3600


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one build: processor seconds, seconds, and the most memory in MB."""

    cpu: float
    wall: float
    peak: float


@dataclass(frozen=True, slots=True)
class Peer:
    """A builder: how its folder is filled, what is run in it, where its site lies."""

    name: str
    write: Callable[[Path, int], None]
    command: Sequence[str]
    site: str
    rebuilds: Mapping[str, Callable[[Path], None]]  # further builds, by their name, and what is done before
    most: int = 10**9

    @property
    def found(self) -> bool:
        return shutil.which(self.command[0]) is not None


def change_one(folder: Path) -> None:
    """Another word in one post in the middle."""
    posts = sorted(folder.rglob("post-*.md"))
    post = posts[len(posts) // 2]
    post.write_text(post.read_text(encoding="utf-8") + "\nNoch ein Wort.\n", encoding="utf-8")


def leave(_folder: Path) -> None:
    """Nothing."""


def material(folder: Path, count: int, *, nav: bool) -> None:
    write_plain(folder / "docs", count)
    (folder / "docs/index.md").write_text("# Start\n", encoding="utf-8")
    more = "" if nav else "nav: [index.md]\nnot_in_nav: '/2*'\n"
    text = f"site_name: Bench\ntheme: {{name: material, font: false}}\nplugins: [search]\n{more}"
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")


def with_whole_dates(folder: Path) -> None:
    """Dates in the form of RFC 3339, for those that read no other."""
    for file in folder.rglob("*.md"):
        body = re.sub(r"(?m)^date: (\S+) (\S+)$", r"date: \1T\2:00Z", file.read_text(encoding="utf-8"), count=1)
        file.write_text(body, encoding="utf-8")


def pelican(folder: Path, count: int) -> None:
    write_plain(folder / "content", count)
    text = "AUTHOR='x'\nSITENAME='Bench'\nSITEURL=''\nPATH='content'\nTIMEZONE='Europe/Berlin'\nDEFAULT_LANG='de'\nDEFAULT_PAGINATION=50\n"
    (folder / "pelicanconf.py").write_text(text, encoding="utf-8")
    for file in (folder / "content").rglob("*.md"):
        # Its own form of metadata; two posts of one title would be one page.
        _start, head, body = file.read_text(encoding="utf-8").split("---\n", 2)
        file.write_text(f"{head}slug: {file.stem}\n\n{body}", encoding="utf-8")


def eleventy(folder: Path, count: int, modules: Path) -> None:
    write_plain(folder / "posts", count)
    with_whole_dates(folder / "posts")
    (folder / "node_modules").symlink_to(modules)
    (folder / "package.json").write_text('{"private":true}', encoding="utf-8")
    (folder / "_includes").mkdir()
    page = "<!doctype html><title>{{ title }}</title><h1>{{ title }}</h1>{{ content | safe }}"
    (folder / "_includes/post.njk").write_text(page, encoding="utf-8")
    (folder / "posts/posts.json").write_text('{"layout": "post.njk", "tags": "posts"}', encoding="utf-8")
    index = "{% for post in collections.posts %}<p><a href='{{ post.url }}'>{{ post.data.title }}</a></p>{% endfor %}"
    (folder / "index.njk").write_text(index, encoding="utf-8")


def hugo(folder: Path, count: int) -> None:
    write_plain(folder / "content/posts", count)
    with_whole_dates(folder / "content")
    (folder / "config.toml").write_text('baseURL="/"\ntitle="Bench"\nbuildFuture=true\n', encoding="utf-8")
    layouts = folder / "layouts/_default"
    layouts.mkdir(parents=True)
    single = "<!doctype html><title>{{ .Title }}</title><h1>{{ .Title }}</h1>{{ .Content }}"
    (layouts / "single.html").write_text(single, encoding="utf-8")
    listed = '{{ range .Pages }}<p><a href="{{ .RelPermalink }}">{{ .Title }}</a></p>{{ end }}'
    (layouts / "list.html").write_text(listed, encoding="utf-8")


def peers(folder: Path) -> list[Peer]:
    """Everybody, as installed below `folder`."""
    ours = (sys.executable, "-m", "mkdocs", "build", "--strict", "-q")
    mkdocs = (str(folder / "venv/bin/mkdocs"), "build", "-q")
    again = {"warm": change_one}
    npm = folder / "eleventy/node_modules"
    return [
        Peer("ours", write_workspace, ours, "site", {"warm": change_one, "same": leave}),
        Peer("material, flat nav", lambda at, n: material(at, n, nav=False), mkdocs, "site", again),
        Peer("material, all in nav", lambda at, n: material(at, n, nav=True), mkdocs, "site", again, FLAT_NAV),
        Peer(
            "zensical",
            lambda at, n: material(at, n, nav=False),
            (str(folder / "venv/bin/zensical"), "build"),
            "site",
            again,
        ),
        Peer("pelican", pelican, (str(folder / "pel/bin/pelican"), "-q"), "output", again),
        Peer(
            "eleventy",
            lambda at, n: eleventy(at, n, npm),
            (str(npm / ".bin/eleventy"), "--quiet"),
            "_site",
            again,
        ),
        Peer("hugo", hugo, ("hugo", "--quiet"), "public", again),
    ]


def run(command: Sequence[str], folder: Path) -> Cost:
    """Run it in `folder` and wait; raises when it fails."""
    environ = {
        **os.environ,
        "LEITSTAND_NOW": NOW,
        "LEITSTAND_STATE_DIR": str(folder / "state"),
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONPATH": str(Path(__file__).resolve().parents[1]),
    }
    if "/tmp/" in command[0] or "peers" in command[0]:
        del environ["PYTHONPATH"]
    with (folder / "log").open("wb") as log:
        began = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=environ, stdout=log, stderr=log)
        _pid, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError((folder / "log").read_text(encoding="utf-8", errors="replace")[-2000:])
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


def measure(peer: Peer, count: int, folder: Path) -> dict[str, tuple[Cost, float, int]]:
    """Name of the build → its cost, kilobytes a page, and pages; all of it in the new `folder`."""
    found = {}
    folder.mkdir()
    peer.write(folder, count)
    for build, before in {"cold": leave, **peer.rebuilds}.items():
        before(folder)
        cost = run(peer.command, folder)
        pages = [page.stat().st_size for page in (folder / peer.site).rglob("*.html")]
        if len(pages) < count:
            raise RuntimeError(f"{peer.name}: {len(pages)} pages of {count} posts")
        found[build] = cost, sum(pages) / len(pages) / 1024, len(pages)
    return found


def measure_all(
    known: Sequence[Peer], counts: Sequence[int], rounds: int
) -> Iterator[tuple[Peer, int, str, Cost, float, int]]:
    """Builder, posts, name of the build, and what `measure` says of it, once a round; who fails is named, passed over.

    Nothing is deleted before the end, for whoever builds next would pay for it (see ``benchmarks/pages.py``).
    """
    with tempfile.TemporaryDirectory(prefix="leitstand-sites-") as name:
        for turn, count, one in product(range(rounds), counts, known):
            if count > one.most:
                continue
            folder = Path(name) / f"{one.name}-{count}-{turn}".replace(" ", "-").replace(",", "")
            try:
                measured = measure(one, count, folder)
            except RuntimeError as error:
                print(f"{one.name} at {count}: {error}", file=sys.stderr)
                continue
            for build, (cost, size, pages) in measured.items():
                yield one, count, build, cost, size, pages


def growth(costs: Mapping[int, float]) -> str:
    """The exponent from the smallest to the largest number that says something of proportion."""
    counts = sorted(count for count in costs if count >= 1_000)
    if len(counts) < 2:
        return ""
    first, last = counts[0], counts[-1]
    return f"{math.log(costs[last] / costs[first]) / math.log(last / first):.2f}"


def _place(known: Sequence[Peer], name: str, build: str, count: int) -> tuple[int, str, int]:
    """Where a row stands: builders as they are listed, their builds, the numbers of posts."""
    return [one.name for one in known].index(name), build, count


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, action="append", help="how many; may be given again")
    parser.add_argument("--only", action="append", help="only builders whose name begins so; may be given again")
    parser.add_argument("--rounds", type=int, default=3, help="how often everything is built; the least counts")
    parser.add_argument("--peers", type=Path, default=Path("/tmp/peers"))
    chosen = parser.parse_args()
    wanted = [one for one in peers(chosen.peers) if not chosen.only or one.name.startswith(tuple(chosen.only))]
    known = [one for one in wanted if one.found]
    for one in wanted:
        if one not in known:
            print(f"{one.name}: {one.command[0]} is not installed, left out")
    found: dict[tuple[str, str, int], list[tuple[Cost, float, int]]] = {}
    for one, count, build, cost, size, pages in measure_all(known, chosen.posts or POSTS, chosen.rounds):
        found.setdefault((one.name, build, count), []).append((cost, size, pages))
        print(one.name, build, count, f"{cost.cpu:.2f} {cost.wall:.2f} {cost.peak:.0f}", file=sys.stderr, flush=True)
    rows: list[Sequence[object]] = []
    costs: dict[tuple[str, str], dict[int, float]] = {}
    for (name, build, count), rounds in sorted(found.items(), key=lambda item: _place(known, *item[0])):
        cpu = [cost.cpu for cost, _size, _pages in rounds]
        wall = min(cost.wall for cost, _size, _pages in rounds)
        peak = max(cost.peak for cost, _size, _pages in rounds)
        _cost, size, pages = rounds[-1]
        costs.setdefault((name, build), {})[count] = min(cpu)
        numbers = (f"{min(cpu):.2f}", f"{max(cpu):.2f}", f"{wall:.2f}", f"{peak:.0f}", f"{size:.1f}", pages)
        rows.append((name, build, count, *numbers))
    print(table(("builder", "build", "posts", "cpu s", "most", "wall s", "MB", "kB/page", "pages"), rows))
    exponents = [(name, build, growth(each)) for (name, build), each in costs.items() if growth(each)]
    if exponents:
        print(f"\n{table(('builder', 'build', 'growth'), exponents)}")
    load = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"\n{os.cpu_count()} processors, load {os.getloadavg()[1]:.1f}, {load.ru_utime + load.ru_stime:.0f} s in all")
    return 0


if __name__ == "__main__":
    sys.exit(main())
