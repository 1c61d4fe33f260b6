"""The words that somebody looks for in the inbox, as a condition that SQLite and PostgreSQL both take.

Every word has to stand in one message: in its text, its subject, or its author's names. Looked at are the newest messages
only, and of the hits the newest are taken, so that an answer takes the same time in an inbox of years.
"""

from __future__ import annotations

from typing import Final

from toolkit.database import Value

NEWEST: Final = 20_000  # messages that are looked at
HITS: Final = 1000  # messages that are found
MOST: Final = 6  # words
LONGEST: Final = 60  # letters of one
_SAID: Final = "text || ' ' || subject || ' ' || author || ' ' || name"
_OLDEST: Final = f"coalesce((SELECT at FROM entries ORDER BY at DESC LIMIT 1 OFFSET {NEWEST - 1}), '')"  # noqa: S608  # our own number
_WILD: Final = str.maketrans({"!": "!!", "%": "!%", "_": "!_"})


def search_words(text: str) -> list[str]:
    """What is looked for, in small letters; of very many words the first."""
    return [word[:LONGEST] for word in text.replace("\0", " ").lower().split()[:MOST]]


def select_hits(text: str) -> tuple[str, dict[str, Value]]:
    """What selects the conversations of the messages that have the words, the newest first, and its values; "" for no words."""
    values: dict[str, Value] = {}
    wheres = []
    for number, word in enumerate(search_words(text)):
        values[f"word_{number}"] = f"%{word.translate(_WILD)}%"
        wheres.append(f"{_small(word, values)} LIKE :word_{number} ESCAPE '!'")
    if not wheres:
        return "", values
    said = f"SELECT conversation FROM entries WHERE at >= {_OLDEST} AND {' AND '.join(wheres)}"  # noqa: S608  # our own words
    return f"{said} ORDER BY at DESC LIMIT {HITS}", values


def _small(word: str, values: dict[str, Value]) -> str:
    """What was said, in small letters as far as `word` has them: SQLite knows only those of ASCII."""
    said = f"lower({_SAID})"
    for letter in sorted({one for one in word if not one.isascii() and len(one.upper()) == 1 and one.upper() != one}):
        name = f"letter_{ord(letter)}"
        values |= {name: letter, f"upper_{name}": letter.upper()}
        said = f"replace({said}, :upper_{name}, :{name})"
    return said
