"""What stands below every page of the handbook: who answers for it, when it is read again, what changed, where to say more."""

from __future__ import annotations

from datetime import date
from typing import Final
from urllib.parse import quote, urlencode

from toolkit.dates import say_date
from toolkit.messages import _, ngettext
from toolkit.pages.handbook.changes import revised_by
from toolkit.pages.handbook.files import FOLDER, HandbookFile, handbook_path
from toolkit.pages.icons import icon
from toolkit.pages.markup import Child, Html, div, join, link, outside, para, span, tag
from toolkit.pages.paths import CHANGES, DECISIONS
from toolkit.pages.view import Site
from toolkit.settings.forge import GITHUB, ForgePlace
from toolkit.source import Fields
from toolkit.source.revisions import Revision
from toolkit.workspace.decisions import read_decisions

# Pages made from code have no history of the house's.
_MADE: Final = f"{FOLDER}referenz/"
_SHOWN: Final = 5  # changes
# What the root of a forge's API has behind the root of its pages.
_APIS: Final = ("/api/v3", "/api/v4")
_HOSTS: Final = {"https://api.github.com": "https://github.com"}


def colophon(site: Site, file: HandbookFile) -> Html | None:
    """The lines below a page; None for a page that nobody answers for and that has no history."""
    facts = _facts(site, file) if file.fields is not None else []
    past = () if file.path.startswith(_MADE) else site.revisions_of.get(file.path, ())
    if not facts and not past:
        return None
    links = _links(site, file)
    return div(
        div(*(tag("span", one) for one in facts), class_="ls-review-facts") if facts else None,
        _history(site, file, past) if past else None,
        para(*links, class_="ls-review-links") if links else None,
        class_="ls-review",
    )


def _facts(site: Site, file: HandbookFile) -> list[Html]:
    fields = file.fields
    if fields is None:
        return []
    page = next((one for one in site.workspace.handbook.pages if one.path == file.path), None)
    decided = len(read_decisions([page])[0]) if page is not None else 0
    values: tuple[tuple[str, Child], ...] = (
        (_("Owner"), site.name_of(fields.text("owner"))),
        (_("Last review"), _day(fields, "reviewed")),
        (_("Next review"), _next(fields, site.today)),
        (_("Version"), fields.text("version")),
        (_("Decisions"), link(site.link(handbook_path(file.path), DECISIONS), str(decided)) if decided else ""),
    )
    return [join((tag("b", label), " ", value)) for label, value in values if value]


def _day(fields: Fields, key: str) -> Child:
    day = fields.day(key)
    return tag("time", say_date(day), datetime=day.isoformat()) if day else fields.text(key)


def _next(fields: Fields, today: date) -> Child:
    day = fields.day("next_review")
    shown = _day(fields, "next_review")
    if day is None or day >= today:
        return shown
    days = ngettext("{count} day late", "{count} days late", (today - day).days)
    return join((shown, " ", span(icon("late"), days, class_="ls-chip ls-bad")))


def _history(site: Site, file: HandbookFile, past: tuple[Revision, ...]) -> Html:
    """The last changes, folded behind the day of the last one; the rest is on the page of all changes."""
    items = (_change(site, one) for one in past[:_SHOWN])
    latest = past[0].at.astimezone(site.zone).date()
    all_of_them = link(site.link(handbook_path(file.path), CHANGES), _("What changed in the handbook"))
    count = ngettext("{count} change", "{count} changes", len(past))
    said = _("Changed on {day}").format(day=say_date(latest))
    return tag(
        "details",
        tag("summary", span(said), " ", span(count, class_="ls-review-count")),
        tag("ol", *items),
        para(all_of_them),
        class_="ls-review-past",
    )


def _change(site: Site, one: Revision) -> Html:
    day = one.at.astimezone(site.zone).date()
    when = tag("time", say_date(day), datetime=day.isoformat())
    return tag("li", when, " ", span(one.sentence), " ", tag("small", revised_by(site, one)))


def _links(site: Site, file: HandbookFile) -> list[Child]:
    edit, feedback = site.edit_link(file.path), feedback_address(site, file)
    found: list[Child] = []
    if edit:
        found += [outside(edit, icon("edit"), _("Edit this page"))]
    if feedback:
        found += [" " if found else "", outside(feedback, icon("reply"), _("Say what is wrong or missing"))]
    return found


def feedback_address(site: Site, file: HandbookFile) -> str:
    """Where people say what a page lacks: a new issue on the forge, else a mail to its owner; "" for neither.

    Title and address of the page stand in it already. People outside are given no address of the house's people.
    """
    if site.given.partner:
        return ""
    url, place = site.settings.url, site.address(handbook_path(file.path))
    title = _("Handbook: {title}").format(title=file.title)
    about = (f"{url}/{place}" if url else file.path) + "\n\n"
    if site.settings.forge is not None:
        return new_issue(site.settings.forge, title, about)
    owner = site.settings.people.get(file.fields.text("owner") if file.fields else "")
    if owner is None or not owner.email:
        return ""
    return f"mailto:{quote(owner.email, safe='@')}?subject={quote(title)}&body={quote(about)}"


def new_issue(forge: ForgePlace, title: str, text: str) -> str:
    """The address of a forge's form for an issue, filled in (GitHub: docs "Creating an issue from a URL query"; GitLab: docs "Create issues", query strings)."""
    root = _HOSTS.get(forge.url, forge.url)
    for end in _APIS:
        root = root.removesuffix(end)
    if forge.kind == GITHUB:
        return f"{root}/{forge.project}/issues/new?{urlencode({'title': title, 'body': text}, quote_via=quote)}"
    asked = {"issue[title]": title, "issue[description]": text}
    return f"{root}/{forge.project}/-/issues/new?{urlencode(asked, quote_via=quote)}"
