"""A pretended Facebook page. Contract: `Page`, `PagePost`, `Photo` and `Comment` of facebook-business."""

from __future__ import annotations

import json

from tests.servers.meta.contract import Call, published
from tests.servers.meta.world import Json, World, gone, page
from tests.servers.pretend import Reply, Request

PAGE = "104000000000001"


def call(method: str, path: list[str]) -> Call | None:  # noqa: C901, PLR0911  # one line per call
    """The published call that a request is."""
    match method, path:
        case "GET", ["me"]:
            return published("page", "api_get")
        case "GET", [identity]:
            return published("pagepost" if "_" in identity else "page" if identity == PAGE else "comment", "api_get")
        case "POST", [_page, "photos"]:
            return published("page", "create_photo", files=frozenset({"source"}))
        case "POST", [_page, "feed"]:
            return published("page", "create_feed")
        case "GET", [_page, "posts"]:
            return published("page", "get_posts", "pagepost")
        case "POST", [below, "comments"]:
            return published("pagepost" if "_" in below else "comment", "create_comment")
        case "GET", [below, "comments"]:
            return published("pagepost" if "_" in below else "comment", "get_comments", "comment")
        case "GET", [_page, "ratings"]:
            return published("page", "get_ratings", "recommendation")
        case "GET", [_page, "tagged"]:
            return published("page", "get_tagged", "pagepost")
        case "GET", [_page, "visitor_posts"]:
            return published("page", "get_visitor_posts", "pagepost")
        case "GET", [_post, "insights"]:
            return published("pagepost", "get_insights", "insightsresult")
        case "POST", [_post]:
            return published("pagepost", "api_update")
        case "DELETE", [_post]:
            return published("pagepost", "api_delete")
    return None


class FacebookWorld(World):
    """A page with posts, photos and comments."""

    def obey(self, request: Request, path: list[str]) -> Reply:  # noqa: C901, PLR0911  # one line per call
        """What the API does."""
        match request.method, path:
            case "GET", ["me"]:
                return Reply(200, self.me)
            case "POST", [owner, "photos"]:
                assert owner == PAGE
                name, data, kind = request.files()["source"]
                return Reply(200, {"id": self.add("photo", name=name, data=data, type=kind, **request.form())["id"]})
            case "POST", [owner, "feed"]:
                return self._publish(request, owner)
            case "GET", [_owner, "ratings"]:
                return page(request, [one["said"] for one in self.all("review")])
            case "GET", [_owner, "tagged" | "visitor_posts" as edge]:
                return page(request, [_foreign(one) for one in self.all(edge)])
            case "GET", [owner, "posts"]:
                return page(request, [self._shown(post) for post in self.all("post") if owner == PAGE])
            case _, [post, *_edge] if post not in self.things and post != PAGE:
                return gone(post)
            case "POST", [below, "comments"]:
                return Reply(200, {"id": self._answer(below, request.form()["message"])["id"]})
            case "GET", [below, "comments"]:
                return self._comments(request, below)
            case "GET", [post, "insights"]:
                return self._insights(request, post)
        return self._object(request, path[0])

    def _answer(self, below: str, words: str) -> Json:
        """A comment of the page's; one below an answer moves up to the comment on top, as Facebook has two levels."""
        above = self.things[below]
        if above["kind"] != "comment":
            return self.add("comment", below=below, message=words, author=PAGE)
        top = above.get("parent", below)
        return self.add("comment", below=above["below"], message=words, author=PAGE, parent=top)

    def _comments(self, request: Request, below: str) -> Reply:
        """Below a post: the first level, or with the filter all of them; below a comment: its answers."""
        whole = request.query.get("filter") == "stream"
        found = [
            one
            for one in self.all("comment")
            if one.get("parent") == below or (one["below"] == below and (whole or "parent" not in one))
        ]
        newest = request.query.get("order") == "reverse_chronological"
        return page(request, [_comment(one) for one in (found if newest else reversed(found))])

    def _object(self, request: Request, identity: str) -> Reply:
        if identity == PAGE:
            return Reply(200, {"id": PAGE, "name": "Nordlicht Kaffee", "followers_count": 4711})
        thing = self.things[identity]
        if request.method == "DELETE":
            del self.things[identity]
            return Reply(200, {"success": True})
        if request.method == "POST":
            thing["message"] = request.form()["message"]
            return Reply(200, {"success": True})
        totals = {"summary": {"total_count": 3}}
        return Reply(200, {"id": identity, "reactions": totals, "comments": {"summary": {"total_count": 1}}})

    def _publish(self, request: Request, owner: str) -> Reply:
        said = request.form()
        photos = [str(one["media_fbid"]) for one in json.loads(said.get("attached_media", "[]"))]
        missing = [photo for photo in photos if photo not in self.things]
        if missing:
            return gone(missing[0])
        made = self.add("post", message=said.get("message", ""), link=said.get("link", ""), photos=photos)
        del self.things[made["id"]]
        made["id"] = f"{owner}_{made['id']}"
        self.things[made["id"]] = made
        return Reply(200, {"id": made["id"]})

    def _shown(self, post: Json) -> Json:
        shown = {"id": post["id"], "message": post["message"], "created_time": post["at"]}
        inner = [{"target": {"id": photo}} for photo in post["photos"]]
        if len(inner) > 1:
            shown["attachments"] = {"data": [{"media_type": "album", "subattachments": {"data": inner}}]}
        elif inner or post["link"]:
            shown["attachments"] = {"data": [{"media_type": "photo" if inner else "link"}]}
        return shown | {"permalink_url": f"https://www.facebook.com/{post['id']}"}

    def _insights(self, request: Request, post: str) -> Reply:
        assert request.query["period"] == "lifetime"
        values = {"post_media_view": 900, "post_total_media_view_unique": 640, "post_clicks": 12}
        wanted = request.query["metric"].split(",")
        data = [{"name": name, "period": "lifetime", "values": [{"value": values[name]}]} for name in wanted]
        return Reply(200, {"data": [entry | {"id": f"{post}/insights"} for entry in data]})


def _foreign(post: Json) -> Json:
    shown = {"id": post["id"], "message": post["message"], "created_time": post["at"]}
    return shown | {"from": {"id": post["author"], "name": post["name"]}, "permalink_url": "https://fb.example/p"}


def _comment(one: Json) -> Json:
    author = {"id": one["author"], "name": one.get("name", "Nordlicht Kaffee")}
    shown = {"id": one["id"], "message": one["message"], "created_time": one["at"], "from": author}
    shown |= {name: one[name] for name in ("attachment", "is_hidden") if name in one}
    return shown | ({"parent": {"id": one["parent"]}} if "parent" in one else {})
