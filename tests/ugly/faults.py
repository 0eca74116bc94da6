"""One cell at a time: a truth, and the ways in which people and spreadsheets write it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta

from crmdesk.domain.money import to_money
from ugly.model import LOST, Cell

SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚桂英华玉兰"
PLACES = [
    ("浙江省", "杭州市", "西湖区"),
    ("浙江省", "宁波市", "鄞州区"),
    ("江苏省", "徐州市", "鼓楼区"),
    ("江苏省", "苏州市", "昆山市"),
    ("广东省", "湛江市", "赤坎区"),
    ("广东省", "深圳市", "南山区"),
    ("四川省", "成都市", "武侯区"),
    ("上海市", "上海市", "浦东新区"),
    ("北京市", "北京市", "海淀区"),
]
AREAS = {"杭州市": "0571", "徐州市": "0516", "湛江市": "0759"}
SHARE_LOST = 0.004
Chance = random.Random


def often(chance: Chance, share: float) -> bool:
    """True in this share of cases."""
    return chance.random() < share


def cell(raw: object, key: str, want: object, *also: tuple[str, object]) -> Cell:
    """A cell that can be read."""
    return Cell(raw, ((key, want), *also) if want is not None else tuple(also))


def lost(raw: object, key: str) -> Cell:
    """A cell whose truth is gone."""
    return Cell(raw, ((key, LOST),), lost=True)


# Names


def person(chance: Chance) -> str:
    return chance.choice(SURNAMES) + "".join(chance.choice(GIVEN) for _ in range(chance.choice([1, 2, 2])))


class Names:
    """Names of customers, each once in a workbook."""

    def __init__(self, chance: Chance) -> None:
        self._chance, self._used = chance, set[str]()

    def person(self) -> str:
        return self._fresh(lambda: person(self._chance))

    def company(self) -> str:
        return self._fresh(
            lambda: self._chance.choice(
                [
                    f"{person(self._chance)}超市",
                    f"杭州{person(self._chance)}贸易有限公司",
                    f"{person(self._chance)}五金店",
                    f"好大家({person(self._chance)}店)",
                    f"{person(self._chance)}汽修厂",
                    f"鑫{self._chance.choice(GIVEN)}{self._chance.choice(GIVEN)}建材经营部",
                    f"{self._chance.choice('ABCDEFGH')}{self._chance.randint(1, 99)}便利店",
                ]
            )
        )

    def _fresh(self, make: Callable[[], str]) -> str:
        for _ in range(1000):
            name = make()
            if name not in self._used:
                self._used.add(name)
                return name
        raise AssertionError("out of names")


WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F) if chr(code) not in "()"}


def name_cell(chance: Chance, name: str, ugliness: float) -> Cell:
    """A customer's name as it stands in sheets."""
    if often(chance, SHARE_LOST):
        return lost(f"{name}、{person(chance)}" if len(name) <= 3 else "#N/A", "name")
    if not often(chance, ugliness):
        return cell(name, "name", name)
    forms: list[Cell] = [
        cell(f" {name} ", "name", name),
        cell(f"{name}\u3000", "name", name),
        cell(f"{name}\xa0", "name", name),
        cell(f"★{name}", "name", name),
        cell(f"{name}(老客户)", "name", name, ("tag", "老客户")),
        cell(f"{name}（已倒闭）", "name", name, ("tag", "已倒闭")),
        cell(f"{name}★★", "name", name),
        cell(f"{name}\n", "name", name),
        cell(name.translate(WIDE), "name", name),
    ]
    if len(name) <= 3:
        forms += [
            cell(" ".join(name), "name", name),
            cell(f"{name}(修车)", "name", name, ("note", "修车")),
            cell(f"{name}（卖水果的）", "name", name, ("note", "卖水果的")),
        ]
    return chance.choice(forms)


# Ways to be reached


def mobile(chance: Chance) -> str:
    return f"1{chance.choice('3456789')}{chance.randint(0, 10**9 - 1):09}"


def landline(chance: Chance) -> str:
    return f"{chance.choice(list(AREAS.values()))}-{chance.randint(2, 8)}{chance.randint(0, 10**7 - 1):07}"


def phone_cell(chance: Chance, ugliness: float, key: str = "phone") -> Cell:
    """One to three numbers."""
    number, line = mobile(chance), landline(chance)
    if often(chance, SHARE_LOST):
        broken = [number[:10], float(number[:10]), f"{float(number):.2E}", f"{number[:3]}****{number[7:]}"]
        return lost(chance.choice(broken), key)
    if not often(chance, ugliness):
        return cell(chance.choice([number, float(number)]), key, [number])
    spoken = f"{number[:3]}-{number[3:7]}-{number[7:]}"
    second = mobile(chance)
    return chance.choice(
        [
            cell(spoken, key, [number]),
            cell(spoken.replace("-", " "), key, [number]),
            cell(f"+86 {number}", key, [number]),
            cell(f"0086{number}", key, [number]),
            cell(f"86-{number}", key, [number]),
            cell(f"{number} ", key, [number]),
            cell(f"'{number}", key, [number]),
            cell(number.translate(WIDE), key, [number]),
            cell(f"{number}/{line}", key, [number, line]),
            cell(f"{number}、{second}", key, [number, second]),
            cell(f"{number} {second}", key, [number, second]),
            cell(f"{number}\n{second}", key, [number, second]),
            cell(f"{number};{second};{line}", key, [number, second, line]),
            cell(f"{number}(老板) {second}(会计)", key, [number, second]),
            cell(f"老板{number} 会计{second}", key, [number, second]),
            cell(line, key, [line]),
            cell(line.replace("-", ""), key, [line]),
            cell(f"({line.replace('-', ')')}", key, [line]),
            cell(f"{line}转801", key, [f"{line}-801"]),
            cell(f"{line}-801", key, [f"{line}-801"]),
            cell(f"{number}(微信同号)", key, [number], ("wechat", number)),
            cell(f"{number}微信同号", key, [number], ("wechat", number)),
            cell("400-820-8820", key, ["4008208820"]),
            cell("无", key, None),
            cell("-", key, None),
        ]
    )


def wechat_cell(chance: Chance, ugliness: float) -> Cell:
    known = f"wx_{chance.randint(1000, 999_999)}"
    return cell(chance.choice([known, f"微信:{known}"]) if often(chance, ugliness) else known, "wechat", known)


def mail_cell(chance: Chance, ugliness: float) -> Cell:
    who, where = chance.choice(["li", "wang", "sales", "boss"]), chance.choice(["qq.com", "163.com", "a-b.cn"])
    mail = f"{who}{chance.randint(1, 9999)}@{where}"
    if not often(chance, ugliness):
        return cell(mail, "email", mail)
    qq = str(chance.randint(10_000, 2_999_999_999))
    return chance.choice(
        [
            cell(f" {mail}", "email", mail),
            cell(qq, "qq", qq),
            cell(float(qq), "qq", qq),
            cell(f"{mail}/{qq}", "email", mail, ("qq", qq)),
        ]
    )


# Places


def region_cell(chance: Chance, place: tuple[str, str, str], ugliness: float) -> Cell:
    """Province, city and maybe district in one cell."""
    province, city, district = place
    short = [part[:2] for part in (province, city)]
    if province == city:
        forms = [cell(city, "region", (city, city, "")), cell(f"{city}{district}", "region", place)]
        if often(chance, ugliness):
            forms = [
                cell(short[0], "region", (city, city, "")),
                cell({"上海市": "沪", "北京市": "京"}[city], "region", (city, city, "")),
                cell(f"{short[0]} {city}", "region", (city, city, "")),
                cell(f"{short[0]}/{district}", "region", place),
            ]
        return chance.choice(forms)
    forms = [
        cell(f"{province}{city}", "region", (province, city, "")),
        cell(f"{province}{city}{district}", "region", place),
    ]
    if often(chance, ugliness):
        forms = [
            cell(f"{short[0]}{short[1]}", "region", (province, city, "")),
            cell(f"{short[0]} {short[1]}", "region", (province, city, "")),
            cell(f"{short[0]}-{short[1]}-{district}", "region", place),
            cell(f"{city}/{district}", "region", place),
            cell(f"{province}/{city}/{district}", "region", place),
            cell(f"{city}", "region", (province, city, "")),
            cell(f"{short[1]}", "region", (province, city, "")),
            cell(f"中国{province}{city}", "region", (province, city, "")),
            cell(f" {short[0]}省{city} ", "region", (province, city, "")),
        ]
    return chance.choice(forms)


def part_cell(chance: Chance, place: tuple[str, str, str], key: str, *, last: bool) -> Cell:
    """One of the columns province, city, district; what all of them say is wanted of the last."""
    part = place[("province", "city", "district").index(key)]
    raw = part if key == "district" or often(chance, 0.6) else part[:2]
    region = place if key == "district" else (place[0], place[1], "")
    return cell(raw, "region", region) if last else Cell(raw)


def landline_cell(chance: Chance) -> Cell:
    """A number of the second column of phones."""
    line = landline(chance)
    return chance.choice(
        [cell(line, "phone", [line]), cell("", "phone", None), cell(line.replace("-", ""), "phone", [line])]
    )


def address_cell(chance: Chance, place: tuple[str, str, str], *, regioned: bool) -> Cell:
    """A street, with its place in front; `regioned`: another column tells the region."""
    province, city, district = place
    street = f"{chance.choice(['文三', '人民', '解放', '中山'])}路{chance.randint(1, 999)}号"
    front = (
        f"{city}{district}" if province == city else chance.choice([f"{province}{city}{district}", f"{city}{district}"])
    )
    text = f"{front}{street}"
    return cell(text, "address", text) if regioned else cell(text, "address", text, ("region", place))


# Days


def day_of(chance: Chance, year: int) -> date:
    last = 300 if year == 2026 else 364
    return date(year, 1, 1) + timedelta(days=chance.randint(0, last))


def day_cell(chance: Chance, key: str, day: date, form: str, *, year: int | None) -> Cell:
    """A day in a form of `day_forms`; `year` is the one that the sheet's own days tell, if they tell one."""
    want = day.isoformat()
    if form == "cell":
        return cell(day, key, want)
    if form == "moment":
        return cell(datetime.combine(day, time(chance.randint(8, 20), chance.randint(0, 59))), key, want)
    if form == "serial":
        return cell(float((day - date(1899, 12, 30)).days), key, want)
    if form == "number":
        return cell(float(day.strftime("%Y%m%d")), key, want)
    if form == "month":
        return cell(f"{day.year}年{day.month}月", key, date(day.year, day.month, 1).isoformat())
    if form == "end":
        after = date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)
        return cell(f"{day.year}年{day.month}月底", key, after.isoformat())
    if form in _YEARLESS and (year != day.year or (form == "%-m.%-d" and day.day in (10, 20, 30))):
        return cell(want, key, want)
    return cell(_written(day, form), key, want)


_YEARLESS = ("%-m月%-d日", "%-m.%-d", "%-m/%-d", "%m-%d")
CLEAN_DAYS = ("cell", "%Y-%m-%d", "%Y/%-m/%-d", "%Y年%-m月%-d日")
UGLY_DAYS = (
    *("%Y-%-m-%-d", "%Y.%-m.%-d", "%Y%m%d", "number", "serial", "%y.%-m.%-d", "%y%m%d", "%y年%-m月%-d日"),
    *(
        "%Y-%m-%d %H:%M:%S",
        "%Y/%-m/%-d 14:30",
        "%Y-%m-%d 周三",
        "约%Y-%m-%d",
        "%Y年%-m月%-d号",
        "moment",
        "%Y - %m - %d",
    ),
    *("month", "end", *_YEARLESS),
)


def _written(day: date, form: str) -> str:
    """The day in a form; without the blanks that strftime does not know everywhere."""
    for mark, number in (("%-m", day.month), ("%-d", day.day)):
        form = form.replace(mark, str(number))
    return day.strftime(form)


def lost_day(chance: Chance, key: str) -> Cell:
    return lost(
        chance.choice(
            ["2024-2-30", "2024-13-05", 0.0, "上周三", "2024-03-05/2024-06-01", "2024.3.5、4.6", "#N/A", "不记得了"]
        ),
        key,
    )


def birthday_cell(chance: Chance, ugliness: float) -> Cell:
    day = date(1960, 1, 1) + timedelta(days=chance.randint(0, 15_000))
    want = (day.isoformat(), "solar")
    if not often(chance, ugliness):
        return cell(chance.choice([day, day.isoformat()]), "birthday", want)
    yearless = (f"--{day.month:02}-{day.day:02}", "solar")
    return chance.choice(
        [
            cell(_written(day, "%Y年%-m月%-d日"), "birthday", want),
            cell(day.strftime("%Y%m%d"), "birthday", want),
            cell(f"{day.month}月{day.day}日", "birthday", yearless),
            cell("农历八月十五", "birthday", ("--08-15", "lunar")),
            cell("阴历腊月廿三", "birthday", ("--12-23", "lunar")),
            cell("1985年农历五月初五", "birthday", ("1985-05-05", "lunar")),
            cell("农历1978-8-15", "birthday", ("1978-08-15", "lunar")),
        ]
    )


# Numbers


def amount_of(chance: Chance) -> float:
    return chance.choice([chance.randint(1, 99_999), round(chance.random() * 9999, 2), chance.randint(1, 99) * 1000])


def amount_cell(chance: Chance, key: str, amount: float, ugliness: float) -> Cell:
    """An amount in yuan."""
    want = to_money(amount)
    if often(chance, SHARE_LOST):
        return lost(chance.choice([f"{amount}-{amount * 2}", "看情况", "#DIV/0!", "12,34", "面议"]), key)
    if not often(chance, ugliness):
        return cell(chance.choice([amount, float(amount)]), key, want)
    forms = [
        *(f"{amount:,}", f"￥{amount}", f"¥{amount:,}", f"{amount}元", f"约{amount}", f"{amount}左右", f" {amount} "),
        *(f"RMB {amount}", f"人民币{amount}元", f"{amount}块", str(amount).translate(WIDE)),
    ]
    cells = [cell(form, key, want) for form in forms]
    cells += [
        cell("免费", key, 0),
        cell("-500", key, -500_0000),
        cell("(500)", key, -500_0000),
        cell("5000+3000", key, 8000_0000),
    ]
    cells += [cell("贰万元整", key, 20_000_0000), cell("三千五百", key, 3500_0000), cell("3万5", key, 35_000_0000)]
    if amount % 1000 == 0:
        tens = amount / 10_000
        cells += [
            cell(f"{tens:g}万", key, want),
            cell(f"{tens:g}w", key, want),
            cell(f"{amount // 1000:.0f}k", key, want),
        ]
        cells += [cell(f"{tens:g}万元", key, want)] * 2
    return chance.choice(cells)


def myriad_cell(chance: Chance, key: str, ugliness: float) -> Cell:
    """An amount in a column whose header says 万元."""
    tens = chance.choice([round(chance.random() * 50, 2), chance.randint(1, 80)])
    if often(chance, SHARE_LOST):
        return lost(float(chance.randint(20_000, 90_000)), key)
    want = to_money(tens * 10_000)
    if not often(chance, ugliness):
        return cell(tens, key, want)
    return chance.choice(
        [cell(f"{tens}", key, want), cell(f"{tens}万", key, want), cell(f"{round(tens * 10_000)}元", key, want)]
    )


def count_cell(chance: Chance, ugliness: float) -> Cell:
    count = chance.randint(1, 50)
    if often(chance, SHARE_LOST):
        return lost(chance.choice(["很多", "2.5次"]), "order_count")
    forms = [float(count), f"{count}次", f"约{count}", f"{count} "] if often(chance, ugliness) else [count, str(count)]
    return cell(chance.choice(forms), "order_count", count)


# Words

INTENTS = {"high": ["高", "强", "★★★", "A类"], "medium": ["中", "一般", "B类"], "low": ["低", "弱", "C类"]}
TIERS = [
    ("A", "B", "C", "D"),
    ("A类", "B类", "C类"),
    ("★★★", "★★", "★"),
    ("VIP", "普通"),
    ("战略客户", "重要客户", "一般客户"),
    ("高", "中", "低"),
    ("Ａ", "Ｂ", "Ｃ"),
    ("准客户", "意向客户"),
]


def intent_cell(chance: Chance) -> Cell:
    if often(chance, SHARE_LOST):
        return lost("看情况", "intent")
    code = chance.choice(list(INTENTS))
    word = chance.choice(INTENTS[code][:2])
    return cell(word, "intent", code)


def tier_cell(chance: Chance, family: Sequence[str]) -> Cell:
    word = chance.choice(family)
    return cell(word, "tier_given", word.translate({0xFF21: "A", 0xFF22: "B", 0xFF23: "C"}))


def kind_cell(chance: Chance) -> Cell:
    return chance.choice(
        [cell("企业", "kind", "company"), cell("个人", "kind", "person"), cell("公司客户", "kind", "company")]
    )


def yes_cell(chance: Chance, header: str, family: tuple[str, str]) -> Cell:
    yes = often(chance, 0.5)
    return cell(family[0] if yes else family[1], f"extra:{header}", "是" if yes else "否")


YES_FAMILIES = [("是", "否"), ("√", "×"), ("Y", "N"), ("1", "0"), ("已加", "未加"), ("有", "无")]
WORDS = {
    "source": ["老客户介绍", "抖音", "展会", "自来客", "百度"],
    "owner": ["业务员小周", "张磊", "李娜"],
    "industry": ["餐饮", "五金建材", "汽修", "服装", "食品批发"],
    "stage_given": ["跟进中", "已成交", "已流失", "待联系"],
}


def word_cell(chance: Chance, key: str) -> Cell:
    word = chance.choice(WORDS[key])
    return cell(word, key, word)


NOTES = ["喜欢早上送货", "最高五万", "只要大箱的", "月底对账", "老板姓陈,人很好", "竞品是隔壁老王家", "价格敏感"]


def note_cell(chance: Chance) -> Cell:
    note = chance.choice(NOTES)
    return chance.choice([cell(note, "note", note), cell("", "note", None)])


def code_cell(chance: Chance, code: str) -> Cell:
    return cell(chance.choice([code, float(code)]) if code.isdecimal() and code[0] != "0" else code, "code", code)


def identity_cell(chance: Chance, header: str) -> Cell:
    """An identity card's number: as text whole, as a number destroyed."""
    number = f"3301061980{chance.randint(1, 12):02}{chance.randint(10, 28)}{chance.randint(0, 9999):04}"
    if often(chance, 0.02):
        return lost(float(number), f"extra:{header}")
    return cell(number, f"extra:{header}", number)
