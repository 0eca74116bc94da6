"""Records as JSON: ids as strings, dates ISO, amounts as decimal strings, unknown as null."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from crmdesk.domain.customer import Contact, Customer, Point
from crmdesk.domain.money import decimal_text, from_money, from_quantity
from crmdesk.domain.order import Order, OrderLine
from crmdesk.domain.record import CustomerRecord, FollowUpRow, InteractionRow
from crmdesk.words.phrases import say

Json = dict[str, Any]
TEXTS = (
    *("code", "name", "short_name", "salutation", "kind", "province", "city", "district", "address", "industry"),
    *("source", "referred_by", "intent", "tier_given", "stage_given", "birthday", "birthday_calendar", "notes"),
)


def print_json(value: object) -> None:
    """Print one JSON document on standard output."""
    print(json.dumps(value, ensure_ascii=False, indent=1))


def money(amount: int | None) -> str | None:
    """Int money as a decimal string."""
    return None if amount is None else decimal_text(from_money(amount))


def day(value: date | datetime | None) -> str | None:
    """A day or a time as ISO text."""
    return None if value is None else value.isoformat()


def moment(at: datetime) -> str:
    """A time as ISO text to the minute; the day alone at midnight, as a sheet's day without a time is kept."""
    return at.date().isoformat() if at.time() == time() else at.isoformat(timespec="minutes")


def _values(points: Iterable[Point], kind: str) -> list[str]:
    return [point.value for point in points if point.kind == kind]


def _first(points: Iterable[Point], kind: str) -> str | None:
    return next(iter(_values(points, kind)), None)


def contact_json(contact: Contact) -> Json:
    """A contact of a customer."""
    return {
        "name": contact.name or None,
        "title": contact.title or None,
        "phones": _values(contact.points, "phone"),
        "wechat": _first(contact.points, "wechat"),
        "email": _first(contact.points, "email"),
    }


def _facts(customer: Customer) -> Json:
    return {name: getattr(customer, name) or None for name in TEXTS}


def customer_json(record: CustomerRecord) -> Json:
    """A customer with its tier, stage and figures."""
    customer, figures = record.customer, record.figures
    return {
        "id": str(customer.id),
        **_facts(customer),
        "phones": _values(customer.points, "phone"),
        "wechat": _first(customer.points, "wechat"),
        "email": _first(customer.points, "email"),
        "tier": figures.tier,
        "tier_reason": say(figures.tier_reason),
        "stage": figures.stage,
        "stage_reason": say(figures.stage_reason),
        "tags": list(customer.tags),
        "extra": dict(customer.extra),
        "contacts": [contact_json(contact) for contact in customer.contacts],
        "first_order_on": day(figures.first_order_on),
        "last_order_on": day(figures.last_order_on),
        "order_count": figures.order_count,
        "order_total": money(figures.order_total),
        "next_follow_up_on": day(figures.next_follow_up_on),
    }


def _line_json(line: OrderLine) -> Json:
    quantity = None if line.quantity is None else decimal_text(from_quantity(line.quantity))
    return {
        "product": line.product or None,
        "quantity": quantity,
        "price": money(line.price),
        "amount": money(line.amount),
    }


def order_json(order: Order, name: str) -> Json:
    """An order with its lines; `customer` is the customer's id."""
    return {
        "id": str(order.id),
        "number": order.number or None,
        "customer": str(order.customer_id),
        "customer_name": name or None,
        "date": day(order.ordered_on),
        "status": order.status or None,
        "counts": order.counts,
        "amount": money(order.amount),
        "cost": money(order.cost),
        "discount": money(order.discount),
        "refund": money(order.refund),
        "lines": [_line_json(line) for line in order.lines],
    }


def interaction_json(row: InteractionRow) -> Json:
    """An interaction; `customer` is the customer's id."""
    interaction = row.interaction
    return {
        "customer": str(interaction.customer_id),
        "customer_name": row.name or None,
        "at": moment(interaction.at),
        "kind": str(interaction.kind),
        "summary": interaction.summary or None,
    }


def follow_up_json(row: FollowUpRow) -> Json:
    """A follow-up; `customer` is the customer's id."""
    follow_up = row.follow_up
    return {
        "customer": str(follow_up.customer_id),
        "customer_name": row.name or None,
        "due_on": day(follow_up.due_on),
        "kind": str(follow_up.kind),
        "summary": follow_up.summary or None,
        "promise": follow_up.promise,
        "done": follow_up.done_on is not None,
    }
