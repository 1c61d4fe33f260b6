"""The handbook's pages: the Markdown of `guidelines/` as people wrote it, with its blocks drawn and a colophon below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import partial

from toolkit.pages.handbook.boxes import RuleNews, box_rules
from toolkit.pages.handbook.briefings import show_briefing
from toolkit.pages.handbook.colophon import colophon
from toolkit.pages.handbook.downloads import archives, show_downloads, token_files, token_links
from toolkit.pages.handbook.files import handbook_files, handbook_path, is_shown, read_page
from toolkit.pages.handbook.playbooks import internal_text, is_internal, show_plan
from toolkit.pages.handbook.reference import show_reference
from toolkit.pages.handbook.replies import show_replies
from toolkit.pages.handbook.sheets import show_sheets
from toolkit.pages.handbook.statements import box_statements
from toolkit.pages.handbook.swatches import show_tokens
from toolkit.pages.handbook.timetables import box_times
from toolkit.pages.handbook.urgency import box_urgency
from toolkit.pages.handbook.words import show_words
from toolkit.pages.media import Copied
from toolkit.pages.outward import shown_assets, without_comments
from toolkit.pages.page import Content, Page
from toolkit.pages.paths import PROBLEMS
from toolkit.pages.plan.strategy import show_strategy
from toolkit.pages.view import Site


def handbook_pages(site: Site) -> dict[str, Page]:
    """Every Markdown file of guidelines/ below ``handbook/``, so that links between them stay as they are."""
    found = _find(site)
    return {handbook_path(path): _page(site, path, found) for path in handbook_files(site) if path.endswith(".md")}


# In how many files a rule finds something, and where the page of problems shows it.
Found = tuple[int, str]


def _find(site: Site) -> dict[str, Found]:
    files = Counter(rule for rule, _path in {(one.rule, one.path) for one in site.given.problems})
    first = {one.rule: f"{one.severity.value}-{one.rule}" for one in reversed(site.given.problems)}
    return {rule: (count, first[rule]) for rule, count in files.items()}


def handbook_assets(site: Site) -> dict[str, Content]:
    """Pictures and downloads, archives of them, tokens as files; for people outside those of the pages they are shown."""
    found = {handbook_path(path): path for path in handbook_files(site) if is_shown(path)}
    shown = shown_assets(found, handbook_pages(site)) if site.given.partner else found
    files: dict[str, Content] = {target: Copied(site.workspace.root / found[target]) for target in shown}
    return files | archives(site) | token_files(site)


def _page(site: Site, path: str, found: Mapping[str, Found]) -> Page:
    file = read_page(path, site.workspace.tree.read(path))
    if site.given.partner and is_internal(path, file.fields):
        return Page(file.title, internal_text(file.title), source=path)
    text = show_replies(path, show_words(site, path, file.text))
    text = show_sheets(site, path, show_downloads(site, path, text))
    here = handbook_path(path)
    news_of = partial(_news, site, here, found)
    text = show_reference(path, box_rules(text, news_of), news_of, lambda file: site.link(here, handbook_path(file)))
    text = box_urgency(box_statements(text, site.name_of), site.name_of)
    text = box_times(text, site.name_of, site.settings.accounts)
    text = show_strategy(site, path, text)
    text = show_tokens(text, site.tokens, partial(token_links, site, path))
    text = show_briefing(site, path, show_plan(site, path, text))
    below = colophon(site, file)
    if below is not None:
        text = f"{text.rstrip()}\n\n{below}\n"
    return Page(file.title, without_comments(text) if site.given.partner else text, source=path)


def _news(site: Site, page: str, found: Mapping[str, Found], rule: str) -> RuleNews:
    """What stands below a rule's box on the `page`; people outside are not told what is still wrong."""
    since = site.given.rule_days.get(rule)
    day = since.astimezone(site.zone).date() if since else None
    if site.given.partner:
        return RuleNews(day)
    files, anchor = found.get(rule, (0, ""))
    return RuleNews(day, files, f"{site.link(page, PROBLEMS)}#{anchor}")
