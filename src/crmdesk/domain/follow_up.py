"""What is due with a customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from crmdesk.domain.interaction import InteractionKind


class Origin(StrEnum):
    """Where a follow-up comes from."""

    BY_HAND = "by_hand"
    CADENCE = "cadence"
    WIN_BACK = "win_back"
    PROMISE = "promise"
    SHEET = "sheet"
    CONTRACT = "contract"
    SUPPLY = "supply"
    AFTER_SALE = "after_sale"
    PLAN = "plan"
    OFFER = "offer"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What is due: a day, perhaps a time, a reason and an origin. A promise is one that the customer was told of."""

    customer_id: int
    due_on: date
    due_at: time | None = None
    kind: str = InteractionKind.CALL
    summary: str = ""
    origin: str = Origin.BY_HAND
    promise: bool = False
    done_on: date | None = None
    id: int = 0
