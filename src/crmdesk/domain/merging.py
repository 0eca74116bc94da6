"""Two customers made one: what differs between them, and what becomes of it by the user's choice for each field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from crmdesk.domain.customer import Customer

Place = tuple[str, str, str]
_TEXTS: Final = (
    *("name", "code", "short_name", "salutation", "kind", "address", "industry", "source", "intent", "owner"),
    *("referred_by", "tier_given", "stage_given", "notes"),
)
_SUMS: Final = {
    "order_count": "given_order_count",
    "order_total": "given_order_total",
    "receivable": "receivable",
    "balance": "balance",
    "reward_points": "reward_points",
}
"""Fields that add up, by the code they are shown under."""
MONEY: Final = frozenset(("order_total", "receivable", "balance"))
_EXTRA: Final = "extra:"


class Choice(StrEnum):
    """What becomes of a field that differs."""

    KEEP = "keep"
    OTHER = "other"
    BOTH = "both"  # texts one below the other, amounts added up


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that both customers have, and not the same. `region` holds (province, city, district)."""

    field: str
    keep: str | int | Place
    other: str | int | Place
    may_both: bool = False

    @property
    def proposed(self) -> Choice:
        """What is taken where the user says nothing: everything where both can be kept, else what is there."""
        return Choice.BOTH if self.may_both else Choice.KEEP


Choices = Mapping[str, Choice]


def _values(customer: Customer) -> dict[str, Any]:
    """All fields that can differ, by the code they are shown under."""
    found: dict[str, Any] = {key: getattr(customer, key) for key in _TEXTS}
    found |= {code: getattr(customer, key) for code, key in _SUMS.items()}
    region: Place = (customer.province, customer.city, customer.district)
    found["region"] = region if any(region) else ""
    found["birthday"] = customer.birthday
    found |= {_EXTRA + header: text for header, text in customer.extra.items()}
    return found


def differences(keep: Customer, other: Customer) -> tuple[Difference, ...]:
    """The fields about which the user may choose; what only one of them has is kept without a question."""
    mine, theirs = _values(keep), _values(other)
    return tuple(
        Difference(key, value, theirs[key], key == "notes" or key in _SUMS)
        for key, value in mine.items()
        if not _nothing(value) and not _nothing(theirs.get(key)) and value != theirs[key]
    )


def _nothing(value: object) -> bool:
    return value is None or value == ""


def merged(keep: Customer, other: Customer, choices: Choices) -> Customer:
    """`keep` with the facts of both. Points, contacts and tags stay its own: their rows are moved, not rewritten."""
    mine, theirs = _values(keep), _values(other)
    differing = {difference.field: difference for difference in differences(keep, other)}
    taken: dict[str, Any] = {}
    for key in {**mine, **theirs}:
        difference = differing.get(key)
        if difference is not None:
            taken[key] = _chosen(difference, choices.get(key, difference.proposed))
        else:
            taken[key] = theirs.get(key) if _nothing(mine.get(key)) else mine[key]
    return _with_dates(_rebuilt(keep, taken), keep, other, taken)


def _chosen(difference: Difference, choice: Choice) -> object:
    if choice is Choice.BOTH and difference.may_both:
        if isinstance(difference.keep, int) and isinstance(difference.other, int):
            return difference.keep + difference.other
        return f"{difference.keep}\n{difference.other}"
    return difference.other if choice is Choice.OTHER else difference.keep


def _rebuilt(keep: Customer, taken: Mapping[str, Any]) -> Customer:
    province, city, district = taken["region"] or ("", "", "")
    return replace(
        keep,
        **{key: taken[key] for key in _TEXTS},
        **{key: taken[code] for code, key in _SUMS.items()},
        province=province,
        city=city,
        district=district,
        extra={key.removeprefix(_EXTRA): text for key, text in taken.items() if key.startswith(_EXTRA)},
    )


def _with_dates(made: Customer, keep: Customer, other: Customer, taken: Mapping[str, Any]) -> Customer:
    """The earliest first order and the latest last one; a birthday with the calendar it is meant in."""
    first = [c.given_first_order_on for c in (keep, other) if c.given_first_order_on is not None]
    last = [c.given_last_order_on for c in (keep, other) if c.given_last_order_on is not None]
    born = keep if taken["birthday"] == keep.birthday and keep.birthday else other
    brought = keep if taken["referred_by"] == keep.referred_by else other
    return replace(
        made,
        given_first_order_on=min(first, default=None),
        given_last_order_on=max(last, default=None),
        referrer_id=brought.referrer_id,
        birthday=taken["birthday"],
        birthday_calendar=born.birthday_calendar or made.birthday_calendar,
    )
