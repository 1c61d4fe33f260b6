"""DuckDB, shut in: it opens the files it is given and nothing else, with the memory and threads it is given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.source.held import held_temporary
from toolkit.values import dataclass

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, Statement


class NotAQuestionError(LeitstandError):
    """Something else than one SELECT was to be run over the observations."""


class TooLargeError(LeitstandError):
    """A question needs more than the engine may take."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the engine may take. Beyond `memory` it goes on in the system's folder for temporary files, up to `spill`."""

    memory: int = 512  # MiB
    threads: int = 2
    spill: int = 8192  # MiB on disk


@contextmanager
def open_engine(
    limits: Limits, *, files: Iterable[Path] = (), folders: Iterable[Path] = ()
) -> Iterator[DuckDBPyConnection]:
    """An engine that may use `files` and everything in `folders`."""
    import duckdb

    # Two that spill into one folder would write over each other.
    with held_temporary("spill-") as spill:
        config: dict[str, str | bool | int | float | list[str]] = {
            "python_enable_replacements": "false",
            "memory_limit": f"{limits.memory}MiB",
            "threads": limits.threads,
            "temp_directory": str(spill),
        }
        with duckdb.connect(config=config) as engine, _told(limits, spill):
            # Among the other settings at the opening, DuckDB 2.0 takes it and does not keep to it.
            engine.execute(f"SET max_temp_directory_size = '{limits.spill}MiB'")
            _shut_in(engine, files, folders)
            yield engine


@contextmanager
def _told(limits: Limits, spill: Path) -> Iterator[None]:
    """What is too large is said in words that help."""
    import duckdb

    try:
        yield
    except duckdb.OutOfMemoryException:
        message = _(
            "this needs more than {memory} MiB of memory and {spill} MiB of files below {folder}; free space there, or ask "
            "about a shorter period"
        )
        text = message.format(memory=limits.memory, spill=limits.spill, folder=spill.parent)
        raise TooLargeError(text) from None


def _shut_in(engine: DuckDBPyConnection, files: Iterable[Path], folders: Iterable[Path]) -> None:
    engine.execute("SET enable_progress_bar = false")
    # Files never change under their name, and a report asks many questions of the same ones.
    engine.execute("SET parquet_metadata_cache = true")
    engine.execute(f"SET allowed_paths = {quote_all(files)}")
    engine.execute(f"SET allowed_directories = {quote_all(folders)}")
    engine.execute("SET enable_external_access = false")
    # From here on no statement can widen what may be opened.
    engine.execute("SET lock_configuration = true")


def read_question(engine: DuckDBPyConnection, sql: str) -> Statement:
    """`sql`, read; raises `NotAQuestionError` unless it is one SELECT: only that cannot write into a file it may read."""
    import duckdb

    statements = engine.extract_statements(sql)
    if [one.type for one in statements] != [duckdb.StatementType.SELECT]:
        raise NotAQuestionError(_("only one SELECT can be run over the observations"))
    return statements[0]


def quote(text: str | Path) -> str:
    """A string of SQL."""
    return "'" + str(text).replace("'", "''") + "'"


def quote_all(texts: Iterable[str | Path]) -> str:
    """A list of strings of SQL."""
    return "[" + ", ".join(quote(text) for text in texts) + "]"
