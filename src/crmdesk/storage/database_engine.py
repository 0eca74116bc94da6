"""SQLAlchemy over a connection that Database owns. Imported at the first use, for it is too heavy for the start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2 as driver

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw


class _Lent:
    """The driver's connection as SQLAlchemy gets it: transactions begin and end in Database alone."""

    def __init__(self, raw: Raw) -> None:
        self._raw = raw

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the driver's connection has
        return getattr(self._raw, name)

    def commit(self) -> None:
        """Left to Database."""

    def rollback(self) -> None:
        """Left to Database."""

    def close(self) -> None:
        """Left to Database."""


def engine_over(raw: Raw) -> Engine:
    """An engine whose only connection is `raw`."""
    lent = _Lent(raw)
    return create_engine("sqlite://", module=driver, creator=lambda: lent, poolclass=StaticPool)
