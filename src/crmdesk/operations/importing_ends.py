"""合同到期: a column of a sheet that tells when something ends is asked about in time. The column stays as it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING

from crmdesk.domain.dates import DateRule, read_date
from crmdesk.domain.renewal import Renewal, contract_in_header
from crmdesk.storage import renewals
from crmdesk.storage.rows import insert_rows

if TYPE_CHECKING:
    from crmdesk.storage.database_step import Step


def take_ends(step: Step, told: Mapping[str, Collection[int]], today: date) -> None:
    """Keep a contract for each day in such a column. A later day in a sheet that comes again moves the end on.

    An earlier one does not: what was renewed by hand since is not taken back by an old sheet. Only the customers
    `told` of a day, by header, are looked at: a contract deleted by hand does not come back with another column.
    """
    for header, customers in told.items():
        name = contract_in_header(header)
        if name is not None:
            _take(step, header, name, customers, today)


def _take(step: Step, header: str, name: str, told: Collection[int], today: date) -> None:
    known = renewals.from_sheet(step.raw, header)
    fresh, later = [], []
    for customer, text in renewals.own_column(step.raw, header, told):
        read = read_date(text, DateRule(today))
        if read.value is None or read.code:  # a doubtful day is no day to remind of
            continue
        end = date.fromisoformat(read.value[0])
        before = known.get(customer)
        if before is None:
            fresh.append(Renewal(customer, name=name, ends_on=end))
        elif before.ends_on is not None and before.ends_on < end:
            later.append((end.isoformat(), before.id))
    step.raw.executemany("UPDATE renewals SET ends_on = ?, closed_on = NULL WHERE id = ?", later)
    rows = [
        {**renewals.columns(one), "id": new, "header": header}
        for new, one in zip(step.new_ids(len(fresh)), fresh, strict=True)
    ]
    if rows:
        insert_rows(step.raw, "renewals", tuple(rows[0]), (tuple(row.values()) for row in rows))
