"""What sheets were once misread as, and must not be again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from crmdesk.domain.fields import Field
from crmdesk.excel.draft import open_reading
from crmdesk.progress import Progress


def read(path: Path, text: str):
    path.write_text(text, encoding="utf-8")
    with open_reading(path, Progress()) as reading:
        rows = [row for chunk in reading.rows(0, Progress()) for row in chunk]
        return reading.sheets[0], rows


def column(draft, header):
    return next(one for one in draft.columns if one.header == header)


def test_a_day_that_lost_digits_is_flagged_and_never_a_serial_day(tmp_path):
    days = [*(f"202401{day:02}" for day in range(1, 29)), "32154", "5489", "0"]
    text = "客户,下单日期,金额\n" + "".join(f"客户{place},{day},30\n" for place, day in enumerate(days))
    _draft, rows = read(tmp_path / "a.csv", text)
    assert [row.values.get("ordered_on") for row in rows[-4:]] == ["2024-01-28", None, None, None]
    assert [row.issues[0][3] for row in rows[-3:]] == ["date_unreadable", "date_unreadable", "date_zero"]


def test_the_staff_who_keyed_an_order_in_is_not_its_customer(tmp_path):
    text = "order_id,user_id,customer_id,total_price,created_at\n1,7,2001,30,2024-03-05\n2,7,2002,40,2024-03-06\n"
    draft, _rows = read(tmp_path / "a.csv", text)
    assert column(draft, "user_id").field is Field.EXTRA
    assert column(draft, "customer_id").field is Field.CODE


def test_rows_lie_where_the_section_above_them_says(tmp_path):
    text = "店名,电话,联系人\n宁波片区,,\n王姐超市,13800138000,王姐\n杭州片区,,\n老李五金,13900139000,李哥\n"
    draft, rows = read(tmp_path / "a.csv", text)
    assert [skipped.reason for skipped in draft.skipped] == ["section", "section"]
    assert [row.values["region"][1] for row in rows] == ["宁波市", "杭州市"]


def test_a_column_of_regions_says_more_than_a_section(tmp_path):
    text = "店名,电话,城市\n宁波片区,,\n王姐超市,13800138000,杭州\n老李五金,13900139000,\n"
    _draft, rows = read(tmp_path / "a.csv", text)
    assert [row.values.get("region", ("", "", ""))[1] for row in rows] == ["杭州市", ""]


def test_numbered_tiers_ask_which_end_is_the_best(tmp_path):
    text = "姓名,电话,客户等级\n王姐,13800138000,1\n老李,13900139000,3\n赵姐,13700137000,2\n"
    draft, rows = read(tmp_path / "a.csv", text)
    assert column(draft, "客户等级").options == {"ask": "best", "most": 3}
    assert [row.values["tier_given"] for row in rows] == ["1", "3", "2"]


@pytest.mark.parametrize(
    ("header", "read_as"),
    [
        ("客户等级（1为最高）", ["A", "C", "B"]),
        ("等级(3最好)", ["C", "A", "B"]),
        ("等级（从高到低）", ["A", "C", "B"]),
    ],
)
def test_a_header_that_says_which_end_is_the_best_is_believed(tmp_path, header, read_as):
    text = f"姓名,电话,{header}\n王姐,13800138000,1\n老李,13900139000,3\n赵姐,13700137000,2\n"
    draft, rows = read(tmp_path / "a.csv", text)
    assert "ask" not in column(draft, header).options
    assert [row.values["tier_given"] for row in rows] == read_as


def test_the_answer_which_end_is_the_best_is_used(tmp_path):
    text = "姓名,电话,客户等级\n王姐,13800138000,一\n老李,13900139000,三\n赵姐,13700137000,二\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    with open_reading(tmp_path / "a.csv", Progress()) as reading:
        columns = reading.sheets[0].columns
        assert columns[2].options == {"ask": "best", "most": 3}
        told = [*columns[:2], replace(columns[2], options={"most": 3, "best": "high"})]
        reading.reread(0, told)
        (rows,) = reading.rows(0, Progress())
    assert [row.values["tier_given"] for row in rows] == ["C", "A", "B"]


@pytest.mark.parametrize("words", [("A", "B", "C"), ("高", "低", "中"), ("一级", "二级", "VIP")])
def test_tier_words_are_kept_as_the_user_wrote_them(tmp_path, words):
    rows = zip(("王姐,13800138000", "老李,13900139000", "赵姐,13700137000"), words, strict=True)
    text = "姓名,电话,客户等级\n" + "".join(f"{who},{word}\n" for who, word in rows)
    draft, read_rows = read(tmp_path / "a.csv", text)
    assert column(draft, "客户等级").options == {}
    assert tuple(row.values["tier_given"] for row in read_rows) == words


def test_a_title_sheet_is_ignored_with_a_reason(shared_data):
    path = shared_data / "purchases" / "KPMG_VI_New_raw_data_update_final.xlsx"
    with open_reading(path, Progress()) as reading:
        title = reading.sheets[0]
    assert (title.name, title.kind) == ("Title Sheet", "ignored")
    assert title.reason is not None


def test_the_book_of_a_deal_is_no_customer_code(shared_data):
    with open_reading(shared_data / "customers" / "order_schedule.xls", Progress()) as reading:
        assert column(reading.sheets[0], "Book ID").field is Field.EXTRA
