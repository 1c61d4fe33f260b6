from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.networks import NETWORKS
from toolkit.networks.limits import parse_limits
from toolkit.networks.mediarules import MediaRules, Ready, Refused, loners, media_rules, prepare, read_rules, rules_of
from toolkit.pictures import Facts, Frame

PHOTO = Facts("image/jpeg", 900_000, 1200, 1000)
FILM = Facts("video/mp4", 5_000_000, 720, 1280, seconds=30, codec="h264")
PROVENANCE = "unit: x, source: somewhere, checked: 2026-11-21, confidence: low"


def ready(facts: Facts, network: str, crop: str = "") -> Ready:
    answer = prepare(facts, media_rules(network), crop)
    assert isinstance(answer, Ready), answer
    return answer


def refused(facts: Facts, rules: MediaRules, crop: str = "") -> Refused:
    answer = prepare(facts, rules, crop)
    assert isinstance(answer, Refused), answer
    return answer


def test_a_picture_that_fits_is_left_alone() -> None:
    """No wish, no change: its pixels stay."""
    answer = ready(PHOTO, "mastodon")
    assert (answer.wish, answer.changes, answer.sides) == (None, (), (1200, 1000))


@pytest.mark.parametrize(
    ("facts", "network", "changes"),
    [
        (replace(PHOTO, size=20_000_000), "bluesky", ("at most 2.0 MB",)),
        (replace(PHOTO, width=6000, height=5000), "instagram", ("made smaller, 1440 x 1200",)),
        (replace(PHOTO, media_type="image/png"), "instagram", ("saved as JPEG",)),
        (
            replace(PHOTO, media_type="image/png", transparent=True),
            "instagram",
            ("saved as JPEG", "white where it is transparent"),
        ),
        (replace(PHOTO, width=4000), "instagram", ("cut to 1910 x 1000", "made smaller, 1440 x 753")),
        (replace(PHOTO, media_type="image/avif"), "x", ("saved as JPEG",)),
        (replace(PHOTO, orientation=6), "x", ()),
    ],
)
def test_what_can_be_repaired_is_said_and_no_problem(facts: Facts, network: str, changes: tuple[str, ...]) -> None:
    """Size, type, shape and how it is turned are put right, in words that people understand."""
    answer = ready(facts, network)
    assert answer.wish is not None
    assert answer.changes == changes


def test_only_the_networks_own_cut_is_unasked() -> None:
    """What the author wants cut is no surprise, unless the network cuts further."""
    wide = replace(PHOTO, width=4000)
    assert ready(wide, "instagram").cut_unasked
    assert ready(wide, "instagram", "9:16").cut_unasked
    assert not ready(wide, "instagram", "1:1").cut_unasked
    assert not ready(wide, "mastodon", "1:1").cut_unasked


@pytest.mark.parametrize(
    ("facts", "rules", "said"),
    [
        (replace(PHOTO, media_type="image/heic"), MediaRules(), "save it as JPEG or PNG"),
        (
            replace(PHOTO, media_type="image/gif", animated=True),
            MediaRules(image_types=("image/jpeg",)),
            "standing still|stand still",
        ),
        (replace(PHOTO, media_type="image/gif", animated=True), MediaRules(gif_size=1000), "0.9 MB, at most 0.0 MB"),
        (
            replace(PHOTO, media_type="image/gif", animated=True),
            MediaRules(frame=Frame(width=500)),
            "export it smaller",
        ),
        (replace(PHOTO, media_type="image/avif", animated=True), MediaRules(), "freed of its metadata"),
        (replace(PHOTO), MediaRules(image_types=("image/heic",)), "only HEIC are taken"),
        (Facts("", 10), MediaRules(), "no picture, video or PDF"),
        (Facts("application/pdf", 2_000_000), MediaRules(document_size=1_000_000), "2.0 MB, at most 1.0 MB"),
        (FILM, MediaRules(video_types=("video/webm",)), "export it as WEBM"),
        (FILM, MediaRules(video_size=1_000_000), "5.0 MB, at most 1.0 MB"),
        (FILM, MediaRules(video_seconds=20), "30 seconds long, at most 20"),
        (FILM, MediaRules(video_codecs=("av1",)), "coded as h264; export it as av1"),
    ],
)
def test_what_cannot_be_repaired_is_refused_with_the_remedy(facts: Facts, rules: MediaRules, said: str) -> None:
    """Films and animations are never encoded anew; the sentence says what to do."""
    import re

    assert re.search(said, refused(facts, rules).reason)


def test_an_animation_cannot_be_cut() -> None:
    """The problem is the crop, not the file; a crop that changes nothing is none."""
    moving = replace(PHOTO, media_type="image/gif", animated=True)
    assert refused(moving, MediaRules(), "1:1").field == "crop"
    assert isinstance(prepare(moving, MediaRules(), "6:5"), Ready)


@given(
    facts=st.builds(
        Facts,
        width=st.integers(1, 9000),
        height=st.integers(1, 5000),
        size=st.integers(1, 25_000_000),
        media_type=st.sampled_from(["image/jpeg", "image/png", "image/webp", "image/gif", "image/avif"]),
        orientation=st.integers(1, 8),
        transparent=st.booleans(),
        animated=st.just(False),
    ),
    network=st.sampled_from(list(NETWORKS)),
    crop=st.sampled_from(["", "1:1", "4:5", "16:9", "1:9"]),
)
def test_every_still_picture_can_be_prepared(facts: Facts, network: str, crop: str) -> None:
    """For every built-in network there is a type to write, and what is planned keeps to type, sides and shape."""
    rules = rules_of(NETWORKS[network])
    answer = prepare(facts, rules, crop)
    assert isinstance(answer, Ready)
    assert not rules.image_types or answer.media_type in rules.image_types
    assert not rules.frame.width or max(answer.sides) <= rules.frame.width
    assert not rules.frame.pixels or answer.sides[0] * answer.sides[1] <= rules.frame.pixels
    assert answer.sides[0] <= facts.width
    assert answer.sides[1] <= facts.height


def test_what_must_stand_alone() -> None:
    """A film beside a picture; not a film by itself, and not on Instagram, which shows both."""
    both = ("image/jpeg", "video/mp4")
    assert list(loners(both, media_rules("mastodon"))) == [1]
    assert list(loners(both[1:], media_rules("mastodon"))) == []
    assert list(loners(both, media_rules("instagram"))) == []
    assert list(loners(("application/pdf", "image/png"), media_rules("linkedin"))) == [0]


def test_a_limit_may_be_a_list_of_types() -> None:
    """It is read, shown and used; a list of something else is refused."""
    (limit,) = parse_limits(f"limits: {{image_types: {{value: [image/png, video/*], {PROVENANCE}}}}}", "x.yml")
    assert (limit.types, limit.value, str(limit)) == (("image/png", "video/*"), 0, "image/png, video/*")
    assert read_rules([limit]).image_types == ("image/png", "video/*")
    for value in ("[]", "[3]", "['']", "['image/']", "['a b']"):
        with pytest.raises(ValueError, match="a list of media types or a whole number"):
            parse_limits(f"limits: {{image_types: {{value: {value}, {PROVENANCE}}}}}", "x.yml")


@pytest.mark.parametrize("network", NETWORKS.values(), ids=lambda network: network.name)
def test_what_a_network_takes_leitstand_can_write(network: object) -> None:
    """A list without JPEG, PNG and WebP would refuse every picture that does not happen to fit."""
    from toolkit.networks.base import Network

    assert isinstance(network, Network)
    types = rules_of(network).image_types
    assert not types or {"image/jpeg", "image/png", "image/webp"} & set(types)
