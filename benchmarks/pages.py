"""What building the site costs: CPU seconds, megabytes and kilobytes a page, for many posts on four channels.

    python benchmarks/pages.py --posts 1000 --strict

Posts are generated from a seed, 25 hours apart, and built by MkDocs with search, strictly, in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.corpus import NOW, write_workspace  # the path has to be set before

# For 1,000 posts.
BUDGET = {"cpu_seconds": 8.0, "peak_mb": 300.0, "kb_a_page": 60.0}


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
        "search_mb": round(sum(file.stat().st_size for file in (root / "site/search").rglob("*.*")) / 1e6, 2),
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
