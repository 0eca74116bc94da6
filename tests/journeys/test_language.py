"""Switched at run time: no word of the other language is left, on any page and in any dialog."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTreeWidget,
    QWidget,
)

from crmdesk.domain.customer import Customer, Point
from crmdesk.domain.follow_up import FollowUp
from crmdesk.gui.dialogs.after_import import BestTen, TriageOffer
from crmdesk.gui.dialogs.import_wizard import DONE, ImportWizard
from crmdesk.gui.dialogs.triage import TriageDialog
from crmdesk.operations import customers, follow_ups

_spec = spec_from_file_location("sheets_of_the_journeys", Path(__file__).parent / "sheets.py")
sheets = module_from_spec(_spec)
_spec.loader.exec_module(sheets)

PLACES = ("today", "customers", "follow_ups", "insight", "settings")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"[A-Za-z]{2,}")
# What is written alike in both languages: keys, formats, names of programs and files.
ALIKE = re.compile(
    r"crmdesk|English|中文|Excel|WPS|CSV|PNG|Enter|Ctrl|Shift|Alt|Esc|Del|Delete|Tab|Space|Home|End|PgUp|PgDown|Return"
    r"|Backspace|QQ|Left|Right|Up|Down|test|xlsx|F\d+|[A-Za-z]:\\|/[^\s]*"
)


def texts_of(root: QWidget) -> Iterator[str]:
    """Everything that can be read, hovered over or heard below a widget."""
    for widget in (root, *root.findChildren(QWidget)):
        if not widget.isVisibleTo(root):
            continue
        yield from (widget.toolTip(), widget.accessibleName())
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(n) for n in range(widget.count()))
            yield widget.placeholderText()
        elif isinstance(widget, QLineEdit | QPlainTextEdit):
            yield widget.placeholderText()
        elif isinstance(widget, QHeaderView) and widget.model() is not None:
            heads = range(widget.count()) if widget.orientation() is Qt.Orientation.Horizontal else ()
            yield from (str(widget.model().headerData(n, widget.orientation()) or "") for n in heads)
        if isinstance(widget, QTreeWidget):
            yield from (widget.topLevelItem(n).text(0) for n in range(widget.topLevelItemCount()))


def left_over(root: QWidget, wrong: re.Pattern[str], data: tuple[str, ...] = ()) -> list[str]:
    """The texts below a widget that hold words of the wrong language, the user's own data apart."""
    found = []
    for text in texts_of(root):
        rest = text
        for own in data:
            rest = rest.replace(own, "")
        if wrong.search(ALIKE.sub("", rest)):
            found.append(text)
    return sorted(set(found))


def fill(window, name: str) -> None:
    """A customer with a follow-up and an order's worth of words, in the language that is wanted."""
    database = window.desk.database
    added = customers.add_customer(
        database, Customer(name=name, points=(Point("phone", "13800138000"),), intent="high")
    )
    window.desk.announce(added)
    due = FollowUp(added.new_id, window.desk.today, promise=True)
    window.desk.announce(follow_ups.add_follow_up(database, due))


def all_pages(window, qtbot) -> Iterator[QWidget]:
    for place in PLACES:
        page = window.show_place(place)
        qtbot.wait(120)
        qtbot.waitUntil(page.ready)
        yield window


def test_no_english_is_left_in_chinese(main_window, qtbot):
    fill(main_window, "王姐超市")
    main_window.actions_table["switch_language"].trigger()
    list(all_pages(main_window, qtbot))
    main_window.actions_table["switch_language"].trigger()
    assert [text for window in all_pages(main_window, qtbot) for text in left_over(window, ENGLISH)] == []


def test_no_chinese_is_left_in_english(main_window, qtbot):
    fill(main_window, "Corner Shop")
    list(all_pages(main_window, qtbot))
    main_window.actions_table["switch_language"].trigger()
    assert [text for window in all_pages(main_window, qtbot) for text in left_over(window, CHINESE)] == []


def dialogs(window, path) -> Iterator[tuple[str, QDialog]]:
    """The dialogs of an import, every step of them."""
    wizard = ImportWizard(window.desk, [path], window)
    wizard.show()
    while wizard.step() != DONE:
        yield f"step {wizard.step()}", wizard
        wizard.next.click()
    yield "done", wizard
    wizard.reject()
    rows = [(1, "A", "", 10_000, "2025-01-01")]
    for dialog in (BestTen(window.desk, rows, window), TriageOffer(3, window), TriageDialog(window.desk, window)):
        dialog.show()
        yield dialog.objectName(), dialog
        dialog.reject()


@pytest.mark.parametrize(("wanted", "wrong"), [("zh", ENGLISH), ("en", CHINESE)])
def test_the_import_speaks_one_language(main_window, qtbot, tmp_path, wanted, wrong):
    if wanted == "en":
        main_window.actions_table["switch_language"].trigger()
        rows = [["Shop", "Phone", "Birthday"], ["Total", "", ""], ["Corner", "12", "1980-13-40"]]
        rows += [[f"Shop {n}", f"1380000{n:04}", "1980-01-02"] for n in range(9)]
    else:
        rows = [["店名", "电话", "生日"], ["合计", "", ""], ["街角", "12", "1980-13-40"]]
        rows += [[f"店{n}", f"1380000{n:04}", "1980-01-02"] for n in range(9)]
    path = sheets.write_sheet(tmp_path / "test.xlsx", rows)
    found = {
        name: rest
        for name, dialog in dialogs(main_window, path)
        if (
            rest := left_over(
                dialog, wrong, ("Sheet", "Shop", "Corner", "Total", "Birthday", "Phone") if wanted == "zh" else ()
            )
        )
    }
    assert found == {}
