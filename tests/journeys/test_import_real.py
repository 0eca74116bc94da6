"""Real sheets through the real window: dropped, looked at, imported with a few clicks, with the facts known of them."""

from __future__ import annotations

import json
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import openpyxl
import pytest

from crmdesk.gui.dialogs.import_figures import COUNTS
from crmdesk.operations import listing

_spec = spec_from_file_location("sheets_of_the_journeys", Path(__file__).parent / "sheets.py")
sheets = module_from_spec(_spec)
_spec.loader.exec_module(sheets)

MOST_CLICKS = 5
ONE_BY_ONE = [  # files, customers, orders; what expected.json knows of a file is asserted below by its own name
    (["customers/客户资料_湛江店铺.xlsx"], 188, 0),
    (["customers/客户_徐州.xlsx"], 71, 0),
    (["customers/超市_无表头.xlsx"], 27, 0),
    (["customers/客户公海.xlsx"], 2, 0),
    (["customers/客户模版.xlsx"], 2, 0),
    (["customers/客户信息表_汽修300.xlsx"], 300, 0),
    (["customers/Customer Call List.xlsx"], 20, 0),
    (["customers/会员信息.xlsx", "customers/会员消费条目.xlsx"], 14, 20),
    (["customers/hubspot_contacts_excerpt.csv"], 8, 0),
    (["customers/roundcube_email.csv"], 4, 0),
    (["purchases/lifetimes_example_transactions.csv"], 5000, None),
]


@pytest.fixture
def facts(shared_data):
    return json.loads((shared_data / "expected.json").read_text(encoding="utf-8"))


@pytest.fixture
def user(prompts):
    prompts.on_run = sheets.User()
    return prompts.on_run


def told(wizard, name):
    """A figure of the second step."""
    label = wizard.problems.findChild(object, f"count_{name}")
    return int(label.text().replace(",", "")) if label is not None else 0


def rows_told(wizard):
    """The rows of each outcome, as its button says."""
    return {
        kind: int("".join(sign for sign in chip.text() if sign.isdecimal()))
        for kind, chip in wizard.problems.chips.items()
        if kind in COUNTS and not chip.isHidden()
    }


def hold(wizard, customers, orders):
    """The second step announces these, accounts for every row, and every count opens its rows."""
    assert told(wizard, "customers") == customers
    if orders is not None:
        assert told(wizard, "orders") == orders
    taken = [sheet for sheet in wizard._preview.sheets if sheet.kind != "ignored"]
    rows = rows_told(wizard)
    assert sum(rows.values()) == sum(sheet.counts.read for sheet in taken)
    for kind in rows:
        wizard.problems.chips[kind].click()
        assert wizard.problems.rows.tree.topLevelItemCount() > 0


@pytest.mark.parametrize(("names", "customers", "orders"), ONE_BY_ONE, ids=lambda value: str(value)[-40:])
def test_a_real_sheet_goes_in_by_the_window(main_window, user, shared_data, names, customers, orders):
    user.at_problems = lambda wizard: hold(wizard, customers, orders)
    sheets.drop(main_window, *(shared_data / name for name in names))
    assert main_window.desk.read(listing.customer_count) == customers
    assert user.clicks <= MOST_CLICKS
    assert main_window.place() == "customers"


def test_the_superstore_with_its_facts(main_window, user, shared_data, facts):
    name = "purchases/示例 - 超市.xls"
    known = facts[name]["facts"]

    def look(wizard):
        hold(wizard, known["customers_by_id"], None)
        assert wizard.problems.chips["new"].text() == f"新的 {known['rows']:,} 行"
        assert wizard.problems.chips["issues"].text() == f"要你看一眼 {known['returned_orders']} 处"

    user.at_problems = look
    sheets.drop(main_window, shared_data / name)
    assert user.seen == ["import_wizard", "best_ten"]
    assert user.clicks <= MOST_CLICKS


def test_the_taobao_export_with_its_facts(main_window, user, shared_data, facts):
    name = "purchases/TB201812_淘宝订单.xls"
    known = facts[name]["facts"]
    user.at_problems = lambda wizard: hold(wizard, known["buyers"], known["orders"])
    sheets.drop(main_window, shared_data / name)
    assert main_window.desk.read(listing.customer_count) == known["buyers"]


def test_a_real_sheet_that_was_there_goes_in_by_one_drag(main_window, user, shared_data):
    path = shared_data / "customers" / "会员消费条目.xlsx"
    sheets.drop(main_window, path)
    before, said = user.clicks, []
    user.at_done = lambda wizard: said.append(wizard.result_page._result.text())
    sheets.drop(main_window, path)
    assert said == ["新 0 单，已有 20 单"]
    assert user.clicks - before == 1  # the one that closes the sentence


def test_a_year_of_daily_files_is_one_line(main_window, user, shared_data, facts):
    name = "purchases/online_retail_by_day.zip"
    known = facts[name]["facts"]

    def look(wizard):
        tree = wizard.columns.sheets.tree
        assert tree.topLevelItemCount() == 1
        assert tree.topLevelItem(0).text(0) == f"305 份同样的表\n订单 · {known['rows']:,} 行"
        assert wizard._says.text() == "8 列都看懂了。哪列不对，改一下就行。"

    def leave(wizard):
        hold(wizard, known["customers"], None)
        assert rows_told(wizard)["skipped"] == known["rows_without_customer"]
        wizard.cancel.click()
        return "leave"

    user.at_columns, user.at_problems = look, leave
    sheets.drop(main_window, shared_data / name)
    assert main_window.desk.read(listing.customer_count) == 0


@pytest.mark.parametrize(
    "name", ["purchases/示例 - 超市.xls", "customers/Customer Call List.xlsx", "customers/会员信息.xlsx"]
)
def test_the_problems_of_a_real_sheet_go_out_as_a_marked_copy(main_window, user, prompts, shared_data, tmp_path, name):
    before = (shared_data / name).read_bytes()

    def save(wizard):
        prompts.answers = [tmp_path / "标好.xlsx"]
        places = sum(len(sheet.issues) for sheet in wizard._preview.sheets)
        wizard.problems.issues.save.click()
        assert wizard._says.text().startswith("标好.xlsx 里标出了")
        book = openpyxl.load_workbook(tmp_path / "标好.xlsx")
        marked = [
            cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.fill.fgColor.rgb == "00FFE08A"
        ]
        assert 0 < len(marked) <= places
        wizard.cancel.click()
        return "leave"

    user.at_problems = save
    sheets.drop(main_window, shared_data / name)
    assert (shared_data / name).read_bytes() == before
