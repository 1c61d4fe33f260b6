"""How groups of posts are called in the spoken language."""

from __future__ import annotations

from toolkit.dates import weekday_names
from toolkit.messages import _


def weekday_title(number: int) -> str:
    """The name of a weekday, 1 (Monday) to 7, as `datetime.isoweekday` counts."""
    return weekday_names()[number - 1]


def part_title(part: str) -> str:
    """The name of a part of the day; see `toolkit.kpis.dayparts`."""
    names = {"morning": _("morning"), "midday": _("midday"), "afternoon": _("afternoon"), "evening": _("evening")}
    return names[part]


def format_title(form: str) -> str:
    """The name of a format; what the catalogue does not know stays as it is."""
    names = {
        "photo": _("photo"),
        "graphic": _("graphic"),
        "video": _("video"),
        "document": _("document"),
        "text": _("text"),
        "link": _("link"),
    }
    return names.get(form.lower(), form)


def group_title(kind: str, group: str) -> str:
    """The name of a group of a kind of `toolkit.kpis.lifts.KINDS`; pillars and campaigns are the workspace's words."""
    match kind:
        case "weekday":
            return weekday_title(int(group))
        case "part":
            return part_title(group)
        case "format":
            return format_title(group)
        case "paid":
            return _("reach bought") if group == "paid" else _("no reach bought")
        case _:
            return group
