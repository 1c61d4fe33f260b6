"""Texts to take away: shown as they are, with a button that copies them where a browser runs our script."""

from __future__ import annotations

from toolkit.messages import _
from toolkit.pages.markup import Child, Html, div, tag


def copy_button(name: str, title: str) -> Html:
    """A button that copies what the element with the id `name` says.

    The script shows it, so that none is there that does nothing; it also says aloud what happened.
    """
    return tag(
        "button",
        _("Copy"),
        type="button",
        aria_label=_("Copy: {title}").format(title=title),
        class_="ls-kit-copy",
        data_copy=name,
        data_done=_("{title}: copied").format(title=title),
        data_failed=_("{title}: marked; copy it with your device's own command").format(title=title),
        hidden=True,
    )


def copyable(content: Child, title: str, name: str) -> Html:
    """`content` as lines of code beside its button; `name` is its id on the page."""
    # No `pre`: the theme would lay a second button over it, and on a page of many rules that takes a phone seconds.
    return div(tag("code", content, id=name, class_="ls-lines"), copy_button(name, title), class_="ls-copyable")
