"""The reference pages: made from the code that they describe, so that they cannot be wrong.

Each function returns the Markdown of one page. `leitstand docs` writes them, `leitstand docs --check` compares.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from inspect import cleandoc
from typing import Any

from toolkit.cli import VERBS, load_verb
from toolkit.cli.usage import every_verb, is_called
from toolkit.importers import IMPORTERS, mapping
from toolkit.importers.evidence import evidence_of
from toolkit.kpis import KPIS
from toolkit.lint import RULES
from toolkit.lint.explaining import explain, paragraphs
from toolkit.messages import _
from toolkit.model import Severity
from toolkit.networks import NETWORKS
from toolkit.schema import (
    briefing_schema,
    campaign_schema,
    feeds_schema,
    playbook_schema,
    post_schema,
    settings_schema,
)
from toolkit.settings import TABLES
from toolkit.source import CONSENT_KEYS, FRONT_MATTER, INSTANCE_KEYS, MEDIA_KEYS, OPTION_KEYS, REVISION_KEYS
from toolkit.workspace import (
    CAMPAIGN_KEYS,
    CLAIM_KEYS,
    GOAL_KEYS,
    HOURS_KEYS,
    IF_KEYS,
    LEVEL_KEYS,
    OCCASION_KEYS,
    OPEN_KEYS,
    PHASE_KEYS,
    RISK_KEYS,
    THEN_KEYS,
    TOPIC_KEYS,
    TRIAGE_KEYS,
)
from toolkit.workspace.keys import APPROVAL_KEYS, IGNORE_KEYS, Form, Naming


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
        "briefing": briefing_schema(),
        "playbook": playbook_schema(),
        "feeds": feeds_schema(),
        "leitstand-toml": settings_schema(),
    }
    return {f"schema/{name}.json": json.dumps(one, ensure_ascii=False, indent=2) for name, one in found.items()}


def _page(title: str, intro: str, *blocks: str) -> str:
    note = _("This page is generated from the code; change it there.")
    return "\n\n".join([f"<!-- {note} -->", f"# {title}", intro, *blocks])


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


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
    sections = [_verb(verb) for verb in VERBS]
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
    return _page(_("Commands"), _("Every command explains itself with `--help`."), codes, *sections)


def _verb(verb: str) -> str:
    command: Any = load_verb(verb)  # typer's vendored classes have no public types
    blocks = [f"## {verb}", _(VERBS[verb])]
    if is_called(command):
        blocks.append(_parameters(command))
    for name, sub in list(every_verb(verb, command))[1:]:
        blocks += [f"### {name}", (sub.help or "").strip(), _parameters(sub)]
    return "\n\n".join(block for block in blocks if block)


def _parameters(command: Any) -> str:
    rows = []
    for parameter in command.params:
        if getattr(parameter, "hidden", False):
            continue  # a word between our own processes
        if parameter.name == "help":
            continue
        names = ", ".join(parameter.opts) if parameter.opts[0].startswith("-") else (parameter.name or "").upper()
        rows.append((f"`{names}`", getattr(parameter, "help", None) or ""))
    return _table((_("Parameter"), _("Meaning")), rows) if rows else ""


def _front_matter() -> str:
    return _page(
        _("Front matter"),
        _("What may stand between the two lines of dashes. Unknown keys are errors with a suggestion."),
        "## " + _("Posts"),
        _keys(FRONT_MATTER),
        "## " + _("Instances of a post that comes again"),
        _keys(INSTANCE_KEYS),
        "## " + _("Corrections and retractions"),
        _keys(REVISION_KEYS),
        "## " + _("Media of a post"),
        _keys(MEDIA_KEYS),
        "## " + _("Consent of people in a medium"),
        _keys(CONSENT_KEYS),
        "## " + _("Options per account or network"),
        _keys({**OPTION_KEYS, **_network_options()}),
        "## " + _("Campaigns"),
        _keys(CAMPAIGN_KEYS),
        "## " + _("Goals of a campaign or of the strategy"),
        _keys(GOAL_KEYS),
        "## " + _("Phases of a campaign"),
        _keys(PHASE_KEYS),
        "## " + _("Occasions (content/occasions/*.yml)"),
        _keys(OCCASION_KEYS),
        "## " + _("Closed topics (no-go blocks of the handbook)"),
        _keys(TOPIC_KEYS),
        "## " + _("Claims that need a proof (claim blocks of the handbook)"),
        _keys(CLAIM_KEYS),
        "## " + _("Service hours (hours blocks of the handbook)"),
        _keys(HOURS_KEYS),
        "## " + _("Levels of service hours"),
        _keys(LEVEL_KEYS),
        "## " + _("Days with other service hours"),
        _keys(OPEN_KEYS),
        "## " + _("Triage rules (triage blocks of the handbook)"),
        _keys(TRIAGE_KEYS),
        "## " + _("When a triage rule applies (if)"),
        _keys(IF_KEYS),
        "## " + _("What a triage rule does (then)"),
        _keys(THEN_KEYS),
        "## " + _("Dangers (risk blocks of the handbook)"),
        _keys(RISK_KEYS),
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
            ", ".join(sorted(capability.value for capability in network.capabilities)),
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
                limit.source,
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
        (f"[{name}]({name}.md)", rule.severity.value, _(rule.summary), _("yes") if rule.fixable else "")
        for name, rule in RULES.items()
    ]
    intro = _("Rules that are built in. Severities can be changed under [check] in leitstand.toml.")
    return _page(_("Rules"), intro, _table(head, rows))


def _rule(name: str) -> str:
    rule = RULES[name]
    words = {Severity.ERROR: _("Error"), Severity.WARNING: _("Warning"), Severity.HINT: _("Hint")}
    facts = _("Severity: {severity}.").format(severity=f"{words[rule.severity]} (`{rule.severity.value}`)")
    return _page(name, facts, explain(rule.docs))


def catalogue_texts() -> Iterator[str]:
    """Every text that is translated where it is shown, not where it stands: key tables, helps, rule pages."""
    yield from VERBS.values()
    for keys in (
        *TABLES.values(),
        FRONT_MATTER,
        INSTANCE_KEYS,
        REVISION_KEYS,
        MEDIA_KEYS,
        CONSENT_KEYS,
        OPTION_KEYS,
        CAMPAIGN_KEYS,
        GOAL_KEYS,
        PHASE_KEYS,
        OCCASION_KEYS,
        TOPIC_KEYS,
        CLAIM_KEYS,
        HOURS_KEYS,
        LEVEL_KEYS,
        OPEN_KEYS,
        TRIAGE_KEYS,
        IF_KEYS,
        THEN_KEYS,
        RISK_KEYS,
        APPROVAL_KEYS,
        IGNORE_KEYS,
    ):
        yield from keys.values()
    yield from (one.value for one in (*Form, *Naming))
    for network in NETWORKS.values():
        yield from (network.verified.value, network.verified_by, *network.known_options.values())
        yield from (network.silence, network.no_posts, network.no_direct)
        for figures in (network.figures, *network.figures.kinds.values()) if network.figures else ():
            yield from figures.meanings.values()
    for rule in RULES.values():
        yield from paragraphs(rule.docs)
    for kpi in KPIS.values():
        yield from (kpi.title, kpi.definition, kpi.denominator)
    for importer in IMPORTERS.values():
        yield importer.TITLE
        yield evidence_of(importer).source
        yield from paragraphs(cleandoc(importer.__doc__ or ""))
    yield from paragraphs(cleandoc(mapping.__doc__ or ""))
    for verb in VERBS:
        yield from _helps(load_verb(verb))


def _helps(command: Any) -> Iterator[str]:
    """The help of a command's parameters and of its sub-commands."""
    yield from filter(None, (getattr(parameter, "help", None) for parameter in command.params))
    for sub in getattr(command, "commands", {}).values():
        yield from filter(None, (sub.help,))
        yield from _helps(sub)


def extract_texts(fileobj: Any, keywords: Any, comment_tags: Any, options: Any) -> Iterator[Any]:
    """Babel's extraction method for this file: its own messages, then `catalogue_texts`."""
    from babel.messages.extract import extract_python

    yield from extract_python(fileobj, keywords, comment_tags, options)
    for text in dict.fromkeys(catalogue_texts()):
        if text:
            yield 1, "_", text, []
