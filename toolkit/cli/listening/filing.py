"""What feeds of competitors, authorities and topics tell, kept for the research of this command line."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.cli.context import Context
from toolkit.community.mentions.entries import Entry
from toolkit.community.mentions.hearing import excerpt
from toolkit.values import dataclass
from toolkit.workspace.feeds import Feed

TITLE = 80  # letters of its text that stand for the title of an entry without one, as on Mastodon


@dataclass(frozen=True, slots=True)
class Filing:
    """Keeps entries in the state of a context; see `toolkit.community.mentions.hearing.File`."""

    context: Context

    def __call__(self, feed: Feed, entries: Sequence[Entry], *, earlier: bool) -> int:
        """Keep them; how many tell of something that nobody has told."""
        # Late: most workspaces research nothing.
        from toolkit.research.published import Published, file_published

        now = self.context.clock.now()
        published = (
            Published(
                source=feed.name,
                guid=one.guid,
                kind=feed.kind.value,
                title=one.title or excerpt(one)[:TITLE],
                url=one.url,
                at=min(one.at or now, now),
                excerpt=excerpt(one),
                language=feed.language,
                earlier=earlier,
            )
            for one in entries
        )
        return file_published(self.context.state, published, now)
