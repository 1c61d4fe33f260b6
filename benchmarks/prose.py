"""Leitstand's style engine beside textlint: the same Markdown, the same machine, in turns. A Markdown table comes out.

    python benchmarks/prose.py             # about five minutes, most of it textlint's
    python benchmarks/prose.py --rounds 3
    python benchmarks/prose.py --only leitstand

textlint (with write-good, alex and terminology, versions pinned in benchmarks/textlint) is installed by npm into
.leitstand/textlint. Leitstand runs every rule of the style packages in the test data (LEITSTAND_TEST_DATA) and of this
handbook. The corpus is made in the run: the handbook's pages, sample posts, and the Markdown of the test data, repeated
with other words in between until it is large enough. Every turn is a process of its own, start-up and compiling
included, and says how many files it read; CPU is that of the process and its children, memory its peak.

The rules are not the same ones, and cannot be: both columns say how many there are and how much they found.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from toolkit.style import StyleRule

TOP: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TOP))

SIZE: Final = 600_000  # bytes
TEXTLINT: Final = TOP / ".leitstand/textlint"
PLUGINS: Final = ("write-good", "alex", "terminology")
WORDS: Final = [
    "coffee",
    "harvest",
    "roast",
    "morning",
    "filter",
    "water",
    "kettle",
    "scent",
    "autumn",
    "harbour",
    "window",
    "recipe",
    "friend",
    "cup",
]


@dataclass(frozen=True, slots=True)
class Turn:
    """What one process cost."""

    wall: float  # seconds
    cpu: float  # seconds, user and system
    memory: float  # MB
    files: int
    found: int


def data_folder() -> Path:
    return Path(os.environ.get("LEITSTAND_TEST_DATA", TOP / "../shared/data")).resolve()


def make_texts(size: int, seed: int) -> list[str]:
    """Texts of Markdown, together at least `size` bytes. The same seed, the same texts."""
    data, generator = data_folder(), random.Random(seed)
    sources = [
        *sorted((TOP / "guidelines").glob("*.md")),
        *sorted((TOP / "content/posts").rglob("*.md"))[:60],
        *sorted((data / "galaxy-social/posts").rglob("*.md"))[:120],
        *sorted((data / "vale-styles").glob("*/fixtures/*/*.md")),
    ]
    texts = [source.read_text("utf-8", "replace") for source in sources]
    found, written = list(texts), sum(len(text.encode()) for text in texts)
    while written < size:
        found += (varied := [vary(text, generator) for text in texts])
        written += sum(len(text.encode()) for text in varied)
    return found


def write_corpus(folder: Path, size: int, seed: int) -> tuple[int, int]:
    """The texts as files in `folder`; answers files and bytes."""
    texts = make_texts(size, seed)
    written = sum((folder / f"{number:04}.md").write_bytes(text.encode()) for number, text in enumerate(texts))
    return len(texts), written


def vary(text: str, generator: random.Random) -> str:
    """`text` with other words between some of its own, so that nothing can be remembered from the first time."""
    return re.sub(r"(?<=[a-z]) (?=[a-z])", lambda _blank: _between(generator), text)


def _between(generator: random.Random) -> str:
    return f" {generator.choice(WORDS)} " if generator.random() < 0.05 else " "


def run(command: list[str], folder: Path) -> tuple[Turn, str]:
    """One process over `folder`, and what it printed."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with tempfile.TemporaryFile("w+") as out, subprocess.Popen(command, cwd=folder, stdout=out, text=True) as process:
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - start
        out.seek(0)
        said = out.read()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode not in (0, 1):
        raise RuntimeError(f"{command[0]} ended with {process.returncode}: {said[-500:]}")
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Turn(wall, cpu, usage.ru_maxrss / 1024, 0, 0), said


def textlint(folder: Path) -> Turn:
    """Textlint with its three rule sets, as its documentation says; rules are found beside it."""
    program = "node_modules/textlint/bin/textlint.js"
    rules = [option for plugin in PLUGINS for option in ("--rule", plugin)]
    command = ["node", program, "--no-textlintrc", *rules, "--format", "json", f"{folder}/*.md"]
    turn, said = run(command, TEXTLINT)
    results = json.loads(said)
    return replace(turn, files=len(results), found=sum(len(file["messages"]) for file in results))


def leitstand(folder: Path) -> Turn:
    """The engine with all rules, in a process that reads the files one after the other."""
    turn, said = run([sys.executable, __file__, "--engine", str(folder)], folder)
    counts = json.loads(said)
    if counts["given_up"]:
        raise RuntimeError(f"{counts['given_up']} rules gave up: what was measured is not all of the work")
    return replace(turn, files=counts["files"], found=counts["alerts"])


def engine(folder: Path) -> int:
    """The child: checks every file and prints what it counted."""
    from toolkit.style import Rulebook

    book = Rulebook(all_rules())
    texts = [file.read_text("utf-8") for file in sorted(folder.glob("*.md"))]
    alerts = [alert for text in texts for alert in book.check(text)]
    slow = [alert for alert in alerts if "takes too long" in alert.message]
    print(json.dumps({"files": len(texts), "alerts": len(alerts), "given_up": len(slow)}))
    return 0


def all_rules() -> list[StyleRule]:
    """Those of the packages and those of the handbook's pages."""
    from toolkit.style import read_blocks, read_package

    rules: list[StyleRule] = []
    for meta in sorted((data_folder() / "vale-styles").glob("*/*/meta.json")):
        rules += read_package(meta.parent)[0]
    for page in sorted((TOP / "guidelines").glob("*.md")):
        rules += read_blocks(page.read_text("utf-8"), f"guidelines/{page.name}")[0]
    return rules


TOOLS: Final = {"leitstand": leitstand, "textlint": textlint}


def table(turns: Mapping[str, list[Turn]], size: int) -> str:
    """The medians, as Markdown."""
    known = json.loads((TOP / "benchmarks/textlint/package.json").read_text("utf-8"))["dependencies"]
    names = {
        "leitstand": f"Leitstand, {len(all_rules())} rules",
        "textlint": "textlint " + known["textlint"] + " with " + ", ".join(PLUGINS),
    }
    lines = ["| tool | wall s | CPU s | MB/s of CPU | MB/s of wall | peak MB | files | findings |"]
    lines.append("|---|---:|---:|---:|---:|---:|---:|---:|")
    for tool, own in turns.items():
        wall, cpu = median(turn.wall for turn in own), median(turn.cpu for turn in own)
        memory, rate = max(turn.memory for turn in own), size / 1e6
        lines.append(
            f"| {names[tool]} | {wall:.1f} | {cpu:.1f} | {rate / cpu:.3f} | {rate / wall:.3f} | {memory:.0f} "
            f"| {own[0].files} | {own[0].found} |"
        )
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=1, help="turns of each tool; the median counts")
    parser.add_argument("--size", type=int, default=SIZE, help="bytes of Markdown, at least")
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--only", choices=TOOLS, action="append", help="only this tool")
    parser.add_argument("--engine", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.engine:
        return engine(chosen.engine)
    tools = chosen.only or list(TOOLS)
    if "textlint" in tools:
        subprocess.run([TOP / "benchmarks/textlint/install"], check=True)
    turns: dict[str, list[Turn]] = {tool: [] for tool in tools}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files, size = write_corpus(folder, chosen.size, chosen.seed)
        print(
            f"{files} files, {size / 1e6:.2f} MB of Markdown, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n"
        )
        for _round in range(chosen.rounds):
            for tool in tools:
                turns[tool].append(TOOLS[tool](folder))
    print(table(turns, size))
    if len(tools) == len(TOOLS):
        mine, theirs = (median(turn.cpu for turn in turns[tool]) for tool in TOOLS)
        print(f"\nCPU: textlint {theirs / mine:.1f} times ours")
    return 0


if __name__ == "__main__":
    sys.exit(main())
