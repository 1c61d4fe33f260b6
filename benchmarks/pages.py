"""What building the site costs: CPU seconds, megabytes and kilobytes a page, for many posts on four channels.

    python benchmarks/pages.py --posts 1000 --strict

Posts are generated from a seed, 25 hours apart, and built by MkDocs with search, strictly, in a process of its own: into
an empty folder, again after nothing was changed (`same`), and again after one post was (`warm`). How long a saved post
takes until `leitstand serve` shows it: ``benchmarks/serving.py``.

On ext4 a new file costs up to a millisecond more for five minutes after others were deleted in its part of the disk, as
an earlier run does at its end: leave that long between two runs, or let TMPDIR be a folder in memory.

    python benchmarks/pages.py --posts 5000 --archive 18

builds at a moment at which nearly all posts are over, and with those in the archive that are so many months old; 0
months is the same moment without an archive, to compare with.

    python benchmarks/pages.py --sample --strict

builds the sample workspace of this repository as it was committed last, with its handbook, its history and the numbers
that ``make demo`` left behind, if it was asked to; `handbook` is a build after one page of the handbook got a sentence.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.corpus import NOW, texts, write_workspace  # the path has to be set before

ROOT = Path(__file__).resolve().parents[1]
# For 1,000 posts.
BUDGET = {"cpu_seconds": 5.0, "same_cpu_seconds": 1.7, "warm_cpu_seconds": 2.2, "peak_mb": 150.0, "kb_a_page": 30.0}
# For the sample workspace, whose handbook is most of what MkDocs itself lays out.
SAMPLE = {"cpu_seconds": 15.0, "same_cpu_seconds": 4.0, "warm_cpu_seconds": 5.0, "handbook_cpu_seconds": 4.8}
PAGE = "guidelines/anleitung/ausliefern.md"  # of the handbook, as an editor leaves it: without rules, in the navigation
DEMO = ROOT / ".leitstand/demo"
SAMPLE_NOW = "2026-11-21T12:00+01:00"  # the demo's


def surroundings(root: Path, now: str = NOW) -> dict[str, str]:
    """The environment of the workspace's builds."""
    own = {"LEITSTAND_NOW": now, "LEITSTAND_STATE_DIR": str(root / "state"), "NO_MKDOCS_2_WARNING": "1"}
    return {**os.environ, **own}


def build(root: Path, now: str = NOW) -> float:
    """Build once, in a process of its own; its CPU seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-f", str(root / "mkdocs.yml")]
    subprocess.run(command, check=True, env=surroundings(root, now))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 2)


def change(root: Path, number: int, word: str) -> Path:
    """Another word in a post; the page's file in the site."""
    post = sorted((root / "content/posts").rglob("*.md"))[number]
    post.write_text(f"{post.read_text(encoding='utf-8')}{word}\n", encoding="utf-8")
    return post.relative_to(root / "content").with_suffix("")


def measure(root: Path, now: str = NOW) -> dict[str, float]:
    """Build three times; the figures of the child processes."""
    found = {"cpu_seconds": build(root, now), "same_cpu_seconds": build(root, now)}
    change(root, -5, "Neu.")
    found["warm_cpu_seconds"] = build(root, now)
    pages = list((root / "site").rglob("*.html"))
    searched = sum(file.stat().st_size for file in (root / "site/search").rglob("*") if file.is_file())
    return {
        **found,
        "peak_mb": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, 1),
        "kb_a_page": round(sum(page.stat().st_size for page in pages) / len(pages) / 1024, 1),
        "search_mb": round(searched / 1e6, 2),
        "pages": len(pages),
        "site_mb": round(sum(file.stat().st_size for file in (root / "site").rglob("*") if file.is_file()) / 1e6, 1),
    }


def measure_sample(root: Path) -> dict[str, float]:
    """The figures of the sample workspace, copied to `root`."""
    subprocess.run(
        ["git", "-c", "advice.detachedHead=false", "clone", "--quiet", "--shared", str(ROOT), str(root)], check=True
    )
    if DEMO.is_dir():
        shutil.copytree(DEMO, root / "state")
    found = measure(root, SAMPLE_NOW)
    page = root / PAGE
    page.write_text(f"{page.read_text(encoding='utf-8')}\nEin Satz mehr.\n", encoding="utf-8")
    return {**found, "handbook_cpu_seconds": build(root, SAMPLE_NOW)}


def grow_old(root: Path, posts: int, months: int) -> str:
    """Let posts be archived after so many months, if any; the moment at which all but two months of posts are over."""
    if months:
        with (root / "leitstand.toml").open("a", encoding="utf-8") as settings:
            settings.write(f"[site]\narchive_after_months = {months}\n")
    return (max(one.moment for one in texts(posts)) - timedelta(days=61)).isoformat()


def main() -> int:
    """Print the figures as JSON; with --strict, 1 when a budget is exceeded."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--archive", type=int, metavar="MONTHS", help="archive posts after so many months; 0 for never")
    parser.add_argument("--sample", action="store_true", help="the sample workspace instead of generated posts")
    parser.add_argument("--strict", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "workspace"
        if options.sample:
            about: dict[str, object] = {"sample": True, "demo": DEMO.is_dir()}
            figures, budget, scale = measure_sample(root), SAMPLE, 1.0
        else:
            about, budget, scale = {"posts": options.posts}, BUDGET, max(1.0, options.posts / 1000)
            root.mkdir()
            write_workspace(root, options.posts)
            now = NOW if options.archive is None else grow_old(root, options.posts, options.archive)
            figures = measure(root, now)
    over = {name: most for name, most in budget.items() if figures[name] > most * (scale if name != "kb_a_page" else 1)}
    print(json.dumps({**about, **figures, "over": over}))
    return 1 if over and options.strict else 0


if __name__ == "__main__":
    sys.exit(main())
