"""The site of a workspace in which every word that people write is an attack: opened page by page in a real browser."""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import quote

import pytest
import yaml
from nbformat import NotebookNode, from_dict

from tests.browser.attacks import ATTACKS, ELSEWHERE, MARKUP, WRITABLE
from tests.browser.conftest import NOW, ROOT, QuietHandler, Visit, serve
from tests.browser.strangers import (
    HIDDEN,
    SHOWN,
    declare_incident,
    import_figures,
    seen,
    write_history,
    write_inbox,
    write_ledger,
    write_manifest,
)
from toolkit.reports.page import Page as ReportPage
from toolkit.reports.page import make_page
from toolkit.research.published import Published, file_published

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog

pytestmark = pytest.mark.browser

# Whatever of it runs, it is seen: also what overwrites something that the theme's script uses.
WATCH = """
window.hits = [];
window.hit = number => window.hits.push(number);
for (const name of ["alert", "confirm", "prompt", "open"]) window[name] = () => window.hits.push(name);
"""
HITS = "Array.isArray(window.hits) ? window.hits : ['overwritten']"
# Rules' names, dates, references and addresses; everything with a space in it is words of people.
_WORDS = re.compile(r"[^\d\W].* ")
_FRONT = re.compile(r"(?s)\A---\n(.*?)\n---\n")
_FENCE = re.compile(r"(?ms)^```(?:rule|voice|times|swap|priority|intent)\n(.*?)^```$")
# By what an attack is known where it stands, also in an address.
_MARK = re.compile(
    r"hit(?:\(|%28)\d+|evil\.example[/\w.]*|__config|getElementById|__md_scope|id=hit|7\*7|import '|--8|:::"
    r"|\[TOC\]|wzxhzdk|lsMark0\w+"
)
_ELSEWHERE = ELSEWHERE.removeprefix("https://")
_CLASSES = re.compile(r'class="([^"]*)"')
_ATTRIBUTES = re.compile(r'([\w-]+)="')
Place = tuple[str, str, str]  # kind of page, place on it, mark
# What is made from the program, and posts of other months: more of the same.
LEFT_OUT = ("referenz", "anleitung", "09", "10", "11")


class Loader(yaml.SafeLoader):
    """Leaves moments as they are written."""


class Dumper(yaml.SafeDumper):
    """Writes them back as they were."""


for one in (Loader, Dumper):
    one.yaml_implicit_resolvers = {
        letter: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
        for letter, found in one.yaml_implicit_resolvers.items()
    }


@dataclass
class Poisoner:
    """Puts the next attack wherever words stand."""

    attacks: Iterator[str]
    places: int = 0

    def words(self, said: str) -> str:
        self.places += 1
        return f"{said} {next(self.attacks)}"

    def tree(self, value: object, key: str = "") -> object:
        """Every text with words in what YAML or JSON made of a file."""
        if isinstance(value, dict):
            return {name: self.tree(inner, str(name)) for name, inner in value.items()}
        if isinstance(value, list):
            return [self.tree(inner, key) for inner in value]
        wordy = isinstance(value, str) and (key == "title" or _WORDS.match(value)) and key not in {"publish", "hash"}
        return self.words(str(value)) if wordy else value

    def yaml(self, text: str) -> str:
        return yaml.dump(self.tree(yaml.load(text, Loader)), Dumper=Dumper, allow_unicode=True, sort_keys=False)

    def markdown(self, text: str, *, body: bool) -> str:
        """Front matter, our own blocks, and the `body` where it is not reviewed HTML."""
        text = _FRONT.sub(lambda found: f"---\n{self.yaml(found[1])}---\n", text)
        text = _FENCE.sub(lambda found: found[0].replace(found[1], self.yaml(found[1])), text)
        return f"{text}\n\n{self.words('Text')}\n\n{next(self.attacks)}\n" if body else text


def poison(root: Path) -> int:
    """Everything in the workspace; returns in how many places."""
    poisoner = Poisoner(itertools.cycle(WRITABLE))
    for path in sorted((*root.glob("content/**/*.md"), *root.glob("guidelines/**/*.md"))):
        body = path.is_relative_to(root / "content")
        path.write_text(poisoner.markdown(path.read_text("utf-8"), body=body), "utf-8")
    for path in sorted(root.glob("content/**/*.yml")):
        path.write_text(poisoner.yaml(path.read_text("utf-8")), "utf-8")
    tokens = root / "guidelines/tokens.json"
    tokens.write_text(json.dumps(poisoner.tree(json.loads(tokens.read_text("utf-8")))), "utf-8")
    settings = root / "leitstand.toml"
    named = re.compile(r'(?m)^(name|title) = "(.*)"$')
    said = named.sub(lambda found: f"{found[1]} = {json.dumps(poisoner.words(found[2]))}", settings.read_text("utf-8"))
    settings.write_text(said, "utf-8")
    _add_posts(root)
    return poisoner.places


def _add_posts(root: Path) -> None:
    """One for each attack, with it in title, text, alternative text, label, and in the names of its picture and file."""
    for number, attack in enumerate(ATTACKS):
        name = re.sub(r"[/\x00]", "", attack)[:60]
        picture = f"{number} {name}.png"
        shutil.copyfile(ROOT / "content/media/logo.png", root / "content/media" / picture)
        front = {
            "uid": f"01M7A000000000000000000{number:03}"[:26],
            "title": attack.replace("\x00", ""),
            "author": "jule",
            "status": "ready",
            "publish": f"2026-12-{number % 28 + 1:02} {number % 12 + 8:02}:00",
            "channels": ["mastodon", "bluesky", "newsletter", *(["linkedin"] if number % 4 == 0 else [])],
            "labels": [attack.replace("\x00", "")],
            "media": [{"file": f"media/{picture}", "alt": attack.replace("\x00", "")}],
        }
        path = root / "content/posts/2026/12" / f"{number} {name}.md"
        text = f"---\n{yaml.dump(front, allow_unicode=True, Dumper=Dumper)}---\n{attack}\n\n# {attack}\n\n> {attack}\n"
        path.write_text(text, "utf-8")


def write_reports(state: Path) -> None:
    """One that the toolkit makes of a notebook that says it all, and one that something else put there."""
    every = "\n".join(ATTACKS)
    svg = f"<svg xmlns='http://www.w3.org/2000/svg'>{''.join(MARKUP)}</svg>"
    shown = {"text/html": every, "text/markdown": every, "text/plain": every, "image/svg+xml": svg}
    outputs: list[dict[str, object]] = [
        {"output_type": "display_data", "metadata": {"alt": MARKUP[8], "caption": MARKUP[0]}, "data": {kind: said}}
        for kind, said in shown.items()
    ]
    outputs += [{"output_type": "stream", "name": "stdout", "text": every}]
    outputs += [{"output_type": "error", "ename": one, "evalue": one, "traceback": []} for one in MARKUP]
    code = {"cell_type": "code", "id": "c", "metadata": {}, "source": "1", "execution_count": 1, "outputs": outputs}
    prose = [{"cell_type": "markdown", "id": f"m{at}", "metadata": {}, "source": one} for at, one in enumerate(ATTACKS)]
    read: Callable[[object], NotebookNode] = from_dict
    notebook = read({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [code, *prose]})
    words = ReportPage(
        "de", MARKUP[0], MARKUP[5], MARKUP[8], MARKUP[12], MARKUP[40], "", (MARKUP[9],), (("a", MARKUP[3]),)
    )
    reports = {
        "monthly": make_page(notebook, words),
        "foreign": f"<title>{MARKUP[0]}</title>{''.join(ATTACKS)}",
    }
    for name, html in reports.items():
        page = state / f"reports/{name}/2026-10/index.html"
        page.parent.mkdir(parents=True)
        page.write_text(html, "utf-8")


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site."""
    root, state = tmp_path_factory.mktemp("poisoned") / "workspace", tmp_path_factory.mktemp("state")
    for name in ("content", "guidelines"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns(*LEFT_OUT))
    shutil.copy(ROOT / "leitstand.toml", root)
    assert poison(root) > 500
    now = datetime.fromisoformat(NOW)
    write_reports(state)
    write_manifest(state / "reports/monthly/2026-10")
    write_inbox(root, state, now)
    write_ledger(root, state, now)
    import_figures(root, state, now)
    declare_incident(root, now)
    write_history(root, now)
    published = [
        Published(
            one, f"{number}", "topic", one, one if number % 2 else f"https://blatt.example/{number}", now, one, "de"
        )
        for number, one in enumerate(ATTACKS)
    ]
    file_published(state, published, now)
    return build(root, state, tmp_path_factory.mktemp("site"))


class Handler(QuietHandler):
    """Keeps its connections and lets what every page loads be kept: only the pages themselves are new."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer waits for the browser's word that it has the last one

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()


class Elsewhere(QuietHandler):
    """All other servers: notes what reaches them and says no.

    A route of the browser's driver would be asked about every file of ours, too, and let none of them be kept.
    """

    asked: ClassVar[list[str]] = []

    def handle_one_request(self) -> None:
        line = self.rfile.readline(65_537).decode("latin-1").strip()
        if _ELSEWHERE in line:  # browsers have business of their own with their makers
            self.asked.append(line)
        with suppress(OSError):  # who asked may have gone already
            self.wfile.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        self.close_connection = True


def choose(folder: Path) -> list[Path]:
    """Pages on which every attack stands in every place where it stands on any page of that kind, and one of each kind.

    Pages are of one kind when they lie equally deep below the same folder. A place is an element by name and classes, or
    an attribute of it: one template wrote it, and wrote it alike on the others.
    """
    places = {
        path: frozenset(_places(path.relative_to(folder), path.read_text("utf-8"))) for path in folder.rglob("*.html")
    }
    found: list[Path] = []
    covered: set[Place] = set()
    for path in sorted(places, key=lambda one: (-len(places[one]), one)):
        if places[path] - covered:
            covered |= places[path]
            found.append(path)
    return found


def _places(name: Path, html: str) -> Iterator[Place]:
    kind = f"{name.parts[0]} {len(name.parts)}"
    yield kind, "", ""
    for mark in _MARK.finditer(html):
        before = html[html.rfind("<", 0, mark.start()) + 1 : mark.start()]
        tag, classes = before.partition(" ")[0].partition(">")[0], _CLASSES.search(before)
        attribute = "" if ">" in before else (_ATTRIBUTES.findall(before) or [""])[-1]
        yield kind, f"{tag[:12]} {classes[1] if classes else ''} {attribute}", mark[0]


def open_all(chromium: Browser, folder: Path) -> tuple[list[str], list[str]]:
    """Page by page: what ran or was asked of others, and what the browser complained of besides."""
    reached: list[str] = []
    ran: list[str] = []
    said: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        ran.append(dialog.message)
        dialog.dismiss()

    Elsewhere.asked = reached
    with serve(folder, Handler) as address, serve(folder, Elsewhere) as elsewhere:
        context = chromium.new_context(proxy={"server": elsewhere, "bypass": "127.0.0.1"})
        context.add_init_script(WATCH)
        window = Visit(context.new_page(), address)
        window.listen()
        window.page.on("dialog", dismiss)
        for path in choose(folder):
            name = path.relative_to(folder).as_posix()
            window.page.goto(address + quote(name))
            hits = window.page.evaluate(HITS)
            for frame in window.page.frames[1:]:  # has a process of its own, which may be behind the page's
                frame.wait_for_load_state()
                hits += frame.evaluate(HITS)
            ran += [f"{name}: {one}" for one in (*hits, *reached)]
            said += [f"{name}: {one}" for one in window.complaints]
            window.complaints.clear()
            reached.clear()
            assert window.page.url.startswith(address), f"{name} leads away"
        context.close()
    return ran, said


def build(root: Path, state: Path, folder: Path) -> Path:
    """The workspace's site in `folder`; warnings about links that lead nowhere are as they should be."""
    (root / "mkdocs.yml").write_text(
        "site_name: P\ndocs_dir: guidelines\ntheme: material\nplugins: [search, leitstand]\n"
    )
    environ = {**os.environ, "LEITSTAND_NOW": NOW, "LEITSTAND_STATE_DIR": str(state), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(root / "mkdocs.yml"), "-d", str(folder)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environ, timeout=300, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return folder


def test_what_runs_and_what_asks_is_seen(chromium: Browser, tmp_path: Path) -> None:
    """A page with the attacks as they are and no policy: those that run are counted, and what they ask of others arrives."""
    for number, attack in enumerate(MARKUP[:7]):
        (tmp_path / f"{number}.html").write_text(f"<!doctype html><title>x</title>{attack}", "utf-8")
    ran, _said = open_all(chromium, tmp_path)
    assert {"0.html: 1", "5.html: 5"} <= set(ran)
    assert len([one for one in ran if _ELSEWHERE in one]) >= 2


def test_no_attack_gets_through(chromium: Browser, poisoned: Path) -> None:
    """Every page with every attack in every field: nothing runs, nothing is asked of others, and no policy had to stop it."""
    text = "".join(path.read_text("utf-8") for path in poisoned.rglob("*.html"))
    assert [field for field in SHOWN if seen(field) not in text] == [], "nobody would see an attack there"
    assert [field for field in HIDDEN if seen(field) in text] == [], "what people write to us is on no page"
    ran, said = open_all(chromium, poisoned)
    assert ran == []
    [foreign] = (poisoned / "reports/foreign").rglob("index.html")
    assert '<iframe sandbox=""' in foreign.read_text("utf-8"), "a report that was not made here"
    name = foreign.relative_to(poisoned).as_posix()
    assert sorted(one for one in set(said) if not one.startswith(name)) == [], "elsewhere there is nothing to stop"


def test_html_of_the_handbook_neither_runs_nor_loads(chromium: Browser, tmp_path: Path) -> None:
    """What reviewers let into the handbook stays where it is: shown, but without scripts, handlers and anything from outside."""
    root = tmp_path / "workspace"
    (root / "guidelines").mkdir(parents=True)
    settings = 'format = 1\n[workspace]\nid = "p"\nname = "P"\ntimezone = "Europe/Berlin"\nlanguages = ["de"]\n'
    (root / "leitstand.toml").write_text(settings)
    for number, attack in enumerate(ATTACKS):
        text = f"# T {attack}\n\n{attack}\n\n## S {attack}\n\nText {attack}\n"
        (root / f"guidelines/a{number}.md").write_text(text)
    ran, said = open_all(chromium, build(root, tmp_path / "state", tmp_path / "site"))
    assert ran == []
    assert any("Content Security Policy" in one for one in said), "the policy is what stops it"
