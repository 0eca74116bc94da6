"""为什么不来了: the reason is kept where a customer is set lost or no longer followed, in one step with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from crmdesk.domain.changes import Changes
from crmdesk.domain.phrase import Refused
from crmdesk.domain.stage import Stage
from crmdesk.operations.naming import write_named
from crmdesk.storage.database import Database

__all__ = ["lose", "note_estimates", "once_bought"]


def lose(
    database: Database, customer_ids: Collection[int], reason: str, note: str = "", *, lock: bool, stop: bool
) -> Changes:
    """Note why customers left (a code of domain.loss.REASONS and one's own words), in one step with what it means.

    `lock` sets them lost by one's own word, whatever the rhythm says; `stop` stops following them. Raises
    Refused("no_such_loss") for another reason.
    """
    from crmdesk.domain.loss import LOSS, REASONS
    from crmdesk.storage import customers, follow_ups, rows, schema

    if reason not in REASONS:
        raise Refused("no_such_loss", value=reason)
    with database.read() as connection:
        names = customers.names(connection, customer_ids)
    if not names:
        return Changes()
    today = database.clock.today()
    with write_named(database, "note_loss", "note_loss_many", names) as step:
        for customer in names:
            rows.insert(
                step,
                schema.estimates,
                customer_id=customer,
                kind=LOSS,
                level=reason,
                reason=note.strip(),
                made_on=today.isoformat(),
            )
            if lock:
                customers.decide(step, customer, stage_lock=Stage.LOST.value, stage_lock_reason=note.strip())
        if stop:
            follow_ups.stop_following(step, list(names), today)
    return step.changes


def note_estimates(database: Database, kind: str, levels: Mapping[int, str]) -> Changes:
    """Note the potential or the needs (`kind`; high, medium, low) of several customers by id, in one step."""
    from crmdesk.storage import customers, rows, schema

    with database.read() as connection:
        names = customers.names(connection, levels)
    if not names:
        return Changes()
    today = database.clock.today().isoformat()
    with write_named(database, "estimate", "estimate_many", names) as step:
        for customer in names:
            values = {"kind": kind, "level": levels[customer], "made_on": today}
            rows.insert(step, schema.estimates, customer_id=customer, **values)
    return step.changes


def once_bought(database: Database, customer_ids: Collection[int]) -> tuple[int, ...]:
    """Those of the customers who ever bought: only they can be lost, and only of them the reason is asked."""
    from crmdesk.storage.purchases import limited

    sql = "SELECT customer_id FROM figures WHERE last_order_on IS NOT NULL {only}"
    with database.raw_read() as raw:
        found = {one for (one,) in raw.execute(*limited(sql, customer_ids)).fetchall()}
    return tuple(one for one in customer_ids if one in found)
