"""Real sheets, taken in whole: the facts are those of expected.json, found out by hand or with another reader."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from crmdesk.excel.protocol import unpacked
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
        self._rows = preview.rows
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

    def read_rows(self):
        """What was read of every row of the sheets that were brought last: values, and the user's own columns."""
        for chunks in self._rows.values():
            for chunk in chunks:
                for _row, values, extra, _issues in unpacked(chunk):
                    yield values, extra

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


def best(spent):
    """Customers with what they spent, the best first."""
    return sorted(spent, key=lambda row: -row[1])


def buyers_for_80(spent):
    """How many of the best customers make up 80 percent of all that was spent."""
    whole, reached = sum(amount for _code, amount in spent), 0
    for count, (_code, amount) in enumerate(best(spent), 1):
        reached += amount
        if reached * 5 >= whole * 4:
            return count
    return 0


def as_sold(rows):
    """Facts of rows of the Online Retail data, those without a customer too."""
    found = Counter()
    seen, invoices = set(), set()
    for values, extra in rows:
        number = values.get("order_number", "")
        same = (*sorted((key, str(value)) for key, value in values.items()), *sorted(extra.items()))
        found["rows"] += 1
        found["exact_duplicates"] += same in seen
        found["cancel_rows"] += number.startswith("C")
        found["money"] += values.get("quantity", 0) * values.get("price", 0)
        seen.add(same)
        invoices.add(number)
    found["invoices"] = len(invoices)
    return found


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
    spent = file.ask("SELECT c.code, sum(o.amount) FROM orders o JOIN customers c ON c.id = o.customer_id GROUP BY 1")
    assert best(spent)[:3] == [("徐婵-11005", 828_952_600), ("田磊-16120", 773_693_340), ("刘明-18295", 687_372_280)]
    assert buyers_for_80(spent) == 436


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
    sold = as_sold(file.read_rows())
    for name in ("rows", "invoices", "cancel_rows", "exact_duplicates"):
        assert sold[name] == known[name], name
    assert round(sold["money"] / 1000 / MONEY, 2) == known["sum_qty_x_price"]
    assert_bought(file, known["positive_with_customer"])


def assert_bought(file, positive):
    """What was bought and not given back, by known customers."""
    lines = "order_lines l JOIN orders o ON o.id = l.order_id"
    bought = "l.quantity > 0 AND l.price > 0"
    assert file.one(f"count(*) FROM {lines}", bought) == positive["rows"]
    assert file.one(f"count(DISTINCT o.customer_id) FROM {lines}", bought) == positive["customers"]
    assert file.one(f"count(DISTINCT o.number) FROM {lines}", bought) == positive["invoices"]
    assert round(file.one(f"sum(l.amount) FROM {lines}", bought) / MONEY, 2) == positive["sum"]


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
    assert file.one("count(*) FROM customers", "code = ''") == known["new"]
    gender = (
        "SELECT json_extract(extra, '$.gender'), count(*) FROM customers WHERE code <> '' AND name <> '' GROUP BY 1"
    )
    assert dict(file.ask(gender)) == known["gender"]


def test_two_exports_of_one_shop_are_joined(file):
    summary = file.bring("purchases/baraa_sales_details.csv", "purchases/baraa_cust_info.csv")
    assert (summary.created.customers, summary.created.lines) == (18_484, 60_398)
    assert file.one("count(DISTINCT number) FROM orders") == 27_659
    # The column itself sums up to 29,355,502, its eight blank cells left out; those lines are pieces times price, and
    # each is flagged. 145 more is what they come to.
    sales = summary.sheets[0]
    blank = {issue.row for issue in sales.issues if issue.code == "amount_worked_out"}
    assert len(blank) == 8
    given = sum(values.get("line_amount", values.get("order_amount", 0)) for values, _extra in file.read_rows())
    assert given == 29_355_502 * MONEY
    assert file.one("sum(amount) FROM orders") == given + 145 * MONEY
    assert file.one("count(*) FROM order_lines", "amount <= 0") == 5
    # 4,578 rows say nothing; of these four name nobody, and five say so elsewhere of the same customer.
    assert file.one("count(*) FROM customers", "json_extract(extra, '$.cst_gndr') IS NULL") == 4_578 - 4 - 5
    assert file.one("count(*) FROM customers", "name <> trim(name)") == 0


def test_every_cdnow_purchase(file, facts):
    known = facts["purchases/CDNOW_master.txt"]["facts"]
    summary = file.bring("purchases/CDNOW_master.txt")
    assert (summary.created.customers, summary.created.orders) == (known["customers"], known["transactions"])
    assert file.one("sum(amount) FROM orders") == round(known["spent"] * MONEY)
    assert file.one("sum(quantity) FROM order_lines") == known["cds"] * 1000
    assert file.one("count(*) FROM orders", "amount = 0") == known["zero_spend"]
    assert file.one("min(ordered_on) || ' ' || max(ordered_on) FROM orders") == "1997-01-01 1998-06-30"
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
        ("purchases/cdnow_customers_summary_with_transactions.csv", 2357),
        ("customers/ConditionalFormattingSamples.xlsx", 14),
        ("customers/order_schedule.xls", 8),
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
    sold = as_sold(file.read_rows())
    for name in ("rows", "invoices", "cancel_rows", "exact_duplicates"):
        assert sold[name] == known[name], name
    assert round(sold["money"] / 1000 / MONEY, 2) == known["sum_qty_x_price"]
    assert_bought(file, known["positive_with_customer"])
    assert_best(file, known)
    assert file.one("count(DISTINCT fingerprint) FROM sheet_profiles") == 1
    again = file.bring("purchases/online_retail_by_day.zip")
    assert (again.step, again.remembered, again.orders_met) == (0, True, summary.created.orders)


def assert_best(file, known):
    """Recency, frequency and money of what was bought, as of the day after the last order, and who makes up most."""
    rows = file.ask(
        "SELECT c.code, sum(l.amount), count(DISTINCT o.number), "
        " CAST(julianday('2011-12-10') - julianday(max(o.ordered_on || ' ' || o.ordered_at)) AS INTEGER)"
        " FROM order_lines l JOIN orders o ON o.id = l.order_id JOIN customers c ON c.id = o.customer_id"
        " WHERE l.quantity > 0 AND l.price > 0 GROUP BY 1"
    )
    rfm, spent = known["rfm_2011_12_10"], [row[:2] for row in rows]
    assert [[int(float(code)), round(money / MONEY, 2)] for code, money in best(spent)[:5]] == rfm["top_customers"]
    assert (round(best(spent)[0][1] / MONEY, 2), max(row[2] for row in rows)) == (rfm["M_max"], rfm["F_max"])
    for place, name, unit in ((1, "M_mean", MONEY), (2, "F_mean", 1), (3, "R_mean", 1)):
        assert round(sum(row[place] for row in rows) / unit / len(rows), 3) == rfm[name], name
    assert buyers_for_80(spent) == known["pareto"]["customers_for_80pct"]


def test_orders_of_a_shop_in_the_web_belong_to_its_customers_and_not_to_its_staff(file):
    summary = file.bring("purchases/shopify_orders_fivetran.csv")
    assert (summary.created.customers, summary.created.orders) == (3, 24)
    assert file.one("count(*) FROM customers", "code IN ('100', '101', '102')") == 0


def test_days_that_lost_digits_are_left_empty(file):
    summary = file.bring("purchases/baraa_sales_details.csv", "purchases/baraa_cust_info.csv")
    found = codes(summary.sheets[0])
    assert (found["date_zero"], found["date_unreadable"]) == (17, 2)
    assert file.one("min(ordered_on) FROM orders") >= "2010-12-29"


def test_a_sample_without_header_holds_what_its_study_says(file, facts):
    known = facts["purchases/CDNOW_sample.txt"]["facts"]
    file.bring("purchases/CDNOW_sample.txt")
    assert file.one("count(*) FROM orders") == known["transactions"]
    assert file.one("count(DISTINCT customer_id) FROM orders") == known["customers"]
    assert file.one("sum(amount) FROM orders") == round(known["spent"] * MONEY)
    assert file.one("count(*) FROM orders", "amount = 0") == known["zero_spend"]
    # No header says what the fourth column counts: it is kept, and adds up to the discs that were sold.
    assert sum(int(extra["D"]) for _values, extra in file.read_rows()) == known["cds"]


def test_a_log_of_orders_keeps_every_row(file, facts):
    known = facts["purchases/lifetimes_example_transactions.csv"]["csv"]
    assert file.bring("purchases/lifetimes_example_transactions.csv").created.orders == known["data_rows"]


def test_the_two_lists_of_a_sample_book_are_one_list_of_customers(file, facts):
    summary = file.bring("customers/ConditionalFormattingSamples.xlsx")
    taken = {sheet.draft.name: sheet for sheet in summary.sheets if sheet.kind != "ignored"}
    assert {name: sheet.draft.row_count for name, sheet in taken.items()} == {"Customers1": 19, "Customers2": 18}
    assert len(summary.sheets) == 18
    assert file.one("count(DISTINCT name) FROM customers") == 14


def test_lists_of_goods_and_of_words_bring_nobody(file):
    goods = file.bring("customers/订单_采购.xlsx").sheets[0]
    assert (goods.reason.code, goods.counts.skipped, goods.counts.read) == ("sheet_goods", 241, 241)
    template = {sheet.draft.name: sheet.kind for sheet in file.bring("customers/客户模版.xlsx").sheets}
    assert template == {"Sheet1": "ignored", "录入客户": "customers", "字典": "ignored", "说明": "ignored"}


@pytest.mark.parametrize(
    "name",
    [
        *("John_Doe_ANDROID.vcf", "John_Doe_IPHONE.vcf", "outlook-2007.vcf", "John_Doe_GMAIL.vcf", "gmail-list.vcf"),
        *("rfc2426-example.vcf", "rc_johndoe.vcf", "rc_utf-16_sample.vcf", "rc_contacts.vcf"),
    ],
)
def test_every_number_and_address_of_a_card_is_kept(file, facts, name):
    known = facts[f"customers/{name}"]["vcard"]
    summary = file.bring(f"customers/{name}")
    people = file.one("(SELECT count(*) FROM customers) + (SELECT count(*) FROM contacts)")
    assert people >= known["cards"]
    twice = name == "John_Doe_ANDROID.vcf"  # one card has its number as the preferred and as the work one
    assert file.one("count(*) FROM contact_points", "kind IN ('phone', 'fax')") == known["tel"] - twice
    kept = file.one("count(*) FROM contact_points", "kind = 'email'")
    flagged = sum(codes(sheet)["mail_part_unread"] for sheet in summary.sheets)
    assert kept + flagged == known["email"]  # ÑÑÑ is no address
