"""A mapping makes an importer of any table; what is wrong in it is said with its line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.importers.exports import document, values
from toolkit.importers.mapping import Mapped, read_mapping

POSTS = 'network = "x"\n[columns]\nid = "Nr."\npublished_at = "Wann"\nlikes = ["Herzen", "Gefällt mir"]\nview_time = "Zeit"\n'


def mapping(text: str) -> Mapped:
    made, problems = read_mapping("a.csv.toml", text.encode())
    assert problems == []
    assert made is not None
    return made


def test_a_table_of_posts_is_read() -> None:
    """Headers of one's own become metrics; decimals by the column, a bare day is its noon."""
    text = "Nr.;Wann;Gefällt mir;Zeit\n1;31.10.2026;1.204;1.234\n2;31.10.2026 08:00;3;12,5\n"
    found = mapping(POSTS).extract(document(text))
    assert found.problems == ()
    assert values(found, "x:1") == {"likes": 1204, "view_time": 1234}
    assert [one.published_at.isoformat() for one in found.observations if one.published_at][::2] == [
        "2026-10-31T11:00:00+00:00",
        "2026-10-31T07:00:00+00:00",
    ]


def test_a_table_of_days_is_read() -> None:
    """Visits of a website need no account."""
    text = 'rows = "days"\nsubject = "site"\n[columns]\nday = "Tag"\nvisits = "Besuche"\n'
    found = mapping(text).extract(document("Tag;Besuche\n31.10.2026;1.204\n"))
    assert [(one.subject, one.metric, one.value) for one in found.observations] == [("site", "visits", 1204)]


def test_a_decimal_mark_can_be_given() -> None:
    """Where 1.234 stands alone nobody else can know."""
    text = "Nr.;Wann;Herzen;Zeit\n1;31.10.2026;3;1.234\n"
    doubt = mapping(POSTS).extract(document(text))
    assert "1.234 can be 1234 or a fraction" in str(doubt.problems[0])
    for mark, value in ((",", 1234.0), (".", 1.234)):
        found = mapping(f'decimal = "{mark}"\n{POSTS}').extract(document(text))
        assert values(found, "x:1")["view_time"] == value


def test_another_mapping_is_another_import() -> None:
    """The same table with a corrected mapping is not taken for the import of before."""
    one, other = mapping(POSTS), mapping(POSTS.replace("likes", "saves"))
    assert one.digest != other.digest
    same = document("a")
    assert replace(same, salt=one.digest).import_id != replace(same, salt=other.digest).import_id


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[columns\n", "1:9: no TOML"),
        ("row = 1\n[columns]\nid = 'a'\nlikes = 'b'\n", "1:1: 'row' is unknown here; did you mean rows?"),
        ("[columns]\nid = 'a'\npublishd_at = 'b'\nlikes='c'\n", "3:1: 'publishd_at' is unknown here; did you mean published_at?"),
        ("[columns]\nid = 'a'\nlikes = 3\n", "3:1: likes is the header of a column"),
        ("[columns]\nid = 'a'\nlikes = []\n", "3:1: likes is the header of a column"),
        ("[columns]\nlikes = 'a'\n", "1:2: rows of posts need the column id or url"),
        ("[columns]\nid = 'a'\n", "1:2: no column is a metric"),
        ("rows = 'days'\n[columns]\nvisits = 'a'\n", "2:2: rows of days need the column day"),
        ("rows = 'weeks'\n[columns]\nid = 'a'\nlikes = 'b'\n", "1:1: rows is one of posts, days, not 'weeks'"),
        ("rows = 'days'\nsubject = 'me'\n[columns]\nday = 'a'\nvisits = 'b'\n", "2:1: subject is account, site"),
        ("", "1:1: the table [columns] is missing"),
        ("columns = 3\n", "1:1: the table [columns] is missing"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(text: str, problem: str) -> None:
    """A mapping is read wholly or not at all."""
    made, problems = read_mapping("a.csv.toml", text.encode())
    assert made is None
    assert str(problems[0]).startswith(f"a.csv.toml:{problem}")
