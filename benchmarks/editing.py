"""What an editor waits for: milliseconds of CPU and of wall time per change and per answer, in a workspace of many posts.

    python -m benchmarks.editing --posts 1000 --strict
    python -m benchmarks.editing --transcript

Each change types one more character into one post, in a git repository, as the language server sees it: text in,
problems out. Answers are asked after a change, as editors do, so that nothing is remembered.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from lsprotocol import types

from benchmarks.check import NOW, write_workspace
from toolkit.lsp.actions import code_actions
from toolkit.lsp.checking import check
from toolkit.lsp.completion import complete
from toolkit.lsp.hints import inlay_hints
from toolkit.lsp.hover import hover
from toolkit.lsp.scene import Scene
from toolkit.lsp.session import Open, Session
from toolkit.model import SetClock

BUDGET = 50.0  # milliseconds of wall time, the median of a change
WHOLE = types.Range(types.Position(0, 0), types.Position(10_000, 0))


def measure(root: Path, changes: int) -> dict[str, dict[str, float]]:
    """Figure → median, 95th percentile and CPU median, milliseconds."""
    file = max((root / "content/posts").rglob("*.md"))
    uri, text = file.as_uri(), file.read_text(encoding="utf-8")
    session = Session(SetClock(NOW, ticking=True), {})
    figures = {"open": timed(lambda _typed: check(session, Open(uri, text, 1), {uri: text}), 1)}

    def after_change(answer: Callable[[Scene], object]) -> Callable[[str], object]:
        def work(typed: str) -> object:
            scene = session.scene(Open(uri, text + typed, 1), {uri: text + typed})
            return answer(scene) if scene is not None else None

        return work

    lines = text.splitlines()
    publish = next(number for number, line in enumerate(lines) if line.startswith("publish:"))
    works: dict[str, Callable[[str], object]] = {
        "change": lambda typed: check(session, Open(uri, text + typed, 1), {uri: text + typed}),
        "inlay hints": after_change(lambda scene: inlay_hints(scene, WHOLE)),
        "hover": after_change(lambda scene: hover(scene, types.Position(publish, 3))),
        "completion of publish": after_change(lambda scene: complete(scene, types.Position(publish, 9))),
        "completion of a key": after_change(lambda scene: complete(scene, types.Position(publish, 0))),
        "code actions": after_change(lambda scene: code_actions(scene, uri, WHOLE)),
    }
    return figures | {name: timed(work, changes) for name, work in works.items()}


def timed(work: Callable[[str], object], times: int) -> dict[str, float]:
    """How long `work` takes with a text that grows each time."""
    walls, cpus = [], []
    for number in range(times):
        wall, cpu = time.perf_counter(), time.process_time()
        work(" x" * (number + 1))
        walls.append(1000 * (time.perf_counter() - wall))
        cpus.append(1000 * (time.process_time() - cpu))
    walls.sort()
    return {"median": median(walls), "p95": walls[int(0.95 * (len(walls) - 1))], "cpu": median(cpus)}


def put_into_git(root: Path) -> None:
    """Commit everything, as in a workspace that is published."""
    author = ["-c", "user.name=Benchmark", "-c", "user.email=benchmark@example.com"]
    for command in (["init", "-q"], ["add", "-A"], [*author, "commit", "-q", "-m", "posts"]):
        subprocess.run(["git", "-C", str(root), *command], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=1_000)
    parser.add_argument("--changes", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--strict", action="store_true", help="fail when a change takes longer than its budget")
    parser.add_argument("--transcript", action="store_true", help="print one session with the real server instead")
    chosen = parser.parse_args()
    if chosen.transcript:
        from benchmarks.transcript import transcript

        sys.stdout.write(transcript())
        return
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_workspace(root, chosen.posts, chosen.seed)
        put_into_git(root)
        figures = measure(root, chosen.changes)
    rounded = {name: {unit: round(ms, 1) for unit, ms in found.items()} for name, found in figures.items()}
    sys.stdout.write(json.dumps(rounded, indent=2) + "\n")
    if chosen.strict and figures["change"]["median"] > BUDGET:
        sys.exit(f"over budget: a change takes {figures['change']['median']:.0f} ms, not {BUDGET:.0f} ms")


if __name__ == "__main__":
    main()
