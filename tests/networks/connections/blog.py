"""A blog that answers as WordPress's REST API does, for what no real one does on demand: lost answers, limits, outages.

`ARGUMENTS` are the arguments of the routes that we use (https://developer.wordpress.org/rest-api/reference/); every
request is held against them, and they are held against a real WordPress in `test_wordpress_server`.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Final

from tests.servers.pretend import DROP, Drop, PretendServer, Reply, Request

NOW: Final = datetime(2026, 12, 1, 6, 30, tzinfo=UTC)
USER, PASSWORD = "redaktion", "abcd EFGH 1234"
ARGUMENTS: Final[Mapping[str, frozenset[str]]] = {
    "GET /wp/v2/users/me": frozenset({"context"}),
    "GET /wp/v2/posts": frozenset({"slug", "status", "context", "per_page", "include"}),
    "POST /wp/v2/posts": frozenset(
        {"title", "content", "excerpt", "slug", "status", "categories", "tags", "featured_media", "comment_status"}
        | {"sticky", "format"}
    ),
    "GET /wp/v2/categories": frozenset({"search", "per_page"}),
    "POST /wp/v2/categories": frozenset({"name"}),
    "GET /wp/v2/tags": frozenset({"search", "per_page"}),
    "POST /wp/v2/tags": frozenset({"name"}),
    "POST /wp/v2/media": frozenset({"alt_text"}),
    "GET /wp/v2/comments": frozenset(
        {"post", "author", "status", "context", "per_page", "page", "orderby", "order", "after", "parent", "include"}
    ),
    "POST /wp/v2/comments": frozenset({"post", "parent", "content"}),
}
# Arguments of every route.
EVERYWHERE: Final = frozenset({"rest_route", "_fields"})
ME: Final = {"id": 7, "username": USER, "slug": USER, "capabilities": {"publish_posts": True, "upload_files": True}}
Behaviour = Callable[[dict[str, object]], Reply | Drop]


@dataclass
class Blog:
    """What the blog holds, and how it misbehaves: `publishing` gets the post that was just taken."""

    server: PretendServer
    pretty: bool = True
    clock: datetime = NOW
    posts: list[dict[str, object]] = field(default_factory=list)
    media: list[dict[str, object]] = field(default_factory=list)
    comments: list[dict[str, object]] = field(default_factory=list)
    terms: list[dict[str, object]] = field(default_factory=list)
    me: Mapping[str, object] = field(default_factory=lambda: dict(ME))
    # Instead of taking anything, by route (``POST /wp/v2/posts``), one answer a request.
    instead: dict[str, list[Reply | Drop]] = field(default_factory=dict)
    publishing: Behaviour | None = None

    def __post_init__(self) -> None:
        for method in ("GET", "POST", "PUT", "DELETE"):
            self.server.routes[f"{method} /*"] = self.answer

    def answer(self, request: Request) -> Reply | Drop:
        """As WordPress: below /wp-json where addresses are pretty, with ?rest_route= always."""
        route = request.query.get("rest_route", "")
        if not route and request.path.startswith("/wp-json/"):
            if not self.pretty:
                return Reply(404, b"<!doctype html><title>Page not found</title>", {"Content-Type": "text/html"})
            route = request.path.removeprefix("/wp-json")
        if request.headers.get("authorization") != "Basic " + b64encode(f"{USER}:{PASSWORD}".encode()).decode():
            return error(401, "rest_not_logged_in", "You are not currently logged in.")
        name = f"{request.method} {route}"
        self._check(name, request)
        if self.instead.get(name):
            return self.instead[name].pop(0)
        reply = self._routes(name, request)
        return (
            Reply(reply.status, reply.body, {"Date": format_datetime(self.clock, usegmt=True), **reply.headers})
            if isinstance(reply, Reply)
            else reply
        )

    def _check(self, name: str, request: Request) -> None:
        """Raise AssertionError, which the server answers by hanging up, for an argument that is not documented."""
        known = ARGUMENTS.get(name)
        if known is None:
            return
        form = request.headers.get("content-type", "").startswith("multipart/")
        body = request.form() if form else request.json()
        assert set(body) | set(request.query) <= known | EVERYWHERE, (name, body, request.query)

    def _routes(self, name: str, request: Request) -> Reply | Drop:  # noqa: C901, PLR0911  # one line per route
        match name:
            case "GET /wp/v2/users/me":
                return Reply(200, self.me)
            case "GET /wp/v2/posts":
                return Reply(200, self._find(request))
            case "POST /wp/v2/posts":
                return self._publish(request.json())
            case "POST /wp/v2/media":
                (file,) = request.files().values()
                made = {
                    "id": 100 + len(self.media),
                    "source_url": f"{self.server.address}/{file[0]}",
                    "mime_type": file[2],
                }
                self.media.append({**made, **request.form()})
                return Reply(201, made)
            case "POST /wp/v2/comments":
                comment = {
                    "id": len(self.comments) + 1,
                    "author": 7,
                    "parent": 0,
                    "status": "approved",
                    **request.json(),
                }
                comment |= {"content": {"raw": comment["content"]}, "date_gmt": written(self.clock), "link": "x"}
                self.comments.append(comment)
                return self.publishing(comment) if self.publishing else Reply(201, comment)
            case "GET /wp/v2/comments":
                return self._listed(self._wanted(request), request)
            case _ if name.startswith("GET /wp/v2/comments/"):
                found = [one for one in self.comments if str(one["id"]) == name.rpartition("/")[2]]
                return Reply(200, found[0]) if found else error(404, "rest_comment_invalid_id", "Invalid comment ID.")
            case "GET /wp/v2/categories" | "GET /wp/v2/tags":
                found = [term for term in self.terms if request.query["search"].lower() in str(term["name"]).lower()]
                return self._listed(found, request)
            case "POST /wp/v2/categories" | "POST /wp/v2/tags":
                self.terms.append({"id": 50 + len(self.terms), **request.json()})
                return Reply(201, self.terms[-1])
            case _ if name.startswith("GET /wp/v2/media/"):
                found = [medium for medium in self.media if str(medium["id"]) == name.rpartition("/")[2]]
                return Reply(200, found[0]) if found else error(404, "rest_post_invalid_id", "Invalid post ID.")
        return error(404, "rest_no_route", "No route was found matching the URL and request method.")

    def _find(self, request: Request) -> list[dict[str, object]]:
        key = "slug" if "slug" in request.query else "include"
        wanted = request.query[key].split(",")
        return [post for post in self.posts if str(post["slug" if key == "slug" else "id"]) in wanted]

    @staticmethod
    def _listed(found: list[dict[str, object]], request: Request) -> Reply:
        """One page of a list, with the total in a header, as WordPress has it."""
        size, page = int(request.query["per_page"]), int(request.query.get("page", "1"))
        totals = {"X-WP-Total": str(len(found)), "X-WP-TotalPages": str(-(-len(found) // size))}
        shown = [one for one in found[(page - 1) * size : page * size] if not one.get("unreadable")]
        return Reply(200, shown, totals)

    def _wanted(self, request: Request) -> list[dict[str, object]]:
        """The comments with these numbers, where some are asked for."""
        numbers = request.query.get("include", "").split(",")
        return [one for one in self.comments if numbers == [""] or str(one["id"]) in numbers]

    def _publish(self, body: dict[str, object]) -> Reply | Drop:
        slug, number = str(body["slug"]), 2
        while any(post["slug"] == slug for post in self.posts):
            slug, number = f"{body['slug']}-{number}", number + 1
        identity = len(self.posts) + 1
        post = {
            **body,
            "id": identity,
            "slug": slug,
            "author": 7,
            "date_gmt": written(self.clock),
            "link": f"{self.server.address}/{slug}/",
            "title": {"raw": body["title"]},
            "content": {"raw": body["content"]},
        }
        self.posts.append(post)
        return self.publishing(post) if self.publishing else Reply(201, post)


def error(status: int, code: str, message: str, **headers: str) -> Reply:
    """An error as WordPress words it."""
    return Reply(status, {"code": code, "message": message, "data": {"status": status}}, headers)


def written(moment: datetime) -> str:
    """A time as WordPress writes it: UTC without saying so."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S")


def lost(_taken: object) -> Drop:
    """The answer never arrives."""
    return DROP


LATER: Final = timedelta(minutes=3)
