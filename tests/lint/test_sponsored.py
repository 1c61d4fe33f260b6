"""The rule `sponsored`: a label first, in every variant, in its language."""

from __future__ import annotations

import pytest

from tests.lint.conftest import SETTINGS, Desk
from toolkit.model import Severity

HEAD = "---\nchannels: [mastodon, mastodon-en]\nsponsored: true\n---\n"
REST = "\n\n## @mastodon-en\n\nAd: A mug.\n"


@pytest.mark.parametrize("start", ["Anzeige: ", "Werbung | ", "**Anzeige** ", "(Werbung) ", "[Anzeige] ", "ANZEIGE. "])
def test_a_label_first(desk: Desk, start: str) -> None:
    """Bold, in brackets, in capitals: people see it at once."""
    assert desk.messages("sponsored", f"{HEAD}{start}Ein Becher.{REST}") == []


@pytest.mark.parametrize(
    "text", ["Ein Becher. #Anzeige", "Anzeigenblatt gelesen", "#Werbung Ein Becher", "Ad: Ein Becher"]
)
def test_no_label_or_too_late(desk: Desk, text: str) -> None:
    """At the end, as a part of another word, as a hashtag, in another language: no label."""
    (message,) = desk.messages("sponsored", f"{HEAD}«{text}»{REST}")
    assert message == "this is sponsored: begin the text with Anzeige / Werbung"
    assert [problem.severity for problem in desk.check("sponsored")] == [Severity.ERROR]


def test_every_variant_and_the_first_part(desk: Desk) -> None:
    """Each variant needs its label, a thread only at its beginning."""
    body = "Anzeige: Eins.\n\n---\n\nZwei.\n\n## @mastodon-en\n\n«A mug.»\n"
    (message,) = desk.messages("sponsored", HEAD + body)
    assert message == "this is sponsored: begin the text with Ad / Advert / Advertisement / #ad"


def test_own_labels(desk: Desk) -> None:
    """A house may allow others."""
    desk.settings(f'{SETTINGS}\n[check.sponsored]\nde = ["Bezahlte Partnerschaft"]\n')
    assert desk.messages("sponsored", f"{HEAD}Bezahlte Partnerschaft mit der Töpferei.{REST}") == []


def test_nothing_is_asked_of_others(desk: Desk) -> None:
    """Without sponsored, or with false, a post needs no label; another word is a problem of the front matter."""
    for value in ("", "sponsored: false\n"):
        assert desk.messages("sponsored", f"---\nchannels: [mastodon]\n{value}---\nEin Becher.\n") == []
    desk.post("---\nsponsored: vielleicht\n---\n")
    assert [problem.message for problem in desk.check("front-matter") if "sponsored" in problem.message] == [
        "sponsored must be true or false, not 'vielleicht'"
    ]
