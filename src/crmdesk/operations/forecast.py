"""预计: what the known customers will still order, tried out on the last months, refused where the data are too few."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from crmdesk.domain.phrase import Refused

if TYPE_CHECKING:
    from crmdesk.domain.forecast import Forecast, Unit
    from crmdesk.domain.forecast_buying import Model
    from crmdesk.storage.database import Database

__all__ = ["Forecast", "customer_codes", "forecast"]


def forecast(
    db: Database, *, until: date | None = None, unit: Unit = "day", model: Model = "mbg", anyway: bool = False
) -> Forecast:
    """Fit on the orders up to a day (None: the day the figures are as of) and look 30, 90 and 365 days ahead.

    Raises Refused: "forecast_few_customers", "forecast_few_returned" (not with `anyway`), and
    "forecast_nobody_returned", where there is nothing to fit.
    """
    from crmdesk.domain import forecast as rules
    from crmdesk.storage.forecast import read_past
    from crmdesk.storage.policy import as_of_day

    with db.raw_read() as raw:
        day = (until or as_of_day(raw, db.clock.today())).toordinal()
        orders, known = read_past(raw, day)
    # Nothing of the file is held open while the models are fitted.
    refused = rules.refusal(known)
    if refused is not None and not anyway:
        code, count, needed = refused
        raise Refused(code, count=count, needed=needed)
    if not known.returned:
        raise Refused("forecast_nobody_returned")
    return rules.forecast(known, day, unit, model, rules.try_out(orders, day, model))


def customer_codes(db: Database) -> dict[int, str]:
    """The user's own codes by customer id; "" where there is none."""
    from crmdesk.storage.forecast import codes

    with db.raw_read() as raw:
        return codes(raw)
