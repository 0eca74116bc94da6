"""What is measured on: files with many customers and orders, and workbooks with 15 columns; the same every time."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from crmdesk.clock import Clock
from crmdesk.operations.files import create_file
from crmdesk.operations.tiers import run_policy
from crmdesk.storage.rows import insert_rows

TODAY = date(2026, 11, 22)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
WORDS = "福满好邻旺角聚鑫万家惠民天天鸿运吉祥百味老街东升新城兴隆佳康乐顺发金桥绿园三江和顺丰收"
SHOPS = ("超市", "便利店", "饭店", "粮油店", "商贸有限公司")
ORDERS_EACH = 10


def shop_names(count: int) -> list[str]:
    """Names that look like shops, some of them twice, as in life."""
    chance = random.Random(1)
    return [f"{''.join(chance.choices(WORDS, k=3))}{chance.choice(SHOPS)}" for _shop in range(count)]


def big_file(path: Path, customers: int, orders_each: int = ORDERS_EACH) -> Path:
    """A file with so many customers, ten orders each, tiers and stages worked out."""
    chance = random.Random(2)
    clock = Clock(TODAY)
    database = create_file(path, clock)
    with database.write("import_sheets", file=path.name) as step:
        ids = list(step.new_ids(customers))
        rows = ((key, name, f"K{n:07}") for n, (key, name) in enumerate(zip(ids, shop_names(customers), strict=True)))
        insert_rows(step.raw, "customers", ("id", "name", "code"), rows)
        points = zip(step.new_ids(customers), ids, strict=True)
        phones = ((key, owner, "phone", f"1{chance.randrange(3 * 10**9, 10**10)}") for key, owner in points)
        insert_rows(step.raw, "contact_points", ("id", "customer_id", "kind", "value"), phones)
        insert_rows(
            step.raw, "orders", ("id", "customer_id", "ordered_on", "amount", "cost"), _orders(step, ids, orders_each)
        )
        run_policy(step, TODAY)
    database.close()
    return path


def _orders(step, ids, each):
    chance = random.Random(3)
    new_ids = iter(step.new_ids(len(ids) * each))
    for owner in ids:
        usual = chance.choice((9, 21, 35, 75, 330))
        day = TODAY - timedelta(days=chance.randrange(1, usual * 3))
        for _order in range(each):
            amount = int(chance.lognormvariate(6, 1) * 10_000)
            yield next(new_ids), owner, day.isoformat(), amount, amount * 3 // 4
            day -= timedelta(days=max(1, round(chance.gauss(usual, usual / 5))))


def big_workbook(path: Path, rows: int) -> Path:
    """A customer sheet of so many rows and 15 columns, as a till exports it."""
    from openpyxl import Workbook

    chance = random.Random(4)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("客户")
    sheet.append(
        [
            *("客户编号", "客户名称", "联系人", "手机", "微信号", "地区", "地址", "客户来源", "意向"),
            *("首次购买日期", "最近购买日期", "购买次数", "累计金额", "生日", "备注"),
        ]
    )
    for number, name in enumerate(shop_names(rows)):
        first = TODAY - timedelta(days=chance.randrange(400, 900))
        sheet.append(
            [
                f"K{number:07}",
                name,
                chance.choice(SURNAMES) + "先生",
                f"1{chance.randrange(3 * 10**9, 10**10)}",
                f"wx{number}",
                chance.choice(("江苏省徐州市鼓楼区", "浙江省杭州市西湖区", "上海市浦东新区")),
                f"解放路{chance.randrange(1, 900)}号",
                chance.choice(("转介绍", "扫街", "展会")),
                chance.choice(("高", "中", "低")),
                first,
                first + timedelta(days=chance.randrange(10, 390)),
                chance.randrange(1, 60),
                round(chance.lognormvariate(8, 1), 2),
                date(1970, 1, 1) + timedelta(days=chance.randrange(12_000)),
                f"第 {number} 行的备注",
            ]
        )
    book.save(path)
    return path
