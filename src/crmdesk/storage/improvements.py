"""What was put right, and the losses it is held against, on the raw driver."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from crmdesk.domain.improvement import Improvement
from crmdesk.domain.loss import LOSS

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

_KEPT: Final = "SELECT reason, begun_on, text, id FROM improvements ORDER BY begun_on DESC, id DESC"


def improvements(raw: Raw) -> tuple[Improvement, ...]:
    """All of them, the newest first."""
    rows = raw.execute(_KEPT).fetchall()
    return tuple(Improvement(reason, date.fromisoformat(day), text, number) for reason, day, text, number in rows)


def losses_noted(raw: Raw) -> list[tuple[str, date]]:
    """Reason and day of every loss that was noted."""
    rows = raw.execute("SELECT level, made_on FROM estimates WHERE kind = ?", (LOSS,)).fetchall()
    return [(reason, date.fromisoformat(day)) for reason, day in rows]
