"""What happened to a post, in one time line: the file's commits, what was said about it, what went out, what is to come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from toolkit.dates import say_date, say_time
from toolkit.ledger import Row, State
from toolkit.ledger.naming import row_word
from toolkit.messages import _, ngettext
from toolkit.model import Post
from toolkit.pages.handbook.changes import revised_by
from toolkit.pages.icons import icon
from toolkit.pages.markup import Html, element, heading, outside, span, tag, when

if TYPE_CHECKING:
    from toolkit.pages.posts.facts import Said
    from toolkit.pages.view import Site

# Older steps are folded away.
_SHOWN: Final = 8
_AHEAD: Final = 3
_SIGNS: Final = {
    State.CONFIRMED: "sent",
    State.IMPORTED: "past",
    State.FAILED: "failed",
    State.HELD: "held",
    State.MISSED: "missed",
    State.SKIPPED: "skipped",
    State.CANCELLED: "cancelled",
    State.UNKNOWN: "unknown",
    State.SENDING: "sending",
}


_line, _dot, _words = element("ol", class_="ls-history"), element("span", class_="ls-dot"), element("div")


class Step(NamedTuple):
    """One thing that happened, or is to happen, at `at` in the workspace's zone; `words` are in the spoken language."""

    at: datetime
    sign: str  # name of an icon
    words: str
    note: str = ""
    url: str = ""
    ahead: bool = False


def find_steps(site: Site, post: Post, said: Iterable[Said]) -> tuple[Step, ...]:
    """Everything that is known, the latest last."""
    found = [*_commits(site, post), *map(_word, said), *_deliveries(site, post), *_ahead(site, post)]
    return tuple(sorted(found, key=lambda one: one.at))


def _commits(site: Site, post: Post) -> Iterator[Step]:
    """Who changed the file; the oldest commit that is known made it, where the history is whole."""
    revisions = site.revisions_of.get(post.path, ())
    for place, one in enumerate(reversed(revisions)):
        made = place == 0 and any(file.kind == "A" for file in one.files)
        words = _("{name} wrote it") if made else _("{name} changed it")
        at = one.at.astimezone(site.zone)
        yield Step(at, "draft" if made else "edit", words.format(name=revised_by(site, one)), one.sentence)


def _word(one: Said) -> Step:
    words = _("{name} sent it back") if one.refused else _("{name} approved it")
    void = _("for an earlier content") if one.void else ""
    note = " · ".join(filter(None, (one.note, void)))
    return Step(one.at, "retracted" if one.refused else "sent", words.format(name=one.name), note)


def _deliveries(site: Site, post: Post) -> Iterator[Step]:
    """How each account's post, and what followed it, came out."""
    if not site.outlook.is_known(post):
        return
    threads: dict[tuple[str, str, str, str], list[Row]] = {}
    for name in post.channels:
        account = site.settings.accounts.get(name)
        for row in (*site.rows_of(post, account), *site.followers_of(post, account)) if account else ():
            threads.setdefault(row.thread, []).append(row)
    for rows in threads.values():
        tried = [row for row in rows if row.state in _SIGNS]
        if tried:
            yield _delivery(site, tried)


def _delivery(site: Site, rows: Sequence[Row]) -> Step:
    """A thread's parts as one step: the first that went wrong, else the last."""
    out = (State.CONFIRMED, State.IMPORTED)
    row = next((one for one in rows if one.state not in out), rows[-1])
    account = site.settings.accounts.get(row.account)
    title = (account.title or account.name) if account else row.account
    words = _("{channel}: {state}").format(channel=title, state=row_word(row))
    if row.action != "post":
        words = f"{words} ({row.action})"
    parts = ngettext("{count} part", "{count} parts", len(rows)) if len(rows) > 1 else ""
    tries = ngettext("{count} attempt", "{count} attempts", row.attempts) if row.attempts > 1 else ""
    note = " · ".join(filter(None, (row.occurrence, parts, tries, row.reason)))
    url = next((one.url for one in rows if one.url), "")
    return Step(row.updated_at.astimezone(site.zone), _SIGNS[row.state], words, note, url)


def _ahead(site: Site, post: Post) -> Iterator[Step]:
    """The next times; a post that comes again says elsewhere how often."""
    coming = [entry for entry in site.entries_of.get(post.path, ()) if entry.local > site.now]
    for entry in coming[:_AHEAD]:
        channels = ", ".join(one.title or one.name for one in entry.accounts)
        yield Step(entry.local, "calendar", _("planned for {channels}").format(channels=channels), ahead=True)


def history(steps: Sequence[Step]) -> Html | None:
    """The time line, the latest first; what is old is folded away."""
    if not steps:
        return None
    ordered = list(reversed(steps))
    old = ordered[_SHOWN:]
    more = None
    if old:
        words = ngettext("{count} earlier step", "{count} earlier steps", len(old))
        more = tag("details", tag("summary", words), _list(old), class_="ls-earlier")
    title = heading(2, _("History"), "history")
    return tag("section", title, _list(ordered[:_SHOWN]), more, aria_labelledby="history", data_search_exclude=True)


def _list(steps: Iterable[Step]) -> Html:
    return _line(*map(_step, steps))


def _step(one: Step) -> Html:
    at = when(one.at.isoformat(timespec="minutes"), f"{say_date(one.at)}, {say_time(one.at)}")
    words = outside(one.url, one.words) if one.url else span(one.words)
    note = span(one.note, class_="ls-reason") if one.note else None
    kind = "ls-ahead" if one.ahead else None
    return tag("li", _dot(icon(one.sign)), _words(words, " ", note), at, class_=kind)
