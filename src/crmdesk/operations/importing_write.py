"""Writing a plan: everything new as tuples, table by table; what was filled as updates of its columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, Any, Final

from crmdesk.domain.follow_up import Origin
from crmdesk.domain.interaction import InteractionKind
from crmdesk.domain.keys import event_key
from crmdesk.operations.importing_orders import sale_key
from crmdesk.operations.importing_person import Folded, Person
from crmdesk.operations.importing_plan import Plan
from crmdesk.operations.importing_sales import Sale
from crmdesk.progress import Progress
from crmdesk.storage import importing as kept
from crmdesk.storage import photos, referrals
from crmdesk.storage.batches import batches
from crmdesk.storage.indexes import set_aside
from crmdesk.storage.rows import insert_rows

if TYPE_CHECKING:
    from crmdesk.storage.database_step import Step

_EVERY: Final = 1_000  # rows between two reports
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False)
_POINT: Final = ("id", "customer_id", "contact_id", "kind", "value", "label", "position")
_CONTACT: Final = ("id", "customer_id", "name", "title", "salutation", "position")
_ORDER: Final = (
    *("id", "customer_id", "number", "ordered_on", "ordered_at", "status", "counts", "amount", "cost", "discount"),
    *("refund", "notes", "import_key", "import_id"),
)
_LINE: Final = ("id", "order_id", "product_id", "quantity", "price", "amount", "cost", "discount")
_INTERACTION: Final = ("id", "customer_id", "at", "kind", "outcome", "summary", "import_key", "import_id")
_FOLLOW_UP: Final = ("id", "customer_id", "due_on", "kind", "summary", "origin", "promise", "import_key")


class _Reach:
    """What is to be inserted of contacts, ways to be reached and tags; the latter two get their ids later."""

    def __init__(self) -> None:
        self.owners: list[tuple[Person, Sequence[int]]] = []  # with the ids of all their contacts
        self.contacts: list[tuple[Any, ...]] = []
        self.points: list[tuple[Any, ...]] = []
        self.tags: list[tuple[int, int]] = []


class Writer:
    """Writes one plan in one step. `imports`: the id of the import of each workbook."""

    def __init__(self, step: Step, plan: Plan, imports: Sequence[int], today: str, progress: Progress) -> None:
        self._step, self._raw, self._plan = step, step.raw, plan
        self._imports, self._today, self._progress = imports, today, progress
        self._regions = kept.regions_known(self._raw)
        self._tags = kept.tags_known(self._raw)
        self._done = 0
        self._total = 0

    def write(self) -> None:
        """Write everything. Raises Cancelled in between; the step then keeps nothing."""
        plan, new, step = self._plan, self._plan.people.new, self._step
        known = list(plan.people.known.values())
        sales = [*plan.sales.new, *plan.sales.known]
        # Ids first: orders and events refer to customers, and their keys are made from the customer's id.
        self._give_ids()
        lines = list(self._lines(sales))
        sizes = {
            "customers": len(new),
            "contacts": sum(person.sizes[0] for person in new),
            "contact_points": sum(person.sizes[1] for person in new),
            "orders": len(plan.sales.new),
            "order_lines": len(lines),
            "interactions": len(plan.interactions),
            "follow_ups": len(plan.follow_ups),
        }
        self._total = sum(sizes.values())
        # New customers come by ascending id: cheap to keep up, and what is searched is read by them meanwhile.
        indexes = set_aside(self._raw, sizes, keep=("ix_contacts_customer", "ix_contact_points_customer"))
        plan.spend()
        for start in range(0, len(new), _EVERY):
            self._add_new(new[start : start + _EVERY])
            # What is said in talks is searched as well, and comes in later.
            if step.beside is not None and not plan.interactions:
                step.beside.tell(new[start].id, new[min(start + _EVERY, len(new)) - 1].id)
        self._change("customers", ((person.id, self._filled(person)) for person in plan.changed))
        self._swap(plan.swapping)
        self._add_reach(known)
        self._change_contacts(known)
        self._insert("orders", _ORDER, map(self._order, plan.sales.new))
        self._change("orders", ((sale.id, sale.changes) for sale in plan.sales.known if sale.changes))
        self._change("orders", ((order, {"refund": amount}) for order, amount in plan.refunds))
        self._insert("order_lines", _LINE, lines)
        self._events()
        for number, statement in enumerate(indexes):
            self._progress.report("writing", number, len(indexes))
            self._raw.execute(statement)
        referrals.link(self._raw)

    # Ids and indexes

    def _give_ids(self) -> None:
        plan, new_ids = self._plan, self._step.new_ids
        for person, row_id in zip(plan.people.new, new_ids(len(plan.people.new)), strict=True):
            person.id = row_id
        for sale, row_id in zip(plan.sales.new, new_ids(len(plan.sales.new)), strict=True):
            sale.id = row_id

    def _insert(self, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
        for batch in batches(rows, _EVERY):
            self._progress.report("importing", self._done, self._total)
            self._done += insert_rows(self._raw, table, columns, batch)

    def _change(self, table: str, changes: Iterable[tuple[int, dict[str, Any]]]) -> None:
        """Update rows by id; those that change the same columns go in one statement."""
        alike: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
        for row_id, values in changes:
            alike.setdefault(tuple(values), []).append((*values.values(), row_id))
        version = "" if table == "contact_points" else ", version = version + 1"
        for columns, rows in alike.items():
            assignments = ", ".join(f"{column} = ?" for column in columns)
            self._raw.executemany(f"UPDATE {table} SET {assignments}{version} WHERE id = ?", rows)  # noqa: S608

    # Customers

    def _add_new(self, people: Sequence[Person]) -> None:
        """Insert some new customers with all that belongs to them, straight from how they were folded."""
        told = [person.taken() for person in people]
        self._insert_customers(people, told)
        # Ids in one go: one at a time costs more than the contact.
        new_id = self._step.new_ids(sum([len(one.contacts) for one in told])).start
        reach = _Reach()
        for person, one in zip(people, told, strict=True):
            owner = person.id
            reach.owners.append((person, range(new_id, new_id + len(one.contacts))))
            reach.points += [(owner, None, *point, place) for place, point in enumerate(one.points)]
            for place, (name, title, salutation, points) in enumerate(one.contacts):
                reach.contacts.append((new_id, owner, name, title, salutation, place))
                reach.points += [(owner, new_id, *point, nth) for nth, point in enumerate(points)]
                new_id += 1
            reach.tags += [(owner, self._tag(tag)) for tag in one.tags]
        self._insert_reach(reach)

    def _insert_customers(self, people: Sequence[Person], told: Sequence[Folded]) -> None:
        """Insert the customers' own rows; texts that none of them has are left to their defaults."""
        columns: dict[str, Iterable[Any]] = {"id": [person.id for person in people]}
        for name, facts in zip(kept.FACTS, zip(*[one.facts for one in told], strict=True), strict=True):
            missing = facts.count(None) if name in kept.TEXT_FACTS else 0
            if missing < len(people):
                columns[name] = ["" if fact is None else fact for fact in facts] if missing else facts
        columns["region_id"] = [self._region(one.region) for one in told]
        columns["known_since"] = repeat(self._today, len(people))
        columns["extra"] = [_json(one.extra) for one in told]
        columns["import_key"] = [person.import_key or None for person in people]
        columns["import_id"] = [self._imports[person.workbook] for person in people]
        self._insert("customers", tuple(columns), zip(*columns.values(), strict=True))

    def _add_reach(self, people: Sequence[Person]) -> None:
        """Insert what is new of the contacts, points and tags of customers that the file knew."""
        fresh = [
            (person.id, contact, place)
            for person in people
            for place, contact in enumerate(person.contacts[person.known_contacts :], person.known_contacts)
        ]
        reach = _Reach()
        # Ids in one go: one at a time costs more than the contact.
        for row_id, (owner, contact, place) in zip(self._step.new_ids(len(fresh)), fresh, strict=True):
            contact.id = row_id
            reach.contacts.append((row_id, owner, contact.name, contact.title, contact.salutation, place))
        reach.owners += [(person, [contact.id for contact in person.contacts]) for person in people]
        reach.points += _fresh_points(people)
        reach.tags += [(person.id, self._tag(tag)) for person in people for tag in person.tags[person.known_tags :]]
        self._insert_reach(reach)

    def _insert_reach(self, reach: _Reach) -> None:
        self._insert("contacts", _CONTACT, reach.contacts)
        photos.keep(self._step, self._photos(reach.owners))
        self._insert("contact_points", _POINT, self._numbered(reach.points))
        insert_rows(self._raw, "customer_tags", ("id", "customer_id", "tag_id"), self._numbered(reach.tags))

    def _swap(self, people: Sequence[Person]) -> None:
        """Replace ways to be reached in their place, and take away the tags that were replaced."""
        for person in people:
            kept.swap_points(self._raw, person.id, person.swaps)
        gone = [(person.id, self._tags[tag]) for person in people for tag in person.tags_gone]
        self._raw.executemany("DELETE FROM customer_tags WHERE customer_id = ? AND tag_id = ?", gone)

    def _photos(self, owners: Sequence[tuple[Person, Sequence[int]]]) -> Iterator[tuple[int, int | None, bytes]]:
        """What comes in of photos, for customers with the ids of their contacts."""
        coming = self._plan.people.photos
        for person, contacts in owners if coming else ():
            for place, content in coming.get(id(person), {}).items():
                yield person.id, contacts[place] if place >= 0 else None, content

    def _numbered(self, rows: Sequence[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        for row_id, row in zip(self._step.new_ids(len(rows)), rows, strict=True):
            yield (row_id, *row)

    def _filled(self, person: Person) -> dict[str, Any]:
        values = dict(person.filled or {})
        if "referred_by" in values:
            values["referrer_id"] = None  # another word means somebody else; who it is is found once all are there
        if person.region_filled:
            values["region_id"] = self._region(person.region)
        if person.extra_filled:
            values["extra"] = _json(person.extra)
        return values

    def _region(self, region: kept.Region | None) -> int | None:
        if region is None:
            return None
        known = self._regions.get(region)
        if known is None:
            known = self._regions[region] = self._step.new_id()
            insert_rows(self._raw, "regions", ("id", "province", "city", "district"), [(known, *region)])
        return known

    def _tag(self, name: str) -> int:
        known = self._tags.get(name)
        if known is None:
            known = self._tags[name] = self._step.new_id()
            insert_rows(self._raw, "tags", ("id", "name"), [(known, name)])
        return known

    # Contacts

    def _change_contacts(self, people: Iterable[Person]) -> None:
        filled = (contact for person in people for contact in person.contacts[: person.known_contacts])
        self._change("contacts", ((contact.id, dict(contact.filled)) for contact in filled if contact.filled))

    # Purchases

    def _order(self, sale: Sale) -> tuple[Any, ...]:
        return (
            *(sale.id, sale.person.id, sale.number, sale.day, sale.time, sale.status, sale.counts, sale.amount),
            *(sale.cost, sale.discount, sale.refund, sale.notes, sale_key(sale), self._imports[sale.workbook]),
        )

    def _lines(self, sales: Sequence[Sale]) -> Iterator[tuple[Any, ...]]:
        fresh = [(sale, line, group) for sale in sales for line, group in sale.lines[sale.known_lines :]]
        products = self._products([(line, group) for _sale, line, group in fresh])
        for row_id, (sale, line, _group) in zip(self._step.new_ids(len(fresh)), fresh, strict=True):
            yield (row_id, sale.id, products.get((line[1], line[0])), *line[2:])

    def _products(self, lines: Sequence[tuple[kept.Line, str]]) -> dict[tuple[str, str], int]:
        known = kept.products_by_name(self._raw, {line[0] for line, _group in lines})
        fresh: dict[tuple[str, str], tuple[str, int | None]] = {}
        for line, group in lines:
            key = (line[1], line[0])
            if any(key) and key not in known:
                fresh.setdefault(key, (group, line[3]))
        ids = self._step.new_ids(len(fresh))
        made = dict(zip(fresh, ids, strict=True))
        rows = [(made[key], *key, group, price) for key, (group, price) in fresh.items()]
        insert_rows(self._raw, "products", ("id", "code", "name", "product_group", "price"), rows)
        return known | made

    # Interactions and follow-ups

    def _events(self) -> None:
        told, due = self._plan.interactions, self._plan.follow_ups
        ids = self._step.new_ids(len(told))
        rows: list[tuple[Any, ...]] = []
        for row_id, (person, day, kind, summary, workbook) in zip(ids, told, strict=True):
            key = event_key("interaction", person.id, day, kind, summary)
            at = day if "T" in day else f"{day}T00:00:00"
            rows.append((row_id, person.id, at, kind, "", summary, key, self._imports[workbook]))
        self._insert("interactions", _INTERACTION, rows)
        ids = self._step.new_ids(len(due))
        rows = []
        for row_id, (person, day, kind, summary, _workbook) in zip(ids, due, strict=True):
            key = event_key("follow_up", person.id, day, kind, summary)
            rows.append((row_id, person.id, day, InteractionKind.CALL, summary, Origin.SHEET, False, key))
        self._insert("follow_ups", _FOLLOW_UP, rows)


def _json(extra: dict[str, str]) -> str:
    return _ENCODER.encode(extra) if extra else "{}"


def _fresh_points(people: Iterable[Person]) -> Iterator[tuple[Any, ...]]:
    for person in people:
        for place, point in enumerate(person.points[person.known_points :], person.known_points):
            yield (person.id, None, *point, place)
        for contact in person.contacts:
            for place, point in enumerate(contact.points[contact.known :], contact.known):
                yield (person.id, contact.id, *point, place)
