"""Every limit is kept: what is told in limits/*.yml is what the adapters do, on both sides of its border."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from tests.networks.connections.makers import make_intent
from toolkit.model import Media, Part
from toolkit.networks import NETWORKS
from toolkit.networks.age import NOTICE, Ageing, find_aged
from toolkit.networks.base import Pace
from toolkit.networks.bluesky.counting import count_direct
from toolkit.networks.bluesky.detection import detect
from toolkit.networks.filters import text_draft
from toolkit.networks.limits import Limit, parse_limits
from toolkit.networks.linkedin.comments import refuse_comment
from toolkit.networks.linkedin.polls import refuse_poll as refuse_linkedin
from toolkit.networks.mastodon.instance import Limits
from toolkit.networks.mastodon.polls import refuse_poll as refuse_mastodon
from toolkit.networks.mediarules import rules_of
from toolkit.networks.newsletter.message import write_letter
from toolkit.networks.telegram.render import render as render_telegram
from toolkit.networks.wordpress.comments import refuse_comment as refuse_wordpress
from toolkit.networks.wordpress.slugs import post_slug, variants
from toolkit.networks.x.polls import refuse_poll as refuse_x
from toolkit.settings import Account

Keeps = Callable[[int], bool]  # whether the adapter takes so many
DAY = 86_400
FAMILY = "👨‍👩‍👧‍👦"  # 25 bytes, one grapheme


def part(text: str = "x", **fields: str) -> Part:
    return Part(text, NETWORKS["files"].count(text), fields=fields)


def answers(count: int) -> str:
    return " | ".join(f"Antwort {number}" for number in range(count))


def caption(length: int) -> bool:
    """A message with a picture; its text is shorter than one without."""
    draft = text_draft("a" * length, NETWORKS["telegram"])
    with_picture = replace(draft, media=(Media("media.0", "media/a.jpg", alt="A"),))
    return render_telegram(with_picture).parts[0].count.valid


def poll_of(network: str, **fields: str) -> bool:
    known = {"poll_options": "Ja | Nein", "poll_question": "Und?", **fields}
    limits = {one.name: one.value for one in NETWORKS["mastodon"].limits}
    server = Limits(poll_answers=limits["poll_options"], poll_answer=limits["poll_option"])
    refuse: dict[str, Callable[[Part], str]] = {
        "linkedin": refuse_linkedin,
        "x": refuse_x,
        "mastodon": lambda own: refuse_mastodon(own, server),
    }
    return refuse[network](part(**known)) == ""


def text_of(network: str) -> Keeps:
    return lambda most: NETWORKS[network].takes("a" * most)


def answers_of(network: str) -> Keeps:
    return lambda most: poll_of(network, poll_options=answers(most))


def answer_of(network: str) -> Keeps:
    return lambda most: poll_of(network, poll_options=f"Ja | {'a' * most}")


def tag(length: int) -> bool:
    return [one.end for one in detect("#" + "a" * length)] == [length + 1]


def first_comment(length: int) -> bool:
    network = NETWORKS["facebook"]
    return network.render_comment(text_draft("a" * length, network)).parts[0].count.valid


# What a text or a number of things is counted against; each is asked for the last that fits and the first that does not.
KEPT: Mapping[tuple[str, str], Keeps] = {
    **{(name, "text"): text_of(name) for name in NETWORKS},
    ("bluesky", "text_size"): lambda most: NETWORKS["bluesky"].takes(FAMILY * (most // 25) + "a" * (most % 25)),
    ("bluesky", "direct"): lambda most: count_direct("a" * most).valid,
    ("bluesky", "direct_size"): lambda most: count_direct(FAMILY * (most // 25) + "a" * (most % 25)).valid,
    ("bluesky", "tag"): tag,
    ("instagram", "hashtags"): lambda most: NETWORKS["instagram"].takes(" ".join(f"#tag{n}" for n in range(most))),
    ("threads", "links"): lambda most: NETWORKS["threads"].takes(" ".join(f"https://a.de/{n}" for n in range(most))),
    ("telegram", "caption"): caption,
    ("linkedin", "comment"): lambda most: refuse_comment(part("a" * most)) == "",
    ("facebook", "comment"): first_comment,
    ("wordpress", "comment"): lambda most: refuse_wordpress("a" * most) == "",
    **{(name, "poll_options"): answers_of(name)
       for name in ("linkedin", "x", "mastodon")},
    **{(name, "poll_option"): answer_of(name)
       for name in ("linkedin", "x", "mastodon")},
    ("linkedin", "poll_question"): lambda most: poll_of("linkedin", poll_question="a" * most),
}  # fmt: skip
# What an address counts, however long it is.
WEIGHED = {("mastodon", "address"), ("x", "address")}
# How much may be sent in which seconds.
PACED = {
    ("instagram", "posts_per_day"): DAY,
    ("linkedin", "posts_per_day"): DAY,
    ("threads", "posts_per_day"): DAY,
    ("x", "posts_per_quarter_hour"): 900,
}
# Where our way of sending stays below by itself, and where other tests stand at the border.
ELSEWHERE = {
    ("bluesky", "languages"): "a record tells one language",
    (
        "bluesky",
        "card_image_size",
    ): "a preview's picture is made smaller, as every other: tests/networks/test_mediafile.py",
    ("mastodon", "poll_longest"): "tests/networks/mastodon/test_mastodon_polls.py",
    ("x", "poll_longest"): "tests/networks/connections/test_x_line.py",
    ("newsletter", "subject"): "a header is folded: see below",
    ("slack", "upload_alt"): "a longer description is left out: tests/networks/slack/test_slack_connection.py",
    ("webhook", "inline_size"): "tests/networks/webhook/test_webhook_connection.py",
    ("wordpress", "slug"): "what is made of a title is cut far below: see below",
}
ALL = {(network.name, one.name): one for network in NETWORKS.values() for one in network.limits}


@pytest.mark.parametrize(("network", "name"), KEPT)
def test_the_last_fits_and_the_next_does_not(network: str, name: str) -> None:
    """At the very number that is told with its source, the adapter stops taking."""
    value = ALL[network, name].value
    assert KEPT[network, name](value)
    assert not KEPT[network, name](value + 1)


@pytest.mark.parametrize("network", sorted(network for network, _name in WEIGHED))
def test_an_address_weighs_what_is_told(network: str) -> None:
    """Short or long, it counts the same number."""
    for address in ("https://a.de", "https://example.com/" + "a" * 90):
        assert NETWORKS[network].count(address).length == ALL[network, "address"].value


@pytest.mark.parametrize(("network", "name"), PACED)
def test_the_pace_is_the_one_that_is_told(network: str, name: str) -> None:
    """What the dispatcher keeps to and what the file tells are one number."""
    assert Pace(ALL[network, name].value, PACED[network, name]) in NETWORKS[network].paces


def test_no_line_of_a_mail_is_longer_than_mail_allows() -> None:
    """However long the subject is; it is folded, and arrives whole."""
    subject = "Winterröster " * 200
    intent = make_intent(
        Account("mail", "newsletter", "liste@example.com"), "x", title=subject, fields={"from": "wir@example.com"}
    )
    data = write_letter(intent, [], datetime(2026, 12, 1, tzinfo=UTC)).data
    assert max(map(len, data.split(b"\r\n"))) <= ALL["newsletter", "subject"].value
    assert " ".join(str(message_from_bytes(data, policy=default)["Subject"]).split()) == subject.strip()


def test_a_slug_of_a_title_fits_with_everything_that_wordpress_appends() -> None:
    """Our part, our mark, and a number or the mark of the bin."""
    intent = make_intent(Account("blog", "wordpress", "https://a.de"), "x", title="Größe " * 90)
    longest = max(variants(post_slug(intent)), key=len)
    assert 80 < len(longest) <= ALL["wordpress", "slug"].value


def test_no_limit_is_only_written_down() -> None:
    """A limit that no rule of media reads and no probe asks for would be a claim without proof."""
    provenance = ("x", "somewhere that is known", "2026-11-21", "low")
    read = {name for _network, name in ALL if _changes_rules(name, provenance)} | {"media", "alt"}
    proved = {*KEPT, *WEIGHED, *PACED, *ELSEWHERE}
    assert {key for key in ALL if key[1] not in read} == proved


def _changes_rules(name: str, provenance: tuple[str, str, str, str]) -> bool:
    """Whether the rules of media are other ones because of the limit `name`."""
    unit, source, checked, confidence = provenance
    own = Limit(name, 7, unit, source, checked, confidence)
    types = Limit(name, 0, unit, source, checked, confidence, ("image/png",))
    network = NETWORKS["files"]
    bare = rules_of(replace(network, own_limits=(Limit("text", 1, *provenance),)))
    return any(rules_of(replace(network, own_limits=(one,))) != bare for one in (own, types))


def test_a_limit_that_is_to_change_says_so_in_time() -> None:
    """Sixty days before its last day `check-age` names it; it is no failure, and without a last day there is nothing."""
    entry = "{value: 5, unit: links, source: the changelog, checked: 2026-11-21, confidence: high%s}"
    (ending,) = parse_limits("limits: {links: " + entry % ", sunset: 2027-03-31" + "}", "x.yml")
    (lasting,) = parse_limits("limits: {links: " + entry % "" + "}", "x.yml")
    last = date(2027, 3, 31)
    assert (ending.sunset, lasting.sunset) == (last.isoformat(), "")

    def aged(one: Limit, before: int) -> list[tuple[Ageing, int, bool]]:
        network = replace(NETWORKS["files"], own_limits=(one,))
        return [(own.ageing, own.days, own.is_urgent) for own in find_aged([network], last - timedelta(days=before))]

    assert aged(ending, NOTICE + 1) == []
    assert aged(ending, NOTICE) == [(Ageing.CHANGING, NOTICE, False)]
    assert aged(ending, -1) == [(Ageing.CHANGING, -1, False)]
    assert aged(lasting, 0) == []


def test_a_last_day_that_is_none_is_refused() -> None:
    """The file, the limit and what was written stand in the message."""
    text = "limits: {text: {value: 5, unit: a, source: b, checked: 2026-11-21, confidence: high, sunset: soon}}"
    with pytest.raises(ValueError, match=r"x\.yml: text: sunset is a day such as 2026-11-21, not 'soon'"):
        parse_limits(text, "x.yml")
