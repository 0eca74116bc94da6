"""A sheet that says no more than which order numbers went back.

It is applied only as a whole: where every number stands for one order, that order is refunded in full. Where one
of them stands for several orders (one number may carry several customers) or for none, nothing is applied and each
row needs attention, with what is wrong about it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from crmdesk.domain.booleans import read_boolean
from crmdesk.domain.fields import Field
from crmdesk.domain.order_status import tells_of_return
from crmdesk.domain.phrase import Phrase
from crmdesk.operations.importing_plan import Plan
from crmdesk.operations.importing_tally import Tally
from crmdesk.operations.importing_values import SheetResult
from crmdesk.storage import importing as kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from sqlite3 import Connection as Raw

    from crmdesk.excel.draft import SheetDraft

_PLAIN: Final = frozenset({Field.ORDER_NUMBER, Field.EXTRA, Field.ORDER_STATUS, Field.ROW_NUMBER, Field.NOTES})


def is_returns_sheet(draft: SheetDraft) -> bool:
    """Whether a sheet holds order numbers and says that they went back, and nothing of customers or amounts."""
    fields = [column.field for column in draft.columns if column.field is not Field.DO_NOT_IMPORT]
    if Field.ORDER_NUMBER not in fields or not set(fields) <= _PLAIN:
        return False
    return any(tells_of_return(text) for text in (draft.name, *(column.header for column in draft.columns)))


def take_returns(raw: Raw, plan: Plan, draft: SheetDraft, chunks: Iterable[list[Any]]) -> SheetResult:
    """Refund the orders of a returns sheet, or tell why not."""
    tally = Tally(draft)
    named: list[tuple[int, str]] = []
    for chunk in chunks:
        for row, values, extra, issues in chunk:
            tally.read_issues(issues)
            number = values.get("order_number", "")
            if not number or _kept_back(extra):
                tally.skip(row, "no_return")
            else:
                named.append((row, number))
    numbers = {number for _row, number in named}
    in_file = kept.orders_by_number(raw, numbers)
    in_plan = Counter(sale.number for sale in plan.sales.new)
    found = {number: len(in_file.get(number, ())) + in_plan[number] for number in numbers}
    # All or nothing: a half applied list of returns would look done.
    if all(count == 1 for count in found.values()):
        _refund(plan, tally, named, in_file)
        return replace(tally.result(), kind="orders", reason=None)
    for row, number in named:
        _tell(tally, row, number, found[number])
    unclear = sum(count != 1 for count in found.values())
    return replace(tally.result(), kind="ignored", reason=Phrase("returns_not_applied", {"count": unclear}))


def _kept_back(extra: Mapping[str, str]) -> bool:
    return any(tells_of_return(header) and read_boolean(value).value is False for header, value in extra.items())


def _tell(tally: Tally, row: int, number: str, count: int) -> None:
    if count > 1:
        tally.flag(row, "order_number", number, "returns_unclear", count=count)
    else:
        tally.flag(row, "order_number", number, "returns_held" if count else "returns_unknown")
    tally.count("attention", row)


def _refund(
    plan: Plan, tally: Tally, named: list[tuple[int, str]], in_file: Mapping[str, list[kept.KeptOrder]]
) -> None:
    new = {sale.number: sale for sale in plan.sales.new}
    done: set[str] = set()
    for row, number in named:
        if number in done:
            tally.count("merged", row)
            continue
        done.add(number)
        if number in new:
            new[number].refund = new[number].amount
            tally.count("updated", row)
            continue
        [order] = in_file[number]
        if order.refund == order.amount:
            tally.count("unchanged", row)
        else:
            plan.refunds.append((order.id, order.amount))
            tally.count("updated", row)
