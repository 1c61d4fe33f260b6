"""What somebody asks the inbox for, as it stands in the address, and back: a filter is a link that can be kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from toolkit.community.inbox.conversation import Stage
from toolkit.community.inbox.desk import OURS, Wanted
from toolkit.values import dataclass

PATH: Final = "/inbox"
ME: Final = "me"
NOBODY: Final = "-"
EVERY: Final = "all"
ROWS: Final = 40  # a page
LONGEST: Final = 200  # letters of a value


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters; "" is what people usually want: what waits for us, of anybody, wherever."""

    stage: str = ""  # a stage, or `EVERY`
    channel: str = ""
    who: str = ""  # a person, `ME` or `NOBODY`
    label: str = ""
    q: str = ""  # words
    after: str = ""  # where the page before ended

    def wanted(self, person: str, among: frozenset[str] | None = None) -> Wanted:
        """As the inbox is asked; `person` is who asks, `among` what has the words."""
        stages = frozenset(Stage) if self.stage == EVERY else frozenset({Stage(self.stage)}) if self.stage else OURS
        who = person if self.who == ME else self.who
        # What waits for nobody of us has no urgency: there the newest is looked for.
        newest = stages.isdisjoint(OURS)
        return Wanted(stages, self.channel, who, self.label, ROWS, newest, among, self.after)

    def address(self, **changes: str) -> str:
        """Where these filters lead, some of them changed; another filter begins at its first page."""
        asked = replace(self, **{"after": "", **changes})
        return PATH + asked.query

    @property
    def query(self) -> str:
        """These filters as the end of any address: ``?stage=done``; "" for the usual ones."""
        pairs = {name: value for name in Asked.__slots__ if (value := getattr(self, name))}
        return f"?{urlencode(pairs)}" if pairs else ""

    @property
    def narrowed(self) -> bool:
        """Whether anything but the usual is asked for."""
        return self.address() != PATH


def read_asked(query: Mapping[str, str]) -> Asked:
    """The filters of an address; a stage that there is none is the usual one."""
    told = {name: query.get(name, "").strip()[:LONGEST].strip() for name in Asked.__slots__}
    known = {EVERY, *(stage.value for stage in Stage)}
    return Asked(**{**told, "stage": told["stage"] if told["stage"] in known else ""})


def conversation_path(conversation_id: str, *more: str) -> str:
    """Where a conversation is, and what is done with it."""
    return "/".join((PATH, quote(conversation_id, safe=""), *more))


def read_back(form: Mapping[str, str]) -> Asked:
    """The list that somebody came from, as a form tells it."""
    told = form.get("back", "")
    return read_asked(dict(parse_qsl(urlsplit(told).query))) if told.startswith(PATH) else Asked()
