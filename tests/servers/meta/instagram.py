"""A pretended Instagram account. Contract: `IGUser`, `IGMedia` and `IGComment` of facebook-business.

A container has no class there; its fields stand in
https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-container
"""

from __future__ import annotations

from tests.servers.meta.contract import Call, published
from tests.servers.meta.world import Json, World, error, gone, page
from tests.servers.pretend import Reply, Request

ACCOUNT = "17841400000000001"
NAME = "nordlicht.kaffee"
CONTAINER = Call({}, frozenset({"id", "status", "status_code", "copyright_check_status"}))


class InstagramWorld(World):
    """An account with containers, media and comments. `slow` looks at a container find it in work."""

    slow = 0
    broken = ""
    used = 3

    def call(self, method: str, path: list[str]) -> Call | None:  # noqa: C901, PLR0911  # one line per call
        """The published call that a request is."""
        match method, path:
            case "GET", ["me", "accounts"]:
                return published("user", "get_accounts", "page")
            case "GET", ["me"]:
                return published("page", "api_get")
            case "GET", [identity] if identity == ACCOUNT:
                return published("iguser", "api_get")
            case "GET", [identity] if self.things.get(identity, {}).get("kind") == "container":
                return CONTAINER
            case "GET", [identity]:
                comment = self.things.get(identity, {}).get("kind") == "comment"
                return published("igcomment" if comment else "igmedia", "api_get")
            case "POST", [_media, "replies"]:
                return published("igcomment", "create_reply")
            case "GET", [_media, "replies"]:
                return published("igcomment", "get_replies", "igcomment")
            case "DELETE", [_media]:
                return published("igmedia", "api_delete")
            case "POST", [_user, "media"]:
                return published("iguser", "create_media")
            case "POST", [_user, "media_publish"]:
                return published("iguser", "create_media_publish")
            case "GET", [_user, "media"]:
                return published("iguser", "get_media", "igmedia")
            case "GET", [_user, "content_publishing_limit"]:
                return published("iguser", "get_content_publishing_limit", "contentpublishinglimitresponse")
            case "POST", [_media, "comments"]:
                return published("igmedia", "create_comment")
            case "GET", [_media, "comments"]:
                return published("igmedia", "get_comments", "igcomment")
            case "GET", [_media, "insights"]:
                return published("igmedia", "get_insights", "instagraminsightsresult")
        return None

    def obey(self, request: Request, path: list[str]) -> Reply:  # noqa: C901, PLR0911  # one line per call
        """What the API does."""
        match request.method, path:
            case "GET", ["me", "accounts"]:
                linked = {"id": ACCOUNT, "username": self.me["username"]}
                return page(request, [{"id": "1"}, {"id": "2", "instagram_business_account": linked}])
            case "GET", ["me"]:
                return Reply(200, {"id": "2", "instagram_business_account": self.me})
            case "GET", [identity] if identity == ACCOUNT:
                return Reply(200, self.me | {"followers_count": 815})
            case "GET", [_user, "content_publishing_limit"]:
                config = {"quota_total": 100, "quota_duration": 86400}
                return Reply(200, {"data": [{"quota_usage": self.used, "config": config}]})
            case "POST", [_user, "media"]:
                return Reply(200, {"id": self.add("container", looks=self.slow, form=request.form())["id"]})
            case "POST", [_user, "media_publish"]:
                return self._publish(request.form()["creation_id"])
            case "GET", [_user, "media"]:
                return page(request, [self._shown(media) for media in self.all("media")])
            case _, [identity, *_edge] if self.things.get(identity, {"gone": True}).get("gone"):
                return gone(identity)
            case "POST", [media, "comments"]:
                made = self.add("comment", below=media, text=request.form()["message"], username=self.me["username"])
                return Reply(200, {"id": made["id"]})
            case "GET", [media, "comments"]:
                if self.things[media]["kind"] == "comment":
                    return error(100, "Tried accessing nonexisting field (comments) on node type (IGComment)")
                found = [one for one in self.all("comment") if one["below"] == media and "parent" not in one]
                return page(request, [_comment(one) | self._replies(one["id"], 50) for one in found])
            case "POST", [comment, "replies"]:
                above = self.things[comment]
                top, said = above.get("parent", comment), request.form()["message"]
                made = self.add("comment", below=above["below"], text=said, username=self.me["username"], parent=top)
                return Reply(200, {"id": made["id"]})
            case "GET", [comment, "replies"]:
                return page(request, [_comment(one) for one in self.all("comment") if one.get("parent") == comment])
            case "GET", [media, "insights"]:
                values = {"reach": 640, "saved": 12, "shares": 4, "views": 900}
                wanted = request.query["metric"].split(",")
                return Reply(200, {"data": [{"name": one, "values": [{"value": values[one]}]} for one in wanted]})
        return self._object(request, path[0])

    def _replies(self, comment: str, most: int) -> Json:
        """The answers below a comment as they come with it: so many, and a cursor where there are more."""
        found = [_comment(one) for one in self.all("comment") if one.get("parent") == comment]
        paging = {"cursors": {"after": "x"}, "next": "https://graph.example/next"}
        return {"replies": {"data": found[:most]} | ({"paging": paging} if len(found) > most else {})} if found else {}

    def stage(self, container: Json) -> str:
        """How far a container is when it is looked at."""
        if container.get("published"):
            return "PUBLISHED"
        if self.broken:
            container["stage"] = self.broken
        if "stage" in container:
            return str(container["stage"])
        container["looks"] -= 1
        return "IN_PROGRESS" if container["looks"] >= 0 else "FINISHED"

    def _object(self, request: Request, identity: str) -> Reply:
        thing = self.things[identity]
        if request.method == "DELETE":
            del self.things[identity]
            return Reply(200, {"success": True})
        if thing["kind"] == "container":
            said = {"status_code": self.stage(thing), "id": identity}
            return Reply(200, said | ({"status": "Error: 2207026"} if self.broken == "ERROR" else {}))
        if thing["kind"] == "comment":
            return Reply(200, _comment(thing))
        return Reply(200, self._shown(thing) | {"like_count": 30, "comments_count": 2})

    def _publish(self, identity: str) -> Reply:
        container = self.things.get(identity)
        if container is None:
            return gone(identity)
        if container.get("published") or self.stage(container) != "FINISHED":
            return error(9007, "Media ID is not available", subcode=2207027)
        container["published"] = True
        form = container["form"]
        children = form["children"].split(",") if form.get("media_type") == "CAROUSEL" else []
        made = self.add("media", caption=form.get("caption", ""), children=children)
        return Reply(200, {"id": made["id"]})

    def _shown(self, media: Json) -> Json:
        shown = {"id": media["id"], "caption": media["caption"], "timestamp": media["at"]}
        inner = {"children": {"data": [{"id": child} for child in media["children"]]}} if media["children"] else {}
        return shown | inner | {"permalink": f"https://www.instagram.com/p/{media['id']}/"}


def _comment(one: Json) -> Json:
    shown = {"id": one["id"], "text": one["text"], "timestamp": one["at"], "username": one["username"]}
    shown["from"] = {"id": f"scoped-{one['username']}", "username": one["username"]}
    return shown | ({"parent_id": one["parent"]} if "parent" in one else {})
