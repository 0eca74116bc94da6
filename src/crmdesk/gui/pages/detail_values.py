"""The facts of a customer as text, and what typing into one of them means."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from crmdesk.domain.customer import Customer, Point
from crmdesk.domain.money import decimal_text, from_money
from crmdesk.gui.pages.customer_list_edit import edited_fields, joined_words
from crmdesk.i18n import _
from crmdesk.words import formats
from crmdesk.words.labels import field_label, label

# In this order on a card. Region is one fact made of three fields.
FACTS: Final = (
    "salutation", "short_name", "code", "region", "address", "industry", "source", "intent", "owner", "birthday",
    "tags", "notes", "tier_given", "stage_given", "receivable", "balance", "reward_points",
)  # fmt: skip
MONEY: Final = frozenset({"receivable", "balance"})
SECRET: Final = frozenset({"tier_given", "stage_given", "receivable", "balance", "intent"})  # not while presenting
LONG: Final = frozenset({"notes"})
_BIRTHDAY: Final = re.compile(r"(?:(\d{4})\D{1,2})?(\d{1,2})\D{1,2}(\d{1,2})\D?")


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a card: `text` as it is edited, `shown` as it is read."""

    key: str
    heading: str
    text: str
    shown: str


def facts_of(customer: Customer, *, presenting: bool) -> list[Fact]:
    """The facts that have content: ways to reach, people, then the rest, the user's own columns last."""
    found = [
        Fact(f"point:{number}", _point_heading(point), point.value, _point_shown(point))
        for number, point in enumerate(customer.points)
    ]
    for number, contact in enumerate(customer.contacts):
        reach = [_point_shown(point) for point in contact.points]
        shown = " · ".join(part for part in (contact.name, contact.title, *reach, contact.notes) if part)
        found.append(Fact(f"contact:{number}", _("Contact"), shown, shown))
    found += [
        fact_of(customer, key)
        for key in FACTS
        if fact_text(customer, key) and not (presenting and key in SECRET)
    ]  # fmt: skip
    found += [Fact(f"extra:{header}", header, text, text) for header, text in customer.extra.items() if text]
    return found


def fact_of(customer: Customer, key: str) -> Fact:
    """A fact by its key, empty ones too."""
    text = fact_text(customer, key)
    return Fact(key, field_label(key), text, _SHOWN[key](customer) if key in _SHOWN and text else text)


def fact_text(customer: Customer, key: str) -> str:
    """A fact as it is edited; "" where there is none."""
    if key == "region":
        parts = (customer.province, customer.city, customer.district)
        return " / ".join(part for part in parts if part)
    if key == "tags":
        return joined_words(customer.tags)
    if key == "birthday":
        return customer.birthday.removeprefix("--")
    if key == "intent":
        return label("intent", customer.intent) if customer.intent else ""
    if key.startswith("extra:"):
        return customer.extra.get(key.removeprefix("extra:"), "")
    value = getattr(customer, key)
    if value is None:
        return ""
    return decimal_text(from_money(value)) if key in MONEY else str(value)


def fact_fields(customer: Customer, key: str, text: str) -> dict[str, Any] | None:
    """The fields that a typed text changes: {} where nothing differs, None where it cannot be understood."""
    text = text.strip()
    group, _colon, number = key.partition(":")
    if group == "point":
        return {"points": _point_changed(customer.points, int(number), text)}
    if group == "new":
        return {"points": (*customer.points, Point(number, _normal(number, text)))} if text else {}
    if key in MONEY or key == "reward_points":
        return _number_fields(key, text)
    if key == "region":
        return _region_fields(text)
    if key == "birthday":
        return birthday_fields(text)
    fields = edited_fields(customer, key, text)
    return None if not fields and text and key == "intent" and text != fact_text(customer, key) else fields


def birthday_fields(text: str) -> dict[str, Any] | None:
    """A birthday as people write it: "1985-08-15", "8月15日", "农历8月15"; None where it is no day."""
    if not text:
        return {"birthday": "", "birthday_calendar": ""}
    from crmdesk.domain.lunar import is_lunar, read_lunar_day

    if is_lunar(text):
        lunar = read_lunar_day(text).value
        return {"birthday": lunar, "birthday_calendar": "lunar"} if lunar else None
    match = _BIRTHDAY.search(text)
    if match is None:
        return None
    year, month, day = match.group(1), int(match.group(2)), int(match.group(3))
    try:
        date(int(year or 2000), month, day)  # a leap year: without its year, 29 February is a day too
    except ValueError:
        return None
    iso = f"{year}-{month:02d}-{day:02d}" if year else f"--{month:02d}-{day:02d}"
    return {"birthday": iso, "birthday_calendar": "solar"}


def _number_fields(key: str, text: str) -> dict[str, Any] | None:
    if not text:
        return {key: None}
    from crmdesk.domain.amounts import read_amount, read_count

    read = read_amount(text) if key in MONEY else read_count(text)
    return {key: read.value} if read.value is not None and not read.code else None


def _region_fields(text: str) -> dict[str, Any]:
    # Chinese names hold no spaces; "New York" does.
    parts = re.split(r"\s*[/,，、]\s*" if text.isascii() else r"[\s/,，、]+", text)
    parts = [*parts[:2], " ".join(parts[2:]).strip(), "", "", ""][:3]
    return dict(zip(("province", "city", "district"), parts, strict=True))


def _point_changed(points: tuple[Point, ...], number: int, text: str) -> tuple[Point, ...]:
    if number >= len(points):
        return points
    new = (replace(points[number], value=_normal(points[number].kind, text)),) if text else ()
    return (*points[:number], *new, *points[number + 1 :])


def _normal(kind: str, text: str) -> str:
    if kind != "phone":
        return text
    from crmdesk.domain.phone import read_phones

    found = read_phones(text).value
    return found[0][1] if found else text


def _point_heading(point: Point) -> str:
    return point.label or label("point", point.kind)


def _point_shown(point: Point) -> str:
    return formats.phone(point.value) if point.kind == "phone" else point.value


def _birthday_shown(customer: Customer) -> str:
    calendar = label("calendar", "lunar") if customer.birthday_calendar == "lunar" else ""
    return f"{calendar} {fact_text(customer, 'birthday')}".strip()


_SHOWN: Final[dict[str, Callable[[Customer], str]]] = {
    "birthday": _birthday_shown,
    "region": lambda customer: formats.region((customer.province, customer.city, customer.district)),
    "receivable": lambda customer: formats.money(customer.receivable),
    "balance": lambda customer: formats.money(customer.balance),
}
