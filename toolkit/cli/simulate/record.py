"""A simulated history as JSON with stable keys; the same seed gives the same bytes."""

from __future__ import annotations

from collections import Counter

from toolkit.ledger import advice
from toolkit.simulation import ChannelVerdict, Course, Ending, Fate, Told


def told_json(told: Told, course: Course, ledger: str) -> dict[str, object]:
    """One history."""
    verdict, history = told.verdict, told.history
    return {
        "seed": course.weather.seed,
        "from": course.first.isoformat(),
        "to": course.last.isoformat(),
        "faults": {fault.value: chance for fault, chance in sorted(course.weather.chances.items())},
        "ledger": ledger,
        "resolve": course.people,
        "total": {
            **{ending.value: sum(one.counts.get(ending, 0) for one in verdict.channels) for ending in Ending},
            "doubled": verdict.doubled,
        },
        "channels": [_channel(channel) for channel in verdict.channels],
        "met": dict(sorted(befallen(told).items())),
        "ticks": history.ticks,
        "crashes": history.deaths,
        "failed_ticks": history.failures,
        "decisions": history.decisions,
        "requests": sum(network.requests for network in told.networks.values()),
        "requests_too_early": sum(network.too_early for network in told.networks.values()),
        "needs_person": [_fate(fate) | {"advice": advice(fate.row)} for fate in verdict.asking],
        "messages": [_fate(fate) for fate in verdict.fates],
    }


def befallen(told: Told) -> Counter[str]:
    """What went wrong, and how often: faults of machine and networks."""
    met = Counter({str(fault): count for fault, count in told.machine.met.items()})
    for network in told.networks.values():
        met.update({str(fault): count for fault, count in network.met.items()})
        met["token renewals"] += network.tokens.renewals
    return +met


def _channel(channel: ChannelVerdict) -> dict[str, object]:
    counts = {ending.value: channel.counts.get(ending, 0) for ending in Ending}
    late = {"late_p50": channel.percentile(0.5), "late_p99": channel.percentile(0.99)}
    return {"channel": channel.account, "network": channel.network, **counts, "doubled": channel.doubled, **late}


def _fate(fate: Fate) -> dict[str, object]:
    row = fate.row
    return {
        "uid": row.uid,
        "occurrence": row.occurrence,
        "path": row.path,
        "channel": row.account,
        "part": row.part,
        "due": row.due.isoformat(),
        "ending": fate.ending.value,
        "state": row.state.value,
        "copies": fate.copies,
        "at": None if fate.at is None else fate.at.isoformat(),
        "late_seconds": None if fate.late is None else fate.late.total_seconds(),
        "attempts": row.attempts,
        "why": fate.why,
    }
