"""Regions: province, city, district, each combination kept once."""

from __future__ import annotations

from sqlalchemy import select

from crmdesk.storage.database_step import Step
from crmdesk.storage.rows import insert
from crmdesk.storage.schema import regions


def ensure(step: Step, province: str, city: str, district: str) -> int | None:
    """The id of a region, made where it is new; None where nothing is known."""
    if not (province or city or district):
        return None
    found = step.connection.execute(
        select(regions.c.id).where(
            regions.c.province == province, regions.c.city == city, regions.c.district == district
        )
    ).scalar()
    return found if found is not None else insert(step, regions, province=province, city=city, district=district)
