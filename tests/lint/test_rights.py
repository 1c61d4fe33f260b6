from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.lint.conftest import JPEG, SETTINGS, Desk
from toolkit.model import Severity

HEAD = (
    "---\nchannels: [mastodon, feed]\npublish: 2026-12-01 07:30\nmedia:\n  - file: media/a.jpg\n    alt: Jemand winkt\n"
)


def test_nothing_is_demanded_of_a_small_team(desk: Desk) -> None:
    """Without settings and without people nothing is said about a medium that says nothing."""
    assert desk.messages("rights", f"{HEAD}---\n") == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("    until: «2026-11-30»\n", "may be shown until 2026-11-30 only, this goes out on 2026-12-01"),
        (
            "    people: true\n    consent: {proof: Zettel 14, until: «2026-11-30»}\n",
            "the consent (Zettel 14) ends on 2026-11-30, this goes out on 2026-12-01; ask again or take another picture",
        ),
    ],
)
def test_what_has_run_out_before_publishing_is_an_error(desk: Desk, line: str, said: str) -> None:
    """Rights or consent that end before the day hold the post back; on the last day they still hold."""
    assert desk.messages("rights", f"{HEAD}{line}---\n") == [said]
    assert [problem.severity for problem in desk.check("rights")] == [Severity.ERROR]
    good = line.replace("«2026-11-30»", "2026-12-01")
    assert desk.messages("rights", f"{HEAD}{good}---\n") == []


def test_what_is_out_is_out(desk: Desk) -> None:
    """A post of the past keeps its expired consent; before its day it is an error."""
    sample = f"{HEAD}    until: 2026-11-01\n---\n".replace("2026-12-01", "2026-11-02")
    assert desk.messages("rights", sample) == []
    earlier = datetime(2026, 10, 1, tzinfo=UTC)
    assert len(desk.messages("rights", sample.replace("2026-11-01", "«2026-11-01»"), now=earlier)) == 1


def test_the_latest_account_decides(desk: Desk) -> None:
    """One account gets the picture a week later, when the consent is over; another gets another picture."""
    late = "options:\n  feed: {publish: 2026-12-08 07:30}\n---\n"
    assert len(desk.messages("rights", f"{HEAD}    until: «2026-12-02»\n{late}")) == 1
    other = "options:\n  feed: {publish: 2026-12-08 07:30, media: [{file: media/b.jpg, alt: Ein Tor}]}\n---\n"
    assert desk.messages("rights", f"{HEAD}    until: 2026-12-02\n{other}") == []


def test_a_post_that_comes_again_is_looked_at_to_its_last_time(desk: Desk) -> None:
    """The consent holds for the first week and not for the third."""
    sample = HEAD.replace("media:", "repeat: FREQ=WEEKLY;COUNT=3\nmedia:")
    (message,) = desk.messages("rights", f"{sample}    until: «2026-12-09»\n---\n")
    assert message.endswith("this goes out on 2026-12-15")


def test_people_need_a_consent(desk: Desk) -> None:
    """People that can be recognised and no consent: a warning that shows how one is written."""
    (message,) = desk.messages("rights", f"{HEAD}    people: «true»\n---\n")
    assert message == "people need a consent; say where it lies: consent: {proof: …, until: …}"
    assert desk.messages("rights", f"{HEAD}    people: true\n    consent: {{proof: Zettel 14}}\n---\n") == []


def test_the_house_says_what_every_medium_has_to_say(desk: Desk) -> None:
    """Each missing fact is a warning at the file; ordered media are not there yet."""
    desk.write("content/media/a.jpg", JPEG)
    desk.settings(SETTINGS + '\n[check.rights]\nrequired = ["rights", "licence", "credit", "people"]\n')
    desk.post(f"{HEAD}    credit: F. Brandt\n  - order: ein Bild\n---\n")
    assert [(problem.span.line, problem.message) for problem in desk.check("rights")] == [
        (5, "is somebody in the picture who can be recognised? say people: true or people: false"),
        (5, "licence is missing; the house asks it of every medium"),
        (5, "rights is missing; the house asks it of every medium"),
    ]
    full = "    credit: F. Brandt\n    rights: eigenes Foto\n    licence: keine\n    people: false\n"
    assert desk.messages("rights", f"{HEAD}{full}---\n") == []


def test_a_post_without_a_time_is_looked_at_today(desk: Desk) -> None:
    """What has run out today may not be shown at the next free slot either."""
    sample = f"{HEAD}    until: «2026-11-20»\n---\n".replace("2026-12-01 07:30", "next")
    assert len(desk.messages("rights", sample)) == 1
