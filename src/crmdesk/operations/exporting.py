"""Lists out of the file: a workbook or CSV with plain values that Excel can go on working with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from crmdesk.domain.phrase import Refused
from crmdesk.domain.query import CustomerQuery, ListColumn
from crmdesk.operations.customers import all_customers
from crmdesk.operations.listing import customer_ids, customer_rows, list_columns
from crmdesk.operations.orders import list_orders
from crmdesk.progress import Progress
from crmdesk.storage.listing_columns import SCHEME_PREFIX
from crmdesk.words.labels import field_label, label
from crmdesk.words.listing import choice_name
from crmdesk.words.phrases import say

if TYPE_CHECKING:
    from crmdesk.domain.customer import Customer
    from crmdesk.domain.record import CustomerRecord
    from crmdesk.excel.writer import CellValue, Kind, SheetColumn
    from crmdesk.storage.database import Database

REPORT_EVERY: Final = 500
Row = TypeVar("Row")
CARDS: Final = ".vcf"
CHUNK: Final = 500
PHOTO_CHUNK: Final = 50
KINDS: Final[dict[str, Kind]] = {
    "receivable": "money",
    "balance": "money",
    "order_total": "money",
    "profit": "money",
    "year_money": "money",
    "soon_money": "money",
    "soon_orders": "quantity",
    "margin": "share",
    "discount_share": "share",
    "discount_trend": "share",
    "brought": "count",
    "order_count": "count",
    "purchase_days": "count",
    "contact_count": "count",
    "rhythm_days": "count",
    "reward_points": "count",
    "completeness": "count",
    "first_order_on": "date",
    "last_order_on": "date",
    "last_contact_on": "date",
    "next_follow_up_on": "date",
    "notes": "note",
    "tier_reason": "note",
    "stage_reason": "note",
}
LABELLED: Final = ("stage", "intent", "kind", "confidence")
POINTS: Final = ("phone", "wechat", "email", "qq", "fax")
ORDER_FIELDS: Final[tuple[tuple[str, Kind], ...]] = (
    ("order_number", "text"),
    ("code", "text"),
    ("name", "text"),
    ("ordered_on", "date"),
    ("order_status", "text"),
    ("product_code", "text"),
    ("product", "text"),
    ("quantity", "quantity"),
    ("price", "money"),
    ("line_amount", "money"),
    ("order_amount", "money"),
    ("order_discount", "money"),
    ("line_cost", "money"),
    ("order_refund", "money"),
)


def export_customers(
    db: Database,
    to: Path,
    progress: Progress,
    ids: Sequence[int] | None = None,
    columns: Sequence[str] | None = None,
) -> int:
    """Write customers (all, or these in this order) with the list's columns; return how many were written.

    A name that ends in .vcf gets address cards instead, counted as cards. Raises Refused where the file cannot be
    written or its name ends otherwise.
    """
    wanted = customer_ids(db, CustomerQuery()) if ids is None else ids
    if to.suffix.lower() == CARDS:
        return _write_cards(to, _with_photos(db, wanted, progress))
    known = list_columns(db, asked=True)
    keys = list(columns) if columns is not None else [column.key for column in known if not column.asked]
    keys += [reason for key, reason in (("tier", "tier_reason"), ("stage", "stage_reason")) if key in keys]
    shown = sheet_columns(keys, {column.key: column.header for column in known})
    beside = {column.key: column.kind for column in known if stands_beside(column)}
    rows = _list_rows(db, wanted, keys, beside)
    return _write(to, label("table", "customers"), shown, _reported(rows, progress))


def export_orders(db: Database, to: Path, progress: Progress) -> int:
    """Write all orders, a row for each line (or for the order where it has none); return the number of rows."""
    from crmdesk.excel.writer import SheetColumn

    columns = [SheetColumn(field_label(key), kind) for key, kind in ORDER_FIELDS]
    return _write(to, label("table", "orders"), columns, _reported(_order_rows(db), progress))


def stands_beside(column: ListColumn) -> bool:
    """Whether a column of the list is no part of a customer's own record: it hangs on the day or on other rules."""
    return column.asked or column.key.startswith(SCHEME_PREFIX)


def sheet_columns(keys: Iterable[str], headers: dict[str, str] | None = None) -> list[SheetColumn]:
    """The columns of a workbook for list columns: the user's own header where there is one."""
    from crmdesk.excel.writer import SheetColumn

    own = headers or {}
    return [SheetColumn(own.get(key) or field_label(key), KINDS.get(key, "text")) for key in keys]


def customer_value(record: CustomerRecord, key: str) -> CellValue:
    """One value of a customer as an export holds it: codes in words, phones as they are kept."""
    customer, figures = record.customer, record.figures
    if key.startswith("extra:"):
        return customer.extra.get(key.removeprefix("extra:"), "")
    if key in POINTS:
        return "、".join(point.value for point in customer.points if point.kind == key)
    special = SPECIAL.get(key)
    if special is not None:
        return special(record)
    value = getattr(figures, key) if hasattr(figures, key) else getattr(customer, key, "")
    return label(key, value) if key in LABELLED else value


SPECIAL: Final[dict[str, Callable[[CustomerRecord], CellValue]]] = {
    "tier_reason": lambda record: say(record.figures.tier_reason),
    "stage_reason": lambda record: say(record.figures.stage_reason),
    "tags": lambda record: "、".join(record.customer.tags),
    "region": lambda record: " ".join(
        part for part in (record.customer.province, record.customer.city, record.customer.district) if part
    ),
    "contact_name": lambda record: "、".join(contact.name for contact in record.customer.contacts),
    "contact_title": lambda record: "、".join(contact.title for contact in record.customer.contacts),
    "contact_phone": lambda record: "、".join(
        point.value for contact in record.customer.contacts for point in contact.points if point.kind == "phone"
    ),
}


def in_order(db: Database, ids: Sequence[int]) -> Iterator[CustomerRecord]:
    """The customers in the order of `ids`, read in chunks; one deleted meanwhile is left out."""
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        found = {record.customer.id: record for record in all_customers(db, chunk)}
        yield from (found[customer_id] for customer_id in chunk if customer_id in found)


def _list_rows(
    db: Database, ids: Sequence[int], keys: Sequence[str], beside: Mapping[str, str]
) -> Iterator[list[CellValue]]:
    """A row per customer. `beside` are the kinds of the columns that stand beside its record: read as the list does."""
    listed = [key for key in keys if key in beside]
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        read = customer_rows(db, chunk, listed) if listed else []
        told = {row[0]: dict(zip(listed, row[1:], strict=True)) for row in read}
        for record in in_order(db, chunk):
            own = told.get(record.customer.id, {})
            yield [listed_value(beside[key], own[key]) if key in own else customer_value(record, key) for key in keys]


def listed_value(kind: str, value: Any) -> CellValue:  # noqa: ANN401 - whatever a column of the list holds
    """A cell of the list as an export holds it: codes in words, numbers as numbers."""
    if kind == "blocked" and value:
        return choice_name("blocked", value)
    return label(kind, value) if kind in ("staying", "unprofitable") else value


def _order_rows(db: Database) -> Iterator[list[CellValue]]:
    everybody = customer_rows(db, customer_ids(db, CustomerQuery()), ("code", "name"))
    called = {customer_id: (str(code), str(name)) for customer_id, code, name in everybody}
    for order in list_orders(db):
        head: list[CellValue] = [order.number, *called[order.customer_id], order.ordered_on, order.status]
        tail: list[CellValue] = [order.amount, order.discount]
        if not order.lines:
            yield [*head, "", "", None, None, None, *tail, order.cost, order.refund]
        for line in order.lines:
            bought: list[CellValue] = [line.product_code, line.product, line.quantity, line.price, line.amount]
            yield [*head, *bought, *tail, line.cost, order.refund]


def _reported(rows: Iterable[Row], progress: Progress) -> Iterator[Row]:
    for count, row in enumerate(rows):
        if count % REPORT_EVERY == 0:
            progress.report("writing", count)
        yield row


def _with_photos(
    db: Database, ids: Sequence[int], progress: Progress
) -> Iterator[tuple[Customer, Mapping[int, bytes]]]:
    """Customers in this order, each with its photos by contact; a few at a time, for photos are large."""
    from crmdesk.storage import photos

    for start in range(0, len(ids), PHOTO_CHUNK):
        progress.report("writing", start)
        chunk = ids[start : start + PHOTO_CHUNK]
        with db.raw_read() as raw:
            found = photos.of_customers(raw, chunk)
        yield from ((record.customer, found.get(record.customer.id, {})) for record in in_order(db, chunk))


def _write_cards(to: Path, customers: Iterable[tuple[Customer, Mapping[int, bytes]]]) -> int:
    from crmdesk.exchange.vcard_writer import write_cards

    try:
        return write_cards(to, customers)
    except OSError as error:
        raise Refused("cannot_write", path=str(to), why=error.strerror or str(error)) from error


def _write(to: Path, name: str, columns: Sequence[SheetColumn], rows: Iterable[Sequence[CellValue]]) -> int:
    try:
        if to.suffix.lower() == ".csv":
            from crmdesk.excel.csv_writer import write_csv

            return write_csv(to, columns, rows)
        if to.suffix.lower() == ".xlsx":
            from crmdesk.excel.writer import Book

            with Book(to) as book:
                return book.add_table(name, columns, rows)[1]
    except OSError as error:
        raise Refused("cannot_write", path=str(to), why=error.strerror or str(error)) from error
    raise Refused("unknown_ending", path=to.name)
