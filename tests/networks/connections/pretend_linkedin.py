"""LinkedIn as its documentation describes it, on the loopback server: it checks every request and keeps what it takes.

Contract: https://learn.microsoft.com/linkedin/marketing/community-management/shares/ (posts-api, images-api,
documents-api, comments-api, social-metadata-api) and …/organizations/ (share-statistics,
organization-access-control-by-role), version 2026-09. There is no machine-readable description of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import unquote

from jsonschema import Draft202012Validator

from tests.servers.pretend import DROP, Drop, PretendServer, Reply, Request

TOKEN: Final = "AQX-very-secret-token"
PAGE: Final = "urn:li:organization:2414183"
URN: Final = {"type": "string", "pattern": r"^urn:li:[a-zA-Z]+:[\w-]+$"}


def closed(**properties: object) -> dict[str, object]:
    """The schema of an object that has these properties at most."""
    return {"type": "object", "properties": properties, "additionalProperties": False}


IMAGE: Final = closed(id=URN, altText={"type": "string", "maxLength": 4086, "minLength": 1})
POST: Final = {
    **closed(
        author={"type": "string", "pattern": "^urn:li:(organization|person):"},
        commentary={"type": "string"},
        visibility={"enum": ["PUBLIC", "CONNECTIONS", "LOGGED_IN"]},
        distribution={
            **closed(
                feedDistribution={"enum": ["MAIN_FEED", "NONE"]},
                targetEntities={"type": "array"},
                thirdPartyDistributionChannels={"type": "array"},
            ),
            "required": ["feedDistribution", "targetEntities", "thirdPartyDistributionChannels"],
        },
        lifecycleState={"enum": ["PUBLISHED"]},
        isReshareDisabledByAuthor={"type": "boolean"},
        content={
            **closed(
                media=closed(id=URN, title={"type": "string"}, altText={"type": "string"}),
                multiImage={
                    **closed(images={"type": "array", "items": IMAGE, "minItems": 2, "maxItems": 20}),
                    "required": ["images"],
                },
                poll={
                    **closed(
                        question={"type": "string", "minLength": 1, "maxLength": 140},
                        options={
                            "type": "array",
                            "items": closed(text={"type": "string", "minLength": 1, "maxLength": 30}),
                            "minItems": 2,
                            "maxItems": 4,
                        },
                        settings=closed(duration={"enum": ["ONE_DAY", "THREE_DAYS", "SEVEN_DAYS", "FOURTEEN_DAYS"]}),
                    ),
                    "required": ["question", "options", "settings"],
                },
                article={
                    **closed(source={"type": "string"}, title={"type": "string"}, description={}, thumbnail=URN),
                    "required": ["source", "title"],
                },
            ),
            "minProperties": 1,
            "maxProperties": 1,
        },
    ),
    "required": ["author", "commentary", "visibility", "distribution", "lifecycleState"],
}
COMMENT: Final = {
    **closed(
        actor=URN,
        object=URN,
        message={**closed(text={"type": "string"}), "required": ["text"]},
        parentComment={"type": "string", "pattern": r"^urn:li:comment:\(urn:li:[a-zA-Z]+:\d+,\d+\)$"},
    ),
    "required": ["actor", "object", "message"],
}
EDIT: Final = closed(patch={**closed(**{"$set": {**closed(commentary={"type": "string"}), "minProperties": 1}})})
START: Final = {
    **closed(initializeUploadRequest={**closed(owner=URN), "required": ["owner"]}),
    "required": ["initializeUploadRequest"],
}
FILM: Final = {
    **closed(
        owner=URN,
        fileSizeBytes={"type": "integer", "minimum": 1},
        uploadCaptions={"enum": [False]},
        uploadThumbnail={"enum": [False]},
    ),
    "required": ["owner", "fileSizeBytes"],
}
PIECE: Final = 4 * 1024 * 1024  # bytes, as LinkedIn cuts films


def fits(schema: object, body: object) -> None:
    """The body is one that the documentation allows."""
    errors = list(Draft202012Validator(schema).iter_errors(body))
    assert not errors, errors[0].message


def error(status: int, message: str, **more: object) -> Reply:
    """A refusal in LinkedIn's form."""
    return Reply(status, {"status": status, "message": message, **more})


def duplicate(urn: str) -> Reply:
    """The refusal of a duplicate, as LinkedIn words it."""
    return error(
        422,
        f"com.linkedin.content.common.exception.BadRequestResponseException: Content is a duplicate of {urn}",
        errorDetailType="com.linkedin.common.error.BadRequest",
        errorDetails={
            "inputErrors": [{"description": "Duplicate post is detected", "input": {}, "code": "DUPLICATE_POST"}]
        },
    )


@dataclass
class PretendLinkedIn:
    """`answers`: what the next publishing requests get instead; ``lose`` accepts and drops the connection, ``drop`` only drops."""

    server: PretendServer
    token: str = TOKEN
    roles: list[dict[str, str]] = field(
        default_factory=lambda: [{"organization": PAGE, "role": "ADMINISTRATOR", "state": "APPROVED"}]
    )
    person: str = "782bbtaQ"
    posts: dict[str, dict[str, Any]] = field(default_factory=dict)
    comments: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    states: list[str] = field(default_factory=list)  # of the next looks at an upload
    answers: list[Reply | str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)  # broken rules of the contract
    edits: list[dict[str, Any]] = field(default_factory=list)
    number: int = 6844785523593134080

    def __post_init__(self) -> None:
        routes: dict[str, Callable[[Request], Reply | Drop]] = {
            "GET /rest/organizationAcls": lambda _request: Reply(200, {"elements": self.roles, "paging": {}}),
            "GET /v2/userinfo": lambda _request: Reply(200, {"sub": self.person, "name": "Jule"}),
            "POST /rest/posts": self._publish,
            "GET /rest/posts": self._list,
            "GET /rest/posts/*": self._show,
            "POST /rest/posts/*": self._edit,
            "DELETE /rest/posts/*": self._delete,
            "POST /rest/images": lambda request: self._start(request, "image"),
            "POST /rest/documents": lambda request: self._start(request, "document"),
            "POST /rest/videos": self._film,
            "GET /rest/videos/*": self._state,
            "GET /rest/images/*": self._state,
            "GET /rest/documents/*": self._state,
            "PUT /dms-uploads/*": self._take,
            "POST /rest/socialActions/*": self._comment,
            "GET /rest/socialActions/*": self._list_comments,
            "DELETE /rest/socialActions/*": self._delete_comment,
        }
        for name, route in routes.items():
            self.server.routes[name] = self._checked(route)

    def _checked(self, route: Callable[[Request], Reply | Drop]) -> Callable[[Request], Reply | Drop]:
        """The route behind the rules that hold for every request."""

        def answer(request: Request) -> Reply | Drop:
            if request.headers.get("authorization") != f"Bearer {self.token}":
                return error(401, "The token used in the request has been revoked by the user", serviceErrorCode=65601)
            if request.path.startswith("/rest/"):
                if request.headers.get("linkedin-version") != "202609":
                    return error(426, "Requested version is not active", code="NONEXISTENT_VERSION")
                if request.headers.get("x-restli-protocol-version") != "2.0.0":
                    self.problems.append(f"{request.path}: no Rest.li 2.0.0")
            try:
                return route(request)
            except AssertionError as broken:
                self.problems.append(f"{request.method} {request.path}: {broken}")
                return error(400, f"broken contract: {broken}")

        return answer

    def _publish(self, request: Request) -> Reply | Drop:
        answer = self.answers.pop(0) if self.answers else "accept"
        if isinstance(answer, Reply):
            return answer
        if answer == "drop":
            return DROP
        fits(POST, request.json())
        urn = self.out(**request.json())
        return DROP if answer == "lose" else Reply(201, b"", {"x-restli-id": urn})

    def out(self, **body: Any) -> str:
        """A post is out."""
        self.number += 1
        urn = f"urn:li:share:{self.number}"
        stamp = int(datetime.now(UTC).timestamp() * 1000)
        self.posts[urn] = {"author": PAGE, "lifecycleState": "PUBLISHED", "createdAt": stamp, **body, "id": urn}
        return urn

    def _list(self, request: Request) -> Reply:
        assert request.headers.get("x-restli-method") == "FINDER"
        assert request.query["q"] == "author"
        start, count = int(request.query["start"]), int(request.query["count"])
        assert count <= 100
        own = [post for post in self.posts.values() if post["author"] == request.query["author"]]
        newest = sorted(own, key=lambda post: post["createdAt"], reverse=True)
        return Reply(200, {"elements": newest[start : start + count], "paging": {"start": start, "count": count}})

    def _show(self, request: Request) -> Reply:
        urn = unquote(request.path.rpartition("/")[2])
        return Reply(200, self.posts[urn]) if urn in self.posts else error(404, f"Post {urn} was not found")

    def _edit(self, request: Request) -> Reply:
        assert request.headers.get("x-restli-method") == "PARTIAL_UPDATE"
        fits(EDIT, request.json())
        urn = unquote(request.path.rpartition("/")[2])
        self.posts[urn] |= request.json()["patch"]["$set"]  # type: ignore[index]  # it fits the schema
        return Reply(204, b"")

    def _delete(self, request: Request) -> Reply:
        assert request.headers.get("x-restli-method") == "DELETE"
        self.posts.pop(unquote(request.path.rpartition("/")[2]), None)
        return Reply(204, b"")

    def _start(self, request: Request, sort: str) -> Reply:
        assert request.query == {"action": "initializeUpload"}
        fits(START, request.json())
        self.number += 1
        urn = f"urn:li:{sort}:D4E{self.number}"
        value = {"uploadUrlExpiresAt": 1, "uploadUrl": f"{self.server.address}/dms-uploads/{urn}", sort: urn}
        return Reply(200, {"value": value})

    def _film(self, request: Request) -> Reply:
        body: dict[str, Any] = request.json()
        if request.query["action"] == "finalizeUpload":
            final = body["finalizeUploadRequest"]
            assert set(final) == {"video", "uploadToken", "uploadedPartIds"}
            self.files[final["video"]] = b"".join(self.files.pop(part) for part in final["uploadedPartIds"])
            return Reply(200, {})
        assert request.query == {"action": "initializeUpload"}
        fits(FILM, body["initializeUploadRequest"])
        self.number += 1
        urn, size = f"urn:li:video:C4E{self.number}", body["initializeUploadRequest"]["fileSizeBytes"]
        pieces = [
            {
                "uploadUrl": f"{self.server.address}/dms-uploads/{self.number}-{first}",
                "firstByte": first,
                "lastByte": min(first + PIECE, size) - 1,
            }
            for first in range(0, size, PIECE)
        ]
        value = {"video": urn, "uploadToken": "", "uploadUrlsExpireAt": 1, "uploadInstructions": pieces}
        return Reply(200, {"value": value})

    def _take(self, request: Request) -> Reply:
        name = request.path.rpartition("/")[2]
        self.files[name] = request.body
        return Reply(201, b"", {"ETag": f'"{name}"'})

    def _state(self, request: Request) -> Reply:
        urn = unquote(request.path.rpartition("/")[2])
        if urn not in self.files:
            return error(404, "Could not find entity")
        return Reply(200, {"id": urn, "owner": PAGE, "status": self.states.pop(0) if self.states else "AVAILABLE"})

    def _comment(self, request: Request) -> Reply | Drop:
        post = unquote(request.path.split("/")[3])
        if request.headers.get("x-restli-method") == "PARTIAL_UPDATE":
            self.edits.append(request.json())
            return Reply(200, {})
        answer = self.answers.pop(0) if self.answers else "accept"
        if isinstance(answer, Reply):
            return answer
        if answer == "drop":
            return DROP
        body = request.json()
        fits(COMMENT, body)
        assert body.get("parentComment", body["object"]) == post
        comment = self.said(post, str(body["message"]["text"]), str(body["actor"]))  # type: ignore[index]  # it fits
        return DROP if answer == "lose" else Reply(201, comment, {"x-restli-id": str(comment["id"])})

    def said(self, post: str, text: str, actor: str) -> dict[str, Any]:
        """A comment is out."""
        self.number += 1
        # Two comments within a millisecond are still one after the other.
        stamp = int(datetime.now(UTC).timestamp() * 1000) + len(self.comments.get(post, []))
        nested = post.startswith("urn:li:comment:")
        below = post.removeprefix("urn:li:comment:(").partition(",")[0]
        comment = {
            "id": str(self.number),
            "commentUrn": f"urn:li:comment:({below},{self.number})",
            "actor": actor,
            "object": below,
            **({"parentComment": post} if nested else {}),
            "created": {"actor": actor, "time": stamp},
            "message": {"attributes": [], "text": text},
        }
        self.comments.setdefault(post, []).append(comment)
        return comment

    def _list_comments(self, request: Request) -> Reply:
        place, _edge, *one = request.path.split("/")[3:]
        if one:
            found = [comment for listed in self.comments.values() for comment in listed if comment["id"] == one[0]]
            return Reply(200, found[0]) if found else error(404, "Comment not found")
        found = self.comments.get(unquote(place), [])
        start, count = int(request.query["start"]), int(request.query["count"])
        return Reply(200, {"elements": found[start : start + count], "paging": {}})

    def _delete_comment(self, request: Request) -> Reply:
        _empty, _rest, _actions, post, _comments, number = request.path.split("/")
        assert request.query["actor"] == PAGE
        kept = [comment for comment in self.comments[unquote(post)] if comment["id"] != number]
        self.comments[unquote(post)] = kept
        return Reply(204, b"")
