"""Every key that leitstand.toml may have and what it means: the reference is made from these tables."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.settings import (
    alerts,
    checks,
    competitors,
    conversions,
    desk,
    editor,
    engine,
    forge,
    inbox,
    links,
    matomo,
    oncall,
    place,
    reports,
    site,
    styles,
    windows,
    writing,
)

FILE_NAME = "leitstand.toml"
FORMAT = 1
LARGEST = 10**7  # no number is; so many minutes can still be added to any moment

# table → key → what it means; the generated settings reference is made from this.
TABLES: Mapping[str, Mapping[str, str]] = {
    "": {"format": "Version of this file's format; always 1."},
    "workspace": {
        "id": "Short name of the brand; names the state directory. Letters, digits, hyphens.",
        "name": "The brand's name as people write it.",
        "timezone": "IANA zone of every wall time that names no other.",
        "languages": "Languages of posts; the first is the default.",
        "interface": "Language of commands, site and reports: de or en. Default: the first of languages.",
        "url": "Address of the published site; feed entries link to it.",
        "region": "Country or region whose holidays count, such as DE-SH, AT or CH-ZH (ISO 3166).",
    },
    "people.*": {
        "name": "The person's name.",
        "roles": "editor, manager, community, analyst, legal or operator.",
        "email": "The person's address; alerts go there, through the relay of [alerts].",
        "deputy": "The person who stands in during absences: is asked for approvals and told what happens.",
        "absences": "List of {from, to} dates, both inclusive.",
        "key": "Public SSH key that the person signs commits with, such as ssh-ed25519 AAAA….",
        "key_from": "First day on which commits signed with the key count.",
        "key_until": "Last day on which commits signed with the key count.",
        "forge": "The person's name on the forge, whose reviews are theirs.",
    },
    "accounts.*": {
        "network": "Which adapter: see the network reference.",
        "id": "The remote identity, such as @name@server. Stays when the account is renamed here.",
        "title": "How the account is called on pages.",
        "language": "Language of posts to this account that name none of their own.",
        "timezone": "Zone of publish times to this account, where the post names none.",
        "server": "Address of the account's server, where the network has several; of a feed, where its files are published.",
        "approvals": "How many approvals a post needs here, over [policy].",
        "hand_off": "Whether a person publishes here, from the kit, and confirms with the link: true or false.",
        "options": "Defaults for the network's own options, such as visibility.",
    },
    "policy": {
        "approvals": "How many approvals a post needs before it is sent; 0 for none.",
        "approvers": "Roles whose approval counts. The author's never does.",
        "quiet_hours": "List of wall-clock spans like 21:30-07:00 in which nothing should be published.",
        "late": "Default for a post that is late after its grace period: ask, send or skip.",
        "grace": "Minutes after which an unsent post is late.",
        "distance": "Fewest minutes between two posts of one account.",
        "campaign_distance": "Fewest minutes between two posts of one campaign on one account. Default: 0, any.",
        "repeat_days": "Fewest days between two times of a post that comes again.",
        "signed_approvals": "Whether an approval counts only when the commit that added it is signed by that person's key.",
    },
    "publish": {
        "ref": "The git commit, branch or tag that is published; empty: the working files.",
        "interval": "Seconds between two looks at what is due.",
    },
    "state": {
        "dir": "Where ledger, metrics, reports and feeds live; default: the platform's user state directory.",
        "ledger": "Address of a PostgreSQL database for the ledger, without a password; default: a file in the state directory.",
        "ledger_id": "The only ledger that may send; `leitstand ledger bind` writes it.",
    },
    engine.TABLE: engine.KEYS,
    place.TABLE: place.KEYS,
    forge.TABLE: forge.KEYS,
    editor.TABLE: editor.KEYS,
    links.TABLE: links.KEYS,
    conversions.TABLE: conversions.KEYS,
    f"{competitors.TABLE}.*": competitors.KEYS,
    alerts.TABLE: alerts.KEYS,
    oncall.TABLE: oncall.KEYS,
    reports.TABLE: reports.KEYS,
    matomo.TABLE: matomo.KEYS,
    inbox.TABLE: inbox.KEYS,
    desk.TABLE: desk.KEYS,
    site.TABLE: site.KEYS,
    f"{windows.TABLE}.*": windows.KEYS,
    "check": {
        "severity": "Table rule = error | warning | hint | off, over the rules' own.",
    },
    **checks.TABLES,
    **writing.TABLES,
    styles.TABLE: styles.KEYS,
}

ROLES = ("editor", "manager", "community", "analyst", "legal", "operator")
