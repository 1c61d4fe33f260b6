from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.pages.filters import Choice, entry_choices, entry_marks, filter_bar, filter_marks
from toolkit.pages.view import Site

if TYPE_CHECKING:
    from tests.pages.conftest import Studio


def test_an_entry_is_marked_by_channel_state_campaign_and_people(studio: Studio) -> None:
    """A post on two channels carries both; one without a campaign says so by an empty mark."""
    studio.post(channels="mastodon, bluesky", more="owner: wiebke\n")
    site = Site(studio.gather())
    assert entry_marks(site.entries[0]) == {
        "data_f_channel": "bluesky mastodon",
        "data_f_status": "ready",
        "data_f_campaign": "",
        "data_f_person": "jule wiebke",
    }


def test_a_bar_offers_what_its_entries_have(studio: Studio) -> None:
    """The values are those of the entries, by their titles and names."""
    studio.post(channels="mastodon, bluesky", more="owner: wiebke\n")
    site = Site(studio.gather())
    offered = {choice.field: dict(choice.values) for choice in entry_choices(site, site.entries)}
    assert offered == {
        "channel": {"bluesky": "Bluesky", "mastodon": "Mastodon"},
        "status": {"ready": "Ready"},
        "campaign": {},
        "person": {"jule": "Jule Hansen", "wiebke": "Wiebke Thomsen"},
    }


def test_a_value_with_spaces_is_one_word() -> None:
    """A campaign's file may be called with a space; its mark and its box still name the same value."""
    assert filter_marks(campaign=["winter sale"]) == {"data_f_campaign": "winter_sale"}
    assert 'value="winter_sale"' in filter_bar([Choice("campaign", "Campaign", {"winter sale": "Sale"})])


def test_names_stay_text() -> None:
    """What people are called cannot close the attribute or the label that it stands in."""
    bar = filter_bar([Choice("person", "Person", {'"><script>': "<b>Eve</b>"})])
    assert "<script>" not in bar
    assert "<b>" not in bar
