"""What an experiment looked like when it was registered, from the history of the repository."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from toolkit.errors import LeitstandError
from toolkit.experiments.experiment import Experiment
from toolkit.experiments.fingerprint import Difference, differences, fingerprint
from toolkit.experiments.reading import read_experiment
from toolkit.source.past import commits_that_touch, find_commit, read_file_at

FAR: Final = 100  # commits of one file


def changed_keys(root: Path, experiment: Experiment) -> tuple[Difference, ...]:
    """What differs from the design that was registered; nothing where no commit holds that one, or there is no git."""
    before = registered_version(root, experiment)
    return () if before is None else differences(before, experiment)


def registered_version(root: Path, experiment: Experiment) -> Experiment | None:
    """The experiment as it was registered; None where no commit holds it."""
    if experiment.registered is None:
        return None
    tip = find_commit(root, "HEAD")
    try:
        commits = commits_that_touch(root, tip, [experiment.path], FAR) if tip else ()
        versions = (read_experiment(experiment.path, read_file_at(root, one, experiment.path))[0] for one in commits)
        wanted = experiment.registered.hash
        return next((one for one in versions if one is not None and fingerprint(one) == wanted), None)
    except LeitstandError:  # a commit in which the file was gone, or an incomplete clone
        return None
