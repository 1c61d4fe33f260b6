from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.networks import NETWORKS, find_network
from toolkit.networks.base import Network
from toolkit.networks.filters import text_draft
from toolkit.networks.tracking import is_own, track_address, tracked_addresses
from toolkit.settings import LinkPolicy, read_settings
from toolkit.workspace import Draft

UID = "01JDK3V7Q2M8X4T6R9A0B1C2D3"
SETTINGS = """format = 1
[workspace]
id = "probe"
[links]
domains = ["nordlicht.example.com", "bücher.example"]
utm_id = "{uid}"
"""
PIECE = st.text(st.characters(codec="utf-8", exclude_characters="#?&=", categories=("L", "N", "P", "S")), max_size=8)
NAME = st.sampled_from(["q", "utm_source", "UTM_Medium", "utm%5Fsource", "page", "größe", ""])


def policy(text: str = SETTINGS) -> LinkPolicy:
    settings, problems = read_settings(text)
    assert settings is not None, problems
    return settings.links


def tracked(text: str, network: Network, campaign: str = "advent-2026") -> Draft:
    draft = text_draft(text, network)
    return replace(draft, post=replace(draft.post, uid=UID, campaign=campaign), links=policy())


def written(network: Network, text: str, campaign: str = "advent-2026") -> str:
    """Everything of a rendition in which an address may stand."""
    parts = network.render(tracked(text, network, campaign)).parts
    return " ".join(f"{part.text} {part.html} {part.spans} {dict(part.fields)}" for part in parts).replace("&amp;", "&")


@pytest.mark.parametrize("network", NETWORKS.values(), ids=lambda network: network.name)
def test_every_network_sends_measured_links(network: Network) -> None:
    """A link behind words, a bare address and one in brackets are measured; foreign ones and code are not."""
    for text in (
        "[Zum Shop](https://nordlicht.example.com/a)",
        "Neu: https://nordlicht.example.com/a.",
        "<https://nordlicht.example.com/a>",
        "- eins\n- [zwei](https://nordlicht.example.com/a)\n\n> und drei",
    ):
        wanted = f"/a?utm_source={network.name}&utm_medium=social&utm_campaign=advent-2026&utm_id={UID}"
        assert wanted in written(network, text).replace("\\", "")
    for text in (
        "https://other.example/a",
        "[x](https://nordlicht.example.com.evil.example/a)",
        "`https://nordlicht.example.com/a`",
    ):
        assert "utm_" not in written(network, text)


@pytest.mark.parametrize("name", ["mastodon", "x", "bluesky"])
def test_what_is_measured_is_counted(name: str) -> None:
    """The length is the one of the text that is sent."""
    network = find_network(name)
    part = network.render(tracked("[Zum Shop](https://nordlicht.example.com/a)", network)).parts[0]
    assert part.count == network.count(part.text)


def test_words_stay_and_addresses_that_are_their_own_label_do_not_double() -> None:
    """``Zum Shop`` stays as it is; a link that shows its address shows the measured one, once."""
    network = find_network("mastodon")
    text = network.render(tracked("[nordlicht.example.com/a](https://nordlicht.example.com/a)", network)).parts[0].text
    assert text.count("nordlicht.example.com") == 1
    assert "utm_source" in text


def test_a_missing_campaign_leaves_its_parameter_out() -> None:
    """No empty ``utm_campaign=``."""
    assert "utm_campaign" not in written(find_network("mastodon"), "https://nordlicht.example.com/a", campaign="")


def test_the_link_of_an_instagram_post_is_measured_too() -> None:
    """It stands in an option, because addresses in the text cannot be clicked."""
    network = find_network("instagram")
    draft = replace(tracked("x", network), values={"link": "https://nordlicht.example.com/a"})
    assert "utm_source=instagram" in network.render(draft).parts[0].fields["link"]


def test_without_a_policy_nothing_changes() -> None:
    """Off by default."""
    network = find_network("mastodon")
    draft = replace(tracked("https://nordlicht.example.com/a", network), links=LinkPolicy())
    assert network.render(draft).parts[0].text == "https://nordlicht.example.com/a"


def test_preview_can_tell_which_addresses_are_measured() -> None:
    """Those of a rendered text that carry a parameter of the policy, each once."""
    draft = tracked("x", find_network("mastodon"))
    own = "https://nordlicht.example.com/a?utm_source=mastodon"
    assert tracked_addresses(draft, f"{own} und {own}, https://other.example/?utm_source=mastodon") == (own,)


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("https://nordlicht.example.com", True),
        ("http://NORDLICHT.example.com:8080/x", True),
        ("https://shop.nordlicht.example.com./x", True),
        ("https://me@nordlicht.example.com/", True),
        ("https://bücher.example/", True),
        ("https://xn--bcher-kva.example/", True),
        ("https://xnordlicht.example.com/", False),
        ("https://nordlicht.example.com.evil.example/", False),
        ("https://nordlicht.example.com@evil.example/", False),
        ("https://evil.example/?nordlicht.example.com", False),
        ("mailto:x@nordlicht.example.com", False),
        ("/shop", False),
    ],
)
def test_whose_address_it_is(address: str, own: bool) -> None:
    """The host decides, with its subdomains, in whatever writing."""
    assert is_own(address, policy()) is own


@pytest.mark.parametrize(
    ("address", "after"),
    [
        ("https://a.example", "https://a.example?utm_source=x"),
        ("https://a.example/?", "https://a.example/?utm_source=x"),
        ("https://a.example/?a=1&", "https://a.example/?a=1&utm_source=x"),
        ("https://a.example/?a=%20%C3%A4+b#!/c?d", "https://a.example/?a=%20%C3%A4+b&utm_source=x#!/c?d"),
        ("https://a.example/#top", "https://a.example/?utm_source=x#top"),
        ("https://a.example/?utm_source=partner", "https://a.example/?utm_source=partner"),
        ("https://a.example/?UTM%5FSOURCE=", "https://a.example/?UTM%5FSOURCE="),
    ],
)
def test_where_the_parameters_stand(address: str, after: str) -> None:
    """Before the fragment, behind what is there; an author's own value stays."""
    assert track_address(address, {"utm_source": "x"}) == after


@given(
    path=PIECE,
    query=st.lists(st.tuples(NAME, PIECE), max_size=4),
    fragment=st.none() | PIECE,
    values=st.dictionaries(
        st.sampled_from(["utm_source", "utm_medium", "utm_id"]), st.text(min_size=1, max_size=9), min_size=1
    ),
)
def test_nothing_but_the_parameters_is_new(
    path: str, query: list[tuple[str, str]], fragment: str | None, values: dict[str, str]
) -> None:
    """Taken out again, the address is what it was, to the letter; parsed, it has the old and the new; twice is once."""
    pairs = "&".join(f"{name}={value}" for name, value in query)
    before = f"https://a.example/{path}" + (f"?{pairs}" if query else "") + ("" if fragment is None else f"#{fragment}")
    after = track_address(before, values)
    assert track_address(after, values) == after
    there = {name.lower().replace("%5f", "_") for name, _value in query}
    added = [(name, value) for name, value in values.items() if name not in there]
    if not added:
        assert after == before
        return
    old, new = urlsplit(before), urlsplit(after)
    assert (new.scheme, new.netloc, new.path, new.fragment) == (old.scheme, old.netloc, old.path, old.fragment)
    assert parse_qsl(new.query, keep_blank_values=True)[-len(added) :] == added
    assert new.query.startswith(old.query)
    assert after.replace(new.query, old.query, 1).replace("?#", "#").rstrip("?") == before.replace("?#", "#").rstrip(
        "?"
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('domains = ["https://nordlicht.example.com/"]', "without https:// and path"),
        ('domains = "nordlicht.example.com"', "must be a list of texts"),
        ('utm_source = "{netzwerk}"', "only these placeholders: {network}, {account}, {campaign}, {uid}"),
        ('utm_source = "{"', "only these placeholders"),
        ("utm_medium = 3", "must be text"),
        ('utm_sorce = "x"', "did you mean 'utm_source'?"),
    ],
)
def test_a_policy_that_cannot_be_meant_is_refused_at_its_place(line: str, said: str) -> None:
    """The line, the key and the remedy stand in the problem."""
    settings, problems = read_settings(f'format = 1\n[workspace]\nid = "probe"\n[links]\n{line}\n')
    assert settings is None
    assert [problem.span.line for problem in problems] == [5]
    assert said in problems[0].message
