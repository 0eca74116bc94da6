"""The first minute: an own sheet of 1,000 rows, from the empty window to the list; sample data by one click."""

from __future__ import annotations

import time
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crmdesk.gui.dialogs.import_wizard import DONE
from crmdesk.operations import listing

_spec = spec_from_file_location("sheets_of_the_journeys", Path(__file__).parent / "sheets.py")
sheets = module_from_spec(_spec)
_spec.loader.exec_module(sheets)


def test_a_thousand_rows_with_a_title_are_the_list_within_a_minute_and_five_clicks(main_window, prompts, tmp_path):
    clicks = 0

    def click(button):
        nonlocal clicks
        clicks += 1
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def play(dialog):
        if dialog.objectName() != "import_wizard":
            dialog.reject()
            return
        while dialog.step() != DONE:
            click(dialog.next)
        click(dialog.next)

    prompts.on_run = play
    prompts.answers = [[sheets.names_sheet(tmp_path / "客户.xlsx", 1000)]]
    begun = time.monotonic()
    page = main_window.show_place("customers")
    assert page.name == "welcome"
    click(page.findChild(object, "choose_file"))
    assert time.monotonic() - begun < 60
    assert clicks <= 5
    assert main_window.stack.current().name == "customers"
    assert main_window.desk.read(listing.customer_count) == 1000


def test_the_first_card_is_the_place_to_begin(main_window):
    page = main_window.show_place("today")
    assert page.name == "welcome"
    assert page.findChild(object, "choose_file").isVisible()


def test_sample_data_lies_in_a_file_of_its_own(main_window, qtbot):
    own = main_window.desk.database.path
    main_window.actions_table["sample"].trigger()
    qtbot.waitUntil(lambda: main_window.desk.editable, timeout=30_000)
    assert main_window.desk.database.path != own
    assert main_window.desk.read(listing.customer_count) > 50
    assert main_window.show_place("customers").name == "customers"


@pytest.mark.parametrize("name", ["客户_徐州.xlsx", "会员信息.xlsx", "超市_无表头.xlsx", "Customer Call List.xlsx"])
def test_real_sheets_go_in_without_an_error(main_window, prompts, shared_data, name):
    def play(dialog):
        if dialog.objectName() != "import_wizard":
            dialog.reject()
            return
        while dialog.step() != DONE:
            dialog.next.click()
        dialog.next.click()

    prompts.on_run = play
    sheets.drop(main_window, shared_data / "customers" / name)
    assert prompts.errors == []
    assert main_window.desk.read(listing.customer_count) > 5
