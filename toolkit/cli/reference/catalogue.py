"""The texts that are translated where they are shown, not where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import cleandoc
from typing import Any

from toolkit.cli import VERBS, load_verb
from toolkit.cli.reference.tables import key_tables
from toolkit.importers import IMPORTERS, mapping
from toolkit.importers.evidence import evidence_of
from toolkit.kpis import KPIS
from toolkit.lint import RULES
from toolkit.lint.explaining import paragraphs
from toolkit.networks import NETWORKS
from toolkit.networks.base import Capability
from toolkit.networks.limits import ApiVersion, Limit
from toolkit.settings import TABLES
from toolkit.workspace.keys import APPROVAL_KEYS, IGNORE_KEYS, Form, Naming


def catalogue_texts() -> Iterator[str]:
    """Every text that is translated where it is shown, not where it stands: key tables, helps, rule pages."""
    yield from VERBS.values()
    for keys in (*TABLES.values(), *(keys for _title, keys in key_tables()), APPROVAL_KEYS, IGNORE_KEYS):
        yield from keys.values()
    yield from (one.value for one in (*Form, *Naming, *Capability))
    for network in NETWORKS.values():
        yield from (network.verified.value, network.verified_by, *network.known_options.values())
        yield from (network.silence, network.no_posts, network.no_direct)
        known: list[Limit | ApiVersion] = [*network.limits, *filter(None, [network.api])]
        for one in known:
            yield from (one.note, one.source if "://" not in one.source else "")
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
    """The help of a command, of its parameters and of the commands below it."""
    yield from filter(None, (command.help, *(getattr(parameter, "help", None) for parameter in command.params)))
    for sub in getattr(command, "commands", {}).values():
        yield from _helps(sub)


def extract_texts(fileobj: Any, keywords: Any, comment_tags: Any, options: Any) -> Iterator[Any]:
    """Babel's extraction method for this file: its own messages, then `catalogue_texts`."""
    from babel.messages.extract import extract_python

    yield from extract_python(fileobj, keywords, comment_tags, options)
    for text in dict.fromkeys(catalogue_texts()):
        if text:
            yield 1, "_", text, []
