"""The tracked competitors beside the own brand, with public counts only."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.messages import _
from toolkit.reports.blocks import Cell, Paragraph, Section, Table
from toolkit.reports.charts import Bar, bars
from toolkit.reports.scope import Scope
from toolkit.research import Voice, share_of_voice


def rivals_section(scope: Scope) -> Section:
    """Share of voice, posts, followers and the one rate that can be compared."""
    voices = share_of_voice(scope.engine, scope.period(), scope.channels)
    if not voices:
        return Section("competitors", _("Competitors"), (Paragraph(_("No data about competitors in this month.")),))
    words = scope.wording
    items = [
        Bar(brand_name(scope, voice), voice.share, words.percent(voice.share), strong=not voice.brand)
        for voice in voices
    ]
    alt = finding(scope, voices)
    rows = tuple(
        (
            brand_name(scope, voice),
            Cell(words.percent(voice.share), exact=voice.share),
            Cell(words.number(voice.interactions), exact=voice.interactions),
            words.number(voice.posts) if voice.posts is not None else _("no data"),
            words.number(voice.followers) if voice.followers is not None else _("no data"),
            Cell(words.percent(voice.rate, 2), exact=voice.rate) if voice.rate is not None else _("no data"),
        )
        for voice in voices
    )
    head = (_("Brand"), _("Share"), _("Interactions"), _("Posts"), _("Followers"), _("Engagement rate (followers)"))
    table = Table(_("Tracked brands in {month}").format(month=scope.title), head, rows, frozenset(range(1, 6)))
    note = _(
        "Interactions among all tracked brands, on the channels where competitors are tracked. The rate is per post and follower at its publication, for our posts as for theirs. Reach is private and plays no part."
    )
    caption = _("Share of voice")
    return Section(
        "competitors", _("Competitors"), (bars(items, caption, alt, scope.brand), table, Paragraph(note, "note"))
    )


def finding(scope: Scope, voices: Sequence[Voice], title: str = "") -> str:
    """What the shares of a month, or of the time called `title`, say: who is loudest, and where the own brand stands."""
    title = title or scope.title
    place = next((at for at, voice in enumerate(voices, 1) if not voice.brand), 0)
    own, first = voices[place - 1], voices[0]
    share = scope.wording.percent(own.share)
    if place == 1:
        return _("{month}: {share} of the tracked brands' interactions were ours, more than any other's.").format(
            month=title, share=share
        )
    words = _(
        "{month}: {share} of the tracked brands' interactions were ours, place {place} of {count}; {first} had {most}."
    )
    return words.format(
        month=title,
        share=share,
        place=place,
        count=len(voices),
        first=first.brand,
        most=scope.wording.percent(first.share),
    )


def brand_name(scope: Scope, voice: Voice) -> str:
    """The own name, or the competitor's."""
    return voice.brand or scope.workspace.settings.name
