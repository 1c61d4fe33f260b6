"""How long it takes from saving a post until its page is served anew, on the wall clock.

    python benchmarks/serving.py --posts 1000 --strict
    python benchmarks/serving.py --posts 1000 --mkdocs

`idle`: each save waits until the site is built and quiet. `building`: each save comes while the build of the one before
it is running, another post each time. With --mkdocs, `mkdocs serve` is measured beside it, idle alone: a save during its
build waits for two builds. Processor seconds of other programs are in the figures, so the load stands beside them.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.corpus import NOW, write_workspace  # the path has to be set before

SAVES: Final = 20
# Seconds: what is promised at 1,000 posts, what is waited for, what nothing changes for before it is quiet.
BUDGET: Final = {"idle": 1.0, "building": 1.0}
PATIENCE: Final = 600.0
QUIET: Final = 0.5


def surroundings(root: Path) -> dict[str, str]:
    """The environment of the workspace's builds."""
    own = {"LEITSTAND_NOW": NOW, "LEITSTAND_STATE_DIR": str(root / "state"), "NO_MKDOCS_2_WARNING": "1"}
    return {**os.environ, **own, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}


@contextmanager
def ours(root: Path) -> Iterator[str]:
    """`leitstand serve`, running; its address."""
    command = [sys.executable, "-m", "toolkit", "serve", "--port", "0", "--json", "-w", str(root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=surroundings(root)) as process:
        try:
            said = ""
            for line in process.stdout or ():
                said += line
                if said.rstrip().endswith("}"):
                    break
            yield json.loads(said)["url"]
        finally:
            process.send_signal(signal.SIGINT)


@contextmanager
def theirs(root: Path) -> Iterator[str]:
    """`mkdocs serve`, running; its address."""
    port = 8765
    command = [sys.executable, "-m", "mkdocs", "serve", "-q", "-a", f"127.0.0.1:{port}", "-f", str(root / "mkdocs.yml")]
    with subprocess.Popen(command, env=surroundings(root)) as process:
        try:
            url = f"http://127.0.0.1:{port}/"
            wait(url, "<html", time.perf_counter())
            yield url
        finally:
            process.send_signal(signal.SIGINT)


def save(root: Path, number: int, word: str) -> str:
    """Another word in a post; the address of its page."""
    posts = sorted((root / "content/posts").rglob("*.md"))
    post = posts[-3 - number % (len(posts) - 3)]
    post.write_text(f"{post.read_text(encoding='utf-8')}{word}\n", encoding="utf-8")
    return f"{post.relative_to(root / 'content').with_suffix('').as_posix()}/"


def wait(page: str, word: str, began: float) -> float:
    """Seconds since `began` when the page has the word."""
    while time.perf_counter() - began < PATIENCE:
        try:
            with urllib.request.urlopen(page) as answer:
                if word in answer.read().decode():
                    return time.perf_counter() - began
        except urllib.error.URLError:  # not listening yet, or a page that is not there yet
            pass
        time.sleep(0.01)
    raise TimeoutError(page)


def rest(site: Path) -> None:
    """Wait until nothing is written any more."""
    before: object = None
    while True:
        now = [
            file.stat().st_mtime_ns
            for name in ("search", "posts", "feeds")
            for file in (site / name).rglob("*")
            if file.is_file()
        ]
        if now == before:
            return
        before = now
        time.sleep(QUIET)


def measure(root: Path, url: str, name: str, *, building: bool = False, pause: float) -> list[float]:
    """Seconds until served, of each save; `name` is no other measurement's, whose words are still in the posts."""
    site, found = root / ".leitstand/cache/serve", []
    for number in range(SAVES):
        if not building and site.is_dir():
            rest(site)
        time.sleep(pause)
        word = f"Messwort{number}{name}"
        began = time.perf_counter()
        found.append(wait(url + save(root, number + SAVES * building, word), word, began))
    return found


def say(times: list[float]) -> dict[str, float]:
    return {"median": round(median(times), 2), "worst": round(max(times), 2)}


def main() -> int:
    """Print the figures as JSON; with --strict, 1 when the median is over what is promised."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--mkdocs", action="store_true", help="measure mkdocs serve as well")
    parser.add_argument("--strict", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_workspace(root, options.posts)
        with ours(root) as url:
            found = {"idle": say(measure(root, url, "idle", pause=0.5))}
            # The build begins when the page is there; it has hardly begun at the next save.
            found["building"] = say(measure(root, url, "building", building=True, pause=0.4))
        if options.mkdocs:
            with theirs(root) as url:
                found["mkdocs serve"] = say(measure(root, url, "theirs", pause=3.0))
    over = {name: most for name, most in BUDGET.items() if found[name]["median"] > most}
    print(json.dumps({"posts": options.posts, **found, "load": round(os.getloadavg()[0], 1), "over": over}))
    return 1 if over and options.strict else 0


if __name__ == "__main__":
    sys.exit(main())
