"""Problems on pages: as a list below a post, and all of them on one page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from toolkit.messages import _, ngettext
from toolkit.model import Problem, Severity
from toolkit.pages.icons import icon
from toolkit.pages.markup import Html, div, heading, join, link, outside, para, span, tag
from toolkit.pages.paths import PROBLEMS
from toolkit.pages.pieces import empty, head
from toolkit.pages.view import Page, Site, generated
from toolkit.workspace.naming import name_post

_TONES: Final = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.HINT: "info"}
# A page with ten thousand findings helps nobody and loads for ever.
_MOST: Final = 300


def problem_list(site: Site, page: str, problems: Iterable[Problem]) -> Html:
    """Problems of several files as a list; each names its file and links to the post's page."""
    return tag("ul", *(_problem(one, _where(site, page, one)) for one in problems), class_="ls-problems")


def own_problems(problems: Iterable[Problem]) -> Html:
    """Problems of one file as a list."""
    return tag("ul", *(_problem(one, _line(one)) for one in problems), class_="ls-problems")


def problems_page(site: Site) -> Page:
    """All problems by severity."""
    problems = site.given.problems
    title = _("Problems")
    if not problems:
        body = join((head(title), empty(_("No rule has anything to say. All clear."))))
        return generated(title, body, search=False)
    sections = (_section(site, severity) for severity in Severity)
    counts = ngettext(
        "{count} finding in the workspace's files", "{count} findings in the workspace's files", len(problems)
    )
    return generated(title, join((head(title, para(counts, class_="ls-summary")), *sections)), search=False)


def severity_name(severity: Severity) -> str:
    """Errors, Warnings, Hints."""
    return {Severity.ERROR: _("Errors"), Severity.WARNING: _("Warnings"), Severity.HINT: _("Hints")}[severity]


def _section(site: Site, severity: Severity) -> Html | None:
    found = [problem for problem in site.given.problems if problem.severity is severity]
    if not found:
        return None
    title = heading(2, f"{severity_name(severity)} ({len(found)})", severity.value)
    more = None
    if len(found) > _MOST:
        rest = ngettext("{count} more: leitstand check", "{count} more: leitstand check", len(found) - _MOST)
        more = empty(rest)
    return tag("section", title, problem_list(site, PROBLEMS, found[:_MOST]), more, aria_labelledby=severity.value)


def _problem(problem: Problem, where: Html) -> Html:
    tone = _TONES[problem.severity]
    label = span(icon(problem.severity.value), problem.severity.said().capitalize(), class_=f"ls-chip ls-{tone}")
    remedy = para(_("Remedy: {title}").format(title=problem.fix.title), class_="ls-remedy") if problem.fix else None
    return tag(
        "li", label, div(para(problem.message), remedy, para(where, " ", tag("code", problem.rule), class_="ls-place"))
    )


def _line(problem: Problem) -> Html:
    return span(_("line {line}, column {col}").format(line=problem.span.line, col=problem.span.col))


def _where(site: Site, page: str, problem: Problem) -> Html:
    place = f"{problem.path}:{problem.span.line}:{problem.span.col}"
    target = site.post_pages.get(problem.path)
    if target:
        post = site.posts_by_path[problem.path]
        return join((link(site.link(page, target), name_post(post)), " ", tag("code", place)))
    edit = site.edit_link(problem.path)
    return outside(edit, place) if edit else tag("code", place)
