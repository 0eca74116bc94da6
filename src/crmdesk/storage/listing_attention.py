"""Who grows unnoticed and who waits too long for a contact, as conditions of the list; the rules are `domain.fairness`.

Both hang on the day that figures are as of: they are asked anew rather than kept, so that no night makes them wrong.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from crmdesk.domain.cadence import LOOKED_AFTER_DAYS, NO_TIER_DAYS, steps_of
from crmdesk.domain.query import CustomerQuery
from crmdesk.storage.policy import as_of_day, newest_policy

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

_FOLLOWED: Final = "c.stopped_on IS NULL"
_RISING: Final = "f.growth > 0 AND f.stage NOT IN ('dormant', 'lost') AND coalesce(f.last_contact_on, '') <= ?"
_BELOW_BEST: Final = " AND f.tier_rank BETWEEN 1 AND 98"
# Never contacted: the waiting began when the customer became known.
_WAITING_SINCE: Final = "max(coalesce(f.last_contact_on, ''), coalesce(c.known_since, ''))"
_COUNTED: Final = "SELECT {counts} FROM figures f JOIN customers c ON c.id = f.customer_id WHERE {followed}"


def unheeded(raw: Raw, query: CustomerQuery, today: date) -> tuple[list[str], list[Any]]:
    """The conditions of a query's `rising` and `neglected`, and their parameters."""
    told = [_rising(raw, today)] if query.rising else []
    told += [_neglected(raw, today)] if query.neglected else []
    return [_FOLLOWED, *(condition for condition, _ in told)], [value for _, values in told for value in values]


def counts(raw: Raw, today: date) -> tuple[int, int]:
    """How many rise unnoticed, and how many wait too long."""
    told = (_rising(raw, today), _neglected(raw, today))
    asked = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition, _ in told)
    rising, neglected = raw.execute(
        _COUNTED.format(counts=asked, followed=_FOLLOWED), [value for _, values in told for value in values]
    ).fetchone()
    return rising, neglected


def _rising(raw: Raw, today: date) -> tuple[str, list[Any]]:
    # Who keeps no tiers has no best level, and yet wants to know who grows.
    below = _BELOW_BEST if newest_policy(raw)[1].has_levels else ""
    return _RISING + below, [_before(raw, today, LOOKED_AFTER_DAYS)]


def _neglected(raw: Raw, today: date) -> tuple[str, list[Any]]:
    policy = newest_policy(raw)[1]
    floors = {"": NO_TIER_DAYS, **dict(zip(policy.levels, steps_of(policy.cadence, len(policy.levels)), strict=True))}
    # A level of the user's own that the rules do not know has no floor: the comparison with NULL lets nobody through.
    cases = " WHEN ? THEN ?" * len(floors)
    values = [value for level, days in floors.items() for value in (level, _before(raw, today, days))]
    return f"{_WAITING_SINCE} < CASE coalesce(f.tier, ''){cases} END", values


def _before(raw: Raw, today: date, days: int) -> str:
    return (as_of_day(raw, today) - timedelta(days=days)).isoformat()
