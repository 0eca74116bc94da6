"""What it adds up to, through the window: charts that open their customers, pictures, the report for the boss."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QSize
from PySide6.QtTest import QTest

from crmdesk.domain.customer import Customer
from crmdesk.domain.query import CustomerQuery
from crmdesk.gui.dialogs.import_wizard import DONE
from crmdesk.operations import customers, listing

_spec = spec_from_file_location("sheets_of_the_journeys", Path(__file__).parent / "sheets.py")
sheets = module_from_spec(_spec)
_spec.loader.exec_module(sheets)


def go_through(dialog):
    """Click through the wizard; answer yes to everything else but the running through."""
    if dialog.objectName() == "import_wizard":
        while dialog.step() != DONE:
            dialog.next.click()
        dialog.next.click()
    elif dialog.objectName() == "triage_offer":
        dialog.reject()
    else:
        dialog.accept()


@pytest.fixture
def shown(main_window, prompts, tmp_path, qtbot):
    """Fills the window from a sheet and shows 分析, every chart drawn."""

    def show(path):
        prompts.on_run = go_through
        sheets.drop(main_window, path)
        page = main_window.show_place("insight")
        qtbot.waitUntil(page.ready, timeout=20_000)
        return page

    return show


@pytest.fixture
def rich(shown, tmp_path):
    """The page over purchases of 30 shops."""
    return shown(sheets.orders_sheet(tmp_path / "订单.xlsx"))


def asked(page):
    """What the list is asked for from now on."""
    queries = []
    page.desk.customers_wanted.connect(queries.append)
    return queries


def visible(page):
    return [name for name, card in page._cards.items() if card.isVisible()]


def test_every_title_is_a_sentence_about_the_data(rich):
    assert {"tiers", "stages", "months", "quiet"} <= set(visible(rich))
    titles = [card.figure.get_suptitle() for card in rich._cards.values() if card.isVisible()]
    assert all(any(sign.isdigit() for sign in title) for title in titles)


def test_a_click_on_a_bar_opens_those_customers(rich):
    queries = asked(rich)
    rich._cards["tiers"].clicked.emit("A")
    rich._cards["months"].clicked.emit("2025-01")
    assert queries[0].tiers == ("A",)
    assert 0 < len(queries[1].ids) <= 30


def test_a_field_of_the_grid_opens_those_customers(rich, qtbot):
    rich.more.click()
    qtbot.waitUntil(rich.ready)
    assert {"pareto", "rfm_grid"} <= set(visible(rich))
    queries = asked(rich)
    for row in rich._insight.rfm_grid:
        for cell in row:
            rich._cards["rfm_grid"].clicked.emit(f"{cell.recency},{cell.frequency}")
    assert sum(len(query.ids) for query in queries) == 30


def test_further_charts_come_with_their_customers(rich, qtbot):
    rich.more.click()
    qtbot.waitUntil(rich.ready, timeout=20_000)
    found = {name: one for name, one in rich._further._found.items() if hasattr(one, "who")}
    assert set(found) & set(visible(rich))
    queries = asked(rich)
    for name, one in found.items():
        for key, ids in one.who.items():
            rich._cards[name].clicked.emit(key if isinstance(key, str) else ",".join(key))
            assert queries[-1].ids == ids if ids else True


def test_further_charts_are_not_worked_out_before_they_are_wanted(rich):
    assert rich._further._found == {}


def test_while_presenting_no_further_chart_names_tiers_or_customers(rich, qtbot):
    rich.more.click()
    rich.desk.set_presenting(True)
    qtbot.waitUntil(rich.ready, timeout=20_000)
    assert not {"rising", "tier_moves", "attention", "value_potential", "loss_reasons"} & set(visible(rich))
    rich.desk.set_presenting(False)


def test_a_click_on_a_quiet_customer_opens_the_card(rich, main_window, qtbot):
    quiet = rich._insight.quiet[0]
    rich._cards["quiet"].clicked.emit(str(quiet.customer_id))
    assert main_window.place() == "customers"
    page = main_window.stack.current()
    qtbot.waitUntil(lambda: page.detail.customer_name() == quiet.name)


def test_a_chart_is_saved_as_a_picture(rich, prompts, tmp_path):
    prompts.answers = [tmp_path / "chart.png", tmp_path / "chart.svg"]
    rich._cards["tiers"].save_wanted.emit()
    rich._cards["tiers"].save_wanted.emit()
    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")
    assert "<svg" in (tmp_path / "chart.svg").read_text(encoding="utf-8")


def test_a_picture_that_cannot_be_saved_is_said(rich, prompts, tmp_path):
    prompts.answers = [tmp_path / "no folder" / "chart.png"]
    rich._cards["tiers"].save_wanted.emit()
    assert prompts.errors[0].code == "cannot_write"


def test_charts_follow_the_language_and_the_theme(rich, main_window, qtbot):
    chart = rich._cards["stages"].figure
    chinese, light = chart.get_suptitle(), chart.get_facecolor()
    main_window.actions_table["switch_language"].trigger()
    main_window.actions_table["switch_theme"].trigger()
    qtbot.waitUntil(rich.ready)
    assert "customers" in chart.get_suptitle()
    assert chart.get_suptitle() != chinese
    assert chart.get_facecolor() != light


def test_a_narrow_window_has_one_column(rich, main_window):
    main_window.resize(QSize(1280, 800))
    QTest.qWait(50)
    assert rich._columns == 2
    main_window.resize(QSize(900, 700))
    QTest.qWait(50)
    assert rich._columns == 1


def test_a_new_order_changes_the_charts_while_they_are_shown(rich, prompts, tmp_path, main_window, qtbot):
    before = sum(row.money for row in rich._insight.months)
    more = [["订单编号", "客户名称", "下单日期", "金额"], ["N1", "好运0店", "2025-08-01", 5000]]
    sheets.drop(main_window, sheets.write_sheet(tmp_path / "新.xlsx", more))
    main_window.show_place("insight")
    qtbot.waitUntil(rich.ready)
    assert sum(row.money for row in rich._insight.months) == before + 5000 * 10_000


def test_a_list_of_names_has_no_empty_chart(shown, tmp_path):
    rows = [["店名", "地址", "意向"]]
    rows += [[f"店{n}", f"湛江市{'霞山区' if n % 3 else '赤坎区'}路{n}号", "高" if n % 2 else "低"] for n in range(9)]
    page = shown(sheets.write_sheet(tmp_path / "客户.xlsx", rows))
    assert set(visible(page)) <= {"intents", "regions", "completeness", "sources", "stages"}
    assert "regions" in visible(page)
    assert page.report.text() == "客户报告"
    queries = asked(page)
    page._cards["regions"].clicked.emit("霞山区")
    assert len(queries[0].ids) == 6


def test_one_customer_alone_says_what_to_do(main_window, qtbot):
    added = customers.add_customer(main_window.desk.database, Customer(name="王姐超市"))
    main_window.desk.announce(added)
    page = main_window.show_place("insight")
    qtbot.waitUntil(page.ready)
    assert visible(page) == []
    assert page._empty.isVisible()
    assert not page.report.isEnabled() or page.report.text()


def test_the_report_is_saved_and_opens_again(rich, prompts, tmp_path):
    target = tmp_path / "报告"
    prompts.answers = [target]
    rich.report.click()
    book = openpyxl.load_workbook(target.with_suffix(".xlsx"))
    assert book.sheetnames[:2] == ["总览", "状态"]
    assert "A 级" in book.sheetnames
    assert book["A 级"]["F2"].data_type == "n" or any(c.data_type == "n" for c in book["A 级"][2])


def test_the_list_goes_out_through_the_export(rich, prompts, main_window, tmp_path):
    prompts.on_run = lambda dialog: dialog._export()
    prompts.answers = [tmp_path / "客户.xlsx"]
    main_window.actions_table["export"].trigger()
    sheet = openpyxl.load_workbook(tmp_path / "客户.xlsx").active
    assert sheet.max_row == 1 + len(rich.desk.read(listing.customer_ids, CustomerQuery()))
