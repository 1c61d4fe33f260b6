"""What building the site costs: CPU seconds, megabytes and kilobytes a page, for many posts on four channels.

    python benchmarks/pages.py --posts 1000 --strict

Posts are generated from a seed, 25 hours apart, and built by MkDocs with search, strictly, in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from toolkit.workspace.naming import mint_uid

START = datetime(2024, 3, 1, 8, 0, tzinfo=UTC)
NOW = "2026-11-21T12:00+01:00"
CHANNELS = ("mastodon", "bluesky", "x", "feed")
# For 1,000 posts.
BUDGET = {"cpu_seconds": 8.0, "peak_mb": 300.0, "kb_a_page": 60.0}
WORDS = [
    "kaffee",
    "röster",
    "ernte",
    "bohne",
    "tasse",
    "morgen",
    "filter",
    "mühle",
    "wasser",
    "duft",
    "süße",
    "frucht",
    "nuss",
    "woche",
    "laden",
    "hafen",
    "wind",
    "tür",
]


def write_workspace(root: Path, posts: int) -> None:
    """A workspace of `posts` ready posts."""
    dice = random.Random(20261121)
    accounts = "".join(f'[accounts.{name}]\nnetwork = "{name}"\n' for name in CHANNELS)
    (root / "leitstand.toml").write_text(f'format = 1\n[workspace]\nid = "bench"\ninterface = "en"\n{accounts}')
    (root / "mkdocs.yml").write_text(
        "site_name: Bench\ndocs_dir: guidelines\ntheme: material\nplugins: [search, leitstand]\n"
    )
    (root / "guidelines").mkdir()
    (root / "guidelines/index.md").write_text("# Handbook\n")
    for number in range(posts):
        moment = START + timedelta(hours=25 * number)
        folder = root / f"content/posts/{moment:%Y/%m}"
        folder.mkdir(parents=True, exist_ok=True)
        head = f"uid: {mint_uid(moment)}\ntitle: Post {number}\nstatus: ready\npublish: {moment:%Y-%m-%d %H:%M}\n"
        body = " ".join(dice.choices(WORDS, k=35))
        text = (
            f"---\n{head}channels: [{', '.join(CHANNELS)}]\n---\n{body} #Nr{number}\n\nhttps://example.com/{number}\n"
        )
        (folder / f"post-{number}.md").write_text(text, encoding="utf-8")


def measure(root: Path) -> dict[str, float]:
    """Build once; the figures of the child process."""
    environ = {
        **os.environ,
        "LEITSTAND_NOW": NOW,
        "LEITSTAND_STATE_DIR": str(root / "state"),
        "NO_MKDOCS_2_WARNING": "1",
    }
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-f", str(root / "mkdocs.yml")]
    subprocess.run(command, check=True, env=environ)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    pages = list((root / "site").rglob("*.html"))
    return {
        "cpu_seconds": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 2),
        "peak_mb": round(after.ru_maxrss / 1024, 1),
        "kb_a_page": round(sum(page.stat().st_size for page in pages) / len(pages) / 1024, 1),
        "search_mb": round((root / "site/search/search_index.json").stat().st_size / 1e6, 2),
        "pages": len(pages),
    }


def main() -> int:
    """Print the figures as JSON; with --strict, 1 when a budget is exceeded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--strict", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_workspace(root, options.posts)
        figures = measure(root)
    scale = max(1.0, options.posts / 1000)
    over = {name: most for name, most in BUDGET.items() if figures[name] > most * (scale if name != "kb_a_page" else 1)}
    print(json.dumps({"posts": options.posts, **figures, "over": over}))
    return 1 if over and options.strict else 0


if __name__ == "__main__":
    sys.exit(main())
