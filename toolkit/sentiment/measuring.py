"""How often the models of a workspace are wrong, as far as it was measured: by the team's own labels where there are enough.

People correct what is wrong sooner than what is right, so own labels make a model look a little worse than it is. What
was never measured has no error here, which does not mean that it makes none.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from toolkit.sentiment.classifier import load_shipped
from toolkit.sentiment.confusion import OWN, Confusion, read_shipped
from toolkit.sentiment.judgement import CLASSES
from toolkit.sentiment.labels import Correction, read_corrections
from toolkit.sentiment.own import own_file

LEAST: Final = 50  # labels; of fewer the corrections of one bad week would speak for all messages


def measure_models(state: Path, languages: Iterable[str]) -> dict[str, Confusion]:
    """Language → the confusion of the model that judges it in the workspace with this state directory.

    Languages whose model nobody has measured are missing.
    """
    labels, _problems = read_corrections(state)
    found = {}
    for language in dict.fromkeys(one.replace("_", "-").split("-")[0].lower() for one in languages):
        own = [one for one in labels if one.language == language]
        confusion = (
            _of_own_model(state, language) if own_file(state, language).is_file() else _of_shipped(language, own)
        )
        if confusion is not None:
            found[language] = confusion
    return found


def _of_own_model(state: Path, language: str) -> Confusion | None:
    """What was written down when it was trained, each label judged by a model that had not seen it."""
    from toolkit.sentiment.linear import ModelError, read_model

    file = own_file(state, language)
    try:
        counts = read_model(file.read_bytes(), str(file)).about.get("confusion")
    except ModelError:
        return None
    return Confusion(tuple(map(tuple, counts)), OWN) if isinstance(counts, list) else None


def _of_shipped(language: str, labels: list[Correction]) -> Confusion | None:
    model = load_shipped(language) if len(labels) >= LEAST else None
    if model is None:
        return read_shipped(language)
    import numpy as np

    from toolkit.sentiment.scores import count_confusion

    classes = np.array([CLASSES.index(one.label) for one in labels], np.intp)
    answers = model.score([one.text for one in labels]).argmax(axis=1)
    return Confusion(count_confusion(classes, answers), OWN)
