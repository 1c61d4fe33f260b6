from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.pages.build.conftest import CONFIG, MakeSite, fill
from toolkit.pages.build.search import blocks, files
from toolkit.pages.build.search.blocks import SIGNS, Block, arrange, find_places, merge
from toolkit.pages.build.search.documents import BUILDERS, Document, add_pages, made_once, read_pages, take_sections
from toolkit.pages.build.search.heads import find_heads
from toolkit.pages.build.search.reports import read_reports
from toolkit.pages.build.search.words import MOST, fold, words_of
from toolkit.pages.build.search.writing import group_titles, make_index
from toolkit.pages.markup import Html
from toolkit.pages.page import Page, generated
from toolkit.pages.view import ReportFile

if TYPE_CHECKING:
    import pytest

    from tests.pages.conftest import Studio


def post(number: int, text: str = "Kaffee aus dem Hafen") -> Document:
    day = f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}"
    return Document(f"posts/{number}/", f"Beitrag {number}", text, "", "posts", day)


def places(index: dict[str, bytes], word: str) -> str | int | None:
    """What the files of words say of `word`."""
    shards = [json.loads(data) for path, data in index.items() if path.startswith("search/words/")]
    found: list[str | int] = [shard[word] for shard in shards if word in shard]
    assert len(found) <= 1, "a word stands in one file"
    return found[0] if found else None


def test_umlauts_have_one_spelling() -> None:
    """ä, ae and a are one, ß and ss; after a, e and q an ue stays what it is."""
    assert {fold(word) for word in ("Käse", "Kaese", "KÄSE", "Ka\u0308se", "kase")} == {"kase"}
    assert fold("Straße") == fold("STRASSE") == "strasse"
    assert [fold(word) for word in ("Steuer", "Quelle", "neue", "Bauer")] == ["steuer", "quelle", "neue", "bauer"]
    assert fold("Gruesse") == fold("Grüße")


@given(st.text())
def test_folding_twice_changes_only_what_is_spelled_out(text: str) -> None:
    """Whatever the text, its words are short, in small letters, without joints, and their spelling does not vary by case."""
    for word in words_of(text):
        assert 0 < len(word) <= MOST
        assert word == word.lower()


def test_joined_words_are_found_whole_and_in_parts() -> None:
    """A hyphen, a gender star, an underscore and the humps of a hashtag part words that are also one."""
    assert set(words_of("E-Mail")) == {"e", "mail", "email"}
    assert set(words_of("Kund*innen")) == {"kund", "innen", "kundinnen"}
    assert set(words_of("engagement_rate")) == {"engagement", "rate", "engagementrate"}
    assert set(words_of("#GuterKaffee")) == {"guter", "kaffee", "guterkaffee"}
    assert list(words_of("Kaffee\u00adtüte")) == ["kaffeetute"]


def test_a_title_counts_more_than_a_heading_more_than_a_text() -> None:
    """The weight of a word says where it stands; every weight is one sign."""
    long = "hafen " * 1000
    held = find_places((Document("a", "Hafen", ""), Document("b", "x", "", "Hafen"), Document("c", "x", long)))["hafen"]
    weights = [SIGNS.index(sign) for sign in held[1::2]]
    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) == 3
    assert len(find_places((Document("a", "Hafen", long, "Hafen"),))["hafen"]) == 2


def test_blocks_hold_a_month_and_the_youngest_is_last() -> None:
    """Posts of one month share blocks of up to 64; sections keep the order of their page and stand before."""
    documents = [post(number) for number in range(0, 12 * 70, 12)]
    sections = [Document(f"handbook/a/#{name}", name, "x", "a", "handbook") for name in "zyx"]
    found = arrange([*documents, *sections], list(group_titles()))
    assert [len(block) for block in found] == [3, 64, 6]
    assert [one.title for one in found[0]] == ["z", "y", "x"]
    days = [one.day for block in found[1:] for one in block]
    assert days == sorted(days)


def test_a_warm_index_is_the_cold_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After one post changed, only its month is worked out again, few files differ, and all bytes are those of a cold build."""
    worked: list[int] = []

    def count(block: Block) -> dict[str, str]:
        worked.append(len(block))
        return find_places(block)

    monkeypatch.setattr(blocks, "find_places", count)
    before = [post(number) for number in range(600)]
    first = make_index(before, tmp_path)
    assert sum(worked) == 600
    after = [*before[:300], replace(before[300], text="Kakao im Speicher"), *before[301:]]
    worked.clear()
    warm = make_index(after, tmp_path)
    assert 0 < sum(worked) <= 64
    assert warm == make_index(after, tmp_path / "elsewhere")
    assert len([path for path in warm if warm[path] != first.get(path)]) < 20
    worked.clear()
    assert make_index(after, tmp_path) == warm
    assert worked == []


def test_the_order_of_the_documents_says_nothing(tmp_path: Path) -> None:
    """The same posts in another order give the same bytes."""
    documents = [post(number) for number in range(200)]
    assert make_index(documents, tmp_path / "a") == make_index(documents[::-1], tmp_path / "b")


def test_what_was_kept_and_cannot_be_read_is_worked_out_again(tmp_path: Path) -> None:
    """A cache of somebody else's, half written or hostile, costs time and nothing else."""
    documents = [post(1)]
    good = make_index(documents, tmp_path / "good")
    for bad in ("", "{", "[1]", '{"key": "1", "answer": 5}', "[" * 10_000):
        (tmp_path / "search.json").write_text(bad)
        assert make_index(documents, tmp_path) == good


def test_compounds_are_found_by_their_end() -> None:
    """What a compound ends with is known from the site's own words, or because two compounds end alike."""
    words = {
        "kaffee",
        "tute",
        "advent",
        "redaktion",
        "kaffeetuten",
        "adventskalender",
        "redaktionskalender",
        "unter",
        "bewunder",
    }
    heads = find_heads(words)
    assert heads["tuten"] == ["kaffeetuten"]
    assert heads["kalender"] == ["adventskalender", "redaktionskalender"]
    assert "unter" not in heads


def test_a_question_opens_small_files(tmp_path: Path) -> None:
    """Three thousand posts of all words of the alphabet: no file of words is large, and long lists are files of their own."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    documents = [
        post(number, f"Kaffee {letters[number % 26]}{letters[number // 26 % 26]}{letters[number // 676 % 26]}{number}")
        for number in range(3000)
    ]
    index = make_index(documents, tmp_path)
    assert max(len(data) for path, data in index.items() if path.startswith("search/words/")) < 16_000
    assert places(index, "kaffee") == 3000
    assert len(index["search/lists/wkaffee.txt"]) < 8_000
    assert max(len(data) for path, data in index.items() if path.startswith("search/texts/")) < 4_000


def test_names_of_files_are_safe_everywhere(tmp_path: Path) -> None:
    """Words that no system takes as a name (con, a slash, Greek) become names that every one takes."""
    words = ("con", "nul", "κρίση", "日本語", "__proto__", "constructor")
    documents = [post(number, f"{word} {number}") for number in range(600) for word in words]
    for path in make_index(documents, tmp_path):
        name = path.rpartition("/")[2]
        assert name.isascii()
        assert name.split(".")[0] not in {"con", "nul"}
        assert not set(name) & set('<>:"\\|?*')


@given(st.lists(st.tuples(st.text(), st.text()), max_size=4))
def test_any_text_can_be_indexed(pairs: list[tuple[str, str]]) -> None:
    """Lone surrogates, control characters and the like break nothing."""
    documents = [Document(f"posts/{number}/", title, text, "", "posts") for number, (title, text) in enumerate(pairs)]
    held = arrange(documents, list(group_titles()))
    index = files.pack(held, merge(map(find_places, held)), group_titles())
    assert json.loads(index["search/index.json"])["count"] == len(pairs)


def test_sections_know_their_page(tmp_path: Path) -> None:
    """Text comes without markup; a page whose text stands below its heading is not there twice."""
    docs = [
        {"location": "handbook/a/", "title": "A &amp; B", "text": ""},
        {"location": "handbook/a/#a", "title": "A &amp; B", "text": "<p>Eins &lt;b&gt;</p>"},
        {"location": "handbook/a/#c", "title": "C", "text": "<ul><li>zwei</li></ul>"},
        {"location": "", "title": "Start", "text": "x"},
    ]
    (tmp_path / "search").mkdir()
    (tmp_path / BUILDERS).write_text(json.dumps({"docs": docs}))
    first, second, home = take_sections(tmp_path) or []
    assert first == Document("handbook/a/#a", "A & B", "Eins <b>", "", "handbook")
    assert second == Document("handbook/a/#c", "C", "zwei", "A & B", "handbook")
    assert home.group == ""
    assert not (tmp_path / BUILDERS).exists()
    assert take_sections(tmp_path) is None


def test_a_page_is_found_by_what_it_says_of_itself(tmp_path: Path) -> None:
    """Words of its own go before the text of its HTML; who excludes a page finds it nowhere."""
    pages = {
        "posts/a.md": generated("A", Html("<p>Chips</p>"), words="nur  das"),
        "posts/b.md": generated("B", Html("<p>Tür</p>"), search=False),
        "kpis/c.md": generated("C", Html("<nav><a>Alle Zahlen</a></nav><p>Klicks &amp; mehr</p>")),
    }
    found = read_pages(pages, {path: path.removesuffix(".md") + "/" for path in pages}, tmp_path)
    assert [(one.location, one.text) for one in found] == [("posts/a/", "nur das"), ("kpis/c/", "Klicks & mehr")]


def test_a_page_that_is_found_by_its_html_is_made_once(tmp_path: Path) -> None:
    """For search and for the site; of a page with the same key the next build's search knows what it says."""
    made: list[str] = []

    def page(key: str, said: str) -> Page:
        def body() -> Html:
            made.append(key)
            return Html(f"<p>{said}</p>")

        return made_once(generated("K", body, key=key))

    def found(one: Page) -> list[str]:
        return [document.text for document in read_pages({"kpis/k.md": one}, {"kpis/k.md": "kpis/k/"}, tmp_path)]

    first = page("1", "Klicks")
    assert (found(first), str(first.html).count("Klicks"), made) == (["Klicks"], 1, ["1"])
    assert (found(page("1", "Klicks")), made) == (["Klicks"], ["1"])
    assert (found(page("2", "Herzen")), made) == (["Herzen"], ["1", "2"])
    assert found(page("", "Neues")) == ["Neues"]
    assert found(page("", "Noch Neueres")) == ["Noch Neueres"]


def test_other_themes_find_posts_in_the_builders_index(tmp_path: Path) -> None:
    """Where the theme brings a search of its own, posts are put into its index, escaped."""
    (tmp_path / "search").mkdir()
    (tmp_path / BUILDERS).write_text('{"docs": []}')
    add_pages(tmp_path, [replace(post(1), title="<b>", text="<script>")])
    entry = json.loads((tmp_path / BUILDERS).read_text())["docs"][0]
    assert (entry["title"], entry["text"]) == ("&lt;b&gt;", "<p>&lt;script&gt;</p>")


def test_the_site_holds_the_index_and_no_other(studio: Studio, png: bytes, make_site: MakeSite) -> None:
    """Every post is found once, however old and however many networks; the builder's own index is gone."""
    fill(studio, png)
    studio.post(
        "Ein Kaffee & jeden",
        channels="mastodon, bluesky",
        path="2020/01/alt.md",
        uid="01JDK3V7Q2M8X4T6R9A0B1C2D5",
        publish="2020-01-02 10:00",
    )
    folder = make_site()
    assert not (folder / BUILDERS).exists()
    texts = [one for file in sorted((folder / "search/texts").iterdir()) for one in json.loads(file.read_bytes())]
    assert [one[4] for one in texts if one[0] == "posts/2020/01/alt/"] == ["Ein Kaffee & jeden"]
    assert [one[3] for one in texts if one[0].startswith("posts/2020")] == ["2020-01-02"]
    assert [one[2] for one in texts if one[0].startswith("handbook/voice/")] == [""]
    assert "data-search" in (folder / "posts/2020/01/alt/index.html").read_text()
    assert 'data-md-component="search"' not in (folder / "index.html").read_text()


def test_a_theme_with_a_search_of_its_own_keeps_it(studio: Studio, make_site: MakeSite) -> None:
    """Read the Docs has no place for ours; its index holds the posts."""
    studio.post("Moin")
    folder = make_site(CONFIG.replace("theme: material", "theme: readthedocs"))
    docs = json.loads((folder / BUILDERS).read_text())["docs"]
    assert [one["text"] for one in docs if one["location"] == "posts/2026/12/tuer-1/"] == ["<p>Moin</p>"]
    assert not (folder / "search/index.json").exists()


def test_a_report_is_found_by_its_sections(tmp_path: Path) -> None:
    """Headings with their anchors and texts, tables cell by cell; nothing of scripts, styles, drawings or navigation."""
    html = (
        "<!doctype html><title>t</title><style>.no{}</style><nav>no</nav><h1>Oktober</h1><p>Stand: heute</p>"
        "<h2 id='zahlen'>Zahlen &amp; mehr</h2><h3>Follower</h3><table><tr><td>eins</td><td>zwei</td></tr></table>"
        "<script>no</script><svg><text>no</text></svg><h2>Ohne <em>Anker</em></h2>&lt;b&gt; ja<h2>leer</h2>"
    )
    report = ReportFile("monthly", "2026-10", html.encode(), "Oktober")
    found = [(one.location, one.title, one.context, one.text, one.group) for one in read_reports([report], tmp_path)]
    page = "reports/monthly/2026-10/index.html"
    assert found == [
        (page, "Oktober", "", "Oktober Stand: heute", "reports"),
        (page, "Zahlen & mehr", "Oktober", "Follower eins zwei", "reports"),
        (page, "Ohne Anker", "Oktober", "<b> ja", "reports"),
    ]


def test_what_a_report_said_is_read_once(tmp_path: Path) -> None:
    """What was kept is what would be read; another text, title or report is read anew."""
    report = ReportFile("monthly", "2026-10", b"<h2>Kaffee</h2>viel", "Oktober")
    first = read_reports([report], tmp_path)
    assert (tmp_path / "reports.json").is_file()
    assert read_reports([report], tmp_path) == first == read_reports([report], tmp_path / "elsewhere")
    for other in (replace(report, html=b"<h2>Tee</h2>viel"), replace(report, title="x"), replace(report, name="x")):
        assert read_reports([other], tmp_path) == read_reports([other], tmp_path / "elsewhere") != first
    assert read_reports([], tmp_path) == []


@given(st.binary(max_size=300))
def test_whatever_a_report_holds_is_text(data: bytes) -> None:
    """Broken, hostile or no HTML at all: it is read, and no mark of it is left."""
    with tempfile.TemporaryDirectory() as folder:
        found = read_reports([ReportFile("own", "2026-10", b"<h2 id=x>y</h2>" + data, "x")], Path(folder))
    for one in found:
        assert "<h2" not in one.text or b"&lt;" in data


def test_the_reports_of_a_site_are_found(studio: Studio, png: bytes, make_site: MakeSite) -> None:
    """A finished report stands in the index of the built site, and its address is that of its own page."""
    fill(studio, png)
    report = studio.state / "reports/monthly/2026-10/index.html"
    report.write_text("<!doctype html><title>Report</title><h2>Zimtsternzahlen</h2><p>viele</p>")
    folder = make_site()
    held = [json.loads(file.read_bytes()) for file in (folder / "search/texts").glob("*.json")]
    (location,) = [row[0] for rows in held for row in rows if row[1] == "Zimtsternzahlen"]
    assert (folder / location).is_file()
