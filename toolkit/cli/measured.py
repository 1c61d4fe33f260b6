"""What `measure` says, as lines for people and as objects for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import tzinfo

from toolkit.collect import Doubt, Round, figures_of
from toolkit.collect.doubts import Kind
from toolkit.collect.rivals import FEWEST, Look
from toolkit.dates import say_moment
from toolkit.errors import UsageError
from toolkit.messages import _, decimal, ngettext
from toolkit.networks import find_network
from toolkit.networks.base import Network
from toolkit.settings import Account


def round_lines(round_: Round, zone: tzinfo) -> list[str]:
    """One line per account, then the doubts, then who could not be asked."""
    posts = Counter(one.account for one in round_.found if one.post and one.observations)
    values = Counter(observation.channel for one in round_.found for observation in one.observations)
    lines = [
        f"{name}: {_posts(posts[name])}, {_values(values[name])}"
        for name in sorted({one.account for one in round_.found if not one.failure})
    ]
    lines += [_look_line(look) for look in round_.looks if not look.failure]
    lines += _site_lines(round_)
    lines += [f"? {doubt_words(doubt)}" for doubt in round_.doubts]
    lines += [f"! {name}: {reason}" for name, reason in round_.failures.items()]
    lines += _left_out(round_, zone)
    return lines or [_("nothing is due to be measured")]


def plan_lines(round_: Round, zone: tzinfo) -> list[str]:
    """One line per account with its posts and requests."""
    asked = Counter(one.account.name for one in round_.agenda.questions for _post in one.posts)
    lines = [
        f"{name}: {_posts(asked[name])}, {_requests(requests)}"
        for name, requests in sorted(round_.agenda.requests.items())
    ]
    few = _("at least 2 requests")
    lines += [f"{one.name}: {few}" for one in round_.rivals]
    if round_.website is not None:
        days = _("{start} to {end}").format(start=round_.website.first, end=round_.website.last)
        lines.append(f"matomo: {days}, {_requests(round_.website.requests)}")
    return [*lines, *_left_out(round_, zone)] or [_("nothing is due to be measured")]


def _values(count: int) -> str:
    return ngettext("{count} value", "{count} values", count)


def _requests(count: int) -> str:
    return ngettext("{count} request", "{count} requests", count)


def _look_line(look: Look) -> str:
    said = _values(len(look.observations))
    if look.cut:
        said = _("{values}; they post too much for their posts to be counted").format(values=said)
    return f"{look.rival.name}: {said}"


def _site_lines(round_: Round) -> Iterator[str]:
    """What the website's statistics brought, and the hints that are worth a look."""
    if round_.brought is None or round_.brought.failure:
        return
    yield f"matomo: {_values(round_.brought.stored)}"
    for one in round_.brought.taken:
        yield from (f"· {problem.message}" for problem in one.read.extract.problems)


def _left_out(round_: Round, zone: tzinfo) -> Iterator[str]:
    for name, count in sorted(round_.agenda.postponed.items()):
        if name not in round_.agenda.patience:
            yield _("· {account}: {posts} more in the next round").format(account=name, posts=_posts(count))
    for name, until in sorted(round_.agenda.patience.items()):
        yield _("· {account}: its network asks for patience until {moment}").format(
            account=name, moment=say_moment(until.astimezone(zone))
        )


def _posts(count: int) -> str:
    return ngettext("{count} post", "{count} posts", count)


def doubt_words(doubt: Doubt) -> str:
    """What is doubtful, for people."""
    if doubt.kind is Kind.FALL:
        message = _("{account}: {metric} of {subject} fell from {before} to {now}; compare with the network")
    elif doubt.kind is Kind.GONE:
        message = _("{account}: tells no {metric} any more; did its rights or its API change?")
    else:
        message = _("{account}: tells nothing any more about {posts}; are they deleted, or its rights gone?")
    return message.format(
        account=doubt.account,
        metric=doubt.metric,
        subject=doubt.subject,
        before=decimal(doubt.before or 0.0, ".10g"),
        now=decimal(doubt.now or 0.0, ".10g"),
        posts=_posts(doubt.posts),
    )


def round_json(round_: Round) -> dict[str, object]:
    """One object for programs; ``failures`` by account."""
    return {
        "now": round_.now.isoformat(),
        "import_id": round_.import_id if round_.observations else "",
        "observations": [
            {
                "subject": observation.subject,
                "channel": observation.channel,
                "metric": observation.metric,
                "value": observation.value,
                "observed_at": observation.observed_at.isoformat(),
                "published_at": observation.published_at.isoformat() if observation.published_at else None,
                "age_hours": observation.age_hours,
            }
            for observation in round_.observations
        ],
        "website": _site_json(round_),
        "failures": round_.failures,
        "doubts": [
            {
                "kind": doubt.kind.value,
                "account": doubt.account,
                "subject": doubt.subject,
                "metric": doubt.metric,
                "before": doubt.before,
                "now": doubt.now,
                "message": doubt_words(doubt),
            }
            for doubt in round_.doubts
        ],
        **_left_out_json(round_),
    }


def _site_json(round_: Round) -> dict[str, object] | None:
    if round_.brought is None:
        return None
    ask = round_.brought.ask
    reports = [
        {"report": one.read.source.name, "observations": len(one.read.extract.observations), "stored": one.stored}
        for one in round_.brought.taken
    ]
    return {"first": str(ask.first), "last": str(ask.last), "reports": reports}


def plan_json(round_: Round) -> dict[str, object]:
    """One object for programs: ``accounts`` by name, each with its posts' uids and the number of requests."""
    posts: dict[str, list[str]] = {name: [] for name in round_.agenda.requests}
    for question in round_.agenda.questions:
        posts[question.account.name] += [post.uid for post in question.posts]
    return {
        "now": round_.now.isoformat(),
        "accounts": {
            name: {
                "posts": posts[name],
                "account": any(one.account.name == name and not one.posts for one in round_.agenda.questions),
                "requests": requests,
            }
            for name, requests in round_.agenda.requests.items()
        },
        "competitors": [
            {"name": one.competitor.name, "account": one.account.name, "id": one.handle} for one in round_.rivals
        ],
        "website": _ask_json(round_),
        "requests": _count_requests(round_),
        **_left_out_json(round_),
    }


def _ask_json(round_: Round) -> dict[str, object] | None:
    ask = round_.website
    return {"first": str(ask.first), "last": str(ask.last), "requests": ask.requests} if ask else None


def _count_requests(round_: Round) -> int:
    own = sum(round_.agenda.requests.values()) + FEWEST * len(round_.rivals)
    return own + (round_.website.requests if round_.website else 0)


def _left_out_json(round_: Round) -> dict[str, object]:
    patience = {name: until.isoformat() for name, until in round_.agenda.patience.items()}
    return {"postponed": dict(round_.agenda.postponed), "patience": patience}


def figures_lines(accounts: Mapping[str, Account]) -> list[str]:
    """What each account's network counts, one meaning to a line."""
    lines: list[str] = []
    for name, network in _known(accounts):
        figures = figures_of(accounts[name])
        told = ", ".join(figures.posts) or _("none")
        about = _("{account} ({network}): posts: {posts}; account: {metrics}")
        lines.append(
            about.format(
                account=name, network=network.title, posts=told, metrics=", ".join(figures.account) or _("none")
            )
        )
        lines += [f"    {metric}: {_(meaning)}" for metric, meaning in figures.meanings.items()]
        if figures.late:
            late = _("    {metrics}: come up to {hours} hours late; until then their zero is no value")
            lines.append(late.format(metrics=", ".join(figures.late), hours=int(figures.lag.total_seconds() // 3600)))
        if figures.window is not None:
            lines.append(_("    posts older than {days} days are not asked about").format(days=figures.window.days))
        lines += [f"    {_(network.silence)}"] if network.silence else [f"    {figures.source}"]
    return lines


def figures_json(accounts: Mapping[str, Account]) -> dict[str, object]:
    """Account → what its network counts."""
    return {name: _figures(accounts[name], network) for name, network in _known(accounts)}


def _figures(account: Account, network: Network) -> dict[str, object]:
    figures = figures_of(account)
    return {
        "network": network.name,
        "posts": list(figures.posts),
        "account": list(figures.account),
        "meanings": dict(figures.meanings),
        "late": list(figures.late),
        "lag_hours": figures.lag.total_seconds() / 3600,
        "window_days": figures.window.days if figures.window else None,
        "posts_per_request": figures.together,
        "requests_per_round": figures.budget,
        "source": figures.source,
        "silence": network.silence,
        "verified": network.verified.value,
    }


def _known(accounts: Mapping[str, Account]) -> Iterator[tuple[str, Network]]:
    for name, account in accounts.items():
        try:
            yield name, find_network(account.network)
        except UsageError:
            continue
