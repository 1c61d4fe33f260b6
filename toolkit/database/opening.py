"""Opening a database wherever it is. Whether a missing one may be made, its room decides first."""

from __future__ import annotations

from datetime import datetime

from toolkit.database import sqlite
from toolkit.database.place import Place
from toolkit.database.schema import Schema
from toolkit.database.store import Store


def open_to_read(place: Place, schema: Schema, now: datetime) -> Store:
    """The database at `place`, only to read; one that is missing reads as an empty one, and nothing is written."""
    if place.shared:
        from toolkit.database import postgres

        return postgres.open_to_read(place, schema) or sqlite.open_in_memory(schema, now)
    return sqlite.open_to_read(place.file, schema, now)


def open_to_write(place: Place, schema: Schema, now: datetime) -> Store:
    """The database at `place`, made where there is none, and brought up to date."""
    if place.shared:
        from toolkit.database import postgres

        return postgres.open_to_write(place, schema, now)
    if not place.file.exists():
        sqlite.create(place.file, schema, now)
    return sqlite.open_to_write(place.file, schema)
