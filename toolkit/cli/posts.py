"""Posts as verbs are given them: by uid, path, or the end of a path."""

from __future__ import annotations

from datetime import datetime
from difflib import get_close_matches

from toolkit.errors import UsageError
from toolkit.lint import post_errors
from toolkit.messages import _
from toolkit.model import Post
from toolkit.workspace import Workspace
from toolkit.workspace.naming import slug


def named_post(workspace: Workspace, reference: str) -> Post:
    """The one post that `reference` means; raises `UsageError` with what it could have meant."""
    post = workspace.find_post(reference)
    if post is not None:
        return post
    names = {candidate.path.rpartition("/")[2].removesuffix(".md"): candidate.path for candidate in workspace.posts}
    same = [other.path for other in workspace.posts if f"/{other.path}".endswith((f"/{reference}", f"/{reference}.md"))]
    if same:
        raise UsageError(
            _("{name!r} means more than one post: {paths}").format(name=reference, paths=", ".join(sorted(same)))
        )
    # Spelled as `leitstand new` names files, so that a title or an umlaut finds its post, too.
    wanted = slug(reference.rpartition("/")[2].removesuffix(".md"))
    close = [names[name] for name in get_close_matches(wanted, names, n=3, cutoff=0.5)]
    if close:
        raise UsageError(
            _("no post {name!r}; did you mean {close}?").format(name=reference, close=_(" or ").join(close))
        )
    raise UsageError(_("no post {name!r}; leitstand plan lists them").format(name=reference))


def error_lines(workspace: Workspace, post: Post, now: datetime) -> list[str]:
    """The errors in the post's file, one line each; void approvals aside, which a new approval mends."""
    return [str(problem) for problem in post_errors(workspace, post, now)]
