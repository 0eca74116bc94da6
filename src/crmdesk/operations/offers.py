"""优惠: keeping what was offered until when, and how often each offer brought somebody back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmdesk.domain.changes import Changes
from crmdesk.domain.offer import Offer, OfferRate, OfferState, judged, rates
from crmdesk.domain.phrase import Refused
from crmdesk.operations.offer_reminders import drop_reminders, settle_offers

if TYPE_CHECKING:
    from crmdesk.storage.database import Database

__all__ = ["change_offer", "delete_offer", "list_offers", "make_offer", "offer_rates", "offers_of"]


def offers_of(db: Database, customer_id: int) -> tuple[OfferState, ...]:
    """What a customer was offered, the newest first; offers of attempts to win it back are among them."""
    from crmdesk.storage import offers

    with db.raw_read() as raw:
        found = offers.offers(raw, [customer_id])
        bought = offers.bought_since(raw, [customer_id]) if found else {}
    return judged(found, bought, db.clock.today())


def list_offers(db: Database) -> tuple[OfferState, ...]:
    """Every offer, the newest first, with what came of it."""
    from crmdesk.storage import offers

    with db.raw_read() as raw:
        found = offers.offers(raw)
        bought = offers.bought_since(raw) if found else {}
    return judged(found, bought, db.clock.today())


def offer_rates(db: Database) -> tuple[OfferRate, ...]:
    """How often each offer brought somebody back within its time, the one that was made most often first."""
    return rates(list_offers(db))


def make_offer(db: Database, offer: Offer) -> Changes:
    """Keep an offer, with its reminder where its end is near. `new_id` names it.

    Raises Refused("no_such_customer"), ("offer_without_words"), ("offer_ends_before").
    """
    from crmdesk.storage import customers, offers, rows, schema

    _check(offer)
    with db.read() as connection:
        name = customers.name(connection, offer.customer_id)
    with db.write("make_offer", name=name) as step:
        step.made(rows.insert(step, schema.offers, customer_id=offer.customer_id, **offers.columns(offer)))
        settle_offers(step, [offer.customer_id], db.clock.today())
    return step.changes


def change_offer(db: Database, offer: Offer) -> Changes:
    """Write it over the one of its id; its reminder moves along. Raises Refused("no_such_offer")."""
    from crmdesk.storage import offers, rows, schema

    _check(offer)
    before, name = _get(db, offer.id)
    told = offers.columns(offer)
    if told == offers.columns(before):
        return Changes()
    with db.write("edit_offer", name=name) as step:
        drop_reminders(step, [before.follow_up_id])
        rows.update(step, schema.offers, offer.id, **told, asked_for=None, follow_up_id=None)
        settle_offers(step, [before.customer_id], db.clock.today())
    return step.changes


def delete_offer(db: Database, offer_id: int) -> Changes:
    """Delete it with its reminder. Raises Refused("no_such_offer")."""
    from crmdesk.storage import rows, schema

    before, name = _get(db, offer_id)
    with db.write("delete_offer", name=name) as step:
        drop_reminders(step, [before.follow_up_id])
        rows.delete(step, schema.offers, offer_id)
    return step.changes


def _check(offer: Offer) -> None:
    if not offer.text.strip():
        raise Refused("offer_without_words")
    if offer.until is not None and offer.until < offer.given_on:
        raise Refused("offer_ends_before")


def _get(db: Database, offer_id: int) -> tuple[Offer, str]:
    from crmdesk.storage import customers, offers

    with db.raw_read() as raw:
        found = offers.get(raw, offer_id)
    if found is None:
        raise Refused("no_such_offer")
    with db.read() as connection:
        return found, customers.name(connection, found.customer_id)
