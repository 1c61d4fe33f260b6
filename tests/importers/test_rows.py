"""The rows of a text: read the short way where it is safe, and the same rows whichever way is taken."""

from __future__ import annotations

import time
from itertools import islice

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from toolkit.importers.rows import Grammar, Row
from toolkit.importers.sheet import HEAD, TextRows, sheet_of_text
from toolkit.model import SourceText

PIECES = st.lists(st.sampled_from(['"', '""', ",", ";", "\n", "\r", "\r\n", " ", "a", "é", "\u2028", "7"]), max_size=24)


@given(PIECES, st.sampled_from(",;\t| "))
@example(list('a"b,"c",d"e'), ",")
def test_the_short_way_reads_what_the_sure_way_reads(pieces: list[str], delimiter: str) -> None:
    """Texts and stray quotes are the same, and a row's cells stand where its texts were."""
    text = "".join(pieces)
    short, sure = Grammar(text, delimiter), Grammar(text, delimiter)
    vars(sure)["_usual"] = False
    assert list(short.rows()) == list(sure.rows())
    assert all(tuple(cell.text for cell in row.cells) == row.texts for row in short.rows())


def _rows(count: int) -> TextRows:
    rows = sheet_of_text(SourceText("a.csv", "".join(f"{number},x\n" for number in range(count)))).rows
    assert isinstance(rows, TextRows)
    return rows


def test_rows_behave_as_a_tuple_of_them() -> None:
    """Number, places from both ends and slices are those of all rows, near the beginning and far from it."""
    rows = _rows(HEAD * 3)
    whole: tuple[Row, ...] = tuple(Grammar(rows.grammar.text, ",").rows())
    assert (len(rows), rows[0], rows[-1], rows[HEAD + 5]) == (HEAD * 3, whole[0], whole[-1], whole[HEAD + 5])
    for cut in (slice(0, 3), slice(2, None), slice(HEAD + 1, None), slice(5, HEAD + 9), slice(-3, None), slice(None)):
        assert tuple(rows[cut]) == whole[cut], cut
    with pytest.raises(IndexError):
        _ = rows[HEAD * 3]


def test_walking_keeps_no_rows() -> None:
    """The head and what follows it are found without reading the rest, and a walk leaves nothing behind."""
    rows = _rows(HEAD * 3)
    rest = rows[2:]
    assert [row.texts[0] for row in islice(rest, 2)] == ["2", "3"]
    assert sum(1 for _row in rest) == HEAD * 3 - 2
    assert "_all" not in vars(rows) | vars(rest)


@pytest.mark.parametrize("text", ["a,b\r" * 40_000, 'x,"y\n' + "a,b\n" * 40_000, 'x,y"\n' * 40_000])
def test_no_text_takes_more_than_its_length(text: str) -> None:
    """Old line ends, a quote that is never closed and one in every line: four times the text takes no ten times as long."""

    def seconds(part: str) -> float:
        begun = time.process_time()
        assert sum(1 for _row in Grammar(part, ",").rows()) > 1000
        return time.process_time() - begun

    quarter = text[: len(text) // 4]
    assert seconds(text) < 10 * min(seconds(quarter) for _again in range(3)) + 0.2
