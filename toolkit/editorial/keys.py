"""What the keys of an idea and of an occasion take, so that reader, schemas, editors and reference say the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from toolkit.editorial.ideas import IDEA_KEYS, SCORE_KEYS, Origin, Stage
from toolkit.workspace.keys import Form, Key, Naming, make_keys
from toolkit.workspace.occasions import OCCASION_KEYS, DayKind

_DAY: Final = Key("", Form.DAY)
_NUMBER: Final = Key("", Form.NUMBER)


def _named(names: Naming, form: Form = Form.TEXT) -> Key:
    return Key("", form, names=names)


IDEA: Final[Mapping[str, Key]] = make_keys(
    IDEA_KEYS,
    {
        "status": Key("", choices=tuple(Stage)),
        "source": Key("", choices=tuple(Origin)),
        "by": _named(Naming.PERSON),
        "owner": _named(Naming.PERSON),
        "created": _DAY,
        "goal": _named(Naming.KPI),
        "pillar": _named(Naming.PILLAR),
        "channels": _named(Naming.ACCOUNT, Form.WORDS),
        "campaign": _named(Naming.CAMPAIGN),
        "labels": _named(Naming.LABEL, Form.WORDS),
        "score": Key("", Form.TABLE, keys=make_keys(SCORE_KEYS, dict.fromkeys(SCORE_KEYS, _NUMBER))),
        "decided_by": _named(Naming.PERSON),
        "decided": _DAY,
        "posts": Key("", Form.WORDS),
        "language": _named(Naming.LANGUAGE),
    },
)
OCCASIONS: Final[Mapping[str, Key]] = make_keys(
    {"occasions": "The days, one entry each."},
    {
        "occasions": Key(
            "",
            Form.LIST,
            keys=make_keys(
                OCCASION_KEYS,
                {
                    "from": _DAY,
                    "until": _DAY,
                    "kind": Key("", choices=tuple(DayKind)),
                    "yearly": Key("", choices=("true", "false")),
                    "owner": _named(Naming.PERSON),
                    "lead": _NUMBER,
                    "pillar": _named(Naming.PILLAR),
                    "channels": _named(Naming.ACCOUNT, Form.WORDS),
                },
            ),
        )
    },
)
