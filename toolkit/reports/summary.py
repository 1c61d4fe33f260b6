"""The month in five sentences, the last of them a recommendation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.kpis.lifts import PostResult
from toolkit.messages import _, ngettext
from toolkit.reports.blocks import Block, Paragraph, Points, Section
from toolkit.reports.compared import Compared, change
from toolkit.reports.late import late_banner
from toolkit.reports.posts import Comparison, group_name, is_above, is_below, post_title, why
from toolkit.reports.progress import Standing, standings
from toolkit.reports.scope import Scope
from toolkit.reports.stage import banner, find_stage, sources


def summary_section(scope: Scope, compared: Sequence[Compared], posts: Comparison) -> Section:
    """Five sentences, or the one that there is nothing to say."""
    by_name = {one.kpi.name: one for one in compared}
    if not any(one.month.value is not None for one in compared):
        return Section("summary", _("Summary"), tuple(_nothing(scope)))
    blocks: list[Block] = [
        banner(find_stage(scope)),
        *late_banner(scope),
        Points(
            (
                _results(scope, by_name["interactions"]),
                _audience(scope, by_name["followers"], by_name["share_of_voice"]),
                _extremes(scope, posts),
                _business(scope, by_name, standings(scope)),
                _advice(scope, posts),
            ),
            advice=True,
        ),
    ]
    return Section("summary", _("Summary"), tuple(blocks))


def _nothing(scope: Scope) -> Iterator[Block]:
    """What to do when a month has no data."""
    late = late_banner(scope)
    if late:
        words = _("No post of {month} was counted within {age}, so there are no figures at equal age.")
        yield Paragraph(words.format(month=scope.title, age=scope.age), "lead")
        yield from late
        return
    yield Paragraph(_("There is no data for {month}.").format(month=scope.title), "lead")
    delivered = [one.last for one in sources(scope)]
    if delivered:
        last = scope.wording.day(max(delivered).astimezone(scope.zone).date())
        yield Paragraph(_("The last counts that are known here are of {day}.").format(day=last))
    steps = (
        _("Download the exports of the month; leitstand importer list says which files are understood."),
        _("Import them: leitstand import FILE. Or let leitstand measure count at the networks."),
        _("Make this report again."),
    )
    yield Points(steps)


def _results(scope: Scope, one: Compared) -> str:
    if one.month.value is None:
        return _("No interactions were delivered for {month}.").format(month=scope.title)
    rows = scope.rows("interactions", scope.period())
    posts = ngettext("{count} post", "{count} posts", len({row.unit for row in rows}))
    if len(rows) != len({row.unit for row in rows}):
        words = _("{posts} (n = {n}, each channel by itself)")
        posts = words.format(posts=posts, n=scope.wording.number(len(rows)))
    value = scope.wording.number(one.month.value)
    share = change(one.month, one.previous)
    if share is None:
        return _("{posts} brought {value} interactions; there is no month before to compare with.").format(
            posts=posts, value=value
        )
    then = one.previous.value or 0
    inside = one.month.interval is not None and one.month.interval.low <= then <= one.month.interval.high
    verdict = _("within the range of chance") if inside else _("more than chance explains")
    if one.month.interval is None:
        verdict = _("too few posts to tell from chance")
    sentence = _("{posts} brought {value} interactions in {month}, {change} on the month before, {verdict}.")
    return sentence.format(
        posts=posts, value=value, month=scope.title, change=scope.wording.change(share), verdict=verdict
    )


def _audience(scope: Scope, followers: Compared, voice: Compared) -> str:
    if followers.month.value is None:
        text = _("No follower counts were delivered.")
    else:
        gained = scope.rows("follower_growth", scope.period())
        won = sum(row.part or 0 for row in gained)
        text = _("The accounts have {followers} followers, {won} more than when the month began.")
        if won < 0:
            text = _("The accounts have {followers} followers, {won} fewer than when the month began.")
        numbers = scope.wording.number(followers.month.value), scope.wording.number(abs(won))
        text = text.format(followers=numbers[0], won=numbers[1])
    if voice.month.value is None:
        return text
    share = _("Of all interactions with tracked brands, {share} were ours.")
    return f"{text} {share.format(share=scope.wording.percent(voice.month.value, 0))}"


def _extremes(scope: Scope, posts: Comparison) -> str:
    ranked = posts.ranked()
    if len(ranked) < 2:
        return _("There are too few posts with a baseline to name a best one.")
    best, worst = ranked[0], ranked[-1]
    if not is_above(best):
        return _("No post was above what is usual; weakest: “{worst}” with {low}.").format(**_weakest(scope, worst))
    sentence = _("Best post: “{title}” with {lift} its usual interactions ({why}); weakest: “{worst}” with {low}.")
    if not is_below(worst):
        sentence = _("Best post: “{title}” with {lift} its usual interactions ({why}); none was below what is usual.")
    lift, reason = scope.wording.times(best.lift or 0), why(scope, best, posts.groups)
    return sentence.format(title=post_title(best), lift=lift, why=reason, **_weakest(scope, worst))


def _weakest(scope: Scope, worst: PostResult) -> dict[str, str]:
    return {"worst": post_title(worst), "low": scope.wording.times(worst.lift or 0)}


def _business(scope: Scope, by_name: dict[str, Compared], found: Sequence[Standing]) -> str:
    orders, revenue = by_name["orders"], by_name["revenue"]
    words = []
    if orders.month.value is not None:
        share = change(orders.month, orders.previous)
        moved = f" ({scope.wording.change(share)})" if share is not None else ""
        sold = scope.wording.value(revenue.month.value, revenue.kpi.unit)
        sentence = _("The shop had {orders} orders{change} and {revenue} revenue.")
        words.append(sentence.format(orders=scope.wording.number(orders.month.value), change=moved, revenue=sold))
    words += _campaigns(scope, found)
    return " ".join(words) or _("There is no data of shop or campaigns.")


def _campaigns(scope: Scope, found: Sequence[Standing]) -> Iterator[str]:
    """Campaigns that are over with goals missed, those behind plan; and when there is none of either, those on course."""
    over = list(dict.fromkeys(one.campaign.title for one in found if one.missed))
    behind = list(dict.fromkeys(one.campaign.title for one in found if one.behind and not one.missed))
    if over:
        yield _("Over, with goals missed: {names}.").format(names=scope.wording.join(over))
    if behind:
        yield _("Behind plan: {names}.").format(names=scope.wording.join(behind))
    running = list(dict.fromkeys(one.campaign.title for one in found if one.reached is not None))
    if running and not over and not behind:
        yield _("On course: {names}.").format(names=scope.wording.join(running))


def _advice(scope: Scope, posts: Comparison) -> str:
    reliable = [one for one in posts.groups.values() if one.reliable and one.kind in {"pillar", "format"}]
    good = max(reliable, key=lambda one: one.factor, default=None)
    bad = min(reliable, key=lambda one: one.factor, default=None)
    if good is None or good.factor <= 1:
        return _(
            "Recommendation: no difference is reliable enough to change the plan; keep variety and go on measuring."
        )
    advice = _("Recommendation: plan more of “{good}” ({lift} the usual, n = {n})").format(
        good=group_name(scope, good), lift=scope.wording.times(good.factor), n=good.n
    )
    if bad is None or bad.factor >= 1:
        return f"{advice}."
    less = _("and rework or reduce “{bad}” ({lift}, n = {n}).")
    return f"{advice} {less.format(bad=group_name(scope, bad), lift=scope.wording.times(bad.factor), n=bad.n)}"
