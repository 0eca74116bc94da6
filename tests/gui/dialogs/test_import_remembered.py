"""A sheet that came before goes in by one drag; one that asks something does not."""

from __future__ import annotations

import pytest

from crmdesk.gui.dialogs.import_wizard import COLUMNS, DONE, ImportWizard
from crmdesk.operations import customers, listing
from crmdesk.operations.importing import import_preview, preview_sheets

HEAD = "客户,单号,下单日期,金额\n"


@pytest.fixture
def sheet(tmp_path):
    def write(text, name="日表.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def take_in(desk, qtbot, path):
    wizard = ImportWizard(desk, [path])
    qtbot.addWidget(wizard)
    return wizard


def test_known_headers_go_in_without_a_question(desk, sheet, qtbot) -> None:
    with preview_sheets(desk.database, [sheet(HEAD + "王姐,A1,2026-11-01,30\n")]) as preview:
        import_preview(desk.database, preview)
    again = sheet(HEAD + "王姐,A1,2026-11-01,30\n王姐,A2,2026-11-08,40\n李哥,A3,2026-11-09,50\n", "下周.csv")
    wizard = take_in(desk, qtbot, again)
    qtbot.waitUntil(lambda: wizard.step() == DONE)
    assert desk.read(listing.customer_count) == 2
    assert wizard.result_page._result.text() == "新 2 单，已有 1 单"
    wizard.accept()


def test_new_headers_are_shown_first(desk, sheet, qtbot) -> None:
    wizard = take_in(desk, qtbot, sheet(HEAD + "王姐,A1,2026-11-01,30\n"))
    qtbot.waitUntil(lambda: wizard.step() == COLUMNS)
    assert desk.read(listing.customer_count) == 0
    wizard.reject()


def test_what_was_never_answered_is_asked_again(desk, sheet, qtbot) -> None:
    text = HEAD + "王姐,A1,05/03/2024,30\n李哥,A2,06/04/2024,30\n"
    with preview_sheets(desk.database, [sheet(text)]) as preview:
        import_preview(desk.database, preview)
    wizard = take_in(desk, qtbot, sheet(text, "又来.csv"))
    qtbot.waitUntil(lambda: wizard.step() == COLUMNS)
    wizard.reject()


def test_next_weeks_balances_go_in_by_one_drag_and_say_old_and_new(desk, sheet, qtbot) -> None:
    head = "店名,电话,欠款,上次拿货\n"
    with preview_sheets(desk.database, [sheet(head + "王姐超市,13800138000,1200,2026-11-08\n")]) as preview:
        import_preview(desk.database, preview)
    wizard = take_in(desk, qtbot, sheet(head + "王姐超市,13800138000,800,2026-11-15\n", "下周.csv"))
    qtbot.waitUntil(lambda: wizard.step() == DONE)
    [record] = customers.all_customers(desk.database)
    assert (record.customer.receivable, str(record.customer.given_last_order_on)) == (800_0000, "2026-11-15")
    assert "欠款：“1200”改成“800”" in wizard.result_page.changed_text()
    wizard.accept()


def test_an_older_sheet_is_shown_before_it_goes_in(desk, sheet, qtbot) -> None:
    head = "店名,电话,欠款,上次拿货\n"
    with preview_sheets(desk.database, [sheet(head + "王姐超市,13800138000,800,2026-11-15\n")]) as preview:
        import_preview(desk.database, preview)
    wizard = take_in(desk, qtbot, sheet(head + "王姐超市,13800138000,1200,2026-11-08\n", "上周.csv"))
    qtbot.waitUntil(lambda: wizard.step() == COLUMNS)
    wizard.reject()


def test_a_list_of_names_whose_balance_moved_is_shown_before_a_customer_comes_in_twice(desk, sheet, qtbot) -> None:
    head = "店名,欠款,上次拿货\n"
    with preview_sheets(desk.database, [sheet(head + "王姐超市,1200,2026-11-08\n")]) as preview:
        import_preview(desk.database, preview)
    wizard = take_in(desk, qtbot, sheet(head + "王姐超市,800,2026-11-15\n", "下周.csv"))
    qtbot.waitUntil(lambda: wizard.step() == COLUMNS)
    assert desk.read(listing.customer_count) == 1
    wizard.reject()
