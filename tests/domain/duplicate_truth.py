"""A truth to find again: customers as they are, entered twice as people do, among others that only look alike."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from crmdesk.domain.simplified import _SIMPLIFIED, _TRADITIONAL

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国文斌玉兰海燕红梅志鹏"
BRANDS = "福满好邻旺角聚鑫家惠民天鸿运吉祥百味东升新城兴隆佳康乐顺发金桥绿园江和丰收宏达盛源泰华瑞诚信德美联众创"
TRADES = ("超市", "便利店", "饭店", "粮油店", "烟酒店", "水果店", "五金店", "汽修厂", "药房", "美容店")
FIRMS = (
    "商贸有限公司",
    "贸易有限公司",
    "科技有限公司",
    "食品有限公司",
    "建材有限公司",
    "实业有限公司",
    "电子科技有限公司",
)
CITIES = (
    ("江苏省", "徐州市", ("鼓楼区", "云龙区", "泉山区")),
    ("浙江省", "杭州市", ("西湖区", "拱墅区", "余杭区")),
    ("广东省", "湛江市", ("赤坎区", "霞山区", "麻章区")),
    ("四川省", "成都市", ("锦江区", "武侯区", "青羊区")),
)
FRONTS = tuple(city[:2] for _province, city, _districts in CITIES)
STREETS = ("解放路", "人民路", "中山路", "建设街", "淮海西路", "文三路", "天府大道", "海滨大道", "幸福里", "和平路")
TO_TRADITIONAL = dict(zip(_SIMPLIFIED, _TRADITIONAL, strict=True))
SAME_SOUND = {
    "福": "富",
    "宏": "鸿",
    "达": "大",
    "佳": "家",
    "源": "园",
    "盛": "胜",
    "伟": "玮",
    "军": "君",
    "芳": "方",
    "华": "桦",
    "新": "欣",
}


@dataclass(frozen=True)
class Entry:
    """A customer as somebody typed it in."""

    name: str
    phones: tuple[str, ...] = ()
    address: str = ""
    city: str = ""
    contacts: tuple[str, ...] = ()
    wechat: str = ""


@dataclass
class Truth:
    """Entries, and the pairs of positions that are one customer."""

    entries: list[Entry] = field(default_factory=list)
    same: set[tuple[int, int]] = field(default_factory=set)

    def add(self, *entries: Entry, same: bool) -> None:
        first = len(self.entries)
        self.entries += entries
        if same:
            last = len(self.entries)
            self.same |= {(a, b) for a in range(first, last) for b in range(a + 1, last)}


def mobile(chance: random.Random) -> str:
    return f"1{chance.choice('3578')}{chance.randrange(10**9):09}"


def person(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2))))


def place(chance: random.Random) -> tuple[str, str, str]:
    """City, what stands in front of an address, and the street."""
    province, city, districts = chance.choice(CITIES)
    street = f"{chance.choice(STREETS)}{chance.randrange(1, 900)}号"
    if chance.random() < 0.3:
        street += f"{chance.randrange(1, 12)}栋{chance.randrange(101, 1200)}室"
    return city, f"{province}{city}{chance.choice(districts)}", street


def customer(chance: random.Random) -> Entry:
    """A customer with most of what is known of one."""
    city, front, street = place(chance)
    kind = chance.random()
    brand = "".join(chance.choices(BRANDS, k=chance.choice((2, 2, 3, 4))))
    if kind < 0.35:
        name = city[:2] + brand + chance.choice(FIRMS) if chance.random() < 0.6 else brand + chance.choice(FIRMS)
    elif kind < 0.8:
        name = brand + chance.choice(TRADES) if chance.random() < 0.8 else chance.choice(SURNAMES) + "姐超市"
    else:
        name = person(chance)
    return Entry(
        name,
        (mobile(chance),) if chance.random() < 0.9 else (),
        front + street if chance.random() < 0.75 else "",
        city if chance.random() < 0.8 else "",
        (person(chance),) if kind < 0.8 and chance.random() < 0.6 else (),
        f"wx{chance.randrange(10**7)}" if chance.random() < 0.3 else "",
    )


# How the same customer is written the second time.


def other_suffix(entry: Entry, chance: random.Random) -> Entry:
    name = entry.name
    for front in ("徐州", "杭州", "湛江", "成都"):
        name = name.removeprefix(front) if len(name) > 6 else name
    for ending in ("有限公司", "店"):
        if name.endswith(ending) and len(name) - len(ending) >= 3:
            return replace(entry, name=name.removesuffix(ending))
    return replace(entry, name=name + "有限公司" if name.endswith(("商贸", "贸易", "科技")) else name)


def wide(entry: Entry, chance: random.Random) -> Entry:
    name = f"{entry.name[:2]} {entry.name[2:]}" if chance.random() < 0.5 else f"{entry.name}（老客户）"
    return replace(entry, name=name, address=entry.address.translate({d: d + 0xFEE0 for d in range(0x30, 0x3A)}))


def traditional(entry: Entry, chance: random.Random) -> Entry:
    return replace(entry, name="".join(TO_TRADITIONAL.get(c, c) for c in entry.name))


def misheard(entry: Entry, chance: random.Random) -> Entry:
    at = [n for n, char in enumerate(entry.name) if char in SAME_SOUND]
    if not at:
        return entry
    n = chance.choice(at)
    return replace(entry, name=entry.name[:n] + SAME_SOUND[entry.name[n]] + entry.name[n + 1 :])


def misspelt(entry: Entry, chance: random.Random) -> Entry:
    if len(entry.name) < 8:
        return entry
    n = chance.randrange(2, 4)
    return replace(entry, name=entry.name[:n] + chance.choice(BRANDS) + entry.name[n + 1 :])


def other_trade(entry: Entry, chance: random.Random) -> Entry:
    return replace(entry, name=entry.name.replace("超市", "便利店")) if "超市" in entry.name else entry


def short_address(entry: Entry, chance: random.Random) -> Entry:
    address = entry.address
    for _province, city, districts in CITIES:
        for front in (_province, city, *districts):
            address = address.removeprefix(front)
    return replace(entry, address=address + chance.choice(("", "一楼", "门面", "")))


def no_phone(entry: Entry, chance: random.Random) -> Entry:
    return replace(entry, phones=())


def new_phone(entry: Entry, chance: random.Random) -> Entry:
    return replace(entry, phones=(mobile(chance),))


def more_phones(entry: Entry, chance: random.Random) -> Entry:
    return replace(entry, phones=(mobile(chance), *entry.phones))


def mistyped_phone(entry: Entry, chance: random.Random) -> Entry:
    if not entry.phones:
        return entry
    number, at = entry.phones[0], chance.randrange(3, 11)
    return replace(entry, phones=(number[:at] + str((int(number[at]) + 1) % 10) + number[at + 1 :],))


def no_address(entry: Entry, chance: random.Random) -> Entry:
    return replace(entry, address="", city="")


def no_contact(entry: Entry, chance: random.Random) -> Entry:
    return replace(entry, contacts=(), wechat="")


def by_contact(entry: Entry, chance: random.Random) -> Entry:
    return replace(entry, name=entry.contacts[0], contacts=()) if entry.contacts else entry


Change = Callable[[Entry, random.Random], Entry]
OF_NAMES: tuple[Change, ...] = (other_suffix, wide, traditional, misheard, misspelt, other_trade)
OF_THE_REST: tuple[Change, ...] = (
    short_address,
    more_phones,
    no_address,
    no_contact,
    short_address,
    no_phone,
    mistyped_phone,
    new_phone,
)


def again(entry: Entry, chance: random.Random) -> Entry:
    """The same customer, typed in a second time: another spelling, and something missing, more, or wrong."""
    made = entry
    for change in chance.sample(OF_NAMES, k=chance.choice((0, 1, 1, 2))):
        made = change(made, chance)
    for change in chance.sample(OF_THE_REST, k=chance.choice((1, 1, 2))):
        made = change(made, chance)
    if chance.random() < 0.05:
        made = by_contact(made, chance)
    return made


def tells_something(one: Entry, other: Entry) -> bool:
    """Whether a person could tell at all: beside the name, something says that they are one."""
    return bool(
        set(one.phones) & set(other.phones)
        or (one.address and other.address)
        or (one.wechat and one.wechat == other.wechat)
        or (set(one.contacts) & set(other.contacts) and one.city == other.city != "")
    )


# What only looks alike.


def branch(entry: Entry, chance: random.Random) -> Entry:
    """Another shop of the same owner."""
    _city, front, street = place(chance)
    return replace(
        entry, name=f"{entry.name}({chance.choice('万银中南')}{chance.choice('达泰街桥')}店)", address=front + street
    )


def same_street(entry: Entry, chance: random.Random) -> Entry:
    """Another shop in the same building."""
    return replace(customer(chance), address=entry.address, city=entry.city)


def namesake(entry: Entry, chance: random.Random) -> Entry:
    """The same name, somebody else; a registered name is given once in a city."""
    other = customer(chance)
    if "公司" in entry.name:
        return sister_firm(entry, chance)
    return replace(other, name=entry.name)


def neighbour_number(entry: Entry, chance: random.Random) -> Entry:
    """One digit away, and another name."""
    return replace(mistyped_phone(entry, chance), name=customer(chance).name, address="", contacts=(), wechat="")


def same_desk(entry: Entry, chance: random.Random) -> Entry:
    """A bookkeeper whose number stands at several shops."""
    return replace(customer(chance), phones=entry.phones)


def same_owner(entry: Entry, chance: random.Random) -> Entry:
    """The other business of the same person, elsewhere in the city."""
    _city, front, street = place(chance)
    made = replace(customer(chance), phones=entry.phones, contacts=entry.contacts, city=entry.city)
    return replace(made, address=front + street if made.address else "")


def family(entry: Entry, chance: random.Random) -> Entry:
    """Somebody else of the same family, under one roof."""
    return replace(entry, name=entry.name[0] + "".join(chance.choices(GIVEN, k=2)), contacts=(), wechat="")


def sister_firm(entry: Entry, chance: random.Random) -> Entry:
    """The firm of the same name in another city."""
    city, front, street = place(chance)
    while city == entry.city or city in entry.address:
        city, front, street = place(chance)
    return Entry(entry.name, (mobile(chance),), front + street, city)


ALIKE: tuple[Change, ...] = (
    same_street,
    namesake,
    namesake,
    neighbour_number,
    same_desk,
    same_owner,
    sister_firm,
    sister_firm,
)


def make_truth(count: int, seed: int) -> Truth:
    """About `count` customers: a fifth of them entered twice, a fifth beside somebody who looks alike."""
    chance = random.Random(seed)
    truth = Truth()
    registered: set[str] = set()
    while len(truth.entries) < count:
        entry, kind = customer(chance), chance.random()
        if "公司" in entry.name:
            # By law a firm's name is given once in a city; chance would give it many times over.
            given = entry.name[2:] if entry.name.startswith(FRONTS) else entry.name
            if given in registered:
                continue
            registered.add(given)
        if kind < 0.2:
            second = again(entry, chance)
            if tells_something(entry, second):
                truth.add(entry, second, same=True)
        elif kind < 0.4:
            truth.add(entry, chance.choice(ALIKE)(entry, chance), same=False)
        elif kind < 0.43:
            numbers = (
                replace(entry, name=f"{entry.name}（一店）"),
                replace(branch(entry, chance), name=f"{entry.name}（二店）"),
            )
            truth.add(*numbers, same=False)
        elif kind < 0.45 and len(entry.name) < 4:
            truth.add(entry, family(entry, chance), same=False)
        else:
            truth.add(entry, same=False)
    return truth
