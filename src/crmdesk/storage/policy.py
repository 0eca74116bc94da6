"""The tier policy in force and the day that figures are as of. On the way to the first page: numpy is not needed."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Final

from crmdesk.domain.tier_policy import TierPolicy

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

_STALE_DAYS: Final = 60  # an export older than this is judged as of its own last order


def newest_policy(raw: Raw) -> tuple[int, TierPolicy]:
    """The policy that tiers are judged by and its id; 0 and the built-in one in a file that keeps none yet."""
    kept = raw.execute("SELECT id, definition FROM tier_policies ORDER BY version DESC, id DESC LIMIT 1").fetchone()
    return (kept[0], TierPolicy.from_json(kept[1])) if kept else (0, TierPolicy())


def as_of_mode(raw: Raw) -> str:
    """What the file says the figures are as of: auto, today, last-order, or an ISO day."""
    kept = raw.execute("SELECT value FROM settings WHERE name = 'as_of'").fetchone()
    return str(json.loads(kept[0])) if kept else "auto"


def resolve_as_of(mode: str, today: date, last_order: date | None) -> date:
    """The day that figures are as of. Raises ValueError for a mode that is no day."""
    if mode == "today":
        return today
    if mode not in ("auto", "last-order"):
        return date.fromisoformat(mode)
    last = min(last_order or today, today)
    return last if mode == "last-order" or (today - last).days > _STALE_DAYS else today


def last_order_day(raw: Raw, without: str = "[]") -> date | None:
    """The newest day on which anybody bought, as the figures know it, leaving out the customers of a JSON list."""
    found = raw.execute(
        "SELECT last_order_on FROM figures WHERE last_order_on IS NOT NULL"
        " AND customer_id NOT IN (SELECT value FROM json_each(?)) ORDER BY last_order_on DESC LIMIT 1",
        (without,),
    ).fetchone()
    return date.fromisoformat(found[0]) if found else None


def as_of_day(raw: Raw, today: date) -> date:
    """The day that the figures in the file are as of."""
    return resolve_as_of(as_of_mode(raw), today, last_order_day(raw))


def kept_policies(raw: Raw) -> list[tuple[TierPolicy, str]]:
    """Every version of the rules with the ISO day it was made on, the newest first."""
    rows = raw.execute("SELECT definition, made_on FROM tier_policies ORDER BY version DESC, id DESC").fetchall()
    return [(TierPolicy.from_json(text), made_on) for text, made_on in rows]
