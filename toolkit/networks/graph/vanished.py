"""Which comments are not there any more.

Graph APIs say the same of what was deleted and of what the token may not see (any more). So nothing is gone unless
another of those asked about is there: that proves that this token is still shown what people write.
API: https://developers.facebook.com/docs/graph-api/guides/error-handling
"""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.networks.graph.answers import is_gone
from toolkit.networks.graph.api import Api, RefusedError


def find_gone(api: Api, remote_ids: Iterable[str]) -> frozenset[str]:
    """Those that the network says do not exist; raises what `Api.read` raises."""
    asked = list(dict.fromkeys(remote_ids))
    gone = frozenset(one for one in asked if _is_gone(api, one))
    return gone if len(gone) < len(asked) else frozenset()


def _is_gone(api: Api, remote_id: str) -> bool:
    try:
        api.read(remote_id, fields="id")
    except RefusedError as error:
        if is_gone(error):
            return True
        raise
    return False
