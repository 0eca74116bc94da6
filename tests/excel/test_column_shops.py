"""Exports of shops and of other CRM programs: what their headers mean, and what becomes of their rows."""

from __future__ import annotations

from pathlib import Path

from crmdesk.excel.draft import SheetDraft, open_reading
from crmdesk.progress import Progress

SHOP = """Name,Email,Financial Status,Paid at,Subtotal,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Billing Name,Billing Phone,Shipping Name,Refunded Amount,Id
#1001,ann@x.com,paid,2025-07-01 10:00:00 +0800,30.00,35.00,2025-07-01 09:59:00 +0800,1,Tea,10.00,Ann Lee,+1 617 555 0101,Ann Lee,0.00,5551
#1001,ann@x.com,,,,,2025-07-01 09:59:00 +0800,2,Cup,10.00,,,,,
#1002,bob@x.com,paid,2025-07-02 10:00:00 +0800,20.00,25.00,2025-07-02 09:59:00 +0800,2,Tea,10.00,Bob Ray,+1 617 555 0102,Bob Ray,0.00,5552
"""  # noqa: E501 - the lines of a file
ACTIVITIES = """Activity type,Activity date,Call notes,Associated Company,Associated Contact,Activity assigned to,Next activity date
Call,2025-07-01 10:00,Asked for a quote,ACME Inc,Ann Lee,dwight,2026-12-01
Meeting,2025-07-05 14:00,Showed the samples,ACME Inc,Ann Lee,dwight,
Note,2025-07-07 09:00,Prefers mornings,Globex Ltd,Bob Ray,pam,
Call,2025-07-08 11:00,Will order in August,ACME Inc,Ann Lee,dwight,
"""  # noqa: E501
TASKS = """Subject,Activity Date,Status,Priority,Type,Company / Account,Contact,Full Comments
Call about order,2025-07-01,Completed,Normal,Call,ACME Inc,Ann Lee,Talked about tea
Send quote,2025-07-05,Completed,High,Email,ACME Inc,Ann Lee,Sent
Call back,2025-07-06,Completed,Normal,Call,Globex Ltd,Bob Ray,Not reached
Meet,2025-07-08,Completed,Normal,Meeting,Globex Ltd,Bob Ray,Liked it
"""


def read(tmp_path: Path, text: str) -> tuple[SheetDraft, list[dict]]:
    path = tmp_path / "export.csv"
    path.write_text(text, encoding="utf-8")
    with open_reading(path, Progress()) as reading:
        [sheet] = reading.sheets
        rows = [row for chunk in reading.rows(0, Progress()) for row in chunk]
    assert [issue for row in rows for issue in row.issues] == []
    return sheet, [row.values for row in rows]


def test_the_name_in_a_shops_export_is_the_orders_number(tmp_path):
    sheet, rows = read(tmp_path, SHOP)
    assert sheet.kind == "orders"
    assert [row["order_number"] for row in rows] == ["#1001", "#1001", "#1002"]
    assert [row.get("name") for row in rows] == ["Ann Lee", None, "Bob Ray"]
    assert [row.get("order_amount") for row in rows] == [350_000, None, 250_000]
    assert not any("code" in row or "line_amount" in row for row in rows)


def test_activities_keep_their_days_and_what_is_next(tmp_path):
    sheet, rows = read(tmp_path, ACTIVITIES)
    assert sheet.kind == "interactions"
    assert rows[0]["interactions"] == [("2025-07-01", "call", "Asked for a quote")]
    assert rows[0]["follow_ups"] == [("2026-12-01", "")]
    assert rows[0]["contacts"] == [("Ann Lee", "", "", [])]
    assert rows[2]["interactions"] == [("2025-07-07", "note", "Prefers mornings")]


def test_two_texts_about_one_day_are_one_interaction(tmp_path):
    sheet, rows = read(tmp_path, TASKS)
    assert sheet.kind == "interactions"
    assert rows[0]["interactions"] == [("2025-07-01", "call", "Call about order\nTalked about tea")]
    assert not any("stage_given" in row or "tier_given" in row for row in rows)
