"""Problems on pages: as a list below a post, and all of them on one page, by rule and by post."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final

from toolkit.messages import _, kept_in_each_language, ngettext
from toolkit.model import Problem, Severity
from toolkit.pages.filters import PERSON, Choice, filter_bar, filter_marks
from toolkit.pages.handbook.files import handbook_path
from toolkit.pages.icons import icon
from toolkit.pages.markup import Child, Html, div, heading, join, link, outside, para, span, tag
from toolkit.pages.page import Page, generated
from toolkit.pages.paths import PROBLEMS
from toolkit.pages.pieces import empty, head, spaced
from toolkit.pages.tables import row, table
from toolkit.pages.view import Site
from toolkit.workspace.naming import name_post

_TONES: Final = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.HINT: "info"}
# A page with ten thousand findings helps nobody and loads for ever.
_MOST: Final = 300
# Of one rule in one post, so many are in sight.
_ALIKE: Final = 2
# Posts that have the most problems, beside the rules.
_POSTS: Final = 12
_ORDER: Final = tuple(Severity)

# Rule → the address of its page, from the page that shows it.
Rules = Mapping[str, str]


def rule_targets(site: Site, page: str, problems: Iterable[Problem]) -> tuple[tuple[str, str], ...]:
    """Where the rules of these problems are explained, seen from `page`; those that are nowhere are left out."""
    found = []
    for rule in sorted({one.rule for one in problems}):
        known = site.rule_page(rule)
        if known is not None and known.path.endswith(".md"):
            target = site.link(page, handbook_path(known.path))
            found.append((rule, f"{target}#{known.anchor}" if known.anchor else target))
    return tuple(found)


def own_problems(problems: Iterable[Problem], rules: Rules) -> Html:
    """Problems of one file as a list; many of one rule are folded away behind the first."""
    ordered = sorted(problems, key=lambda one: (_ORDER.index(one.severity), one.rule))
    items: list[Html] = []
    for _rule, group in groupby(ordered, key=lambda one: (one.severity, one.rule)):
        alike = [_problem(one, _line(one), rules) for one in group]
        shown = _ALIKE if len(alike) > _ALIKE + 1 else len(alike)
        items += alike[:shown]
        if rest := alike[shown:]:
            words = ngettext("{count} more of this rule", "{count} more of this rule", len(rest))
            items.append(tag("li", _folded(words, tag("ul", *rest, class_="ls-problems")), class_="ls-alike"))
    return tag("ul", *items, class_="ls-problems")


def problems_page(site: Site) -> Page:
    """All problems, the worst rules first, and the posts that have most of them."""
    title, problems = _("Problems"), site.given.problems
    if not problems:
        body = join((head(title), empty(_("No rule has anything to say. All clear."))))
        return generated(title, body, search=False)
    shown = sorted(problems, key=lambda one: _ORDER.index(one.severity))[:_MOST]
    rules = dict(rule_targets(site, PROBLEMS, shown))
    body = join(
        (
            head(title, _summary(problems)),
            filter_bar(_choices(site, shown)),
            div(div(*_groups(site, shown, rules), data_filter=True), _by_post(site, problems), class_="ls-split"),
            _rest(len(problems) - len(shown)),
        )
    )
    return generated(title, body, search=False)


def severity_name(severity: Severity) -> str:
    """Errors, Warnings, Hints."""
    return {Severity.ERROR: _("Errors"), Severity.WARNING: _("Warnings"), Severity.HINT: _("Hints")}[severity]


def _summary(problems: Sequence[Problem]) -> Html:
    """How many of what, and how many a command mends."""
    counts = Counter(one.severity for one in problems)
    chips = [
        span(icon(one.value), f"{severity_name(one)} {counts[one]}", class_=f"ls-chip ls-{_TONES[one]}")
        for one in Severity
        if counts[one]
    ]
    safe = sum(1 for one in problems if one.fix and one.fix.safe)
    mends = ngettext("{count} is mended by", "{count} are mended by", safe)
    fix = span(mends, " ", tag("code", "leitstand fix")) if safe else None
    return para(*spaced([*chips, *([fix] if fix else [])]), class_="ls-summary")


def _choices(site: Site, problems: Iterable[Problem]) -> tuple[Choice, ...]:
    severities = dict.fromkeys(one.severity for one in problems)
    rules = sorted({one.rule for one in problems}, key=str.casefold)
    people = {name: site.name_of(name) for one in problems for name in _people(site, one)}
    fixes = {"safe": _("by a command"), "look": _("by a command, then looked at"), "hand": _("by hand")}
    return (
        Choice("severity", _("Severity"), {one.value: severity_name(one) for one in severities}),
        Choice("rule", _("Rule"), {one: one for one in rules}),
        Choice(PERSON, _("Person"), dict(sorted(people.items(), key=lambda item: item[1].casefold()))),
        Choice(
            "fix", _("Mended"), {name: words for name, words in fixes.items() if name in set(map(_mended, problems))}
        ),
    )


def _people(site: Site, problem: Problem) -> list[str]:
    post = site.posts_by_path.get(problem.path)
    return list(dict.fromkeys(filter(None, (post.author, post.owner)))) if post else []


def _mended(problem: Problem) -> str:
    return "hand" if problem.fix is None else "safe" if problem.fix.safe else "look"


def _groups(site: Site, problems: Iterable[Problem], rules: Rules) -> Iterable[Html]:
    """A section for each rule at each severity, the one with the most findings first."""
    groups: dict[tuple[Severity, str], list[Problem]] = {}
    for one in problems:
        groups.setdefault((one.severity, one.rule), []).append(one)
    ordered = sorted(groups.items(), key=lambda item: (_ORDER.index(item[0][0]), -len(item[1]), item[0][1]))
    for (severity, rule), found in ordered:
        anchor = f"{severity.value}-{rule}"
        title = heading(
            2, join((_label(severity), _rule(rule, rules), span(str(len(found)), class_="ls-tally"))), anchor
        )
        items = (_problem(one, _where(site, one), {}, **_marks(site, one)) for one in found)
        yield tag(
            "section",
            title,
            tag("ul", *items, class_="ls-problems ls-of-rule"),
            class_="ls-rule-group",
            aria_labelledby=anchor,
            data_f_group=True,
        )


def _marks(site: Site, one: Problem) -> Mapping[str, str]:
    return filter_marks(severity=[one.severity.value], rule=[one.rule], person=_people(site, one), fix=[_mended(one)])


def _by_post(site: Site, problems: Iterable[Problem]) -> Html:
    """The files with the most problems."""
    counts = Counter(one.path for one in problems).most_common(_POSTS)
    heads = (_("Post"), _("Problems"))
    rows = (row((heads[0], _file(site, path)), (heads[1], str(count))) for path, count in counts)
    shown = table(heads, rows, _("Files with the most problems"))
    return tag("aside", heading(2, _("By post"), "by-post"), shown, class_="ls-side", aria_labelledby="by-post")


def _file(site: Site, path: str) -> Html:
    target = site.post_pages.get(path)
    if target is None:
        return tag("code", path)
    # In the archive a post has no section of its own for them.
    place = "" if path in site.archived else "#problems"
    return link(f"{site.link(PROBLEMS, target)}{place}", name_post(site.posts_by_path[path]))


def _rest(count: int) -> Html | None:
    return (
        empty(ngettext("{count} more: leitstand check", "{count} more: leitstand check", count)) if count > 0 else None
    )


@kept_in_each_language
def _label(severity: Severity) -> Html:
    return span(icon(severity.value), severity.said().capitalize(), class_=f"ls-chip ls-{_TONES[severity]}")


def _rule(rule: str, rules: Rules) -> Html:
    name = tag("code", rule)
    return link(rules[rule], name) if rule in rules else name


def _problem(problem: Problem, where: Html, rules: Rules, **marks: str) -> Html:
    rule = join((" ", _rule(problem.rule, rules))) if rules or not marks else None
    words = div(para(problem.message), _remedy(problem), para(where, rule, class_="ls-place"))
    return tag("li", None if marks else _label(problem.severity), words, **marks)


def _remedy(problem: Problem) -> Html | None:
    if problem.fix is None:
        return None
    said = _("Remedy: {title}").format(title=problem.fix.title)
    mended = tag("code", "leitstand fix") if problem.fix.safe else tag("code", "leitstand fix --unsafe")
    return para(said, " ", span(icon("edit"), mended, class_="ls-fixable"), class_="ls-remedy")


def _line(problem: Problem) -> Html:
    return span(_("line {line}, column {col}").format(line=problem.span.line, col=problem.span.col))


def _where(site: Site, problem: Problem) -> Html:
    place = f"{problem.path}:{problem.span.line}:{problem.span.col}"
    target = site.post_pages.get(problem.path)
    if target:
        post = site.posts_by_path[problem.path]
        return join((link(site.link(PROBLEMS, target), name_post(post)), " ", tag("code", place)))
    edit = site.edit_link(problem.path)
    return outside(edit, place) if edit else tag("code", place)


def _folded(words: str, *inside: Child) -> Html:
    return tag("details", tag("summary", words), *inside, class_="ls-earlier")
