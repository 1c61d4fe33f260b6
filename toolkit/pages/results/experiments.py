"""The pages of experiments: what is tried, whether it was registered, where it stands, and what nobody knows yet."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp, isfinite

from toolkit.dates import say_date, say_period
from toolkit.experiments.experiment import Analysis, Experiment
from toolkit.experiments.fingerprint import Standing
from toolkit.experiments.results import Outcome
from toolkit.experiments.saying import say_interim, say_next, say_rule, say_standing, say_verdict
from toolkit.experiments.verdicts import Finding, decide
from toolkit.kpis import KPIS, median
from toolkit.messages import _, ngettext, spoken
from toolkit.pages.markup import Child, Html, div, heading, join, link, para, prose, span, tag
from toolkit.pages.page import Page, generated
from toolkit.pages.paths import EXPERIMENTS, experiment_path
from toolkit.pages.pieces import facts, head
from toolkit.pages.results.ranges import strip
from toolkit.pages.results.tried import Experience
from toolkit.pages.tables import row, table
from toolkit.pages.view import Site
from toolkit.reports.wording import Wording


def experiment_pages(site: Site) -> dict[str, Page]:
    """The list and a page for each experiment, as soon as there is one."""
    found = site.given.tried.experiences
    if not found:
        return {}
    return {EXPERIMENTS: _index(site), **{experiment_path(one.experiment): _page(site, one) for one in found}}


def _index(site: Site) -> Page:
    title = _("Experiments")
    lead = _("What we try with posts. It is written down before, and nobody wins before the planned posts.")
    cards = (_card(site, one) for one in site.given.tried.experiences)
    body = (head(title, para(lead, class_="ls-summary")), tag("ul", *cards, class_="ls-boxes ls-thirds"))
    return generated(title, join(body))


def _card(site: Site, one: Experience) -> Html:
    experiment = one.experiment
    title = link(site.link(EXPERIMENTS, experiment_path(experiment)), experiment.title)
    return tag(
        "li",
        heading(2, title),
        para(_chip(site, one), " ", span(say_period(experiment.start, experiment.stop))),
        para(_sentence(one), class_="ls-says"),
        _filled(one.outcome) if one.outcome else None,
        class_="ls-campaign",
    )


def _filled(outcome: Outcome) -> Html:
    """How far each arm has come: counted posts of those that were planned."""
    words, planned = Wording(spoken()), outcome.experiment.planned
    lines = (
        tag(
            "li",
            span(arm.name),
            span(_("{count} of {total}").format(count=words.number(len(own.lifts)), total=words.number(planned))),
            span(
                span(style=f"width:{min(1.0, len(own.lifts) / max(planned, 1)):.0%}"),
                class_="ls-bar",
                aria_hidden="true",
            ),
        )
        for arm, own in zip(outcome.experiment.arms, outcome.arms, strict=True)
    )
    return tag("ul", *lines, class_="ls-filled")


def _page(site: Site, one: Experience) -> Page:
    experiment, here = one.experiment, experiment_path(one.experiment)
    top = head(
        experiment.title,
        para(experiment.hypothesis, class_="ls-lead"),
        para(_chip(site, one), span(say_period(experiment.start, experiment.stop)), class_="ls-summary"),
        kicker=link(site.link(here, EXPERIMENTS), _("Experiments")),
    )
    main = div(
        div(para(_sentence(one), class_="ls-verdict"), _interval(one.outcome) if one.outcome else None),
        _arms(one.outcome) if one.outcome else None,
        _coming(site, one),
        _posts(site, one, here),
        tag("section", prose(experiment.text), class_="ls-prose") if experiment.text.strip() else None,
        class_="ls-main",
    )
    side = tag(
        "aside",
        heading(2, _("Design"), "design"),
        facts(_facts(site, experiment)),
        _registration(site, one),
        class_="ls-side",
    )
    return generated(experiment.title, join((top, div(main, side, class_="ls-split"))), source=experiment.path)


def _chip(site: Site, one: Experience) -> Html:
    """Where it stands, in one or two words."""
    finding = decide(one.outcome).finding if one.outcome else Finding.COMING
    if one.outcome is None and one.experiment.start <= site.today:
        finding = Finding.RUNNING if site.today <= one.experiment.stop else Finding.SHORT
    said, look = {
        Finding.COMING: (_("coming"), "info"),
        Finding.RUNNING: (_("running"), "info"),
        Finding.SHORT: (_("too few posts"), "quiet"),
        Finding.WINNER: (_("decided"), "good"),
        Finding.EQUAL: (_("no difference worth knowing"), "good"),
        Finding.OPEN: (_("undecided"), "quiet"),
        Finding.AFTERWARDS: (_("looked at afterwards"), "quiet"),
    }[finding]
    return span(said, class_=f"ls-chip ls-{look}")


def _sentence(one: Experience) -> str:
    if one.outcome is None:
        return _("Nothing has been counted yet.")
    said = say_verdict(one.outcome, Wording(spoken()))
    return f"{said[:1].upper()}{said[1:]}"


def _interval(outcome: Outcome) -> Html | None:
    found, names = decide(outcome).gap, [arm.name for arm in outcome.experiment.arms]
    if found is None or not isfinite(found.low):
        return None
    words = say_interim(outcome, Wording(spoken()))
    picture = strip(exp(-found.high), exp(-found.difference), exp(-found.low))
    ends = (span(_("more: {arm}").format(arm=name), class_="ls-end") for name in names)
    fine = para(words, class_="ls-fine") if words else None
    return div(div(*ends, class_="ls-ends"), picture, fine, class_="ls-interval")


def _coming(site: Site, one: Experience) -> Html | None:
    """What happens next, and how it is decided."""
    if one.outcome is None:
        return None
    words, experiment = Wording(spoken()), one.experiment
    said = say_next(one.outcome, words)
    ahead = decide(one.outcome).finding in {Finding.COMING, Finding.RUNNING}
    if ahead and experiment.decision:
        text = _("Then it is done as it was written down: {decision} {owner} answers for it.")
        said.append(text.format(decision=experiment.decision, owner=site.name_of(experiment.owner)))
    title = heading(2, _("What happens next") if ahead else _("How it was decided"), "next")
    items = tag("ul", *(tag("li", each) for each in said)) if said else None
    return tag("section", title, items, para(say_rule(one.outcome, words), class_="ls-fine"))


def _arms(outcome: Outcome) -> Html:
    words, title = Wording(spoken()), _("Arms")
    heads = (_("Arm"), _("Counted"), _("Median factor"))
    rows = []
    for arm, own in zip(outcome.experiment.arms, outcome.arms, strict=True):
        middle = median(own.lifts)
        counted = _("{count} of {total}").format(
            count=words.number(len(own.lifts)), total=words.number(outcome.experiment.planned)
        )
        shown = "\N{EN DASH}" if middle is None else words.times(middle, 2)
        name = span(arm.name, tag("small", tag("code", arm.label)), class_="ls-two")
        rows.append(row(*zip(heads, (name, counted, shown), strict=True)))
    note = _(
        "Factor over what the channels usually had before. A higher median is no winner; the sentence above decides."
    )
    shown_table = table(heads, rows, title, class_="ls-table ls-arms", small=True)
    return tag("section", heading(2, title, "arms"), _filled(outcome), shown_table, para(note, class_="ls-fine"))


def _facts(site: Site, experiment: Experiment) -> Iterator[tuple[str, Child]]:
    words = Wording(spoken())
    posts = ngettext("{count} post of each arm", "{count} posts of each arm", experiment.planned)
    look = _("one look, when all posts are counted")
    if experiment.analysis is Analysis.ALWAYS:
        look = _("may be looked at at any time; somebody may win from {least} posts of each arm on").format(
            least=experiment.least
        )
    yield _("Counts"), _(KPIS[experiment.metric].title)
    yield _("Planned"), posts
    yield (
        _("Worth knowing"),
        _("a factor of {factor}, to be found in {power} of all experiments").format(
            factor=words.number(experiment.factor, 2), power=words.percent(experiment.power, 0)
        ),
    )
    record = experiment.registered
    if record is not None and record.chance is not None:
        text = _("{chance}, as calculated when it was registered; it takes {needed} posts of each arm")
        said = text.format(chance=words.percent(record.chance, 0), needed=words.number(record.needed))
        yield _("Chance to find it"), said
    yield _("Analysis"), look
    yield _("Decision"), experiment.decision
    yield _("Owner"), site.name_of(experiment.owner)


def _registration(site: Site, one: Experience) -> Html:
    record, look = one.experiment.registered, "good" if one.standing is Standing.REGISTERED else "warn"
    said = span(say_standing(one.standing), class_=f"ls-chip ls-{look}")
    by = ""
    if record is not None and record.at is not None:
        day = say_date(record.at.astimezone(site.zone).date())
        by = _("{day}, {person}").format(day=day, person=site.name_of(record.by))
    keys = (tag("li", tag("b", each.key), f": {each.before} → {each.after}") for each in one.changed)
    reasons = (
        tag("li", f"{say_date(change.at.astimezone(site.zone).date())}: " if change.at else "", change.why)
        for change in one.experiment.changes
    )
    items = [*keys, *reasons]
    title = heading(2, _("Registration"), "registration")
    return join((title, para(said, " ", by), tag("ul", *items) if items else None))


def _posts(site: Site, one: Experience, here: str) -> Html | None:
    """The posts of both arms as they went out; before anything was counted, as they are marked."""
    experiment, posts = one.experiment, {post.uid: post for post in site.workspace.posts if post.uid}
    lists = []
    for at, arm in enumerate(experiment.arms):
        if one.outcome is None:
            own = dict.fromkeys((uid for uid, post in posts.items() if arm.label in post.labels), "")
        else:
            known = one.outcome.arms[at]
            own = {
                **dict.fromkeys((post.uid for post in known.counted), ""),
                **dict.fromkeys(known.surplus, _("came after the arm was full, not counted")),
                **dict.fromkeys(known.waiting, _("not counted yet")),
            }
        items = [
            tag(
                "li",
                link(site.link(here, site.post_pages[posts[uid].path]), posts[uid].title),
                f": {why}" if why else "",
            )
            for uid, why in own.items()
            if uid in posts
        ]
        if items:
            lists.append(div(tag("h3", arm.name), tag("ul", *items)))
    if not lists:
        return None
    return tag("section", heading(2, _("Posts"), "posts"), div(*lists, class_="ls-sides"))
