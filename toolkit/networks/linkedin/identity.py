"""Whether a token may publish as the account: the person herself, or somebody with a role on the page.

API: https://learn.microsoft.com/linkedin/marketing/community-management/organizations/organization-access-control-by-role
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.networks.answers import no_entry
from toolkit.networks.jsonvalues import fields, items, text
from toolkit.networks.linkedin.api import Api, RefusedError
from toolkit.settings import Account

_AUTHOR: Final = re.compile(r"urn:li:(?P<kind>organization|organizationBrand|person):[\w-]+")
# Roles that may publish for a page; the second and third are the new and the old name of one.
POSTERS: Final = frozenset(
    {"ADMINISTRATOR", "CONTENT_ADMINISTRATOR", "DIRECT_SPONSORED_CONTENT_POSTER", "CONTENT_ADMIN", "RECRUITING_POSTER"}
)
PAGE: Final = 100
MAX_PAGES: Final = 10


def author_of(account: Account) -> str:
    """The URN that `account` publishes as; raises `UsageError` when its id is none."""
    if _AUTHOR.fullmatch(account.id) is None:
        message = _('the account {account} needs its URN as id, such as id = "urn:li:organization:1234"')
        raise UsageError(message.format(account=account.name))
    return account.id


def is_page(author: str) -> bool:
    """Whether `author` is a page rather than a person."""
    return not author.startswith("urn:li:person:")


def check_identity(api: Api, account: Account, now: datetime) -> None:
    """Raise `NotBegunError` when the token may not publish as `account`; also what `Api.read` raises."""
    try:
        refusal = _page_refusal(api, account) if is_page(account.id) else _person_refusal(api, account)
    except RefusedError as error:
        if error.reply.status not in (401, 403):
            raise
        message = _("LinkedIn does not tell whose the token of {account} is: {said}")
        refusal = message.format(account=account.name, said=error.words)
    if refusal:
        raise no_entry(refusal, now)


def _person_refusal(api: Api, account: Account) -> str:
    found = f"urn:li:person:{_person(api)}"
    if found == account.id:
        return ""
    message = _("the token of {account} belongs to {found}, not to {wanted}")
    return message.format(account=account.name, found=found, wanted=account.id)


def _person(api: Api) -> str:
    """The member's id; apps have one of two ways to ask for it, depending on their product."""
    reply = api.ask("/v2/userinfo")
    return text(reply.json(), "sub") if reply.status == 200 else text(api.read("/v2/me"), "id")


def _page_refusal(api: Api, account: Account) -> str:
    roles = [role for page, role in _roles(api) if page == account.id]
    if POSTERS & set(roles):
        return ""
    if roles:
        message = _("the token of {account} may not publish for {wanted}; its role there is {role}")
        return message.format(account=account.name, wanted=account.id, role=", ".join(roles))
    message = _("the token of {account} has no role on {wanted}")
    return message.format(account=account.name, wanted=account.id)


def _roles(api: Api) -> Iterator[tuple[str, str]]:
    """The pages on which the token's owner has a role, and the role."""
    for page in range(MAX_PAGES):
        path = f"/rest/organizationAcls?q=roleAssignee&state=APPROVED&count={PAGE}&start={page * PAGE}"
        found = items(fields(api.read(path, "FINDER")).get("elements"))
        for element in found:
            target = text(element, "organization") or text(element, "organizationTarget")
            yield target, text(element, "role")
        if len(found) < PAGE:
            return
