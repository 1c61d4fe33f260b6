"""A frozen class of ours is to everybody what the standard library's decorator would have made of it."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import re
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from toolkit.values import dataclass

TOOLKIT = Path(__file__).parents[1] / "toolkit"


def nouns(dataclass: Any) -> dict[str, tuple[Any, list[tuple[Any, ...]]]]:
    """Classes of every kind that the rooms have, and what their instances may be made of."""

    @dataclass(frozen=True, slots=True)
    class Empty:
        """No fields at all."""

    @dataclass(frozen=True, slots=True)
    class Post:
        """Fields of every usual kind."""

        title: str
        words: tuple[str, ...] = ()
        seen: dict[str, int] = field(default_factory=dict, compare=False)
        token: str = field(default="", repr=False)

    @dataclass(frozen=True)
    class Open:
        """Without slots, so that it may remember."""

        name: str

        @cached_property
        def length(self) -> int:
            return len(self.name)

    @dataclass(frozen=True, slots=True)
    class Guarded:
        """What its maker checks."""

        low: int
        high: int = 0

        def __post_init__(self) -> None:
            if self.low > self.high:
                message = "upside down"
                raise ValueError(message)

    @dataclass(frozen=True, slots=True)
    class Particular:
        """Says itself how it is printed, what is equal to it, and what of it is kept."""

        name: str

        def __repr__(self) -> str:
            return f"<{self.name}>"

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Particular)

        def __hash__(self) -> int:
            return 7

    @dataclass(frozen=True, slots=True)
    class Alike:  # noqa: PLW1641  # gets its hash from the decorator
        """Says only what is equal to it."""

        name: str

        def __eq__(self, other: object) -> bool:
            return True

    @dataclass(frozen=True, slots=True, eq=False)
    class Single:
        """Equal to itself alone."""

        name: str

    @dataclass(frozen=True, slots=True)
    class Heir(Guarded):
        """Inherits fields."""

        name: str = "Anna"

    @dataclass(frozen=True, slots=True)
    class Nested:
        """Holds another, or itself."""

        parts: list[Any]

    @dataclass(frozen=True, slots=True, order=True)
    class Week:
        """Comes before or after others."""

        year: int
        number: int

    @dataclass(slots=True)
    class Running:
        """Is not frozen."""

        count: int = 0

    return {
        "Empty": (Empty, [(), (), (1,)]),
        "Post": (Post, [("Hafen",), ("Hafen", ("a", "b")), ("Hafen", (), {"x": 1}), ("Hafen", (), {}, "geheim"), ()]),
        "Open": (Open, [("Hafen",), ("Hafen",), ("Kai",)]),
        "Guarded": (Guarded, [(0,), (-1, 4), (2, 1)]),
        "Particular": (Particular, [("Anna",), ("Jonas",)]),
        "Alike": (Alike, [("Anna",), ("Jonas",)]),
        "Single": (Single, [("Anna",), ("Anna",)]),
        "Heir": (Heir, [(0,), (0, 1, "Jonas"), (2, 1)]),
        "Nested": (Nested, [([1],), ([Empty()],)]),
        "Week": (Week, [(2026, 47), (2026, 48)]),
        "Running": (Running, [(), (1,)]),
    }


STANDARD, OURS = nouns(dataclasses.dataclass), nouns(dataclass)


def outcome(do: Callable[[], object]) -> object:
    """What comes of it: the value, or the error with its words."""
    try:
        return do()
    except (TypeError, ValueError, AttributeError) as error:
        return type(error), str(error)


def said(noun: tuple[Any, list[tuple[Any, ...]]]) -> list[object]:
    """Everything that can be asked of a class and of its instances, in a fixed order, the first call of each first."""
    cls, arguments = noun
    made = [outcome(lambda one=one: cls(*one)) for one in arguments]  # type: ignore[misc]
    found: list[object] = [one if isinstance(one, tuple) else repr(one) for one in made]
    instances: list[Any] = [one for one in made if not isinstance(one, tuple)]
    for one in instances:
        found += [[one == other for other in instances], one == 1, one != one]  # noqa: PLR0124
        found.append(outcome(lambda one=one: len({one, *instances})))  # type: ignore[misc]
        found.append(outcome(lambda one=one: cls.__hash__ is object.__hash__ or hash(one)))  # type: ignore[misc]
        found.append(outcome(lambda one=one: one < instances[0]))  # type: ignore[misc]
        for name in cls.__match_args__:
            found.append(outcome(lambda one=one, name=name: setattr(one, name, getattr(one, name))))  # type: ignore[misc]
        if cls.__dataclass_params__.frozen:
            found += [outcome(lambda one=one, name=name: delattr(one, name)) for name in cls.__match_args__]  # type: ignore[misc]
        found += [repr(dataclasses.asdict(one)), repr(copy.copy(one)), repr(copy.deepcopy(one))]
        found.append(repr(dataclasses.replace(one)))
        found.append(hasattr(one, "__dict__"))
    found += [[(one.name, one.default, one.compare) for one in dataclasses.fields(cls)], cls.__match_args__]
    found += [repr(cls.__dataclass_params__)] if cls.__dataclass_params__.order else [cls.__dataclass_params__.frozen]
    found += [cls.__init__.__qualname__, cls.__doc__, getattr(cls, "__slots__", None)]
    found.append([outcome(lambda: cls(nothing=1)), outcome(lambda: cls(1, 2, 3, 4, 5, 6, 7))])
    found.append([(one.name, one.kind) for one in inspect.signature(cls).parameters.values()])
    return found


@pytest.mark.parametrize("name", STANDARD)
def test_a_class_answers_as_a_standard_one(name: str) -> None:
    """Printing, comparing, hashing, copying, refusing and complaining are the same, word for word."""
    assert said(OURS[name]) == said(STANDARD[name])


def test_a_method_may_be_the_first_that_is_called() -> None:
    """An instance that was made without `__init__`, as a copy is, compares, hashes and prints all the same."""
    for name in ("__eq__", "__hash__", "__repr__"):
        post = nouns(dataclass)["Post"][0]
        bare = post.__new__(post)
        bare.__setstate__(["Hafen", (), {}, ""])
        expected = STANDARD["Post"][0]("Hafen")
        found = bare == bare if name == "__eq__" else getattr(bare, name)()  # noqa: PLR0124
        assert found == (True if name == "__eq__" else getattr(expected, name)())


def test_what_holds_itself_is_printed() -> None:
    """A value in itself is three dots, not an endless line."""
    whole = OURS["Nested"][0]([])
    whole.parts.append(whole)
    assert repr(whole).endswith(".Nested(parts=[...])")


def test_a_default_is_made_anew_for_each() -> None:
    """What a factory makes is not shared."""
    post = OURS["Post"][0]
    assert post("a").seen is not post("b").seen


def test_a_standard_class_may_inherit() -> None:
    """An adapter of somebody else may stand on a class of ours, frozen as it is; a class that is not frozen may not."""
    heir = dataclasses.make_dataclass("Heir", ["more"], bases=(OURS["Open"][0],), frozen=True)
    one = heir("Hafen", 1)
    with pytest.raises(FrozenInstanceError):
        one.name = "Kai"
    with pytest.raises(TypeError, match="cannot inherit non-frozen dataclass"):
        dataclasses.make_dataclass("Loose", ["more"], bases=(OURS["Open"][0],))


@dataclass(frozen=True, slots=True)
class Kept:
    """Stands in a module, so that it can be pickled."""

    name: str
    words: tuple[str, ...] = ()


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_a_value_comes_back_from_a_pickle(protocol: int) -> None:
    """Another process gets an equal value, with the same hash."""
    back = pickle.loads(pickle.dumps(Kept("Hafen", ("a",)), protocol))
    assert (back, hash(back)) == (Kept("Hafen", ("a",)), hash(Kept("Hafen", ("a",))))


def test_no_room_takes_the_standard_decorator() -> None:
    """What every start pays for is had in one way."""
    standard = re.compile(r"^from dataclasses import .*\bdataclass\b|^ *@dataclasses\.", flags=re.MULTILINE)
    others = [path for path in TOOLKIT.rglob("*.py") if path != TOOLKIT / "values.py"]
    assert [path for path in others if standard.search(path.read_text("utf-8"))] == []
