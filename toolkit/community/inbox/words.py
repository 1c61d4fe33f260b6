"""What is said of the inbox's database when it cannot be used."""

from __future__ import annotations

from toolkit.database import Words
from toolkit.messages import _


def inbox_words() -> Words:
    """The sentences, in the language that is spoken now."""
    return Words(
        said=_("the inbox {path}: {error}"),
        lost=_("the connection to the inbox {path} was lost; the next look connects again: {error}"),
        cannot_open=_("cannot open the inbox {path}: {error}"),
        no_permission=_(
            "no permission to use the inbox {path}: its folder must be writable; change the owner, or name another"
            " folder with [state] dir or LEITSTAND_STATE_DIR"
        ),
        another=_("{path} is not an inbox; move it away or name the right state directory"),
        no_database=_("{path} is not an inbox ({error}); move it away or name the right state directory"),
        older=_("the inbox {path} is of an older version; any command that writes to it brings it up to date"),
        newer=_("the inbox {path} has version {found}, this Leitstand knows up to {known}; update Leitstand"),
        stuck=_("the inbox {path} could not be brought up to date, nothing was changed: {error}"),
        unfit=_("the inbox {path} needs a database in UTF8 with synchronous_commit = on"),
    )
