"""Handing messages to Apprise: all at once, and never longer than a few seconds in total.

Whatever a service does, hangs or says, one sentence comes back that holds no address: addresses are secrets.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from toolkit.alerts.letter import Letter
from toolkit.credentials import Secret
from toolkit.errors import missing_extra
from toolkit.messages import _

if TYPE_CHECKING:
    import apprise

SECONDS: Final = 10.0  # for all messages together
# Apprise, and the client under it, whose addresses are secret from their host on.
CHATTY: Final = ("apprise", "urllib3", "requests")
QUIET: Final = logging.CRITICAL + 1


def deliver(letters: Mapping[str, Letter], addresses: Mapping[str, Secret], seconds: float = SECONDS) -> dict[str, str]:
    """Person → "" when the message was taken, else why not. Never raises for what services and networks do.

    What has not been taken after `seconds` counts as not taken; its thread is left to end by itself.
    """
    said: dict[str, str] = {}
    threads = [
        threading.Thread(target=_note, args=(said, person, letter, addresses[person]), name="alert", daemon=True)
        for person, letter in letters.items()
    ]
    for thread in threads:
        thread.start()
    ends = time.monotonic() + seconds
    for thread in threads:
        thread.join(max(0.0, ends - time.monotonic()))
    known = dict(said)
    late = _("no answer within {seconds} seconds").format(seconds=f"{seconds:g}")
    return {person: known.get(person, late) for person in letters}


def _note(said: dict[str, str], person: str, letter: Letter, address: Secret) -> None:
    said[person] = send_letter(letter, address)


def send_letter(letter: Letter, address: Secret) -> str:
    """Send one message; "" when every service of the address took it, else why not."""
    try:
        return _send(letter, address)
    except ImportError as error:
        return str(missing_extra("alerts", error))
    except Exception as error:  # noqa: BLE001  # a plugin's defect must neither end a thread aloud nor show its address
        return _("the service failed with {error}").format(error=type(error).__name__)


def _send(letter: Letter, address: Secret) -> str:
    import apprise

    # Their lines name the services' addresses; what matters comes back from here.
    for name in CHATTY:
        logging.getLogger(name).setLevel(QUIET)
    asset = apprise.AppriseAsset(
        app_id="Leitstand", app_desc="Leitstand", app_url="", secure_logging=True, async_mode=False
    )
    service = apprise.Apprise(asset=asset)
    # The relay's address asks for text, which is what alerts are.
    said = address.reveal().replace("&format=text", "&format=html") if letter.html else address.reveal()
    if not service.add(said) or not len(service):
        return _("the alert address is none that Apprise knows")
    taken = service.notify(
        title=letter.title,
        body=letter.html or letter.body,
        body_format=apprise.NotifyFormat.HTML if letter.html else apprise.NotifyFormat.TEXT,
        attach=_attachments(letter) if letter.files else None,
    )
    return "" if taken else _("the service did not take it")


def _attachments(letter: Letter) -> apprise.AppriseAttachment:
    import apprise
    from apprise.attachment.memory import AttachMemory

    files = [AttachMemory(content=one.data, name=one.name, mimetype=one.kind) for one in letter.files]  # type: ignore[no-untyped-call]  # Apprise types it in part
    return apprise.AppriseAttachment(files)
