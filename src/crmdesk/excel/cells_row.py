"""How the values of a row are put together: columns of one field, contacts by number, names that are missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Final

from crmdesk.domain.fields import Field
from crmdesk.domain.interaction import InteractionKind
from crmdesk.domain.money import QUANTITY_UNIT
from crmdesk.domain.reading import Read
from crmdesk.domain.region import NO_REGION, Region
from crmdesk.excel.cells_fields import SAME_AS_PHONE
from crmdesk.excel.cells_mixed import MIXED, put_mixed
from crmdesk.excel.column import Column
from crmdesk.excel.reference_data import region_table

Values = dict[str, Any]
Plain = Any  # text, number, tuple or list: what a field's reader gives
Put = Callable[[Values, Plain], None]
Finish = Callable[[Values], str]  # gives the code of what is doubtful about the row, or ""

POINTS: Final = frozenset({Field.PHONE, Field.FAX, Field.EMAIL, Field.QQ, Field.WECHAT})
CONTACTS: Final = frozenset({Field.CONTACT_NAME, Field.CONTACT_TITLE, Field.CONTACT_PHONE})
_PARTED: Final = re.compile(r"\s*[/、，,;；\n]\s*")
_PLACES: Final = {Field.PROVINCE: "province", Field.CITY: "city", Field.DISTRICT: "district"}
_TALKS: Final = {Field.INTERACTION_ON: "on", Field.INTERACTION_KIND: "kind", Field.INTERACTION_SUMMARY: "talks"}
_PLANS: Final = {Field.FOLLOW_UP_ON: "on", Field.FOLLOW_UP_SUMMARY: "summary"}


def put_for(column: Column, columns: Sequence[Column]) -> Put | None:
    """How a column's value goes into the row where it is not simply the value of its field."""
    field, slot = column.field, int(column.options.get("slot", 0))
    part = str(column.options.get("part", ""))
    if field in POINTS and not slot:
        return _put_points
    if field is Field.CONTACT_NAME and _is_plain_contact(columns):
        return _put_people
    if field in CONTACTS or field in POINTS:
        return _into_contact(field, slot, part)
    for key, parts in (("_places", _PLACES), ("_talks", _TALKS), ("_plans", _PLANS)):
        if field in parts:
            return _set_aside(key, 0 if key == "_places" else slot, parts[field])
    if field is Field.NAME:
        return put_mixed if column.options.get(MIXED) else _into("_parts", 0, part) if part else _put_name
    if field is Field.NOTES:
        return _notes_putter(str(column.options.get("label", "")))
    if field in (Field.LINE_DISCOUNT, Field.ORDER_DISCOUNT):
        return _discount_putter(field)
    if field is Field.LINE_COST and column.options.get("per_unit"):
        return _put_unit_cost
    return _PUTS.get(field)


def finishers(columns: Sequence[Column]) -> list[Finish]:
    """What is left to do at the end of each row of such columns."""
    fields = {column.field for column in columns}
    wanted: list[Finish] = []
    if fields & set(_PLACES):
        wanted.append(_finish_region)
    if _has_contacts(columns) and not _is_plain_contact(columns):
        wanted.append(_finish_contacts)
    if Field.WECHAT in fields:
        wanted.append(_finish_wechat)
    if fields & set(_TALKS):
        wanted.append(_finish_talks)
    if fields & set(_PLANS):
        wanted.append(_finish_plans)
    if any(column.options.get("per_unit") for column in columns):
        wanted.append(_finish_cost)
    also = any(column.options.get("also_name") for column in columns)
    wanted.append(_name_finisher(named=any(c.field is Field.NAME for c in columns), from_code=also))
    return wanted


def _has_contacts(columns: Sequence[Column]) -> bool:
    return any(c.field in CONTACTS or (c.field in POINTS and c.options.get("slot")) for c in columns)


def _is_plain_contact(columns: Sequence[Column]) -> bool:
    """Whether the contacts of a row are one whole name, as in most sheets: nothing to put together."""
    found = [c for c in columns if c.field in CONTACTS or (c.field in POINTS and c.options.get("slot"))]
    return len(found) == 1 and found[0].field is Field.CONTACT_NAME and "part" not in found[0].options


def _put_people(values: Values, value: Plain) -> None:
    values["contacts"] = [(name, "", salutation, _own_phone(phone)) for name, salutation, _, phone in value]
    for _, _, note, _ in value:
        if note:
            _add_note(values, note)


def _own_phone(phone: str) -> list[Any]:
    """A number that stood beside the name of a contact."""
    return [("phone", phone, "")] if phone else []


def _into(key: str, slot: int, part: str) -> Put:
    """Put a value aside under a slot and a part, until the row is complete."""

    def put(values: Values, value: Plain) -> None:
        values.setdefault(key, {}).setdefault(slot, {})[part] = value

    return put


def _set_aside(key: str, slot: int, part: str) -> Put:
    return _talks_putter(slot) if part == "talks" else _into(key, slot, part)


def _talks_putter(slot: int) -> Put:
    """Put what was said aside; two columns about one day make one text."""

    def put(values: Values, value: Plain) -> None:
        block = values.setdefault("_talks", {}).setdefault(slot, {})
        known = block.get("talks", [])
        if len(known) == len(value) == 1 and not (known[0][0] or value[0][0]):
            kind = known[0][1] if known[0][1] != InteractionKind.NOTE else value[0][1]
            block["talks"] = [("", kind, f"{known[0][2]}\n{value[0][2]}")]
        else:
            block["talks"] = [*known, *value]

    return put


def _into_contact(field: Field, slot: int, part: str) -> Put:
    def put(values: Values, value: Plain) -> None:
        contact = values.setdefault("_contacts", {}).setdefault(slot or 1, {})
        if field is Field.CONTACT_NAME:
            contact.setdefault("parts" if part else "people", {})[part or len(contact.get("people", {}))] = value
        elif field is Field.CONTACT_TITLE:
            contact["title"] = value
        else:
            contact.setdefault("points", []).extend(value)

    return put


def _put_points(values: Values, value: Plain) -> None:
    points = values.get("points")
    if points is None:
        values["points"] = list(value)
        return
    known = [point[:2] for point in points]
    points += [point for point in value if point[:2] not in known]


def _put_name(values: Values, value: Plain) -> None:
    name, salutation, tags, notes, phone = value
    if phone:
        _put_points(values, [("phone", phone, "")])
    if name:
        values["name"] = name
    if salutation:
        values.setdefault("salutation", salutation)
    if tags:
        values.setdefault("tags", []).extend(tags)
    if notes:
        _add_note(values, notes)


def _put_tags(values: Values, value: Plain) -> None:
    tags = values.setdefault("tags", [])
    tags.extend(tag for tag in value if tag not in tags)


def _put_address(values: Values, value: Plain) -> None:
    values["address"] = value[0]
    if value[1] != NO_REGION:
        values["_address_region"] = value[1]


def _put_order_day(values: Values, value: Plain) -> None:
    """The first order day that is known counts; a backup column (创建时间 beside 付款时间) is read later."""
    if "ordered_on" not in values:
        values["ordered_on"] = value[0]
        if value[1]:
            values.setdefault("ordered_at", value[1])


def _put_region(values: Values, value: Plain) -> None:
    values["region"] = value[0]
    if value[1]:
        values.setdefault("address", value[1])


def _put_day(key: str) -> Put:
    def put(values: Values, value: Plain) -> None:
        values[key] = value[0]

    return put


def _put_unit_cost(values: Values, value: Plain) -> None:
    values["_unit_cost"] = value


def _put_birthday(values: Values, value: Plain) -> None:
    values["birthday"], values["birthday_calendar"] = value


def _add_note(values: Values, text: str) -> None:
    values["notes"] = f"{values['notes']}\n{text}" if values.get("notes") else text


def _notes_putter(label: str) -> Put:
    def put(values: Values, value: Plain) -> None:
        _add_note(values, f"{label}：{value}" if label else value)

    return put


def _discount_putter(field: Field) -> Put:
    level = "line" if field is Field.LINE_DISCOUNT else "order"

    def put(values: Values, value: Plain) -> None:
        values[f"{level}_pay_share" if value[0] == "share" else f"{level}_discount"] = value[1]

    return put


_PUTS: Final[dict[Field, Put]] = {
    Field.TAGS: _put_tags,
    Field.ADDRESS: _put_address,
    Field.REGION: _put_region,
    Field.BIRTHDAY: _put_birthday,
    Field.ORDERED_ON: _put_order_day,
    Field.FIRST_ORDER_ON: _put_day("first_order_on"),
    Field.LAST_ORDER_ON: _put_day("last_order_on"),
}


@lru_cache(maxsize=20_000)
def _place(parts: tuple[str, str, str]) -> Read[Region]:
    """Province, city and district from columns of their own; foreign ones stay as they are."""
    read = region_table().read(" ".join(part for part in parts if part))
    if read.value and (read.value[2] or not parts[2]) and (read.value[1] or not parts[1]):
        return read
    if read.value:
        province, city, district = read.value
        return Read((province, city or parts[1], district or parts[2]))
    return Read(parts)


def _finish_region(values: Values) -> str:
    kept = values.pop("_places", None)
    if kept:
        parts = kept[0]
        read = _place((parts.get("province", ""), parts.get("city", ""), parts.get("district", "")))
        values["region"] = read.value
    return ""


def _finish_contacts(values: Values) -> str:
    """Contacts in the order of their slots: (name, title, salutation, points)."""
    kept = values.pop("_contacts", None)
    if not kept:
        return ""
    contacts: list[tuple[str, str, str, list[Any]]] = []
    for _, contact in sorted(kept.items()):
        people = [person for group in contact.get("people", {}).values() for person in group]
        if parts := contact.get("parts"):
            names = [person[0] for part in ("first", "last") for person in parts.get(part, ())]
            people.append((" ".join(names), "", "", ""))
        people = people or [("", "", "", "")]
        titles, shares = _dealt_out(contact.get("title", ""), contact.get("points", []), len(people))
        for (name, salutation, note, phone), title, share in zip(people, titles, shares, strict=True):
            points = [*_own_phone(phone), *share]
            contacts.append((name, title, salutation, list(dict.fromkeys(points))))
            if note:
                _add_note(values, note)
    values["contacts"] = contacts
    return ""


def _dealt_out(title: str, points: list[Any], count: int) -> tuple[list[str], list[list[Any]]]:
    """Titles and numbers of several people in a cell: one each where there are as many, else all go to the first."""
    titles = [one for one in _PARTED.split(title) if one]
    one_each = count > 1 and len(points) == count
    return (
        titles if len(titles) == count > 1 else [title, *[""] * (count - 1)],
        [[point] for point in points] if one_each else [points, *[[] for _ in range(count - 1)]],
    )


def _finish_wechat(values: Values) -> str:
    """微信同手机: the row's first phone; dropped where it has none."""
    points = values.get("points", ())
    if SAME_AS_PHONE in [point[1] for point in points]:
        phone = next((point[1] for point in points if point[0] == "phone"), "")
        points[:] = [(kind, phone if value == SAME_AS_PHONE else value, label) for kind, value, label in points]
        points[:] = list(dict.fromkeys(point for point in points if point[1]))
        return "" if phone else "wechat_without_phone"
    return ""


def _finish_talks(values: Values) -> str:
    kept = values.pop("_talks", None)
    if not kept:
        return ""
    talks = []
    for _, block in sorted(kept.items()):
        day = block["on"][0] if "on" in block else ""
        for own_day, kind, words in block.get("talks", [("", InteractionKind.NOTE.value, "")]):
            if words or own_day or day:
                talks.append((own_day or day, block.get("kind") or kind, words))
    values["interactions"] = talks
    return ""


def _finish_plans(values: Values) -> str:
    kept = values.pop("_plans", None)
    if kept:
        plans = [
            (block["on"][0] if "on" in block else "", block.get("summary", "")) for _, block in sorted(kept.items())
        ]
        values["follow_ups"] = plans
    return ""


def _finish_cost(values: Values) -> str:
    """The cost of a line from that of a piece; one piece where no quantity stands."""
    cost = values.pop("_unit_cost", None)
    if cost is not None:
        values["line_cost"] = round(cost * values.get("quantity", QUANTITY_UNIT) / QUANTITY_UNIT)
    return ""


def _name_finisher(*, named: bool, from_code: bool) -> Finish:
    """The last step: a name from its parts, its contact, its code, or its form of address with the phone's tail."""

    def finish(values: Values) -> str:
        region = values.pop("_address_region", None)
        if region:
            values.setdefault("region", region)
        parts = values.pop("_parts", None)
        if parts and "name" not in values:
            _name_from_parts(values, parts[0])
        if "name" in values:
            return ""
        if from_code and "code" in values:
            values["name"] = values["code"]
            return ""
        return _name_from_people(values, named)

    return finish


def _name_from_parts(values: Values, parts: dict[str, Any]) -> None:
    names = [parts[part][0] for part in ("first", "last") if part in parts and parts[part][0]]
    if names:
        western = any(name.isascii() for name in names)
        values["name"] = " ".join(names) if western else "".join(reversed(names))


def _name_from_people(values: Values, named: bool) -> str:
    for name, _, salutation, _ in values.get("contacts", ()):
        if name:
            values["name"] = name
            if salutation:
                values.setdefault("salutation", salutation)
            return "name_from_contact" if named else ""
    salutation = values.get("salutation") or next((c[2] for c in values.get("contacts", ()) if c[2]), "")
    phone = next((point[1] for point in values.get("points", ()) if point[0] == "phone"), "")
    if salutation and phone:
        values["name"] = f"{salutation} {phone[-4:]}"
        values.setdefault("salutation", salutation)
    return ""
