"""The figures: derived per customer as a step closes, for the touched ids or for all."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection


def refresh(connection: Connection, ids: Collection[int] | None, today: date, record: bool) -> None:
    """Derive the figures of these customers anew (None: of all). `record` also writes tier and stage history."""
