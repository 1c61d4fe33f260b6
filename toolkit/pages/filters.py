"""The filter of a page: its bar, and the marks that `assets/scripts/filter.js` looks for. Any room may use it.

What stands on a page that filters:

- One bar, `filter_bar(choices)`: a form of native controls, each called after what it chooses by (``channel``,
  ``status``, ``campaign``, ``person``, or what a room names). It is hidden until the script shows it, so that without
  scripts nothing is promised. Several values of one field may be chosen; an item fits when it has one of them, in
  every field.
- Any number of containers ``data-filter``. Inside, an item carries ``data-f-FIELD="value value"``. An item *without* a
  field's mark is not concerned by that field (a campaign's bar stays when a channel is chosen); an item whose mark is
  empty has none of its values, and goes. Items that carry all fields of the bar are counted.
- ``data-f-group`` inside a container: goes when all items in it are gone (a day of a list, a section).
- ``details`` inside a container stand open while something is chosen, so that nothing that fits stays folded.
- Links ``data-filter-keep`` anywhere (next month, another view) carry what is chosen along.

The choice stands in the address (``?channel=mastodon&channel=bluesky&person=jule``) and can be sent to somebody; other
parts of the address stay. How many items are shown is said aloud (``role="status"``) and printed. When nothing fits, a
sentence says so, with a button that shows everything again.

Of 10,000 items each costs the browser one pass; the bar names only values that occur on its page, and the script adds
those that the address names beside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from toolkit.messages import _
from toolkit.pages.entries import Entry
from toolkit.pages.icons import icon
from toolkit.pages.markup import Html, div, join, para, span, tag
from toolkit.pages.view import Site
from toolkit.values import dataclass

CHANNEL: Final = "channel"
STATUS: Final = "status"
CAMPAIGN: Final = "campaign"
PERSON: Final = "person"


@dataclass(frozen=True, slots=True)
class Choice:
    """One field of a bar: its name in the address, its word, and value → word of everything it offers, in order."""

    field: str
    label: str
    values: Mapping[str, str]


def filter_marks(**fields: Iterable[str]) -> dict[str, str]:
    """The attributes of an item, for `tag`: ``filter_marks(channel=["mastodon"])`` → ``data_f_channel="mastodon"``."""
    return {f"data_f_{name}": " ".join(map(_word, values)) for name, values in fields.items()}


def entry_marks(entry: Entry) -> Mapping[str, str]:
    """The marks of a post at its moment: its channels, state, campaign, and the people who answer for it."""
    post = entry.post
    return _marks(entry.state.key, post.campaign, post.author, post.owner, *[one.name for one in entry.accounts])


@lru_cache(maxsize=1024)
def _marks(status: str, campaign: str, author: str, owner: str, *channels: str) -> Mapping[str, str]:
    people = dict.fromkeys(filter(None, (author, owner)))
    return filter_marks(channel=channels, status=[status], campaign=[campaign] if campaign else [], person=people)


def entry_choices(site: Site, found: Iterable[Entry]) -> tuple[Choice, ...]:
    """What the marks of these entries can be chosen by; words in the order of the alphabet."""
    channels: dict[str, str] = {}
    states: dict[str, str] = {}
    campaigns: dict[str, str] = {}
    people: dict[str, str] = {}
    for entry in found:
        channels |= {account.name: account.title or account.name for account in entry.accounts}
        states[entry.state.key] = entry.state.label
        if entry.post.campaign:
            campaign = site.workspace.campaigns.get(entry.post.campaign)
            campaigns[entry.post.campaign] = campaign.title if campaign else entry.post.campaign
        people |= {one: site.name_of(one) for one in (entry.post.author, entry.post.owner) if one}
    return (
        Choice(CHANNEL, _("Channel"), _sorted(channels)),
        Choice(STATUS, _("State"), _sorted(states)),
        Choice(CAMPAIGN, _("Campaign"), _sorted(campaigns)),
        Choice(PERSON, _("Person"), _sorted(people)),
    )


def filter_bar(choices: Sequence[Choice]) -> Html:
    """The bar, how many items are shown, and what stands there when none is."""
    reset = tag("button", _("Show all"), type="button", class_="ls-filter-reset", data_filter_reset=True)
    none = para(_("Nothing here fits this choice."), " ", reset, class_="ls-empty", data_filter_none=True, hidden=True)
    said = span(class_="ls-filter-said", role="status", data_filter_said=_("{shown} of {all} shown"))
    form = tag(
        "form",
        icon("filter"),
        *map(_field, choices),
        said,
        tag("button", _("Show all"), type="button", class_="ls-filter-reset", data_filter_reset=True, hidden=True),
        class_="ls-filter",
        data_filter_bar=True,
        aria_label=_("Filter"),
        autocomplete="off",
        hidden=True,
    )
    return join((form, none))


def _field(choice: Choice) -> Html:
    """Checkboxes below a word; the script writes beside it what is chosen."""
    boxes = (
        tag("label", tag("input", type="checkbox", name_=choice.field, value=_word(value)), span(label))
        for value, label in choice.values.items()
    )
    chosen = span(class_="ls-filter-chosen")
    options = div(*boxes, class_="ls-filter-options", role="group", aria_label=choice.label)
    return tag("details", tag("summary", choice.label, chosen), options, data_filter_field=choice.field)


def _sorted(words: Mapping[str, str]) -> Mapping[str, str]:
    return dict(sorted(words.items(), key=lambda item: (item[1].casefold(), item[0])))


@lru_cache(maxsize=1024)
def _word(value: str) -> str:
    """A value as one word, since spaces stand between the values of a mark."""
    return "_".join(value.split())
