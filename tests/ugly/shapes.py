"""The shapes of customers' workbooks, each from a clean truth: the usual six, no header, several tables in a sheet."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from crmdesk.domain.money import to_money
from ugly import faults, rare
from ugly.books import BOOKS
from ugly.dressing import Table, dress
from ugly.faults import Chance, Names, cell, often
from ugly.model import BLANK, MERGING, WORKBOOKS, Book, Cell, Line, MadeSheet
from ugly.people import MAKERS, OWN, Someone, Style, contact_cell, crowd, follow_up_day, own_cell, style

ROWS = 24
RARE = {
    "传真": "",
    "积分": "",
    "客户标签": "",
    "喜好": "",
    "竞品": "",
    "公司简称": "",
    "称呼": "",
    "规模": "",
    "备注": "notes",
    "农历生日": "birthday",
    "客户等级(1最高)": "tier_given",
}
"""Columns that stand in some lists, each with the one that holds the same."""
GROUPS = {"phone": "联系方式", "wechat": "联系方式", "email": "联系方式", "region": "地址信息", "address": "地址信息"}


def make(shape: str, seed: int, fmt: str) -> Book:
    """The workbook of a shape and seed, as far as the format can hold it."""
    chance = random.Random(f"{shape} {seed}")
    book = SHAPES[shape](chance, seed, fmt)
    if shape in BOOKS and fmt in WORKBOOKS:
        return book
    if fmt in WORKBOOKS and often(chance, 0.2):
        book.sheets.append(_words())
    if fmt in WORKBOOKS and often(chance, 0.15):
        book.sheets.append(replace(_words(), name="草稿", hidden=True))
    book.dates_1904 = fmt in ("xlsx", "xls") and often(chance, 0.1)
    return book


def _words() -> MadeSheet:
    """A sheet that lists the words allowed in another one."""
    words = [("客户来源", "抖音"), ("客户来源", "展会"), ("客户等级", "A"), ("客户等级", "B")]
    return MadeSheet("字典", [Line("data", [Cell(one), Cell(other)]) for one, other in words], ignored=True)


def _dressed(chance: Chance, table: Table, name: str, fmt: str) -> MadeSheet:
    return dress(chance, table, name, merges=fmt in MERGING, hides=fmt in WORKBOOKS)


# 1. A row per customer


def customer_table(
    chance: Chance, looks: Style, people: list[Someone], keys: list[str], *, own: tuple[str, ...] = ()
) -> Table:
    """A list of customers with these columns."""
    headers = [looks.headers.get(key, key) for key in keys]
    rows = [[_customer_cell(chance, looks, who, key, keys, own) for key in keys] for who in people]
    summed = [
        place for place, key in enumerate(keys) if key.partition(":")[0] in ("order_total", "order_count", "receivable")
    ]
    return Table(headers, rows, summed=summed)


def _customer_cell(chance: Chance, looks: Style, who: Someone, key: str, keys: list[str], own: tuple[str, ...]) -> Cell:
    """The cell of a customer under one of the columns."""
    special: dict[str, Callable[[], Cell]] = {
        "address": lambda: faults.address_cell(chance, who.place, regioned="region" in keys or "city" in keys),
        "province": lambda: faults.part_cell(chance, who.place, key, last=False),
        "city": lambda: faults.part_cell(chance, who.place, key, last="district" not in keys),
        "district": lambda: faults.part_cell(chance, who.place, key, last=True),
        "landline": lambda: faults.landline_cell(chance),
        "contact": lambda: contact_cell(chance, faults.person(chance)),
        "是否加微信": lambda: faults.yes_cell(chance, key, looks.yes),
        "身份证号": lambda: faults.identity_cell(chance, key),
        "下次跟进时间": lambda: follow_up_day(chance),
        "传真": lambda: rare.fax_cell(chance),
        "积分": lambda: rare.points_cell(chance),
        "客户标签": lambda: rare.tags_cell(chance),
        "喜好": lambda: rare.liking_cell(chance, key),
        "竞品": lambda: rare.liking_cell(chance, key),
        "备注": lambda: rare.appointment_cell(chance),
        "农历生日": lambda: rare.lunar_birthday_cell(chance),
        "公司简称": lambda: rare.short_name_cell(chance, who.name),
        "称呼": lambda: rare.salutation_cell(chance, who.name),
        "规模": lambda: faults.cell("50-100人", "size", "50-100人"),
        "客户等级(1最高)": lambda: rare.level_cell(chance),
    }
    if key == "region" and "address" not in keys and often(chance, 0.05):
        return rare.street_region_cell(chance, who.place)
    if key == "phone" and often(chance, 0.02):
        return rare.virtual_phone_cell(chance)
    if key in special:
        return special[key]()
    return own_cell(chance, key) if key in own else MAKERS[key](looks, who)


def _keys(chance: Chance, people: list[Someone]) -> list[str]:
    several = ["phone", "region", "address", "wechat", "email", "last_order_on", "first_order_on", "order_count"]
    several += [
        "receivable",
        "balance",
        "intent",
        "tier_given",
        "birthday",
        "source",
        "owner",
        "industry",
        "stage_given",
    ]
    several += ["kind", "notes", "是否加微信", "身份证号", "下次跟进时间", chance.choice(list(OWN))]
    several.append(chance.choice(["order_total", "order_total:wan"]))
    if any(who.company for who in people):
        several.append("contact")
    keys = chance.sample(several, chance.randint(5, 10))
    if often(chance, 0.5):
        keys += [key for key in chance.sample(list(RARE), 3) if RARE[key] not in keys]
    if not {"phone", "address", "contact"} & set(keys):
        keys.append("phone")
    chance.shuffle(keys)
    if "region" in keys and often(chance, 0.3):
        place = keys.index("region")
        keys[place : place + 1] = ["province", "city"] if often(chance, 0.4) else ["province", "city", "district"]
    if "phone" in keys and often(chance, 0.25):
        keys.insert(keys.index("phone") + 1, "landline")
    first = ["code"] if often(chance, 0.4) else []
    return [*first, "name", *keys]


def customers(chance: Chance, seed: int, fmt: str) -> Book:
    """A row per customer, totals inside."""
    people = crowd(chance, Names(chance), ROWS)
    looks = style(chance)
    keys = _keys(chance, people)
    table = customer_table(chance, looks, people, keys, own=tuple(OWN))
    if often(chance, 0.3):
        _number_rows(chance, table)
    elif often(chance, 0.25) and not table.groups:
        _group_headers(table, keys)
    if often(chance, 0.2):
        _ditto(chance, table, ("region", "owner", "source"))
    return Book("customers", seed, [_dressed(chance, table, "Sheet1", fmt)], len(people))


def _number_rows(chance: Chance, table: Table) -> None:
    table.headers.insert(0, chance.choice(["序号", "No.", "编号"]))
    for number, row in enumerate(table.rows, 1):
        row.insert(0, Cell(number))
    table.summed = [place + 1 for place in table.summed]
    table.label_at = chance.choice([0, 1])


def _group_headers(table: Table, keys: list[str]) -> None:
    """A second header line where at least two neighbours go under one word."""
    groups = [GROUPS.get(key, "") for key in keys]
    paired = [
        group if group and group in (groups[n - 1] if n else "", *groups[n + 1 : n + 2]) else ""
        for n, group in enumerate(groups)
    ]
    # A group that comes a second time further right would be merged over what lies between.
    if any(paired) and all(_together(paired, group) for group in set(paired) - {""}):
        table.groups = paired


def _together(groups: list[str], group: str) -> bool:
    places = [n for n, one in enumerate(groups) if one == group]
    return places[-1] - places[0] + 1 == len(places)


def _ditto(chance: Chance, table: Table, keys: tuple[str, ...]) -> None:
    """同上 where a word comes a second time."""
    for above, row in zip(table.rows, table.rows[1:], strict=False):
        for place, one in enumerate(row):
            if one.wants and one.wants[0][0] in keys and one.wants == above[place].wants and not one.lost:
                row[place] = Cell(chance.choice(["同上", "〃"]), one.wants)


# 2. A row per purchase

GOODS = ["机油", "轮胎", "大米25kg", "茶叶礼盒", "A4纸", "矿泉水"]
SALE_HEADERS = {
    "day": ["日期", "消费日期", "下单时间", "销售日期", "服务日期", "送货日期"],
    "name": ["客户名称", "客户", "姓名", "购货单位", "店名"],
    "number": ["订单号", "单号", "销售单号"],
    "product": ["商品名称", "品名", "产品"],
    "quantity": ["数量", "件数"],
    "price": ["单价", "售价"],
    "amount": ["金额", "销售额", "消费金额", "订单金额", "实收"],
    "phone": ["电话", "手机号"],
    "notes": ["备注"],
}


def sale_rows(chance: Chance, looks: Style, people: list[Someone], keys: list[str], count: int) -> list[list[Cell]]:
    """Purchases by these customers, every customer at least once."""
    phones = {who.name: faults.mobile(chance) for who in people}
    buyers = [*people, *(chance.choice(people) for _ in range(count - len(people)))]
    chance.shuffle(buyers)
    rows = []
    for number, who in enumerate(buyers):
        pieces, price = chance.randint(1, 20), chance.choice([35, 12.5, 128, 60])
        amount = round(pieces * price, 2)
        if "quantity" not in keys:
            amount = faults.amount_of(chance)
        made = {
            "day": lambda: looks.day("ordered_on"),
            "name": lambda who=who: faults.name_cell(chance, who.name, looks.how("name") / 3),
            "number": lambda number=number: cell(f"XS{20240000 + number}", "number", f"XS{20240000 + number}"),
            "product": lambda: (lambda one: cell(one, "product", one))(chance.choice(GOODS)),
            "quantity": lambda pieces=pieces: cell(
                chance.choice([pieces, float(pieces), f"{pieces}箱"]), "quantity", pieces * 1000
            ),
            "price": lambda price=price: cell(price, "price", to_money(price)),
            "amount": lambda amount=amount: faults.amount_cell(chance, "amount", amount, looks.how("amount") / 2),
            "phone": lambda who=who: cell(phones[who.name], "phone", [phones[who.name]]),
            "notes": lambda: chance.choice([BLANK, BLANK, cell("送货上门", "order_note", "送货上门")]),
        }
        rows.append([made[key]() for key in keys])
    return rows


def _sale_keys(chance: Chance) -> list[str]:
    keys = ["day", "name", "amount"]
    if often(chance, 0.5):
        keys.insert(2, "product")
        if often(chance, 0.6):
            keys[3:3] = ["quantity", "price"]
    if often(chance, 0.3):
        keys.insert(0, "number")
    keys += [key for key in ("phone", "notes") if often(chance, 0.3)]
    if often(chance, 0.3):
        keys[0], keys[1] = keys[1], keys[0]
    return keys


def purchases(chance: Chance, seed: int, fmt: str) -> Book:
    """A row per purchase; the customer repeats, sometimes as 同上 or merged downwards."""
    people = crowd(chance, Names(chance), 8)
    looks = style(chance)
    keys = _sale_keys(chance)
    rows = sale_rows(chance, looks, people, keys, ROWS)
    headers = [chance.choice(SALE_HEADERS[key]) for key in keys]
    table = Table(headers, rows, summed=[keys.index("amount")], label_at=keys.index("name"))
    if often(chance, 0.3):
        table.rows.sort(key=lambda row: str(row[keys.index("name")].wants[0][1]))
        _repeated_names(chance, table, keys.index("name"), merges=fmt in MERGING)
    return Book("purchases", seed, [_dressed(chance, table, "销售明细", fmt)], len(people), len(rows))


def _repeated_names(chance: Chance, table: Table, place: int, *, merges: bool) -> None:
    """The name of a customer on its first row only: 同上 below it, or merged over its rows."""
    merged = merges and often(chance, 0.5)
    first = 0
    for number in range(1, len(table.rows) + 1):
        ended = number == len(table.rows) or table.rows[number][place].wants[:1] != table.rows[first][place].wants[:1]
        if not ended:
            want = table.rows[first][place].wants
            table.rows[number][place] = Cell("" if merged else chance.choice(["同上", "〃"]), want)
            continue
        if merged:
            table.merged.append((place, first, number - 1))
        first = number


# 3. A sheet, or a block of rows, per month, district or salesperson

DISTRICTS = {
    "杭州": ("浙江省", "杭州市", ""),
    "宁波市": ("浙江省", "宁波市", ""),
    "徐州": ("江苏省", "徐州市", ""),
    "湛江": ("广东省", "湛江市", ""),
    "深圳市": ("广东省", "深圳市", ""),
}
TEAMS = ["张磊", "李娜", "王经理", "老客户", "一组", "批发部"]


def parts(chance: Chance, seed: int, fmt: str) -> Book:
    """One sheet, or one block under a heading, per month, district or salesperson."""
    kind = chance.choice(["months", "districts", "teams"])
    blocks = chance.choice([True, False])
    names = Names(chance)
    if kind == "months":
        return _months(chance, seed, fmt, names, blocks=blocks)
    labels = chance.sample(list(DISTRICTS) if kind == "districts" else TEAMS, 3)
    looks = style(chance)
    keys = ["name", "phone", *chance.sample(["order_total", "intent", "notes", "last_order_on", "owner"], 3)]
    if often(chance, 0.3):
        keys[1:1] = ["contact"]
    tables, total = [], 0
    for label in labels:
        people = crowd(chance, names, 9)
        total += len(people)
        table = customer_table(chance, looks, people, keys)
        # A text file is a sheet of its own: nothing says that its name is that of a district.
        if blocks or fmt in WORKBOOKS:
            _tell(table, ("region", DISTRICTS[label]) if kind == "districts" else ("extra:分组", label))
        tables.append((label, table))
    return Book("parts", seed, _as_parts(chance, tables, fmt, blocks=blocks), total)


def _tell(table: Table, want: tuple[str, object]) -> None:
    """What the heading or the sheet's name says is wanted of every row: of its first cell, that is."""
    for row in table.rows:
        row[0] = replace(row[0], wants=(*row[0].wants, want))


def _as_parts(chance: Chance, tables: list[tuple[str, Table]], fmt: str, *, blocks: bool) -> list[MadeSheet]:
    if not blocks:
        return [_dressed(chance, replace(table, title=""), label, fmt) for label, table in tables]
    whole = Table(tables[0][1].headers, [], summed=tables[0][1].summed)
    for label, table in tables:
        heading = f"{label}片区" if label in DISTRICTS and often(chance, 0.5) else label
        whole.sections[len(whole.rows)] = Cell(heading)
        whole.rows += table.rows
    return [_dressed(chance, whole, "Sheet1", fmt)]


def _months(chance: Chance, seed: int, fmt: str, names: Names, *, blocks: bool) -> Book:
    """Purchases by month: the days name month and day, or the day alone."""
    people = crowd(chance, names, 6)
    looks = style(chance)
    year, months = 2024, chance.sample(range(1, 13), 3)
    form = chance.choice(
        ["{y}年{m}月", "{y}.{m}", "{y}年{m:02}月份"] if blocks else ["{y}年{m}月", "{y}-{m:02}", "{m}月"]
    )
    days = chance.choice(["full", "short", "day", "none"])
    keys = chance.sample(["name", "product", "amount"], 3)
    if days != "none":
        keys.insert(chance.choice([0, 1]), "day")
    headers = [chance.choice(SALE_HEADERS[key]) for key in keys]
    tables, orders = [], 0
    for month in sorted(months):
        rows = sale_rows(chance, looks, people, keys, 8)
        for row in rows:
            day = date(year, month, chance.randint(1, 28))
            if days == "none":  # the month is all that is known
                one = row[keys.index("amount")]
                first = ("ordered_on", date(year, month, 1).isoformat())
                row[keys.index("amount")] = one if one.lost else replace(one, wants=(*one.wants, first))
            else:
                row[keys.index("day")] = _month_day(chance, day, days)
        orders += len(rows)
        tables.append((form.format(y=year, m=month), Table(list(headers), rows, summed=[keys.index("amount")])))
    if form == "{m}月":
        for _, table in tables:
            table.title = f"{year}年销售明细"
    if blocks:
        return Book("parts", seed, _as_parts(chance, tables, fmt, blocks=True), len(people), orders)
    sheets = [_dressed(chance, table, label, fmt) for label, table in tables]
    return Book("parts", seed, sheets, len(people), orders)


def _month_day(chance: Chance, day: date, form: str) -> Cell:
    want = day.isoformat()
    if form == "full":
        return cell(chance.choice([day, want]), "ordered_on", want)
    if form == "short":
        return cell(f"{day.month}月{day.day}日", "ordered_on", want)
    return cell(chance.choice([f"{day.day}日", f"{day.day}号"]), "ordered_on", want)


# 4. Contacts under a company that is merged downwards


def contacts(chance: Chance, seed: int, fmt: str) -> Book:
    """A row per contact; the company stands on the first row only, or is merged over them."""
    names = Names(chance)
    companies = [Someone(names.company(), True, chance.choice(faults.PLACES)) for _ in range(9)]
    # Where nothing is merged and nothing else is the company's, a blank may as well be somebody of no company.
    merges = fmt in MERGING and often(chance, 0.7)
    title, with_address = often(chance, 0.5), often(chance, 0.6)
    headers = [
        chance.choice(["公司名称", "客户名称", "单位名称"]),
        "联系人",
        *(["职务"] if title else []),
        chance.choice(["电话", "手机"]),
    ]
    headers += ["地址"] if with_address else []
    rows: list[list[Cell]] = []
    merged = []
    people = 0
    for company in companies:
        first = len(rows)
        for number in range(chance.choice([1, 2, 2, 3])):
            who, phone = _stranger(chance, rows), faults.mobile(chance)
            row = [cell(company.name if not number else "", "name", company.name), cell(who, "contact", who)]
            if number and not (merges or with_address):
                row[0] = faults.lost("", "name")
            if title:
                job = chance.choice(["经理", "采购", "财务"])
                row.append(cell(job, "contact_title", (who, job)))
            row.append(cell(chance.choice([phone, float(phone)]), "contact_phone", (who, phone)))
            if with_address:
                home = faults.address_cell(chance, company.place, regioned=True)
                row.append(home if not number else Cell("", rows[first][-1].wants) if merges else BLANK)
            rows.append(row)
            people += 1
        merged.append((0, first, len(rows) - 1))
        if with_address:
            merged.append((len(headers) - 1, first, len(rows) - 1))
    table = Table(headers, rows, merged=merged if merges else [])
    return Book("contacts", seed, [_dressed(chance, table, "联系人", fmt)], len(companies), contacts=people)


def _stranger(chance: Chance, rows: list[list[Cell]]) -> str:
    """A person whom no row names yet."""
    known = {row[1].wants[0][1] for row in rows}
    return next(one for one in iter(lambda: faults.person(chance), None) if one not in known)


# 5. Repeating blocks of follow-ups

TALKS = ["已报价", "电话没人接", "看过样品,还行", "说再考虑考虑", "要求降价", "约了下周见面"]


def follow_ups(chance: Chance, seed: int, fmt: str) -> Book:
    """A row per customer, with two to four blocks of day and content beside each other."""
    people = crowd(chance, Names(chance), 18)
    looks = style(chance)
    base = ["name", "phone", *chance.sample(["intent", "owner", "source", "region"], 2)]
    table = customer_table(chance, looks, people, base)
    blocks = chance.choice([2, 3, 4])
    spelled = chance.choice(
        [
            "第{n}次跟进时间|第{n}次跟进内容",
            "跟进时间{n}|跟进内容{n}",
            "日期{n}|内容{n}",
            "跟进时间|跟进内容",
            "group",
            "group",
        ]
    )
    table.groups = [""] * len(base) if spelled == "group" else None
    told = 0
    for block in range(blocks):
        word = "一二三四"[block]
        if spelled == "group":
            headers = chance.choice([["日期", "内容"], ["时间", "情况"]])
            assert table.groups is not None
            table.groups += [f"第{word}次跟进"] * 2
        else:
            headers = spelled.replace("{n}", word if "第" in spelled else str(block + 1)).split("|")
        table.headers += headers
        for row in table.rows:
            if often(chance, 0.25 * block):
                row += [BLANK, BLANK]
                continue
            told += 1
            day = date(2024, 1, 5) + timedelta(days=60 * block + chance.randint(0, 50))
            text = chance.choice(TALKS)
            row.append(
                cell(
                    chance.choice([day, day.isoformat(), f"{day.year}.{day.month}.{day.day}"]),
                    "talk_day",
                    day.isoformat(),
                )
            )
            row.append(cell(text, "talk", (day.isoformat(), text)))
    return Book("follow_ups", seed, [_dressed(chance, table, "跟进表", fmt)], len(people), interactions=told)


# 6. Exports of other programs

FIRST, LAST = (
    ["Wei", "Anna", "Tom", "Maria", "John", "Li", "Sara", "Igor"],
    ["Zhang", "Smith", "Wang", "Lopez", "Meyer", "Chen"],
)


def exports(chance: Chance, seed: int, fmt: str) -> Book:
    """English contacts, deals, or the sales of a bookkeeping program."""
    return chance.choice([_english_contacts, _deals, _bookkeeping])(chance, seed, fmt)


def _english_people(chance: Chance, count: int) -> list[tuple[str, str]]:
    pairs = [(first, last) for first in FIRST for last in LAST]
    return chance.sample(pairs, count)


def _english_contacts(chance: Chance, seed: int, fmt: str) -> Book:
    people = _english_people(chance, 20)
    headers = [
        "First Name",
        "Last Name",
        "Email",
        "Phone Number",
        "City",
        "Lead Status",
        "Contact owner",
        "Create Date",
    ]
    rows = []
    for number, (first, last) in enumerate(people):
        mail, phone = f"{first}.{last}{number}@example.com".lower(), faults.mobile(chance)
        made = f"2024-0{chance.randint(1, 9)}-1{chance.randint(0, 9)} 14:0{chance.randint(0, 9)}"
        owner = chance.choice(["Sue Li", "Max Wu"])
        status = chance.choice(["New", "Open", "Qualified"])
        rows.append(
            [
                cell(first, "name", f"{first} {last}"),
                cell(last, "name", f"{first} {last}"),
                cell(mail, "email", mail),
                cell(chance.choice([phone, f"+86 {phone}"]), "phone", [phone]),
                cell("Shanghai", "any", "Shanghai"),
                cell(status, "stage_given", status),
                cell(owner, "owner", owner),
                cell(made, "extra:Create Date", made),
            ]
        )
    table = Table(headers, rows, plain=True)
    return Book("exports", seed, [_dressed(chance, table, "contacts", fmt)], len(people))


def _deals(chance: Chance, seed: int, fmt: str) -> Book:
    people = _english_people(chance, 8)
    headers = [
        "Order ID",
        "Order Date",
        "Customer Name",
        "Customer Email",
        "Product Name",
        "Quantity",
        "Unit Price",
        "Order Total",
    ]
    day_first = often(chance, 0.3)
    rows = []
    for number in range(ROWS):
        first, last = people[number % len(people)]
        day = date(2024, 1, 1) + timedelta(days=chance.randint(0, 360))
        shown = f"{day.day}/{day.month}/{day.year}" if day_first else f"{day.month}/{day.day}/{day.year}"
        pieces, price = chance.randint(1, 9), chance.choice([19.9, 35, 120])
        mail = f"{first}.{last}@example.com".lower()
        rows.append(
            [
                cell(1000 + number, "number", str(1000 + number)),
                cell(shown, "ordered_on", day.isoformat()),
                cell(f"{first} {last}", "name", f"{first} {last}"),
                cell(mail, "email", mail),
                cell("Green Tea", "product", "Green Tea"),
                cell(pieces, "quantity", pieces * 1000),
                cell(chance.choice([price, f"¥{price}"]), "price", to_money(price)),
                cell(f"{pieces * price:,.2f}", "amount", to_money(round(pieces * price, 2))),
            ]
        )
    table = Table(headers, rows, plain=True)
    return Book("exports", seed, [_dressed(chance, table, "orders", fmt)], len(people), len(rows))


def _bookkeeping(chance: Chance, seed: int, fmt: str) -> Book:
    people = crowd(chance, Names(chance), 7)
    headers = ["单据日期", "单据编号", "往来单位", "商品名称", "规格", "数量", "单价", "金额", "经手人", "摘要"]
    rows = []
    for number in range(ROWS):
        who = people[number % len(people)]
        day = date(2024, 1, 1) + timedelta(days=chance.randint(0, 360))
        pieces, price = chance.randint(1, 20), chance.choice([35, 12.5, 128])
        good = chance.choice(GOODS)
        rows.append(
            [
                cell(day, "ordered_on", day.isoformat()),
                cell(f"XS-{day:%Y%m%d}-{number:04}", "number", f"XS-{day:%Y%m%d}-{number:04}"),
                cell(who.name, "name", who.name),
                cell(good, "product", good),
                cell("1*12", "any", "1*12"),
                cell(pieces, "quantity", pieces * 1000),
                cell(f"{price:.2f}", "price", to_money(price)),
                cell(pieces * price, "amount", to_money(round(pieces * price, 2))),
                cell("小王", "any", "小王"),
                BLANK,
            ]
        )
    table = Table(headers, rows, summed=[5, 7], label_at=2, title="销售明细表" if often(chance, 0.5) else "")
    return Book("exports", seed, [_dressed(chance, table, "销售", fmt)], len(people), len(rows))


# Without a header, and several tables in a sheet


def headless(chance: Chance, seed: int, fmt: str) -> Book:
    """Shops or people without any header."""
    people = crowd(chance, Names(chance), 20)
    looks = style(chance)
    looks.ugliness |= {"name": 0.0, "phone": 0.1}
    keys = chance.choice([["name", "phone"], ["name", "phone", "address"], ["name", "address", "phone"]])
    table = customer_table(chance, looks, people, keys)
    table.headless = True
    return Book("headless", seed, [_dressed(chance, table, "Sheet1", fmt)], len(people))


def several(chance: Chance, seed: int, fmt: str) -> Book:
    """Two tables in one sheet, beside each other or one below the other."""
    names = Names(chance)
    way = chance.choice(["columns", "pages", "stacked", "side"])
    looks = style(chance)
    keys = ["name", "phone", *chance.sample(["intent", "owner", "source", "order_total"], 1)]
    upper = customer_table(chance, looks, crowd(chance, names, 14), keys)
    if way in ("columns", "pages"):
        return _printed_twice(
            chance,
            seed,
            fmt,
            upper,
            customer_table(chance, looks, crowd(chance, names, 14), keys),
            gap=way == "columns",
        )
    if way == "side":
        return _side_note(chance, seed, fmt, upper)
    people = crowd(chance, names, 6)
    sale_keys = ["day", "name", "product", "amount"]
    rows = sale_rows(chance, style(chance), people, sale_keys, 10)
    lower = Table([SALE_HEADERS[key][0] for key in sale_keys], rows)
    top, bottom = (_plainly(chance, one, fmt) for one in (upper, lower))
    width = max(len(top[0].cells), len(bottom[0].cells))
    between = [Line("blank", [BLANK] * width) for _ in range(chance.randint(1, 2))]
    if often(chance, 0.5):
        between.append(Line("title", [Cell("销售明细"), *[BLANK] * (width - 1)]))
    lines = [*top, *between, *bottom]
    for line in lines:
        line.cells = [*line.cells, *[BLANK] * (width - len(line.cells))]
    return Book("several", seed, [MadeSheet("Sheet1", lines, tables=2)], 14 + 6, 10)


def _plainly(chance: Chance, table: Table, fmt: str) -> list[Line]:
    table.plain = True
    return _dressed(chance, table, "x", fmt).lines


def _printed_twice(chance: Chance, seed: int, fmt: str, left: Table, right: Table, *, gap: bool) -> Book:
    """A list that goes on in a second row of columns, to fit on a page."""
    one, other = _plainly(chance, left, fmt), _plainly(chance, replace(right, headers=left.headers), fmt)
    texts = [cell.raw for cell in one[0].cells]
    other[0].cells = [Cell(text) for text in texts]
    lines = []
    for mine, theirs in zip(one, other, strict=True):
        lines.append(Line(mine.kind, [*mine.cells, *([BLANK] if gap else []), *theirs.cells]))
    return Book("several", seed, [MadeSheet("Sheet1", lines, tables=2)], len(left.rows) + len(right.rows))


def _side_note(chance: Chance, seed: int, fmt: str, table: Table) -> Book:
    """Figures worked out beside the list: they belong to nobody in it."""
    lines = _plainly(chance, table, fmt)
    side: list[list[Cell]] = [
        [Cell("片区"), Cell("户数")],
        [Cell("城东"), Cell(12)],
        [Cell("城西"), Cell(30)],
        [Cell("合计"), Cell(42)],
    ]
    for number, line in enumerate(lines):
        line.cells = [*line.cells, BLANK, *(side[number] if number < len(side) else [BLANK, BLANK])]
    return Book("several", seed, [MadeSheet("Sheet1", lines, tables=2)], len(table.rows))


SHAPES: dict[str, Callable[[Chance, int, str], Book]] = {
    "customers": customers,
    "purchases": purchases,
    "parts": parts,
    "contacts": contacts,
    "follow_ups": follow_ups,
    "exports": exports,
    "headless": headless,
    "several": several,
    **BOOKS,
}
