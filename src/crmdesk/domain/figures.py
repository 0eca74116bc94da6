"""What is derived about one customer: the typed values of a row of `figures`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from crmdesk.domain.phrase import Phrase
from crmdesk.domain.stage import Stage

NO_TIER_RANK: Final = 99

FIGURE_COLUMNS: Final = (
    "customer_id",
    "name_pinyin",
    "tier",
    "tier_rank",
    "tier_reason",
    "stage",
    "stage_reason",
    "confidence",
    "first_order_on",
    "last_order_on",
    "order_count",
    "purchase_days",
    "order_total",
    "profit",
    "window_count",
    "window_total",
    "rhythm_days",
    "year_low",
    "year_high",
    "year_money",
    "alive",
    "within",
    "soon_orders",
    "soon_money",
    "growth",
    "discount_share",
    "discount_trend",
    "unprofitable",
    "blocked",
    "last_contact_on",
    "contact_count",
    "next_follow_up_on",
    "completeness",
    "key_account",
)


@dataclass(frozen=True, slots=True)
class Figures:
    """A customer's derived figures. None is unknown, not zero; money is int; `confidence` high, fair, few or "".

    `year_low` to `year_high` purchases are expected within a year, and `year_money` with them; `alive` is the chance of
    coming again in percent, held down by the own rhythm, `within` the days in which a purchase is likelier than none,
    `soon_orders` (int 1/1,000) and `soon_money` what 90 days bring. `growth` says how promising the last half year was
    (`fairness`), discounts are 1/1,000 of what was asked, `unprofitable` and `blocked` codes of `unprofitable.REASONS`
    and of an exclusion.
    """

    customer_id: int
    name_pinyin: str
    tier: str | None
    tier_rank: int
    tier_reason: Phrase
    stage: str
    stage_reason: Phrase
    confidence: str = ""
    first_order_on: date | None = None
    last_order_on: date | None = None
    order_count: int | None = None
    purchase_days: int | None = None
    order_total: int | None = None
    profit: int | None = None
    window_count: int | None = None
    window_total: int | None = None
    rhythm_days: int | None = None
    year_low: int | None = None
    year_high: int | None = None
    year_money: int | None = None
    alive: int | None = None
    within: int | None = None
    soon_orders: int | None = None
    soon_money: int | None = None
    growth: int | None = None
    discount_share: int | None = None
    discount_trend: int | None = None
    unprofitable: str | None = None
    blocked: str | None = None
    last_contact_on: date | None = None
    contact_count: int = 0
    next_follow_up_on: date | None = None
    completeness: int = 0
    key_account: bool = False

    @classmethod
    def from_row(cls, row: Sequence[Any]) -> Figures:
        """The figures of a row that was read in the order of `FIGURE_COLUMNS`."""
        values: dict[str, Any] = dict(zip(FIGURE_COLUMNS, row, strict=True))
        for name in ("first_order_on", "last_order_on", "last_contact_on", "next_follow_up_on"):
            values[name] = date.fromisoformat(values[name][:10]) if values[name] else None
        for name in ("tier_reason", "stage_reason"):
            values[name] = Phrase.from_json(values[name]) if values[name] else Phrase("reason_not_computed")
        values["key_account"] = bool(values["key_account"])
        return cls(**values)


def unknown_figures(customer_id: int) -> Figures:
    """The figures of a customer of whom nothing has been derived yet."""
    waiting = Phrase("reason_not_computed")
    return Figures(customer_id, "", None, NO_TIER_RANK, waiting, Stage.PROSPECT, waiting)
