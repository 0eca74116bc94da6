"""Real sheets, taken in whole: the facts are those of expected.json, found out by hand or with another reader."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from crmdesk.operations import history
from crmdesk.operations.files import create_file
from crmdesk.operations.importing import import_preview, preview_sheets

MONEY = 10_000


class File:
    """A new file, and real sheets that are brought to it."""

    def __init__(self, db, folder):
        self.db, self._folder = db, folder

    def bring(self, *names):
        """Import as of the last order, and hold that the preview had announced just that."""
        with preview_sheets(self.db, [self._folder / name for name in names]) as preview:
            summary = import_preview(self.db, preview, as_of="last-order")
        assert [sheet.counts for sheet in summary.sheets] == [sheet.counts for sheet in preview.sheets]
        assert summary.created == preview.created
        return summary

    def bring_and_take_back(self, *names):
        """Import; a second import adds nothing; undo gives the file back; and once more for what comes next."""
        empty = history.logical_dump(self.db)
        summary = self.bring(*names)
        whole = history.logical_dump(self.db)
        again = self.bring(*names)
        assert (again.step, sum(sheet.counts.new + sheet.counts.updated for sheet in again.sheets)) == (0, 0)
        assert history.logical_dump(self.db) == whole
        history.undo(self.db)
        assert history.logical_dump(self.db) == empty
        history.redo(self.db)
        assert history.logical_dump(self.db) == whole
        return summary

    def ask(self, statement):
        with self.db.raw_read() as raw:
            return raw.execute(statement).fetchall()

    def one(self, what, where="1"):
        [(answer,)] = self.ask(f"SELECT {what} WHERE {where}")
        return answer


@pytest.fixture
def file(tmp_path, clock, shared_data):
    db = create_file(tmp_path / "mine.crmdesk", clock)
    yield File(db, shared_data)
    db.close()


@pytest.fixture
def facts(shared_data):
    return json.loads((shared_data / "expected.json").read_text(encoding="utf-8"))


def codes(sheet):
    return Counter(issue.code for issue in sheet.issues)


def test_the_superstore(file):
    summary = file.bring_and_take_back("purchases/示例 - 超市.xls")
    assert (summary.created.customers, summary.created.orders, summary.created.lines) == (790, 4985, 10_000)
    assert file.one("count(DISTINCT name) FROM customers") == 771
    assert file.one("count(DISTINCT number) FROM orders") == 2773
    assert file.one("sum(amount) FROM orders") == 161_175_482_370  # 16,117,548.237
    assert file.one("sum(amount - cost) FROM orders") == 21_565_595_170  # 2,156,559.517
    assert file.one("sum(amount) FROM order_lines") == 161_175_482_370
    assert file.one("sum(quantity) FROM order_lines") == 37_675_000
    assert file.one("min(ordered_on) || ' ' || max(ordered_on) FROM orders") == "2014-01-01 2017-12-30"


def test_returns_of_the_superstore_are_reported_and_not_applied(file):
    _orders, returns, _people = file.bring("purchases/示例 - 超市.xls").sheets
    assert (returns.counts.read, returns.counts.attention) == (296, 296)
    assert returns.reason.code == "returns_not_applied"
    assert set(codes(returns)) == {"returns_unclear", "returns_held"}
    assert file.one("sum(refund) FROM orders") == 0


def test_the_taobao_export(file):
    summary = file.bring_and_take_back("purchases/TB201812_淘宝订单.xls")
    assert (summary.created.customers, summary.created.orders) == (1817, 2660)
    [counting] = file.ask(
        "SELECT count(*), count(DISTINCT customer_id), sum(amount), sum(refund) FROM orders WHERE counts"
    )
    assert counting == (2031, 1594, 346_594_16 * MONEY // 100, 11_646_63 * MONEY // 100)
    assert dict(file.ask("SELECT status, count(*) FROM orders GROUP BY status")) == {
        "交易成功": 1876,
        "交易关闭": 627,
        "卖家已发货，等待买家确认": 142,
        "买家已付款，等待卖家发货": 13,
        "等待买家付款": 2,
    }
    assert file.one("sum(amount) FROM orders") == 412_600_83 * MONEY // 100
    assert file.one("sum(refund) FROM orders") == 27_760_34 * MONEY // 100


def test_the_shops_of_zhanjiang(file):
    summary = file.bring_and_take_back("customers/客户资料_湛江店铺.xlsx")
    assert summary.created.customers == 188
    assert file.one("count(*) FROM customers", "name = '丰盛邻居'") == 2
    assert file.one("count(DISTINCT address) FROM customers", "name = '丰盛邻居'") == 2
    without = "id NOT IN (SELECT customer_id FROM contact_points WHERE kind = 'phone')"
    assert file.one("count(*) FROM customers", without) == 139
    assert file.one("count(*) FROM contacts") == 17
    assert file.one("count(*) FROM figures", "tier IS NOT NULL") == 0


def test_the_leads_of_xuzhou(file):
    assert file.bring_and_take_back("customers/客户_徐州.xlsx").created.customers == 71


def test_members_and_their_purchases_are_joined_by_id(file):
    summary = file.bring_and_take_back("customers/会员消费条目.xlsx", "customers/会员信息.xlsx")
    assert (summary.created.customers, summary.created.orders) == (14, 20)
    assert file.ask("SELECT count(*) FROM customers WHERE name = '' AND code <> ''") == [(1,)]
    assert codes(summary.sheets[0])["unknown_customer"] == 1
    assert file.one("sum(amount) FROM orders") == 1_580_5000


def test_members_after_their_purchases_find_them(file):
    """Brought one after the other, the wrong way round: blanks are filled and nobody is doubled."""
    file.bring("customers/会员消费条目.xlsx")
    summary = file.bring("customers/会员信息.xlsx")
    assert file.one("count(*) FROM customers") == 14
    assert summary.sheets[0].counts.updated == 9 - file.one("count(*) FROM customers", "name = ''")


def test_rows_without_customer_are_skipped_as_such(file, facts):
    summary = file.bring_and_take_back("purchases/online_retail_2010-12.xlsx")
    known = facts["purchases/online_retail_2010-12.xlsx"]["facts"]
    [sheet] = summary.sheets
    assert sheet.counts.read == known["rows"]
    assert Counter(skipped.reason for skipped in sheet.skipped) == {"no_customer": known["rows_without_customer"]}
    assert summary.created.customers == known["customers"]
    assert summary.created.lines == known["with_customer"]["rows"]
    assert file.one("sum(amount) FROM orders") == round(known["with_customer"]["sum"] * MONEY)
    assert file.one("count(*) FROM orders", "amount < 0 AND number LIKE 'C%'") > 0


def test_garage_visits_told_in_a_cell_become_interactions(file):
    summary = file.bring_and_take_back("customers/客户信息表_汽修300.xlsx")
    assert (summary.created.customers, summary.created.interactions) == (300, 758)
    assert file.one("extra FROM customers", "name = '王楠'").startswith('{"性别": "女", "车牌": "皖VDWKL港"')


def test_a_call_list_with_shared_phones(file):
    summary = file.bring_and_take_back("customers/Customer Call List.xlsx")
    [sheet] = summary.sheets
    assert (sheet.counts.new, sheet.counts.merged) == (20, 1)
    assert codes(sheet)["shared_phone"] > 0


def test_sheets_of_one_workbook_are_joined_by_id(file, facts):
    known = facts["purchases/KPMG_VI_New_raw_data_update_final.xlsx"]["facts"]
    file.bring("purchases/KPMG_VI_New_raw_data_update_final.xlsx")
    assert file.one("count(*) FROM orders") == known["transactions"]
    assert file.one("sum(amount) FROM orders") == round(known["list_price"] * MONEY)
    assert file.one("count(*) FROM orders", "NOT counts") == known["status"]["Cancelled"]
    assert file.one("count(DISTINCT customer_id) FROM orders") == known["customers_in_transactions"]
    assert file.one("count(*) FROM customers", "code <> '' AND name <> ''") == known["demographic"]
    assert file.one("count(*) FROM customers", "code <> '' AND name = ''") == 4  # 3 addresses and 5034's purchases
    assert file.one("count(*) FROM customers", "code <> '' AND address <> ''") == known["address"]


def test_two_exports_of_one_shop_are_joined(file):
    summary = file.bring("purchases/baraa_sales_details.csv", "purchases/baraa_cust_info.csv")
    assert (summary.created.customers, summary.created.lines) == (18_484, 60_398)
    assert file.one("count(DISTINCT number) FROM orders") == 27_659
    assert codes(summary.sheets[0])["amount_worked_out"] == 8


def test_every_cdnow_purchase(file, facts):
    known = facts["purchases/CDNOW_master.txt"]["facts"]
    summary = file.bring("purchases/CDNOW_master.txt")
    assert (summary.created.customers, summary.created.orders) == (known["customers"], known["transactions"])
    assert file.one("sum(amount) FROM orders") == round(known["spent"] * MONEY)
    assert file.one("sum(quantity) FROM order_lines") == known["cds"] * 1000
    days = "(SELECT DISTINCT customer_id, ordered_on FROM orders)"
    assert file.one(f"count(*) FROM {days}") == known["distinct_customer_days"]


@pytest.mark.parametrize(
    ("name", "customers"),
    [
        ("customers/hubspot_contacts_excerpt.csv", 8),
        ("customers/roundcube_gmail.csv", 1),
        ("customers/roundcube_tb_plain.csv", 1),
        ("customers/roundcube_email.csv", 4),
        ("customers/客户公海.xlsx", 2),
        ("customers/客户模版.xlsx", 2),
        ("customers/超市_无表头.xlsx", 27),
        ("customers/订单_采购.xlsx", 0),
        ("purchases/lifetimes_donations.csv", 0),
        ("purchases/CDNOW_sample.txt", 2357),
        ("purchases/lifetimes_example_transactions.csv", 5000),
    ],
)
def test_customers_of_other_sheets(file, name, customers):
    assert file.bring_and_take_back(name).created.customers == customers


def test_a_year_of_daily_files_in_one_archive(file, facts):
    known = facts["purchases/online_retail_by_day.zip"]["facts"]
    summary = file.bring("purchases/online_retail_by_day.zip")
    assert len(summary.sheets) == 305
    assert sum(sheet.counts.read for sheet in summary.sheets) == known["rows"]
    reasons = Counter(skipped.reason for sheet in summary.sheets for skipped in sheet.skipped)
    assert reasons == {"no_customer": known["rows_without_customer"]}
    assert (summary.created.customers, summary.created.lines) == (known["customers"], known["with_customer"]["rows"])
    assert round(file.one("sum(amount) FROM orders") / MONEY, 2) == known["with_customer"]["sum"]
    lines = "order_lines l JOIN orders o ON o.id = l.order_id"
    bought = "l.quantity > 0 AND l.price > 0"
    positive = known["positive_with_customer"]
    assert file.one(f"count(*) FROM {lines}", bought) == positive["rows"]
    assert file.one(f"count(DISTINCT o.customer_id) FROM {lines}", bought) == positive["customers"]
    assert file.one(f"count(DISTINCT o.number) FROM {lines}", bought) == positive["invoices"]
    assert file.one("count(DISTINCT fingerprint) FROM sheet_profiles") == 1
    again = file.bring("purchases/online_retail_by_day.zip")
    assert (again.step, again.remembered, again.orders_met) == (0, True, summary.created.orders)


def test_orders_of_a_shop_in_the_web_belong_to_its_customers_and_not_to_its_staff(file):
    file.bring("purchases/shopify_orders_fivetran.csv")
    assert file.one("count(*) FROM customers", "code IN ('100', '101', '102')") == 0


def test_days_that_lost_digits_are_left_empty(file):
    summary = file.bring("purchases/baraa_sales_details.csv", "purchases/baraa_cust_info.csv")
    found = codes(summary.sheets[0])
    assert (found["date_zero"], found["date_unreadable"]) == (17, 2)
    assert file.one("min(ordered_on) FROM orders") >= "2010-12-29"
