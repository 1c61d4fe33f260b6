"""The check against Meta's published types can itself fail."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest

from tests.servers.meta import facebook
from tests.servers.meta.contract import published, top_fields
from tests.servers.pretend import Request

FORM = {"content-type": "application/x-www-form-urlencoded"}


def posted(path: str, **form: str) -> Request:
    return Request("POST", f"/v26.0/{path}", {}, FORM, urlencode(form).encode())


def asked(path: str, **query: str) -> Request:
    return Request("GET", f"/v26.0/{path}", query, {}, b"")


RIGHT = [
    posted("1/feed", message="Moin", link="https://a.example", attached_media=json.dumps([{"media_fbid": "7"}])),
    asked("1_2/comments", fields="id,message,from{id,name}", filter="stream", limit="50"),
    asked("1/posts", fields="id,attachments{media_type,subattachments.limit(20){target{id}}}", after="abc"),
]
WRONG = [
    posted("1/feed", massage="Moin"),
    posted("1/feed", published="yes"),
    posted("1/feed", attached_media="[{"),
    asked("1_2/comments", filter="everything"),
    asked("1/posts", fields="id,wichtig"),
    asked("1/posts", limit="many"),
    Request("POST", "/v26.0/1/feed", {"access_token": "x"}, FORM, b"message=x"),
]


@pytest.mark.parametrize("request_", RIGHT, ids=lambda one: one.path)
def test_what_is_right_passes(request_: Request) -> None:
    """Parameters, lists of objects, enumerations and fields as published."""
    call = facebook.call(request_.method, request_.path.split("/")[2:])
    assert call is not None
    call.check(request_)


@pytest.mark.parametrize("request_", WRONG, ids=lambda one: f"{one.path} {one.query} {one.body!r}")
def test_what_is_wrong_does_not(request_: Request) -> None:
    """A misspelt parameter, a wrong type, an unknown field or value, a token in the address."""
    call = facebook.call(request_.method, request_.path.split("/")[2:])
    assert call is not None
    with pytest.raises((AssertionError, ValueError)):
        call.check(request_)


def test_types_come_out_of_the_package() -> None:
    """What Meta generates from its specification is what is checked, in the version that we speak."""
    from facebook_business.apiconfig import ads_api_config

    from toolkit.networks import find_network

    assert published("iguser", "create_media").params["alt_text"] == "string"
    assert published("page", "create_photo").params["alt_text_custom"] == "string"
    for name in ("instagram", "facebook"):
        api = find_network(name).api
        assert api is not None
        assert api.version == ads_api_config["API_VERSION"]


def test_only_the_outermost_fields_are_read() -> None:
    """Braces, brackets and modifiers of fields belong to what is inside."""
    assert top_fields("id,children{id,a{b}},comments.limit(0).summary(total_count),from") == [
        "id",
        "children",
        "comments",
        "from",
    ]
