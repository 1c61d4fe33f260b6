"""The general CSV importer takes what is clear and says of everything else where it stands and what to write."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.importers import Document, Extract, find_importer, open_export
from toolkit.importers.table import extract, identify
from toolkit.model import Severity
from toolkit.settings import Account

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
PAID_CELLS = {"A": "yes", "B": "ja", "C": "No", "D": "", "E": "vielleicht"}
HEADER = "subject;channel;metric;value;observed_at;published_at\n"


def read(text: str | bytes, account: str = "", channels: tuple[str, ...] = ()) -> Extract:
    data = text.encode() if isinstance(text, str) else text
    accounts = {name: Account(name, "mastodon", name) for name in channels}
    return extract(Document("export.csv", data, "Europe/Berlin", NOW, account, accounts))


def problems(text: str) -> list[str]:
    return [str(problem) for problem in read(text).problems]


def test_a_row_becomes_an_observation() -> None:
    """Wall times are read in the workspace's zone and kept in UTC."""
    found = read(HEADER + "01A;mastodon;likes;12;2026-10-31 07:30;30.10.2026 08:00\n").observations
    assert [(one.subject, one.channel, one.metric, one.value, one.age_hours) for one in found] == [
        ("01A", "mastodon", "likes", 12.0, 23.5)
    ]
    assert found[0].observed_at == datetime(2026, 10, 31, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "subject,channel,metric,value,observed_at\n01A,mastodon,view_time,12.5,2026-10-31\n",
        "\ufeffsubject;channel;metric;value;observed_at\n01A;mastodon;view_time;12,5;31.10.2026\n",
        "sep=;\nUID;Channel;Metric;Value;Observed_At\r\n01A;mastodon;view_time;12,5;31.10.2026\r\n",
        'subject,channel,metric,value,observed_at\n"01A","mastodon","view_time","12,5","31.10.2026"\n',
        "subject\tchannel\tmetric\tvalue\tobserved_at\n01A\tmastodon\tview_time\t12,5\t2026-10-31",
    ],
)
def test_the_forms_of_spreadsheets_say_the_same(text: str) -> None:
    """Comma, semicolon, tab, a byte order mark, a sep= line, quotes, German and English forms: one observation."""
    assert identify(open_export("a.csv", text.encode())).fits
    (one,) = read(text).observations
    assert (one.value, one.observed_at) == (12.5, datetime(2026, 10, 31, 11, tzinfo=UTC))


def test_missing_is_not_zero() -> None:
    """An empty value makes no observation; a zero does."""
    found = read(HEADER + "01A;m;likes;;2026-10-31;\n01A;m;shares;0;2026-10-31;\n")
    assert [(one.metric, one.value) for one in found.observations] == [("shares", 0)]
    assert found.problems == ()


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("01A;m;likes;1.234;2026-10-31;", "2:13: 1.234 can be 1234 or a fraction; write 1234 or 1.2340 (import)"),
        ("01A;m;likes;viele;2026-10-31;", "2:13: 'viele' is not a number"),
        ("01A;m;likes;-1;2026-10-31;", "2:13: likes cannot be negative"),
        ("01A;m;likes;nan;2026-10-31;", "2:13: 'nan' is not a number"),
        ("01A;m;likes;٣;2026-10-31;", "2:13: '٣' is not a number"),
        ("01A;m;likes;1;10/31/2026;", "2:15: '10/31/2026' is not a date such as 2026-10-31 or 31.10.2026"),
        ("01A;m;likes;1;2026-02-30;", "2:15: 2026-02-30 is not a day"),
        ("01A;m;likes;1;2026-10-25 02:30;", "2:15: 2026-10-25 02:30 does not happen exactly once in Europe/Berlin"),
        ("01A;m;likes;1;2026-03-29 02:30;", "2:15: 2026-03-29 02:30 does not happen exactly once"),
        ("01A;m;likes;1;2027-01-01;", "2:15: observed in the future"),
        ("01A;m;likes;1;2026-10-30;2026-10-31 09:00", "2:15: observed before the post was published"),
        ("01A;m;likes;1;2026-10-31;2026-10-30", "2:26: 2026-10-30 needs a time of day, such as 2026-10-30 09:00"),
        ("01A;m;Likes!;1;2026-10-31;", "2:7: a metric is lower-case letters"),
        (";m;likes;1;2026-10-31;", "2:1: subject is empty"),
        ("01A;;likes;1;2026-10-31;", "2:5: no channel; fill the column or use --account"),
        ("01A;m;likes;1", "2:1: 4 cells, but the header has 6"),
        ('01A;m;li"kes;1;2026-10-31;', "2:9: a stray quote"),
    ],
)
def test_a_doubt_is_a_problem_with_its_place(row: str, problem: str) -> None:
    """Nothing is guessed: the row is left out, and line and column lead to the cell."""
    found = read(HEADER + row + "\n01B;m;likes;2;2026-10-31;\n")
    assert [one.subject for one in found.observations] == ["01B"], "the good row is still offered"
    assert len(found.problems) == 1
    assert str(found.problems[0]).startswith(f"export.csv:{problem}")
    assert not found.clean


def test_an_account_fills_empty_channels() -> None:
    """`--account` names the channel of rows that have none, and makes another import of the same bytes."""
    text = "subject,metric,value,observed_at\n01A,likes,1,2026-10-31\n"
    first, second = read(text, account="mastodon"), read(text, account="bluesky")
    assert [one.channel for one in (*first.observations, *second.observations)] == ["mastodon", "bluesky"]
    assert first.observations[0].import_id != second.observations[0].import_id


def test_site_shop_and_competitors_need_no_channel() -> None:
    """Visits, sales and competitors belong to no account; sales may be negative after refunds."""
    rows = "site;;visits;310;2026-10-31;\nshop;;revenue;-12,40;2026-10-31;\ncompetitor:Röstwerk;mastodon;posts;2;2026-10-31;\n"
    found = read(HEADER + rows, channels=("bluesky",))
    assert found.problems == ()
    assert [one.value for one in found.observations] == [310, -12.4, 2]


def test_an_unknown_channel_is_named_with_the_known_ones() -> None:
    """A typo in an account's name does not found a new channel."""
    found = read(HEADER + "01A;mastodn;likes;1;2026-10-31;\n").problems
    assert found == ()
    (problem,) = read(HEADER + "01A;mastodn;likes;1;2026-10-31;\n", channels=("bluesky", "mastodon")).problems
    assert str(problem).startswith(
        "export.csv:2:5: 'mastodn' is no account of this workspace; known: bluesky, mastodon"
    )


def test_two_values_for_one_moment_are_refused() -> None:
    """The same row twice is a warning and counts once; two different values are an error."""
    row = "01A;m;likes;1;2026-10-31;\n"
    again = read(HEADER + row + row)
    assert (len(again.observations), again.clean, len(again.problems)) == (1, True, 1)
    (problem,) = problems(HEADER + row + "01A;m;likes;2;2026-10-31;\n")
    assert problem.startswith("export.csv:3:13: another row says 1 for the same moment")


def test_a_header_without_its_columns_is_one_problem() -> None:
    """The missing columns are named together, a misspelt one with a suggestion, a doubled one is refused."""
    assert problems("subject;metric;value;beobachtet\n") == [
        "export.csv:1:22: the column 'beobachtet' is unknown and left out (import)",
        "export.csv:1:1: the column observed_at is missing (import)",
    ]
    assert "did you mean published_at?" in problems(HEADER.replace("published_at", "publishd_at"))[0]
    assert "stands here twice" in problems("subject;uid;metric;value;observed_at\n")[0]


def test_encodings_of_spreadsheets_are_read() -> None:
    """UTF-16 says the same as UTF-8; Windows-1252 is read with a warning at its first such letter."""
    text = HEADER + "01Ä;m;likes;1;2026-10-31;\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"):
        found = read(text.encode(encoding))
        assert [one.subject for one in found.observations] == ["01Ä"], encoding
        assert found.problems == (), encoding
    old = read(text.encode("cp1252"))
    assert [one.subject for one in old.observations] == ["01Ä"]
    assert str(old.problems[0]).startswith("export.csv:2:3: not UTF-8 but read as Windows-1252")
    assert "01Ä" in str(old.problems[0])


def test_a_column_decides_what_a_point_means() -> None:
    """1.234 alone is a doubt; beside 12,5 in the same column it is 1234."""
    found = read(HEADER + "01A;m;view_time;1.234;2026-10-31;\n01B;m;view_time;12,5;2026-10-31;\n")
    assert ([one.value for one in found.observations], found.problems) == ([1234, 12.5], ())


def test_quoted_cells_hold_anything() -> None:
    """Delimiters, line ends and doubled quotes inside quotes belong to the value, and later places stay right."""
    text = 'subject,channel,metric,value,observed_at,title\n01A,m,likes,1,2026-10-31,"Tür ""1"",\nauf"\n01B,m,likes,x,2026-10-31,\n'
    found = read(text)
    assert found.subjects[0].title == 'Tür "1",\nauf'
    assert str(found.problems[0]).startswith("export.csv:4:13:")


def test_another_file_is_not_recognised() -> None:
    """What has not the columns is left to other importers."""
    assert find_importer(b"Post id,Date,Post text\n1,2,3\n") is None
    assert find_importer(b"\x89PNG\r\n\x1a\n\0\0") is None
    assert find_importer(b"") is None


@given(st.text())
def test_no_text_crashes_the_reader(text: str) -> None:
    """Whatever follows the header, the reader answers with observations and problems."""
    found = read((HEADER + text).encode("utf-8", "surrogatepass"))
    assert all(problem.span.line >= 1 for problem in found.problems)


@given(st.floats(0, 1e12), st.sampled_from(".,"))
def test_a_number_written_with_two_decimals_comes_back(value: float, mark: str) -> None:
    """Points and commas as decimal marks give the number that was written."""
    written = f"{value:.2f}".replace(".", mark)
    (one,) = read(HEADER + f"01A;m;likes;{written};2026-10-31;\n").observations
    assert one.value == float(f"{value:.2f}")


def test_a_row_says_whether_reach_was_bought() -> None:
    """`paid` is yes, no or empty, in English or German; anything else is told and counts as not known."""
    rows = "".join(f"{uid};mastodon;likes;1;2026-10-02;2026-10-01 07:30;{paid}\n" for uid, paid in PAID_CELLS.items())
    extract = read("subject;channel;metric;value;observed_at;published_at;paid\n" + rows)
    assert {one.uid: one.paid for one in extract.subjects} == {"A": True, "B": True, "C": False, "E": None}
    (problem,) = extract.problems
    assert (problem.span.line, problem.severity) == (6, Severity.WARNING)
    assert "vielleicht" in problem.message
    assert len(extract.observations) == 5
