"""What it all adds up to: the values behind the analysis page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmdesk.domain.insight import Insight

if TYPE_CHECKING:
    from crmdesk.storage.database import Database

__all__ = ["Insight", "insight"]


def insight(db: Database) -> Insight:
    """Tiers, stages, months, the quiet ones, Pareto and RFM grid; without money what is known instead."""
    raise NotImplementedError
