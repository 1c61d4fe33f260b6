"""Formulas of rules: arithmetic over named figures, read as a tree and never run as code."""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from typing import Final

from toolkit.messages import _

_BINARY: Final[dict[type, Callable[[float, float], float]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Mod: math.fmod,
}
_COMPARE: Final[dict[type, Callable[[float, float], bool]]] = {
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_FUNCTIONS: Final[dict[str, Callable[[float], float]]] = {
    "sqrt": math.sqrt,
    "abs": abs,
    "floor": math.floor,
    "ceil": math.ceil,
    "log": math.log,
    "log10": math.log10,
    "log2": math.log2,
    "exp": math.exp,
    "cbrt": lambda value: math.copysign(abs(value) ** (1 / 3), value),
}
_HEADING: Final = re.compile(r"\bheading\.(h[1-6])")
_LONGEST: Final = 2000


class FormulaError(ValueError):
    """A formula that is none; the message says why."""


def read_formula(text: str, names: frozenset[str]) -> ast.expr:
    """The tree of a formula or condition; raises `FormulaError` for whatever is no arithmetic over `names`."""
    written = _HEADING.sub(r"heading_\1", text).replace("&&", " and ").replace("||", " or ")
    written = re.sub(r"!(?!=)", " not ", " ".join(written.split()))
    if len(written) > _LONGEST:
        raise FormulaError(_("a formula has at most {size} characters").format(size=_LONGEST))
    try:
        tree = ast.parse(written, mode="eval").body
        _check(tree, names)
    except (SyntaxError, RecursionError, MemoryError, ValueError) as error:
        if isinstance(error, FormulaError):
            raise
        raise FormulaError(_("{formula} is no formula").format(formula=text.strip())) from None
    return tree


def _check(node: ast.expr, names: frozenset[str]) -> None:  # noqa: C901  # one case per form
    match node:
        case ast.Constant(value=bool() | int() | float()):
            return
        case ast.Name(id=name):
            if name not in names:
                raise FormulaError(
                    _("nothing is counted as {name}; known are {names}").format(
                        name=name, names=", ".join(sorted(names))
                    )
                )
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            _check(left, names)
            _check(right, names)
        case ast.UnaryOp(op=ast.USub() | ast.UAdd() | ast.Not(), operand=operand):
            _check(operand, names)
        case ast.Call(func=ast.Attribute(value=ast.Name(id="math"), attr=attr), args=[argument], keywords=[]) if (
            attr in _FUNCTIONS
        ):
            _check(argument, names)
        case ast.Compare(left=left, ops=ops, comparators=others) if all(type(op) in _COMPARE for op in ops):
            for part in (left, *others):
                _check(part, names)
        case ast.BoolOp(values=values):
            for part in values:
                _check(part, names)
        case _:
            raise FormulaError(
                _("a formula may have numbers, names, + - * / and math.sqrt, not {what}").format(what=ast.unparse(node))
            )


def calculate(node: ast.expr, figures: Mapping[str, float]) -> float:
    """The value of a tree that `read_formula` made; NaN where it has none (a division by nothing)."""
    try:
        return float(_value(node, figures))
    except (ZeroDivisionError, OverflowError, ValueError):
        return math.nan


def _value(node: ast.expr, figures: Mapping[str, float]) -> float:  # noqa: PLR0911  # as above
    match node:
        case ast.Constant(value=value):
            return float(value)  # type: ignore[arg-type]  # `_check` let only numbers through
        case ast.Name(id=name):
            return figures[name]
        case ast.BinOp(left=left, op=op, right=right):
            return _BINARY[type(op)](_value(left, figures), _value(right, figures))
        case ast.UnaryOp(op=op, operand=operand):
            value = _value(operand, figures)
            return float(not value) if isinstance(op, ast.Not) else -value if isinstance(op, ast.USub) else value
        case ast.Call(func=ast.Attribute(attr=attr), args=[argument]):
            return _FUNCTIONS[attr](_value(argument, figures))
        case ast.Compare(left=left, ops=ops, comparators=others):
            values = [_value(part, figures) for part in (left, *others)]
            pairs = zip(ops, values, values[1:], strict=False)
            return float(all(_COMPARE[type(op)](one, other) for op, one, other in pairs))
        case ast.BoolOp(op=op, values=values):
            found = [bool(_value(part, figures)) for part in values]
            return float(all(found) if isinstance(op, ast.And) else any(found))
        case _:
            raise AssertionError(node)
