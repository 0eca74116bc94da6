"""One purchase as the rows of a sheet tell it, and its figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from crmdesk.domain.money import QUANTITY_UNIT
from crmdesk.domain.order_status import order_counts
from crmdesk.operations.importing_person import Person, Values
from crmdesk.storage.importing import Line

AMOUNTS: Final = ("order_amount", "line_amount")
_LINE: Final = ("product", "product_code", "quantity", "price")
_MILLION: Final = 1_000_000


class SaleRow(NamedTuple):
    """One row of a sheet of purchases, without what it says about the customer."""

    row: int
    added: bool  # it has made or filled its customer
    product: str
    product_code: str
    product_group: str
    quantity: int | None
    price: int | None
    order_amount: int | None
    line_amount: int | None
    worked_out: int | None  # pieces times price, for where the sheet gives no amount
    cost: int | None
    profit: int | None
    discount: int | None
    order_discount: int | None
    refund: int | None
    status: str
    notes: str
    told: tuple[tuple[str, str], ...]  # what it says of the customer otherwise: header, value
    extra: Mapping[str, str]

    @property
    def has_line(self) -> bool:
        """Whether it names a product, some pieces or a price."""
        return bool(self.product or self.product_code or self.quantity) or self.price is not None


def rounded(numerator: int, denominator: int) -> int:
    """The quotient as a whole number, halves to the even side."""
    whole, rest = divmod(numerator, denominator)
    return whole + (2 * rest > denominator or (2 * rest == denominator and whole % 2 == 1))


def sale_row(
    row: int, values: Values, extra: Mapping[str, str], *, added: bool, told: tuple[tuple[str, str], ...]
) -> SaleRow:
    """The purchase in a read row; a discount that is a share becomes an amount here."""
    quantity, price = values.get("quantity"), values.get("price")
    given = values.get("line_amount")
    gross = None if quantity is None or price is None else rounded(quantity * price, QUANTITY_UNIT)
    paid = _paid_share(values, "line")
    worked_out = None
    if given is None and gross is not None:
        worked_out = gross if paid is None else rounded(gross * paid, _MILLION)
    amount = worked_out if given is None else given
    order_amount = values.get("order_amount")
    return SaleRow(
        row,
        added,
        values.get("product", ""),
        values.get("product_code", ""),
        values.get("product_group", ""),
        quantity,
        price,
        order_amount,
        given,
        worked_out,
        values.get("line_cost"),
        values.get("line_profit"),
        _discount(values.get("line_discount"), paid, order_amount if amount is None else amount, gross),
        _discount(values.get("order_discount"), _paid_share(values, "order"), order_amount, None),
        values.get("order_refund"),
        values.get("order_status", ""),
        values.get("notes", ""),
        told,
        extra,
    )


def _paid_share(values: Values, prefix: str) -> int | None:
    """The share that was paid, in millionths; None where no discount is given as a share."""
    paid: int | None = values.get(f"{prefix}_pay_share")
    off: int | None = values.get(f"{prefix}_rate_off")
    return paid if off is None else _MILLION - off


def _discount(given: int | None, paid: int | None, amount: int | None, gross: int | None) -> int | None:
    """The discount as an amount: what was left off the full price (which the sheet's amount is free of already)."""
    if given is not None or paid is None or amount is None:
        return given
    if paid == _MILLION:
        return 0
    full = gross if gross is not None and abs(gross) > abs(amount) else None
    if full is None and paid > 0:
        full = rounded(amount * _MILLION, paid)
    return None if full is None else full - amount


def holds_sale(values: Values, *, surely: bool) -> bool:
    """Whether a row tells of a purchase. `surely`: the sheet is one of purchases, so any trace of one will do."""
    when = "ordered_on" in values or "order_number" in values
    if not surely and not when:
        return False  # as in most rows of most sheets
    worth = any(key in values for key in AMOUNTS)
    if surely:
        return when or worth or any(key in values for key in _LINE)
    return worth


class Sale:
    """A purchase of an import: one to write (`id` 0), or one of the file (`id` set) with what is added to it."""

    __slots__ = (
        *("amount", "amount_key", "changes", "cost", "counts", "day", "discount", "id", "key", "known_lines", "lines"),
        *("notes", "number", "occurrence", "person", "product", "refund", "status", "time", "workbook"),
    )

    def __init__(self, person: Person, number: str, day: str | None, time: str | None, workbook: int) -> None:
        self.id = 0
        self.person, self.number, self.day, self.time = person, number, day, time
        self.workbook = workbook
        self.key = ""  # made as the customer's id is known
        self.occurrence = 0
        self.product = ""  # with `amount_key`, `moment` and `occurrence` the key of a purchase without a number
        self.amount_key: int | None = None
        self.status, self.counts, self.notes = "", True, ""
        self.amount = self.refund = 0
        self.cost: int | None = None
        self.discount: int | None = None
        self.lines: list[tuple[Line, str]] = []  # with the product's group
        self.known_lines = 0
        self.changes: dict[str, Any] = {}

    @property
    def moment(self) -> str:
        """Day and time as they stand in the key of a purchase without a number."""
        return f"{self.day or ''}T{self.time or ''}"


class Group:
    """The rows of one purchase in one sheet."""

    __slots__ = ("rows", "sale")

    def __init__(self, sale: Sale) -> None:
        self.sale = sale
        self.rows: list[SaleRow] = []


def amounts_stand_per_line(groups: Iterable[Group]) -> bool:
    """Whether order amounts in this sheet are the lines' own: they differ within an order, or are pieces times price.

    Where every order repeats one amount on each of its rows, or has one on its first row only, that is its total.
    """
    repeated = False
    for group in groups:
        if len(group.rows) < 2:
            continue
        first, *others = [row.order_amount for row in group.rows]
        if set(others) != {first} and (first is None or set(others) != {None}):
            return True
        repeated = repeated or first is not None
    return not repeated


def add_up(group: Group, *, per_line: bool) -> None:
    """Work out a purchase from its rows."""
    sale, rows = group.sale, group.rows
    sale.status = next((row.status for row in rows if row.status), "")
    sale.counts = order_counts(sale.status)
    amounts = line_amounts(rows, per_line=per_line)
    totals = [row.order_amount for row in rows if row.order_amount is not None]
    # The order's own total counts, not the sum of its lines: it knows of freight and rounding.
    if totals and not per_line:
        sale.amount = totals[0]
    else:
        sale.amount = sum(amount or 0 for amount in amounts)
    costs = line_costs(rows, amounts, sale.amount)
    known = [cost for cost in costs if cost is not None]
    # One line without a cost would make the whole order look more profitable than anybody knows.
    sale.cost = sum(known) if len(known) == len(costs) else None
    sale.refund = _once_or_each([row.refund for row in rows], per_line=per_line) or 0
    sale.discount = _plus(
        _once_or_each([row.order_discount for row in rows], per_line=False), _sum([row.discount for row in rows])
    )
    sale.lines = [
        (line_of(row, amount, cost), row.product_group)
        for row, amount, cost in zip(rows, amounts, costs, strict=True)
        if row.has_line
    ]


def line_of(row: SaleRow, amount: int | None, cost: int | None) -> Line:
    """A row's line with the amount and cost that were worked out for it."""
    return (row.product, row.product_code, row.quantity, row.price, amount, cost, row.discount)


def line_amounts(rows: Sequence[SaleRow], *, per_line: bool) -> list[int | None]:
    """What each row's line is worth; None where the sheet gives only the order's total."""
    alone = per_line or len(rows) == 1
    return [_line_amount(row, alone=alone) for row in rows]


def _line_amount(row: SaleRow, *, alone: bool) -> int | None:
    """What the sheet says of a line goes before pieces times price: it knows of what was left off and given back."""
    given = row.order_amount if row.line_amount is None and alone else row.line_amount
    return row.worked_out if given is None else given


def line_costs(rows: Sequence[SaleRow], amounts: Sequence[int | None], total: int) -> list[int | None]:
    """Each row's cost: as given, or its amount without its profit."""
    costs: list[int | None] = []
    for row, amount in zip(rows, amounts, strict=True):
        worth = total if amount is None and len(rows) == 1 else amount
        costs.append(worth - row.profit if row.cost is None and None not in (row.profit, worth) else row.cost)  # type: ignore[operator]
    return costs


def _once_or_each(values: Sequence[int | None], *, per_line: bool) -> int | None:
    given = [value for value in values if value is not None]
    if not given:
        return None
    return given[0] if not per_line and len(set(given)) == 1 else sum(given)


def _sum(values: Sequence[int | None]) -> int | None:
    given = [value for value in values if value is not None]
    return sum(given) if given else None


def _plus(one: int | None, other: int | None) -> int | None:
    return other if one is None else one + (other or 0)
