"""Errors that end a command. Each builds its own sentence: what is wrong, where, what to do.

::

    LeitstandError            exit 1   the user must act
    ├── UsageError            exit 2   wrong arguments, or a feature whose extra is not installed
    │   └── MissingError      exit 2   there is nothing of that id or name
    ├── SettingsError         exit 2   leitstand.toml cannot be used
    ├── ChangedError          exit 1   a file changed while we wanted to write to it
    ├── StateError            exit 1   what we keep cannot be opened or changed
    │   ├── LedgerError       exit 1   the ledger refuses (newer schema, other ledger bound, locked)
    │   └── InboxError        exit 1   the inbox refuses (newer schema, changed by another meanwhile)
    ├── NetworkError          exit 1   a network cannot be reached or refuses to talk to us
    └── ReportError           exit 1   a report could not be made

Findings inside files are not errors but `Problem` values; see `toolkit.model.problem`.
"""

from __future__ import annotations

from toolkit.messages import _

EXIT_CLEAN = 0
EXIT_PROBLEMS = 1
EXIT_USAGE = 2
EXIT_DEFECT = 3
EXIT_INTERRUPTED = 130


class LeitstandError(Exception):
    """Something expected went wrong; `str(error)` is the sentence shown to the user."""

    exit_code = EXIT_PROBLEMS


class UsageError(LeitstandError):
    """The command line, the environment or the installation does not allow what was asked."""

    exit_code = EXIT_USAGE


class MissingError(UsageError):
    """There is nothing of the id or name that was asked for."""


class SettingsError(LeitstandError):
    """`leitstand.toml` is missing or cannot be used."""

    exit_code = EXIT_USAGE


class ChangedError(LeitstandError):
    """A file changed between reading and writing; nothing was written."""


class StateError(LeitstandError):
    """A database of ours cannot be opened, read or changed."""


class LedgerError(StateError):
    """The ledger refuses to be opened or changed."""


class InboxError(StateError):
    """The inbox refuses to be opened or changed."""


class NetworkError(LeitstandError):
    """A network cannot be reached, or its answer cannot be used."""


class ReportError(LeitstandError):
    """A report could not be made, or only in part."""


def missing_extra(extra: str, error: ImportError) -> UsageError:
    """Name the extra that brings the package which `error` did not find."""
    message = _(
        "this needs the package {package!r}, which the extra {extra!r} installs: pip install 'leitstand[{extra}]'"
    )
    return UsageError(message.format(package=error.name, extra=extra))
