"""SQL that was made before is recalled, exactly, and only as long as it is what would be made now."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.kpis.histories import AUTUMN, BERLIN, rich_history
from toolkit.kpis import KPIS, measure, recall
from toolkit.kpis.facts import Posts
from toolkit.kpis.sql import compile_sql, make_sql
from toolkit.kpis.tally import Asked, Clusters, Squares, Tally, Whole
from toolkit.metrics import open_store

ASKED = Asked(Posts(followers=True, ready=True), tuple(KPIS[name] for name in ("likes", "click_rate")), "channel")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    make_sql.cache_clear()
    yield
    make_sql.cache_clear()


def kept(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "cache").rglob("*.sql"))


@pytest.mark.parametrize("kind", [Whole, Tally, Clusters, Squares])
@pytest.mark.parametrize("dialect", ["duckdb", "postgres"])
def test_what_is_recalled_is_what_would_be_made(kind: type[Tally], dialect: str, tmp_path: Path) -> None:
    """A later process finds the very text that the expression becomes; the two engines' are told apart."""
    question = kind(ASKED)
    first = make_sql(question, dialect)
    assert len(kept(tmp_path)) == 1
    make_sql.cache_clear()
    assert make_sql(question, dialect) == first == compile_sql(question(), dialect)
    assert len(kept(tmp_path)) == 1


def test_other_questions_have_other_names() -> None:
    """Facts, KPIs, their order, groups and channels are all in the name."""
    others = [
        replace(ASKED, facts=Posts()),
        replace(ASKED, kpis=ASKED.kpis[::-1]),
        replace(ASKED, kpis=ASKED.kpis[:1]),
        replace(ASKED, by="weekday"),
        replace(ASKED, channels=("mastodon",)),
        replace(ASKED, channels=("mastodon', 'bluesky",)),
    ]
    names = [kind(one).name for one in (ASKED, *others) for kind in (Tally, Clusters, Squares)]
    assert len(set(names)) == len(names)


def test_somebodys_own_kpi_is_never_recalled(tmp_path: Path) -> None:
    """A KPI that only bears the name of one of the dictionary's is asked as it is defined, and nothing is kept."""
    store = open_store(tmp_path)
    store.append(rich_history(30), imported_at=AUTUMN.until)
    own = replace(KPIS["likes"], units=replace(KPIS["likes"].units, part=KPIS["comments"].units.part))
    (likes,), (comments,), (mine,) = (
        measure(kpi, store, AUTUMN, zone=BERLIN) for kpi in (KPIS["likes"], KPIS["comments"], own)
    )
    assert likes.value != comments.value == mine.value
    assert Tally(replace(ASKED, kpis=(own,))).name == ""


@pytest.mark.parametrize("damage", [b"", b"SELECT 1", b"\xff\xfe", None])
def test_a_damaged_text_is_made_anew(damage: bytes | None, tmp_path: Path) -> None:
    """Half a file, somebody else's, or one character too few: what does not bear its own hash is not used."""
    first = make_sql(Tally(ASKED))
    (path,) = kept(tmp_path)
    path.write_bytes(path.read_bytes()[:-1] if damage is None else damage)
    make_sql.cache_clear()
    assert make_sql(Tally(ASKED)) == first
    assert recall.recall(f"duckdb {Tally(ASKED).name}", lambda: "never made") == first, "and it is kept again"


def test_other_definitions_forget_what_was_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder bears the hash of the definitions' sources; a changed one begins a new folder and the old one goes."""
    make_sql(Tally(ASKED))
    (old,) = kept(tmp_path)
    sources = tmp_path / "other"
    sources.mkdir()
    (sources / "posts.py").write_text("# changed")
    monkeypatch.setattr(recall, "_BESIDE", sources)
    recall._made_by.cache_clear()
    try:
        assert recall.recall("question", lambda: "SELECT 2") == "SELECT 2"
        (new,) = kept(tmp_path)
        assert new.parent != old.parent
    finally:
        recall._made_by.cache_clear()


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    """Where a file stands in the folder's place, SQL is made each time and answers come as ever."""
    (tmp_path / "cache").write_text("in the way")
    assert make_sql(Tally(ASKED)) == compile_sql(Tally(ASKED)())


def test_a_known_question_needs_no_compiler(tmp_path: Path) -> None:
    """A second process answers without importing Ibis at all: that is most of what a first question used to cost."""
    store = open_store(tmp_path)
    store.append(rich_history(30), imported_at=AUTUMN.until)
    script = f"""
import sys
from pathlib import Path
from tests.kpis.histories import AUTUMN, BERLIN
from toolkit.kpis import KPIS, measure_all
from toolkit.metrics import open_store
found = measure_all(KPIS.values(), open_store(Path({str(tmp_path)!r})), AUTUMN, zone=BERLIN)
print("ibis" in sys.modules, [one[0].value for one in found.values()])
"""
    root = Path(__file__).parents[2]
    runs = [
        subprocess.run([sys.executable, "-c", script], cwd=root, check=True, capture_output=True, text=True).stdout
        for _time in range(2)
    ]
    assert [run.split()[0] for run in runs] == ["True", "False"]
    assert runs[0].split(maxsplit=1)[1] == runs[1].split(maxsplit=1)[1]
