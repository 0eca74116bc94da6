"""The purchases of a sheet: rows grouped, added up, and compared with what is known already.

An order is number + customer + date. A row without a number is an order of its own, known again by customer, time,
amount and product, and by its occurrence among identical rows of the sheet: so identical rows stay apart, and the same
sheet a second time adds nothing. Lines of a known order are matched by what they say, else by their product.

Columns of the user's own in a sheet of purchases: what is the same on every row of a longer sheet is kept once, with
the import (`everywhere`); what never differs between the orders of a customer, seen on at least two customers who
ordered more than once, goes to the customer; everything else to the notes of the order as "header: value". So does
what a row says of its customer otherwise than the customer's own record, such as another recipient or address.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from crmdesk.domain.keys import numbered_order_key, plain_order_key
from crmdesk.operations.importing_filling import Difference, fill_extra
from crmdesk.operations.importing_people import People, drop_slowly
from crmdesk.operations.importing_person import Person, Values
from crmdesk.operations.importing_sales import (
    Group,
    Sale,
    SaleRow,
    add_up,
    amounts_stand_per_line,
    line_amounts,
    line_costs,
    line_of,
)
from crmdesk.storage import importing as kept

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

    from crmdesk.operations.importing_tally import Tally

EVERYWHERE_FROM: Final = 20  # rows from which a value that never changes says nothing of the single order
_GroupKey = tuple[object, ...]


class Sales:
    """All purchases of an import; those of the file that it meets, too."""

    def __init__(self, raw: Raw, people: People) -> None:
        self._raw, self._people = raw, people
        self._file_holds_any = raw.execute("SELECT 1 FROM orders LIMIT 1").fetchone() is not None
        self.new: list[Sale] = []
        self.known: list[Sale] = []  # those of the file that get something
        self.met = 0  # how many of the file's were told of again
        self._met: dict[_GroupKey, Sale] = {}

    def forget(self) -> None:
        """Forget all purchases, a little at a time."""
        drop_slowly(self._met)
        drop_slowly(self.known)
        drop_slowly(self.new)

    def settle(self, rows: SheetSales, tally: Tally) -> dict[str, str]:
        """Take in the purchases of a sheet; gives what is the same on all its rows, by header."""
        rows.join_undated()
        groups = rows.groups
        per_line = amounts_stand_per_line(groups.values())
        everywhere, personal = sort_extras(list(groups.values()))
        kept_orders = self._kept(groups)
        for key, group in groups.items():
            _tell_customer(self._people, group, personal)
            add_up(group, per_line=per_line)
            group.sale.notes = order_notes(group.rows, everywhere.keys() | personal)
            known = self._met.get(key)
            if known is None and group.sale.key in kept_orders:
                known = _from_kept(group.sale, kept_orders[group.sale.key])
                self.met += 1
            if known is None:
                self._met[key] = group.sale
                self.new.append(group.sale)
                for row in group.rows:
                    tally.count("new", row.row)
            else:
                self._met[key] = known
                Comparison(known, group, tally, per_line=per_line).run()
                if known.id and (known.changes or len(known.lines) > known.known_lines):
                    self.known.append(known)
        return everywhere

    def _kept(self, groups: Mapping[_GroupKey, Group]) -> dict[str, kept.KeptOrder]:
        if not self._file_holds_any:
            return {}
        for group in groups.values():
            if group.sale.person.id:
                group.sale.key = sale_key(group.sale)
        return kept.orders_by_key(self._raw, [group.sale.key for group in groups.values() if group.sale.key])


class SheetSales:
    """The purchases of one sheet while it is read."""

    def __init__(self, workbook: int) -> None:
        self.groups: dict[_GroupKey, Group] = {}
        self._workbook = workbook
        self._seen: dict[_GroupKey, int] = {}

    def take(self, person: Person, values: Values, row: SaleRow) -> None:
        """Put a row to the order it belongs to."""
        number, day, time = values.get("order_number", ""), values.get("ordered_on"), values.get("ordered_at")
        product, occurrence, amount = "", 0, None
        if number:
            key: _GroupKey = (person, number, day)
        else:
            product = f"{row.product_code} {row.product}".strip()
            amounts = (row.order_amount, row.line_amount, row.worked_out)
            amount = next((one for one in amounts if one is not None), None)
            same = (person, day, time, amount, product)
            occurrence = self._seen.get(same, 0)
            self._seen[same] = occurrence + 1
            key = (*same, occurrence)
        group = self.groups.get(key)
        if group is None:
            sale = Sale(person, number, day, time, self._workbook)
            sale.product, sale.occurrence = product, occurrence
            sale.amount_key = None if number else amount
            self.groups[key] = group = Group(sale)
        elif group.sale.time is None and time:
            group.sale.time = time
        group.rows.append(row)

    def join_undated(self) -> None:
        """Put rows of a numbered order whose day could not be read to the rest of it, where there is just one."""
        undated = [(key, group) for key, group in self.groups.items() if group.sale.number and group.sale.day is None]
        if not undated:
            return
        dated: dict[tuple[Person, str], list[Group]] = {}
        for group in self.groups.values():
            if group.sale.number and group.sale.day is not None:
                dated.setdefault((group.sale.person, group.sale.number), []).append(group)
        for key, group in undated:
            rest = dated.get((group.sale.person, group.sale.number), [])
            if len(rest) == 1:
                rest[0].rows = sorted([*rest[0].rows, *group.rows], key=lambda row: row.row)
                del self.groups[key]


def sale_key(sale: Sale) -> str:
    """The key of a purchase whose customer has an id."""
    if sale.number:
        return numbered_order_key(sale.person.id, sale.number, sale.day)
    return plain_order_key(sale.person.id, sale.moment, sale.amount_key, sale.product, sale.occurrence)


def sort_extras(groups: Sequence[Group]) -> tuple[dict[str, str], set[str]]:
    """The user's own columns of a sheet of purchases: those that never change, and those that are the customer's."""
    told: dict[str, dict[str, int]] = {}
    of_customer: dict[str, dict[Person, tuple[str, int]]] = {}
    differing: set[str] = set()
    orders: Counter[Person] = Counter(group.sale.person for group in groups)
    rows: Counter[Person] = Counter()
    for group in groups:
        person = group.sale.person
        rows[person] += len(group.rows)
        for row in group.rows:
            for header, value in row.extra.items():
                seen = told.setdefault(header, {})
                # Two values show that it differs; all of them would be every text of the sheet.
                if value in seen or len(seen) < 2:
                    seen[value] = seen.get(value, 0) + 1
                first, times = of_customer.setdefault(header, {}).get(person, (value, 0))
                of_customer[header][person] = (first, times + 1)
                if first != value:
                    differing.add(header)
    count = rows.total()
    everywhere = {
        header: next(iter(seen))
        for header, seen in told.items()
        if count >= EVERYWHERE_FROM and len(seen) == 1 and seen[next(iter(seen))] == count
    }
    personal = {
        header
        for header, values in of_customer.items()
        if header not in differing
        and header not in everywhere
        and sum(orders[person] > 1 for person in values) >= 2
        and all(times == rows[person] for person, (_value, times) in values.items())
    }
    return everywhere, personal


def order_notes(rows: Sequence[SaleRow], elsewhere: set[str]) -> str:
    """The notes of an order: the sheet's own first, then "header: value" for what has no place of its own."""
    lines = list(dict.fromkeys(row.notes for row in rows if row.notes))
    named: dict[str, dict[str, None]] = {}
    for row in rows:
        for header, value in (*row.told, *row.extra.items()):
            if header not in elsewhere:
                named.setdefault(header, {})[value] = None
    return "\n".join([*lines, *(f"{header}: {'、'.join(values)}" for header, values in named.items())])


def _tell_customer(people: People, group: Group, personal: set[str]) -> None:
    for row in group.rows:
        facts = {header: value for header, value in row.extra.items() if header in personal}
        if facts:
            # What an older import put there stays; the order itself keeps no copy of it.
            fill_extra(people, people.unfolded(group.sale.person), facts)


def _from_kept(sale: Sale, order: kept.KeptOrder) -> Sale:
    known = Sale(sale.person, order.number, order.ordered_on, sale.time, sale.workbook)
    known.id, known.key = order.id, sale.key
    known.status, known.amount, known.cost, known.discount = order.status, order.amount, order.cost, order.discount
    known.refund, known.notes = order.refund, order.notes
    known.lines = [(line, "") for line in order.lines]
    known.known_lines = len(known.lines)
    return known


class Comparison:
    """What the rows of one order say against the order that is known."""

    def __init__(self, known: Sale, group: Group, tally: Tally, *, per_line: bool) -> None:
        self._known, self._group, self._tally = known, group, tally
        self._amounts = line_amounts(group.rows, per_line=per_line)
        self._costs = line_costs(group.rows, self._amounts, group.sale.amount)
        self._outcomes = ["" for _row in group.rows]

    def run(self) -> None:
        """Match the lines, then the order's own values; count every row once."""
        self._match_lines()
        self._match_order()
        plain = "unchanged" if self._known.id else "merged"
        for row, outcome in zip(self._group.rows, self._outcomes, strict=True):
            self._tally.count(outcome or ("updated" if row.added else plain), row.row)

    def _match_lines(self) -> None:
        free = [line for line, _group in self._known.lines]
        # All that are identical first: else a changed line could take the twin of another.
        waiting: list[int] = []
        for place, row in enumerate(self._group.rows):
            line = line_of(row, self._amounts[place], self._costs[place])
            exact = next((one for one in free if one[:5] == line[:5]), None)
            if exact is not None:
                free.remove(exact)
            elif row.has_line:
                waiting.append(place)
        for place in waiting:
            row = self._group.rows[place]
            line = line_of(row, self._amounts[place], self._costs[place])
            same = next((one for one in free if one[:2] == line[:2]), None)
            if same is None:
                self._add_line(place, line)
            else:
                free.remove(same)
                self._tell_line(place, same, line)

    def _add_line(self, place: int, line: kept.Line) -> None:
        known = self._known
        known.lines.append((line, self._group.rows[place].product_group))
        self._outcomes[place] = "new"
        if line[4] is not None:
            self._change("amount", known.amount + line[4])
            if known.cost is not None:
                self._change("cost", None if line[5] is None else known.cost + line[5])

    def _tell_line(self, place: int, old: kept.Line, new: kept.Line) -> None:
        for key, was, now in zip(("quantity", "price", "line_amount"), old[2:5], new[2:5], strict=True):
            if was != now and now is not None:
                self._differs(place, Difference(key, _plain(key, was), _plain(key, now)))

    def _match_order(self) -> None:
        known, sale = self._known, self._group.sale
        lines_added = "new" in self._outcomes  # the amount has moved with them already
        if sale.status and not known.status:
            self._change("status", sale.status)
            self._change("counts", sale.counts)
        elif sale.status and sale.status != known.status:
            self._differs(0, Difference("order_status", known.status, sale.status))
        if sale.refund != known.refund and sale.refund:
            self._differs(0, Difference("order_refund", _plain("", known.refund), _plain("", sale.refund)))
        if not lines_added and not any(self._outcomes) and sale.amount != known.amount and sale.amount:
            self._differs(0, Difference("order_amount", _plain("", known.amount), _plain("", sale.amount)))
        if known.cost is None and sale.cost is not None and not lines_added and not any(self._outcomes):
            self._change("cost", sale.cost)
            self._filled(0)
        self._match_notes()

    def _match_notes(self) -> None:
        known, sale = self._known, self._group.sale
        headers = {line.partition(": ")[0] for line in known.notes.split("\n")}
        fresh = [line for line in sale.notes.split("\n") if line and line.partition(": ")[0] not in headers]
        fresh = [line for line in fresh if line not in known.notes]
        told = {header for row in self._group.rows for header, _value in row.told}
        fresh = [line for line in fresh if line.partition(": ")[0] not in told]
        if fresh:
            self._change("notes", "\n".join([known.notes, *fresh] if known.notes else fresh))
            self._filled(0)

    def _change(self, column: str, value: object) -> None:
        setattr(self._known, column, value)
        if self._known.id:
            self._known.changes[column] = value

    def _filled(self, place: int) -> None:
        self._outcomes[place] = self._outcomes[place] or "updated"

    def _differs(self, place: int, difference: Difference) -> None:
        self._tally.differs(self._group.rows[place].row, difference)
        if self._outcomes[place] != "new":
            self._outcomes[place] = "attention"


def _plain(key: str, value: int | None) -> str:
    from crmdesk.domain.money import decimal_text, from_money, from_quantity

    if value is None:
        return ""
    return decimal_text(from_quantity(value) if key == "quantity" else from_money(value))
