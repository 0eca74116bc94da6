"""Settings that belong to a file and travel with it: JSON values by name."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, select

from crmdesk.storage import rows
from crmdesk.storage.database_step import Step
from crmdesk.storage.schema import settings


def get(connection: Connection, name: str, default: Any = None) -> Any:  # noqa: ANN401 - any JSON value
    """The value kept under `name`, else the default."""
    kept = connection.execute(select(settings.c.value).where(settings.c.name == name)).scalar()
    return default if kept is None else json.loads(kept)


def put(step: Step, name: str, value: object) -> None:
    """Keep a JSON value under `name`, in this step. The same value again changes nothing."""
    text = json.dumps(value, ensure_ascii=False)
    row = step.connection.execute(select(settings.c.id).where(settings.c.name == name)).scalar()
    if row is None:
        rows.insert(step, settings, name=name, value=text)
    else:
        rows.update(step, settings, row, value=text)
