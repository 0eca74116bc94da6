"""A customer: a company or a private person, never forced to have a contact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Point:
    """One way to reach somebody: kind `phone`, `wechat`, `email`, `qq` or `fax`; phones as digits without +86."""

    kind: str
    value: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A person at a customer. `id` is 0 until it is kept."""

    name: str = ""
    title: str = ""
    salutation: str = ""
    role: str = ""
    notes: str = ""
    points: tuple[Point, ...] = ()
    id: int = 0


@dataclass(frozen=True, slots=True)
class Customer:
    """The facts of a customer as the user keeps them; an empty text or None is unknown. `id` is 0 until it is kept.

    The `given_` fields are what the user's own sheet says: its tier and status words, and totals where it holds no
    single orders (`given_order_total` is int money). `extra` are the user's own columns by header.
    """

    name: str = ""
    code: str = ""
    short_name: str = ""
    salutation: str = ""
    kind: str = ""  # "company", "person"
    province: str = ""
    city: str = ""
    district: str = ""
    address: str = ""
    industry: str = ""
    source: str = ""
    referred_by: str = ""  # who brought them, in the user's words: "张姐"
    intent: str = ""  # "high", "medium", "low"
    owner: str = ""
    birthday: str = ""  # ISO date, or "--08-15" where the year is unknown
    birthday_calendar: str = ""  # "solar", "lunar"
    notes: str = ""
    tier_given: str = ""
    stage_given: str = ""
    given_first_order_on: date | None = None
    given_last_order_on: date | None = None
    given_order_count: int | None = None
    given_order_total: int | None = None
    receivable: int | None = None  # money, as the sheet says
    balance: int | None = None  # money
    reward_points: int | None = None
    points: tuple[Point, ...] = ()
    contacts: tuple[Contact, ...] = ()
    tags: tuple[str, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)
    referrer_id: int | None = None  # the customer whom `referred_by` means, where that is known
    id: int = 0
