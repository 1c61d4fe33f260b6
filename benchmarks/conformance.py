"""Vale's own scenarios and those of style packages, run by our engine: which alerts at which line and column.

The suites are read from the folder of test data (`vale`, `vale-styles`); nothing of them is part of the project.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from toolkit.language.spelling import SpellingError, open_speller
from toolkit.model import SourceText
from toolkit.style import Speller
from toolkit.style.ini import read_ini
from toolkit.style.rule import RuleError
from toolkit.style.styles import Styles

CONFIGS: Final = (".vale.ini", "_vale", ".vale")
# The kind `script` is refused: nothing that a rule brings is run.
OUT_OF_SCOPE: Final = {"Script"}
_FOLDERS: Final = {
    "test": "{}",
    "test scope": "scopes/{}",
    "apply style": "styles/{}",
    "use Vocab": "vocab/{}",
}
_STEP: Final = re.compile(
    r'\s*(?:When|And) I (test scope|apply style|use Vocab|test comments for|test patterns for|test|run vale) "(.*)"'
)
_ALERT: Final = re.compile(r"\s*([^\s:]+\.(?:md|txt)):(\d+):(\d+):([\w.-]+):(.*)")


@dataclass(slots=True)
class Scenario:
    """One scenario: which files are checked, and the lines that must come out."""

    suite: str
    name: str
    step: str = ""
    argument: str = ""
    files: dict[str, str] = field(default_factory=dict)
    expected: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out: ``path:line:col:rule`` → message, and what should have."""

    scenario: Scenario
    found: dict[str, str]
    wanted: dict[str, str]
    error: str = ""

    @property
    def passed(self) -> bool:
        """Whether every alert is where it must be, and no other."""
        return not self.error and self.found.keys() == self.wanted.keys()

    @property
    def messages(self) -> int:
        """How many of the wanted alerts have the wanted message."""
        return sum(self.found.get(place) == message for place, message in self.wanted.items())


def read_scenarios(feature: Path, suite: str) -> Iterator[Scenario]:
    """The scenarios of a feature file; of their expected lines those about Markdown or plain text."""
    lines = [line for line in feature.read_text("utf-8").splitlines() if not line.strip().startswith("#")]
    blocks = "\n".join(lines).split('"""')
    background = Scenario(suite, "")
    current, shared = background, True
    for index in range(0, len(blocks), 2):
        body = blocks[index + 1] if index + 1 < len(blocks) else ""
        for line in blocks[index].splitlines():
            bare = line.strip()
            if bare.startswith("Scenario:"):
                if not shared:
                    yield current
                current, shared = (
                    Scenario(suite, bare.removeprefix("Scenario:").strip(), files=dict(background.files)),
                    False,
                )
            elif step := _STEP.match(line):
                current.step, current.argument = current.step or step[1], current.argument or step[2]
        _take_block(current, blocks[index], body)
    if not shared:
        yield current


def _take_block(scenario: Scenario, before: str, body: str) -> None:
    """What stands between quotes is a file of the scenario or the output that it expects."""
    last = before.strip().rpartition("\n")[2].strip()
    named = re.match(r'(?:Given|And) a file named "(.*)" with:', last)
    if named:
        scenario.files[named[1]] = "".join(f"{line[12:]}\n" for line in body.split("\n")[1:-1])
    elif last.startswith("Then"):
        scenario.expected += [line.strip() for line in body.splitlines() if _ALERT.match(line)]


def folder_of(scenario: Scenario, fixtures: Path) -> tuple[Path, str] | None:
    """The folder that the scenario checks and the one file in it ("": all); None when it is not here."""
    if scenario.step in {"test comments for", "test patterns for"}:
        folder = fixtures / scenario.step.split()[1]
        return (folder, scenario.argument) if (folder / scenario.argument).is_file() else None
    if scenario.step not in _FOLDERS:
        return None
    folder = fixtures / _FOLDERS[scenario.step].format(scenario.argument)
    known = folder.resolve().is_relative_to(fixtures.resolve()) and folder.is_dir() and any(folder.rglob("*.md"))
    return (folder, "") if known else None


def spellers(language: str) -> Speller | None:
    """American English; None without the dictionary."""
    try:
        return open_speller(language or "en")
    except SpellingError:
        return None


def config_of(folder: Path) -> Path:
    """The configuration of a fixture."""
    return next(folder / name for name in CONFIGS if (folder / name).is_file())


def missing_styles(folder: Path) -> set[str]:
    """Styles that a fixture needs and that are not part of the data."""
    config = read_ini(config_of(folder))
    named = {name.partition(".")[0] for section in config.sections for name in section.checks if "." in name}
    named |= {style for section in config.sections for style in section.styles or ()}
    return {name for name in named - {"Vale"} if not any((path / name).is_dir() for path in config.styles_paths)}


def run_folder(scenario: Scenario, folder: Path, only: str = "") -> Outcome:
    """Check a folder with its own configuration."""
    wanted = {}
    for line in scenario.expected:
        found = _ALERT.match(line)
        if found:
            wanted[f"{found[1]}:{found[2]}:{found[3]}:{found[4]}"] = found[5]
    config = config_of(folder)
    found_alerts: dict[str, str] = {}
    try:
        styles = Styles(read_ini(config), spellers)
        files = [folder / only] if only else sorted(file for end in ("*.md", "*.txt") for file in folder.rglob(end))
        for file in files:
            path = file.relative_to(folder).as_posix()
            source = SourceText(path, file.read_text("utf-8"))
            for alert in styles.check(path, source.text):
                row, col = source.place(alert.start)
                found_alerts[f"{path}:{row}:{col}:{alert.rule}"] = alert.message.replace("\n", " ")
    except RuleError as error:
        return Outcome(scenario, found_alerts, wanted, str(error))
    return Outcome(scenario, found_alerts, wanted)


def run_files(scenario: Scenario, styles: Path) -> Outcome | None:
    """Check the files that the scenario itself gives; None when they are not all Markdown or need a style that is not here."""
    names = scenario.argument.split()
    needed = re.findall(r"(?m)^BasedOnStyles = (.*)$", "".join(scenario.files.get(name, "") for name in CONFIGS))
    known = {folder.name for folder in styles.iterdir()} | {"Vale"}
    missing = {style.strip() for line in needed for style in line.split(",")} - known
    if missing or not all(name.endswith((".md", ".txt")) for name in names):
        return None
    with tempfile.TemporaryDirectory() as top:
        folder = Path(top, "one", "two")
        folder.mkdir(parents=True)
        Path(top, "styles").symlink_to(styles)
        for name, text in scenario.files.items():
            if name in CONFIGS or name in names:
                (folder / name).write_text(text, "utf-8")
        return run_folder(scenario, folder)


def outcomes(data: Path) -> Iterator[Outcome]:
    """Every scenario of every suite that can be run here."""
    for package in sorted((data / "vale-styles").glob("*/features/rules.feature")):
        root = package.parent.parent
        for scenario in read_scenarios(package, root.name):
            place = folder_of(scenario, root / "fixtures")
            if place is not None:
                yield run_folder(scenario, *place)
    for feature in sorted((data / "vale" / "features").glob("*.feature")):
        for scenario in read_scenarios(feature, f"Vale/{feature.stem}"):
            place = folder_of(scenario, data / "vale" / "fixtures")
            ran = run_folder(scenario, *place) if place and not missing_styles(place[0]) else None
            if scenario.step == "run vale":
                ran = run_files(scenario, data / "vale" / "styles")
            if ran is not None and scenario.name not in OUT_OF_SCOPE:
                yield ran


def data_folder() -> Path:
    """The folder of test data."""
    return Path(os.environ.get("LEITSTAND_TEST_DATA", "../shared/data")).resolve()
