"""Who began together, and how many of them still come."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from crmdesk.domain.cohort import cohorts
from crmdesk.domain.purchases import OrderColumns, Purchases, group_orders

TODAY = date(2026, 11, 22).toordinal()


def shop(*days: list[str]) -> Purchases:
    """Buyers with the ISO days they bought on."""
    rows = [(number, date.fromisoformat(day).toordinal()) for number, own in enumerate(days, 1) for day in own]
    owner, day = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    nothing = np.zeros(len(owner), np.int64)
    return group_orders(OrderColumns(owner, day, nothing + 10_000, nothing, nothing, nothing > 0))


def test_shares_of_each_month_after_the_first_order() -> None:
    spring = [["2026-07-03", "2026-08-01", "2026-10-09"]] * 6 + [["2026-07-30"]] * 4
    summer = [["2026-08-02", "2026-09-01"]] * 5 + [["2026-08-20", "2026-11-20"]] * 5
    found = cohorts(shop(*spring, *summer), TODAY)
    assert found is not None
    assert not found.quarters
    assert [(row.name, row.customers, row.shares) for row in found.rows] == [
        ("2026-07", 10, (0.6, 0.0, 0.6)),
        ("2026-08", 10, (0.5, 0.0)),
    ]
    assert found.share == pytest.approx(0.55)
    assert found.ids("2026-08,1") == (11, 12, 13, 14, 15)
    assert len(found.ids("2026-07,0")) == 10


def test_a_long_record_is_told_by_quarters() -> None:
    found = cohorts(shop(*[["2025-01-05", "2025-05-01"]] * 12, *[["2026-04-05"]] * 12), TODAY)
    assert found is not None
    assert found.quarters
    assert found.rows[-1].name == "2026-Q2"


def test_the_month_that_runs_is_left_out() -> None:
    found = cohorts(shop(*[["2026-08-02"]] * 10, *[["2026-09-02", "2026-11-02"]] * 10, *[["2026-11-02"]] * 9), TODAY)
    assert found is not None
    assert [row.name for row in found.rows] == ["2026-08", "2026-09"]
    assert found.rows[1].shares == (0.0,)


@pytest.mark.parametrize("count", [1, 9])
def test_a_handful_is_no_cohort(count: int) -> None:
    assert cohorts(shop(*[["2026-07-02"]] * count, *[["2026-08-02"]] * count), TODAY) is None
