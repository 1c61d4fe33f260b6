"""What stands in a row: the columns of the table, and their cells as a post's file has them now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from toolkit.model import Post
from toolkit.planning.tables.bodies import read_texts
from toolkit.planning.tables.forms import Kind, join_words, plain
from toolkit.settings import Settings
from toolkit.source import FrontMatter, read_frontmatter
from toolkit.source.nodes import Mapping as Node
from toolkit.source.nodes import Scalar, Sequence
from toolkit.values import dataclass

ORDER: Final = "order: "  # before what is still to be made, in the column of a medium
UID: Final = "uid"
PATH: Final = "path"
MARKS: Final = "as written"
TEXT: Final = "text"
# Columns of front matter, around those for texts and media.
_FIRST: Final[Mapping[str, Kind]] = {
    "publish": Kind.MOMENT,
    "status": Kind.TEXT,
    "title": Kind.TEXT,
    "channels": Kind.WORDS,
}
_LAST: Final[Mapping[str, Kind]] = {
    "campaign": Kind.TEXT,
    "pillar": Kind.TEXT,
    "goal": Kind.TEXT,
    "labels": Kind.WORDS,
    "language": Kind.TEXT,
    "author": Kind.TEXT,
    "owner": Kind.TEXT,
    "due": Kind.DAY,
}
FRONT: Final[Mapping[str, Kind]] = {**_FIRST, **_LAST}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table; for a text the `channel` ("" for the default), for a medium its number from 0."""

    name: str
    kind: Kind = Kind.TEXT
    channel: str | None = None
    medium: int | None = None

    @property
    def alt(self) -> bool:
        """Whether it says what can be seen in a medium."""
        return self.medium is not None and self.name.startswith("alt ")


def table_columns(posts: Iterable[Post], settings: Settings) -> tuple[Column, ...]:
    """The columns in which everything of `posts` that the table shows has its place, at least one medium."""
    found = list(posts)
    names = channel_names(settings)
    said = {name for post in found for name in read_texts(post.body)}
    most = max((len(post.media) for post in found), default=0)
    return (
        *(Column(name, kind) for name, kind in _FIRST.items()),
        text_column(""),
        *(text_column(name) for name in names if name in said),
        *(column for number in range(max(most, 1)) for column in _media(number)),
        *(Column(name, kind) for name, kind in _LAST.items()),
    )


def text_column(channel: str) -> Column:
    """The column of the text for an account or network, "" for the default."""
    return Column(f"{TEXT} @{channel}" if channel else TEXT, channel=channel)


def _media(number: int) -> tuple[Column, Column]:
    return Column(f"media {number + 1}", medium=number), Column(f"alt {number + 1}", medium=number)


def channel_names(settings: Settings) -> tuple[str, ...]:
    """Everything that a text of its own can be for: accounts, then networks."""
    networks = (account.network for account in settings.accounts.values())
    return tuple(dict.fromkeys((*settings.accounts, *networks)))


def find_column(name: str, settings: Settings) -> Column | None:
    """The column that a header cell means; None for one that is not a post's."""
    name = " ".join(name.split())
    if name in FRONT:
        return Column(name, FRONT[name])
    word, _blank, rest = name.partition(" ")
    if name == TEXT or (word == TEXT and rest.removeprefix("@") in channel_names(settings)):
        return text_column(rest.removeprefix("@"))
    if word in ("media", "alt") and rest.isascii() and rest.isdecimal() and 0 < int(rest) < 100:
        return _media(int(rest) - 1)[word == "alt"]
    return None


def read_cells(post: Post, columns: Iterable[Column]) -> dict[str, str]:
    """The cells of a post, each in its one form."""
    front = front_of(post)
    texts = read_texts(post.body)
    cells = {}
    for column in columns:
        if column.channel is not None:
            place = texts.get(column.channel)
            text = "" if place is None else post.body[place.start : place.end]
        else:
            text = _front_cell(front, column)
        cells[column.name] = plain(column.kind, text)
    return cells


def _front_cell(front: FrontMatter, column: Column) -> str:
    if column.medium is None:
        return _value(front, column.name)
    key = f"media.{column.medium}"
    if column.alt:
        return _value(front, f"{key}.alt")
    order = _value(front, f"{key}.order")
    return _value(front, f"{key}.file") or (f"{ORDER}{order}" if order else "")


def _value(front: FrontMatter, key: str) -> str:
    """The value at a key as a cell; "" for one that is not there or has a shape that no cell has."""
    node = front.node(key)
    if isinstance(node, Scalar):
        if node.empty:
            return ""
        return join_words((node.text,)) if FRONT.get(key) is Kind.WORDS else node.text
    if isinstance(node, Sequence) and all(isinstance(item, Scalar) for item in node.items):
        return join_words(tuple(item.text for item in node.items if isinstance(item, Scalar)))
    return ""


def has_front_matter(post: Post) -> bool:
    """Whether the values of a post can be read at all; without, it has no row."""
    return isinstance(front_of(post).root, Node)


def front_of(post: Post) -> FrontMatter:
    """The front matter of a post, which whoever read the post has read already."""
    return post.places if isinstance(post.places, FrontMatter) else read_frontmatter(post.source)[0]
