from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given
from hypothesis import strategies as st

from toolkit.lint.alike import FEW, Alike
from toolkit.lint.likeness import find_like, similar_pairs
from toolkit.lint.recall import make_key

WORDS = st.lists(
    st.sampled_from(["Kaffee", "Tee", "Hafen", "Sturm", "Straße", "ΣΑΣ", "ǰ", "https://example.com/a", "<!--x-->"]),
    max_size=16,
)
TEXTS = st.lists(WORDS.map(" ".join), max_size=8)
LONG = " ".join(f"Wort{number}" for number in range(40))


def pairs(root: Path, texts: list[str], program: str = "1") -> list[tuple[int, int]]:
    """What a memory in this folder says."""
    return Alike(root, program).pairs(texts, [make_key(text) for text in texts])


def in_order(texts: list[str]) -> list[tuple[int, int]]:
    """What comparing all with all says."""
    return sorted(similar_pairs(texts), key=lambda pair: (pair[1], pair[0]))


@example([[LONG, "x"], ["x", f"{LONG} y", LONG, LONG], [f"{LONG} y", ""]])
@given(st.lists(TEXTS, min_size=2, max_size=5))
def test_whatever_was_compared_before_the_pairs_are_the_same(versions: list[list[str]]) -> None:
    """Texts that come, go, change their places or stand there twice; empty ones are like no other."""
    with TemporaryDirectory() as folder:
        for texts in versions:
            for _time in "ab":
                assert pairs(Path(folder), texts) == in_order(texts)


@given(TEXTS.filter(bool))
def test_one_text_finds_what_all_with_all_find(texts: list[str]) -> None:
    """The shortcut by words loses no text that is nearly the same."""
    found = {other for pair in similar_pairs(texts) if 0 in pair for other in pair if other}
    assert set(find_like(texts, 0)) == found


def test_many_new_texts_are_compared_all_with_all(tmp_path: Path) -> None:
    """As after an import; the next time they are known."""
    texts = [f"{LONG} {number % 3}" for number in range(2 * FEW)]
    assert pairs(tmp_path, texts) == in_order(texts) == pairs(tmp_path, texts)


def test_a_damaged_memory_is_none(tmp_path: Path) -> None:
    """Whatever lies in the file, and whoever put a link there; another program reads it neither."""
    texts, memory = [LONG, f"{LONG} y"], Alike(tmp_path, "1")
    wanted = pairs(tmp_path, texts)
    good = json.loads(memory.file.read_bytes())
    shapes = [{**good, "pairs": []}, {**good, "texts": 1}, {**good, "pairs": [1]}, [], {"program": "1"}]
    for data in (*(json.dumps(shape).encode() for shape in shapes[1:]), b"", b"\xff", b"[" * 100_000):
        memory.file.write_bytes(data)
        assert pairs(tmp_path, texts) == wanted
    memory.file.write_text(json.dumps(shapes[0]), encoding="utf-8")
    assert pairs(tmp_path, texts, "2") == wanted
    memory.file.rename(tmp_path / "elsewhere")
    memory.file.symlink_to(tmp_path / "elsewhere")
    assert pairs(tmp_path, texts) == wanted
