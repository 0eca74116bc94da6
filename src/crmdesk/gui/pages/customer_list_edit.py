"""What typing into a cell of the customer list means for the customer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crmdesk.i18n import _
from crmdesk.words.labels import label

if TYPE_CHECKING:
    from crmdesk.domain.customer import Customer, Point

TEXTS: Final = frozenset(
    {
        *("name", "code", "short_name", "salutation", "address", "province", "city", "district", "industry", "source"),
        *("referred_by", "owner", "notes", "birthday", "tier_given", "stage_given"),
    }
)
POINTS: Final = frozenset({"phone", "wechat", "qq", "email", "fax"})
EDITABLE: Final = TEXTS | POINTS | {"intent", "tags"}
INTENTS: Final = ("high", "medium", "low")


def edited_fields(customer: Customer, key: str, text: str) -> dict[str, Any]:
    """The fields that `edit_customer` is to change; nothing where the text is as before or means nothing."""
    text = text.strip()
    if key.startswith("extra:"):
        header = key.removeprefix("extra:")
        extra = {**customer.extra, header: text}
        if not text:
            extra.pop(header)
        return {"extra": extra} if extra != dict(customer.extra) else {}
    if key in POINTS:
        points = with_first_point(customer.points, key, text)
        return {"points": points} if points != customer.points else {}
    if key == "intent":
        intent = intent_code(text)
        return {"intent": intent} if intent is not None and intent != customer.intent else {}
    if key == "tags":
        tags = tuple(dict.fromkeys(part for part in split_words(text)))
        return {"tags": tags} if tags != customer.tags else {}
    if key not in TEXTS or (key == "name" and not text) or text == getattr(customer, key):
        return {}
    return {key: text}


def with_first_point(points: tuple[Point, ...], kind: str, text: str) -> tuple[Point, ...]:
    """The points with the first one of a kind put right; an empty text takes it away. Phones are normalised."""
    of_kind = [point for point in points if point.kind == kind]
    others = tuple(point for point in points if point.kind != kind)
    values = _read_points(kind, text)
    return (*others, *values, *of_kind[1:]) if kind != "phone" else (*values, *of_kind[1:], *others)


def _read_points(kind: str, text: str) -> tuple[Point, ...]:
    from crmdesk.domain.customer import Point  # not needed until a cell is edited

    if kind == "phone" and text:
        from crmdesk.domain.phone import read_phones

        read = read_phones(text)
        if read.value:
            return tuple(Point(*found) for found in read.value)
    return (Point(kind, text),) if text else ()


def intent_code(text: str) -> str | None:
    """The code of an intent in words (高, high); "" for none, None for words that are no intent."""
    if not text:
        return ""
    for code in INTENTS:
        if text.casefold() in (code, label("intent", code).casefold()):
            return code
    return None


def split_words(text: str) -> list[str]:
    """Tags as people write them: parted by commas, 、 or spaces."""
    for mark in ",，、;；":
        text = text.replace(mark, " ")
    return text.split()


def joined_words(words: tuple[str, ...]) -> str:
    """Tags in one line."""
    return _(", ").join(words)
