"""The difference list: plain edits ticked, conflicts in words and unticked, nothing deleted unasked."""

from __future__ import annotations

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crmdesk.domain.customer import Customer
from crmdesk.gui.dialogs.export import ExportDialog
from crmdesk.gui.dialogs.round_trip import RoundTripDialog, summary, take_back
from crmdesk.i18n import language
from crmdesk.operations import customers, history, listing, round_trip
from crmdesk.progress import Progress

HAPPENED = 3


def on_the_job(desk, work):
    """What runs on the job thread gives."""
    got = []
    desk.run(work, done=got.append)
    return got[0]


@pytest.fixture
def found(desk, tmp_path):
    """One plain edit, one conflict, one missing row, one new row, one cell that cannot be read."""
    for name, notes in (("王姐超市", "爱喝茶"), ("老李粮油", "老样子"), ("小赵便利店", "")):
        new = Customer(name, notes=notes)
        desk.act(lambda _p, new=new: customers.add_customer(desk.database, new))
    path = tmp_path / "改.xlsx"
    on_the_job(desk, lambda progress: round_trip.export_for_editing(desk.database, path, progress))
    ids = list(desk.read(listing.customer_ids, listing.CustomerQuery()))
    by_name = {name: row_id for row_id, name in desk.read(listing.customer_rows, ids, ["name"])}
    desk.act(lambda _p: customers.edit_customer(desk.database, by_name["老李粮油"], notes="搬家了"))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    name, notes, phone = (heads.index(head) + 1 for head in ("客户", "备注", "电话"))
    for row in range(sheet.max_row, 1, -1):
        who = sheet.cell(row, name).value
        if who == "小赵便利店":
            sheet.delete_rows(row)
        else:
            sheet.cell(row, notes).value = "要发票"
            sheet.cell(row, phone).value = "问他老婆" if who == "老李粮油" else None
    sheet.cell(sheet.max_row + 1, name).value = "陈记五金"
    book.save(path)
    return on_the_job(desk, lambda progress: round_trip.compare(desk.database, path, progress))


@pytest.fixture
def dialog(found, qtbot) -> RoundTripDialog:
    made = RoundTripDialog(found)
    qtbot.addWidget(made)
    made.show()
    return made


def lines(dialog) -> dict[str, tuple[Qt.CheckState | None, str]]:
    """Each line by customer and column: its tick (None: no box) and what is said to have happened."""
    told = {}
    for place in range(dialog.tree.topLevelItemCount()):
        top = dialog.tree.topLevelItem(place)
        for item in (top, *(top.child(number) for number in range(top.childCount()))):
            key = top.text(0) if item is top else f"{top.text(0)} {item.text(0)}"
            state = item.data(0, Qt.ItemDataRole.CheckStateRole)
            told[key] = (None if state is None else Qt.CheckState(state), item.text(HAPPENED))
    return told


def test_conflicts_and_deletions_stand_there_in_words_and_unticked(dialog):
    told = lines(dialog)
    assert told["王姐超市 备注"] == (Qt.CheckState.Checked, "表里改了")
    assert told["老李粮油 备注"] == (Qt.CheckState.Unchecked, "两边都改了：导出时是 老样子")
    assert told["小赵便利店"] == (Qt.CheckState.Unchecked, "表里删掉了，勾上才会删客户")
    assert told["陈记五金"] == (Qt.CheckState.Checked, "新的")
    state, happened = told["老李粮油 电话"]
    assert state is None
    assert happened.startswith("看不懂，没收 · ")


def test_accept_all_takes_the_plain_ones(dialog, found):
    QTest.mouseClick(dialog.take_all, Qt.MouseButton.LeftButton)
    assert dialog.chosen == found.plain()
    assert len(dialog.chosen) == 2


def test_a_ticked_conflict_goes_with_all(dialog, found):
    conflict = next(choice for choice in found.possible() if choice[1] == "notes" and choice not in found.plain())
    dialog.tick(conflict)
    dialog.take_all.click()
    assert conflict in dialog.chosen


def test_only_the_ticked_are_taken(dialog, found):
    for choice in found.plain():
        dialog.tick(choice, on=False)
    assert not dialog.take_ticked.isEnabled()
    one = next(iter(found.plain()))
    dialog.tick(one)
    assert dialog.take_ticked.text() == "接受选中的 1 处"
    dialog.take_ticked.click()
    assert dialog.chosen == {one}


def test_by_keys_alone(dialog, found, qtbot):
    """Space takes the tick of the marked line away, Enter accepts."""
    tree = dialog.tree
    assert tree.currentItem() is tree.topLevelItem(0)
    tree.setCurrentItem(next(dialog.tree.topLevelItem(n) for n in range(4) if "王姐" in tree.topLevelItem(n).text(0)))
    before = dialog.ticked()
    QTest.keyClick(tree, Qt.Key.Key_Space)
    assert dialog.ticked() != before
    QTest.keyClick(tree, Qt.Key.Key_Down)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.result() == RoundTripDialog.DialogCode.Accepted


def test_only_what_asks_for_a_decision(dialog):
    dialog.only_open.click()
    tops = [dialog.tree.topLevelItem(place) for place in range(dialog.tree.topLevelItemCount())]
    assert {top.text(0) for top in tops if not top.isHidden()} == {"老李粮油", "小赵便利店"}


@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_both_languages_say_how_much_differs(found, spoken):
    with language(spoken):
        text = summary(found)
    assert text.startswith("改.xlsx")
    assert text.count(" · ") == 4


def test_taken_back_it_is_one_step(desk, prompts, found):
    before = history.logical_dump(desk.database)
    prompts.on_run = lambda dialog: dialog.take_all.click()
    take_back(desk, found, None)
    assert desk.read(listing.customer_count) == 4
    desk.undo()
    assert history.logical_dump(desk.database) == before


def test_where_nothing_differs_it_is_told_and_no_dialog_opens(desk, prompts, tmp_path, qtbot):
    desk.act(lambda _p: customers.add_customer(desk.database, Customer("王姐超市")))
    path = tmp_path / "a.xlsx"
    on_the_job(desk, lambda progress: round_trip.export_for_editing(desk.database, path, progress))
    same = on_the_job(desk, lambda progress: round_trip.compare(desk.database, path, progress))
    with qtbot.waitSignal(desk.told) as told:
        take_back(desk, same, None)
    assert "没有要收的" in told.args[0]
    assert prompts.asked == []


def test_the_export_dialog_offers_it_for_customers_only(desk, prompts, tmp_path, qtbot):
    desk.act(lambda _p: customers.add_customer(desk.database, Customer("王姐超市")))
    dialog = ExportDialog(desk, None)
    qtbot.addWidget(dialog)
    dialog._group.button(1).click()
    assert not dialog.for_editing.isEnabled()
    dialog._group.button(0).click()
    dialog.for_editing.click()
    prompts.answers = [tmp_path / "导出"]
    dialog._export()
    assert round_trip.is_for_editing(tmp_path / "导出.xlsx", Progress())


def test_what_was_typed_into_a_column_to_look_at_is_listed_and_cannot_be_taken(desk, tmp_path, qtbot):
    desk.act(lambda _p: customers.add_customer(desk.database, Customer("王姐超市")))
    path = tmp_path / "改.xlsx"
    on_the_job(desk, lambda progress: round_trip.export_for_editing(desk.database, path, progress))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    shown = next(cell.column for cell in sheet[1] if str(cell.value).endswith("（只看）"))
    sheet.cell(2, shown).value = "最好的"
    book.save(path)
    found = on_the_job(desk, lambda progress: round_trip.compare(desk.database, path, progress))
    made = RoundTripDialog(found)
    qtbot.addWidget(made)
    line = made.tree.topLevelItem(0).child(0)
    assert line.text(2) == "最好的"
    assert "没收" in line.text(HAPPENED)
    assert "写的“最好的”没有收" in line.text(HAPPENED)
    assert line.data(0, Qt.ItemDataRole.CheckStateRole) is None  # no box to tick
    assert not made.take_all.isEnabled()
