"""Sheets made ugly from a clean truth, by seed: every cell comes back right, or it is flagged."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

import pytest

from crmdesk.domain.money import to_money
from crmdesk.excel.cells import ReadContext, row_reader
from crmdesk.excel.columns import sheet_kind, understand_columns

TODAY = date(2026, 11, 22)
ROWS = 60
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴徐孙", "伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚"
PLACES = [
    ("浙江省", "杭州市", "西湖区"),
    ("江苏省", "徐州市", "鼓楼区"),
    ("广东省", "湛江市", "赤坎区"),
    ("上海市", "上海市", "浦东新区"),
]
HEADERS = {
    "name": ["客户名称", "姓名", "客 户 姓 名", "店名", "公司名称", "客户/公司全称", "往来单位"],
    "phone": ["手机", "手机号码", "联系电话", "电话(必填)", "联系方式", "Tel"],
    "region": ["地区", "省市区", "所属区域", "客户区域"],
    "last_order_on": ["最近购买日期", "末次购买日期", "上次拿货", "最近到店"],
    "order_total": ["累计消费", "累计金额（元）", "总消费", "年消费额"],
    "order_count": ["购买次数", "下单次数", "到店次数"],
    "intent": ["意向", "意向度", "意向评级"],
    "birthday": ["生日", "出生日期"],
}


def person(chance):
    return chance.choice(SURNAMES) + "".join(chance.choice(GIVEN) for _ in range(chance.choice([1, 2])))


def names(chance):
    name = chance.choice([person(chance), f"{person(chance)}超市", f"杭州{person(chance)}贸易有限公司"])
    return name, chance.choice([name, f" {name} ", f"{name}\u3000", f"{name}(老客户)", f"★{name}", f"{name}（已倒闭）"])


def phones(chance):
    mobile = f"1{chance.randint(3, 9)}{chance.randint(0, 10**9 - 1):09}"
    line = f"0571-8{chance.randint(0, 10**7 - 1):07}"
    spoken = f"{mobile[:3]}-{mobile[3:7]}-{mobile[7:]}"
    return chance.choice(
        [
            ([mobile], mobile),
            ([mobile], float(mobile)),
            ([mobile], spoken),
            ([mobile], spoken.replace("-", " ")),
            ([mobile], f"+86 {mobile}"),
            ([mobile, line], f"{mobile}/{line}"),
            ([line], line.replace("-", "")),
            ([f"{line}-801"], f"{line}转801"),
            ([mobile], f"{mobile}(老板)"),
            ([mobile], mobile[:10]),
            ([mobile], float(mobile[:10])),
            ([mobile], f"{float(mobile):.2E}"),
            ([], "无"),
        ]
    )


def regions(chance):
    province, city, district = chance.choice(PLACES)
    short = [part[:2] for part in (province, city)]
    if province == city:
        return (province, city, ""), chance.choice([province, short[0], "沪"])
    return chance.choice(
        [
            ((province, city, ""), f"{short[0]}{short[1]}"),
            ((province, city, district), f"{city}/{district}"),
            ((province, city, district), f"{province}{city}{district}"),
            ((province, city, district), f"{short[0]}-{short[1]}-{district}"),
            ((province, city, district), district if district != "鼓楼区" else f"{city}{district}"),
        ]
    )


def days(chance):
    day = date(2024, 1, 1) + timedelta(days=chance.randint(0, 364))
    forms = [
        "%Y-%m-%d",
        "%Y/%m/%d",
        "%Y.%m.%d",
        "%Y%m%d",
        "%Y年%m月%d日",
        "%y.%m.%d",
        "%m月%d日",
        "%Y-%m-%d %H:%M:%S",
        "%y%m%d",
    ]
    cell = chance.choice(
        [day, float((day - date(1899, 12, 30)).days), *(day.strftime(form) for form in forms), "2024-2-30", 0.0]
    )
    return day.isoformat(), cell


def amounts(chance):
    amount = chance.choice([chance.randint(1, 99_999), round(chance.random() * 9999, 2), chance.randint(1, 99) * 1000])
    forms = [
        amount,
        float(amount),
        f"{amount:,}",
        f"￥{amount}",
        f"{amount}元",
        f"约{amount}",
        f"{amount}-{amount * 2}",
        "#DIV/0!",
    ]
    if amount % 1000 == 0:
        forms += [f"{amount / 10_000:g}万", f"{amount / 10_000:g}w", f"{amount // 1000}k"]
    return to_money(amount), chance.choice(forms)


def counts(chance):
    count = chance.randint(1, 50)
    return count, chance.choice([count, float(count), f"{count}次", str(count), f"约{count}", "很多"])


def intents(chance):
    return chance.choice(
        [
            ("high", "高"),
            ("high", "强"),
            ("high", "★★★"),
            ("medium", "中"),
            ("low", "弱"),
            ("low", "低"),
            ("high", "看情况"),
        ]
    )


def birthdays(chance):
    day = date(1960, 1, 1) + timedelta(days=chance.randint(0, 15_000))
    yearless = f"--{day.month:02}-{day.day:02}"
    return chance.choice(
        [
            (day.isoformat(), day.isoformat()),
            (day.isoformat(), day.strftime("%Y年%m月%d日")),
            (yearless, f"{day.month}月{day.day}日"),
            ("--08-15", "农历八月十五"),
            (day.isoformat(), day.strftime("%Y%m%d")),
        ]
    )


MAKERS = {
    "name": names,
    "phone": phones,
    "region": regions,
    "last_order_on": days,
    "order_total": amounts,
    "order_count": counts,
    "intent": intents,
    "birthday": birthdays,
}


def found(field, values):
    if field == "phone":
        return [number for kind, number, _ in values.get("points", ()) if kind == "phone"]
    return values.get(field)


@pytest.mark.parametrize("seed", range(25))
def test_every_cell_is_right_or_flagged(seed):
    chance = random.Random(seed)
    fields = ["name", *chance.sample(list(MAKERS)[1:], 5)]
    chance.shuffle(fields)
    truth = [{field: MAKERS[field](chance) for field in fields} for _ in range(ROWS)]
    cells = [[row[field][1] for field in fields] for row in truth]
    columns = understand_columns([chance.choice(HEADERS[field]) for field in fields], cells, today=TODAY)
    assert [str(column.field) for column in columns] == fields
    assert sheet_kind(columns, cells) == "customers"
    read = row_reader(columns, ReadContext(TODAY))
    outcome: Counter[str] = Counter()
    for number, (row, raw) in enumerate(zip(truth, cells, strict=True), 2):
        got = read(number, raw)
        flagged = {issue[1] for issue in got.issues}
        for column in columns:
            field = str(column.field)
            right = (found(field, got.values) or None) == (row[field][0] or None)
            wrong = (
                "" if right or column.letter in flagged else f"{raw[column.index]!r} as {found(field, got.values)!r}"
            )
            assert not wrong
            outcome["right" if right else "flagged"] += 1
    assert outcome["right"] > 0.7 * outcome.total()
