"""What holds for a whole column: its unit, day before month, the year left out, how discounts are meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Final

from crmdesk.domain.fields import Field
from crmdesk.domain.lunar import header_is_lunar, is_lunar
from crmdesk.domain.numbered_tiers import tier_number, told_end
from crmdesk.excel.cells_fields import MONEY_FIELDS
from crmdesk.excel.column_guess import Guess
from crmdesk.excel.column_profile import Profile
from crmdesk.excel.header_words import names_yuan, unit_said
from crmdesk.excel.sections import year_in

_DAYS: Final = frozenset(
    {Field.ORDERED_ON, Field.FIRST_ORDER_ON, Field.LAST_ORDER_ON, Field.INTERACTION_ON, Field.FOLLOW_UP_ON}
)
_TAIL_YEAR: Final = re.compile(r"(\d{1,2})[-/.\s](\d{1,2})[-/.\s](\d{4}|\d{2})(?!\d)")
_YEARLESS: Final = re.compile(
    r"\d{1,2}\s*(?:月\s*\d{1,2}\s*[日号]?|[./-]\s*\d{1,2})|\d{1,2}月份?[初中底末].?"
    r"|(?:[农阴旧]历)?闰?[正冬腊一二三四五六七八九十]{1,2}月(?:初|[一二三]?十|廿|卅).?"
)
_YEAR: Final = re.compile(r"(?<!\d)(20\d\d|19[89]\d)(?=[-/.年]|\d{4}(?!\d))")
_CHINESE_PHONE: Final = re.compile(r"(?:\+?86)?1[3-9]\d{9}$|0\d{2,3}[2-9]\d{6,7}$|[48]00\d{7}$")
_COMPACT_DAY: Final = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
_GERMAN: Final = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?|-?\d+,\d{1,2}")
_ENGLISH: Final = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+\.\d{1,2}")


def set_options(guesses: Sequence[Guess], sheet_text: str = "") -> None:
    """Options of every column, from its header and cells; a year left out from what the sheet says elsewhere."""
    year = _year_of_sheet(guesses, sheet_text)
    for guess in guesses:
        find = None if guess.profile.empty else _FOUND_BY.get(guess.field)
        if find is not None:
            find(guess, sheet_text, year)


def _stars(guess: Guess) -> None:
    """Up to five stars for an intent: three of five are not the most."""
    most = max(text.count("★") + text.count("⭐") for text in guess.profile.texts)
    if most > 3:
        guess.options["stars"] = most


def _tiers(guess: Guess, sheet_text: str) -> None:
    """1, 2, 3: nothing in them says which end is the best. The header or what stands above the table may."""
    numbers = [tier_number(text) for text in set(guess.profile.texts)]
    found = [number for number in numbers if number is not None]
    if len(found) < 2 or len(found) < len(numbers):
        return
    guess.options["most"] = max(found)
    best = told_end(guess.header) or told_end(sheet_text)
    guess.options.update({"best": best} if best else {"ask": "best"})


def _money(guess: Guess, said: int) -> None:
    """万元 in the header holds unless most cells are too large for it; 1.234,50 only where no cell says otherwise.

    `said`: the unit told above the table; it goes for every header that names none itself.
    """
    unit = said if guess.match.unit == 1 and not names_yuan(guess.header) else guess.match.unit
    if not unit:
        guess.options["ask"] = "unit"
    elif unit > 1:
        numbers = [abs(number) for number in _bare_numbers(guess.profile)]
        large = sum(number >= 10_000 for number in numbers)
        if large * 2 > len(numbers) > 0:
            guess.options["ask"] = "unit"
        else:
            guess.options["unit"] = unit
            if large:
                guess.options["ask"] = "unit"
    texts = [cell.strip() for cell in guess.profile.values if isinstance(cell, str)]
    german = [text for text in texts if _GERMAN.fullmatch(text)]
    # Hardly anybody who writes Chinese puts a comma before the cents: alone, 12,34 is a slip there, to be flagged.
    sure = any("." in text and "," in text for text in german) or not _CHINESE.search(guess.header)
    if sure and any("," in text for text in german) and not any(_is_english(text) for text in texts):
        guess.options["decimal"] = ","
    if guess.field is Field.LINE_COST and re.search(r"单位成本|成本价|unit|standard", guess.header, re.I):
        guess.options["per_unit"] = True


def _is_english(text: str) -> bool:
    return bool(_ENGLISH.fullmatch(text)) and not _GERMAN.fullmatch(text)


def _bare_numbers(seen: Profile) -> list[float]:
    """The cells that are numbers without a unit of their own."""
    cells = [cell for cell in seen.values if isinstance(cell, int | float | str) and not isinstance(cell, bool)]
    return [float(cell) for cell in cells if not isinstance(cell, str) or re.fullmatch(r"\d+(?:\.\d+)?", cell.strip())]


def _days(guess: Guess, year: int | None) -> None:
    texts = guess.profile.texts
    parts = [match.groups() for text in texts if (match := _TAIL_YEAR.match(text))]
    if sum(bool(_COMPACT_DAY.fullmatch(text)) for text in texts) > 0.5 * len(texts):
        guess.options["compact"] = True
    if parts:
        _day_order(guess, [(int(first), int(second), third) for first, second, third in parts], year)
    if guess.mark == "lunar" or header_is_lunar(guess.header) or sum(map(is_lunar, texts)) > 0.8 * len(texts):
        guess.options["calendar"] = "lunar"
    if guess.field is not Field.BIRTHDAY and any(_YEARLESS.fullmatch(text) for text in texts):
        if year is not None:
            guess.options["year"] = year
        else:
            guess.options["ask"] = "year"


def _day_order(guess: Guess, parts: Sequence[tuple[int, int, str]], year: int | None) -> None:
    """Which comes first: settled by any part above 12; for two-digit years by which part hardly varies."""
    firsts, seconds = [part[0] for part in parts], [part[1] for part in parts]
    short = [part for part in parts if len(part[2]) == 2]
    if short and len(short) == len(parts) and (_is_year_first(short) or _begin_with(year, short)):
        guess.options["year_first"] = True
    elif max(firsts) > 12 and max(seconds) <= 12:
        guess.options["day_first"] = True
    elif max(seconds) > 12 and max(firsts) <= 12:
        guess.options["day_first"] = False
    elif max(firsts) <= 12 and any(first != second for first, second, _ in parts):
        guess.options["ask"] = "day_first"


def _is_year_first(parts: Sequence[tuple[int, int, str]]) -> bool:
    """24/3/5: the first part looks like a year, never changes much, and the others cannot be read differently."""
    firsts = {part[0] for part in parts}
    lasts = {int(part[2]) for part in parts}
    return min(firsts) >= 13 and max(firsts) - min(firsts) <= 10 and len(firsts) < len(lasts) and max(lasts) <= 31


def _begin_with(year: int | None, parts: Sequence[tuple[int, int, str]]) -> bool:
    """26/9/15 in a sheet of 2026: all begin with its year or the one before, and none ends with either."""
    if year is None:
        return False
    near = {year % 100, (year - 1) % 100}
    return all(first in near and int(last) not in near for first, _middle, last in parts)


def _year_of_sheet(guesses: Sequence[Guess], sheet_text: str) -> int | None:
    """The one year that the sheet's own days, or its name and title, tell; None where they tell several."""
    years: Counter[int] = Counter()
    for guess in guesses:
        if guess.field in _DAYS:
            for cell, text in zip(guess.profile.values, guess.profile.texts, strict=True):
                if isinstance(cell, date | datetime):
                    years[cell.year] += 1
                elif match := _YEAR.match(text):
                    years[int(match[1])] += 1
    if years:
        year, count = years.most_common(1)[0]
        return year if count >= 0.8 * sum(years.values()) else None
    return year_in(sheet_text)


def _discount(guess: Guess) -> None:
    """Amounts, shares paid (1 stands for none) or rates off (0 stands for none)."""
    numbers = _bare_numbers(guess.profile)
    if not numbers or re.search(r"金额|优惠|额|折让|抹零|amount|discounts", guess.header, re.I):
        guess.options["discount"] = "amount"
    elif max(numbers) <= 1:
        none_off, all_paid = numbers.count(0), numbers.count(1)
        guess.options["discount"] = "rate_off" if none_off > all_paid else "pay_share"
        if (not none_off and not all_paid) or (none_off and all_paid):
            guess.options["ask"] = "discount"
    elif max(numbers) <= 10 and min(numbers) >= 1:
        guess.options["discount"] = "pay_share"
    else:
        guess.options["discount"] = "amount"
        guess.options["ask"] = "discount"


def _phones(guess: Guess) -> None:
    """Under an English header, a column of numbers that are mostly not Chinese is a foreign one."""
    texts = guess.profile.texts
    chinese = sum(bool(_CHINESE_PHONE.match(re.sub(r"[\s()-]", "", text))) for text in texts)
    if re.search(r"[a-z]", guess.header, re.I) and guess.header.isascii() and chinese < 0.3 * len(texts):
        guess.options["foreign"] = True


_Find = Callable[[Guess, str, int | None], None]  # by the column, what the sheet says elsewhere, and its one year
_FOUND_BY: Final[dict[Field, _Find]] = {
    **dict.fromkeys(MONEY_FIELDS, lambda guess, said, _: _money(guess, unit_said(said))),
    **dict.fromkeys(_DAYS | {Field.BIRTHDAY}, lambda guess, _, year: _days(guess, year)),
    **dict.fromkeys((Field.LINE_DISCOUNT, Field.ORDER_DISCOUNT), lambda guess, *_: _discount(guess)),
    **dict.fromkeys((Field.PHONE, Field.CONTACT_PHONE), lambda guess, *_: _phones(guess)),
    Field.TIER_GIVEN: lambda guess, said, _: _tiers(guess, said),
    Field.INTENT: lambda guess, *_: _stars(guess),
}
