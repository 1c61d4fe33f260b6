"""Where a database is: a file of this machine, or a schema in PostgreSQL that several machines share."""

from __future__ import annotations

import re
from dataclasses import field
from pathlib import Path

from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A file, or an address of PostgreSQL with the schema in it. What is shown of it never holds a password."""

    file: Path  # the SQLite file; for a database: the file beside which its notes and kept copies lie
    address: str = field(
        default="", repr=False
    )  # ``postgresql://user@host/db``; may hold a password from the environment
    schema: str = ""

    def __str__(self) -> str:
        if not self.address:
            return str(self.file)
        address = re.sub(r"//([^/@:]*):[^/@]*@", r"//\1@", self.address).partition("?")[0]
        return f"{address}#{self.schema}"

    @property
    def shared(self) -> bool:
        """Whether it is a database that other machines may use, too."""
        return bool(self.address)

    def exists(self) -> bool:
        """Whether there is something to open; what is in a database is known when it is opened."""
        return self.shared or self.file.exists()
