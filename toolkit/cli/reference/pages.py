"""The reference pages: made from the code that they describe, so that they cannot be wrong.

Each function returns the Markdown of one page. `leitstand docs` writes them, `leitstand docs --check` compares.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from inspect import cleandoc
from typing import Any

from toolkit.cli import VERBS, load_verb
from toolkit.cli.reference.tables import key_tables
from toolkit.cli.usage import every_verb, is_called, say_places
from toolkit.importers import IMPORTERS, mapping
from toolkit.kpis import KPIS
from toolkit.lint import RULES
from toolkit.lint.explaining import explain
from toolkit.messages import _
from toolkit.networks import NETWORKS
from toolkit.networks.limits import say_source
from toolkit.schema import (
    briefing_schema,
    campaign_schema,
    experiment_schema,
    feeds_schema,
    idea_schema,
    occasions_schema,
    playbook_schema,
    post_schema,
    settings_schema,
    strategy_schema,
)
from toolkit.settings import TABLES


def reference_pages() -> dict[str, str]:
    """File name → Markdown of every generated page, in the language spoken."""
    pages = {
        "index.md": _index(),
        "befehle.md": _commands(),
        "front-matter.md": _front_matter(),
        "leitstand-toml.md": _settings(),
        "netzwerke.md": _networks(),
        "importe.md": _importers(),
        "kennzahlen.md": _kpis(),
        "regeln/index.md": _rules(),
    }
    for name in RULES:
        pages[f"regeln/{name}.md"] = _rule(name)
    pages |= _schemas()
    return {path: text.rstrip() + "\n" for path, text in pages.items()}


def _schemas() -> dict[str, str]:
    """What the house's files may say anywhere, for editors; `leitstand schema` knows the names, too."""
    found = {
        "post": post_schema(),
        "campaign": campaign_schema(),
        "strategy": strategy_schema(),
        "idea": idea_schema(),
        "experiment": experiment_schema(),
        "occasions": occasions_schema(),
        "briefing": briefing_schema(),
        "playbook": playbook_schema(),
        "feeds": feeds_schema(),
        "leitstand-toml": settings_schema(),
    }
    return {f"schema/{name}.json": json.dumps(one, ensure_ascii=False, indent=2) for name, one in found.items()}


def _page(title: str, intro: str, *blocks: str) -> str:
    note = _("This page is generated from the code; change it there.")
    return "\n\n".join([f"<!-- {note} -->", f"# {title}", intro, *blocks])


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += ["| " + " | ".join(map(_cell, row)) + " |" for row in rows]
    return "\n".join(lines)


# Markdown makes a link of what stands between these.
_ADDRESS = re.compile(r"<([^\s<>`]+@[^\s<>`]+)>")


def _cell(text: str) -> str:
    return _ADDRESS.sub(r"&lt;\1&gt;", text.replace("|", "\\|").replace("\n", " "))


def _keys(keys: Mapping[str, str]) -> str:
    return _table((_("Key"), _("Meaning")), [(f"`{key}`" if key else "", _(text)) for key, text in keys.items()])


def _index() -> str:
    links = (
        ("befehle.md", _("Commands")),
        ("front-matter.md", _("Front matter of posts and campaigns")),
        ("leitstand-toml.md", "leitstand.toml"),
        ("regeln/index.md", _("Rules")),
        ("netzwerke.md", _("Networks")),
        ("importe.md", _("Imports")),
        ("kennzahlen.md", _("Key figures")),
    )
    listing = "\n".join(f"- [{title}]({path})" for path, title in links)
    return _page(_("Reference"), _("Made from the code, checked with every change."), listing)


def _commands() -> str:
    commands: dict[str, dict[str, Any]] = {verb: dict(every_verb(verb, load_verb(verb))) for verb in VERBS}
    shared = _shared(one for found in commands.values() for one in found.values())
    codes = _table(
        (_("Exit code"), _("Meaning")),
        [
            ("0", _("clean; warnings and hints included")),
            ("1", _("errors or failures that somebody must act on")),
            ("2", _("wrong usage or configuration")),
            ("3", _("a defect of ours, with a log to paste")),
            ("130", _("interrupted")),
        ],
    )
    listed = _table((_("Command"), _("Meaning")), [(f"[{verb}](#{verb})", _(said)) for verb, said in VERBS.items()])
    same = ("## " + _("Parameters of most commands"), _table((_("Parameter"), _("Meaning")), sorted(shared)))
    sections = [_verb(verb, found, shared) for verb, found in commands.items()]
    intro = _("Every command explains itself with `--help`.")
    return _page(_("Commands"), intro, listed, "## " + _("Exit code"), codes, *same, *sections)


# A parameter of so many commands is explained once.
_MANY = 40

Row = tuple[str, str]


def _shared(commands: Iterable[Any]) -> frozenset[Row]:
    """The rows of parameters that most commands have, in the same words."""
    counts = Counter(row for command in commands for row in _parameters(command))
    return frozenset(row for row, count in counts.items() if count >= _MANY)


def _verb(verb: str, commands: Mapping[str, Any], shared: frozenset[Row]) -> str:
    blocks = [f"## {verb}", _(VERBS[verb])]
    for name, command in commands.items():
        if name != verb:
            blocks += [f"### {name}", (command.help or "").strip()]
        if name != verb or is_called(command):
            blocks.append(_explained(_parameters(command), shared))
    return "\n\n".join(block for block in blocks if block)


def _explained(rows: Sequence[Row], shared: frozenset[Row]) -> str:
    own = [row for row in rows if row not in shared]
    same = ", ".join(name for name, _meaning in rows if (name, _meaning) in shared)
    head = (_("Parameter"), _("Meaning"))
    return "\n\n".join(part for part in (_table(head, own) if own else "", _("also: ") + same if same else "") if part)


def _parameters(command: Any) -> list[Row]:
    """Name and meaning of each parameter of a command (typer's vendored classes have no public types)."""
    rows = []
    for parameter in command.params:
        if getattr(parameter, "hidden", False):
            continue  # a word between our own processes
        if parameter.name == "help":
            continue
        option = parameter.opts[0].startswith("-")
        names = ", ".join(parameter.opts) if option else say_places((parameter.name or "").upper())
        rows.append((f"`{names}`", getattr(parameter, "help", None) or ""))
    return rows


def _front_matter() -> str:
    return _page(
        _("Front matter"),
        _("What may stand between the two lines of dashes. Unknown keys are errors with a suggestion."),
        *(part for title, keys in key_tables() for part in (f"## {title}", _keys(keys))),
        "## " + _("Options that single networks have"),
        _keys(_network_options()),
    )


def _network_options() -> dict[str, str]:
    options: dict[str, list[str]] = {}
    texts: dict[str, str] = {}
    for network in NETWORKS.values():
        for key, text in network.known_options.items():
            options.setdefault(key, []).append(network.title)
            texts[key] = text
    return {key: f"{_(texts[key])} ({', '.join(names)})" for key, names in options.items()}


def _settings() -> str:
    blocks = []
    for table, keys in TABLES.items():
        blocks += [f"## `[{table.replace('*', 'NAME')}]`" if table else "## " + _("At the top"), _keys(keys)]
    variables = {
        "LEITSTAND_STATE_DIR": _("Where state lives, over [state] dir."),
        "LEITSTAND_LANG": _("Language of the command line: de or en."),
        "LEITSTAND_NOW": _("What the site takes as the current time."),
        "LEITSTAND_TOKEN_ACCOUNT": _("The secret of an account; its name in capitals, hyphens as underscores."),
        "LEITSTAND_CLIENT_NETWORK": _(
            "The client that signs in at a network, id:secret; the network's name in capitals."
        ),
        "LEITSTAND_CREDENTIALS_DIR": _("Folder with one file per account that holds its secret."),
    }
    intro = _("The one settings file of a workspace. Unknown keys are errors with a suggestion.")
    return _page("leitstand.toml", intro, *blocks, "## " + _("Environment"), _keys(variables))


def _networks() -> str:
    head = (_("Network"), _("Promise"), _("Can"), _("Verified"))
    rows = [
        (
            network.title,
            network.promise.value,
            ", ".join(_(one.value) for one in sorted(network.capabilities)),
            f"{_(network.verified.value)}: {_(network.verified_by)}",
        )
        for network in NETWORKS.values()
    ]
    blocks = [_table(head, rows)]
    for network in NETWORKS.values():
        limits = [
            (
                limit.name,
                ", ".join(limit.types) or f"{limit.value} {limit.unit}",
                say_source(limit),
                limit.checked,
                limit.confidence,
            )
            for limit in network.limits
        ]
        columns = (_("Limit"), _("Value"), _("Source"), _("Checked"), _("Confidence"))
        silent = [_(why) for why in (network.no_posts, network.no_direct) if why]
        blocks += [f"## {network.title}", *silent, _table(columns, limits)]
    intro = _("What each network can do, what is promised after an unknown outcome, and how that was verified.")
    return _page(_("Networks"), intro, *blocks)


def _importers() -> str:
    blocks = []
    for name, importer in IMPORTERS.items():
        menu = _("Where to get it: {menu}").format(menu=importer.MENU.said())
        blocks += [f"## {name}", f"{_(importer.TITLE)}. {menu}", explain(cleandoc(importer.__doc__ or ""))]
    blocks += ["## mapping", explain(cleandoc(mapping.__doc__ or ""))]
    return _page(_("Imports"), _("Files that `leitstand import` understands."), *blocks)


def _kpis() -> str:
    head = (_("KPI"), _("Name"), _("Definition"), _("Formula"))
    rows = [(_(kpi.title), f"`{kpi.name}`", _(kpi.definition), f"`{kpi.formula}`") for kpi in KPIS.values()]
    intro = _("Each is defined once; goals, reports and `leitstand kpi` share the definition. Missing is never zero.")
    return _page(_("Key figures"), intro, _table(head, rows))


def _rules() -> str:
    head = (_("Rule"), _("Severity"), _("What it finds"), _("Fix"))
    rows = [
        (f"[{name}]({name}.md)", rule.severity.said().capitalize(), _(rule.summary), _("yes") if rule.fixable else "")
        for name, rule in RULES.items()
    ]
    intro = _("Rules that are built in. Severities can be changed under [check] in leitstand.toml.")
    return _page(_("Rules"), intro, _table(head, rows))


def _rule(name: str) -> str:
    rule = RULES[name]
    said = f"{rule.severity.said().capitalize()} (`{rule.severity.value}`)"
    facts = _("Severity: {severity}.").format(severity=said)
    return _page(name, facts, explain(rule.docs))
