"""量大不赚钱: the values behind its chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crmdesk.domain.unprofitable import Unprofitables
    from crmdesk.storage.database import Database


def unprofitable(db: Database) -> Unprofitables | None:
    """Who buys much and leaves little; None where nobody does, or no cost and no discount is known to tell by."""
    from crmdesk.domain.unprofitable import Unprofitables
    from crmdesk.storage.unprofitable import unprofitable_rows

    with db.raw_read() as raw:
        rows = unprofitable_rows(raw)
    return Unprofitables(rows) if rows else None
