"""A reader for each field: a raw cell in, the plain value of the field out."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, Final

from crmdesk.domain.amounts import AmountRule, read_amount, read_count, read_pay_share, read_price, read_quantity
from crmdesk.domain.booleans import read_boolean
from crmdesk.domain.dates import DateRule, read_date
from crmdesk.domain.fields import Field
from crmdesk.domain.interaction import InteractionKind
from crmdesk.domain.money import MONEY_UNIT
from crmdesk.domain.names import is_masked, read_name, salutation_of, split_people
from crmdesk.domain.numbered_tiers import tier_letter, tier_number
from crmdesk.domain.phone import read_phones
from crmdesk.domain.reading import Read
from crmdesk.domain.sheet_words import interaction_kind, read_intent, read_kind
from crmdesk.domain.text import half_width, is_error, plain, says_nothing
from crmdesk.excel.cells_days import DAY_FIELDS, day_reader, read_clock
from crmdesk.excel.cells_exact import exact_reader
from crmdesk.excel.cells_mixed import MIXED, read_mixed
from crmdesk.excel.column import Column
from crmdesk.excel.reference_data import region_table, surnames
from crmdesk.excel.split import SPLIT, piece_reader

Reader = Callable[[object], Read[Any]]

SAME_AS_PHONE: Final = "\0phone"  # a WeChat cell that says 同手机
MONEY_FIELDS: Final = frozenset(
    {
        Field.ORDER_AMOUNT,
        Field.ORDER_REFUND,
        Field.ORDER_TOTAL,
        Field.ORDER_PROFIT_TOTAL,
        Field.LINE_AMOUNT,
        Field.LINE_COST,
        Field.LINE_PROFIT,
        Field.PRICE,
        Field.RECEIVABLE,
        Field.BALANCE,
    }
)
_MAILS: Final = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_MAIL_WORDS: Final = re.compile(r"(?:e-?mail|邮箱|邮件|qq|号码?|或|and|or|[\s\W_])+", re.I)
_EXPONENT: Final = re.compile(r"\d(?:\.\d+)?[eE]\+\d{1,2}")
_FLOATED: Final = re.compile(r"(\d{4,})\.0")  # an id that a program took for a number on its way into a text file
_LONG_EXPONENT: Final = re.compile(r"\d(?:\.\d+)?[eE]\+[12]\d")  # shown so from twelve digits on
_NUMBERS: Final = re.compile(r"\d(?:[-\s]?\d){6,}")
_SAME: Final = re.compile(r"同(?:手机|电话|号|上机)|手机(?:号)?同|即手机|就是手机|手机号$|是$|同微信")
_A_NOTE: Final = re.compile(r"notes?|备注|记录|笔记|随记", re.I)
_ENTRY: Final = re.compile(
    r"(?:^|[;；\n\r。,，、|])\s*(?P<day>(?:\d{4}|\d{2})[-/.年]\d{1,2}[-/.月]\d{1,2}日?)\s*(?:\d{1,2}:\d{2}(?::\d{2})?)?\s*[:：,，、\s]"
)


def column_reader(column: Column, today: date) -> Reader:
    """The reader of a column's cells, of one piece of them where the column is split."""
    if SPLIT in column.options:
        return piece_reader(column, partial(field_reader, today=today))
    if column.field is Field.NAME and column.options.get(MIXED):
        return read_mixed
    return field_reader(column, today)


def field_reader(column: Column, today: date) -> Reader:
    """The reader of a column's cells, by its field and options."""
    field, options = column.field, column.options
    if options.get("exact") and (reader := exact_reader(field)):
        return reader
    if field in MONEY_FIELDS:
        rule = AmountRule(int(options.get("unit", 1)), options.get("decimal") == ",")
        return _amount_reader(rule, read_price if field is Field.PRICE else read_amount)
    if field in DAY_FIELDS:
        return day_reader(column, today)
    if field in (Field.PHONE, Field.CONTACT_PHONE, Field.FAX):
        foreign, label = bool(options.get("foreign")), str(options.get("label", ""))
        read = _fax_reader(foreign) if field is Field.FAX else _phone_reader(foreign, label)
        return _each(read) if options.get("each") else read
    if field in (Field.ORDER_DISCOUNT, Field.LINE_DISCOUNT):
        way = str(options.get("discount", ""))
        return lambda value: _discount(value, way)
    if field is Field.INTENT:
        stars = int(options.get("stars", 3))
        return lambda value: read_intent(value, stars)
    if field is Field.INTERACTION_SUMMARY:
        kind = str(options.get("kind", ""))
        return lambda value: _talks(value, kind, today)
    if field is Field.TIER_GIVEN and "best" in options:
        best, most = str(options["best"]), int(options.get("most", 9))
        return lambda value: _numbered_tier(value, best, most)
    if "是否" in column.header and field in (Field.EXTRA, Field.STAGE_GIVEN):
        return _yes_no
    return _READERS.get(field, _text)


def _amount_reader(rule: AmountRule, read_text: Callable[[object, AmountRule], Read[int]]) -> Reader:
    plain_unit = rule.unit == 1

    def read(value: object) -> Read[Any]:
        if isinstance(value, float) and plain_unit:  # a number cell, which most are: without five calls
            times = value * MONEY_UNIT
            if -1e13 < times < 1e13:
                whole = round(times)
                if -0.499 < times - whole < 0.499:
                    return Read(whole)
        return read_text(value, rule)

    return read


def _text(value: object) -> Read[Any]:
    if isinstance(value, str) and len(value) > 4 and value.isalnum():
        return Read(value)  # too long to say nothing, without any sign: as it is
    text = plain(value)
    if says_nothing(text):
        return Read(None)
    return Read(None, "cell_error") if text[0] == "#" and is_error(text) else Read(text)


def custom_text(value: object) -> Read[Any]:
    """The content of a user's own column, as it stands there."""
    text = plain(value)
    if text[:1].isdigit() and (_LONG_EXPONENT.fullmatch(text) or _is_cut(value)):
        return Read(text, "digits_lost")
    return Read(None, "cell_error") if text[:1] == "#" and is_error(text) else Read(text or None)


def _is_cut(value: object) -> bool:
    """Whether a number is too long for a spreadsheet, which keeps 15 digits: an identity card's, a bank card's."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= 1e15


def _yes_no(value: object) -> Read[Any]:
    """是 or 否 under a header that asks (是否加微信), whatever sign stood there; other words as they are."""
    answer = read_boolean(value).value
    return custom_text(value) if answer is None else Read("是" if answer else "否")


def _tier(value: object) -> Read[Any]:
    read = _text(value)
    return Read(half_width(read.value)) if read.value else read


def _numbered_tier(value: object, best: str, most: int) -> Read[Any]:
    """1, 2, 3 as the levels they mean; a word among them stays a word, and a number beyond them is flagged."""
    read = _tier(value)
    number = tier_number(str(read.value or ""))
    if number is None:
        return read
    letter = tier_letter(number, best, most)
    return Read(letter) if letter else Read(read.value, "tier_beyond", {"most": most})


def _code(value: object) -> Read[Any]:
    """An id as text. More than 15 digits in a number were destroyed by the spreadsheet: flagged, not taken."""
    if isinstance(value, str) and len(value) > 4 and value.isascii() and value.isalnum():
        return Read(value)
    if _is_cut(value):
        return Read(None, "id_digits_lost")
    read = _text(value)
    if read.value is None:
        return read
    text = half_width(read.value).lstrip("'`‘")
    if _EXPONENT.fullmatch(text):
        return Read(None, "id_digits_lost")
    if floated := _FLOATED.fullmatch(text):
        return Read(floated[1])
    return Read(text or None)


def _customer_code(value: object) -> Read[Any]:
    """An id of a customer; of a name that a shop hides a part of there may be several."""
    read = _code(value)
    return Read(read.value, "name_masked") if read.value and is_masked(read.value) else read


def _name(value: object) -> Read[Any]:
    read = read_name(value)
    if read.value is None:
        return Read(None, read.code, read.values)
    name = read.value
    return Read((name.name, name.salutation, name.tags, name.notes, name.phone), read.code, read.values)


def _contact_name(value: object) -> Read[Any]:
    """The people in a cell: a list of (name, salutation, notes, phone)."""
    if isinstance(value, str) and len(_NUMBERS.findall(value)) > 1 and (people := _called(value)):
        return Read(people)
    read = read_name(value)
    if read.value is None:
        return Read(None, read.code, read.values)
    name = read.value
    if read.code == "name_two" and (parts := _people(name.name)):
        # A number behind several names is the last one's; a name alone keeps it below.
        return Read([(part, salutation_of(part), "", name.phone * (part == parts[-1])) for part in parts])
    if read.code == "name_only_address":
        return Read([("", name.salutation, "", name.phone)])
    notes = "；".join([*name.tags, *([name.notes] if name.notes else [])])
    return Read([(name.name, name.salutation, notes, name.phone)], read.code * (read.code != "name_two"))


def _people(text: str) -> list[str]:
    """The people of a cell; none where a blank parts something else (设备科 王工)."""
    parts = split_people(text)
    by_blank = " ".join(parts) == text
    return [] if by_blank and not all(map(surnames().is_person, parts)) else parts


def _called(text: str) -> list[tuple[str, str, str, str]]:
    """老徐13500010002，财务0571-82001234 as people with a number each; none where one of them has no name."""
    read = read_phones(text)
    points = [point for point in read.value or () if point[0] == "phone"]
    named = not read.code and len(points) > 1 and all(label for _, _, label in points)
    return [(label, salutation_of(label), "", number) for _, number, label in points] if named else []


def _phone_reader(foreign: bool, label: str) -> Reader:
    def read(value: object) -> Read[Any]:
        got = read_phones(value, foreign=foreign)
        if label and got.value:
            return Read([(kind, number, own or label) for kind, number, own in got.value], got.code, got.values)
        return got

    return read


def _each(read: Reader) -> Reader:
    """Numbers that stand apart already, each read by itself; the first doubt about one is told."""

    def read_each(value: object) -> Read[Any]:
        got = [read(piece) for piece in str(value).split("; ")]
        doubt = next((one for one in got if one.code), Read(None))
        points = [point for one in got for point in one.value or ()]
        return Read(points or None, doubt.code, doubt.values)

    return read_each


def _fax_reader(foreign: bool) -> Reader:
    def read(value: object) -> Read[Any]:
        got = read_phones(value, foreign=foreign)
        numbers = [("fax", number, "") for kind, number, _ in got.value or () if kind != "wechat"]
        return Read(numbers or None, got.code, got.values)

    return read


def _mail_or_qq(value: object) -> Read[Any]:
    """E-mail addresses and QQ numbers, each told by its look."""
    text = half_width(plain(value))
    if says_nothing(text):
        return Read(None)
    mails = _MAILS.findall(text)
    rest = _MAILS.sub(" ", text)
    numbers = re.findall(r"(?<!\d)[1-9]\d{4,11}(?!\d)", rest)
    if (not mails and "@" in text) or not (mails or numbers):
        return Read(None, "mail_unreadable")
    points = [("email", mail, "") for mail in mails] + [("qq", number, "") for number in numbers]
    left = _MAIL_WORDS.sub("", re.sub(r"(?<!\d)[1-9]\d{4,11}(?!\d)", " ", rest)).strip()
    return Read(points, "mail_part_unread", {"part": left}) if left else Read(points)


def _wechat(value: object) -> Read[Any]:
    if isinstance(value, str) and len(value) > 4 and value.isascii() and value.isalnum():
        return Read([("wechat", value, "")])
    text = half_width(plain(value))
    if says_nothing(text):
        return Read(None)
    if is_error(text):
        return Read(None, "cell_error")
    if _SAME.search(text) and not re.search(r"\d{5,}", text):
        return Read([("wechat", SAME_AS_PHONE, "")])
    return Read([("wechat", re.sub(r"^(?:微信号?|wx|vx)\s*[:：]\s*", "", text, flags=re.I), "")])


def _discount(value: object, way: str) -> Read[Any]:
    """("share", millionths paid) or ("amount", money), by the column's way or by what the cell itself says (8折)."""
    text = half_width(plain(value))
    if way in ("pay_share", "rate_off") or "折" in text or "%" in text:
        share = read_pay_share(value, way)
        return Read(("share", share.value) if share.value is not None else None, share.code, share.values)
    amount = read_amount(value)
    return Read(("amount", amount.value) if amount.value is not None else None, amount.code, amount.values)


def _region(value: object) -> Read[Any]:
    """A place, and the whole text where a street stands behind it."""
    read = region_table().read(value)
    if read.value is None:
        return Read(None, read.code)
    text = plain(value)
    street = not read.code and len(text) > 4 and len(region_table().rest_of(text)) > 1
    return Read((read.value, text if street else ""), read.code, read.values)


def _address(value: object) -> Read[Any]:
    read = _text(value)
    if not read.value:
        return read
    return Read((read.value, region_table().of_address(half_width(read.value))))


def _tags(value: object) -> Read[Any]:
    read = _text(value)
    if not read.value:
        return read
    marks = r":::|[、,，;；/|]+"
    parts = re.split(marks if re.search(marks, read.value) else r"\s+", read.value)
    return Read([part.strip(" *") for part in parts if part.strip(" *")])


def _talks(value: object, kind: str, today: date) -> Read[Any]:
    """What happened: a list of (ISO day or "", kind, text). A log in one cell (2025-02-01: …; …) is parted."""
    read = _text(value)
    if not read.value:
        return read
    text = str(value).strip() if isinstance(value, str) else read.value
    starts = list(_ENTRY.finditer(text))
    if not starts or text[: starts[0].start("day")].strip():
        return Read([("", kind or interaction_kind(read.value), read.value)])
    rule = DateRule(today, past=True)
    talks: list[tuple[str, str, str]] = []
    code = ""
    for match, following in zip(starts, [*starts[1:], None], strict=True):
        words = plain(text[match.end() : following.start() if following else len(text)]).strip(" ;；,，、|")
        day = read_date(match["day"], rule)
        code = code or day.code
        talks.append((day.value[0] if day.value else "", kind or interaction_kind(words), words))
    return Read(talks, code)


def _way(value: object) -> Read[Any]:
    read = _text(value)
    if not read.value:
        return read
    kind = interaction_kind(read.value)
    known = kind != InteractionKind.NOTE or bool(_A_NOTE.fullmatch(read.value))
    return Read(kind, "" if known else "way_unknown")


_READERS: Final[dict[Field, Reader]] = {
    Field.NAME: _name,
    Field.CONTACT_NAME: _contact_name,
    Field.CODE: _customer_code,
    Field.ORDER_NUMBER: _code,
    Field.PRODUCT_CODE: _code,
    Field.KIND: read_kind,
    Field.TIER_GIVEN: _tier,
    Field.EMAIL: _mail_or_qq,
    Field.QQ: _mail_or_qq,
    Field.WECHAT: _wechat,
    Field.REGION: _region,
    Field.ADDRESS: _address,
    Field.TAGS: _tags,
    Field.ORDERED_AT: read_clock,
    Field.ORDER_COUNT: read_count,
    Field.REWARD_POINTS: read_count,
    Field.QUANTITY: read_quantity,
    Field.INTERACTION_KIND: _way,
    Field.EXTRA: custom_text,
    Field.PHOTO: lambda value: Read(value) if isinstance(value, bytes) else Read(None, "photo_unreadable"),
}
