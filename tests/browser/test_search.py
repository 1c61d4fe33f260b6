from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.axe import violations
from tests.browser.conftest import NOW, ROOT, Visit, serve
from toolkit.pages.build.search.box import search_box
from toolkit.pages.build.search.documents import Document
from toolkit.pages.build.search.words import fold, words_of
from toolkit.pages.build.search.writing import make_index
from toolkit.pages.script import read_asset

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

pytestmark = pytest.mark.browser

GOLD = Path(__file__).with_name("search_gold.txt")
# Where the shown results of a group stand, as one list.
SHOWN = ".ls-hits a"
ASK = """async ([base, question]) => {
  const { Index } = await import(base + "search/engine.js");
  const index = (window.index ||= await Index.open(base + "search/"));
  const found = await index.find(question);
  const groups = await Promise.all(found.groups.map((group, number) => group.hits(number ? 3 : 5)));
  return { total: found.total, hits: groups.flat() };
}"""
WORDS = """async ([base, texts]) => {
  const { fold, wordsOf } = await import(base + "search/words.js");
  return texts.map((text) => [fold(text), wordsOf(text)]);
}"""
ODD = (
    "Käse", "Ka\u0308se", "Kaese", "STRASSE", "Straße", "neue", "Steuer", "Quelle", "ueue", "E-Mail", "Kund*innen", "engagement_rate",
    "geht's", "#GuterKaffee2", "#ÄhmJa", "Kaffee\u00adtüte", "İstanbul", "ΚΡΊΣΗ", "日本語", "ﬁn", "x\u0301", "㎏", "½", "a-b-c-d-e-f",
    "__proto__", "\u2013", "10,90", "https://example.com/a_b", "😀Moin", "Ǆ", "ẞ",
)  # fmt: skip


def build(folder: Path, language: str) -> None:
    """The site of this repository's workspace in a language, as if it had no state."""
    environ = {
        **os.environ,
        "LEITSTAND_NOW": NOW,
        "LEITSTAND_STATE_DIR": str(folder / ".state"),
        "LEITSTAND_LANG": language,
    }
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(ROOT / "mkdocs.yml"), "-d", str(folder)]
    subprocess.run(command, check=True, capture_output=True, env={**environ, "NO_MKDOCS_2_WARNING": "1"}, timeout=300)


def ask(window: Visit, question: str) -> tuple[int, list[dict[str, Any]]]:
    """How many results there are, and those that are shown at first."""
    found = window.page.evaluate(ASK, [window.address, question])
    return found["total"], found["hits"]


def type_in(window: Visit, question: str) -> None:
    """Ask as a person does, and wait for the answer."""
    window.page.keyboard.press("/")
    window.page.keyboard.type(question)
    answered(window, question)


def answered(window: Visit, question: str) -> None:
    """Wait for the answer to what stands in the field."""
    window.page.locator(f"[data-answered={json.dumps(question)}]").wait_for(state="attached")


def text_of(pieces: list[dict[str, Any]]) -> str:
    return "".join(piece["text"] for piece in pieces)


@pytest.fixture
def shelf(tmp_path: Path, chromium: Browser) -> Iterator[Callable[[list[Document]], Visit]]:
    """A page with nothing but the field, over documents of the test's own."""
    opened: list[Visit] = []

    def lay_out(documents: list[Document]) -> Visit:
        for path, data in make_index(documents, tmp_path / "cache").items():
            file = tmp_path / "site" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        box = "".join(part.partition("%}")[2] or part for part in search_box().split("{%"))
        policy = "<meta http-equiv=Content-Security-Policy content=\"default-src 'self'; img-src data:; require-trusted-types-for 'script'\">"
        page = f'<!doctype html><html lang="de"><link rel="icon" href="data:,">{policy}<input type="checkbox" id="__search">{box}'
        (tmp_path / "site/assets").mkdir()
        (tmp_path / "site/assets/leitstand.js").write_text(read_asset("scripts/search.js"), encoding="utf-8")
        (tmp_path / "site/index.html").write_text(
            f'{page}<script src="assets/leitstand.js"></script>', encoding="utf-8"
        )
        address = stack.enter_context(serve(tmp_path / "site"))
        found = Visit(chromium.new_page(), address)
        found.listen()
        opened.append(found)
        found.go("")
        return found

    with ExitStack() as stack:
        yield lay_out
        for one in opened:
            one.page.close()
    assert [words for one in opened for words in one.complaints] == []


def test_both_sides_spell_words_alike(visit: Callable[..., Visit]) -> None:
    """The browser folds every word of the handbook and the posts, and odd ones, as the builder does."""
    window = visit()
    window.go("")
    read = [
        file.read_text(encoding="utf-8")
        for name in ("guidelines", "content")
        for file in sorted((ROOT / name).rglob("*.md"))
    ]
    texts = sorted({word for text in read for word in text.split()}) + list(ODD)
    said = window.page.evaluate(WORDS, [window.address, texts])
    differing = [
        (text, there, here)
        for text, there in zip(texts, said, strict=True)
        if there != (here := [fold(text), list(words_of(text))])
    ]
    assert differing == []
    assert len(texts) > 10_000


def test_people_find_what_they_want(chromium: Browser, tmp_path: Path) -> None:
    """Of sixty and more German and English questions at least nine in ten show the page that is wanted among the first five.

    Questions about key figures are left out: without imported numbers they have no pages.
    """
    build(tmp_path, "de")
    wanted = [line.split("|") for line in GOLD.read_text(encoding="utf-8").splitlines() if "|" in line]
    asked, missed = 0, []
    with serve(tmp_path) as address:
        window = Visit(chromium.new_page(), address)
        window.go("")
        for question, pages in wanted:
            if not any((tmp_path / page.strip() / "index.html").is_file() for page in pages.split(",")):
                continue
            asked += 1
            shown = [hit["location"].partition("#")[0] for hit in ask(window, question.strip())[1][:5]]
            if not set(shown) & {page.strip() for page in pages.split(",")}:
                missed.append(f"{question}: {shown}")
        window.page.close()
    assert asked >= 60
    assert len(missed) <= asked / 10, "\n".join(missed)


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Tüte", "Viele Kaffeetüten"),  # the end of a compound
        ("Kaffeetüten", "Viele Kaffeetüten"),
        ("kaffeetuete", "Viele Kaffeetüten"),  # another spelling, another ending
        ("Teetüte", "Viele Kaffeetüten"),  # a compound that no document has
        ("Kalender", "Adventskalender, Tür 1"),
        ("adventsk", "Adventskalender, Tür 1"),  # as one types
        ("Adventskalander", "Adventskalender, Tür 1"),  # a slip
        ("Avdentskalender", "Adventskalender, Tür 1"),  # two letters changed places
        ("gepackt Tüten", "Viele Kaffeetüten"),
        ("voice", "Our voices"),
        ("planned", "Planning ahead"),
        ("email", "Eine E-Mail"),
        ("Kündigung", "Kündigen"),  # noun and verb of one root
        ("Häuser", "Das Haus"),
    ],
)  # fmt: skip
def test_words_are_found_in_other_forms(shelf: Callable[[list[Document]], Visit], question: str, title: str) -> None:
    """Endings, umlauts, parts of compounds, beginnings and slips find what was meant, among the first two."""
    titles = (
        "Viele Kaffeetüten",
        "Adventskalender, Tür 1",
        "Our voices",
        "Planning ahead",
        "Eine E-Mail",
        "Kündigen",
        "Das Haus",
        "Kaffee, Tee und Redaktionskalender im Advent",
        "Alte Tüten für die Redaktion",
    )
    texts = ("und gepackt", *["nichts"] * (len(titles) - 1))
    pairs = zip(titles, texts, strict=True)
    window = shelf([Document(f"posts/{one}/", one, text, "", "posts", "2026-11-01") for one, text in pairs])
    hits = ask(window, question)[1]
    assert title in [text_of(hit["title"]) for hit in hits[:2]]


def test_the_better_place_and_the_younger_post_come_first(shelf: Callable[[list[Document]], Visit]) -> None:
    """A title goes before a heading, a heading before a text, words beside each other before words apart; then the younger."""
    rest = "Es war ein langer Tag am Wasser und alle waren da"
    window = shelf(
        [
            Document("posts/apart/", "A", f"Hafen {rest} Fest", "", "posts", "2026-05-01"),
            Document("posts/old/", "B", f"{rest} Hafen Fest", "", "posts", "2016-05-01"),
            Document("posts/young/", "B", f"{rest} Hafen Fest", "", "posts", "2026-05-02"),
            Document("posts/title/", "Hafen Fest", rest, "", "posts", "2016-05-01"),
        ]
    )
    assert [hit["location"] for hit in ask(window, "hafen fest")[1]] == [
        "posts/title/",
        "posts/young/",
        "posts/old/",
        "posts/apart/",
    ]


def test_the_keyboard_is_enough(visit: Callable[..., Visit]) -> None:
    """Slash opens, arrows go through the results, Enter follows one; Escape goes back to where one was."""
    window = visit()
    page = window.page
    window.go("calendar/2026-11/")
    for key in "/sf":
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.name") == "query"
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.name") != "query"
    type_in(window, "Adventskalender")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    first = page.locator(SHOWN).first
    assert first.evaluate("link => link === document.activeElement")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.name") == "query"
    target = first.evaluate("link => link.href.split('#')[0]")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{target}*")


def test_letters_in_other_fields_do_not_open_it(visit: Callable[..., Visit]) -> None:
    """Who types an f into a field of the page, or holds a control key, stays there."""
    window = visit()
    window.go("")
    window.page.keyboard.press("Control+f")
    window.page.evaluate("document.body.append(document.createElement('textarea'))")
    window.page.locator("textarea").last.focus()
    window.page.keyboard.type("/sf")
    assert window.page.evaluate("document.activeElement.value") == "/sf"


def test_what_was_found_is_said_aloud(visit: Callable[..., Visit]) -> None:
    """A status says how many results there are, or that there are none; groups are named lists."""
    window = visit()
    window.go("")
    type_in(window, "Adventskalender")
    status = window.page.locator(".ls-search [role=status]")
    assert status.inner_text().startswith("Results: ")
    groups = window.page.locator(".ls-hits").evaluate_all(
        "all => all.map(one => document.getElementById(one.getAttribute('aria-labelledby')).innerText)"
    )
    assert {group.split()[0] for group in groups} >= {"Posts", "Handbook"}
    assert window.page.locator(".ls-hit mark", has_text="Adventskalender").count() > 3
    window.page.locator(".ls-search input").fill("qqxxyyzz")
    answered(window, "qqxxyyzz")
    assert "Nothing found" in status.inner_text()
    assert window.page.locator(SHOWN).count() == 0


def test_all_results_of_a_group_can_be_had(visit: Callable[..., Visit]) -> None:
    """The button of a group adds results until there are no more, and focus goes to the first new one."""
    window = visit()
    window.go("")
    type_in(window, "Kaffee")
    group = window.page.locator(".ls-search-results section:has(button)").first
    total = int(group.locator(".ls-hits-count").inner_text())
    shown = group.locator("a").count()
    assert shown < total
    group.locator("button").click()
    window.page.locator(".ls-hit:focus").wait_for()
    assert shown < group.locator("a").count() <= min(total, shown + 20)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_open_list_is_accessible(visit: Callable[..., Visit], width: int, scheme: str) -> None:
    """On a desk and on a phone, in light and dark, axe-core finds nothing and nothing is wider than the screen."""
    window = visit(width, scheme)
    window.go("handbook/")
    if width < 1000:
        window.page.locator("header label[for=__search]").first.click()
        window.page.locator("input[name=query]:focus").wait_for()
        window.page.keyboard.type("Kalender")
        answered(window, "Kalender")
    else:
        type_in(window, "Kalender")
    window.page.evaluate(
        "Promise.all(document.getAnimations().map(one => one.finished)).then(() => true)"
    )  # it fades in
    assert window.page.locator(SHOWN).first.is_visible()
    assert window.page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(window.page) == []


def test_hostile_words_stay_words(shelf: Callable[[list[Document]], Visit]) -> None:
    """Markup in titles, texts, contexts and addresses is shown as it is, under a policy that forbids every unsafe sink."""
    evil = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
    window = shelf(
        [
            Document(
                "posts/javascript:alert(1)//", f"Hafen {evil}", f"Hafen {evil} \u202e ende", evil, "posts", "2026-11-01"
            )
        ]
    )
    type_in(window, "Hafen")
    link = window.page.locator(SHOWN).first
    assert evil in link.inner_text()
    assert link.evaluate("link => link.protocol") == "http:"
    assert window.page.title() == ""
    for question in (
        "<img src=x onerror=alert(1)>",
        "__proto__",
        "constructor",
        "\\u0000",
        "%",
        "((((",
        "a" * 5000,
        "-kalender",
        "😀",
    ):
        ask(window, question)


def test_a_site_that_loses_its_index_says_so(shelf: Callable[[list[Document]], Visit], tmp_path: Path) -> None:
    """Without the index a sentence says that search cannot be loaded, and the next question tries again."""
    window = shelf([Document("posts/1/", "Hafen", "x", "", "posts")])
    index = tmp_path / "site/search/index.json"
    index.rename(index.with_suffix(".away"))
    type_in(window, "Hafen")
    assert "cannot be loaded" in window.page.locator("[role=status]").inner_text()
    index.with_suffix(".away").rename(index)
    window.page.keyboard.type(" ")
    window.page.locator(SHOWN).first.wait_for()
    assert [said for said in window.complaints if "404" not in said and "search/index.json" not in said] == []
    window.complaints.clear()


def test_a_question_costs_little(visit: Callable[..., Visit]) -> None:
    """Each question opens some files of the index and never all of it."""
    window = visit()
    window.go("")
    asked: list[str] = []
    window.page.on("request", lambda request: asked.append(request.url))
    type_in(window, "Reichweite")
    held = sum(1 for _file in asked if "/search/" in _file)
    assert 0 < held < 60
    assert json.dumps(asked).count("index.json") == 1


def test_a_question_that_is_no_longer_asked_ends(shelf: Callable[[list[Document]], Visit]) -> None:
    """Nothing is ranked, read and shown for it; what was typed last is answered, however fast the letters came."""
    window = shelf([Document(f"posts/{one}/", f"Hafen {one}", "Kaffee", "", "posts", "2026-11-01") for one in range(9)])
    ended = """async ([base, question]) => {
      const { Index } = await import(base + "search/engine.js");
      return (await Index.open(base + "search/")).find(question, () => false);
    }"""
    assert window.page.evaluate(ended, [window.address, "Hafen"]) is None
    window.page.keyboard.press("/")
    window.page.keyboard.type("Hafen Kaffee 7", delay=1)
    answered(window, "Hafen Kaffee 7")
    assert window.page.locator(SHOWN).first.inner_text().startswith("Hafen 7")


def test_what_search_needs_is_fetched_together(shelf: Callable[[list[Document]], Visit]) -> None:
    """Neither program waits for the other, nor the head of the index for them: over a long line each would be a way more."""
    window = shelf([Document("posts/1/", "Hafen", "x", "", "posts")])
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    window.page.route("**/search/engine.js", hold)
    with window.page.expect_request("**/search/index.json"), window.page.expect_request("**/search/words.js"):
        window.page.locator("input[name=query]").focus()
    window.page.wait_for_timeout(0)  # hears of what was asked for before
    assert len(held) == 1
    held[0].continue_()
