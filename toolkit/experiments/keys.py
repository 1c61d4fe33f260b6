"""What the keys of an experiment take, so that reader, schemas, editors and reference say the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from toolkit.experiments.experiment import Analysis, Unit
from toolkit.experiments.reading import ARM_KEYS, CHANGE_KEYS, EXPERIMENT_KEYS, REGISTERED_KEYS
from toolkit.workspace.keys import Form, Key, Naming, make_keys

_DAY: Final = Key("", Form.DAY)
_NUMBER: Final = Key("", Form.NUMBER)
_PERSON: Final = Key("", names=Naming.PERSON)
_LABEL: Final = Key("", names=Naming.LABEL)
_SIGNED: Final = {"at": Key("", Form.MOMENT), "by": _PERSON}

EXPERIMENT: Final[Mapping[str, Key]] = make_keys(
    EXPERIMENT_KEYS,
    {
        "owner": _PERSON,
        "metric": Key("", names=Naming.KPI),
        "unit": Key("", choices=tuple(Unit)),
        "arms": Key("", Form.LIST, keys=make_keys(ARM_KEYS, {"label": _LABEL})),
        "start": _DAY,
        "stop": _DAY,
        "planned": _NUMBER,
        "analysis": Key("", choices=tuple(Analysis)),
        "least": _NUMBER,
        "pool": _LABEL,
        "registered": Key("", Form.TABLE, keys=make_keys(REGISTERED_KEYS, {**_SIGNED, "needed": _NUMBER})),
        "changes": Key("", Form.LIST, keys=make_keys(CHANGE_KEYS, _SIGNED)),
    },
)
