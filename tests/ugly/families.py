"""What sheets are known to hold, and what makes it here: every shape, and every family of what goes wrong in cells.

The keys are the words of the map of real sheets, so that a test can tell what the map knows and nothing here makes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ugly import books, dressing, faults, people, rare, shapes, writers

Made = Callable[..., Any]

SHAPES: dict[str, Made] = {
    "one row per customer, totals inside": shapes.customers,
    "one row per purchase or visit": shapes.purchases,
    "one sheet per month, district or salesperson": shapes.parts,
    "one row per contact, the company merged": shapes.contacts,
    "repeating blocks": shapes.follow_ups,
    "exports of other programs": shapes.exports,
}
"""The six shapes; without a header, several tables in a sheet, and whole books of one kind come beside them."""

LAYOUT: dict[str, Made] = {
    "merged title rows (2024年客户信息表, 制表人, 填表日期)": dressing._top,
    "header in rows 2 to 5": dressing._top,
    "two-line merged headers (联系方式 → 电话 | 微信)": shapes._group_headers,
    "repeated headers": books.pages,
    "合计/小计/总计/平均/共 n 户 rows, also on top": dressing._bottom,
    "vertical merges": shapes.contacts,
    "notes below the table": dressing._bottom,
    "data from column B": dressing.dress,
    "blank rows and columns": dressing._places,
    "hidden rows": dressing._body,
    "colour as meaning": dressing._bottom,  # a remark tells what red means; no reader can see it
    "formulas without a stored value": rare.formula_cell,
    "#N/A": faults.lost_day,
}
NAMES: dict[str, Made] = {
    "spaces, full width, （）, traditional characters, (已倒闭)/(老客户)/★ behind": faults.name_cell,
    "traditional characters": books.traditional,
    "同上/〃": shapes._ditto,
    "老王(修车)": faults.name_cell,
    "two names in a cell": faults.name_cell,
}
PHONES: dict[str, Made] = {
    "number, float, 1.38E+10, a trailing 0 lost to a float, 138-0013-8000, +86/0086, 转801, 021-…": faults.phone_cell,
    "two to four numbers in a cell with (老板)/(会计), 微信同号, a digit missing, 无": faults.phone_cell,
    "a number that hides the receiver's own": rare.virtual_phone_cell,
    "people with a number each": rare.called_cell,
    "Numbers above 15 digits (身份证, 银行卡)": faults.identity_cell,
}
DATES: dict[str, Made] = {
    "2024-3-5, 2024/03/05, 2024.3.5, 20240305, 240305, 24.3.5, 2024年3月5日": faults.day_cell,
    "3月5日 (no year), 3.5, 2024年3月": faults.day_cell,
    "3.5 as a number": rare.dotted_cell,
    "3月底": rare.part_of_month_cell,
    "serials (45356), 1904 system": shapes.make,
    "text with time, two dates in a cell": faults.lost_day,
    "农历八月十五": rare.lunar_day_cell,
    "农历 birthdays": rare.lunar_birthday_cell,
    "2024-2-30, 0": faults.lost_day,
    "future dates": rare.future_cell,
    "ambiguous day/month order": shapes._deals,
}
AMOUNTS: dict[str, Made] = {
    "12,345.60, ￥/¥, 元, 1.2万, 1.2w, 12k": faults.amount_cell,
    "万元 in the header against 35000 in a cell (ask)": faults.myriad_cell,
    "万元 above the table": books.titled,
    "约5000, 3000-5000, 5000+3000, (500) or -500 returns, 贰万元整, 免费": faults.amount_cell,
    "元/斤": rare.price_cell,
    "半斤": rare.quantity_cell,
}
TIERS: dict[str, Made] = {
    "A, A类, Ａ, ★★★, VIP, 战略/重要/一般, 高/中/低": faults.tier_cell,
    "1/2/3 (which end is best?)": rare.level_cell,
    "准客户/意向客户": faults.tier_cell,
}
REGIONS: dict[str, Made] = {
    "上海, 上海市, 沪, 浙江杭州, 浙江-杭州-西湖": faults.region_cell,
    "杭州市西湖区文三路…": rare.street_region_cell,
    "province, city, district apart": faults.part_cell,
    "booleans: 是/否, √, ×, 1/0": faults.yes_cell,
}
FILES: dict[str, Made] = {
    ".xlsx": writers._xlsx,
    ".xls": writers._xls,
    ".csv in GBK/GB18030, UTF-8 with or without BOM": writers._csv,
    "UTF-16, tab text": writers._tab,
    "HTML saved as .xls": writers._html,
    "XML of 2003": writers._xml,
}
NOTES: dict[str, Made] = {
    "hold appointments (预约29号, 约明天下午, 三天内联系)": rare.appointment_cell,
    "最高五万 in a note is no purchase": faults.note_cell,
}
FAMILIES: dict[str, dict[str, Made]] = {
    "Layout": LAYOUT,
    "Names": NAMES,
    "Phones": PHONES,
    "Dates": DATES,
    "Amounts": AMOUNTS,
    "Tiers": TIERS,
    "Regions": REGIONS,
    "Files": FILES,
    "Notes": NOTES,
}
COLUMNS: frozenset[str] = frozenset({*people.MAKERS, *people.HEADERS, *shapes.RARE, *shapes.SALE_HEADERS})
"""Every column that some list has."""
