"""Search side by side: ours, Material's own (lunr in the reader's browser) and Pagefind, in one run and one Chromium.

    python benchmarks/searching.py --posts 1000 10000 --pagefind /path/to/venv/bin/python

Measured for each number of posts: CPU seconds to build the index (ours cold, with one post changed, and unchanged), its
size, and per question over localhost the bytes that a browser fetched and the milliseconds until five results were
there: cold, with nothing loaded, and warm, another question on the same page. For ours that is from the first key to
the list on the page; the others are asked through their own programs, without a page around them, and get the text of
five results.

`recall@5` is the share of the questions of ``tests/browser/search_gold.txt`` whose wanted page is among the first five
results over this repository's workspace. The weights of ours were chosen with these questions in sight; the others
have their defaults. Pagefind is a program of its own: ``pip install 'pagefind[bin]'`` into some venv and name its
Python; without, it is left out and named.
"""

from __future__ import annotations

import argparse
import http.server
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.corpus import NOW, texts  # the path has to be set before
from toolkit.pages.build.search.box import search_box
from toolkit.pages.build.search.documents import Document
from toolkit.pages.build.search.writing import make_index
from toolkit.pages.script import read_asset

ROOT: Final = Path(__file__).resolve().parents[1]
GOLD: Final = ROOT / "tests/browser/search_gold.txt"
QUESTIONS: Final = ("Fahrrad", "Honig Hafen", "Gewürz", "rösterei werk", "Fahrad Garten")
BUDGET: Final = {"cold_cpu": 5.0, "warm_cpu": 0.5, "bytes": 200_000, "first_ms": 150.0}  # ours, at 10,000 posts

_LUNR: Final = """async () => {
  const index = await (await fetch("/search_index.json")).json();
  window.worker = new Worker("/javascripts/workers/search.js");
  const told = (type) => new Promise((done) => {
    worker.addEventListener("message", function heard(event) {
      if (event.data.type === type) { worker.removeEventListener("message", heard); done(event.data.data); }
    });
  });
  const ready = told(1);
  worker.postMessage({ type: 0, data: { ...index, options: { suggest: false } } });
  await ready;
  window.ask = async (question) => {
    const answer = told(3);
    worker.postMessage({ type: 2, data: question });
    return (await answer).items.slice(0, 5).map((page) => page[0].location);
  };
}"""
_PAGEFIND: Final = """async () => {
  const pagefind = await import("/pagefind/pagefind.js");
  await pagefind.init();
  window.ask = async (question) => {
    const found = await pagefind.search(question);
    const shown = await Promise.all(found.results.slice(0, 5).map((one) => one.data()));
    return shown.map((one) => one.meta.location);
  };
}"""
_OURS: Final = """async () => {
  const { Index } = await import("/search/engine.js");
  const index = await Index.open(new URL("/search/", location));
  window.ask = async (question) => {
    const { groups } = await index.find(question);
    const shown = await Promise.all(groups.map((group, number) => group.hits(number ? 3 : 5)));
    return shown.flat().slice(0, 5).map((one) => one.location);
  };
}"""
# From a key to the list, as the page itself sees it.
_WATCH: Final = """() => {
  const results = document.querySelector("[data-search-results]");
  window.seen = [];
  new MutationObserver(() => { if (results.querySelector("a")) window.seen.push(performance.now()); }).observe(results, { childList: true });
  document.addEventListener("keydown", () => { window.pressed ??= performance.now(); }, true);
}"""


class Server(http.server.ThreadingHTTPServer):
    """Counts the bytes of what it sends."""

    sent = 0


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder quietly, over connections that stay open as those of real servers do."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # as real servers do; else each answer waits 40 ms for the browser's word
    server: Server

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's name
        pass

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """Send a file, and count it."""
        data = source.read()
        self.server.sent += len(data)
        outputfile.write(data)


@contextmanager
def serve(folder: Path) -> Iterator[tuple[str, Server]]:
    """Address and server of a folder."""
    with Server(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", server
        server.shutdown()


def posts(count: int) -> list[Document]:
    """The posts of the corpus as the site hands them to search."""
    return [
        Document(
            f"posts/{one.moment:%Y/%m}/post-{one.number}/", one.title, one.body, "", "posts", f"{one.moment:%Y-%m-%d}"
        )
        for one in texts(count)
    ]


def build_ours(folder: Path, documents: Sequence[Document]) -> dict[str, float]:
    """Write the index and a page with nothing but the field; what it cost."""
    cache = folder.with_name("cache")
    changed = [replace(documents[-1], text="Kakao im Speicher"), *documents[:-1]]
    found: dict[str, float] = {}
    for name, given in (("cold_cpu", documents), ("warm_cpu", changed), ("unchanged_cpu", changed)):
        before = time.process_time()
        index = make_index(given, cache)
        for path, data in index.items():
            file = folder / path
            if not file.is_file() or file.read_bytes() != data:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)
        found[name] = round(time.process_time() - before, 2)
    box = "".join(part.partition("%}")[2] or part for part in search_box().split("{%"))
    write(folder / "assets/leitstand.js", read_asset("scripts/search.js"))
    toggle = '<input type="checkbox" id="__search">'
    write(
        folder / "index.html",
        f'<!doctype html><html lang="de">{toggle}{box}<script src="assets/leitstand.js"></script>',
    )
    return {**found, "mb": round(sum(map(len, index.values())) / 1e6, 2), "files": len(index)}


def build_lunr(folder: Path, documents: Sequence[Document]) -> dict[str, float]:
    """Material's index as its plugin writes it for German, its worker and its languages."""
    spec = find_spec("material")
    assert spec is not None
    source = Path(spec.origin or "").parent / "templates/assets/javascripts"
    shutil.copytree(source / "lunr", folder / "javascripts/lunr")
    (folder / "javascripts/workers").mkdir()
    shutil.copy(next((source / "workers").glob("search.*.js")), folder / "javascripts/workers/search.js")
    fields = {"title": {"boost": 1000.0}, "text": {"boost": 1.0}, "tags": {"boost": 1000000.0}}
    config = {"lang": ["de"], "separator": r"[\s\-]+", "pipeline": ["stopWordFilter"], "fields": fields}
    there = {one.location for one in documents}
    heads = {one.location.partition("#")[0]: one for one in reversed(documents) if "#" in one.location}
    pages = [Document(page, one.context or one.title, "") for page, one in heads.items() if page not in there]
    docs = [
        {"location": one.location, "title": escape(one.title), "text": f"<p>{escape(one.text)}</p>"}
        for one in (*pages, *documents)
    ]
    write(folder / "search_index.json", json.dumps({"config": config, "docs": docs}, ensure_ascii=False))
    write(folder / "index.html", "<!doctype html>")
    return {"mb": round((folder / "search_index.json").stat().st_size / 1e6, 2), "files": 1}


def build_pagefind(folder: Path, documents: Sequence[Document], python: str) -> dict[str, float]:
    """One small page a document, as Pagefind wants them, and its index."""
    for number, one in enumerate(documents):
        meta = f'<p data-pagefind-meta="location" data-pagefind-ignore>{escape(one.location)}</p>'
        body = f'<h1 data-pagefind-weight="7">{escape(one.title)}</h1><p>{escape(one.context)} {escape(one.text)}</p>{meta}'
        write(
            folder / f"p/{number}.html",
            f'<!doctype html><html lang="de"><title>{escape(one.title)}</title><main>{body}</main>',
        )
    write(folder / "index.html", "<!doctype html>")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([python, "-m", "pagefind", "--site", str(folder)], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    files = [file for file in (folder / "pagefind").rglob("*") if file.is_file()]
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "cold_cpu": round(cpu, 2),
        "mb": round(sum(file.stat().st_size for file in files) / 1e6, 2),
        "files": len(files),
    }


def write(file: Path, text: str) -> None:
    """A file and its folders."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def race(browser: Browser, folder: Path, program: str) -> dict[str, object]:
    """Each question on a page of its own, and another on the same page."""
    cold, warm, sent = [], [], []
    for question, other in zip(QUESTIONS, (*QUESTIONS[1:], QUESTIONS[0]), strict=True):
        with serve(folder) as (address, server), opened(browser, address) as page:
            server.sent = 0
            before = time.perf_counter()
            page.evaluate(program)
            page.evaluate("ask(...arguments)".replace("...arguments", json.dumps(question)))
            cold.append((time.perf_counter() - before) * 1000)
            sent.append(server.sent)
            before = time.perf_counter()
            page.evaluate(f"ask({json.dumps(other)})")
            warm.append((time.perf_counter() - before) * 1000)
    return {
        "cold_ms": worst(cold),
        "warm_ms": worst(warm),
        "bytes": max(sent),
        "median_bytes": sorted(sent)[len(sent) // 2],
    }


def race_typing(browser: Browser, folder: Path) -> dict[str, object]:
    """From the first key in the field to a list on the page."""
    first = []
    for question in QUESTIONS:
        with serve(folder) as (address, _server), opened(browser, address) as page:
            page.evaluate(_WATCH)
            page.locator("input[name=query]").focus()
            page.keyboard.press(question[0])
            page.locator("[data-search-results] a").first.wait_for(state="attached")
            first.append(page.evaluate("window.seen[0] - window.pressed"))
    return {"first_ms": worst(first)}


@contextmanager
def opened(browser: Browser, address: str) -> Iterator[Page]:
    """A page of a browser that has nothing of it yet."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def worst(times: Sequence[float]) -> float:
    """The slowest, in milliseconds."""
    return round(max(times), 1)


def recall(browser: Browser, folder: Path, program: str) -> dict[str, float]:
    """The share of the gold questions whose wanted page is among the first five, German and English apart."""
    german, english = GOLD.read_text(encoding="utf-8").split("# --- English")
    with serve(folder) as (address, _server), opened(browser, address) as page:
        page.evaluate(program)
        return {name: share(page, part) for name, part in (("de", german), ("en", english))}


def share(page: Page, part: str) -> float:
    """The share of the questions in `part` that find what is wanted."""
    wanted = [line.split("|") for line in part.splitlines() if "|" in line]
    met = 0
    for question, pages in wanted:
        shown = page.evaluate(f"ask({json.dumps(question.strip())})")
        met += bool({one.partition("#")[0] for one in shown} & {one.strip() for one in pages.split(",")})
    return round(met / len(wanted), 3)


def sample(folder: Path) -> list[Document]:
    """The documents of this repository's workspace, as its German site has them."""
    state = ROOT / ".leitstand/demo"  # as `make demo` leaves it; pages of key figures stand there only with its numbers
    environ = {**os.environ, "LEITSTAND_NOW": NOW, "LEITSTAND_STATE_DIR": str(state), "LEITSTAND_LANG": "de"}
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "-q",
        "-f",
        str(ROOT / "mkdocs.yml"),
        "-d",
        str(folder / "site"),
    ]
    subprocess.run(command, check=True, env={**environ, "NO_MKDOCS_2_WARNING": "1"})
    about = json.loads((folder / "site/search/index.json").read_bytes())
    groups = [about["groups"][number][0] for number in about["blocks"]]
    found = []
    for file in sorted((folder / "site/search/texts").iterdir()):
        group = groups[int(file.name.split("-")[0])]
        found += [
            Document(at, title, text, on, group, day) for at, title, on, day, text in json.loads(file.read_bytes())
        ]
    return found


def compare(
    browser: Browser, documents: Sequence[Document], python: str, judge: Callable[..., dict[str, Any]]
) -> dict[str, Any]:
    """Ours, lunr and Pagefind over the same documents."""
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as name:
        ours, lunr, pagefind = (Path(name) / one for one in ("ours", "lunr", "pagefind"))
        built = build_ours(ours, documents)
        found["ours"] = {**built, **judge(browser, ours, _OURS)}
        if judge is race:
            found["ours"] |= race_typing(browser, ours)
        lunr.mkdir()
        built = build_lunr(lunr, documents)
        found["lunr"] = {**built, **judge(browser, lunr, _LUNR)}
        if python:
            built = build_pagefind(pagefind, documents, python)
            found["pagefind"] = {**built, **judge(browser, pagefind, _PAGEFIND)}
        else:
            found["pagefind"] = "left out: name a Python that has it with --pagefind"
    return found


def main() -> int:
    """Print the figures as JSON; with --strict, 1 when ours exceeds its budget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, nargs="+", default=[1000])
    parser.add_argument("--pagefind", default="", metavar="PYTHON")
    parser.add_argument("--no-recall", action="store_true")
    parser.add_argument("--strict", action="store_true")
    options = parser.parse_args()
    found: dict[str, Any] = {}
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as name:
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for count in options.posts:
            found[str(count)] = compare(browser, posts(count), options.pagefind, race)
        if not options.no_recall:
            found["recall@5"] = compare(browser, sample(Path(name)), options.pagefind, recall)
        browser.close()
    over = {
        f"{name} at {count}": found[str(count)]["ours"][name]
        for count in options.posts
        for name, most in BUDGET.items()
        if found[str(count)]["ours"][name] > most
    }
    print(json.dumps({**found, "over": over}, indent=1, ensure_ascii=False))
    return 1 if over and options.strict else 0


if __name__ == "__main__":
    sys.exit(main())
