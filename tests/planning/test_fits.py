"""Whether a text fits its network."""

from __future__ import annotations

from collections.abc import Callable

from toolkit.planning import fit, slots
from toolkit.workspace import Workspace

Plan = Callable[..., Workspace]


def test_a_text_is_counted_as_its_network_counts(plan: Plan) -> None:
    """Mastodon counts 501 characters as one too many, and 500 as enough."""
    [short] = slots(plan(text="a" * 500, a="2026-12-01 07:30 mastodon"))
    [long] = slots(plan(folder="two", text="a" * 501, a="2026-12-01 07:30 mastodon"))
    fits, over = fit(short), fit(long)
    assert fits is not None
    assert over is not None
    assert (fits.valid, fits.count.length, fits.count.limit) == (True, 500, 500)
    assert (over.valid, over.count.length) == (False, 501)


def test_the_tightest_part_decides(plan: Plan) -> None:
    """Of a thread the part with the least room is shown, and how many parts there are."""
    [slot] = slots(plan(text="kurz\n\n---\n\n" + "a" * 400, a="2026-12-01 07:30 mastodon"))
    found = fit(slot)
    assert found is not None
    assert (found.parts, found.count.length) == (2, 400)


def test_an_unknown_network_has_no_count(plan: Plan) -> None:
    """Nobody can count for a network that nobody knows; the plan still shows the slot."""
    [slot] = slots(plan(a="2026-12-01 07:30 unheard"))
    assert fit(slot) is None
