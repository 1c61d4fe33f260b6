"""A pretended Threads account. Contract: the parameters and fields that Meta documents.

https://developers.facebook.com/documentation/threads/reference/publishing,
.../reference/media-retrieval, .../retrieve-and-manage-replies/replies-and-conversations, .../posts/delete-posts
"""

from __future__ import annotations

from tests.servers.meta.contract import Call
from tests.servers.meta.world import Json, World, error, gone, page
from tests.servers.pretend import Reply, Request

ACCOUNT = "9000000000000001"
NAME = "nordlicht.kaffee"

MEDIA_FIELDS = frozenset(
    {
        "id",
        "media_product_type",
        "media_type",
        "media_url",
        "permalink",
        "owner",
        "username",
        "text",
        "timestamp",
        "shortcode",
        "thumbnail_url",
        "children",
        "is_quote_post",
        "alt_text",
        "link_attachment_url",
        "has_replies",
        "is_reply",
        "is_reply_owned_by_me",
        "root_post",
        "replied_to",
        "hide_status",
        "reply_audience",
        "quoted_post",
        "reposted_post",
        "gif_url",
        "poll_attachment",
        "topic_tag",
        "is_spoiler_media",
    }
)
CREATE = Call(
    {
        "media_type": "media_type_enum",
        "text": "string",
        "image_url": "string",
        "video_url": "string",
        "alt_text": "string",
        "is_carousel_item": "bool",
        "children": "list<unsigned int>",
        "reply_to_id": "unsigned int",
        "reply_control": "reply_control_enum",
        "allowlisted_country_codes": "list<string>",
        "link_attachment": "string",
        "topic_tag": "string",
        "is_spoiler_media": "bool",
    },
    enums={
        "media_type_enum": frozenset({"TEXT", "IMAGE", "VIDEO", "CAROUSEL"}),
        "reply_control_enum": frozenset(
            {"everyone", "accounts_you_follow", "mentioned_only", "parent_post_author_only", "followers_only"}
        ),
    },
)
METRICS = frozenset({"views", "likes", "replies", "reposts", "quotes", "shares"})


class ThreadsWorld(World):
    """An account with containers, posts and replies."""

    slow = 0
    broken = ""
    used = 3
    replied = 3

    def call(self, method: str, path: list[str]) -> Call | None:  # noqa: C901, PLR0911  # one line per call
        """The documented call that a request is."""
        match method, path:
            case "GET", ["me"]:
                return Call(
                    {}, frozenset({"id", "username", "name", "threads_profile_picture_url", "threads_biography"})
                )
            case "GET", ["me", "threads_insights"]:
                return Call({"metric": "list<m>"}, enums={"m": frozenset({"followers_count", "views", "likes"})})
            case "GET", [identity] if self.things.get(identity, {}).get("kind") == "container":
                return Call({}, frozenset({"id", "status", "error_message"}))
            case "GET", [_media]:
                return Call({}, MEDIA_FIELDS)
            case "DELETE", [_media]:
                return Call({})
            case "POST", [_user, "threads"]:
                return CREATE
            case "POST", [_user, "threads_publish"]:
                return Call({"creation_id": "unsigned int"})
            case "GET", [_media, "conversation"]:
                return Call({"reverse": "bool"}, MEDIA_FIELDS)
            case "GET", [owner, "threads" | "replies"]:
                return Call({} if owner == ACCOUNT else {"reverse": "bool"}, MEDIA_FIELDS)
            case "GET", [_user, "threads_publishing_limit"]:
                return Call({}, frozenset({"quota_usage", "config", "reply_quota_usage", "reply_config"}))
            case "GET", [_media, "insights"]:
                return Call({"metric": "list<m>"}, enums={"m": METRICS})
        return None

    def obey(self, request: Request, path: list[str]) -> Reply:  # noqa: C901, PLR0911  # one line per call
        """What the API does."""
        match request.method, path:
            case "GET", ["me"]:
                return Reply(200, self.me)
            case "GET", ["me", "threads_insights"]:
                return Reply(200, {"data": [{"name": "followers_count", "total_value": {"value": 77}}]})
            case "GET", [_user, "threads_publishing_limit"]:
                posts = {"quota_usage": self.used, "config": {"quota_total": 250, "quota_duration": 86400}}
                replies = {"reply_quota_usage": self.replied, "reply_config": {"quota_total": 1000}}
                return Reply(200, {"data": [posts | replies]})
            case "POST", [_user, "threads"]:
                return Reply(200, {"id": self.add("container", looks=self.slow, form=request.form())["id"]})
            case "POST", [_user, "threads_publish"]:
                return self._publish(request.form()["creation_id"])
            case "GET", [user, "threads"] if user == ACCOUNT:
                return page(request, [_shown(post) for post in self.all("post") if not post["answers"]])
            case "GET", [user, "replies"] if user == ACCOUNT:
                return page(request, [_shown(post) for post in self.all("post") if post["answers"]])
            case _, [identity, *_edge] if identity not in self.things:
                return gone(identity)
            case "GET", [media, "conversation"] if self.things[media].get("answers"):
                return error(100, "The parameter must be a root-level post")
            case "GET", [media, "conversation" | "replies" as edge]:
                where = "root" if edge == "conversation" else "answers"
                listed = [one for one in self.all("foreign") if one[where] == media]
                return page(
                    request, [_shown(one) | {"is_reply_owned_by_me": one["username"] == NAME} for one in listed]
                )
            case "GET", [_media, "insights"]:
                wanted = request.query["metric"].split(",")
                return Reply(200, {"data": [{"name": one, "values": [{"value": 5}]} for one in wanted]})
        return self._object(request, path[0])

    def _object(self, request: Request, identity: str) -> Reply:
        thing = self.things[identity]
        if request.method == "DELETE":
            del self.things[identity]
            return Reply(200, {"success": True, "deleted_id": identity})
        if thing["kind"] == "container":
            said = {"status": self.stage(thing), "id": identity}
            return Reply(200, said | ({"error_message": "FAILED_DOWNLOADING_VIDEO"} if self.broken == "ERROR" else {}))
        return Reply(200, _shown(thing))

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

    def _publish(self, identity: str) -> Reply:
        container = self.things.get(identity)
        if container is None or container.get("published"):
            return error(24, "The requested resource does not exist", subcode=4279009)
        container["published"] = True
        form = container["form"]
        children = form["children"].split(",") if form["media_type"] == "CAROUSEL" else []
        kind = {"TEXT": "TEXT_POST", "CAROUSEL": "CAROUSEL_ALBUM"}.get(form["media_type"], form["media_type"])
        said = {"text": form.get("text", ""), "children": children, "answers": form.get("reply_to_id", "")}
        return Reply(200, {"id": self.add("post", type=kind, username=self.me["username"], **said)["id"]})


def _shown(post: Json) -> Json:
    shown = {"id": post["id"], "text": post["text"], "timestamp": post["at"], "username": post["username"]}
    shown |= {"media_type": post["type"], "permalink": f"https://www.threads.com/@{NAME}/post/{post['id']}"}
    if post["children"]:
        shown["children"] = {"data": [{"id": child} for child in post["children"]]}
    return shown | ({"is_reply": True, "replied_to": {"id": post["answers"]}} if post["answers"] else {})
