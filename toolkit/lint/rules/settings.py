"""leitstand.toml must name networks, options and rules that exist.

## What it does

Reports accounts of unknown networks, account options that the network does not have, and severities for rules that
do not exist or that cannot be switched off. Below `[check.styles]`, packages and vocabularies must lie in
`guidelines/styles/`, and what is ignored must be a pattern that can be read. The feeds of `content/feeds.yml` must have
a name and an address, and name competitors of leitstand.toml; its hashtags and words accounts that can look for them. Settings that cannot be read at all stop
every command and are shown there.

## Why is this bad?

A misspelt rule stays at its old severity, and a misspelt network or option makes every post to that account wrong.

## Example

```toml
[accounts.mastodon]
network = "mastodo"
```

## Use instead

```toml
[accounts.mastodon]
network = "mastodon"
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from toolkit.lint.rule import Rule, View
from toolkit.lint.settingspots import item_span
from toolkit.messages import _
from toolkit.model import Problem, Severity
from toolkit.networks.base import Seeking
from toolkit.networks.seeking import why_blind
from toolkit.settings import FILE_NAME, Account, find_setting, unknown_name
from toolkit.style.pattern import check_compiles
from toolkit.style.syntax import PatternError
from toolkit.workspace.feeds import FEEDS, Hashtag, Reading, Term, read_feeds

_TABLE: Final = "check.styles"
_STYLES: Final = "guidelines/styles"


def check(view: View) -> Iterator[Problem]:
    """Problems of leitstand.toml that need to know the networks; the reader has reported the rest."""
    for account in view.settings.accounts.values():
        yield from _check_account(account, view)
    yield from _check_styles(view)
    reading, problems = read_feeds(view.workspace.tree)
    yield from problems
    yield from _check_listening(reading, view)


def _check_listening(reading: Reading, view: View) -> Iterator[Problem]:
    """Accounts that cannot look for what they are named for, and competitors that nobody tracks."""
    sought: list[tuple[Hashtag | Term, Seeking]] = [(one, Seeking.HASHTAG) for one in reading.hashtags]
    sought += ((one, Seeking.WORDS) for one in reading.terms)
    for one, what in sought:
        for name in one.accounts:
            said = why_blind(name, what, view.settings.accounts, view.networks)
            if said:
                yield Problem(FEEDS, one.span, "settings", Severity.ERROR, said)
    known = view.settings.competitors
    for feed in reading.feeds:
        if feed.competitor and feed.competitor not in known:
            said = unknown_name(_("competitor"), feed.competitor, known)
            yield Problem(FEEDS, feed.span, "settings", Severity.ERROR, said)


def _check_account(account: Account, view: View) -> Iterator[Problem]:
    network = view.network(account.network)
    table = f"accounts.{account.name}"
    if network is None:
        yield problem(view, table, "network", unknown_name(_("network"), account.network, view.networks))
        return
    for key in account.options:
        if key not in network.options:
            what = _("option of {network}").format(network=network.title)
            yield problem(view, table, "options", unknown_name(what, key, network.options))


def _check_styles(view: View) -> Iterator[Problem]:
    policy = view.settings.styles
    for written in policy.ignore:
        try:
            check_compiles(written)
        except PatternError as error:
            message = _("{pattern} cannot be read, so it hides nothing: {error}").format(pattern=written, error=error)
            yield _item_problem(view, "ignore", written, message)
    for key, names, folder in (
        ("packages", policy.packages, _STYLES),
        ("vocabularies", policy.vocabularies, f"{_STYLES}/config/vocabularies"),
    ):
        known = {path.removeprefix(f"{folder}/").partition("/")[0] for path in view.workspace.tree.paths(folder)}
        for name in names or ():
            if name not in known:
                message = _("there is no {folder}/{name}; put the folder there, or remove the name")
                yield _item_problem(view, key, name, message.format(folder=folder, name=name))


def _item_problem(view: View, key: str, item: str, message: str) -> Problem:
    span = item_span(view.settings_text, _TABLE, key, item)
    return Problem(FILE_NAME, span, RULE.id, RULE.severity, message)


def problem(view: View, table: str, key: str, message: str) -> Problem:
    """A problem at a key of leitstand.toml."""
    span = find_setting(view.settings_text, table, key)
    return Problem(FILE_NAME, span, RULE.id, RULE.severity, message)


RULE = Rule("settings", Severity.ERROR, __doc__ or "", check_all=check, required=True)
