"""What reading and checking cost: CPU seconds for many posts, beside a bare python-frontmatter loop over the same files.

    python benchmarks/check.py --posts 10000 --strict
    python benchmarks/check.py --posts 1000 --warm
    python benchmarks/check.py --posts 1000 --warm --handbook
    python benchmarks/check.py --posts 1000 --profile --handbook

With `--warm` it measures the verb itself, `leitstand check` as its own process, start-up included: without a cache,
with an empty one, with everything as it was, and after one post was edited.
With `--handbook` the workspace has the pages of this handbook with all their rules, and the style packages of the test
data (LEITSTAND_TEST_DATA), as a house with a full set of rules has them. `--profile` says where a check spends its time.

Posts are generated from a seed. The ratio compares what we do with what nobody can do without: python-frontmatter
parsing the same files in the same run.
"""

from __future__ import annotations

import argparse
import compileall
import cProfile
import json
import os
import pstats
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import frontmatter

from toolkit.lint import check_workspace
from toolkit.source import FolderTree, read_post
from toolkit.workspace import load_settings, load_workspace
from toolkit.workspace.naming import mint_uid

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
ACCOUNTS = ("mastodon", "bluesky", "linkedin", "newsletter", "feed")
# For 10,000 posts: CPU seconds, times python-frontmatter's, megabytes.
BUDGET = {"load_and_check": 10.0, "load_ratio": 1.5, "peak_mb": 300.0}
# For 1,000 posts: CPU seconds of the whole process.
WARM_BUDGET = {"cold": 1.5, "warm": 0.3}
# Counts: printing the thousands of lines that random words are worth to a spelling rule is another matter.
CHECK = ("check", "--statistics")
TOP = Path(__file__).parents[1]
WORDS = [
    "Kaffee",
    "Röster",
    "Ernte",
    "Bohne",
    "Tasse",
    "Morgen",
    "Filter",
    "Mühle",
    "Wasser",
    "Duft",
    "Süße",
    "Frucht",
    "Nuss",
    "Schokolade",
    "Woche",
    "Laden",
    "Hafen",
    "Norden",
    "Wind",
    "Regen",
    "Tür",
    "Fenster",
    "Freitag",
    "Angebot",
    "Rezept",
    "Hafer",
    "Milch",
    "Schaum",
    "Becher",
    "Probe",
    "Karte",
    "Freunde",
    "Sack",
    "Bauer",
    "Hügel",
    "Sonne",
    "Schatten",
    "trocknen",
    "waschen",
    "Mischung",
    "rösten",
    "mahlen",
    "brühen",
    "genießen",
    "entdecken",
    "lernen",
    "heute",
    "jetzt",
    "gemeinsam",
    "langsam",
    "frisch",
    "neu",
    "klein",
    "groß",
    "mild",
    "kräftig",
    "fein",
    "rund",
]
SETTINGS = """format = 1
[workspace]
id = "benchmark"
languages = ["de", "en"]
[people.redaktion]
roles = ["editor"]
"""


def write_workspace(root: Path, posts: int, seed: int) -> None:
    """A workspace with `posts` posts over ten years."""
    generator = random.Random(seed)
    accounts = "".join(f'[accounts.{name}]\nnetwork = "{name}"\n' for name in ACCOUNTS)
    (root / "leitstand.toml").write_text(SETTINGS + accounts, encoding="utf-8")
    for index in range(posts):
        moment = datetime(2020, 1, 1, 9, tzinfo=UTC) + timedelta(hours=generator.randrange(10 * 365 * 24))
        folder = root / f"content/posts/{moment:%Y/%m}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"post-{index:05}.md").write_text(post_text(generator, moment), encoding="utf-8")


def write_handbook(root: Path) -> None:
    """The pages of this handbook, and every style package of the test data."""
    shutil.copytree(TOP / "guidelines", root / "guidelines", dirs_exist_ok=True)
    data = Path(os.environ.get("LEITSTAND_TEST_DATA", TOP / "../shared/data")).resolve()
    for meta in sorted((data / "vale-styles").glob("*/*/meta.json")):
        shutil.copytree(meta.parent, root / "guidelines/styles" / meta.parent.name)


def profile(root: Path) -> None:
    """Where reading and checking spend their time."""
    profiler = cProfile.Profile()
    workspace = profiler.runcall(load_workspace, root)
    profiler.runcall(check_workspace, workspace, now=NOW)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(40)


def post_text(generator: random.Random, moment: datetime) -> str:
    """A post as people write them: a dozen keys, two or three sentences, a link, a tag, sometimes a variant."""
    sentences = [_sentence(generator) for _ in range(3)]
    variant = f"\n## @{ACCOUNTS[0]}\n\n{sentences[0]}\n" if generator.random() < 0.2 else ""
    return f"""---
uid: {mint_uid(moment)}
title: {sentences[0][:40].rstrip(".")}
author: redaktion
status: ready
publish: {moment:%Y-%m-%d %H:%M}
channels: [{", ".join(ACCOUNTS)}]
language: de
pillar: produkt
labels: [Kaffee, {generator.choice(WORDS)}]
options:
  mastodon: {{visibility: public}}
---
{sentences[0]} {sentences[1]}

{sentences[2]} [Zum Shop](https://example.com/{generator.choice(WORDS)}) #Kaffee
{variant}"""


def _sentence(generator: random.Random) -> str:
    """Words as people spell them: a text in which every word is wrong measures how findings are written, not found."""
    text = " ".join(generator.choices(WORDS, k=generator.randint(6, 14)))
    return f"{text[0].upper()}{text[1:]}."


@contextmanager
def measured(name: str, figures: dict[str, float]) -> Iterator[None]:
    """CPU seconds of the block, as `name`."""
    start = time.process_time()
    yield
    figures[name] = time.process_time() - start


def measure(root: Path, rounds: int) -> dict[str, float]:
    """All figures for one workspace; the quickest of `rounds`, taken in turns so that a busy moment hits all alike."""
    paths = sorted((root / "content/posts").rglob("*.md"))
    settings, _problems = load_settings(FolderTree(root))
    works: dict[str, Callable[[], object]] = {
        "bare": lambda: [frontmatter.loads(path.read_text(encoding="utf-8")) for path in paths],
        "read": lambda: [read_post("x.md", path.read_bytes(), settings) for path in paths],
        "load": lambda: load_workspace(root),
    }
    runs: list[dict[str, float]] = [{} for _round in range(rounds)]
    for run in runs:
        for name, work in works.items():
            with measured(name, run):
                work()
    figures = {"posts": float(len(paths)), **{name: min(run[name] for run in runs) for name in works}}
    workspace = load_workspace(root)
    with measured("check", figures):
        problems = check_workspace(workspace, now=NOW)
    return {
        **figures,
        "problems": float(len(problems)),
        "load_ratio": figures["load"] / figures["bare"],
        "load_and_check": figures["load"] + figures["check"],
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def measure_verb(root: Path, rounds: int) -> dict[str, float]:
    """CPU seconds of whole processes, the quickest of `rounds`; what git uses is part of it."""
    first = min((root / "content/posts").rglob("*.md"))
    compileall.compile_dir(TOP / "toolkit", quiet=1)  # as an installed program is
    figures = {
        "bare_python": min(_run_process(root, [sys.executable, "-c", ""]) for _round in range(rounds)),
        "version": min(_run_verb(root, "--version") for _round in range(rounds)),
        "uncached": min(_run_verb(root, *CHECK, "--no-cache") for _round in range(rounds)),
    }
    colds, warms, edits = [], [], []
    for number in range(rounds):
        shutil.rmtree(root / ".leitstand", ignore_errors=True)
        colds.append(_run_verb(root, *CHECK))
        warms.append(_run_verb(root, *CHECK))
        first.write_text(first.read_text("utf-8") + f"\nNoch {number}.\n", "utf-8")
        edits.append(_run_verb(root, *CHECK))
    return {**figures, "cold": min(colds), "warm": min(warms), "one_edited": min(edits)}


def _run_verb(root: Path, *args: str) -> float:
    return _run_process(root, [sys.executable, "-m", "toolkit", *args])


def _run_process(root: Path, command: list[str]) -> float:
    """CPU seconds, user and system, of a process and its children."""
    environ = {**os.environ, "LEITSTAND_STATE_DIR": str(root / "state"), "PYTHONPATH": str(TOP)}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=root, env=environ, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr.decode())
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--warm", action="store_true", help="measure the verb, with and without its cache")
    parser.add_argument("--handbook", action="store_true", help="with a full handbook and style packages")
    parser.add_argument("--profile", action="store_true", help="say where the time goes")
    parser.add_argument("--strict", action="store_true", help="fail when a figure is over its budget")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        write_workspace(Path(folder), chosen.posts, chosen.seed)
        if chosen.handbook:
            write_handbook(Path(folder))
        if chosen.profile:
            profile(Path(folder))
            return
        figures = (measure_verb if chosen.warm else measure)(Path(folder), chosen.rounds)
    sys.stdout.write(json.dumps({name: round(value, 3) for name, value in figures.items()}, indent=2) + "\n")
    budget = WARM_BUDGET if chosen.warm else BUDGET
    missed = [f"{name} {figures[name]:.2f} > {limit}" for name, limit in budget.items() if figures[name] > limit]
    if missed and chosen.strict:
        sys.exit("over budget: " + ", ".join(missed))


if __name__ == "__main__":
    main()
