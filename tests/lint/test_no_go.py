from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.lint.conftest import HANDBOOK_PAGE as PAGE
from tests.lint.conftest import Desk
from toolkit.model import Severity

STORM = """topic: Sturm als Wortspiel
words: [Sturm, Orkan*, "hohe See"]
reason: Sturmflut vom 18. November.
from: 2026-11-18
until: 2026-12-05
owner: leitung
instead: vom Wetter schweigen
"""
HEAD = "---\nchannels: [mastodon, feed]\npublish: 2026-11-24 08:00\n---\n"


def test_a_closed_topic_is_found_with_reason_end_and_whom_to_ask(desk: Desk) -> None:
    """One warning at each word, whatever its case; the message says why, how long, what instead and who knows."""
    desk.block("no-go", STORM)
    messages = desk.messages("no-go", f"{HEAD}Ein «STURM» im Wasserglas, ein «Orkantief» auf «hohe\nSee».\n")
    assert messages[0] == (
        "STURM: Sturm als Wortspiel is no topic until 2026-12-05 (Sturmflut vom 18. November);"
        " instead: vom Wetter schweigen; ask leitung"
    )
    assert {problem.severity for problem in desk.check("no-go")} == {Severity.WARNING}


def test_words_are_whole_words(desk: Desk) -> None:
    """Stürmisch, Sturmtief and an address with the word in it are something else; comments are never sent."""
    desk.block("no-go", STORM)
    text = "Stürmisch, Sturmtief, Ansturm. [Hier](https://example.com/sturm) <!-- Sturm --> https://example.com/a-sturm"
    assert desk.messages("no-go", f"{HEAD}{text}\n") == []


@pytest.mark.parametrize(
    ("when", "count"),
    [("2026-12-05 23:59", 1), ("2026-12-06 00:00", 0), ("2026-11-20 08:00", 0), ("next", 1)],
)
def test_the_day_of_publication_counts(desk: Desk, when: str, count: int) -> None:
    """The last day is closed, the next is open; what is out is out; what has no day yet is looked at today."""
    desk.block("no-go", STORM)
    word = "«Sturm»" if count else "Sturm"
    sample = f"---\nchannels: [mastodon]\npublish: {when}\n---\nEin {word}.\n"
    assert len(desk.messages("no-go", sample)) == count


def test_now_decides_what_is_out(desk: Desk) -> None:
    """Two weeks earlier the same post was still to come, and the topic was not closed yet for an earlier day."""
    desk.block("no-go", STORM)
    sample = "---\nchannels: [mastodon]\npublish: 2026-11-19 08:00\n---\nEin {}.\n"
    assert desk.messages("no-go", sample.format("Sturm")) == []
    assert len(desk.messages("no-go", sample.format("«Sturm»"), now=datetime(2026, 11, 1, tzinfo=UTC))) == 1


def test_the_day_is_the_account_s_own(desk: Desk) -> None:
    """00:30 in Berlin is the evening before in New York, and there the topic is still closed."""
    desk.block("no-go", STORM)
    desk.settings(
        desk.root.joinpath("leitstand.toml").read_text()
        + '\n[accounts.us]\nnetwork = "x"\ntimezone = "America/New_York"\n'
    )
    sample = "---\nchannels: [{}]\npublish: 2026-12-06 00:30+01:00\n---\nEin {}.\n"
    assert desk.messages("no-go", sample.format("mastodon", "Sturm")) == []
    assert len(desk.messages("no-go", sample.format("us", "«Sturm»"))) == 1


@pytest.mark.parametrize(
    ("scope", "count"),
    [
        ("channels: [feed]", 1),
        ("channels: [bluesky]", 0),
        ("labels: [wetter]", 1),
        ("labels: [service]", 0),
        ("campaigns: [advent]", 0),
        ("languages: [de]", 1),
        ("languages: [en]", 0),
    ],
)
def test_a_topic_may_be_closed_in_a_part_only(desk: Desk, scope: str, count: int) -> None:
    """Channels, labels, campaigns and languages say for whom."""
    desk.write("content/campaigns/advent.md", "---\ntitle: Advent\n---\n")
    desk.block("no-go", f"{STORM}{scope}\n")
    word = "«Sturm»" if count else "Sturm"
    head = HEAD.replace("---\n", "---\nlanguage: de\nlabels: [wetter]\n", 1)
    assert len(desk.messages("no-go", f"{head}Ein {word}.\n")) == count


def test_each_variant_is_read_for_the_accounts_that_get_it(desk: Desk) -> None:
    """A topic that is closed on one account only is found in its variant, in alt texts, titles and options."""
    desk.block("no-go", f"{STORM}channels: [feed]\n")
    desk.messages("no-go", f"{HEAD}Ein Sturm.\n\n## @feed\n\nEin «Sturm».\n")
    desk.block("no-go", f"{STORM}severity: error\n")
    sample = (
        "---\ntitle: Der «Sturm»\nchannels: [mastodon]\npublish: 2026-11-24 08:00\n"
        "media: [{file: media/a.jpg, alt: Ein «Sturm» zieht auf}]\n"
        "options: {mastodon: {content_warning: «Sturm», visibility: public}}\n---\nText\n"
    )
    assert len(desk.messages("no-go", sample)) == 3
    assert {problem.severity for problem in desk.check("no-go")} == {Severity.ERROR}


def test_an_english_text_meets_an_english_topic(desk: Desk) -> None:
    """Patterns are RE2's, in any case; one that matches nothing at all finds nothing."""
    desk.block("no-go", "topic: politics\npatterns: ['elections?', 'x*']\nreason: we sell coffee\n")
    (message,) = desk.messages("no-go", f"{HEAD}«Elections» are near.\n")
    assert message == "Elections: politics is no topic here (we sell coffee); ask leitung"


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("topic: A\nwords: [x]\n", "10:8 reason is missing"),
        ("words: [x]\nreason: y\n", "10:8 topic is missing"),
        ("topic: A\nreason: y\n", "10:8 words or patterns are missing: how is it told?"),
        ("topic: A\nwords: ['*']\nreason: y\n", "11:8 words or patterns are missing: how is it told?"),
        ("topic: A\nword: [x]\nreason: y\n", "11:1 unknown key 'word'; did you mean 'words'?"),
        ("topic: A\nwords: [x]\nreason: y\nuntil: morgen\n", "13:8 until must be a date such as 2026-12-01, not 'morgen'"),
        ("topic: A\nwords: [x]\nreason: y\nfrom: 2026-12-02\nuntil: 2026-12-01\n", "14:8 2026-12-01 is before 2026-12-02"),
        ("topic: A\npatterns: [x, '(y']\nreason: y\n", "11:15 this pattern cannot be read: this bracket is never closed"),
        ("topic: A\nwords: [x]\nreason: y\nowner: leitng\n", "13:8 unknown person 'leitng'; did you mean 'leitung'?"),
        ("topic: A\nwords: [x]\nreason: y\nchannels: [feet]\n", "13:11 unknown account or network 'feet'; did you mean 'feed'?"),
        ("topic: A\nwords: [x]\nreason: y\nseverity: hard\n", "13:11 severity must be one of error, warning, hint, not 'hard'"),
        ("- A\n", "10:1 keys and values are wanted here, such as owner: anna"),
        ("topic: [A\n", "11:1 indentation, brackets or quotes do not match here or just above"),
    ],
)  # fmt: skip
def test_a_block_that_cannot_be_used_is_said_where_it_stands(desk: Desk, block: str, said: str) -> None:
    """Line and column in the handbook's page, and what to write; nothing else breaks."""
    desk.block("no-go", block)
    found = desk.on_page("no-go")
    assert any(one.startswith(said) for one in found)
    assert desk.messages("no-go", f"{HEAD}Guten Morgen.\n") == []


def test_a_block_inside_a_longer_fence_is_an_example(desk: Desk) -> None:
    """A page may show how a block is written without closing the topic; tildes and CRLF open one as well."""
    desk.write(PAGE, f"# Krise\n\n````markdown\n```no-go\n{STORM}```\n````\n")
    assert desk.messages("no-go", f"{HEAD}Ein Sturm.\n") == []
    desk.write(PAGE, f"# Krise\n\n~~~no-go\n{STORM}~~~\n".replace("\n", "\r\n"))
    assert len(desk.messages("no-go", f"{HEAD}Ein «Sturm».\n")) == 1


def test_an_evil_pattern_is_searched_in_linear_time(desk: Desk) -> None:
    """A pattern that other engines never finish on is simply searched: RE2 does not go back."""
    desk.block("no-go", "topic: A\npatterns: ['(?:(?:a|aa)+ ?)+!']\nreason: y\n")
    assert desk.messages("no-go", f"{HEAD}{'a' * 50_000}\n") == []
