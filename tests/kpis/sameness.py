"""How far the answers of two engines are apart."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.kpis import Result


def largest_difference(here: Mapping[str, tuple[Result, ...]], there: Mapping[str, tuple[Result, ...]]) -> float:
    """The largest relative difference of any number; groups, n and what is missing must be the same."""
    assert list(here) == list(there)
    largest = 0.0
    for name, results in here.items():
        assert [(one.group, one.n) for one in results] == [(one.group, one.n) for one in there[name]], name
        for one, other in zip(results, there[name], strict=True):
            for left, right in zip(_numbers(one), _numbers(other), strict=True):
                assert (left is None) == (right is None), (name, one, other)
                if left is not None and right is not None:
                    largest = max(largest, abs(left - right) / max(1.0, abs(left)))
    return largest


def _numbers(result: Result) -> tuple[float | None, ...]:
    interval = (result.interval.low, result.interval.high) if result.interval else (None, None)
    return result.value, result.denominator, result.median, *interval
