"""The one request that publishes, comments or edits, and the answer when something before it failed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from toolkit.messages import _
from toolkit.model import Answer, Outcome
from toolkit.networks.answers import NotBegunError, broken_off, unreachable
from toolkit.networks.graph.answers import declined, is_gone, not_begun
from toolkit.networks.graph.api import Api, RefusedError
from toolkit.networks.jsonvalues import fields, text
from toolkit.web import WebError


def publish_once(api: Api, path: str, form: Mapping[str, str], now: datetime) -> Answer:
    """Send the publishing request, once; the answer names the new object's id."""
    try:
        found = api.sound(api.post(path, form)).json()
    except RefusedError as error:
        return declined(error, now)
    except WebError as error:
        return broken_off(error, now)
    if not text(found, "id"):
        return Answer(Outcome.UNKNOWN, reason=_("the network gave the post no id"))
    return Answer(Outcome.ACCEPTED, text(found, "id"))


def change_once(api: Api, path: str, form: Mapping[str, str], now: datetime) -> Answer:
    """Change an object; to do it twice is to do it once, and the answer is ``{"success": true}``."""
    try:
        done = fields(api.sound(api.post(path, form)).json()).get("success") is True
    except RefusedError as error:
        return declined(error, now)
    except WebError as error:
        return broken_off(error, now)
    reason = "" if done else _("the network did not say whether it is changed")
    return Answer(Outcome.ACCEPTED if done else Outcome.UNKNOWN, path, reason=reason)


def remove_once(api: Api, remote_id: str, now: datetime) -> Answer:
    """Take an object back; one that is gone already counts as taken back."""
    try:
        done = fields(api.sound(api.remove(remote_id)).json()).get("success") is True
    except RefusedError as error:
        return Answer(Outcome.ACCEPTED, remote_id) if _really_gone(api, remote_id, error) else declined(error, now)
    except WebError as error:
        return broken_off(error, now)
    reason = "" if done else _("the network did not say whether it is gone")
    return Answer(Outcome.ACCEPTED if done else Outcome.UNKNOWN, remote_id, reason=reason)


def prove(identify: Callable[[], object], now: datetime) -> None:
    """Ask whose the token is; raises `NotBegunError` when the API does not take it or names another, and `WebError`."""
    try:
        identify()
    except RefusedError as error:
        raise NotBegunError(not_begun(error, now)) from error


def before(error: WebError | NotBegunError, now: datetime) -> Answer:
    """The answer when something before the publishing request failed."""
    if isinstance(error, NotBegunError):
        return error.answer
    return not_begun(error, now) if isinstance(error, RefusedError) else unreachable(error, now)


def _really_gone(api: Api, remote_id: str, error: RefusedError) -> bool:
    """Whether the object cannot be read either; it is asked with a token that was just proven to be the account's."""
    if not is_gone(error):
        return False
    try:
        api.read(remote_id, fields="id")
    except RefusedError as second:
        return is_gone(second)
    except WebError:
        return False
    return False
