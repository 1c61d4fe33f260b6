"""What the Atom feeds say: posts that went out, and what changed in the handbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from itertools import islice
from typing import Final

from toolkit.ledger import Row
from toolkit.ledger import State as LedgerState
from toolkit.messages import _
from toolkit.pages.entries import Entry
from toolkit.pages.feeds.atom import Item
from toolkit.pages.handbook.changes import handbook_changes
from toolkit.pages.markup import Html, join, outside, para, tag
from toolkit.pages.view import Site
from toolkit.planning import Slot
from toolkit.settings import Account
from toolkit.values import dataclass

# Readers fetch a feed again and again, and keep what they have seen.
NEWEST: Final = 50
_OUT: Final = frozenset({"sent", "partly"})


@dataclass(frozen=True)
class News:
    """What went out on one site, newest first; posts that nobody sent through Leitstand are not known here."""

    site: Site

    def posts(self, accounts: frozenset[str] | None = None, *, language: str = "") -> list[Item]:
        """The newest published posts of these accounts (None: all), of those in this language ("": any)."""
        return list(islice(self._posts(accounts, language), NEWEST))

    def _posts(self, accounts: frozenset[str] | None, language: str) -> Iterator[Item]:
        for entry in self._out:
            slots = [
                self._slots[entry.post.path, account.name, entry.local.astimezone(UTC)]
                for account, state in zip(entry.accounts, entry.states, strict=True)
                if state.key in _OUT and (accounts is None or account.name in accounts)
            ]
            chosen = [slot for slot in slots if not language or slot.draft.language == language]
            if chosen:
                yield self._item(entry, chosen)

    @cached_property
    def _out(self) -> Sequence[Entry]:
        """What went out on any channel, newest first."""
        past = (entry for entry in reversed(self.site.entries) if entry.local <= self.site.now)
        return [entry for entry in past if any(state.key in _OUT for state in entry.states)]

    @cached_property
    def _slots(self) -> Mapping[tuple[str, str, datetime], Slot]:
        return {(one.post.path, one.account.name, one.due): one for one in self.site.slots if one.due is not None}

    def _item(self, entry: Entry, slots: list[Slot]) -> Item:
        lead, post = slots[0], entry.post
        rows = [row for slot in slots for row in self._rows(slot)]
        campaign = self.site.workspace.campaigns.get(post.campaign)
        names = [_name(slot.account) for slot in slots]
        base = self.site.settings.url.rstrip("/")
        return Item(
            about=f"leitstand:{self.site.settings.id}:{post.uid or post.path}:{lead.occurrence}",
            title=entry.title,
            updated=max((row.updated_at for row in rows), default=entry.local),
            published=entry.local,
            content=self._content(lead, rows),
            author=self.site.name_of(post.author) if post.author else "",
            link=f"{base}/{self.site.address(self.site.post_pages[post.path])}" if base else "",
            categories=(*names, *([campaign.title if campaign else post.campaign] if post.campaign else [])),
            language=lead.draft.language,
        )

    def _rows(self, slot: Slot) -> list[Row]:
        rows = self.site.rows_of(slot.post, slot.account, slot.occurrence)
        return [row for row in rows if row.state is LedgerState.CONFIRMED]

    def _content(self, lead: Slot, rows: list[Row]) -> Html:
        """What was really sent, part by part, and where it can be read."""
        sent = self.site.outlook.sent(lead.post, lead.account, lead.occurrence)
        texts = [part.text for part in sent.parts] if sent else list(lead.draft.parts)
        places = {row.url: row.account for row in rows if row.url}
        links = [
            tag("li", outside(url, _name(account) if (account := self.site.settings.accounts.get(name)) else name))
            for url, name in places.items()
        ]
        return join((*map(_paragraphs, texts), tag("ul", *links) if links else None))

    def handbook(self) -> list[Item]:
        """The newest changes of the handbook: who, in which words, on which pages."""
        site, base = self.site, self.site.settings.url.rstrip("/")
        found = []
        for change in handbook_changes(site)[:NEWEST]:
            pages = [
                tag(
                    "li", outside(f"{base}/{site.address(page.path)}", page.title) if base and page.path else page.title
                )
                for page in change.pages
            ]
            found.append(
                Item(
                    about=f"leitstand:{site.settings.id}:handbook:{change.commit}",
                    title=change.sentence or _("The handbook changed"),
                    updated=change.at,
                    content=join((para(change.sentence), tag("ul", *pages))),
                    author=change.who,
                )
            )
        return found


def _name(account: Account) -> str:
    return account.title or account.name


def _paragraphs(text: str) -> Html:
    """A text's paragraphs; its line ends stay."""
    blocks = (block.split("\n") for block in text.split("\n\n"))
    return join(para(*_lines(lines)) for lines in blocks)


def _lines(lines: list[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if number:
            yield tag("br")
        yield line
