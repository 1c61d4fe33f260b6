"""The site of `leitstand serve` as new as its files: one thread watches them, another one builds.

A save is seen while a build is still running. What can be made of it alone is made at once (`early`) and shown before
anything else; the build that follows makes all of the site (`mkdocs build` without its process) and writes what is new.
A running build is never waited for and never given up: people who save every second would see no other.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from toolkit.findings.inputs import FOLDERS
from toolkit.garbage import collect
from toolkit.settings import FILE_NAME

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from toolkit.pages.build.early import Early, Known
    from toolkit.pages.build.live import Site
    from toolkit.pages.build.plugin import LeitstandPlugin

# Where files lie that change no page but those that show them.
_ALONE: Final = ("content/posts/", "content/media/")
# Seconds: between two looks at the files, and until time alone is a reason to build.
LOOK: Final = 0.15
AGE: Final = 300.0
# Seconds that a running build has to come to its end, when all is over.
LAST: Final = 2.0


class Builder:
    """Builds the site of one mkdocs.yml into a folder, over and over; `more` are further files that it depends on.

    Every look at the files that finds others has a number; a build knows the number that it began at.
    """

    def __init__(self, config: Path, folder: Path, more: Sequence[Path] = ()) -> None:
        self.look_number = 0
        self._file = config
        self._root = config.parent
        self._folder = folder
        self._more = frozenset(map(str, more))
        self._watched = (*(str(self._root / name) for name in (config.name, FILE_NAME, *FOLDERS)), *self._more)
        self._seen = look(self._watched)
        self._changed: dict[str, int] = {}  # file → the number of the look that found another one
        self._known: Known | None = None
        self._known_number = 0
        self._running: LeitstandPlugin | None = None

    def look(self) -> bool:
        """Look at the files; whether one is another than at the last look."""
        before, self._seen = self._seen, look(self._watched)
        changed = [path for path in before.keys() | self._seen.keys() if before.get(path) != self._seen.get(path)]
        if changed:
            self.look_number += 1
            self._changed |= dict.fromkeys(changed, self.look_number)
        return bool(changed)

    def build(self) -> str:
        """Build all of it; what stopped it, "" when nothing did."""
        from mkdocs.commands.build import build
        from mkdocs.config import load_config

        number = self.look_number  # before anything is read: what comes meanwhile is new
        with _said() as said:
            try:
                config = load_config(str(self._file), site_dir=str(self._folder))
                plugin = self._running = _plugin(config)
                config.plugins.on_startup(command="build", dirty=False)
                if plugin:
                    plugin.ending = False
                build(config)
            except (Exception, SystemExit) as error:  # noqa: BLE001  # whatever it is, the page says it and the server goes on
                return "\n".join(said) or str(error) or type(error).__name__
            finally:
                self._running = None
        others = [path for path in _watched(config) if path not in self._watched]
        self._watched = (*self._watched, *others)
        self._seen |= look(others)
        known = plugin.known if plugin else None
        if known is not None:
            known.prepare()
        self._known, self._known_number = known, number
        return ""

    def early(self, files: Collection[str] = ()) -> Early | None:
        """The site with all changes since the last build that was well; None where only a build knows what they mean.

        Of posts and their pictures it is known; with other files there may be other pages, which others show ways to.
        `files` are the pages that are looked at.
        """
        known, number = self._known, self._known_number
        changed = [path for path, seen in self._changed.items() if seen > number and path not in self._more]
        paths = [os.path.relpath(path, self._root).replace(os.sep, "/") for path in changed]
        if known is None or not paths or not all(path.startswith(_ALONE) for path in paths):
            return None
        from toolkit.pages.build.early import Early

        return Early(known, paths, files)

    def keep_building(self, site: Site, due: threading.Event) -> None:
        """Build when it is `due`, until the site is over."""
        while due.wait() and not site.ended:
            due.clear()
            number = self.look_number
            site.settle(self.build(), number)
            collect()

    def end(self) -> None:
        """Remove what a build that is still running has drafted."""
        running = self._running
        if running is not None:
            running.on_build_error()


def keep_up(site: Site, builder: Builder) -> None:
    """Show what changed at once and have it built, or build after a while, until the site is over."""
    due = threading.Event()
    worker = threading.Thread(target=builder.keep_building, args=(site, due), daemon=True)
    worker.start()
    built = time.monotonic()
    try:
        while not site.ended:
            began = time.monotonic()
            changed = builder.look()
            if changed:
                _show_early(site, builder)
            if changed or began - built > AGE:
                built = began
                due.set()
            # A look at very many files is not taken all the time.
            with site.bell:
                site.bell.wait_for(lambda: site.ended, 0 if changed else max(LOOK, 4 * (time.monotonic() - began)))
    finally:
        site.end()
        due.set()
        worker.join(LAST)
        builder.end()


def _show_early(site: Site, builder: Builder) -> None:
    number = builder.look_number
    try:
        early = builder.early(site.looked_at())
        if early is not None:
            site.show(early.posts(), number)
            site.show(early.looked_at(), number)
    except Exception:  # noqa: BLE001  # the build that follows says what is wrong
        return


@contextmanager
def _said() -> Iterator[list[str]]:
    """The errors that MkDocs says while it builds."""
    said: list[str] = []
    handler, logger = logging.Handler(logging.ERROR), logging.getLogger("mkdocs")
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    before = logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield said
    finally:
        logger.removeHandler(handler)
        logger.propagate = before


def _plugin(config: MkDocsConfig) -> LeitstandPlugin | None:
    from toolkit.pages.build.plugin import LeitstandPlugin

    return next((one for one in config.plugins.values() if isinstance(one, LeitstandPlugin)), None)


def _watched(config: MkDocsConfig) -> Iterator[str]:
    yield from map(str, (config.docs_dir, *config.watch))
    if config.theme.custom_dir:
        yield str(config.theme.custom_dir)


def look(paths: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Every file at and below `paths` with its size and time; what cannot be looked at is not there."""
    found: dict[str, tuple[int, int]] = {}
    left = [*paths]
    while left:
        path = left.pop()
        try:
            if os.path.isdir(path):  # noqa: PTH112  # thousands of files, several times a second
                with os.scandir(path) as entries:
                    for entry in entries:
                        if entry.is_dir(follow_symlinks=False):
                            if not entry.name.startswith("."):
                                left.append(entry.path)
                        else:
                            status = entry.stat()
                            found[entry.path] = status.st_size, status.st_mtime_ns
            else:
                status = os.stat(path)  # noqa: PTH116  # as above
                found[path] = status.st_size, status.st_mtime_ns
        except OSError:
            continue
    return found
