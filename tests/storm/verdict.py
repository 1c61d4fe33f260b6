"""What a storm has done: what the ledger says, held against what the networks have seen."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime

from tests.storm.weather import Place, Weather
from toolkit.dispatch import Orders
from toolkit.ledger import Row, State, open_ledger

# What must be 0 after every storm.
FAULTS = (
    "duplicates",
    "losses",
    "confirmed_but_absent",
    "held_but_not_blind",
    "out_without_intent",
    "wrong_order",
    "forgotten_in_copies",
)


def accepted(place: Place) -> list[dict[str, str]]:
    """What the networks have accepted so far, in order."""
    text = place.accepted.read_text() if place.accepted.exists() else ""
    return [json.loads(line) for line in text[: text.rfind("\n") + 1].splitlines()]


def hits(place: Place) -> Counter[str]:
    """How often each crash point was met."""
    return Counter(place.hits.read_text().split() if place.hits.exists() else [])


def figures(weather: Weather, place: Place, orders: Orders) -> dict[str, object]:
    """Everything that is promised, as numbers."""
    out = accepted(place)
    seen = Counter(post["key"] for post in out)
    with open_ledger(place.where(weather), now=datetime.now(UTC), read_only=True) as ledger:
        rows = ledger.rows()
    due = sum(len(order.render().parts) for order in orders.orders.values())
    known = {row.key: row for row in rows}
    return {
        "seed": weather.seed,
        "bug": weather.bug,
        "posts": weather.posts,
        "parts": due,
        "rows": len(rows),
        "crash_points": dict(hits(place)),
        "duplicates": sum(count - 1 for count in seen.values()),
        "duplicate_classes": sorted({known[key].network for key, count in seen.items() if count > 1}),
        "wrong_order": _disorder(out),
        "out_without_intent": sum(known[key].request_hash == "" for key in seen),
        "result": {row.key: str(row.state) for row in rows},
        **_states(rows, seen, due),
    }


def _states(rows: list[Row], seen: Counter[str], due: int) -> dict[str, int]:
    held = [row for row in rows if row.state is State.HELD]
    confirmed = [row for row in rows if row.state is State.CONFIRMED]
    return {
        "confirmed": len(confirmed),
        "confirmed_but_absent": sum(row.key not in seen for row in confirmed),
        "held": len(held),
        "held_but_not_blind": sum(row.network != "blind" for row in held),
        "held_and_out": sum(row.key in seen for row in held),
        "losses": due - len(confirmed) - len(held),
    }


def _disorder(out: list[dict[str, str]]) -> int:
    """Parts of threads that do not answer the part before them."""
    ids = {(post["key"].split(":")[2], post["id"]): post["key"] for post in out}
    wrong = 0
    for post in out:
        thread, _colon, part = post["key"].rpartition(":")
        before = f"{thread}:{int(part) - 1}"
        wrong += part != "0" and ids.get((post["key"].split(":")[2], post["previous"]), "") != before
    return wrong
