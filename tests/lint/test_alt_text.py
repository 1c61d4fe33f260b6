from __future__ import annotations

import pytest

from tests.lint.conftest import Desk
from toolkit.model import Severity

HEAD = "---\nchannels: [mastodon, feed]\nmedia:\n"


@pytest.mark.parametrize(
    "medium",
    [
        "{file: media/tuer.jpg, alt: Eine Hand öffnet eine Tür}",
        "{file: media/preise.pdf, kind: document}",
        "{order: Foto der Tür}",
        "{file: media/tuer.jpg, alt: Bildschirm mit offener Tür}",
    ],
)
def test_descriptions_are_fine(desk: Desk, medium: str) -> None:
    """A description of what is seen, a document without one, and a picture that is still to be made."""
    assert desk.messages("alt-text", f"{HEAD}  - {medium}\n---\n") == []


@pytest.mark.parametrize(
    ("medium", "said", "severity"),
    [
        ("{file: «media/tuer.jpg»}", "no alt text", Severity.ERROR),
        ("{file: «media/tuer.jpg», alt: '  '}", "no alt text", Severity.ERROR),
        ("{file: «media/tuer.mp4», kind: video}", "what can be seen and heard", Severity.WARNING),
        ("{file: media/tuer.jpg, alt: «tuer.jpg»}", "this is a file name", Severity.ERROR),
        ("{file: media/tuer.jpg, alt: «Tuer»}", "this is a file name", Severity.ERROR),
        ("{file: media/tuer.jpg, alt: «IMG_4711»}", "this is a file name", Severity.ERROR),
        ("{file: media/tuer.jpg, alt: «Bild von einer Tür»}", "leave out 'Bild von'", Severity.WARNING),
        ("{file: media/tuer.jpg, alt: «Ein Foto von einer Tür»}", "leave out 'Ein Foto von'", Severity.WARNING),
        ("{file: media/tuer.jpg, alt: «Image of a door»}", "leave out 'Image of'", Severity.WARNING),
    ],
)
def test_missing_and_poor_descriptions(desk: Desk, medium: str, said: str, severity: Severity) -> None:
    """Each is reported at the description, or at the file when there is none."""
    (message,) = desk.messages("alt-text", f"{HEAD}  - {medium}\n---\n")
    assert said in message
    assert [problem.severity for problem in desk.check("alt-text")] == [severity]


def test_the_tightest_network_counts(desk: Desk) -> None:
    """Mastodon takes 1500 characters; the message says who takes how many."""
    assert desk.messages("alt-text", f"{HEAD}  - {{file: media/a.jpg, alt: {'x' * 1500}}}\n---\n") == []
    (message,) = desk.messages("alt-text", f"{HEAD}  - {{file: media/a.jpg, alt: «{'x' * 1502}»}}\n---\n")
    assert message == "2 characters too long: Mastodon takes 1500"


def test_media_of_one_account_are_checked(desk: Desk) -> None:
    """Media under `options` need descriptions, too."""
    sample = "---\nchannels: [feed]\noptions:\n  feed:\n    media:\n      - file: «media/a.jpg»\n---\n"
    assert len(desk.messages("alt-text", sample)) == 1


@pytest.mark.parametrize("alt", ["Foto", "Ein Bild.", "image", "The photo", "Screenshot"])
def test_a_description_that_only_says_picture(desk: Desk, alt: str) -> None:
    """That there is a picture is announced anyway."""
    (message,) = desk.messages("alt-text", f"{HEAD}  - {{file: media/a.jpg, alt: «{alt}»}}\n---\n")
    assert message == "this says that there is a picture, not what can be seen on it"


def test_a_description_that_repeats_the_text(desk: Desk) -> None:
    """Punctuation and case apart; a longer description that contains the text is fine."""
    sample = f"{HEAD}  - {{file: media/a.jpg, alt: «Tür 1 ist auf»}}\n---\nTür 1 ist auf!\n"
    assert desk.messages("alt-text", sample) == ["this repeats the text; say what can be seen"]
    assert desk.messages("alt-text", sample.replace("«Tür 1 ist auf»", "Tür 1 ist auf und Schnee fällt")) == []


def test_a_description_in_another_language(desk: Desk) -> None:
    """A German description that also goes to an English account is pointed out once, and not where it has its own."""
    alt = "Blick von oben auf den Tisch, in der Mitte eine Karte"
    head = "---\nchannels: [mastodon, mastodon-en]\noptions:\n  mastodon-en: {language: en}\nlanguage: de\nmedia:\n"
    (message,) = desk.messages(
        "alt-text",
        f"{head}  - {{file: media/a.jpg, alt: '«{alt}»'}}\n---\nHallo\n".replace("'«", "«'").replace("»'", "'»"),
    )
    assert message == "seems to be German, which the text for mastodon-en is not; describe it there under options"
    own = head.replace("{language: en}", "{language: en, media: [{file: media/a.jpg, alt: A table}]}")
    assert desk.messages("alt-text", f"{own}  - {{file: media/a.jpg, alt: '{alt}'}}\n---\nHallo\n") == []
