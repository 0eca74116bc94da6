"""What an import makes of rows: hand-made readings stand for workbooks, so each rule is seen alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from crmdesk.domain.fields import Field
from crmdesk.domain.issue import Skipped
from crmdesk.domain.phrase import Phrase
from crmdesk.excel.cells import ReadRow
from crmdesk.excel.column import Column, column_letter
from crmdesk.excel.draft import SheetDraft
from crmdesk.excel.protocol import packed
from crmdesk.operations import history, importing
from crmdesk.operations.files import create_file
from crmdesk.progress import Cancelled, Progress
from crmdesk.storage.search_index import IndexBuilder
from crmdesk.words.phrases import say


class HandMade:
    """A reading of sheets given as (kind, fields, rows of values); a field "extra:备注2" is the user's own column."""

    sha256 = "0" * 64

    def __init__(self, path, sheets):
        self.path = path
        self.sheets = tuple(self._draft(index, *sheet) for index, sheet in enumerate(sheets))
        self._rows = [list(rows) for _kind, _fields, rows in sheets]
        self.closed = False

    def _draft(self, index, kind, fields, rows):
        columns = tuple(
            Column(place, column_letter(place), f.removeprefix("extra:"), Field(f.partition(":")[0]))
            for place, f in enumerate(fields)
        )
        return SheetDraft(index, self.path.name, f"Sheet{index + 1}", kind, 1, columns, len(rows))

    def chunks(self, index, progress):
        return (packed([tuple(row) for row in rows]) for rows in self.rows(index, progress))

    def indexer(self, progress):
        return IndexBuilder()

    def rows(self, index, progress):
        read = []
        for number, row in enumerate(self._rows[index], 2):
            own = {key.removeprefix("extra:"): value for key, value in row.items() if key.startswith("extra:")}
            issues = row.get("!issues", [])
            values = {key: value for key, value in row.items() if not key.startswith(("extra:", "!"))}
            read.append(ReadRow(number, values, own, issues))
        for start in range(0, len(read), 2):
            progress.report("reading", start, len(read))
            yield read[start : start + 2]

    def close(self):
        self.closed = True


class Desk:
    """A file, and sheets that are brought to it."""

    def __init__(self, db, monkeypatch):
        self.db = db
        self._books = {}
        monkeypatch.setattr("crmdesk.excel.draft.open_reading", lambda path, *_more, **_told: self._books[path])

    def preview(self, *sheets, name="a.xlsx"):
        path = Path(name)
        self._books[path] = HandMade(path, sheets)
        return importing.preview_sheets(self.db, [path])

    def bring(self, *sheets, name="a.xlsx", as_of="auto"):
        with self.preview(*sheets, name=name) as preview:
            summary = importing.import_preview(self.db, preview, as_of=as_of)
        # The rule of rules: what was announced is what happened.
        assert [sheet.counts for sheet in summary.sheets] == [sheet.counts for sheet in preview.sheets]
        assert summary.created == preview.created
        for sheet in summary.sheets:
            assert all(say(issue.phrase) for issue in sheet.issues if issue.code != "error_value")
            assert all(say(Phrase(skipped.reason)) for skipped in sheet.skipped)
            assert sheet.reason is None or say(sheet.reason)
        return summary

    def ask(self, statement, *values):
        with self.db.raw_read() as raw:
            return raw.execute(statement, values).fetchall()

    def one(self, statement, *values):
        return self.ask(statement, *values)[0][0]


@pytest.fixture
def desk(tmp_path, clock, monkeypatch):
    db = create_file(tmp_path / "mine.crmdesk", clock)
    yield Desk(db, monkeypatch)
    db.close()


PEOPLE = ("name", "phone", "address", "notes", "extra:车牌")
SALES = ("code", "name", "order_number", "ordered_on", "order_amount", "order_status", "product", "extra:物流")


def people(*rows):
    return ("customers", PEOPLE, rows)


def sales(*rows):
    return ("orders", SALES, rows)


def phone(number):
    return {"points": [("phone", number, "")]}


def counts(result, sheet=0):
    json = result.sheets[sheet].counts.to_json()
    return {key: value for key, value in json.items() if value and key != "read"}


def codes(result, sheet=0):
    return [issue.code for issue in result.sheets[sheet].issues]


# Customers


def test_new_customers_come_in_with_all_they_have(desk):
    result = desk.bring(
        people({"name": "王姐超市", "address": "寸金路37号", **phone("13800000001"), "extra:车牌": "粤G1"})
    )
    assert counts(result) == {"new": 1}
    assert desk.ask("SELECT name, address, extra, known_since FROM customers") == [
        ("王姐超市", "寸金路37号", '{"车牌": "粤G1"}', "2026-11-22")
    ]
    assert desk.ask("SELECT kind, value FROM contact_points") == [("phone", "13800000001")]


def test_the_same_sheet_twice_adds_nothing_and_leaves_no_step(desk):
    sheet = people(
        {"name": "王姐超市", **phone("13800000001")},
        {"name": "丰盛邻居", "address": "一路1号"},
        {"name": "丰盛邻居", "address": "二路2号"},
        {"name": "只有名字"},
    )
    assert counts(desk.bring(sheet)) == {"new": 4}
    before = history.logical_dump(desk.db)
    again = desk.bring(sheet)
    assert counts(again) == {"unchanged": 4}
    assert again.step == 0
    assert history.logical_dump(desk.db) == before


def test_a_phone_shared_by_two_names_is_nobodys_key(desk):
    result = desk.bring(people({"name": "甲", **phone("13800000001")}, {"name": "乙", **phone("13800000001")}))
    assert counts(result) == {"new": 2}
    assert codes(result) == ["shared_phone"]


def test_a_shared_phone_without_a_name_is_not_guessed(desk):
    desk.bring(people({"name": "甲", **phone("13800000001")}, {"name": "乙", **phone("13800000001")}))
    result = desk.bring(people({"notes": "回个电话", **phone("13800000001")}))
    assert (counts(result), codes(result)) == ({"attention": 1}, ["ambiguous_phone"])


def test_names_alone_are_two_customers_unless_the_rows_are_identical(desk):
    rows = [
        {"name": "李姐", "notes": "爱喝茶"},
        {"name": "李姐", "notes": "住三楼"},
        {"name": "李姐", "notes": "爱喝茶"},
    ]
    result = desk.bring(people(*rows))
    assert counts(result) == {"new": 2, "merged": 1}
    assert codes(result) == ["same_name"]
    assert counts(desk.bring(people(*rows))) == {"unchanged": 3}


def test_an_identical_row_is_merged(desk):
    row = {"name": "王姐", **phone("13800000001")}
    assert counts(desk.bring(people(row, row))) == {"new": 1, "merged": 1}


def test_a_row_without_anybody_is_skipped_and_said_so(desk):
    result = desk.bring(people({"notes": "没有人"}))
    assert counts(result) == {"skipped": 1}
    assert result.sheets[0].skipped == (Skipped(2, "no_customer"),)
    assert result.step == 0


def test_blanks_are_filled_on_a_second_import(desk):
    desk.bring(people({"name": "王姐", **phone("13800000001")}))
    result = desk.bring(people({"name": "王姐", **phone("13800000001"), "address": "一路1号", "extra:车牌": "粤G1"}))
    assert counts(result) == {"updated": 1}
    assert desk.ask("SELECT address, extra FROM customers") == [("一路1号", '{"车牌": "粤G1"}')]


def test_what_differs_is_listed_and_never_overwritten(desk):
    desk.bring(people({"name": "王姐", **phone("13800000001"), "address": "一路1号"}))
    result = desk.bring(people({"name": "王姐", **phone("13800000001"), "address": "九路9号"}))
    assert counts(result) == {"attention": 1}
    [issue] = result.sheets[0].issues
    assert (issue.row, issue.column, issue.value, issue.code, issue.values["old"]) == (
        2,
        "C",
        "九路9号",
        "differs",
        "一路1号",
    )
    assert desk.one("SELECT address FROM customers") == "一路1号"


def test_a_code_finds_its_customer_whatever_else_the_row_says(desk):
    fields = ("code", "name", "phone")
    desk.bring(("customers", fields, [{"code": "007", "name": "甲", **phone("13800000001")}]))
    result = desk.bring(("customers", fields, [{"code": "007", "name": "甲", **phone("13800000001")}, {"code": "008"}]))
    assert counts(result) == {"unchanged": 1, "new": 1}
    assert codes(result) == ["unknown_customer"]


def test_a_code_is_filled_where_phone_and_name_agree(desk):
    desk.bring(people({"name": "甲", **phone("13800000001")}))
    result = desk.bring(("customers", ("code", "name", "phone"), [{"code": "7", "name": "甲", **phone("13800000001")}]))
    assert counts(result) == {"updated": 1}
    assert desk.one("SELECT code FROM customers") == "7"


def test_same_name_and_address_with_other_phones_are_two_customers(desk):
    rows = [{"name": "王先生", "address": "金山桥", **phone(number)} for number in ("13800000001", "13800000002")]
    assert counts(desk.bring(people(*rows))) == {"new": 2}


def test_shops_of_a_chain_are_told_apart_by_their_addresses_however_they_are_spelled(desk):
    # Chunks of two rows: the first shops are at rest by the time that the last ones come.
    rows = [
        {"name": "好邻居", "address": address} for address in ("解放路 1号", "解放路2号", "人民路1号", "解放路１号")
    ]
    result = desk.bring(("customers", ("name", "address"), [*rows, {"name": "好邻居", "address": "—"}]))
    assert counts(result) == {"new": 4, "merged": 1}
    assert counts(desk.bring(("customers", ("name", "address"), rows))) == {"unchanged": 4}


def test_a_region_is_kept_once_and_made_more_exact(desk):
    fields = ("name", "phone", "region")
    desk.bring(("customers", fields, [{"name": "甲", **phone("13800000001"), "region": ("浙江", "", "")}]))
    result = desk.bring(("customers", fields, [{"name": "甲", **phone("13800000001"), "region": ("浙江", "杭州", "")}]))
    assert counts(result) == {"updated": 1}
    assert desk.ask("SELECT r.province, r.city FROM customers c JOIN regions r ON r.id = c.region_id") == [
        ("浙江", "杭州")
    ]


def test_contacts_under_one_company_are_its_contacts(desk):
    fields = ("name", "contact_name", "contact_phone")
    rows = [
        {"name": "大华公司", "contacts": [("张三", "经理", "", [("phone", "13800000001", "")])]},
        {"name": "大华公司", "contacts": [("李四", "会计", "", [("phone", "13800000002", "")])]},
    ]
    result = desk.bring(("contacts", fields, rows))
    assert counts(result) == {"new": 2}
    assert (result.created.customers, result.created.contacts) == (1, 2)
    assert counts(desk.bring(("contacts", fields, rows))) == {"unchanged": 2}


def test_a_company_that_tells_another_phone_in_each_row_stays_one(desk):
    rows = [{"name": "大华公司", **phone("13800000001")}, {"name": "大华公司", **phone("13800000002")}]
    sheet = ("contacts", ("name", "phone"), rows)
    result = desk.bring(sheet)
    assert (result.created.customers, codes(result)) == (1, ["differs"])
    assert desk.bring(sheet).step == 0


def test_each_point_comes_to_its_own_contact(desk):
    rows = [
        {"name": "一公司", "contacts": [("张三", "经理", "", [])]},
        {"name": "二公司", "contacts": [("李四", "会计", "", [("phone", "13800000002", "")])], **phone("0759-1234567")},
    ]
    desk.bring(("customers", ("name", "contact_name", "contact_phone"), rows))
    statement = (
        "SELECT k.name, p.value FROM contact_points p LEFT JOIN contacts k ON k.id = p.contact_id ORDER BY p.value"
    )
    assert desk.ask(statement) == [(None, "0759-1234567"), ("李四", "13800000002")]


def test_a_row_without_a_company_is_about_its_contact(desk):
    desk.bring(
        (
            "customers",
            ("contact_name", "contact_phone"),
            [{"contacts": [("张三", "", "", [("phone", "13800000001", "")])]}],
        )
    )
    assert desk.ask("SELECT c.name, p.value FROM customers c JOIN contact_points p ON p.customer_id = c.id") == [
        ("张三", "13800000001")
    ]


def test_tags_are_kept_once(desk):
    desk.bring(
        ("customers", ("name", "tags"), [{"name": "甲", "tags": ["老客户", "批发"]}, {"name": "乙", "tags": ["批发"]}])
    )
    assert (desk.one("SELECT count(*) FROM tags"), desk.one("SELECT count(*) FROM customer_tags")) == (2, 3)


def test_what_has_no_field_of_its_own_becomes_a_column_of_the_users_own(desk):
    rows = [{"name": "甲", "size": "50人", "product": "灯具", "order_profit_total": 12_0000}]
    desk.bring(("customers", ("name", "size", "product", "order_profit_total"), rows))
    assert desk.one("SELECT extra FROM customers") == '{"size": "50人", "product": "灯具", "order_profit_total": "12"}'


# Visits and follow-ups


def test_visits_and_what_is_due_keep_their_days(desk):
    row = {
        "name": "甲",
        **phone("13800000001"),
        "interactions": [("2025-02-01", "visit", "看了样品"), ("", "", "电话里说再等等")],
        "follow_ups": [("2026-12-01", "送报价")],
    }
    sheet = ("customers", ("name", "phone", "interaction_summary", "follow_up_on"), [row])
    result = desk.bring(sheet)
    assert (result.created.interactions, result.created.follow_ups) == (1, 1)
    assert desk.ask("SELECT at, kind, summary FROM interactions") == [("2025-02-01T00:00:00", "visit", "看了样品")]
    assert desk.ask("SELECT due_on, summary, origin FROM follow_ups") == [("2026-12-01", "送报价", "sheet")]
    assert desk.one("SELECT notes FROM customers") == "电话里说再等等"
    assert counts(desk.bring(sheet)) == {"unchanged": 1}


def test_visits_told_in_one_cell_become_interactions(desk):
    rows = [{"name": "甲", **phone("13800000001"), "extra:车牌": "2025-02-07: 更换雷达; 2025-04-11: 更换燃油泵"}]
    result = desk.bring(people(*rows))
    assert result.created.interactions == 2
    assert desk.ask("SELECT at, summary FROM interactions ORDER BY at")[1] == ("2025-04-11T00:00:00", "更换燃油泵")
    assert counts(desk.bring(people(*rows))) == {"unchanged": 1}


# Purchases


def test_an_order_is_number_customer_and_date(desk):
    rows = [
        {"code": "1", "order_number": "N1", "ordered_on": "2025-01-01", "line_amount": 10_0000, "product": "茶"},
        {"code": "1", "order_number": "N1", "ordered_on": "2025-01-01", "line_amount": 20_0000, "product": "杯"},
        {"code": "2", "order_number": "N1", "ordered_on": "2025-01-01", "line_amount": 30_0000, "product": "茶"},
        {"code": "1", "order_number": "N1", "ordered_on": "2025-01-02", "line_amount": 40_0000, "product": "茶"},
    ]
    result = desk.bring(sales(*rows))
    assert (result.created.customers, result.created.orders, result.created.lines) == (2, 3, 4)
    assert desk.ask("SELECT amount FROM orders ORDER BY amount") == [(30_0000,), (30_0000,), (40_0000,)]
    assert desk.one("SELECT count(*) FROM products") == 2
    assert counts(desk.bring(sales(*rows))) == {"unchanged": 4}


def test_identical_rows_without_a_number_stay_apart_and_are_known_again(desk):
    row = {"code": "1", "ordered_on": "2025-01-01", "ordered_at": "10:00:00", "order_amount": 9_0000}
    assert counts(desk.bring(sales(row, row, row))) == {"new": 3}
    assert counts(desk.bring(sales(row, row, row))) == {"unchanged": 3}
    assert counts(desk.bring(sales(row, row, row, row))) == {"unchanged": 3, "new": 1}


def test_closed_and_unpaid_orders_count_for_nothing(desk):
    words = ["交易成功", "交易关闭", "等待买家付款", "买家已付款，等待卖家发货", "Cancelled"]
    rows = [{"code": "1", "ordered_on": "2025-01-01", "order_amount": 1_0000, "order_status": word} for word in words]
    desk.bring(sales(*rows))
    assert dict(desk.ask("SELECT status, counts FROM orders")) == dict(zip(words, [1, 0, 0, 1, 0], strict=True))


def test_a_total_repeated_on_each_line_counts_once(desk):
    rows = [
        {
            "code": c,
            "order_number": c,
            "ordered_on": "2025-01-01",
            "order_amount": 50_0000,
            "product": p,
            "order_refund": 5_0000,
        }
        for c in "123"
        for p in ("茶", "杯")
    ]
    desk.bring(sales(*rows))
    assert desk.ask("SELECT amount, refund FROM orders") == [(50_0000, 5_0000)] * 3


def test_amounts_that_differ_within_an_order_are_the_lines_own(desk):
    rows = [
        {"code": "1", "order_number": "1", "ordered_on": "2025-01-01", "order_amount": amount, "product": "茶"}
        for amount in (50_0000, 20_0000)
    ]
    desk.bring(sales(*rows))
    assert desk.ask("SELECT amount FROM orders") == [(70_0000,)]


def test_an_amount_is_pieces_times_price_and_a_return_is_negative(desk):
    rows = [
        {
            "code": "1",
            "order_number": "C1",
            "ordered_on": "2025-01-01",
            "quantity": -3_000,
            "price": 2_5500,
            "product": "灯",
        },
        {"code": "1", "order_number": "2", "ordered_on": "2025-01-02", "quantity": 1_500, "price": 3, "product": "灯"},
    ]
    desk.bring(sales(*rows))
    assert desk.ask("SELECT amount FROM orders ORDER BY amount") == [(-7_6500,), (4,)]  # 4.5 goes to the even side


def test_cost_is_amount_without_profit_and_a_rate_becomes_an_amount(desk):
    rows = [
        {
            "code": "1",
            "order_number": "1",
            "ordered_on": "2025-01-01",
            "product": "剪刀",
            "line_amount": 129_6960,
            "line_profit": -60_7040,
            "line_rate_off": 400_000,
        }
    ]
    desk.bring(sales(*rows))
    assert desk.ask("SELECT amount, cost, discount FROM orders") == [(129_6960, 190_4000, 86_4640)]


def test_an_unreadable_amount_is_never_a_silent_zero(desk):
    rows = [{"code": "1", "ordered_on": "2025-01-01", "!issues": [(2, "E", "#N/A", "error_value", {})]}]
    result = desk.bring(sales(*rows))
    assert counts(result) == {"attention": 1}
    assert result.step == 0


def test_purchases_of_an_unknown_code_make_a_flagged_customer(desk):
    members = ("customers", ("code", "name"), [{"code": "1", "name": "小六"}])
    rows = sales({"code": "1", "ordered_on": "2025-01-01"}, {"code": "9", "ordered_on": "2025-01-01"})
    result = desk.bring(rows, members)  # the order of the sheets does not matter
    assert codes(result, 0) == ["unknown_customer"]
    assert [(issue.row, issue.value) for issue in result.sheets[0].issues] == [(3, "9")]
    assert desk.ask("SELECT code, name FROM customers ORDER BY code") == [("1", "小六"), ("9", "")]


def test_purchases_without_a_customer_are_skipped_as_such(desk):
    result = desk.bring(sales({"ordered_on": "2025-01-01", "order_amount": 1}))
    assert counts(result) == {"skipped": 1}
    assert result.sheets[0].skipped == (Skipped(2, "no_customer"),)


def test_in_a_sheet_of_purchases_one_name_is_one_customer(desk):
    rows = [{"name": "王姐", "ordered_on": f"2025-01-0{day}", "order_amount": 1} for day in (1, 2, 3)]
    assert desk.bring(sales(*rows)).created.customers == 1
    assert counts(desk.bring(sales(*rows))) == {"unchanged": 3}


def test_purchases_by_name_join_the_only_customer_of_that_name(desk):
    desk.bring(people({"name": "王姐", **phone("13800000001")}))
    result = desk.bring(sales({"name": "王姐", "ordered_on": "2025-01-01", "order_amount": 1}))
    assert codes(result) == ["joined_by_name"]
    assert desk.one("SELECT count(*) FROM customers") == 1


def test_purchases_by_a_name_that_several_have_are_not_guessed(desk):
    desk.bring(people({"name": "王姐", **phone("13800000001")}, {"name": "王姐", **phone("13800000002")}))
    result = desk.bring(sales({"name": "王姐", "ordered_on": "2025-01-01", "order_amount": 1}))
    assert (counts(result), codes(result)) == ({"attention": 1}, ["ambiguous_name"])


def test_another_recipient_is_noted_with_the_order(desk):
    rows = [
        {"code": "b1", "name": "李霞", "ordered_on": "2025-01-01", "order_amount": 1},
        {"code": "b1", "name": "王勇", "ordered_on": "2025-01-02", "order_amount": 1, "extra:物流": "顺丰"},
    ]
    desk.bring(sales(*rows))
    assert desk.one("SELECT name FROM customers") == "李霞"
    assert desk.ask("SELECT notes FROM orders ORDER BY ordered_on") == [("",), ("name: 王勇\n物流: 顺丰",)]
    assert counts(desk.bring(sales(*rows))) == {"unchanged": 2}


def test_own_columns_that_follow_the_customer_go_to_the_customer(desk):
    fields = ("code", "ordered_on", "order_amount", "extra:细分")
    rows = [
        {"code": code, "ordered_on": f"2025-01-0{day}", "order_amount": 1, "extra:细分": kind}
        for code, kind in (("1", "公司"), ("2", "消费者"))
        for day in (1, 2)
    ]
    desk.bring(("orders", fields, rows))
    assert desk.ask("SELECT code, extra FROM customers ORDER BY code") == [
        ("1", '{"细分": "公司"}'),
        ("2", '{"细分": "消费者"}'),
    ]
    assert desk.ask("SELECT DISTINCT notes FROM orders") == [("",)]


def test_what_is_the_same_on_every_row_is_kept_once_with_the_import(desk):
    fields = ("code", "ordered_on", "order_amount", "extra:店铺")
    rows = [{"code": str(n), "ordered_on": "2025-01-01", "order_amount": 1, "extra:店铺": "旗舰店"} for n in range(25)]
    desk.bring(("orders", fields, rows))
    assert '"everywhere": {"店铺": "旗舰店"}' in desk.one("SELECT counts FROM imports")
    assert desk.ask("SELECT DISTINCT notes FROM orders") == [("",)]


def test_a_changed_status_is_listed_and_left(desk):
    row = {"code": "1", "ordered_on": "2025-01-01", "order_amount": 1, "order_status": "已发货"}
    desk.bring(sales(row))
    result = desk.bring(sales({**row, "order_status": "交易关闭"}))
    assert (counts(result), codes(result)) == ({"attention": 1}, ["differs"])
    assert desk.ask("SELECT status, counts FROM orders") == [("已发货", 1)]


def test_a_new_line_of_a_known_order_is_added_to_it(desk):
    row = {"code": "1", "order_number": "1", "ordered_on": "2025-01-01", "line_amount": 10_0000, "product": "茶"}
    desk.bring(sales(row))
    result = desk.bring(sales(row, {**row, "product": "杯", "line_amount": 5_0000}))
    assert counts(result) == {"unchanged": 1, "new": 1}
    assert desk.ask("SELECT amount FROM orders") == [(15_0000,)]


def test_a_changed_line_is_listed_and_not_added_again(desk):
    row = {"code": "1", "order_number": "1", "ordered_on": "2025-01-01", "line_amount": 10_0000, "product": "茶"}
    desk.bring(sales(row))
    result = desk.bring(sales({**row, "line_amount": 12_0000}))
    assert (counts(result), codes(result)) == ({"attention": 1}, ["differs"])
    assert desk.one("SELECT count(*) FROM order_lines") == 1


def test_a_line_whose_day_cannot_be_read_stays_with_its_order(desk):
    row = {"code": "1", "order_number": "1", "line_amount": 10_0000}
    rows = [{**row, "ordered_on": "2025-01-01", "product": "茶"}, {**row, "product": "杯"}]
    assert desk.bring(sales(*rows)).created.orders == 1
    assert counts(desk.bring(sales(*rows))) == {"unchanged": 2}


def test_an_empty_amount_is_worked_out_and_flagged(desk):
    rows = [{"code": "1", "ordered_on": "2025-01-01", "quantity": 2_000, "price": 5_0000, "product": "茶"}]
    result = desk.bring(sales(*rows))
    assert codes(result) == ["amount_worked_out"]
    assert desk.one("SELECT amount FROM orders") == 10_0000


RETURNS = ("order_number", "extra:退回")


def test_a_returns_sheet_refunds_its_orders(desk):
    row = {"code": "1", "order_number": "N1", "ordered_on": "2025-01-01", "order_amount": 10_0000}
    returns = ("ignored", RETURNS, [{"order_number": "N1", "extra:退回": "是"}])
    result = desk.bring(sales(row), returns)
    assert counts(result, 1) == {"updated": 1}
    assert desk.one("SELECT refund FROM orders") == 10_0000
    assert counts(desk.bring(returns)) == {"unchanged": 1}


def test_a_returns_sheet_with_ambiguous_numbers_is_reported_and_not_applied(desk):
    row = {"order_number": "N1", "ordered_on": "2025-01-01", "order_amount": 10_0000}
    rows = [{**row, "code": "1"}, {**row, "code": "2"}, {**row, "code": "1", "order_number": "N2"}]
    numbers = [{"order_number": number, "extra:退回": "是"} for number in ("N1", "N2", "N3")]
    result = desk.bring(sales(*rows), ("ignored", RETURNS, numbers))
    assert counts(result, 1) == {"attention": 3}
    assert codes(result, 1) == ["returns_unclear", "returns_held", "returns_unknown"]
    assert result.sheets[1].kind == "ignored"
    assert desk.ask("SELECT DISTINCT refund FROM orders") == [(0,)]


# One step


def test_undo_gives_the_file_back_as_it_was(desk):
    desk.bring(people({"name": "甲", **phone("13800000001")}))
    before = history.logical_dump(desk.db)
    desk.bring(
        people({"name": "甲", **phone("13800000001"), "address": "一路1号"}, {"name": "乙", **phone("13800000002")}),
        sales({"name": "丙", "ordered_on": "2025-01-01", "order_amount": 1, "product": "茶"}),
        as_of="last-order",
    )
    assert history.logical_dump(desk.db) != before
    desk.db.undo()
    assert history.logical_dump(desk.db) == before
    desk.db.redo()
    assert desk.one("SELECT count(*) FROM customers") == 3


def test_a_cancelled_import_keeps_nothing(desk):
    before = history.logical_dump(desk.db)
    rows = [{"name": f"客户{n}", **phone(f"138{n:08}")} for n in range(3_000)]
    with desk.preview(people(*rows)) as preview:
        progress = Progress()
        progress._moved = lambda what, done, total: progress.cancel() if what == "importing" and done else None
        with pytest.raises(Cancelled):
            importing.import_preview(desk.db, preview, progress)
        assert history.logical_dump(desk.db) == before
        # What was to be written was taken apart by then: it is worked out again.
        assert importing.import_preview(desk.db, preview).created.customers == 3_000
    assert len(history.logical_dump(desk.db)) > len(before)


def test_a_failed_import_keeps_nothing(desk, monkeypatch):
    before = history.logical_dump(desk.db)
    monkeypatch.setattr("crmdesk.operations.tiers.run_policy", lambda step, today: 1 / 0)
    with desk.preview(people({"name": "甲"})) as preview, pytest.raises(ZeroDivisionError):
        importing.import_preview(desk.db, preview)
    assert history.logical_dump(desk.db) == before


def test_a_sheet_that_is_left_out_counts_as_skipped(desk):
    with desk.preview(people({"name": "甲"}), sales({"name": "乙", "ordered_on": "2025-01-01"})) as preview:
        fewer = importing.leave_out(desk.db, preview, frozenset({0}))
    assert fewer.sheets[0].kind == "ignored"
    assert fewer.sheets[0].reason.code == "sheet_left_out"
    assert (fewer.sheets[0].counts.skipped, fewer.created.customers) == (1, 1)


def test_the_layout_keeps_their_columns_in_their_order(desk):
    desk.bring(people({"name": "甲", "extra:车牌": "粤G1"}))
    assert desk.one("SELECT layout FROM imports").startswith('[{"key": "name", "header": "name"}, {"key": "phone"')
    assert '{"key": "extra:车牌", "header": "车牌"}' in desk.one("SELECT layout FROM imports")


def test_large_imports_set_indexes_aside_and_make_them_again(desk):
    statement = "SELECT name, sql FROM sqlite_master WHERE type = 'index' ORDER BY name"
    before = desk.ask(statement)
    desk.bring(people(*({"name": f"客户{n}", **phone(f"138{n:08}")} for n in range(1_500))))
    assert desk.ask(statement) == before


def test_a_reading_is_closed_when_the_preview_fails(desk, monkeypatch):
    monkeypatch.setattr(HandMade, "rows", lambda self, index, progress: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        desk.preview(people({"name": "甲"}))
    assert desk._books[Path("a.xlsx")].closed


def test_a_preview_forgets_rows_that_are_read_anew(desk):
    with desk.preview(people({"name": "甲"})) as preview:
        place = preview.places[0]
        assert preview.without_rows(place).rows == {}
        assert replace(preview, left_out=frozenset({0})).rows == preview.rows
