"""What the value engine knows can be listed: who rises, waits, is expected, leaves little, is kept from being a key."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

import pytest

from crmdesk.domain.customer import Customer
from crmdesk.domain.interaction import Interaction
from crmdesk.domain.order import Order
from crmdesk.domain.query import Choice, CustomerQuery
from crmdesk.operations import customers, follow_ups, history, interactions, listing, orders, policies, tiers, views
from crmdesk.operations.fairness import fairness
from crmdesk.operations.forecast import forecast
from crmdesk.operations.passports import passport
from crmdesk.storage.database import Database
from crmdesk.storage.rows import insert_rows
from crmdesk.storage.tiers import start_run
from crmdesk.words.fairness import star_told
from crmdesk.words.passports import little_left

TODAY = date(2026, 11, 22)
YUAN = 10_000


@pytest.fixture
def shop(database: Database) -> dict[str, int]:
    """Two hundred customers with costs and discounts; 白忙 buys much at cost, 新星 buys more and nobody has called."""
    chance = random.Random(11)
    with database.write("import_sheets", file="test") as step:
        ids = list(step.new_ids(200))
        names = ["白忙", "新星", *(f"客户{number:03}" for number in range(198))]
        known = (TODAY - timedelta(days=400)).isoformat()
        people = ((key, name, known) for key, name in zip(ids, names, strict=True))
        insert_rows(step.raw, "customers", ("id", "name", "known_since"), people)
        bought: list[tuple[int, int, int, int]] = []  # customer, days ago, yuan, cost in percent
        bought += [(ids[0], ago, 900, 97) for ago in range(5, 300, 12)]
        bought += [(ids[1], ago, 15, 70) for ago in (200, 240, 300)] + [(ids[1], ago, 80, 70) for ago in (10, 40, 80)]
        for key in ids[2:]:
            ago, usual = chance.randrange(100, 380), chance.choice((10, 25, 60))
            while ago > 0 and chance.random() > 0.07:
                bought.append((key, ago, chance.randrange(20, 90), 70))
                ago -= max(1, round(chance.expovariate(1 / usual)))
        rows = [
            (new, key, (TODAY - timedelta(days=ago)).isoformat(), yuan * YUAN, yuan * YUAN * cost // 100, yuan * 300)
            for new, (key, ago, yuan, cost) in zip(step.new_ids(len(bought)), bought, strict=True)
        ]
        insert_rows(step.raw, "orders", ("id", "customer_id", "ordered_on", "amount", "cost", "discount"), rows)
        start_run(step.raw, TODAY)
    return dict(zip(names, ids, strict=True))


def listed(database: Database, **query) -> set[int]:
    return set(listing.customer_ids(database, CustomerQuery(**query)))


def test_who_buys_much_and_leaves_little_is_found(database, shop):
    assert listed(database, unprofitable=True) == {shop["白忙"]}
    ((_, why, margin),) = listing.customer_rows(database, [shop["白忙"]], ["unprofitable", "margin"])
    assert (why, margin) == ("margin", 0.03)


def test_the_passport_says_of_such_a_customer_what_is_wrong(database, shop):
    found = passport(database, shop["白忙"])
    assert found.unprofitable == "margin"
    assert little_left(found.unprofitable) == "量大不赚钱：毛利不到平常一半"
    assert passport(database, shop["新星"]).unprofitable is None


def test_the_list_and_the_analysis_know_the_same_rising_stars(database, shop):
    told = {star.customer_id for star in fairness(database).rising}
    rising = listed(database, rising=True)
    assert shop["新星"] in rising
    assert told <= rising
    assert len(told) == min(len(rising), 50)


def test_a_contact_takes_somebody_from_those_who_are_neglected(database, shop):
    waiting = set(fairness(database).floor_broken)
    assert listed(database, neglected=True) == waiting
    assert len(waiting) == 200
    one = shop["新星"]
    interactions.log_interaction(database, Interaction(one, datetime(2026, 11, 20)))
    assert listed(database, neglected=True) == waiting - {one}
    assert one not in listed(database, rising=True)
    history.undo(database)
    assert listed(database, neglected=True) == waiting


def test_who_keeps_no_tiers_sees_who_rises_all_the_same(database, shop):
    tiers.apply_policy(database, policies.ready_policy("no_tiers"))
    found = fairness(database)
    assert shop["新星"] in {star.customer_id for star in found.rising} & listed(database, rising=True)
    assert len(found.rising) == min(len(listed(database, rising=True)), 50)
    (told,) = (star_told(star) for star in found.rising if star.customer_id == shop["新星"])
    assert told.startswith("新星涨起来了却没人管：")


def test_who_is_no_longer_followed_is_neither_neglected_nor_rising(database, shop):
    follow_ups.stop_following(database, [shop["新星"]])
    assert shop["新星"] not in listed(database, neglected=True) | listed(database, rising=True)


def test_what_is_expected_is_what_the_forecast_says(database, shop):
    found = forecast(database)
    soon = {int(key): float(orders) for key, orders in zip(found.ids, found.outlooks[1].orders, strict=True)}
    shown = {key: value / 1000 for key, value in listing.customer_rows(database, sorted(soon), ["soon_orders"])}
    quiet = listed(database, stages=("lost", "dormant"))
    usual = soon.keys() - quiet
    assert {key: shown[key] for key in usual} == pytest.approx({key: soon[key] for key in usual}, abs=0.051)
    assert all(shown[key] <= soon[key] + 0.051 for key in quiet)
    ninety, thirty = listed(database, expected=("90",)), listed(database, expected=("30",))
    assert thirty < ninety
    assert listed(database, expected=("30", "90")) == ninety
    assert all(soon[key] > 0.5 for key in ninety)
    gone = listed(database, staying=("unlikely",))
    assert gone.isdisjoint(ninety)
    everybody = listed(database, staying=("likely", "unsure", "unlikely"))
    assert everybody == set(soon)


def test_nobody_who_is_lost_by_its_own_rhythm_is_said_to_come(database, shop):
    lost, dormant = listed(database, stages=("lost",)), listed(database, stages=("dormant",))
    assert lost
    assert dormant
    assert lost.isdisjoint(listed(database, expected=("90",)))
    assert (lost | dormant).isdisjoint(listed(database, staying=("likely",)))
    assert lost <= listed(database, staying=("unlikely",))
    found = forecast(database)
    alive = dict(zip(found.ids.tolist(), found.alive.tolist(), strict=True))
    soon = dict(zip(found.ids.tolist(), found.outlooks[1].orders.tolist(), strict=True))
    for key, expected in listing.customer_rows(database, sorted(lost), ["soon_orders"]):
        assert expected / 1000 <= soon[key] * min(1, 0.3 / alive[key]) + 0.051


def test_a_single_order_is_judged_as_everybody_is_judged_anew(database, shop):
    from crmdesk.domain.figures import FIGURE_COLUMNS
    from crmdesk.storage import figures

    asked = f"SELECT {', '.join(FIGURE_COLUMNS)} FROM figures ORDER BY customer_id"
    for name, discount in (("白忙", 900 * YUAN), ("新星", None), ("客户007", 0)):
        orders.add_order(database, Order(shop[name], TODAY, amount=300 * YUAN, cost=200 * YUAN, discount=discount))
    with database.write("again", undoable=False) as step:
        touched = step.raw.execute(asked).fetchall()
        figures.refresh(step.connection, None, TODAY, record=False)
        assert step.raw.execute(asked).fetchall() == touched


def test_by_which_exclusion_somebody_is_no_key_account_for_now(database, shop):
    fresh = customers.add_customer(database, Customer(name="新来的大户")).new_id
    assert fresh is not None
    for ago in (3, 9, 15):
        orders.add_order(database, Order(fresh, TODAY - timedelta(days=ago), amount=90_000 * YUAN))
    customers_blocked = {choice.value: choice.customers for choice in listing.filter_choices(database).blocked}
    assert fresh in listed(database, blocked=tuple(customers_blocked))
    for code, count in customers_blocked.items():
        assert len(listed(database, blocked=(str(code),))) == count
    assert listed(database, key_accounts=True).isdisjoint(listed(database, blocked=tuple(customers_blocked)))


def test_every_choice_lets_through_as_many_as_it_says(database, shop):
    choices = listing.filter_choices(database)
    assert choices.unprofitable == 1
    for field in ("quiet", "no_contact", "rising", "neglected", "unprofitable", "key_accounts"):
        assert len(listed(database, **{field: True})) == getattr(choices, field)
    for field in ("expected", "staying", "blocked", "confidences"):
        for choice in getattr(choices, field):
            assert len(listed(database, **{field: (choice.value,)})) == choice.customers > 0


def test_filters_of_several_kinds_all_apply_and_the_search_with_them(database, shop):
    assert listed(database, rising=True, neglected=True, search="新星") == {shop["新星"]}
    assert listed(database, unprofitable=True, search="新星") == set()
    assert listed(database, rising=True, expected=("90",), sort=(("soon_money", True),)) <= listed(
        database, rising=True
    )


def test_figures_that_are_asked_for_stand_last_and_nothing_shows_them_by_itself(database, shop):
    every = listing.list_columns(database, asked=True)
    asked = [column.key for column in every if column.asked]
    assert asked == [column.key for column in every[-len(asked) :]]
    assert {"soon_orders", "soon_money", "staying", "margin", "discount_share", "rhythm_ratio"} <= set(asked)
    assert "brought" not in asked
    assert not {column.key for column in listing.list_columns(database)} & set(asked)
    customers.edit_customer(database, shop["新星"], referred_by="白忙")
    assert "brought" in {column.key for column in listing.list_columns(database, asked=True)}
    rows = listing.customer_rows(database, [shop["白忙"], shop["新星"]], ["brought"])
    assert rows == [(shop["白忙"], 1), (shop["新星"], None)]


def test_how_many_times_the_usual_has_passed_is_counted_to_the_day_of_the_figures(database, shop):
    ids = listing.customer_ids(database, CustomerQuery(sort=(("rhythm_ratio", True),)), 5)
    rows = listing.customer_rows(database, ids, ["rhythm_ratio", "last_order_on", "rhythm_days"])
    for _, ratio, last, usual in rows:
        assert ratio == pytest.approx((TODAY - date.fromisoformat(str(last))).days / int(str(usual)), abs=0.051)
    assert [row[1] for row in rows] == sorted((row[1] for row in rows), reverse=True)


def test_a_saved_view_keeps_such_a_filter(database, shop):
    from crmdesk.domain.table_layout import TableLayout

    query = CustomerQuery(rising=True, staying=("likely",), sort=(("soon_money", True),))
    views.save_view(database, "涨", query, TableLayout().hiding("soon_money", hidden=False))
    (kept,) = views.saved_views(database)
    assert kept.query == query


def test_a_file_of_names_offers_none_of_it(database):
    customers.add_customer(database, Customer(name="老李"))
    choices = listing.filter_choices(database)
    assert (choices.expected, choices.staying, choices.blocked, choices.rising, choices.unprofitable) == (
        (),
        (),
        (),
        0,
        0,
    )
    assert choices.no_contact == 1
    assert [column for column in listing.list_columns(database, asked=True) if column.asked] == []
    assert Choice("prospect", 1) in choices.stages


def test_what_is_switched_on_goes_out_with_the_list_numbers_as_numbers(database, shop, tmp_path):
    import openpyxl

    from crmdesk.operations.exporting import export_customers
    from crmdesk.progress import Progress

    to = tmp_path / "客户.xlsx"
    columns = ["name", "soon_money", "margin", "staying", "unprofitable", "blocked"]
    assert export_customers(database, to, Progress(), [shop["白忙"], shop["新星"]], columns) == 2
    head, first, second = openpyxl.load_workbook(to).active.iter_rows(values_only=True)
    told = [dict(zip(head, row, strict=True)) for row in (first, second)]
    assert told[0]["毛利率"] == 0.03
    assert told[0]["为什么不赚钱"] == "毛利不到平常一半"
    assert told[0]["还会来吗"] == "多半会"
    assert isinstance(told[0]["往后 90 天大概"], int | float)
    assert not told[1]["为什么不赚钱"]


def test_the_levels_that_other_rules_give_go_out_with_the_list(database, shop, tmp_path):
    import openpyxl

    from crmdesk.operations import schemes
    from crmdesk.operations.exporting import export_customers
    from crmdesk.progress import Progress

    schemes.put_beside(database, ["rfm"])
    ids = list(listing.customer_ids(database, CustomerQuery()))
    expected = [level for _id, level in listing.customer_rows(database, ids, ["scheme:rfm"])]
    to = tmp_path / "客户.xlsx"
    export_customers(database, to, Progress(), ids)
    head, *rows = openpyxl.load_workbook(to).active.iter_rows(values_only=True)
    levels = [row[head.index("RFM（最近、频率、金额）")] or None for row in rows]
    assert levels == expected
    assert {"A", "B"} <= set(levels)
