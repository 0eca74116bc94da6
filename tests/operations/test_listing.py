"""The customer list."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, datetime

import pytest

from crmdesk.domain.customer import Contact, Customer, Point
from crmdesk.domain.follow_up import FollowUp
from crmdesk.domain.interaction import Interaction
from crmdesk.domain.order import Order
from crmdesk.domain.query import Choice, CustomerQuery
from crmdesk.i18n import language
from crmdesk.operations import customers, follow_ups, interactions, listing, orders
from crmdesk.storage.rows import insert
from crmdesk.storage.schema import imports
from crmdesk.words.labels import field_label

GUANGDONG = {"province": "广东", "city": "湛江"}


@pytest.fixture
def shops(database) -> dict[str, int]:
    """Four customers, two of them with purchases, one with next to nothing."""
    facts = [
        Customer(name="张三", **GUANGDONG, district="霞山", intent="high", tags=("熟客",)),
        Customer(name="阿强超市", province="广东", city="广州", intent="low", address="中山路"),
        Customer(name="Bob", points=(Point("phone", "13800138000"),), address="安宁路", notes="要发票"),
        Customer(code="KH9", tags=("熟客", "VIP"), extra={"车位": "有"}),
    ]
    made = {}
    for customer in facts:
        new_id = customers.add_customer(database, customer).new_id
        assert new_id is not None
        made[customer.name or customer.code] = new_id
    orders.add_order(database, Order(made["张三"], date(2026, 11, 1), amount=3_000_000))
    orders.add_order(database, Order(made["阿强超市"], date(2026, 10, 1), amount=5_000_000))
    for name, tier in (("阿强超市", "A"), ("张三", "B")):
        customers.set_tier(database, made[name], tier)
    follow_ups.add_follow_up(database, FollowUp(made["Bob"], date(2026, 12, 1)))
    interactions.log_interaction(database, Interaction(made["Bob"], datetime(2026, 11, 20), summary="问价格"))
    return made


def names(database, **query) -> list[str]:
    found = listing.customer_ids(database, CustomerQuery(**query))
    return [row[1] for row in listing.customer_rows(database, found, ["name"])]


def test_chinese_stands_by_pinyin_and_the_nameless_last_in_both_directions(database, shops):
    assert names(database) == ["阿强超市", "Bob", "张三", "KH9"]
    assert names(database, sort=(("name", True),)) == ["张三", "Bob", "阿强超市", "KH9"]


@pytest.mark.parametrize(
    ("key", "upwards", "downwards"),
    [
        ("last_order_on", ["阿强超市", "张三"], ["张三", "阿强超市"]),
        ("order_total", ["张三", "阿强超市"], ["阿强超市", "张三"]),
        ("next_follow_up_on", ["Bob"], ["Bob"]),
        ("intent", ["张三", "阿强超市"], ["阿强超市", "张三"]),
        ("address", ["Bob", "阿强超市"], ["阿强超市", "Bob"]),
        ("district", ["张三"], ["张三"]),
        ("phone", ["Bob"], ["Bob"]),
        ("extra:车位", ["KH9"], ["KH9"]),
        ("last_contact_on", ["Bob"], ["Bob"]),
        ("code", ["KH9"], ["KH9"]),
    ],
)
def test_empty_cells_come_last_whatever_the_direction(database, shops, key, upwards, downwards):
    for descending, filled in ((False, upwards), (True, downwards)):
        found = names(database, sort=((key, descending),))
        assert found[: len(filled)] == filled
        assert sorted(found) == sorted(["张三", "阿强超市", "Bob", "KH9"])


def test_several_keys_sort_one_within_the_other(database, shops):
    customers.add_customer(database, Customer(name="陈姐", province="广东", city="广州"))
    assert names(database, sort=(("city", False), ("name", True)))[:3] == ["陈姐", "阿强超市", "张三"]
    assert names(database, sort=(("last_order_on", True), ("name", False))) == [
        "张三",
        "阿强超市",
        "Bob",
        "陈姐",
        "KH9",
    ]
    assert names(database, sort=(("stage", True), ("order_total", True)))[-2:] == ["阿强超市", "张三"]


def test_a_hundred_thousand_codes_are_not_sorted_for_a_first_page(database, shops):
    asked: list[str] = []
    with database.raw_read() as raw:
        raw.set_trace_callback(asked.append)
        listing.customer_ids(database, CustomerQuery(sort=(("code", False),)), 50)
        raw.set_trace_callback(None)
        plans = [str(row[3]) for sql in asked for row in raw.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()]
    assert any("ix_customers_code" in plan for plan in plans)


def test_every_column_can_be_sorted_and_shown(database, shops):
    from crmdesk.storage.listing_columns import COLUMNS

    every = sorted(shops.values())
    for key in [*COLUMNS, "extra:车位", "extra:' OR 1 --"]:
        for descending in (False, True):
            for search in ("", "k"):
                query = CustomerQuery(search=search, sort=((key, descending), ("name", False)))
                found = listing.customer_ids(database, query)
                assert sorted(found) == (every if not search else [shops["KH9"]])
                assert list(listing.customer_ids(database, query, 2)) == list(found[:2])
    rows = listing.customer_rows(database, every, list(COLUMNS))
    assert [len(row) for row in rows] == [len(COLUMNS) + 1] * 4


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"tiers": ("",)}, ["Bob", "KH9"]),
        ({"tiers": ("A",)}, ["阿强超市"]),
        ({"intents": ("high", "low")}, ["阿强超市", "张三"]),
        ({"intents": ("",)}, ["Bob", "KH9"]),
        ({"regions": (("广东", "", ""),)}, ["阿强超市", "张三"]),
        ({"regions": (("广东", "湛江", "霞山"), ("广东", "广州", ""))}, ["阿强超市", "张三"]),
        ({"tags": ("熟客",)}, ["张三", "KH9"]),
        ({"tags": ("VIP", "熟客")}, ["张三", "KH9"]),
        ({"no_contact": True}, ["阿强超市", "张三", "KH9"]),
        ({"quiet": True}, []),
        ({"ids": ()}, []),
        ({"search": "价格"}, ["Bob"]),
        ({"search": "8000"}, ["Bob"]),
        ({"search": "zs"}, ["张三"]),
        ({"search": "zs", "tags": ("VIP",)}, []),
        ({"search": "！？"}, []),
        ({"search": "广东", "sort": (("order_total", True),)}, ["阿强超市", "张三"]),
        ({"tags": ("熟客",), "intents": ("high",), "regions": (("广东", "", ""),), "search": "三"}, ["张三"]),
    ],
)
def test_filters_let_through_what_they_say(database, shops, query, found):
    assert names(database, **query) == found


def test_given_ids_are_the_only_ones(database, shops):
    assert names(database, ids=(shops["Bob"], shops["KH9"], 7)) == ["Bob", "KH9"]


def test_the_first_page_is_the_head_of_the_whole(database, shops):
    for key in ("name", "order_total", "address", "code"):
        query = CustomerQuery(sort=((key, False),))
        every = listing.customer_ids(database, query)
        for limit in range(6):
            assert listing.customer_ids(database, query, limit) == every[:limit]


def test_rows_come_in_the_order_of_the_ids_and_without_the_deleted(database, shops):
    ids = [shops["Bob"], 5, shops["张三"]]
    columns = ["name", "tier", "stage", "phone", "region", "order_total", "extra:车位"]
    assert listing.customer_rows(database, ids, columns) == [
        (shops["Bob"], "Bob", None, "in_talks", "13800138000", None, None, None),
        (shops["张三"], "张三", "B", "new", None, "广东 湛江 霞山", 3_000_000, None),
    ]


def test_a_selection_is_counted_and_summed(database, shops):
    assert listing.selection_sum(database, list(shops.values())) == (4, 8_000_000)
    assert listing.selection_sum(database, [shops["Bob"]]) == (1, None)
    assert listing.customer_count(database) == 4


def test_one_can_filter_only_by_what_exists(database, shops):
    choices = listing.filter_choices(database)
    assert choices.tiers == (Choice("A", 1), Choice("B", 1), Choice("", 2))
    assert {choice.value: choice.customers for choice in choices.stages} == {"in_talks": 1, "prospect": 1, "new": 2}
    assert choices.intents == (Choice("high", 1), Choice("low", 1), Choice("", 2))
    assert choices.tags == (Choice("熟客", 2), Choice("VIP", 1))
    assert choices.regions == (
        Choice(("广东", "", ""), 2),
        Choice(("广东", "广州", ""), 1),
        Choice(("广东", "湛江", ""), 1),
        Choice(("广东", "湛江", "霞山"), 1),
    )


def test_one_filters_by_the_source_that_was_noted(database, shops):
    customers.edit_customer(database, shops["Bob"], source="展会")
    customers.edit_customer(database, shops["张三"], source="抖音")
    choices = listing.filter_choices(database).sources
    assert dict(choices) == {"": 2, "展会": 1, "抖音": 1}
    assert choices[0] == Choice("", 2)
    found = listing.customer_ids(database, CustomerQuery(sources=("展会", "抖音")))
    assert set(found) == {shops["Bob"], shops["张三"]}
    assert set(listing.customer_ids(database, CustomerQuery(sources=("",)))) == {shops["阿强超市"], shops["KH9"]}


def test_a_list_without_judgement_has_no_such_filter(database):
    customers.add_customer(database, Customer(name="老李"))
    choices = listing.filter_choices(database)
    assert (choices.tiers, choices.intents, choices.regions, choices.tags) == ((), (), (), ())


def keys(database) -> list[str]:
    return [column.key for column in listing.list_columns(database)]


def test_a_list_of_names_shows_no_empty_column(database):
    assert keys(database) == ["stage", "name", "completeness"]
    customers.add_customer(database, Customer(name="老李", intent="high", points=(Point("phone", "13800138000"),)))
    assert keys(database) == ["stage", "name", "phone", "intent", "completeness"]


def test_tier_stage_and_next_follow_up_stand_in_front(database, shops):
    columns = keys(database)
    assert columns[:4] == ["tier", "stage", "next_follow_up_on", "name"]
    assert {"phone", "intent", "region", "last_order_on", "order_total", "tags", "address", "extra:车位"} <= set(
        columns
    )
    assert not {"wechat", "birthday", "industry", "completeness", "contact_phone"} & set(columns)


def test_after_an_import_the_columns_are_theirs_in_their_order(database, shops):
    customers.edit_customer(database, shops["Bob"], contacts=(Contact("老王", points=(Point("phone", "139"),)),))
    layout = [
        ("extra:车位", "车位"),
        ("address", "送货地址"),
        ("name", "店名"),
        ("industry", "行业"),
        ("row_number", "序号"),
    ]
    with database.write("import_sheets", file="a.xlsx") as step:
        text = json.dumps([{"key": key, "header": header} for key, header in layout])
        insert(step, imports, at="2026-11-22T09:00:00", layout=text)
        orders_only = json.dumps([{"key": "code", "header": "客户ID"}, {"key": "address", "header": "地址"}])
        insert(step, imports, at="2026-11-22T09:01:00", layout=orders_only)
    columns = listing.list_columns(database)
    assert [(column.key, column.header, column.kind) for column in columns[:7]] == [
        ("tier", "", "tier"),
        ("stage", "", "stage"),
        ("next_follow_up_on", "", "ago"),
        ("extra:车位", "车位", "text"),
        ("address", "送货地址", "text"),
        ("name", "店名", "text"),
        ("code", "客户ID", "text"),
    ]
    assert {"contact_name", "contact_phone"} <= {column.key for column in columns[7:]}


def test_a_later_sheet_renames_no_column(database, shops):
    told = [[("name", "店名"), ("address", "地址")], [("name", "客户"), ("phone", "电话"), ("address", "住址")]]
    with database.write("import_sheets", file="a.xlsx") as step:
        for number, columns in enumerate(told):
            text = json.dumps([{"key": key, "header": header} for key, header in columns])
            insert(step, imports, at=f"2026-11-22T09:0{number}:00", layout=text)
    headers = {column.key: column.header for column in listing.list_columns(database)}
    assert (headers["name"], headers["address"], headers["phone"]) == ("店名", "地址", "电话")


def test_a_column_of_the_sheet_is_not_called_like_one_of_ours(database, shops):
    customers.edit_customer(database, shops["Bob"], tier_given="金卡")
    with database.write("import_sheets", file="a.xlsx") as step:
        insert(step, imports, at="2026-11-22T09:00:00", layout=json.dumps([{"key": "tier_given", "header": "等级"}]))
    with language("zh"):
        headers = {column.key: column.header or field_label(column.key) for column in listing.list_columns(database)}
    assert (headers["tier"], headers["tier_given"]) == ("等级", "表里的等级")


def test_the_box_puts_the_best_match_first(database):
    for name in ("小张三丰店", "张三丰", "张三", "钟山", "张山"):
        customers.add_customer(database, Customer(name=name, points=(Point("phone", "13800138000"),)))
    found = [match.name for match in listing.find_customers(database, "张三")]
    assert found == ["张三", "张三丰", "小张三丰店"]
    assert [match.name for match in listing.find_customers(database, "zs")][:4] == ["张三", "张山", "钟山", "张三丰"]
    assert [match.name for match in listing.find_customers(database, "zhangsan", 2)] == ["张三", "张三丰"]
    assert listing.find_customers(database, "8000", 1)[0].phone == "13800138000"
    assert listing.find_customers(database, " ") == []


def test_the_index_follows_every_change(database, shops):
    def found(text):
        return names(database, search=text)

    customers.edit_customer(database, shops["Bob"], name="李四", contacts=(Contact("王丽"),))
    assert (found("bob"), found("ls"), found("王丽")) == ([], ["李四"], ["李四"])
    database.undo()
    assert (found("bob"), found("ls")) == (["Bob"], [])
    customers.delete_customers(database, [shops["Bob"]])
    assert found("bob") == []
    database.undo()
    assert found("bob") == ["Bob"]


def test_the_list_loads_nothing_heavy(database):
    heavy = ["sqlalchemy", "numpy", "matplotlib", "openpyxl", "pypinyin", "PySide6"]
    code = (
        "import sys; import crmdesk.operations.listing, crmdesk.operations.customers, crmdesk.operations.follow_ups;"
        f"import crmdesk.operations.orders; print([name for name in {heavy} if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_confidence_is_a_column_and_a_filter(database, shops):
    assert "confidence" in [column.key for column in listing.list_columns(database)]
    [few] = listing.filter_choices(database).confidences
    assert few == Choice("few", 2)
    found = listing.customer_ids(database, CustomerQuery(confidences=("few",)))
    assert sorted(found) == sorted([shops["张三"], shops["阿强超市"]])
    assert list(listing.customer_ids(database, CustomerQuery(key_accounts=True))) == []
    assert CustomerQuery(key_accounts=True).filtered
