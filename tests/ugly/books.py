"""Books of one kind, as shops keep them: chats, parcel labels, a household, a ledger of the moon, printed pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from crmdesk.domain.money import to_money
from ugly import faults, rare
from ugly.dressing import Table, dress
from ugly.faults import Chance, Names, cell, often
from ugly.model import BLANK, MERGING, WORKBOOKS, Book, Cell, Line, MadeSheet
from ugly.people import crowd, style

Maker = Callable[[Chance, int, str], Book]
TRADITIONAL = {
    "客户名称": "客戶名稱",
    "电话": "電話",
    "地区": "地區",
    "等级": "等級",
    "最近购买": "最近購買",
    "累计消费": "累計消費",
    "备注": "備註",
}
OLD_PLACES = {
    "廣東省東莞市": ("广东省", "东莞市", ""),
    "福建廈門": ("福建省", "厦门市", ""),
    "臺北市": None,
    "上海": ("上海市", "上海市", ""),
}


def _dressed(chance: Chance, table: Table, fmt: str, name: str = "Sheet1") -> MadeSheet:
    return dress(chance, table, name, merges=fmt in MERGING, hides=fmt in WORKBOOKS)


def _lost_tail(chance: Chance) -> str:
    return chance.choice(["要两箱", "大码M号", "送到门口", "不要发票"])


def chats(chance: Chance, seed: int, fmt: str) -> Book:
    """Lists from a chat: counted or not, a cell tells all of somebody."""
    people = crowd(chance, Names(chance), 16)
    header = chance.choice(["", "群成员(共16人)", "周一要货的："])
    counted = often(chance, 0.6)
    lines = [Line("header", [Cell(header)])] if header else []
    for number, who in enumerate(people, 1):
        phone, tail = faults.mobile(chance), _lost_tail(chance)
        shown = chance.choice([phone, f"{phone[:3]} {phone[3:7]} {phone[7:]}"])
        front = f"{number}{chance.choice(['、', '.'])}" if counted else ""
        text = f"{front}{who.name}{chance.choice([' ', '，'])}{shown} {tail}"
        lines.append(Line("data", [Cell(text, (("name", who.name), ("phone", [phone]), ("note", tail)))]))
    return Book("chats", seed, [MadeSheet("Sheet1", lines)], len(people))


def parcels(chance: Chance, seed: int, fmt: str) -> Book:
    """Labels of parcels: name, number and address in one cell beside the goods."""
    names = Names(chance)
    rows = []
    for number in range(14):
        who, phone = names.person(), faults.mobile(chance)
        place = chance.choice([one for one in faults.PLACES if one[0] != one[1]])
        street = f"{place[0]}{place[1]}{place[2]}文三路{chance.randint(1, 300)}号"
        sign = chance.choice(["，", " "])
        label = Cell(
            sign.join([who, phone, street]), (("name", who), ("phone", [phone]), ("region", place), ("address", street))
        )
        good = chance.choice(["茶叶2盒", "杯子"])
        rows.append([cell(number + 1, "number", str(number + 1)), label, cell(good, "product", good)])
    table = Table(["单号", "收件信息", "寄件物品"], rows, plain=True)
    return Book("parcels", seed, [_dressed(chance, table, fmt)], 14, 14)


def moon(chance: Chance, seed: int, fmt: str) -> Book:
    """A ledger kept by the lunar calendar: schools buy, teachers sign."""
    names = Names(chance)
    schools = [f"{names.person()}小学" for _ in range(6)]
    teachers = {school: f"{faults.person(chance)[0]}老师" for school in schools}
    rows = []
    for number in range(18):
        school, price = schools[number % 6], chance.choice([1.2, 8, 2.5])
        rows.append(
            [
                rare.lunar_day_cell(chance, "ordered_on", 2025),
                cell(school, "name", school),
                cell(teachers[school], "contact", teachers[school]),
                cell("作业本", "product", "作业本"),
                rare.quantity_cell(chance),
                rare.price_cell(chance, price),
                faults.amount_cell(chance, "amount", faults.amount_of(chance), 0.2),
            ]
        )
    headers = [chance.choice(["农历日期", "日期(农历)"]), "学校", "经手老师", "货品", "数量", "单价(元/斤)", "金额"]
    table = Table(headers, rows, summed=[6], label_at=1, title="文具店往来账2025年")
    return Book("moon", seed, [_dressed(chance, table, fmt)], len(schools), len(rows))


def spoken(chance: Chance, seed: int, fmt: str) -> Book:
    """Headers as one says them: who had what, how much is owed."""
    people = crowd(chance, Names(chance), 6)
    rows = []
    for number in range(18):
        who, day = people[number % 6], date(2026, 1, 5) + timedelta(days=number * 9 + chance.randint(0, 8))
        shown = chance.choice([day.isoformat(), f"{day.month}.{day.day}", f"{day.month}月{day.day}"])
        if shown.endswith((".10", ".20", ".30")):
            shown = day.isoformat()
        eaten = chance.choice(["2碗大碗+1蛋", "盒饭15份", "外卖"])
        rows.append(
            [
                cell(shown, "ordered_on", day.isoformat()),
                cell(who.name, "name", who.name),
                cell(eaten, "product", eaten),
                faults.amount_cell(chance, "amount", faults.amount_of(chance), 0.3),
                cell("还了", "extra:还了没", "还了"),
            ]
        )
    headers = ["日子", chance.choice(["谁", "欠款人"]), "吃了啥", chance.choice(["欠多少", "多少钱"]), "还了没"]
    table = Table(headers, rows, summed=[3], label_at=1, title="欠账本2026年")
    return Book("spoken", seed, [_dressed(chance, table, fmt)], len(people), len(rows))


def doctors(chance: Chance, seed: int, fmt: str) -> Book:
    """A rep's visits: several doctors of a hospital in one cell, each with a title."""
    names = Names(chance)
    hospitals = [f"{names.person()}医院" for _ in range(6)]
    rows = []
    for number in range(16):
        people, titles = rare.people_cell(chance, chance.choice([1, 1, 2]))
        day = date(2026, 1, 5) + timedelta(days=number * 7)
        text = chance.choice(["送样品", "科会", "没见到"])
        hospital = hospitals[number % 6]
        visit = [cell(day, "talk_day", day.isoformat()), cell(hospital, "name", hospital)]
        rows.append([*visit, people, titles, cell(text, "talk", (day.isoformat(), text))])
    table = Table(["拜访日期", "医院", "医生", "职称", "拜访内容"], rows, label_at=1)
    return Book("doctors", seed, [_dressed(chance, table, fmt)], len(hospitals), interactions=len(rows))


def pages(chance: Chance, seed: int, fmt: str) -> Book:
    """A list as a program prints it: titles and header again on every page, a sum below each and below all."""
    people = crowd(chance, Names(chance), 5)
    lines: list[Line] = []
    head = ["行号", "单据日期", "单据编号", "客户名称", "数量", "含税金额", "业务员"]
    count = 0
    for page in range(3):
        lines.append(Line("title", [Cell("销售出库单列表"), *[BLANK] * 6]))
        lines.append(
            Line("title", [Cell("打印日期：2026-11-20"), *[BLANK] * 4, Cell(f"第 {page + 1} 页"), Cell("共 3 页")])
        )
        lines.append(Line("header" if not page else "repeated", [Cell(text) for text in head]))
        for _ in range(12 if page < 2 else 5):
            count += 1
            who, day = people[count % 5], date(2026, 9, 1) + timedelta(days=count)
            number, amount = f"CK-{count:05}", round(100 + count * 3.5, 2)
            lines.append(
                Line(
                    "data",
                    [
                        Cell(count),
                        cell(day, "ordered_on", day.isoformat()),
                        cell(number, "number", number),
                        cell(who.name, "name", who.name),
                        cell(count % 7 + 1, "quantity", (count % 7 + 1) * 1000),
                        cell(amount, "amount", to_money(amount)),
                        cell("张磊", "owner", "张磊"),
                    ],
                )
            )
        lines.append(Line("total", [BLANK, Cell("本页小计"), BLANK, BLANK, Cell(60.0), Cell(8000.5), BLANK]))
    lines.append(Line("total", [BLANK, Cell("总计"), BLANK, BLANK, Cell(180.0), Cell(24000.5), BLANK]))
    lines.append(Line("note", [Cell("制单：admin"), *[BLANK] * 6]))
    return Book("pages", seed, [MadeSheet("Sheet1", lines)], len(people), count)


def titled(chance: Chance, seed: int, fmt: str) -> Book:
    """单位：万元 above the table goes for every amount of it; provinces merged, sums on top."""
    people = crowd(chance, Names(chance), 14)
    rows = []
    for who in people:
        tens = round(chance.random() * 300 + 0.5, 2)
        rows.append(
            [
                cell(who.name, "name", who.name),
                faults.phone_cell(chance, 0.1),
                cell(chance.choice([tens, f"{tens}"]), "order_total", to_money(tens * 10_000)),
                faults.tier_cell(chance, ("★★★", "★★", "★")),
            ]
        )
    title = chance.choice(["2025年度经销商汇总(万元)", "经销商汇总（单位：万元）"])
    table = Table(["经销商", "手机", "累计金额", "等级"], rows, summed=[2], title=title)
    return Book("titled", seed, [_dressed(chance, table, fmt)], len(people))


def traditional(chance: Chance, seed: int, fmt: str) -> Book:
    """Headers, places and sums in traditional characters."""
    looks, names = style(chance), Names(chance)
    rows = []
    for _ in range(14):
        name = f"{names.person()}{chance.choice(['貿易有限公司', '五金行', '茶莊'])}"
        text, place = chance.choice([pair for pair in OLD_PLACES.items() if pair[1]])
        rows.append(
            [
                cell(name, "name", name),
                faults.phone_cell(chance, 0.1),
                cell(text, "region", place),
                faults.tier_cell(chance, ("★★★", "★★", "★")),
                replace(looks.day("last_order_on")),
                chance.choice(
                    [cell("3.5萬", "order_total", to_money(35_000)), cell("12,800", "order_total", to_money(12_800))]
                ),
                cell("老客", "note", "老客"),
            ]
        )
    table = Table(list(TRADITIONAL.values()), rows, summed=[5])
    return Book("traditional", seed, [_dressed(chance, table, fmt)], len(rows))


def rounds(chance: Chance, seed: int, fmt: str) -> Book:
    """A delivery round: a column for every day of the week or for days by name (7.1, 7.8)."""
    people = crowd(chance, Names(chance), 14)
    days = chance.choice([["周一", "周二", "周三", "周四", "周五"], ["7.1", "7.8", "7.15"]])
    rows = []
    for who in people:
        taken = [chance.choice(["1", "2", "停", "5件"]) for _ in days]
        row = [cell(who.name, "name", who.name), faults.phone_cell(chance, 0.1)]
        rows.append([*row, *(cell(text, f"extra:{day}", text) for day, text in zip(days, taken, strict=True))])
    table = Table(["店名", "电话", *days], rows)
    return Book("rounds", seed, [_dressed(chance, table, fmt)], len(people))


def nameless(chance: Chance, seed: int, fmt: str) -> Book:
    """Contacts under a company, of some of whom only the number is known."""
    names = Names(chance)
    rows, merged, count = [], [], 0
    for _ in range(8):
        company, first = f"{names.company()}", len(rows)
        for place in range(2):
            phone, who = faults.mobile(chance), names.person()
            known = place == 0 or often(chance, 0.5)
            wants = (("contact_phone", (who, phone)),) if known else (("contact_phone", ("", phone)),)
            rows.append(
                [
                    Cell(company, (("name", company),)),
                    cell(who if known else "", "contact", who if known else None),
                    Cell(phone, wants),
                ]
            )
            count += 1
        merged.append((0, first, len(rows) - 1))
    table = Table(["公司名称", "联系人", "电话"], rows)
    return Book("nameless", seed, [_dressed(chance, table, fmt)], 8, contacts=count)


def household(chance: Chance, seed: int, fmt: str) -> Book:
    """A household over the rows of its members, each a contact with an own number."""
    names = Names(chance)
    rows, homes = [], 0
    for _ in range(8):
        head = names.person()
        homes += 1
        for word in chance.choice([["本人", "妻"], ["本人", "妻", "子"]]):
            who, phone = head if word == "本人" else names.person(), faults.mobile(chance)
            line = [cell(head, "name", head), cell(who, "contact", who), cell(word, "contact_title", (who, word))]
            rows.append([*line, cell(phone, "contact_phone", (who, phone))])
    table = Table(["户主", "成员", "关系", "手机"], rows)
    return Book("household", seed, [_dressed(chance, table, fmt)], homes)


def called(chance: Chance, seed: int, fmt: str) -> Book:
    """Contracts: who is called under which number stands in one cell."""
    people = crowd(chance, Names(chance), 12)
    rows = []
    for number, who in enumerate(people):
        rows.append(
            [
                cell(who.name, "name", who.name),
                rare.called_cell(chance),
                cell(f"车{number}", "extra:设备", f"车{number}"),
            ]
        )
    table = Table(["客户全称", "联系人及电话", "设备"], rows)
    return Book("called", seed, [_dressed(chance, table, fmt)], len(people))


BOOKS: dict[str, Maker] = {
    "chats": chats,
    "parcels": parcels,
    "moon": moon,
    "spoken": spoken,
    "doctors": doctors,
    "pages": pages,
    "titled": titled,
    "traditional": traditional,
    "rounds": rounds,
    "nameless": nameless,
    "household": household,
    "called": called,
}
