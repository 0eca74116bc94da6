"""量大不赚钱: who buys much and leaves little of it, and why (V13). One rule for list, chart and command line.

Large is who stands in the fifth of the buyers who bring most money. Of a large one little is left where the margin is
below half of the shop's. Only where his costs are unknown the discount speaks: at least twice the shop's and five
points above it, or five points more in the newer half of his orders than in the older and above the shop's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from crmdesk.domain.indicators import Ground, discount, discount_trend, margin
from crmdesk.domain.insight import PARETO_FROM
from crmdesk.domain.purchases import Flags, Ints

# What is usual in the shop: the int money from which a buyer is large, its margin and its discount as shares (None:
# unknown); () where nothing can be told. Frozen with the limits of the tiers, so that one edit judges nobody else anew.
Usual = tuple[float, float | None, float | None] | tuple[()]

REASONS: Final = ("", "margin", "discount", "growing_discount")
_LARGE: Final = 0.2  # the share of the buyers who are called large
_THIN: Final = 0.5  # of the shop's margin
_TIMES: Final = 2.0  # the shop's discount
_POINTS: Final = 0.05


@dataclass(frozen=True, slots=True)
class UnprofitableRow:
    """A customer who buys much and leaves little: int money paid, and as shares its margin and discount where known."""

    customer_id: int
    name: str
    money: int
    reason: str
    margin: float | None
    discount: float | None


@dataclass(frozen=True)
class Unprofitables:
    """All of them, who pays most first."""

    rows: tuple[UnprofitableRow, ...]

    @property
    def money(self) -> int:
        """What they pay together, int money."""
        return sum(row.money for row in self.rows)


def find_usual(ground: Ground) -> Usual:
    """What is usual in the shop; () where buyers are too few to tell, or neither a cost nor a discount is known."""
    buyers = ground.buyers
    paid = buyers.money_known & (buyers.total > 0)
    if int(np.count_nonzero(paid)) < PARETO_FROM:
        return ()
    costed = paid & buyers.profit_known
    sold = int(buyers.total[costed].sum())
    own_margin = float(buyers.profit[costed].sum() / sold) if sold else None
    own_discount = _shop_discount(ground)
    if own_margin is None and own_discount is None:
        return ()
    best = np.sort(buyers.total[paid])[::-1]
    return float(best[max(int(len(best) * _LARGE), 1) - 1]), own_margin, own_discount


def unprofitable(ground: Ground, usual: Usual) -> Ints:
    """Per buyer the place of its reason in `REASONS`; 0 where nothing speaks against it, or too little is known."""
    found = np.zeros(len(ground.buyers), np.int64)
    if not usual:
        return found
    large_from, shop_margin, shop_discount = usual
    large = ground.buyers.money_known & (ground.buyers.total >= large_from)
    if shop_discount is not None and ground.orders.discount is not None:
        _mark_discounts(found, ground, shop_discount)
    own = margin(ground)
    # Where the costs are known they decide alone: a discount that still earns well is nobody's worry.
    found[own.known] = 0
    if shop_margin is not None:
        thin = own.known & (own.values < _THIN * max(shop_margin, 0.0))
        found[thin | (own.known & (own.values < 0))] = REASONS.index("margin")
    found[~large] = 0
    return found


def _shop_discount(ground: Ground) -> float | None:
    if ground.orders.discount is None:
        return None
    given, asked, known = ground.groups.discounts()
    whole = float(asked[known].sum())
    return float(given[known].sum()) / whole if whole else None


def _mark_discounts(found: Ints, ground: Ground, shop: float) -> None:
    share, trend = discount(ground), discount_trend(ground)
    grown: Flags = trend.known & (trend.values >= _POINTS) & (share.values > shop)
    found[grown] = REASONS.index("growing_discount")
    found[share.known & (share.values >= max(_TIMES * shop, shop + _POINTS))] = REASONS.index("discount")
