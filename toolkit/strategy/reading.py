"""guidelines/strategy.md → `Strategy`. A bad entry is told where it stands and hides no other."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, TypeVar

from toolkit.messages import _
from toolkit.model import Problem, Severity, Span
from toolkit.source import Fields
from toolkit.strategy.keys import LIST_KEYS, SHAPES, STRATEGY_KEYS
from toolkit.strategy.plan import Audience, Cost, Pillar, Product, Purpose, Rival, Strategy, Value
from toolkit.workspace import STRATEGY, Workspace

RULE: Final = "social-media-plan"
# Two decimals: 2.400 is written by people who mean 2400.
_NUMBER: Final = re.compile(r"\d{1,12}(?:\.\d{1,2})?", re.ASCII)
_YEARS: Final = range(2000, 2200)
_PERCENT: Final = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)\s*%?", re.ASCII)
_CURRENCY: Final = re.compile(r"[A-Z]{3}", re.ASCII)
_ROUNDING: Final = 1e-9
T = TypeVar("T")


def read_strategy(workspace: Workspace) -> Strategy:
    """The strategy of a workspace.

    What is wrong with its own keys stands in `problems`; the goals' are the workspace's, the claims' the handbook's.
    Without a page, or with one whose front matter cannot be read, the plan is empty but for the claims. A house with a
    handbook is told to write one; one without any page has said that it wants none.
    """
    handbook = workspace.handbook
    page = next((one for one in handbook.pages if one.path == STRATEGY), None)
    if page is None:
        return Strategy(claims=handbook.claims, problems=(_absent(),) if _looked_after(workspace) else ())
    if page.front is None:
        return Strategy(claims=handbook.claims, problems=(_bare(),) if _silent(workspace) else ())
    found: list[Problem] = []
    plan = _read(Fields(page.front, found))
    return replace(
        plan,
        claims=handbook.claims,
        goals=workspace.goals,
        owner=page.owner,
        next_review=page.next_review,
        problems=tuple(replace(one, rule=RULE) for one in found),
    )


def _absent() -> Problem:
    message = _("there is no social media plan; write one first: leitstand new --strategy TITLE")
    return Problem(STRATEGY, Span(), RULE, Severity.WARNING, message)


def _bare() -> Problem:
    message = _("no front matter, so no goals, pillars and audiences; leitstand schema strategy says what stands there")
    return Problem(STRATEGY, Span(), RULE, Severity.WARNING, message)


def _looked_after(workspace: Workspace) -> bool:
    """Whether the handbook has a page of somebody's, not only generated ones."""
    return any(page.front is not None for page in workspace.handbook.pages)


def _silent(workspace: Workspace) -> bool:
    """Whether nobody else has said what is wrong with the page."""
    return not any(one.path == STRATEGY for one in workspace.problems)


def _read(fields: Fields) -> Strategy:
    fields.refuse_unknown(STRATEGY_KEYS)
    for key in ("version", "language"):  # read by whoever shows the page
        fields.text(key)
    fields.flag("internal")
    return Strategy(
        places=fields.front,
        products=_listed(fields, "products", _product, "name"),
        values=_listed(fields, "values", _value, "name"),
        audiences=_listed(fields, "audiences", _audience, "name"),
        pillars=_pillars(fields),
        channels=_listed(fields, "channels", _purpose, "channel"),
        competitors=_listed(fields, "competitors", _rival, "name"),
        budget=_listed(fields, "budget", _cost),
        currency=_currency(fields),
        reviewed=fields.day("reviewed"),
    )


def _listed(fields: Fields, name: str, read: Callable[[Fields], T], only: str = "") -> tuple[T, ...]:
    """What `read` makes of each whole entry of a list; the values of the key `only` stand there once."""
    needed = _NEEDED.get(name, ("name",))
    seen, found = set[str](), list[T]()
    for item in fields.items(name, SHAPES[name]):
        item.refuse_unknown(LIST_KEYS[name])
        missing = [key for key in needed if not item.has(key)]
        if missing:
            message = _("{key} is missing; an entry looks like: {shape}")
            item.problem(next(iter(item.values), ""), message.format(key=", ".join(missing), shape=SHAPES[name]))
        elif only and item.text(only) in seen:
            item.problem(only, _("{name} stands here twice").format(name=item.text(only)))
        else:
            seen.add(item.text(only) if only else "")
            found.append(read(item))
    return tuple(found)


# Name of a list → the keys without which an entry says nothing.
_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "channels": ("channel", "purpose"),
    "budget": ("for", "amount", "year"),
}


def _product(item: Fields) -> Product:
    since, until = item.day("since"), item.day("until")
    if since and until and until < since:
        item.problem("until", _("{last} is before {first}").format(last=until, first=since))
    return Product(item.prefix, item.text("name"), item.text("about"), item.text("price"), since, until)


def _value(item: Fields) -> Value:
    return Value(item.prefix, item.text("name"), item.text("means"))


def _audience(item: Fields) -> Audience:
    return Audience(item.prefix, item.text("name"), item.text("title") or item.text("name"), item.text("wants"))


def _purpose(item: Fields) -> Purpose:
    weekly = _amount(item, "weekly")
    return Purpose(item.prefix, item.text("channel"), item.text("purpose"), item.words("audiences"), weekly)


def _rival(item: Fields) -> Rival:
    return Rival(item.prefix, item.text("name"), item.text("why"))


def _cost(item: Fields) -> Cost:
    amount, year = _amount(item, "amount") or 0.0, item.number("year", 0)
    if year and year not in _YEARS:
        item.problem(
            "year", _("{key} must be a year such as 2026, not {value!r}").format(key="year", value=item.text("year"))
        )
    return Cost(item.prefix, item.text("for"), amount, year, item.text("owner"))


def _amount(item: Fields, name: str) -> float | None:
    """A number that is not negative; None where none stands."""
    value = item.text(name)
    if not value:
        return None
    if _NUMBER.fullmatch(value):
        return float(value)
    item.problem(name, _("{key} must be a number such as 2400, not {value!r}").format(key=name, value=value))
    return None


def _currency(fields: Fields) -> str:
    value = fields.text("currency")
    if value and not _CURRENCY.fullmatch(value):
        message = _("{key} must be a code of three letters such as EUR, not {value!r}")
        fields.problem("currency", message.format(key="currency", value=value))
        return ""
    return value


def _pillars(fields: Fields) -> tuple[Pillar, ...]:
    pillars = _listed(fields, "pillars", _pillar, "name")
    least, most = sum(one.least for one in pillars), sum(one.most for one in pillars)
    if least > 1 + _ROUNDING:
        message = _("the smallest shares of all pillars come to {share} %; a month has only 100 %")
        fields.problem("pillars", message.format(share=round(least * 100)))
    elif pillars and most < 1 - _ROUNDING:
        message = _("the largest shares of all pillars come to {share} %; every month needs posts of no pillar")
        fields.problem("pillars", message.format(share=round(most * 100)), Severity.WARNING)
    return pillars


def _pillar(item: Fields) -> Pillar:
    least, most = _share(item, "least", 0.0), _share(item, "most", 1.0)
    if most < least:
        item.problem("most", _("most is less than least"))
        least, most = 0.0, 1.0
    title = item.text("title") or item.text("name")
    return Pillar(item.text("name"), title, least, most, item.prefix, item.text("about"), item.text("owner"))


def _share(item: Fields, name: str, default: float) -> float:
    """A share from 0 to 1, written in per cent with or without the sign."""
    value = item.text(name)
    if not value:
        return default
    match = _PERCENT.fullmatch(value)
    share = float(match[1].replace(",", ".")) / 100 if match else -1.0
    if 0 <= share <= 1:
        return share
    message = _("{key} must be a share in per cent, from 0 to 100, such as 30, not {value!r}")
    item.problem(name, message.format(key=name, value=value))
    return default
