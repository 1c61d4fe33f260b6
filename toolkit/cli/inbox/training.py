"""`leitstand inbox train`: learning from `inbox label --sounds`, the team's own word on how messages sound."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Folder, open_context, print_json, progress
from toolkit.cli.inbox.shown import print_lines
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS
from toolkit.messages import _, decimal, ngettext

if TYPE_CHECKING:
    from toolkit.sentiment.retraining import Retraining
    from toolkit.sentiment.scores import Quality


def run_train(
    *,
    language: Annotated[str, typer.Option("--language", help="Train the model of this language only.")] = "",
    shipped: Annotated[
        bool, typer.Option("--shipped", help="Train nothing: go back to the models that everybody has.")
    ] = False,
    workspace: Folder = HERE,
    as_json: AsJson = False,
) -> int:
    """Learn from `inbox label --sounds` how messages sound; a model that is worse replaces none. Exit 1 for too few labels."""
    from toolkit.sentiment.own import drop_own
    from toolkit.sentiment.retraining import TooFewLabelsError, retrain

    context = open_context(workspace)
    languages = (language,) if language else tuple(one.split("-")[0] for one in context.settings.languages)
    if shipped:
        dropped = [one for one in dict.fromkeys(languages) if drop_own(context.state, one)]
        print_json({"dropped": dropped}) if as_json else print_lines(_dropped_lines(dropped))
        return EXIT_CLEAN
    found: list[Retraining] = []
    refused: dict[str, str] = {}
    with progress() as bar:
        task = bar.add_task(_("learning"), total=len(languages))
        for one in dict.fromkeys(languages):
            try:
                found.append(retrain(context.state, one))
            except TooFewLabelsError as error:
                refused[one] = str(error)
            bar.advance(task)
    if as_json:
        print_json({"trained": [_json(one) for one in found], "refused": refused})
    else:
        print_lines([line for one in found for line in _lines(one)])
        print_lines(list(refused.values()))
    return EXIT_CLEAN if found else EXIT_PROBLEMS


def _dropped_lines(dropped: list[str]) -> list[str]:
    if not dropped:
        return [_("there is no model of your own; nothing changes")]
    return [_("{language}: the shipped model is in use again").format(language=one) for one in dropped]


def _lines(found: Retraining) -> Iterator[str]:
    labels = ngettext("{count} label", "{count} labels", found.labels).format(count=found.labels)
    became = _("the new model is in use") if found.replaced else _("it would be worse, so the one in use stays")
    yield f"{found.language}: {labels}; {became}"
    figures = (
        (_("macro-F1"), "macro_f1"),
        (_("AUC (negative)"), "auc_negative"),
        (_("accuracy"), "accuracy"),
    )
    for name, key in figures:
        before, after = getattr(found.before, key), getattr(found.after, key)
        yield _("  {name}: {before} → {after}").format(
            name=name, before=decimal(before, ".3f"), after=decimal(after, ".3f")
        )
    yield from (f"  {problem}" for problem in found.problems)


def _json(found: Retraining) -> dict[str, object]:
    return {
        "language": found.language,
        "labels": found.labels,
        "way": found.way.value,
        "replaced": found.replaced,
        "before": _figures(found.before),
        "after": _figures(found.after),
        "problems": [str(one) for one in found.problems],
    }


def _figures(quality: Quality) -> dict[str, float]:
    return {
        "n": quality.n,
        "accuracy": quality.accuracy,
        "macro_f1": quality.macro_f1,
        "auc_negative": quality.auc_negative,
        "brier": quality.brier,
        "calibration": quality.calibration,
    }
