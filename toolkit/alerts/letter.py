"""One message to one person: everything that is new to them, in the words of the workspace's language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from toolkit.alerts.alert import Alert
from toolkit.messages import _, ngettext
from toolkit.values import dataclass

# More than this nobody reads in a message; the rest is counted and stands in `status`.
MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with a message, for services that take files."""

    name: str
    kind: str  # its media type
    data: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """Plain text, or `html` from which a service that knows only text makes its own. The title is one line."""

    title: str
    body: str = ""
    html: str = ""
    files: tuple[Enclosure, ...] = ()


def write_letter(brand: str, alerts: Sequence[Alert]) -> Letter:
    """The message about `alerts` (at least one) of the brand called `brand`."""
    if len(alerts) == 1:
        said = alerts[0].headline
    else:
        said = ngettext("{count} thing needs you", "{count} things need you", len(alerts))
    blocks = ["\n".join(_lines(alert)) for alert in alerts[:MOST]]
    if len(alerts) > MOST:
        blocks.append(ngettext("and {count} more", "and {count} more", len(alerts) - MOST))
    blocks.append(_("All that is open: leitstand status"))
    return Letter(f"[{brand}] {said}", "\n\n".join(blocks))


def trial_letter(brand: str, name: str) -> Letter:
    """What `leitstand alerts test` sends."""
    body = _("This is a test. {name} will be told here when something needs them.").format(name=name)
    subject = _("test of the alerts")
    return Letter(f"[{brand}] {subject}", body)


def _lines(alert: Alert) -> Iterator[str]:
    yield alert.headline
    if alert.why:
        yield "  " + _("why: {reason}").format(reason=alert.why)
    if alert.remedy:
        yield "  " + _("what helps: {command}").format(command=alert.remedy)
    if alert.link:
        yield f"  {alert.link}"
