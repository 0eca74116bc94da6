"""The rows behind the counts of a preview: who is new, who is filled in, which row is the same as another."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from crmdesk.excel.protocol import unpacked

if TYPE_CHECKING:
    from crmdesk.operations.importing_preview import Preview

_TOLD: Final = ("order_number", "ordered_on", "product", "address")


class OutcomeRow(NamedTuple):
    """One row of a sheet (position in the preview, 1-based row): whom it is about, and the most telling of the rest.

    `who` is "" where the row names nobody; `money` in 1/10,000, None without any.
    """

    sheet: int
    row: int
    who: str
    told: tuple[str, ...] = ()
    money: int | None = None


def rows_that_are(preview: Preview, outcome: str, limit: int) -> list[OutcomeRow]:
    """The first rows of this outcome (a name of `RowCounts`), in the order of sheets and rows; at most `limit`."""
    return list(islice(_rows(preview, outcome, limit), limit))


def _rows(preview: Preview, outcome: str, limit: int) -> Iterator[OutcomeRow]:
    for position, sheet in enumerate(preview.sheets):
        if outcome == "skipped":
            rows: Sequence[int] = [skipped.row for skipped in sheet.skipped] if sheet.kind != "ignored" else []
        else:
            rows = sorted(sheet.rows.get(outcome, ()))
        if rows:
            yield from told_rows(preview, position, rows[:limit]).values()


def told_rows(preview: Preview, sheet: int, rows: Collection[int]) -> Mapping[int, OutcomeRow]:
    """What these rows of a sheet tell, in the order of `rows`; of one that was not read only where it stands."""
    wanted = dict.fromkeys(rows)
    told = {row: OutcomeRow(sheet, row, "") for row in wanted}
    missing = set(wanted)
    for chunk in preview.rows.get(preview.places[sheet], ()):
        if not missing:
            break
        for row, values, _extra, _issues in unpacked(chunk):
            if row in missing:
                missing.discard(row)
                told[row] = _told(sheet, row, values)
    return told


def _told(sheet: int, row: int, values: Mapping[str, Any]) -> OutcomeRow:
    contacts = values.get("contacts") or [("", "", "", [])]
    who = values.get("name") or contacts[0][0] or values.get("code") or ""
    points = [*values.get("points", ()), *contacts[0][3]]
    phone = next((point[1] for point in points if point[0] == "phone"), "")
    texts = [phone, "".join(values.get("region") or ()), *(str(values.get(key) or "") for key in _TOLD)]
    money = next((values[key] for key in ("order_amount", "line_amount", "order_total") if key in values), None)
    return OutcomeRow(sheet, row, str(who), tuple(text for text in texts if text), money)
