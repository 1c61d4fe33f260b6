"""Whether a file says anything else than what is out: a correction of nothing would still be seen as one by readers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from toolkit.dispatch.followers import act_of
from toolkit.ledger import Row, State, account_key
from toolkit.model import Rendition
from toolkit.networks import find_network, with_media_hashes
from toolkit.networks.base import Action, ReadMedia
from toolkit.workspace import Draft, instances

# What leaves a text behind: the post itself, sent again or not, and its corrections.
_TEXTS: Final = (Action.POST, Action.EDIT)


def is_as_published(rows: Iterable[Row], draft: Draft, read_media: ReadMedia) -> bool:
    """Whether all that is out of `draft` on its account, by the `rows` of its post, reads as its file does now.

    False as well where a person published it: nobody knows that text. Raises what rendering and `read_media` raise.
    """
    out = {
        row.occurrence: row
        for row in sorted(rows, key=lambda row: row.id)
        if row.account_id == account_key(draft.account) and row.part == 0
        if row.state is State.CONFIRMED and act_of(row.action) in _TEXTS
    }
    return all(_same(out[one.occurrence], one, read_media) for one in instances(draft) if one.occurrence in out)


def _same(row: Row, draft: Draft, read_media: ReadMedia) -> bool:
    if not row.rendition:
        return False
    sent = Rendition.from_json(row.rendition)
    wanted = with_media_hashes(find_network(draft.account.network).render(draft), read_media)
    return (sent.title, sent.parts) == (wanted.title, wanted.parts)
