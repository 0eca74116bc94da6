"""Days on which the whole group bought nothing are nobody's silence, where the purchases show such days."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.lifecycle import STAGES, stages_of_buyers
from crmdesk.domain.lifecycle_calendar import quiet_between, quiet_days
from crmdesk.domain.purchases import OrderColumns, Purchases, group_orders
from crmdesk.domain.rhythm import learn_prior
from crmdesk.domain.stage import Stage

FIRST_DAY = date(2025, 1, 28).toordinal()  # 除夕
LAST_DAY = date(2025, 2, 11).toordinal()
START, END = date(2024, 1, 1).toordinal(), date(2025, 12, 31).toordinal()


def bought(owner: list[int], day: list[int]) -> Purchases:
    owners, days = np.array(owner, np.int64), np.array(day, np.int64)
    nothing = np.zeros(len(owners), np.int64)
    return group_orders(OrderColumns(owners, days, nothing + 10_000, nothing, nothing, nothing > 0))


def shop(seed: int, *, closed: bool, until: int = END, customers: int = 200, usual: float = 12) -> Purchases:
    """Customers who come about every `usual` days and, `closed`, not at 春节."""
    chance = np.random.default_rng(seed)
    owner, day = [], []
    for customer in range(1, customers + 1):
        moment = START + chance.uniform(0, usual)
        while moment <= until:
            if not (closed and FIRST_DAY <= int(moment) <= LAST_DAY):
                owner.append(customer)
                day.append(int(moment))
            moment += max(usual * chance.lognormal(0, 0.2), 1)
    return bought(owner, day)


def asleep(buyers: Purchases, as_of: int, *, calendar: bool = True) -> float:
    """The share of buyers who are quiet or lost on a day."""
    prior = learn_prior(buyers, as_of if calendar else None)
    if not calendar:
        prior = type(prior)(prior.usual, prior.between, prior.within, prior.customers)
    stage = stages_of_buyers(buyers, prior, as_of).stage
    return float(np.isin(stage, [STAGES.index(Stage.DORMANT), STAGES.index(Stage.LOST)]).mean())


def test_a_closed_fortnight_is_found_to_the_day() -> None:
    assert quiet_days(shop(1, closed=True)) == (FIRST_DAY, LAST_DAY)


def test_spring_festival_does_not_make_everyone_dormant() -> None:
    at_its_end = LAST_DAY
    buyers = shop(2, closed=True, until=at_its_end)
    assert asleep(buyers, at_its_end, calendar=False) > 0.5
    assert asleep(buyers, at_its_end) < 0.05


def test_who_stays_away_after_the_festival_is_quiet_all_the_same() -> None:
    open_again = shop(3, closed=True)
    late = LAST_DAY + 40
    gone = [customer for customer in open_again.ids.tolist() if customer <= 20]
    rows = [
        (customer, day)
        for customer, start, count in zip(open_again.ids, open_again.starts, open_again.day_count, strict=True)
        for day in open_again.days[start : start + count]
        if day <= late and not (customer in gone and day >= FIRST_DAY)
    ]
    buyers = bought([int(row[0]) for row in rows], [int(row[1]) for row in rows])
    found = stages_of_buyers(buyers, learn_prior(buyers, late), late).stage
    assert all(STAGES[stage] in (Stage.DORMANT, Stage.LOST) for stage in found[:20].tolist())


@pytest.mark.parametrize("seed", range(8))
def test_an_even_shop_has_no_quiet_days(seed: int) -> None:
    assert quiet_days(shop(seed, closed=False)) == ()


@pytest.mark.parametrize("seed", range(4))
def test_a_handful_of_purchases_shows_nothing(seed: int) -> None:
    assert quiet_days(shop(seed, closed=True, customers=25, usual=120)) == ()


def test_who_sells_on_mondays_only_is_not_closed_the_rest_of_the_week() -> None:
    days = [START + 7 * week for week in range(100)]
    owner = [customer for customer in range(1, 41) for _day in days]
    assert quiet_days(bought(owner, days * 40)) == ()


def test_a_shop_that_ended_long_ago_has_no_holiday() -> None:
    buyers = shop(5, closed=False)
    assert quiet_days(buyers, END + 400) == ()
    assert asleep(buyers, END + 400) == 1.0


def test_quiet_days_between_two_days_are_counted_once() -> None:
    quiet = (100, 109, 200, 204)
    after = np.array([0, 104, 109, 150, 199, 300])
    assert quiet_between(quiet, after, 202).tolist() == [13, 8, 3, 3, 3, -2]
    assert quiet_between((), after, 202).tolist() == [0] * 6


@given(
    st.lists(st.tuples(st.integers(1, 40), st.integers(1, 30)), max_size=6),
    st.integers(0, 300),
    st.integers(0, 300),
)
def test_counting_agrees_with_looking_at_each_day(gaps: list[tuple[int, int]], after: int, more: int) -> None:
    quiet: list[int] = []
    day = 0
    for gap, length in gaps:
        quiet += [day + gap, day + gap + length - 1]
        day = quiet[-1] + 1
    days = {one for first, last in zip(quiet[::2], quiet[1::2], strict=True) for one in range(first, last + 1)}
    expected = sum(after < one <= after + more for one in days)
    assert quiet_between(tuple(quiet), np.array([after]), after + more).tolist() == [expected]


def test_a_closed_christmas_is_found_in_a_real_shop(shared_data) -> None:
    import csv
    import io
    import zipfile

    found = set()
    with zipfile.ZipFile(shared_data / "purchases" / "online_retail_by_day.zip") as archive:
        for name in archive.namelist():
            if name >= "2011-06":  # half of it shows as much
                continue
            for row in csv.DictReader(io.TextIOWrapper(archive.open(name), "utf-8")):
                if row["CustomerID"] and not row["InvoiceNo"].startswith("C"):
                    found.add((int(float(row["CustomerID"])), date.fromisoformat(row["InvoiceDate"][:10]).toordinal()))
    owner, day = (list(column) for column in zip(*sorted(found), strict=True))
    told = [date.fromordinal(one).isoformat() for one in quiet_days(bought(owner, day))]
    assert told == ["2010-12-24", "2011-01-03"]
