"""What the rules about words cost where nothing is wrong: CPU microseconds per post and rule, first and second time.

    python benchmarks/writing.py --posts 1000

The texts are sentences of the shipped demo, put together from a seed, so that words repeat as they do in real feeds.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from toolkit.garbage import without_collection
from toolkit.lint.rule import View
from toolkit.lint.rules import RULES
from toolkit.workspace import load_workspace

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
MEASURED = (
    "sponsored", "spelling", "address", "gender-form", "abbreviation", "readability", "emoji", "fancy-letters",
    "invisible-characters", "homoglyph-domain",
)  # fmt: skip
BUDGET = 200.0  # microseconds per post for all of them, the second time
SENTENCES = (
    "Hinter Tür 1 wartet der Winterkaffee.",
    "Die nächste Lieferung ist am Dienstag.",
    "Schmeckt nach Kakao, Walnuss und ein wenig nach Regen.",
    "Wir haben 83 Bestellungen in große Kartons gepackt.",
    "Gestern saßen elf Menschen um neun Tassen ohne Namen.",
    "Der Mindestbestand ist ab heute doppelt so hoch.",
    "250 g für 10,90 € (43,60 €/kg), zzgl. Versand.",
    "Abholen geht schneller: Dein Paket liegt zwei Stunden später bereit.",
    "Wer heute bestellt, bekommt sein Paket am Montag.",
    "Mahle den Kaffee so fein wie Salz und gieße langsam auf.",
    "Acht Plätze sind noch frei.",
    "Danke für den Kommentar, er hängt jetzt am Packtisch.",
)
SETTINGS = """format = 1
[workspace]
id = "writing"
languages = ["de", "en"]
[accounts.mastodon]
network = "mastodon"
[accounts.bluesky]
network = "bluesky"
[accounts.linkedin]
network = "linkedin"
[check.address]
de = "du"
[check.gender-form]
form = "colon"
"""


def write_workspace(root: Path, posts: int, seed: int) -> None:
    """A workspace with `posts` posts of three to six sentences, a link and a hashtag."""
    generator = random.Random(seed)
    (root / "leitstand.toml").write_text(SETTINGS, encoding="utf-8")
    folder = root / "content/posts"
    folder.mkdir(parents=True)
    for index in range(posts):
        text = " ".join(generator.sample(SENTENCES, generator.randint(3, 6)))
        end = f"[Zum Shop](https://example.com/{index}) #Kaffee"
        head = "---\nchannels: [mastodon, bluesky, linkedin]\nlanguage: de\n---\n"
        (folder / f"post-{index:05}.md").write_text(f"{head}{text}\n\n{end}\n", encoding="utf-8")


def run(root: Path, posts: int, seed: int) -> dict[str, float]:
    """Write a workspace and measure it, as a check does it: without the cycle collector."""
    root.mkdir()
    write_workspace(root, posts, seed)
    with without_collection():
        return measure(root)


def measure(root: Path) -> dict[str, float]:
    """CPU microseconds per post of every rule, and of finding the texts."""
    workspace = load_workspace(root)
    view = View(workspace, NOW)
    figures, posts = {}, len(workspace.posts)
    start = time.process_time()
    for post in view.posts:
        view.passages(post)
    figures["(texts)"] = (time.process_time() - start) / posts * 1e6
    for name in MEASURED:
        rule = RULES[name]
        start = time.process_time()
        found = list(rule.check_all(view)) if rule.check_all else []
        if rule.check_post:
            found += [problem for post in view.posts for problem in rule.check_post(post, view)]
        figures[name] = (time.process_time() - start) / posts * 1e6
        if found:
            sys.exit(f"nothing should be wrong, but: {found[0]}")
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--strict", action="store_true", help="fail when the second time is over the budget")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        # Other texts the second time: only words are known by then.
        first, second = (run(Path(folder) / str(seed), chosen.posts, seed) for seed in (chosen.seed, chosen.seed + 1))
    for name in first:
        sys.stdout.write(f"{name:<22}{first[name]:>9.1f}{second[name]:>9.1f}\n")
    total = sum(second.values())
    sys.stdout.write(f"{'all, µs per post':<22}{sum(first.values()):>9.1f}{total:>9.1f}\n")
    if chosen.strict and total > BUDGET:
        sys.exit(f"over budget: {total:.0f} µs > {BUDGET:.0f} µs")


if __name__ == "__main__":
    main()
