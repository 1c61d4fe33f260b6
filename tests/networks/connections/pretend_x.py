"""X as its documentation describes it, on the loopback server: it checks every request and keeps what it takes.

Contract: the requests and answers shown at https://docs.x.com/x-api/posts/manage-tweets/introduction,
…/media/quickstart/media-upload-chunked, …/posts/timelines/integrate and …/fundamentals/rate-limits. X's own description
of its API is not open, so the shapes below are written from these pages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from jsonschema import Draft202012Validator

from tests.servers.pretend import DROP, Drop, PretendServer, Reply, Request

TOKEN: Final = "very-secret-user-token"
ME: Final = "2244994945"
ID: Final = {"type": "string", "pattern": "^[0-9]{1,19}$"}


def closed(*required: str, **properties: object) -> dict[str, object]:
    """The schema of an object that has these properties at most."""
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "required": list(required),
        "minProperties": 1,
    }


CREATE: Final = closed(
    text={"type": "string", "minLength": 1},
    media=closed("media_ids", media_ids={"type": "array", "items": ID, "minItems": 1, "maxItems": 4}),
    reply=closed("in_reply_to_tweet_id", in_reply_to_tweet_id=ID),
    reply_settings={"enum": ["following", "mentionedUsers", "subscribers", "verified"]},
    poll=closed(
        "options",
        "duration_minutes",
        options={
            "type": "array",
            "items": {"type": "string", "minLength": 1, "maxLength": 25},
            "minItems": 2,
            "maxItems": 4,
        },
        duration_minutes={"type": "integer", "minimum": 5, "maximum": 10080},
    ),
    made_with_ai={"type": "boolean"},
    paid_partnership={"type": "boolean"},
)
INITIALIZE: Final = closed(
    "media_type",
    "total_bytes",
    media_type={
        "enum": ["image/jpeg", "image/png", "image/webp", "image/gif", "video/mp4", "video/quicktime", "text/srt"]
    },
    total_bytes={"type": "integer", "minimum": 1},
    media_category={"enum": ["tweet_image", "tweet_gif", "tweet_video", "subtitles"]},
)
ALT: Final = closed("text", text={"type": "string", "minLength": 1, "maxLength": 1000})
METADATA: Final = closed("id", "metadata", id=ID, metadata=closed(alt_text=ALT))

SUBTITLES: Final = closed(
    "id",
    "media_category",
    "subtitles",
    id=ID,
    media_category={"enum": ["AmplifyVideo", "TweetVideo"]},
    subtitles=closed(
        "id", "language_code", id=ID, display_name={"type": "string"}, language_code={"pattern": "^[A-Z]{2}$"}
    ),
)


def fits(schema: dict[str, object], body: object) -> None:
    """The body is one that the documentation allows."""
    errors = list(Draft202012Validator(schema).iter_errors(body))
    assert not errors, errors[0].message


def problem(status: int, detail: str, **more: object) -> Reply:
    """A refusal in X's form."""
    return Reply(status, {"title": "Refused", "detail": detail, "type": "about:blank", "status": status, **more})


DUPLICATE: Final = problem(403, "You are not allowed to create a Tweet with duplicate content.")


@dataclass
class PretendX:
    """`answers`: what the next publishing requests get instead; ``lose`` accepts and drops the connection, ``drop`` only drops."""

    server: PretendServer
    token: str = TOKEN
    username: str = "NordlichtKaffee"
    posts: list[dict[str, Any]] = field(default_factory=list)
    authors: dict[str, str] = field(default_factory=dict)  # of others' posts
    files: dict[str, bytes] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    alts: dict[str, str] = field(default_factory=dict)
    subtitles: dict[str, tuple[str, str]] = field(default_factory=dict)  # film → language, text
    states: list[str] = field(default_factory=list)  # of the next looks at a film
    hidden: dict[str, str] = field(default_factory=dict)  # post → why it is not shown
    answers: list[Reply | str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)  # broken rules of the contract
    page: int = 100
    number: int = 1880028106020515840

    def __post_init__(self) -> None:
        routes: dict[str, Callable[[Request], Reply | Drop]] = {
            "GET /2/users/me": self._me,
            "POST /2/tweets": self._publish,
            "DELETE /2/tweets/*": self._delete,
            "GET /2/tweets": self._look,
            f"GET /2/users/{ME}/tweets": self._timeline,
            "POST /2/media/upload/initialize": self._initialize,
            "POST /2/media/upload/*": self._piece,
            "GET /2/media/upload": self._status,
            "POST /2/media/metadata": self._metadata,
            "POST /2/media/subtitles": self._subtitle,
        }
        for name, route in routes.items():
            self.server.routes[name] = self._checked(route)

    def _checked(self, route: Callable[[Request], Reply | Drop]) -> Callable[[Request], Reply | Drop]:
        """The route behind the rules that hold for every request."""

        def answer(request: Request) -> Reply | Drop:
            if request.headers.get("authorization") != f"Bearer {self.token}":
                return Reply(
                    401, {"title": "Unauthorized", "type": "about:blank", "status": 401, "detail": "Unauthorized"}
                )
            try:
                return route(request)
            except AssertionError as broken:
                self.problems.append(f"{request.method} {request.path}: {broken}")
                return problem(400, f"broken contract: {broken}")

        return answer

    def _me(self, request: Request) -> Reply:
        metrics = {"public_metrics": {"followers_count": 1234}} if "user.fields" in request.query else {}
        return Reply(200, {"data": {"id": ME, "name": "Nordlicht", "username": self.username, **metrics}})

    def _publish(self, request: Request) -> Reply | Drop:
        answer = self.answers.pop(0) if self.answers else "accept"
        if isinstance(answer, Reply):
            return answer
        if answer == "drop":
            return DROP
        body: dict[str, Any] = request.json()
        fits(CREATE, body)
        post = self.out(body.get("text", ""), body.get("reply", {}).get("in_reply_to_tweet_id", ""), body.get("media"))
        return DROP if answer == "lose" else Reply(201, {"data": {"id": post["id"], "text": post["text"]}})

    def out(self, text: str, answers: str = "", media: dict[str, Any] | None = None) -> dict[str, Any]:
        """A post is out; addresses are shortened, signs escaped and media linked, as X does."""
        self.number += 1
        words, urls = [], []
        for index, word in enumerate(text.split(" ")):
            if word.startswith("https://"):
                short = f"https://t.co/{self.number}{index}"
                urls.append({"url": short, "expanded_url": word, "display_url": word[8:]})
                words.append(short)
            else:
                words.append(word.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
        keys = [f"3_{one}" for one in (media or {}).get("media_ids", [])]
        if keys:
            short = f"https://t.co/m{self.number}"
            expanded = f"https://x.com/{self.username}/status/{self.number}/photo/1"
            urls.append({"url": short, "expanded_url": expanded, "media_key": keys[0]})
            words.append(short)
        post: dict[str, Any] = {
            "id": str(self.number),
            "author_id": ME,
            "text": " ".join(words),
            "created_at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
            "entities": {"urls": urls},
            "edit_history_tweet_ids": [str(self.number)],
        }
        if keys:
            post["attachments"] = {"media_keys": keys}
        if answers:
            post["referenced_tweets"] = [{"type": "replied_to", "id": answers}]
            post["in_reply_to_user_id"] = self.authors.get(answers, ME)
        self.posts.insert(0, post)
        return post

    def _delete(self, request: Request) -> Reply:
        number = request.path.rpartition("/")[2]
        self.posts = [post for post in self.posts if post["id"] != number]
        return Reply(200, {"data": {"deleted": True}})

    def _look(self, request: Request) -> Reply:
        """Posts by their ids; each that is missing is told with its reason."""
        asked = request.query["ids"].split(",")
        assert len(asked) <= 100
        known = [*self.authors, *(str(post["id"]) for post in self.posts)]
        errors = [
            {"type": f"https://api.x.com/2/problems/{self.hidden.get(one, 'resource-not-found')}", "resource_id": one}
            for one in asked
            if one not in known or one in self.hidden
        ]
        data = [{"id": one, "text": "x"} for one in asked if one in known and one not in self.hidden]
        return Reply(200, ({"data": data} if data else {}) | ({"errors": errors} if errors else {}))

    def _timeline(self, request: Request) -> Reply:
        query = request.query
        assert 5 <= int(query["max_results"]) <= 100
        start = datetime.strptime(query["start_time"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        since = [post for post in self.posts if datetime.fromisoformat(post["created_at"]) >= start]
        first = int(query.get("pagination_token", "0"))
        shown = since[first : first + self.page]
        meta: dict[str, object] = {"result_count": len(shown)}
        if first + self.page < len(since):
            meta["next_token"] = str(first + self.page)
        return Reply(200, {"meta": meta} | ({"data": shown} if shown else {}))

    def _initialize(self, request: Request) -> Reply:
        body = request.json()
        fits(INITIALIZE, body)
        self.number += 1
        number = str(self.number)
        self.files[number], self.sizes[number] = b"", int(str(body["total_bytes"]))
        return Reply(200, {"data": {"id": number, "media_key": f"3_{number}", "expires_after_secs": 1295999}})

    def _piece(self, request: Request) -> Reply:
        number, step = request.path.split("/")[4:6]
        if step == "append":
            assert set(request.form()) == {"segment_index"}
            _name, chunk, _kind = request.files()["media"]
            assert len(chunk) <= 5_000_000
            assert int(request.form()["segment_index"]) == len(self.files[number]) // (2 * 1024 * 1024)
            self.files[number] += chunk
            return Reply(200, {"data": {"expires_at": 1}})
        assert step == "finalize"
        assert len(self.files[number]) == self.sizes[number]
        return Reply(200, {"data": self._state(number)})

    def _status(self, request: Request) -> Reply:
        assert request.query["command"] == "STATUS"
        return Reply(200, {"data": self._state(request.query["media_id"])})

    def _state(self, number: str) -> dict[str, object]:
        state: dict[str, object] = {"id": number, "media_key": f"3_{number}", "expires_after_secs": 86400}
        if self.states:
            working: dict[str, object] = {"state": self.states.pop(0), "check_after_secs": 5}
            if working["state"] == "failed":
                working["error"] = {"code": 1, "message": "InvalidMedia"}
            state["processing_info"] = working
        return state

    def _subtitle(self, request: Request) -> Reply:
        body: dict[str, Any] = request.json()
        fits(SUBTITLES, body)
        track = body["subtitles"]
        assert body["id"] in self.files
        self.subtitles[body["id"]] = (track["language_code"], self.files[track["id"]].decode())
        return Reply(200, {"data": {"id": body["id"], "media_category": body["media_category"]}})

    def _metadata(self, request: Request) -> Reply:
        body: dict[str, Any] = request.json()
        fits(METADATA, body)
        self.alts[body["id"]] = body["metadata"]["alt_text"]["text"]
        return Reply(200, {"data": {"id": body["id"], "associated_metadata": body["metadata"]}})
