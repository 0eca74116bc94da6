"""The search index: derived per customer as a step closes, for the touched ids or for all."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection


def refresh(connection: Connection, ids: Collection[int] | None) -> None:
    """Index the words of these customers anew (None: of all)."""
