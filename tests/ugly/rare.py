"""Cells that stand in sheets now and then: forms of address, days of the moon, several people, what a formula lost."""

from __future__ import annotations

from datetime import date, timedelta

from crmdesk.domain.money import to_money
from ugly import faults
from ugly.faults import Chance, cell, often
from ugly.model import Cell

LUNAR_DAYS = {"正月十六": (1, 16), "二月初二": (2, 2), "三月三十": (3, 30), "五月初五": (5, 5), "八月廿五": (8, 25)}
LEVELS = {"1": "A", "2": "B", "3": "C"}
SENT = {"预约12月3日上门": "2026-12-03", "约明天下午来取货": "2026-11-23", "三天内联系": "2026-11-25"}
"""Notes that name a day to come, as seen from the day of the tests."""


def salutation_cell(chance: Chance, name: str) -> Cell:
    """How one greets somebody whose name stands beside it."""
    word = f"{name[0]}{chance.choice(['总', '姐', '哥', '老师', '老板'])}"
    return cell(word, "salutation", word)


def level_cell(chance: Chance) -> Cell:
    """A level by number below a header that says which end is the best."""
    word = chance.choice(list(LEVELS))
    return cell(chance.choice([word, float(word)]), "tier_given", LEVELS[word])


def short_name_cell(chance: Chance, name: str) -> Cell:
    return cell(name[:2], "short_name", name[:2])


def fax_cell(chance: Chance) -> Cell:
    line = faults.landline(chance)
    return chance.choice([cell(line, "fax", line), cell(line.replace("-", ""), "fax", line), cell("无", "fax", None)])


def points_cell(chance: Chance) -> Cell:
    """Points of a member: no money."""
    points = chance.randint(0, 9_999)
    return cell(chance.choice([points, f"{points:,}", f"{points}分", float(points)]), "reward_points", points)


def tags_cell(chance: Chance) -> Cell:
    one, other = chance.sample(["爱喝茶", "月结", "要发票", "周末不接电话"], 2)
    return cell(f"{one}{chance.choice(['、', ',', '/', ' '])}{other}", "tag", one, ("tag", other))


def liking_cell(chance: Chance, header: str) -> Cell:
    """What goes into the notes under its header: 喜好, 竞品, 账期."""
    text = chance.choice(["甜的", "隔壁老王家", "月结30天"])
    return cell(text, "note", f"{header}：{text}")


def appointment_cell(chance: Chance) -> Cell:
    """A note that asks for a follow-up: proposed, and never created unasked; 最高五万 is no purchase."""
    note = chance.choice([*SENT, "最高五万", "昨天联系过了"])
    also = (("appointment", SENT[note]),) if note in SENT else ()
    return cell(note, "note", note, *also)


def lunar_birthday_cell(chance: Chance) -> Cell:
    """Below a header that says so, a day without any word is one of the moon too."""
    word, (month, day) = chance.choice(list(LUNAR_DAYS.items()))
    form = chance.choice([word, f"{month}月{day}日", f"{month}.{day:02}", f"农历{word}"])
    return cell(form, "birthday", (f"--{month:02}-{day:02}", "lunar"))


def lunar_day_cell(chance: Chance, key: str, year: int) -> Cell:
    """A day of a ledger kept by the moon, as ours."""
    from lunar_python import Lunar

    word, (month, day) = chance.choice(list(LUNAR_DAYS.items()))
    if day == 30:  # not every third month has so many days: nobody could say which day is meant
        word, month, day = "三月廿九", 3, 29
    found = Lunar.fromYmd(year, month, day).getSolar()
    want = date(found.getYear(), found.getMonth(), found.getDay()).isoformat()
    return cell(chance.choice([word, f"农历{word}", f"{year}年{word}"]), key, want)


def street_region_cell(chance: Chance, place: tuple[str, str, str]) -> Cell:
    """A street behind the place, under 地区."""
    text = f"{place[1]}{place[2]}文三路{chance.randint(1, 300)}号"
    return cell(text, "region", place, ("address", text))


def formula_cell(chance: Chance, key: str) -> Cell:
    """A formula that the program which wrote the sheet never worked out."""
    return faults.lost(chance.choice(["=1+2", "=SUM(B2:B3)"]), key)


def future_cell(chance: Chance, key: str) -> Cell:
    """A purchase that is still to come."""
    return faults.lost((date(2027, 1, 1) + timedelta(days=chance.randint(0, 300))).isoformat(), key)


def dotted_cell(chance: Chance, key: str, year: int) -> Cell:
    """5 March typed as 3.5, which a spreadsheet takes for a number; 3.1 may have been 3.10."""
    day = faults.day_of(chance, year)
    raw = float(f"{day.month}.{day.day}")
    if day.day in (10, 20, 30) or day.day < 4:
        return faults.lost(raw, key)
    return cell(raw, key, day.isoformat())


def part_of_month_cell(chance: Chance, key: str, year: int) -> Cell:
    """3月底: the last day, flagged as about."""
    month = chance.randint(1, 12)
    after = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return cell(f"{month}月底", key, after.isoformat())


def price_cell(chance: Chance, price: float) -> Cell:
    return cell(chance.choice([price, f"{price}元/斤", f"{price}/斤", f"{price}元"]), "price", to_money(price))


def quantity_cell(chance: Chance) -> Cell:
    """So much by what it is counted in, also 半斤 and 两箱."""
    forms = {"半斤": 500, "两箱": 2_000, "2斤半": 2_500, "十二瓶": 12_000, "30.5斤": 30_500, "12 箱": 12_000}
    word = chance.choice(list(forms))
    return cell(word, "quantity", forms[word])


def people_cell(chance: Chance, count: int) -> tuple[Cell, Cell]:
    """Several people of a customer in one cell, and their titles in the one beside it."""
    names = []
    while len(names) < count:
        one = faults.person(chance)
        if one not in names and len(one) == 3:
            names.append(one)
    titles = chance.sample(["主任", "副主任", "主治", "护士长"], count)
    sign = chance.choice(["、", "/", "，"]) if count > 1 else ""
    wants = tuple(("contact_title", pair) for pair in zip(names, titles, strict=True))
    return Cell(sign.join(names), tuple(("contact", one) for one in names)), Cell("/".join(titles), wants)


def called_cell(chance: Chance) -> Cell:
    """Two people with a number each under 联系人及电话."""
    pairs = [("老徐", faults.mobile(chance)), ("会计小周", faults.landline(chance))]
    if often(chance, 0.5):
        pairs = pairs[:1]
    return Cell("，".join(f"{who}{number}" for who, number in pairs), tuple(("contact_phone", pair) for pair in pairs))


def virtual_phone_cell(chance: Chance) -> Cell:
    """A number that hides the receiver's own."""
    number, tail = faults.mobile(chance), chance.randint(1000, 9999)
    return cell(f"{number}{chance.choice(['-', '转'])}{tail}", "phone", [f"{number}-{tail}"])
