"""What people outside are given: words are planted in everything internal, and every file of their site is searched for them."""

from __future__ import annotations

import gzip
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from toolkit.approval import content_hash
from toolkit.ledger import ApprovalRow, PauseRow, Planned, account_key, add_approval, ledger_path, open_ledger
from toolkit.workspace import load_workspace

ROOT = Path(__file__).parents[3]
NOW = datetime.fromisoformat("2026-11-21T12:00+01:00")
CONFIG = "site_name: Nordlicht\ndocs_dir: guidelines\ntheme: material\nplugins:\n  - search\n  - leitstand: {audience: partner}\n"
HASH = "sha256:" + "0" * 64


class Planting:
    """Changes files of a workspace so that each internal thing says a word that stands nowhere else."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.words: dict[str, str] = {}

    def word(self, about: str) -> str:
        """A new word; search engines, stemmers and URLs leave it as it is."""
        return self.words.setdefault(about, f"zqleak{len(self.words):03}x")

    def add(self, path: str, text: str) -> None:
        """A new file, or more at the end of one."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as stream:
            stream.write(text)

    def change(self, path: str, pattern: str, replacement: str) -> None:
        """The first place in a file that looks like `pattern`."""
        file = self.root / path
        text, count = re.subn(pattern, replacement, file.read_text(encoding="utf-8"), count=1)
        assert count, f"{path} has no {pattern}"
        file.write_text(text, encoding="utf-8")


def plant(planting: Planting) -> None:
    """In ideas, playbooks, people, plans, rules' findings, decisions, settings and whatever else stands in the workspace."""
    word, add, change = planting.word, planting.add, planting.change
    for person in ("jule", "tarek", "wiebke", "mai", "henrike", "bashir"):
        change("leitstand.toml", f'email = "{person}@', f'email = "{word(f"e-mail of {person}")}@')
    add("leitstand.toml", f'\n[people.extra]\nname = "{word("a person without a task")}"\nroles = ["manager"]\n')
    for path in sorted((planting.root / "content/ideas").glob("*.md")):
        name = path.relative_to(planting.root).as_posix()
        change(name, "title: ", f"title: {word(f'title of {name}')} ")
        add(name, word(f"text of {name}"))
    for folder in ("content/experiments", "guidelines/crisis", "guidelines/briefings"):
        for path in sorted((planting.root / folder).glob("*.md")):
            if path.stem != "index":
                name = path.relative_to(planting.root).as_posix()
                add(name, f"\n\n## Kontakt\n\n{word(f'text of {name}')}\n")
    add(
        "guidelines/krise.md", f"\n{word('a page that says internal')}\n\n![{word('alt of its picture')}](intern.png)\n"
    )
    shutil.copyfile(planting.root / "content/media/logo.png", planting.root / "guidelines/intern.png")
    with (planting.root / "guidelines/intern.png").open("ab") as picture:
        picture.write(word("picture of an internal page").encode())
    add("guidelines/stimme.md", f"\n<!-- {word('comment in the handbook')} -->\n")
    add("guidelines/words.txt", f"\n{word('word list')}\n")
    # Not in tokens.json: that file is made to be taken away, and its descriptions go with it.
    strategy = "guidelines/strategy.md"
    change(strategy, "for: Fotos und Zeichnungen", f"for: {word('budget')}")
    change(strategy, "amount: 3600", "amount: 7654321")
    change(strategy, 'why: "postet doppelt', f'why: "{word("competitor")}')
    change(strategy, 'summary: "', f'summary: "{word("decision")} ')
    campaign = "content/campaigns/advent-2026.md"
    change(campaign, "risk: Paketdienste", f"risk: {word('risk')} Paketdienste")
    change(campaign, "target: 31000", "target: 8765432")
    add(campaign, f"\n<!-- {word('comment in a campaign')} -->\n")
    change("content/occasions/haus.yml", 'note: "', f'note: "{word("note of an occasion")} ')
    add("content/pause.yml", PAUSE.format(reason=word("reason of a pause"), owner="extra"))
    add(
        "content/posts/2026/12/geplant.md",
        POST.format(comment=word("comment in front matter"), hash=HASH),
    )
    add("content/media/frei.jpg", "")
    planting.words["sum of a budget"], planting.words["target of a campaign"] = "7654321", "8765432"


PAUSE = """\
pauses:
  - {{scope: channel:x, reason: "{reason}", owner: {owner}}}
"""
POST = """\
---
# {comment}
uid: 01M7A009QWNWMPF6BXE42F6XZZ
title: Geplant
author: jule
status: ready
publish: 2026-12-22 11:00
channels: [mastodon, linkedin]
language: de
idea: 01M6QJ2W8ZC5V4R7N1T0KX3BDA
approved:
  - {{by: extra, at: 2026-11-20T10:00:00+01:00, hash: "{hash}"}}
---
Ein Beitrag, den die Agentur sehen darf. <!-- das ist Text -->
"""


def write_state(root: Path, state: Path, planting: Planting) -> None:
    """A ledger with a failure, a hold and a refusal; a report, numbers, research."""
    word = planting.word
    (state / "reports/monthly/2026-10").mkdir(parents=True)
    (state / "reports/monthly/2026-10/index.html").write_text(f"<title>{word('report')}</title>")
    for path in ("research/trends.json", "metrics/x.json", "inbox.json"):
        (state / path).parent.mkdir(parents=True, exist_ok=True)
        (state / path).write_text(f'{{"said": "{word(path)}"}}')
    workspace = load_workspace(root)
    post = next(one for one in workspace.posts if one.title == "Geplant")
    account = workspace.settings.accounts["mastodon"]
    planned = Planned(
        uid=post.uid, occurrence="", account_id=account_key(account), account=account.name, network=account.network,
        path=post.path, due=NOW, wall="2026-12-22 11:00:00", zone="Europe/Berlin", tzdata="2026a",
    )  # fmt: skip
    with open_ledger(ledger_path(state), now=NOW) as ledger:
        ledger.bind([(account_key(account), account.name, account.network)], NOW)
        ledger.plan([planned], NOW)
        row = next(iter(ledger.rows()))
        ledger.note(row, NOW, word("reason of a row"))
        ledger.add_pause(PauseRow(0, "campaign", "advent-2026", word("reason of a hold"), "extra", NOW, None))
        no = ApprovalRow(
            uid=post.uid,
            person="wiebke",
            at=NOW,
            hash=content_hash(post, workspace),
            granted=False,
            note=word("note of a refusal"),
        )
        add_approval(ledger, no)


def texts(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file with its bytes, and what packed files hold."""
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        name, data = path.relative_to(folder).as_posix(), path.read_bytes()
        yield name, name.encode() + b"\n" + data
        if data[:2] == b"\x1f\x8b":
            yield f"{name} unpacked", gzip.decompress(data)
        if data[:2] == b"PK":
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                yield from ((f"{name}:{one}", packed.read(one)) for one in packed.namelist())


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Planting]:
    """The repository's own workspace with its words, and its state."""
    root, state = tmp_path_factory.mktemp("brand") / "workspace", tmp_path_factory.mktemp("state")
    root.mkdir()
    for name in ("content", "guidelines", "leitstand.toml"):
        source = ROOT / name
        shutil.copytree(source, root / name) if source.is_dir() else shutil.copy(source, root / name)
    planting = Planting(root)
    plant(planting)
    write_state(root, state, planting)
    commit(root, planting)
    return root, state, planting


def commit(root: Path, planting: Planting) -> None:
    """Who changed what, and why, is the house's own as well."""
    who = {"GIT_AUTHOR_NAME": planting.word("name of an author"), "GIT_AUTHOR_EMAIL": "a@example.com"}
    who |= {"GIT_COMMITTER_NAME": "x", "GIT_COMMITTER_EMAIL": "c@example.com"}
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", planting.word("sentence of a commit")]):
        subprocess.run(["git", *command], cwd=root, env={**os.environ, **who}, check=True, timeout=60)


def run(root: Path, state: Path, *command: str) -> None:
    environ = {
        **os.environ, "LEITSTAND_STATE_DIR": str(state), "LEITSTAND_NOW": NOW.isoformat(), "NO_MKDOCS_2_WARNING": "1",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=root,
        env=environ,
        check=False,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr


def leaks(folder: Path, planting: Planting) -> list[str]:
    """What stands where."""
    found = {word.encode(): about for about, word in planting.words.items()}
    pattern = re.compile(b"|".join(found))
    said = sorted({f"{found[hit]}: {name}" for name, data in texts(folder) for hit in pattern.findall(data)})
    print(*said, sep="\n")
    return said


def test_people_outside_get_nothing_internal(planted: tuple[Path, Path, Planting], tmp_path: Path) -> None:
    """No planted word is in any file of the built site: no page, index, sitemap, style sheet, feed, picture or archive."""
    root, state, planting = planted
    (root / "mkdocs.yml").write_text(CONFIG)
    run(root, state, "mkdocs", "build", "--strict", "-q", "-d", str(tmp_path / "site"))
    assert (tmp_path / "site/posts/2026/12/geplant/index.html").is_file()
    assert leaks(tmp_path / "site", planting) == []


def test_the_staged_folder_has_nothing_internal(planted: tuple[Path, Path, Planting], tmp_path: Path) -> None:
    """Nor the Markdown that other builders are given, some of which hand sources out."""
    root, state, planting = planted
    run(root, state, "toolkit", "stage", str(tmp_path / "staged"), "--partner")
    assert leaks(tmp_path / "staged", planting) == []


def test_the_words_would_be_found(planted: tuple[Path, Path, Planting], tmp_path: Path) -> None:
    """The team's own site says most of them: what the search looks for is really there to be found."""
    root, state, planting = planted
    run(root, state, "toolkit", "stage", str(tmp_path / "staged"))
    said = {one.partition(":")[0] for one in leaks(tmp_path / "staged", planting)}
    missing = sorted(planting.words.keys() - said)
    assert len(said) > 40, missing
