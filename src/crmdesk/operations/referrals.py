"""介绍人: who brought a customer, and whom a customer brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmdesk.domain.referral import Brought, Referrals

if TYPE_CHECKING:
    from crmdesk.domain.changes import Changes
    from crmdesk.storage.database import Database

__all__ = ["Brought", "Referrals", "referrals_of", "set_referrer"]


def referrals_of(db: Database, customer_id: int) -> Referrals:
    """Who brought a customer and whom it brought; nothing of one that is gone."""
    from crmdesk.storage import referrals

    with db.raw_read() as raw:
        return referrals.of_customer(raw, customer_id)


def set_referrer(db: Database, customer_id: int, word: str, referrer_id: int | None = None) -> Changes:
    """Note who brought a customer: one that was picked, else by a word, which means the only one who is called so.

    Raises Refused("no_such_customer") for either of them.
    """
    from crmdesk.operations.customers import edit_customer
    from crmdesk.storage import customers

    if referrer_id is not None:
        with db.read() as connection:
            word = customers.name(connection, referrer_id)
    return edit_customer(db, customer_id, referred_by=word.strip(), referrer_id=referrer_id)
