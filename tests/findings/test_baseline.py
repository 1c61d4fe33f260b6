from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import UsageError
from toolkit.findings.baseline import Baseline, make_baseline, read_baseline, write_baseline
from toolkit.findings.fingerprint import fingerprints
from toolkit.model import Problem, Severity, Span

PATH = "content/posts/a.md"
LINES = st.lists(st.sampled_from(["Kaffee http://a", "Tee http://b", "", "  Kaffee http://a "]), max_size=8)


def found(lines: list[str], path: str = PATH) -> list[Problem]:
    """A problem for every line with an address."""
    return [
        Problem(path, Span(number, 1, number, 2), "link", Severity.WARNING, f"line {number}")
        for number, line in enumerate(lines, start=1)
        if "http" in line
    ]


@given(LINES, LINES)
def test_lines_may_come_and_go_above(before: list[str], above: list[str]) -> None:
    """Known problems stay known wherever their lines move; what is new is shown, and nothing else."""
    known = make_baseline("b", found(before), lambda _path, number: before[number - 1])
    after = [line.replace("http", "neu http") for line in above] + before
    new, left = known.sift(found(after), lambda _path, number: after[number - 1])
    assert [problem.span.line for problem in new] == [problem.span.line for problem in found(above)]
    assert not left


def test_the_fourth_of_three_known_is_shown() -> None:
    """Equal lines are counted; three known ones do not excuse a fourth, and one that is gone is said to be."""
    line = "http://a"
    known = make_baseline("b", found([line] * 3), lambda *_place: line)
    new, left = known.sift(found([line] * 4), lambda *_place: line)
    assert ([problem.span.line for problem in new], left.total()) == ([4], 0)
    new, left = known.sift(found([line] * 2), lambda *_place: line)
    assert (new, left.total()) == ([], 1)
    [hint] = known.needless(left, lambda _path: True)
    assert (hint.path, hint.rule, hint.severity) == ("b", "baseline", Severity.HINT)
    assert known.needless(left, lambda path: path != PATH) == [], "files that were not looked at"


@given(st.dictionaries(st.tuples(st.text(), st.text(), st.text()), st.integers(1, 9), max_size=5))
def test_what_is_written_is_read(known: dict[tuple[str, str, str], int]) -> None:
    """Any path, also one of odd bytes, comes back, and each entry knows its own line."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "b.json")
        write_baseline(file, Baseline("b", known))
        again = read_baseline(file, "b")
        assert again.known == known
        assert sorted(again.lines.values()) == list(range(2, 2 + len(known)))


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", "null", '{"format": 2, "problems": []}', '{"format": 1, "problems": {}}', '{"format": 1, "problems": [1]}',
     '{"format": 1, "problems": [{"path": "a", "rule": "b", "line": "c"}]}', "[" * 100_000,
     '{"format": 1, "problems": [{"path": 1, "rule": "b", "line": "c", "count": 1}]}',
     '{"format": 1, "problems": [{"path": "a", "rule": "b", "line": "c", "count": true}]}'],
)  # fmt: skip
def test_what_is_no_baseline_is_said_with_the_remedy(tmp_path: Path, text: str) -> None:
    """A broken file excuses nothing and is no crash."""
    file = tmp_path / "b.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="write it anew: leitstand check --write-baseline"):
        read_baseline(file, "b.json")
    file.write_bytes(b"\xff")
    with pytest.raises(UsageError, match=r"b\.json is no baseline"):
        read_baseline(file, "b.json")


def test_fingerprints_do_not_know_the_message() -> None:
    """A release that words a rule better shows no old problem as a new one."""
    one, other = found(["http://a"]), [Problem(PATH, Span(), "link", Severity.ERROR, "sagt es anders")]
    assert fingerprints(one, lambda *_place: "x") == fingerprints(other, lambda *_place: " x ")
