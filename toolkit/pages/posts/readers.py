"""Who sees a post and who may answer it, where that is not everybody: in words, from the fields that are sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from toolkit.messages import _
from toolkit.model import Rendition
from toolkit.pages.icons import icon
from toolkit.pages.markup import Html, span


def readers(rendition: Rendition | None) -> Html | None:
    """What narrows the circle of a post on its network; None where everybody sees it and may answer."""
    fields = rendition.parts[0].fields if rendition and rendition.parts else {}
    said = list(_narrowed(fields)) if fields else []
    return span(icon("review"), span("; ".join(said)), class_="ls-chip ls-info ls-readers") if said else None


def _narrowed(fields: Mapping[str, str]) -> Iterator[str]:
    """Each of the networks' options that keeps somebody out, by what it is set to; what a network does anyway says nothing."""
    words = meanings()
    for name, value in fields.items():
        if name == "countries" and value:
            yield _("Shown only in {countries}").format(countries=value)
        for one in value.split(",") if name == "labels" else [value]:
            said = words.get((name, one.strip()))
            if said:
                yield said


def meanings() -> Mapping[tuple[str, str], str]:
    """A network's option and its value → what it means; a value that keeps nobody out has no words."""
    signed_in, mentioned = _("Only people who are signed in see it"), _("Only those it mentions may reply")
    followed, followers = _("Only accounts that we follow may reply"), _("Only followers may reply")
    return {
        # Mastodon, then LinkedIn
        ("visibility", "unlisted"): _("Unlisted: seen by whoever comes, in no public timeline"),
        ("visibility", "private"): _("Only followers see it"),
        ("visibility", "direct"): _("Only those it mentions see it"),
        ("visibility", "CONNECTIONS"): _("Only connections see it"),
        ("visibility", "LOGGED_IN"): signed_in,
        ("resharing", "no"): _("Nobody can repost it"),
        # Bluesky
        ("labels", "!no-unauthenticated"): signed_in,
        # X
        ("reply_settings", "following"): followed,
        ("reply_settings", "mentionedUsers"): mentioned,
        ("reply_settings", "subscribers"): _("Only subscribers may reply"),
        ("reply_settings", "verified"): _("Only verified accounts may reply"),
        # Threads
        ("reply_control", "accounts_you_follow"): followed,
        ("reply_control", "mentioned_only"): mentioned,
        ("reply_control", "parent_post_author_only"): _("Only the author of the post above may reply"),
        ("reply_control", "followers_only"): followers,
        # Telegram and WordPress
        ("protect", "yes"): _("Nobody can forward or save it"),
        ("comments", "closed"): _("Comments are closed"),
    }
