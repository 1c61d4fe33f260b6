from __future__ import annotations

import pytest

from tests.lint.conftest import SETTINGS, Desk
from tests.pictures.galaxy import bomb_png, colourful, gif_of_everything, saved
from tests.pictures.movies import film
from toolkit.model import Severity
from toolkit.networks.limits import limit

MORE = """
[accounts.instagram]
network = "instagram"

[accounts.x]
network = "x"
"""


@pytest.fixture(autouse=True)
def _files(desk: Desk) -> None:
    desk.settings(SETTINGS + MORE)
    desk.write("content/media/photo.jpg", saved(colourful(120, 100), "JPEG"))
    desk.write("content/media/panorama.jpg", saved(colourful(400, 100), "JPEG"))
    desk.write("content/media/moving.gif", gif_of_everything())
    desk.write("content/media/film.mp4", film())


def post(channels: str, medium: str) -> str:
    return f"---\nchannels: [{channels}]\nmedia:\n  - {medium}\n---\n"


def test_what_is_put_right_before_sending_is_no_problem(desk: Desk) -> None:
    """A PNG for Instagram, a large picture for Bluesky."""
    desk.write("content/media/photo.png", saved(colourful(1800, 1600), "PNG"))
    assert desk.messages("media-fit", post("instagram, bluesky, feed", "file: media/photo.png")) == []


def test_a_damaged_file_is_said_once(desk: Desk) -> None:
    """At the file, with all the networks that would get it; so are bombs."""
    desk.write("content/media/half.jpg", saved(colourful(300, 300), "JPEG")[:900])
    (message,) = desk.messages("media-fit", post("mastodon, mastodon-en, x", "file: «media/half.jpg»"))
    assert message == "Mastodon, X: the picture is cut short or damaged; export it again"
    desk.write("content/media/bomb.png", bomb_png(30_000))
    (message,) = desk.messages("media-fit", post("mastodon", "{file: «media/bomb.png», kind: graphic}"))
    assert "30000 x 30000 pixels are more than anybody shows" in message


def test_a_cut_that_nobody_asked_for_is_pointed_out(desk: Desk) -> None:
    """Until the author says what stays; a focus or a crop that fits is enough."""
    (message,) = desk.messages("media-fit", post("instagram, mastodon", "file: «media/panorama.jpg»"))
    assert message == "Instagram: 400 x 100 is cut to 191 x 100, around the middle; crop: and focus: say what stays"
    assert [problem.severity for problem in desk.check("media-fit")] == [Severity.HINT]
    for said in ("focus: [0.2, 0.5]", "crop: «1:1»"):
        text = post("instagram", f"{{file: media/panorama.jpg, {said}}}").replace("«", '"').replace("»", '"')
        assert desk.messages("media-fit", text) == []


def test_an_animation_that_would_stand_still_is_an_error(desk: Desk) -> None:
    """Instagram and Bluesky show only its first picture; Mastodon and X show it moving."""
    (message,) = desk.messages("media-fit", post("mastodon, x, bluesky, instagram", "file: «media/moving.gif»"))
    assert message.startswith("Bluesky, Instagram: an animation would stand still")
    assert desk.messages("media-fit", post("mastodon, x", "file: media/moving.gif")) == []
    (message,) = desk.messages("media-fit", post("x", '{file: media/moving.gif, crop: «"1:1"»}'))
    assert "an animation cannot be cut" in message


def test_a_film_that_is_too_long_is_an_error(desk: Desk) -> None:
    """X bounds the length, Mastodon does not."""
    most = limit("x", "video_seconds")
    desk.write("content/media/film.mp4", film(seconds=most + 60))
    medium = "{file: «media/film.mp4», kind: video}"
    (message,) = desk.messages("media-fit", post("mastodon, x", medium))
    assert message == f"X: it is {most + 60} seconds long, at most {most} are taken; cut it shorter"


def test_a_kind_that_leitstand_does_not_bring_there_is_a_warning(desk: Desk) -> None:
    """A message of Slack shows pictures; an account that people serve may have a film."""
    slack = '\n[accounts.slack]\nnetwork = "slack"\n'
    desk.settings(SETTINGS + slack)
    text = post("slack", "{file: «media/film.mp4», kind: video}")
    (message,) = desk.messages("media-fit", text)
    assert message.startswith("Slack: Leitstand sends no video there")
    assert [problem.severity for problem in desk.check("media-fit")] == [Severity.WARNING]
    over = text.replace("media:", "publish: 2026-11-20 11:00\nmedia:").replace("«", "").replace("»", "")
    assert desk.messages("media-fit", over) == []
    desk.settings(SETTINGS + slack + "hand_off = true\n")
    assert desk.messages("media-fit", text.replace("«", "").replace("»", "")) == []


def test_a_broken_film_is_said(desk: Desk) -> None:
    """Cut short while it was copied."""
    desk.write("content/media/film.mp4", film()[:200])
    (message,) = desk.messages("media-fit", post("mastodon", "{file: «media/film.mp4», kind: video}"))
    assert message.startswith("Mastodon: the film is cut short")


def test_the_dispatcher_is_stopped_by_it(desk: Desk) -> None:
    """What `check` calls an error keeps the post at home: the gate asks the same rules."""
    from tests.lint.conftest import NOW
    from toolkit.lint import post_errors

    desk.write("content/media/half.jpg", saved(colourful(300, 300), "JPEG")[:900])
    desk.post(
        "---\nuid: 01JDK3V7Q2M8X4T6R9A0B1C2D3\nchannels: [mastodon]\nmedia:\n  - {file: media/half.jpg, alt: Ein Hafen}\n---\nx\n"
    )
    workspace = desk.load()
    assert "media-fit" in [problem.rule for problem in post_errors(workspace, workspace.posts[0], NOW)]
