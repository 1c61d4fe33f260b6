"""The nouns' decorator: the standard library's `dataclass`, whose frozen classes get their methods at the first call.

The standard one composes seven functions as text for a frozen class and compiles each of them while the module is being
loaded: 0.7 ms on Python 3.11. A build of the site loads 280 such classes, makes instances of a third of them, and asks
hardly any for a hash. Here `__init__`, `__repr__`, `__eq__` and `__hash__` are composed, with the same words, when they
are called, and what reads the same for every class (nothing may be set or deleted, what a copy is made of) is there
once. That leaves 0.04 ms for a class and 0.1 ms for its first instance, which takes a fifth of a second off every start.

In every other way it is a dataclass: `fields`, `replace`, `asdict`, patterns, slots, pickling; for type checkers it is
the standard decorator itself. The standard one also makes whatever is not frozen, is asked for more than `slots` and
`eq`, inherits from a dataclass, or has a field that is not simply an argument of `__init__`.
"""

from __future__ import annotations

import dataclasses
import reprlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any, Final, NoReturn

__all__ = ["dataclass"]

Method = Callable[..., Any]


def _dataclass(cls: type | None = None, /, *, frozen: bool = False, slots: bool = False, **others: bool) -> Any:
    """`dataclasses.dataclass`, with or without parentheses."""

    def shape(cls: type) -> type:
        if frozen and others.keys() <= {"eq"} and _is_plain(cls):
            return _freeze(cls, slots=slots, **others)
        return dataclasses.dataclass(cls, frozen=frozen, slots=slots, **others)

    return shape if cls is None else shape(cls)


def _is_plain(cls: type) -> bool:
    """Whether the class inherits no fields, and each of its own is an argument like any other."""
    told = [one for one in vars(cls).values() if isinstance(one, Field)]
    usual = all(one.init and one.hash is None and one.kw_only is MISSING for one in told)
    return usual and not dataclasses.is_dataclass(cls)


def _freeze(cls: type, *, slots: bool, eq: bool = True) -> type:
    """The class with its fields, whose instances stay as they were made."""
    methods: dict[str, Method] = {"__setattr__": _refuse_setting, "__delattr__": _refuse_deleting}
    if slots:
        methods |= {"__getstate__": _state, "__setstate__": _take_state}
    own = {name for name, value in vars(cls).items() if value is not None}  # __hash__ is None beside an own __eq__
    made: Any = dataclasses.dataclass(cls, init=False, repr=False, eq=False, slots=slots)
    made.__dataclass_params__.frozen = True  # the standard one looks here when a class inherits from this one
    methods |= {name: _at_first_call(made, name) for name in (_TEXTS if eq else _TEXTS.keys() - {"__eq__", "__hash__"})}
    for name in methods.keys() - own:
        setattr(made, name, methods[name])
    return made  # type: ignore[no-any-return]


def _at_first_call(cls: Any, name: str) -> Method:
    """A method that puts the one that its fields call for in its place, and calls that."""

    def first(self: object, *values: object, **named: object) -> object:
        method = _compile(cls, name)
        setattr(cls, name, method)
        return method(self, *values, **named)

    return first


def _compile(cls: Any, name: str) -> Method:
    """One method of a class, composed for its fields."""
    known: dict[str, Any] = {"MISSING": MISSING, "set_field": object.__setattr__}
    exec(_TEXTS[name](cls, known), known)  # noqa: S102  # names of fields are all that is put in
    method: Method = known[name]
    method.__qualname__ = f"{cls.__qualname__}.{name}"
    method.__module__ = cls.__module__
    return reprlib.recursive_repr()(method) if name == "__repr__" else method


def _init(cls: Any, known: dict[str, Any]) -> str:
    """Sets each field as `object` would, since the class refuses; `known` gets what they are without an argument."""
    taken, lines = ["self"], []
    for one in fields(cls):
        value = one.name
        if one.default_factory is not MISSING:
            known[f"make_{one.name}"] = one.default_factory
            taken.append(f"{one.name}=MISSING")
            value = f"make_{one.name}() if {one.name} is MISSING else {one.name}"
        elif one.default is not MISSING:
            known[f"default_{one.name}"] = one.default
            taken.append(f"{one.name}=default_{one.name}")
        else:
            taken.append(one.name)
        slot = getattr(cls, one.name, None)
        if isinstance(slot, MemberDescriptorType):  # takes half as long as looking for it by its name
            known[f"_set_{one.name}"] = slot.__set__
            lines.append(f" _set_{one.name}(self, {value})\n")
        else:
            lines.append(f" set_field(self, {one.name!r}, {value})\n")
    if hasattr(cls, "__post_init__"):
        lines.append(" self.__post_init__()\n")
    return f"def __init__({', '.join(taken)}):\n{''.join(lines) or ' pass'}"


def _repr(cls: Any, _known: object) -> str:
    """The class and every field that is not to be kept quiet."""
    said = ", ".join(f"{one.name}={{self.{one.name}!r}}" for one in fields(cls) if one.repr)
    return f"def __repr__(self):\n return f'{{self.__class__.__qualname__}}({said})'"


def _eq(cls: Any, _known: object) -> str:
    """Whether it is of the same class, with equal fields."""
    same = f"{_compared(cls, 'self')} == {_compared(cls, 'other')}"
    return f"def __eq__(self, other):\n return {same} if other.__class__ is self.__class__ else NotImplemented"


def _hash(cls: Any, _known: object) -> str:
    """The hash of the fields that are compared."""
    return f"def __hash__(self):\n return hash({_compared(cls, 'self')})"


def _compared(cls: Any, whose: str) -> str:
    """The tuple of what is compared, as text."""
    return f"({''.join(f'{whose}.{one.name},' for one in fields(cls) if one.compare)})"


_TEXTS: Final[Mapping[str, Callable[[Any, dict[str, Any]], str]]] = {
    "__init__": _init,
    "__repr__": _repr,
    "__eq__": _eq,
    "__hash__": _hash,
}


def _refuse_setting(_self: object, name: str, _value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deleting(_self: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[object]:
    return [getattr(self, one.name) for one in fields(self)]


def _take_state(self: Any, state: Iterable[object]) -> None:
    for one, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, one.name, value)


if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    dataclass = _dataclass
