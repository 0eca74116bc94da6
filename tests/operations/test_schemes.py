"""Several schemes side by side: each a column of the list, right after every step."""

from __future__ import annotations

import random
from datetime import date, timedelta

import openpyxl
import pytest

from crmdesk.domain.order import Order
from crmdesk.domain.phrase import Refused
from crmdesk.domain.query import CustomerQuery
from crmdesk.operations import customers, history, listing, orders, policies, round_trip, schemes, tiers
from crmdesk.progress import Progress
from crmdesk.storage.database import Database

TODAY = date(2026, 11, 22)


@pytest.fixture
def shop(database: Database, fill) -> list[int]:
    chance = random.Random(5)
    return fill(
        database,
        [
            (f"客户{number}", "", [(chance.randrange(1, 500), chance.randrange(10, 900)) for _ in range(number % 7)])
            for number in range(60)
        ],
    )


def beside(database: Database, code: str) -> dict[int, str | None]:
    rows = listing.customer_rows(database, listing.customer_ids(database, CustomerQuery()), [f"scheme:{code}"])
    return {int(str(key)): tier for key, tier in rows}


def told(database: Database, code: str) -> dict[int, str | None]:
    """What `passport --others` says of everybody."""
    found = {}
    for customer in listing.customer_ids(database, CustomerQuery()):
        levels = {policy.ready: level for policy, level in policies.other_levels(database, customer)}
        found[customer] = levels[code]
    return found


def test_a_scheme_that_is_put_beside_is_a_column_with_the_levels_its_rules_give(database, shop):
    assert {scheme.code for scheme in schemes.offered_schemes(database)} >= {"rfm", "retail", "key_accounts"}
    schemes.put_beside(database, ["rfm", "retail"])
    columns = {column.key: column for column in listing.list_columns(database)}
    assert list(columns)[:3] == ["tier", "scheme:rfm", "scheme:retail"]
    assert columns["scheme:rfm"].header == "RFM（最近、频率、金额）"
    assert beside(database, "rfm") == told(database, "rfm")
    assert [scheme.code for scheme in schemes.offered_schemes(database) if scheme.beside] == ["rfm", "retail"]


def test_one_sorts_by_the_other_scheme_best_first_and_those_without_last(database, shop):
    schemes.put_beside(database, ["retail"])
    ids = listing.customer_ids(database, CustomerQuery(sort=(("scheme:retail", False),)))
    levels = [level for _, level in listing.customer_rows(database, ids, ["scheme:retail"])]
    place = {"VIP": 0, "老客": 1, "普通": 2, None: 3}
    assert [place[level] for level in levels] == sorted(place[level] for level in levels)


def test_a_step_judges_whom_it_touched_and_taking_it_back_gives_the_level_back(database, shop):
    schemes.put_beside(database, ["rfm"])
    before = beside(database, "rfm")
    newcomer = next(key for key, level in before.items() if level is None)
    for ago in (1, 5, 9, 14):
        orders.add_order(database, Order(newcomer, TODAY - timedelta(days=ago), amount=90_000_000))
    assert beside(database, "rfm")[newcomer] == "A"
    assert {key: level for key, level in beside(database, "rfm").items() if key != newcomer} == {
        key: level for key, level in before.items() if key != newcomer
    }
    for _ in range(4):
        history.undo(database)
    assert beside(database, "rfm") == before


def test_everybody_is_judged_anew_with_the_tiers(database, shop):
    schemes.put_beside(database, ["rfm"])
    for customer in shop[:6]:
        orders.add_order(database, Order(customer, TODAY, amount=500_000_000))
    tiers.recompute(database, "today")
    assert beside(database, "rfm") == told(database, "rfm")


def test_limits_found_over_a_handful_are_found_anew_with_those_of_the_tiers(database, fill):
    fill(database, [("第一家", "", [(10, 100)]), ("第二家", "", [(20, 900)])])
    schemes.put_beside(database, ["rfm"])
    for number in range(15):
        (customer,) = fill(database, [(f"新客{number}", "", [])])
        day = TODAY - timedelta(days=number * 9)
        orders.add_order(database, Order(customer, day, amount=(number + 1) * 1_000_000))
    assert beside(database, "rfm") == told(database, "rfm")


def test_what_no_longer_stands_beside_is_let_go(database, shop):
    schemes.put_beside(database, ["rfm"])
    schemes.put_beside(database, [])
    assert not any(column.key.startswith("scheme:") for column in listing.list_columns(database))
    assert set(beside(database, "rfm").values()) == {None}
    with pytest.raises(Refused, match="no_such_policy"):
        schemes.put_beside(database, ["moon"])


def test_a_deleted_customer_has_no_level_left(database, shop):
    schemes.put_beside(database, ["rfm"])
    customers.delete_customers(database, [shop[6]])
    assert shop[6] not in beside(database, "rfm")
    with database.raw_read() as raw:
        assert raw.execute("SELECT count(*) FROM scheme_tiers WHERE customer_id = ?", (shop[6],)).fetchone() == (0,)


def test_earlier_rules_of_ones_own_can_stand_beside_those_in_force(database, shop):
    before = dict(listing.customer_rows(database, listing.customer_ids(database, CustomerQuery()), ["tier"]))
    own = tiers.current_policy(database)
    tiers.apply_policy(database, policies.ready_policy("retail"))
    assert f"v{own.version}" in {scheme.code for scheme in schemes.offered_schemes(database)}
    schemes.put_beside(database, [f"v{own.version}"])
    assert beside(database, f"v{own.version}") == before


def test_a_workbook_for_editing_holds_no_empty_column_of_it(database, shop, tmp_path):
    schemes.put_beside(database, ["rfm"])
    to = tmp_path / "改.xlsx"
    round_trip.export_for_editing(database, to, Progress())
    sheet = openpyxl.load_workbook(to).worksheets[0]
    assert not [cell.value for cell in sheet[1] if "RFM" in str(cell.value)]
