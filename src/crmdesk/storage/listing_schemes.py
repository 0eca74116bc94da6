"""Other rules beside those in force (G10): the level each gives everybody, kept as a column of the list.

Found as `domain.policy_preview.try_out` does. A step judges whom it touched by the limits that were frozen with those
of the tiers; where these were found anew, so are the others.
"""

# ruff: noqa: S608 - our own tables

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from crmdesk.domain.tier_policy import TierPolicy
from crmdesk.storage.batches import IN_LIST, text_list
from crmdesk.storage.listing_columns import SCHEMES
from crmdesk.storage.tiers import policy_in_force

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

_TABLES: Final = ("scheme_limits", "scheme_tiers")
_IDS: Final = "SELECT id FROM customers WHERE 1 {only} ORDER BY id"


class BesideScheme(NamedTuple):
    """Rules whose levels stand beside the tiers: `code` names the column."""

    code: str
    policy: TierPolicy


def kept(raw: Raw) -> list[BesideScheme]:
    """The schemes that stand beside, in the order in which they were chosen."""
    row = raw.execute("SELECT value FROM settings WHERE name = ?", (SCHEMES,)).fetchone()
    told = json.loads(row[0]) if row else []
    return [BesideScheme(one["code"], TierPolicy.from_json(one["policy"])) for one in told]


def plain(schemes: Collection[BesideScheme]) -> list[dict[str, str]]:
    """The schemes as the setting holds them."""
    return [{"code": one.code, "policy": one.policy.to_json()} for one in schemes]


def refresh(raw: Raw, ids: Collection[int] | None, today: date) -> None:
    """Judge these customers (None: everybody, by limits found anew) by every scheme that stands beside."""
    for scheme in kept(raw):
        frozen_with = (scheme.code, policy_in_force(raw).run_id)
        limits = raw.execute(
            "SELECT cut_offs FROM scheme_limits WHERE scheme = ? AND policy_run_id = ?", frozen_with
        ).fetchone()
        if ids is None or limits is None:
            _judge(raw, scheme, None, None, today)
        elif ids:
            _judge(raw, scheme, limits[0], ids, today)


def forget_others(raw: Raw) -> None:
    """Let go of what was worked out by schemes that no longer stand beside."""
    codes = text_list([one.code for one in kept(raw)])
    for table in _TABLES:
        raw.execute(f"DELETE FROM {table} WHERE scheme NOT {IN_LIST}", (codes,))


def _judge(raw: Raw, scheme: BesideScheme, limits: str | None, ids: Collection[int] | None, today: date) -> None:
    import numpy as np

    from crmdesk.domain.policy_preview import try_out
    from crmdesk.domain.tier_cut_offs import CutOffs
    from crmdesk.storage.policy import as_of_day
    from crmdesk.storage.purchases import limited, read_given, read_orders, with_discounts
    from crmdesk.storage.tier_facts import read_facts

    policy = scheme.policy
    everybody = [one for (one,) in raw.execute(*limited(_IDS, ids, "id")).fetchall()]
    frozen = CutOffs.from_json(limits) if limits is not None else None
    found = try_out(
        policy,
        with_discounts(raw, ids, read_orders(raw, ids)),
        read_given(raw, ids),
        read_facts(raw, ids, policy),
        np.array(everybody, np.int64),
        as_of_day(raw, today).toordinal(),
        today.toordinal(),
        frozen,
    )
    sql, parameters = limited("DELETE FROM scheme_tiers WHERE scheme = ? {only}", ids)
    raw.execute(sql, (scheme.code, *parameters))
    ranked = zip(everybody, found.rank.tolist(), strict=True)
    rows = ((scheme.code, customer, policy.levels[rank], rank) for customer, rank in ranked if rank >= 0)
    raw.executemany("INSERT INTO scheme_tiers VALUES (?, ?, ?, ?)", rows)
    if frozen is None:
        values = (scheme.code, policy_in_force(raw).run_id, found.cut_offs.to_json())
        raw.execute("INSERT OR REPLACE INTO scheme_limits VALUES (?, ?, ?)", values)
