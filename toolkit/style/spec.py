"""What the kinds of rules (`extends` in the rule file) look for: one frozen dataclass per kind, its fields Vale's keys."""

from __future__ import annotations

from typing import Final

from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Existence:
    """Words that must not stand there."""

    tokens: tuple[str, ...] = ()
    raw: tuple[str, ...] = ()
    append: bool = False  # whether `raw` follows the tokens instead of preceding them
    nonword: bool = False
    ignorecase: bool = False
    exceptions: tuple[str, ...] = ()
    vocab: bool = True


@dataclass(frozen=True, slots=True)
class Substitution:
    """Patterns and what to write instead; ``a|b`` offers two."""

    swap: tuple[tuple[str, str], ...] = ()
    nonword: bool = False
    ignorecase: bool = False
    capitalize: bool = False
    exceptions: tuple[str, ...] = ()
    vocab: bool = True


@dataclass(frozen=True, slots=True)
class Occurrence:
    """How often a pattern may, or must, occur; 0 means no limit."""

    token: str = ""
    max: int = 0
    min: int = 0
    ignorecase: bool = False


@dataclass(frozen=True, slots=True)
class Repetition:
    """The same token twice in a row."""

    tokens: tuple[str, ...] = ()
    max: int = 0
    ignorecase: bool = False
    alpha: bool = False
    exceptions: tuple[str, ...] = ()
    vocab: bool = True


@dataclass(frozen=True, slots=True)
class Consistency:
    """Of each pair only one may be used in a text."""

    either: tuple[tuple[str, str], ...] = ()
    nonword: bool = False
    ignorecase: bool = False


@dataclass(frozen=True, slots=True)
class Conditional:
    """Where `first` stands, `second` must have stood."""

    first: str = ""
    second: str = ""
    ignorecase: bool = False
    exceptions: tuple[str, ...] = ()
    vocab: bool = True


SHAPES: Final = frozenset({"$title", "$sentence", "$lower", "$upper"})  # what `match` may be, if it is no pattern


@dataclass(frozen=True, slots=True)
class Capitalization:
    """Title case, sentence case, capitals, small letters, or a pattern."""

    match: str = ""
    style: str = "AP"
    exceptions: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    threshold: float = 0.8
    prefix: str = ""
    vocab: bool = True


@dataclass(frozen=True, slots=True)
class Metric:
    """A formula over counts of the text, and the condition under which its result is a finding."""

    formula: str = ""
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Readability:
    """The mean of one or more readability measures, and the highest (or lowest) that is accepted."""

    metrics: tuple[str, ...] = ()
    grade: float = 0.0


@dataclass(frozen=True, slots=True)
class Spelling:
    """Words that the speller does not know. `filters` are patterns of words that are not looked at."""

    ignore: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    custom: bool = False
    append: bool = False
    exceptions: tuple[str, ...] = ()


Spec = (
    Existence
    | Substitution
    | Occurrence
    | Repetition
    | Consistency
    | Conditional
    | Capitalization
    | Metric
    | Readability
    | Spelling
)

KINDS: Final[dict[str, type[Spec]]] = {
    kind.__name__.lower(): kind
    for kind in (
        Existence,
        Substitution,
        Occurrence,
        Repetition,
        Consistency,
        Conditional,
        Capitalization,
        Metric,
        Readability,
        Spelling,
    )
}
