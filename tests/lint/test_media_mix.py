from __future__ import annotations

import pytest

from tests.lint.conftest import SETTINGS, Desk
from tests.pictures.galaxy import colourful, gif_of_everything, saved
from tests.pictures.movies import film

HEAD = "---\nchannels: [%s]\nmedia:\n"
PHOTO, FILM = "  - file: media/photo.jpg\n", "  - {file: media/film.mp4, kind: video}\n"


@pytest.fixture(autouse=True)
def _files(desk: Desk) -> None:
    desk.settings(SETTINGS + '\n[accounts.instagram]\nnetwork = "instagram"\n\n[accounts.x]\nnetwork = "x"\n')
    desk.write("content/media/photo.jpg", saved(colourful(120, 100), "JPEG"))
    desk.write("content/media/moving.gif", gif_of_everything())
    desk.write("content/media/still.gif", saved(colourful(40, 40), "GIF"))
    desk.write("content/media/film.mp4", film())


def test_a_film_beside_a_picture(desk: Desk) -> None:
    """Mastodon and X take one or the other, Instagram both."""
    (message,) = desk.messages("media-mix", f"{HEAD % 'mastodon, x, instagram'}{PHOTO}  - «{FILM[4:-1]}»\n---\n")
    assert message == "Mastodon, X: shown only alone; leave out the other media, or make another post of them"
    assert desk.messages("media-mix", f"{HEAD % 'instagram'}{PHOTO}{FILM}---\n") == []


def test_alone_and_alike_are_fine(desk: Desk) -> None:
    """A film by itself, pictures among themselves, and a GIF that does not move, which is a picture."""
    for media in (FILM, PHOTO * 3, PHOTO + "  - file: media/still.gif\n"):
        assert desk.messages("media-mix", f"{HEAD % 'mastodon, x'}{media}---\n") == []


def test_a_moving_gif_counts_as_a_film(desk: Desk) -> None:
    """Networks show it as one."""
    assert len(desk.messages("media-mix", f"{HEAD % 'x'}{PHOTO}  - «file: media/moving.gif»\n---\n")) == 1


def test_another_choice_for_one_account_is_looked_at(desk: Desk) -> None:
    """The media that an account's options name are its media."""
    text = (
        f"{HEAD % 'mastodon, x'}{PHOTO}{FILM}options:\n  x: {{media: [{{file: media/photo.jpg}}]}}\n"
        "  mastodon: {media: [{file: media/film.mp4, kind: video}]}\n---\n"
    )
    assert desk.messages("media-mix", text) == []
