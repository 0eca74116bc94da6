"""A fact of a customer as a cell of a workbook for editing, and what an edited cell makes of the customer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeVar

from crmdesk.domain.amounts import read_amount, read_count
from crmdesk.domain.customer import Contact, Customer, Point
from crmdesk.domain.money import decimal_text, from_money
from crmdesk.domain.phone import read_phones
from crmdesk.domain.reading import Read
from crmdesk.domain.round_trip import Raw, settle
from crmdesk.domain.sheet_words import read_intent, read_kind
from crmdesk.domain.text import float_text, half_width, is_error
from crmdesk.excel.grid import NO_VALUE_TEXT
from crmdesk.i18n import LANGUAGES, language
from crmdesk.words.labels import label

if TYPE_CHECKING:
    from crmdesk.excel.writer import CellValue, Kind

EXTRA: Final = "extra:"
TEXTS: Final = (
    *("name", "code", "short_name", "salutation", "address", "industry", "source", "owner", "notes"),
    *("referred_by", "tier_given", "stage_given", "province", "city", "district"),
)
CODES: Final = ("intent", "kind")
MONEY: Final = ("receivable", "balance")
POINTS: Final = ("phone", "wechat", "email", "qq", "fax")
CONTACT: Final = ("contact_name", "contact_title", "contact_phone")
EDITABLE: Final = frozenset((*TEXTS, *CODES, *MONEY, *POINTS, *CONTACT, "reward_points", "tags", "region", "birthday"))
ONE_LINE: Final = frozenset(TEXTS) - {"notes", "address"}
REGION: Final = ("province", "city", "district")
JOIN: Final = "、"
PEOPLE_JOIN: Final = "；"
_SPLIT: Final = re.compile(r"[、,，;；|\n]+")
_BIRTHDAY: Final = re.compile(r"(?:(\d{4})\D{1,2})?(\d{1,2})\D{1,2}(\d{1,2})日?")
_WHOLE_DAY: Final = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])")  # that surely exists
_EARLIEST: Final = 1900  # the first year that a sheet's dates know

Whole = TypeVar("Whole", Customer, Contact)
Change = Read[Customer]
Reader = Callable[[Customer, str, Raw], Change]


def is_editable(key: str) -> bool:
    """Whether a column can be edited in a workbook; what is worked out cannot."""
    return key in EDITABLE or key.startswith(EXTRA)


def kind_of(key: str) -> Kind:
    """What a cell of the column holds."""
    if key in MONEY:
        return "money"
    return {"reward_points": "count", "notes": "note", "birthday": "date"}.get(key, "text")  # type: ignore[return-value]


def text_of(customer: Customer, key: str) -> str:
    """The fact as text, as it will be compared; "" where there is none."""
    return settle(_text_of(customer, key))


def cell_of(customer: Customer, key: str) -> CellValue:
    """The fact as the cell holds it: numbers as numbers, whole days as days, else its text."""
    if key in (*MONEY, "reward_points"):
        number: int | None = getattr(customer, key)
        return number
    if key == "birthday" and customer.birthday_calendar != "lunar" and _WHOLE_DAY.fullmatch(customer.birthday):
        day = date.fromisoformat(customer.birthday)
        return day if day.year > _EARLIEST else customer.birthday
    return text_of(customer, key)


def shown_text(value: CellValue, kind: Kind) -> str:
    """What a cell that is only for looking at holds, as text: money and days as a sheet gives them back."""
    if value is None:
        return ""
    return settle(decimal_text(from_money(value)) if kind == "money" and isinstance(value, int) else str(value))


def read_cell(customer: Customer, key: str, raw: Raw, today: date) -> Change:
    """The customer with what the cell says in place of its own fact; no value where the cell cannot be read."""
    if raw == NO_VALUE_TEXT:
        return Read(None, "trip_formula")
    if isinstance(raw, str) and raw.startswith("#") and is_error(raw):
        return Read(None, "cell_error")
    if key.startswith(EXTRA):
        header, text = key.removeprefix(EXTRA), as_text(raw)
        rest = {name: value for name, value in customer.extra.items() if name != header or text}
        return Read(replace(customer, extra={**rest, header: text} if text else rest))
    return _birthday(customer, raw, today) if key == "birthday" else _READERS[key](customer, key, raw)


def as_text(raw: Raw) -> str:
    """A cell as text: a number as a person would write it."""
    return settle(float_text(raw) if isinstance(raw, float) else raw)


def says(raw: Raw, text: str) -> bool:
    """Whether a cell still says this text, also as the number that a sheet made of it."""
    if as_text(raw) == text:
        return True
    try:
        return isinstance(raw, float) and float(text) == raw
    except ValueError:
        return False


def _text_of(customer: Customer, key: str) -> str:
    if key.startswith(EXTRA):
        return customer.extra.get(key.removeprefix(EXTRA), "")
    if key in POINTS:
        return JOIN.join(point.value for point in customer.points if point.kind == key)
    special = _TEXTS.get(key)
    if special is not None:
        return special(customer)
    value = getattr(customer, key)
    if value is None or value == "":
        return ""
    if key in MONEY:
        return decimal_text(from_money(value))
    return label(key, value) if key in CODES else str(value)


def _with(whole: Whole, fields: Mapping[str, Any]) -> Whole:
    """A customer or contact with these fields."""
    return replace(whole, **fields)


def _region_text(customer: Customer) -> str:
    return " ".join(part for part in (customer.province, customer.city, customer.district) if part)


def _birthday_text(customer: Customer) -> str:
    day = customer.birthday.removeprefix("--")
    return f"{label('calendar', 'lunar')} {day}" if day and customer.birthday_calendar == "lunar" else day


def _contact_phones_text(customer: Customer) -> str:
    """The phones of each contact, those of several contacts apart: 13800138000、0571-88881234；13900139000."""
    phones = [[point.value for point in contact.points if point.kind == "phone"] for contact in customer.contacts]
    return PEOPLE_JOIN.join(map(JOIN.join, phones)) if any(phones) else ""


_TEXTS: Final[Mapping[str, Callable[[Customer], str]]] = {
    "tags": lambda customer: JOIN.join(customer.tags),
    "region": _region_text,
    "birthday": _birthday_text,
    "contact_name": lambda customer: JOIN.join(contact.name for contact in customer.contacts),
    "contact_title": lambda customer: JOIN.join(contact.title for contact in customer.contacts).strip(JOIN),
    "contact_phone": lambda customer: _contact_phones_text(customer),
}


def _text(customer: Customer, key: str, raw: Raw) -> Change:
    text = as_text(raw)
    text = " ".join(text.split()) if key in ONE_LINE else text
    if key == "code" and isinstance(raw, float) and abs(raw) >= 1e15:
        return Read(None, "id_digits_lost")
    if key == "name" and not text and not customer.code:
        return Read(None, "name_wiped")
    return Read(_with(customer, {key: text}))


def _code_word(customer: Customer, key: str, raw: Raw) -> Change:
    text = as_text(raw)
    read = read_intent(text) if key == "intent" else read_kind(text)
    codes = ("high", "medium", "low") if key == "intent" else ("company", "person")
    code = next((code for code in codes if text in _spellings(key, code)), read.value)
    if code is None and read.code:
        return Read(None, read.code)
    return Read(_with(customer, {key: code or ""}))


def _spellings(group: str, code: str) -> set[str]:
    found = {code}
    for spoken in LANGUAGES:
        with language(spoken):
            found.add(label(group, code))
    return found


def _number(customer: Customer, key: str, raw: Raw) -> Change:
    if raw == "":
        return Read(_with(customer, {key: None}))
    read = read_amount(raw) if key in MONEY else read_count(raw)
    if read.value is None:
        return Read(None, read.code or "amount_unreadable", read.values)
    return Read(_with(customer, {key: read.value}), read.code, read.values)


def _phones(customer: Customer, key: str, raw: Raw) -> Change:
    kind = "fax" if key == "fax" else "phone"
    kept = [point for point in customer.points if point.kind == kind]
    got = _read_numbers(raw, kept, kind)
    if got.value is None:
        return Read(None, got.code, got.values)
    return Read(replace(customer, points=_in_place(customer.points, kind, got.value)), got.code, got.values)


def _read_numbers(raw: Raw, kept: Sequence[Point], kind: str) -> Read[list[Point]]:
    """The numbers of a cell; those that are kept already stay as they are, also where they are none of known form."""
    known = {point.value: point for point in kept}
    found: dict[str, Point] = {}
    doubt: Read[list[Point]] = Read([])
    for part in split(as_text(raw), known):
        if part in known:
            found.setdefault(part, known[part])
            continue
        got = read_phones(part)
        if not got.value:
            return Read(None, got.code or "phone_no_number", got.values)
        doubt = doubt if doubt.code else Read([], got.code, got.values)
        for _kind, value, words in got.value:
            old = known.get(value)
            found.setdefault(value, Point(kind, value, words or (old.label if old else "")))
    return Read(list(found.values()), doubt.code, doubt.values)


def _addresses(customer: Customer, key: str, raw: Raw) -> Change:
    """WeChat, e-mail, QQ: one or several, parted by signs."""
    kept = {point.value: point for point in customer.points if point.kind == key}
    parts = split(half_width(as_text(raw)), kept)
    unknown = [part for part in parts if part not in kept]
    if (key == "email" and any("@" not in part for part in unknown)) or (
        key == "qq" and any(not part.isdecimal() for part in unknown)
    ):
        return Read(None, "mail_unreadable")
    return Read(replace(customer, points=_in_place(customer.points, key, [kept.get(p, Point(key, p)) for p in parts])))


def split(text: str, known: Iterable[str]) -> list[str]:
    """The parts of a cell that holds several, each once; a known one stays whole, whatever signs it holds."""
    whole = sorted((name for name in known if _SPLIT.search(name)), key=len, reverse=True)
    pieces: list[tuple[str, bool]] = [(text, False)]
    for name in whole:
        pieces = [part for piece, done in pieces for part in ([(piece, True)] if done else _cut_out(piece, name))]
    parts = [part for piece, done in pieces for part in ([piece] if done else _SPLIT.split(piece))]
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _cut_out(text: str, name: str) -> list[tuple[str, bool]]:
    """The text with each place where a name stands set apart."""
    parts = [(part, False) for part in text.split(name)]
    return [one for part in parts[:-1] for one in (part, (name, True))] + parts[-1:]


def _in_place(points: tuple[Point, ...], kind: str, wanted: Sequence[Point]) -> tuple[Point, ...]:
    """The points with these of one kind, where the first of the kind stood."""
    if [point for point in points if point.kind == kind] == list(wanted):
        return points
    at = next((place for place, point in enumerate(points) if point.kind == kind), len(points))
    rest = [point for point in points[at:] if point.kind != kind]
    return (*points[:at], *wanted, *rest)


def _tags(customer: Customer, _key: str, raw: Raw) -> Change:
    tags = split(as_text(raw), customer.tags)
    same = set(tags) == set(customer.tags)
    return Read(customer if same else replace(customer, tags=tuple(tags)))


def _region(customer: Customer, _key: str, raw: Raw) -> Change:
    from crmdesk.excel.reference_data import region_table

    text = as_text(raw)
    if not text:
        return Read(replace(customer, province="", city="", district=""))
    read = region_table().read(text)
    if read.value is None:
        return Read(None, read.code or "region_unknown", read.values)
    return Read(_with(customer, dict(zip(REGION, read.value, strict=True))), read.code, read.values)


def _birthday(customer: Customer, raw: Raw, today: date) -> Change:
    from crmdesk.domain.dates import DateRule, read_date
    from crmdesk.domain.lunar import is_lunar, read_lunar_day

    text = as_text(raw)
    if not text:
        return Read(replace(customer, birthday="", birthday_calendar=""))
    plain = re.sub(r"^(?:农历|阴历|旧历|lunar)\s*", "", text, flags=re.IGNORECASE)
    calendar = "lunar" if plain != text or is_lunar(text) else "solar"
    match = _BIRTHDAY.fullmatch(plain)
    if match is not None:
        iso = _day(match[1], int(match[2]), int(match[3]), lunar=calendar == "lunar")
        return (
            Read(replace(customer, birthday=iso, birthday_calendar=calendar)) if iso else Read(None, "date_impossible")
        )
    if calendar == "lunar":
        lunar = read_lunar_day(text)
        day, code, values = lunar.value, lunar.code, lunar.values
    else:
        solar = read_date(raw, DateRule(today, birthday=True))
        day, code, values = solar.value[0] if solar.value else None, solar.code, solar.values
    if not day:
        return Read(None, code or "date_unreadable", values)
    return Read(replace(customer, birthday=day, birthday_calendar=calendar), code, values)


def _day(year: str | None, month: int, day: int, *, lunar: bool) -> str:
    """The day in ISO form; "" where there is none such."""
    if not lunar:
        try:
            date(int(year or 2000), month, day)
        except ValueError:
            return ""
    elif not (1 <= month <= 12 and 1 <= day <= 30):
        return ""
    return f"{year}-{month:02d}-{day:02d}" if year else f"--{month:02d}-{day:02d}"


def _contacts(customer: Customer, key: str, raw: Raw) -> Change:
    """One contact is edited in place; of several, as many as there are must stand there."""
    part = key.removeprefix("contact_")
    text, contacts = as_text(raw), customer.contacts
    if part == "phone":
        return _contact_phones(customer, raw)
    parts = [text] if len(contacts) <= 1 else [piece.strip() for piece in text.split(JOIN)]
    if not contacts:
        return Read(replace(customer, contacts=(_with(Contact(), {part: text}),)) if text else customer)
    if len(parts) != len(contacts):
        return Read(None, "several_contacts", {"count": len(contacts)})
    edited = (_with(contact, {part: piece}) for contact, piece in zip(contacts, parts, strict=True))
    return Read(replace(customer, contacts=_with_content(edited)))


def _contact_phones(customer: Customer, raw: Raw) -> Change:
    """The phones of each contact, as many parts as there are contacts; an emptied cell takes the phones of all."""
    contacts = customer.contacts or (Contact(),)
    text = as_text(raw)
    parts = [text] if len(contacts) == 1 else re.split("[;；]", text) if text else [""] * len(contacts)
    if len(parts) != len(contacts):
        return Read(None, "several_contact_phones", {"count": len(contacts)})
    edited, doubt = [], Read(customer)
    for contact, part in zip(contacts, parts, strict=True):
        got = _read_numbers(part, [point for point in contact.points if point.kind == "phone"], "phone")
        if got.value is None:
            return Read(None, got.code, got.values)
        doubt = doubt if doubt.code else Read(customer, got.code, got.values)
        edited.append(replace(contact, points=_in_place(contact.points, "phone", got.value)))
    return Read(replace(customer, contacts=_with_content(edited)), doubt.code, doubt.values)


def _with_content(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    return tuple(c for c in contacts if c.name or c.title or c.salutation or c.notes or c.points)


_READERS: Final[Mapping[str, Reader]] = {
    **dict.fromkeys(TEXTS, _text),
    **dict.fromkeys(CODES, _code_word),
    **dict.fromkeys((*MONEY, "reward_points"), _number),
    **dict.fromkeys(("phone", "fax"), _phones),
    **dict.fromkeys(("wechat", "email", "qq"), _addresses),
    **dict.fromkeys(CONTACT, _contacts),
    "tags": _tags,
    "region": _region,
}
