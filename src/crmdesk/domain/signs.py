"""What the list shows and filters by beside tier and stage: what is expected, growth, discounts, what speaks against.

The columns stand in `figures`, so that a list of any length is sorted and narrowed by SQL alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from crmdesk.domain.fairness import halves, rising_weight
from crmdesk.domain.forecast_year import Ahead, about_money, past_of_buyers, year_ahead
from crmdesk.domain.indicators import Ground, discount, discount_trend
from crmdesk.domain.lifecycle import STAGES, Stages
from crmdesk.domain.money import MONEY_UNIT
from crmdesk.domain.purchases import Flags, Ints
from crmdesk.domain.stage import Stage
from crmdesk.domain.tier import Tiers
from crmdesk.domain.tier_cut_offs import CutOffs
from crmdesk.domain.unprofitable import REASONS, unprofitable

SHARE_UNIT: Final = 1000
_AHEAD: Final = ("low", "high", "money", "alive", "within", "soon_orders", "soon_money")
# What a customer's own rhythm says holds down what the model says of everybody: in percent, and in words.
_LOST_AT_MOST: Final = 29  # probably not
_DORMANT_AT_MOST: Final = 69  # hard to say
_Number = tuple[Ints, Flags]


@dataclass(frozen=True)
class Signs:
    """One entry per buyer. `numbers` are values and where they are known, `codes` names and each one's place in them.

    Both in the order of `FIGURE_COLUMNS`, from `year_low` to `blocked`.
    """

    numbers: tuple[_Number, ...]
    codes: tuple[tuple[tuple[str | None, ...], Ints], ...]


def signs_of(ground: Ground, stages: Stages, judged: Tiers, cut_offs: CutOffs | None) -> Signs:
    """The signs of the ground's buyers. Before the first run nothing is known of the shop, and little is told."""
    frozen = cut_offs or CutOffs()
    past = past_of_buyers(ground.buyers, ground.orders, ground.as_of) if frozen.habits else None
    ahead = year_ahead(frozen.habits, past) if past is not None else None
    weight = rising_weight(*halves(ground.orders, ground.buyers.ids, ground.as_of), frozen.usual_order)
    growth = np.ceil(weight * SHARE_UNIT).astype(np.int64)
    return Signs(
        (*_ahead(ground.buyers.ids, ahead, stages.stage), (growth, growth > 0), *_discounts(ground)),
        (
            ((None, *REASONS[1:]), unprofitable(ground, frozen.usual)),
            ((*judged.findings.codes, None), judged.blocked),
        ),
    )


def _ahead(ids: Ints, ahead: Ahead | None, stage: Ints) -> tuple[_Number, ...]:
    """What is expected, beside the buyers: of some of them no day is known, and nothing is foretold.

    The model knows no regular customers: to it a silence of five usual intervals may be chance. Who is lost by its own
    rhythm is therefore expected on no day, and nobody says of it that it probably comes again.
    """
    if ahead is None:
        nothing = np.zeros(len(ids), np.int64), np.zeros(len(ids), np.bool_)
        return (nothing,) * len(_AHEAD)
    place = np.searchsorted(ids, ahead.ids)
    known = np.zeros(len(ids), np.bool_)
    known[place] = True
    columns = []
    for name in _AHEAD:
        values = np.zeros(len(ids), np.int64)
        values[place] = getattr(ahead, name)
        columns.append((values, known))
    found = dict(zip(_AHEAD, columns, strict=True))
    lost, dormant = (stage == STAGES.index(one) for one in (Stage.LOST, Stage.DORMANT))
    alive, within = found["alive"][0], found["within"][0]
    most = np.where(lost, _LOST_AT_MOST, np.where(dormant, _DORMANT_AT_MOST, 100))
    held = np.minimum(alive, most)
    found["alive"] = (held, known)
    # What is expected of somebody is what it would buy if it comes again, times the chance that it does.
    part = np.divide(held, alive, out=np.ones(len(ids)), where=alive > 0)
    for name in ("high", "soon_orders"):
        found[name] = (np.rint(found[name][0] * part).astype(np.int64), known)
    for name in ("money", "soon_money"):
        found[name] = (about_money(found[name][0] * part / MONEY_UNIT), known)
    found["low"] = (np.where(held < alive, 0, found["low"][0]), known)  # that it stays away is no exception then
    # No purchase in sight is no number of days.
    found["within"] = (within, known & (within > 0) & ~lost)
    return tuple(found.values())


def _discounts(ground: Ground) -> tuple[_Number, _Number]:
    if ground.orders.discount is None:
        nothing = np.zeros(len(ground.buyers), np.int64), np.zeros(len(ground.buyers), np.bool_)
        return nothing, nothing
    share, trend = discount(ground), discount_trend(ground)
    first, second = (np.rint(one.values * SHARE_UNIT).astype(np.int64) for one in (share, trend))
    return (first, share.known), (second, trend.known)
