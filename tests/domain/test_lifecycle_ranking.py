"""As a ranking of who will come again, rhythm and frequency are no worse than plain recency, on days held out."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date

import numpy as np
import pytest

from crmdesk.domain.lifecycle_ranking import likely
from crmdesk.domain.purchases import Floats, Ints, OrderColumns, Purchases, group_orders
from crmdesk.domain.rhythm import Prior, learn_prior


def bought(owner: Ints, day: Ints) -> Purchases:
    nothing = np.zeros(len(owner), np.int64)
    return group_orders(OrderColumns(owner, day, nothing + 10_000, nothing, nothing, nothing > 0))


def area(score: Floats, came: np.ndarray) -> float:
    """The area under the curve: how often who came stands before who did not; ties count half."""
    _, place, count = np.unique(score, return_inverse=True, return_counts=True)
    rank = (np.cumsum(count) - (count - 1) / 2)[place]
    yes = int(came.sum())
    return float((rank[came].sum() - yes * (yes + 1) / 2) / (yes * (len(came) - yes)))


def compared(owner: Ints, day: Ints, part: float, horizon: int) -> tuple[float, float]:
    """Rhythm and recency: known is the first part of the time, held out are the days after it."""
    cut = int(day.min() + (day.max() - day.min()) * part)
    buyers = bought(owner[day <= cut], day[day <= cut])
    came = np.isin(buyers.ids, owner[(day > cut) & (day <= cut + horizon)])
    rhythm = area(likely(buyers, learn_prior(buyers, cut), cut), came)
    return rhythm, area(buyers.last.astype(np.float64), came)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("horizon", [30, 90])
def test_on_made_up_customers_with_rhythms_of_their_own(seed: int, horizon: int) -> None:
    chance = np.random.default_rng(seed)
    owner, day = [], []
    for customer in range(800):
        usual = chance.choice([9, 21, 35, 75, 330])
        moment = chance.uniform(0, 400)
        while moment < 900:
            owner.append(customer)
            day.append(int(moment) + 739_000)
            if chance.random() < 0.07:
                break
            moment += max(usual * chance.lognormal(0, 0.35), 1)
    rhythm, recency = compared(np.array(owner), np.array(day), 0.65, horizon)
    assert rhythm > recency + 0.01


@pytest.mark.parametrize(("part", "horizon"), [(0.5, 30), (0.5, 90), (0.5, 180), (0.65, 90), (0.65, 180), (0.8, 90)])
def test_on_cdnow(shared_data, part: float, horizon: int) -> None:
    rows = np.loadtxt(shared_data / "purchases" / "CDNOW_master.txt", skiprows=1)
    text = [str(int(value)) for value in rows[:, 1]]
    day = np.array([date(int(one[:4]), int(one[4:6]), int(one[6:])).toordinal() for one in text])
    rhythm, recency = compared(rows[:, 0].astype(np.int64), day, part, horizon)
    assert rhythm >= recency


@pytest.fixture(scope="module")
def retail_rows() -> dict[str, tuple[Ints, Ints]]:
    return {}


@pytest.mark.parametrize(("part", "horizon"), [(0.5, 30), (0.5, 90), (0.65, 30), (0.65, 90), (0.8, 30)])
def test_on_online_retail(shared_data, retail_rows, part: float, horizon: int) -> None:
    if not retail_rows:
        found = set()
        with zipfile.ZipFile(shared_data / "purchases" / "online_retail_by_day.zip") as archive:
            for name in archive.namelist():
                for row in csv.DictReader(io.TextIOWrapper(archive.open(name), "utf-8")):
                    if row["CustomerID"] and not row["InvoiceNo"].startswith("C"):
                        on = date.fromisoformat(row["InvoiceDate"][:10]).toordinal()
                        found.add((int(float(row["CustomerID"])), on))
        columns = np.array(sorted(found), np.int64)
        retail_rows["all"] = columns[:, 0], columns[:, 1]
    rhythm, recency = compared(*retail_rows["all"], part, horizon)
    assert rhythm >= recency + 0.04


def test_a_regular_customer_long_overdue_falls_behind_one_in_time() -> None:
    days = np.array([740_000 + 30 * number for number in range(8)])
    owner = np.repeat([1, 2], 8)
    buyers = bought(owner, np.concatenate([days, days + 150]))
    due, late = likely(buyers, Prior(), 740_380)[::-1]
    assert due > 5 * late
