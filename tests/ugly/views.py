"""What is known of a customer or row, asked in one way of a read row and of the file after the import."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

PURCHASE = {"ordered_on", "amount", "number", "product", "quantity", "price", "order_note"}
_FACTS = (
    *("name", "code", "short_name", "kind", "address", "industry", "source", "intent", "owner", "tier_given"),
    *("stage_given", "receivable", "balance", "reward_points", "salutation"),
)
_GIVEN = ("first_order_on", "last_order_on", "order_count", "order_total")


@dataclass
class View:
    """Values by key, and the lists that a row or customer has."""

    values: dict[str, Any] = field(default_factory=dict)
    points: list[tuple[str, str]] = field(default_factory=list)
    contacts: list[tuple[str, str, list[str]]] = field(default_factory=list)  # name, title, phones
    tags: list[str] = field(default_factory=list)
    extra: Mapping[str, str] = field(default_factory=dict)
    talks: list[tuple[str, str]] = field(default_factory=list)
    plans: list[str] = field(default_factory=list)
    orders: list[dict[str, Any]] = field(default_factory=list)

    @property
    def phones(self) -> list[str]:
        return [value for kind, value in self.points if kind == "phone"] + [
            p for _, _, own in self.contacts for p in own
        ]


def of_row(values: Mapping[str, Any], extra: Mapping[str, str]) -> View:
    """The view of a read row."""
    view = View(dict(values), extra=extra)
    view.points = [(kind, value) for kind, value, _ in values.get("points", ())]
    for name, title, _, points in values.get("contacts", ()):
        view.contacts.append((name, title, [value for kind, value, _ in points if kind == "phone"]))
        view.points += [(kind, value) for kind, value, _ in points if kind != "phone"]
    view.tags = list(values.get("tags", ()))
    if "birthday" in values:
        view.values["birthday"] = (values["birthday"], values["birthday_calendar"])
    view.talks = [(day, text) for day, _, text in values.get("interactions", ())]
    view.plans = [day for day, _ in values.get("follow_ups", ())]
    amount = values.get("line_amount", values.get("order_amount"))
    view.orders = [
        {**values, "amount": amount, "number": values.get("order_number"), "order_note": values.get("notes")}
    ]
    return view


def of_file(ask: Any) -> list[View]:
    """The view of every customer of a file; `ask` runs a statement and gives its rows."""
    views: dict[int, View] = {}
    names = [*_FACTS, *(f"given_{name}" for name in _GIVEN), "notes", "birthday", "birthday_calendar", "extra"]
    facts_of = ", ".join(f"c.{name}" for name in names)
    place = "r.province, r.city, r.district"
    for row in ask(f"SELECT c.id, {place}, {facts_of} FROM customers c LEFT JOIN regions r ON r.id = c.region_id"):
        facts = dict(zip(names, row[4:], strict=True))
        values = {name.removeprefix("given_"): value for name, value in facts.items() if value not in ("", None)}
        if facts["birthday"]:
            values["birthday"] = (facts["birthday"], facts["birthday_calendar"])
        if any(row[1:4]):
            values["region"] = tuple(part or "" for part in row[1:4])
        views[row[0]] = View(values, extra=json.loads(facts["extra"]))
    _reach(ask, views)
    _events(ask, views)
    _orders(ask, views)
    return list(views.values())


def _reach(ask: Any, views: dict[int, View]) -> None:
    people: dict[int, tuple[str, str, list[str]]] = {}
    for row_id, owner, name, title in ask("SELECT id, customer_id, name, title FROM contacts ORDER BY position"):
        people[row_id] = (name, title, [])
        views[owner].contacts.append(people[row_id])
    for owner, contact, kind, value in ask(
        "SELECT customer_id, contact_id, kind, value FROM contact_points ORDER BY position"
    ):
        if contact and kind == "phone":
            people[contact][2].append(value)
        else:
            views[owner].points.append((kind, value))
    for owner, tag in ask("SELECT t.customer_id, tags.name FROM customer_tags t JOIN tags ON tags.id = t.tag_id"):
        views[owner].tags.append(tag)


def _events(ask: Any, views: dict[int, View]) -> None:
    for owner, at, summary in ask("SELECT customer_id, at, summary FROM interactions"):
        views[owner].talks.append((at[:10], summary))
    for owner, due in ask("SELECT customer_id, due_on FROM follow_ups"):
        views[owner].plans.append(due)


def _orders(ask: Any, views: dict[int, View]) -> None:
    lines: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for order, *line in ask(
        "SELECT l.order_id, coalesce(p.name, ''), l.quantity, l.price, l.amount"
        " FROM order_lines l LEFT JOIN products p ON p.id = l.product_id"
    ):
        lines[order].append(tuple(line))
    for row_id, owner, day, number, amount, notes in ask(
        "SELECT id, customer_id, ordered_on, number, amount, notes FROM orders"
    ):
        product, quantity, price, _ = lines[row_id][0] if lines[row_id] else ("", None, None, None)
        views[owner].orders.append(
            {
                "ordered_on": day,
                "number": number or None,
                "amount": amount,
                "product": product or None,
                "quantity": quantity,
                "price": price,
                "order_note": notes,
            }
        )


_CHECKS: dict[str, Callable[[View, Any], bool]] = {
    "phone": lambda view, want: set(want) <= set(view.phones),
    "wechat": lambda view, want: ("wechat", want) in view.points,
    "email": lambda view, want: ("email", want) in view.points,
    "qq": lambda view, want: ("qq", want) in view.points,
    "fax": lambda view, want: ("fax", want) in view.points,
    "size": lambda view, want: want in (view.values.get("size"), view.extra.get("规模")),  # kept under its header
    "appointment": lambda view, want: True,  # held against what the import proposes
    "contact": lambda view, want: any(name == want for name, _, _ in view.contacts) or view.values.get("name") == want,
    "contact_title": lambda view, want: any((name, title) == want for name, title, _ in view.contacts),
    "contact_phone": lambda view, want: any(name == want[0] and want[1] in own for name, _, own in view.contacts),
    "note": lambda view, want: want in view.values.get("notes", ""),
    "tag": lambda view, want: want in view.tags,
    "talk": lambda view, want: want in view.talks,
    "talk_day": lambda view, want: any(day == want for day, _ in view.talks),
    "plan_day": lambda view, want: want in view.plans,
    "order_note": lambda view, want: any(want in (order.get("order_note") or "") for order in view.orders),
    "any": lambda view, want: True,
}


def holds(view: View, key: str, want: Any) -> bool:
    """Whether a view says what is wanted under a key."""
    if key in _CHECKS:
        return _CHECKS[key](view, want)
    if key.startswith("extra:"):
        return view.extra.get(key[6:]) == want
    if key in PURCHASE:
        return any(order.get(key) == want for order in view.orders)
    return view.values.get(key) == want


def fits(order: Mapping[str, Any], wants: Sequence[tuple[str, Any]]) -> bool:
    """Whether a purchase of the file is the one that a row tells of."""
    return all(
        (want in (order.get(key) or "")) if key == "order_note" else order.get(key) == want for key, want in wants
    )
