"""The kinds `metric` and `readability`: findings about a text as a whole, from what is counted in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from math import isfinite
from typing import Final

from toolkit.language import readability
from toolkit.messages import decimal
from toolkit.style.figures import VARIABLES, count
from toolkit.style.finding import WHOLE, Hit, Scene
from toolkit.style.formula import calculate, read_formula
from toolkit.style.pattern import Pattern
from toolkit.style.rule import StyleRule
from toolkit.style.spec import Metric, Readability
from toolkit.style.wording import fill

Figures = Mapping[str, float]


class MetricChecker:
    """Calculates the formula, and compares the result with the condition."""

    pattern: Pattern | None = None

    def __init__(self, rule: StyleRule, spec: Metric) -> None:
        self.rule = rule
        self.formula = read_formula(spec.formula, VARIABLES)
        self.condition = read_formula(f"result {spec.condition}", VARIABLES | {"result"})

    def hits(self, scene: Scene) -> Iterator[Hit]:
        figures = _figures(scene)
        if not figures:
            return
        result = calculate(self.formula, figures)
        if isfinite(result) and calculate(self.condition, {**figures, "result": result}) == 1:
            yield Hit(WHOLE, 0, 0, fill(self.rule.message, decimal(result, ".2f")))


def _wiener(variant: int, figures: Figures) -> float:
    return readability.wiener(
        variant,
        words=figures["words"],
        sentences=figures["sentences"],
        many=figures["polysyllabic_words"],
        long=figures["long_words"],
        single=figures["monosyllabic_words"],
    )


# Years of school: more is harder.
GRADES: Final[Mapping[str, Callable[[Figures], float]]] = {
    "SMOG": lambda f: readability.smog(f["sentences"], f["polysyllabic_words"]),
    "Gunning Fog": lambda f: readability.gunning_fog(f["words"], f["sentences"], f["complex_words"]),
    "Coleman-Liau": lambda f: readability.coleman_liau(f["characters"], f["words"], f["sentences"]),
    "Flesch-Kincaid": lambda f: readability.flesch_kincaid(f["words"], f["sentences"], f["syllables"]),
    "Automated Readability": lambda f: readability.automated(f["characters"], f["words"], f["sentences"]),
    "LIX": lambda f: readability.lix(f["words"], f["sentences"], f["long_words"]),
    **{f"Wiener Sachtextformel {variant}": partial(_wiener, variant) for variant in range(1, 5)},
}
# From 0 (hard) to 100 (easy): more is easier.
EASE: Final[Mapping[str, Callable[[Figures], float]]] = {
    "Flesch": lambda f: readability.flesch(f["words"], f["sentences"], f["syllables"]),
    "Amstad": lambda f: readability.amstad(f["words"], f["sentences"], f["syllables"]),
}


class ReadabilityChecker:
    """The mean of the rule's measures, against its grade."""

    pattern: Pattern | None = None

    def __init__(self, rule: StyleRule, spec: Readability) -> None:
        self.rule = rule
        self.spec = spec

    def hits(self, scene: Scene) -> Iterator[Hit]:
        figures = _figures(scene)
        if not figures:
            return
        measures = EASE if self.spec.metrics[0] in EASE else GRADES
        grade = sum(measures[name](figures) for name in self.spec.metrics) / len(self.spec.metrics)
        if grade < self.spec.grade if measures is EASE else grade > self.spec.grade:
            yield Hit(WHOLE, 0, 0, fill(self.rule.message, decimal(grade, ".2f")))


def _figures(scene: Scene) -> dict[str, float]:
    texts = (block.text for block in scene.blocks)
    return count(texts, scene.counts if scene.counts is not None else Counter(), scene.language)
