"""Politeness and honesty towards a forge: ETags, limits, refusals, and the token in no message."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.forge.conftest import NOW, TOKEN, answering
from tests.servers.pretend import DROP, PretendServer, Reply
from toolkit.credentials import Secret
from toolkit.errors import UsageError
from toolkit.forge import ForgeBusyError, ForgeError, open_forge
from toolkit.forge.api import Api
from toolkit.model import SetClock
from toolkit.settings import ForgePlace
from toolkit.web import Web


@pytest.fixture
def api(pretend: PretendServer, clock: SetClock) -> Api:
    web = Web(allowed_hosts=frozenset({pretend.host_port})).hiding(TOKEN)
    return Api(pretend.address, Secret(TOKEN), web, clock)


def test_what_is_known_is_asked_for_by_its_etag(pretend: PretendServer, api: Api) -> None:
    """The second time the ETag goes with it, and "304, not modified" means the same answer again; a new one replaces it."""
    answering(pretend, "/x", [1], ETag='W/"one"')
    assert (api.read("/x"), api.read("/x")) == ([1], [1])
    assert [one.headers.get("if-none-match") for one in pretend.requests] == [None, 'W/"one"']
    answering(pretend, "/x", [2], ETag='W/"two"')
    assert (api.read("/x"), api.read("/x")) == ([2], [2])


@pytest.mark.parametrize(
    ("reply", "seconds"),
    [
        ((429, {"Retry-After": "120"}), 120),
        ((403, {"Retry-After": "7"}), 7),
        ((403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(NOW.timestamp()) + 600)}), 600),
        ((429, {"RateLimit-Remaining": "0", "RateLimit-Reset": str(int(NOW.timestamp()) + 30)}), 30),
        ((200, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(NOW.timestamp()) + 90)}), 90),
        ((429, {}), 60),
        ((429, {"Retry-After": "99999999"}), 3600),
        ((429, {"Retry-After": "soon"}), 60),
        ((403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "999999999999"}), 3600),
        ((403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1"}), 1),
    ],
)
def test_limits_are_honoured(
    pretend: PretendServer, api: Api, clock: SetClock, reply: tuple[int, dict[str, str]], seconds: int
) -> None:
    """Until the moment that the forge names nothing at all is asked, and never longer than an hour is waited."""
    pretend.routes["GET /x"] = lambda _request: Reply(reply[0], [], reply[1])
    if reply[0] == 200:
        api.read("/x")
    else:
        with pytest.raises(ForgeBusyError) as caught:
            api.read("/x")
        assert caught.value.until == NOW + timedelta(seconds=seconds)
    clock.moment = NOW + timedelta(seconds=seconds - 1)
    with pytest.raises(ForgeBusyError):
        api.read("/y")
    assert len(pretend.requests) == 1
    clock.moment = NOW + timedelta(seconds=seconds)
    assert api.read("/y") is None
    assert len(pretend.requests) == 2


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_token_is_said_and_not_shown(pretend: PretendServer, api: Api, status: int) -> None:
    """The message says what the token must be able to do, and holds nothing of it."""
    pretend.routes["GET /x"] = lambda _request: Reply(status, {"message": f"Bad credentials {TOKEN}"})
    with pytest.raises(ForgeError, match="must be able to read pull requests") as caught:
        api.read("/x")
    assert TOKEN not in str(caught.value)
    assert TOKEN not in repr(api)


def test_trouble_is_a_forge_error(pretend: PretendServer, api: Api) -> None:
    """A dropped connection, a server error and something that is not JSON: one kind of error, with the reason."""
    pretend.routes["GET /drop"] = lambda _request: DROP
    pretend.routes["GET /500"] = lambda _request: Reply(500, {})
    pretend.routes["GET /html"] = lambda _request: Reply(200, b"<html>")
    for path in ("/drop", "/500", "/html"):
        with pytest.raises(ForgeError):
            api.read(path)


def test_a_commit_that_the_forge_does_not_have_is_nothing(pretend: PretendServer, api: Api) -> None:
    """GitHub answers 422, GitLab 404: no pull requests, and no error."""
    pretend.routes["GET /x"] = lambda _request: Reply(422, {"message": "No commit found for SHA"})
    assert (api.read_all("/x"), api.read_all("/nowhere")) == ([], [])


def test_endless_lists_are_not_read(pretend: PretendServer, api: Api) -> None:
    """Ten full pages are too much to judge; half a list would be a wrong one."""
    pretend.routes["GET /x"] = lambda _request: Reply(200, [{}] * 100)
    with pytest.raises(ForgeError, match="more than 1000 entries"):
        api.read_all("/x")
    assert len(pretend.requests) == 10


def test_without_a_token_the_variable_is_named(clock: SetClock) -> None:
    """Opening says how to set the token."""
    with pytest.raises(UsageError, match="LEITSTAND_TOKEN_FORGE"):
        open_forge(ForgePlace("github", "a/b", "https://api.github.com"), {}, clock)
