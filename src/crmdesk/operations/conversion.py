"""来源 and 转化: what each source brought, how many get to the first order, and how long it usually takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmdesk.domain.conversion import Conversion, Underway

if TYPE_CHECKING:
    from crmdesk.domain.source_yield import SourceYield
    from crmdesk.storage.database import Database


def source_yield(db: Database) -> SourceYield | None:
    """What each source brought; None while too few are noted."""
    from crmdesk.domain.source_yield import source_yield as by_source
    from crmdesk.storage import conversion as kept

    with db.raw_read() as raw:
        return by_source(kept.came(raw))


def conversion(db: Database) -> Conversion | None:
    """The funnel and the usual way to the first order; None where there is none to be measured."""
    from crmdesk.domain.conversion import conversion as by_lead
    from crmdesk.storage import conversion as kept

    with db.raw_read() as raw:
        return by_lead(kept.leads(raw))


def underway(db: Database, customer_id: int) -> Underway | None:
    """How long a customer is being talked with; None where nobody spoke with it yet, or once it has bought."""
    from crmdesk.domain.conversion import pace
    from crmdesk.storage import conversion as kept

    with db.raw_read() as raw:
        lead = kept.lead(raw, customer_id)
        if lead is None or lead.bought or not lead.first_contact:
            return None
        usual = pace(kept.newest_won(raw))
    return Underway(max(db.clock.today().toordinal() - lead.first_contact, 0), lead.contacts, usual)
