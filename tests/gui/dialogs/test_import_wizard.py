"""What one can say in the wizard: a cell typed right, a row, the header, a split, like sheets, a marked copy."""

from __future__ import annotations

from dataclasses import replace

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from shiboken6 import delete, isValid

from crmdesk.domain.fields import Field
from crmdesk.gui.dialogs.import_cells import VALUE, WHERE, WHY
from crmdesk.gui.dialogs.import_columns import _read_words, is_unsure
from crmdesk.gui.dialogs.import_wizard import COLUMNS, PROBLEMS, ImportWizard
from crmdesk.gui.jobs import Jobs
from crmdesk.operations import importing
from crmdesk.operations.importing import import_preview, preview_sheets
from crmdesk.operations.importing_fixes import with_cell

FAULTY = (
    "客户表\n店名,联系人,生日,累计金额\n王姐超市,张三/13800138000,1980-13-45,3.5\n老李粮油,李四/13900139000,春天生的,2\n"
    "合计商行,赵五/13700137000,1990-05-06,1\n小赵便利店,孙六/13600136000,1991-05-06,4\n合计,,,10.5\n"
)


@pytest.fixture
def wizard(desk, qtbot, tmp_path):
    """Opens the wizard on sheets by their names and texts."""

    def show(**sheets):
        paths = []
        for name, text in sheets.items():
            path = tmp_path / f"{name}.csv"
            path.write_text(text, encoding="utf-8")
            paths.append(path)
        made = ImportWizard(desk, paths)
        qtbot.addWidget(made, before_close_func=ImportWizard.reject)
        made.show()
        return made

    return show


@pytest.fixture
def faulty(wizard):
    opened = wizard(客户=FAULTY)
    opened.next.click()
    assert opened.step() == PROBLEMS
    return opened


def lines(tree):
    return {
        item.text(WHERE): item
        for group in tree.groups()
        for item in (group.child(row) for row in range(group.childCount()))
    }


def figures(wizard):
    return wizard.problems.chips["issues"].text(), wizard.problems.chips["new"].text()


def test_a_cell_is_typed_right_in_its_place_and_the_counts_follow(faulty, qtbot):
    tree = faulty.problems.issues.tree
    assert figures(faulty) == ("要你看一眼 2 处", "新的 4 行")
    tree.setCurrentItem(lines(tree)["C3"])
    faulty.problems.issues.edit.click()
    field = tree.findChild(QLineEdit, "cell_field")
    assert field.text() == "1980-13-45"
    field.setText("1980年12月5日")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: figures(faulty)[0] == "要你看一眼 1 处")
    assert lines(tree)["C3"].text(VALUE) == "1980年12月5日"
    assert lines(tree)["C3"].text(WHY) == "按你改的算。"


def test_enter_goes_from_cell_to_cell(faulty, qtbot):
    tree = faulty.problems.issues.tree
    for text in ("1980-12-05", "1981-12-05"):
        item = next(lines(tree)[where] for where in ("C3", "C4") if "按你改的算" not in lines(tree)[where].text(WHY))
        tree.setCurrentItem(item)
        QTest.keyClick(tree, Qt.Key.Key_Return)
        field = tree.findChildren(QLineEdit, "cell_field")[-1]
        field.setText(text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda typed=text: typed in [one.text(VALUE) for one in lines(tree).values()])
        qtbot.waitUntil(lambda: any("按你改的算" in one.text(WHY) for one in lines(tree).values()))
    assert not faulty.problems.chips["issues"].isVisible()


def test_what_was_typed_is_taken_back(faulty, qapp):
    tree = faulty.problems.issues.tree
    lines(tree)["C3"].setText(VALUE, "1980-12-05")
    qapp.processEvents()
    tree.setCurrentItem(lines(tree)["C3"])
    faulty.problems.issues.restore.click()
    assert figures(faulty)[0] == "要你看一眼 2 处"


def test_a_row_is_left_out_and_comes_back(faulty):
    issues = faulty.problems.issues
    issues.tree.setCurrentItem(lines(issues.tree)["C4"])
    issues.leave.click()
    assert figures(faulty) == ("要你看一眼 1 处", "新的 3 行")
    issues.tree.setCurrentItem(lines(issues.tree)["第 4 行"])
    issues.restore.click()
    assert figures(faulty) == ("要你看一眼 2 处", "新的 4 行")


def test_all_rows_of_a_kind_are_left_out_at_once(faulty):
    issues = faulty.problems.issues
    groups = list(issues.tree.groups())
    for group in groups:
        group.setSelected(True)
    assert issues.leave.text() == "不收这些行"
    issues.leave.click()
    assert figures(faulty)[1] == "新的 2 行"


def test_every_count_opens_its_rows(faulty):
    page = faulty.problems
    page.chips["new"].click()
    rows = [page.rows.tree.topLevelItem(row) for row in range(page.rows.tree.topLevelItemCount())]
    assert [item.text(1) for item in rows] == ["王姐超市", "老李粮油", "合计商行", "小赵便利店"]
    page.chips["skipped"].click()
    assert {item.text(1) for item in lines(page.rows.tree).values()} == {"客户表", "合计"}


def test_a_row_taken_for_a_total_is_taken_in(faulty):
    page = faulty.problems
    page.chips["skipped"].click()
    page.rows.tree.setCurrentItem(lines(page.rows.tree)["第 7 行"])
    page.rows.take.click()
    assert page.chips["new"].text() == "新的 5 行"


def test_a_title_cannot_be_taken_in(faulty):
    page = faulty.problems
    page.chips["skipped"].click()
    page.rows.tree.setCurrentItem(lines(page.rows.tree)["第 1 行"])
    assert not page.rows.take.isEnabled()


def test_a_marked_copy_is_saved_where_one_says(faulty, prompts, tmp_path):
    prompts.answers = [tmp_path / "标好.xlsx"]
    faulty.problems.issues.save.click()
    assert "标出了 2 处" in faulty._says.text()
    assert openpyxl.load_workbook(tmp_path / "标好.xlsx").active["C3"].comment is not None


def test_what_changes_of_a_known_customer_is_shown_old_and_new(desk, wizard, tmp_path):
    (tmp_path / "旧.csv").write_text("客户编号,客户,电话\nK1,王姐,13800138000\n", encoding="utf-8")
    with preview_sheets(desk.database, [tmp_path / "旧.csv"]) as before:
        import_preview(desk.database, before)
    opened = wizard(新="客户编号,客户,电话,地址\nK1,王姐,13900139000,人民路1号\nK2,李哥,13700137000,\n")
    opened.next.click()
    opened.problems.chips["updated"].click()
    item = opened.problems.rows.tree.topLevelItem(0)
    assert item.text(1) == "王姐"
    assert "人民路1号" in item.text(2)
    assert {"C2"} == set(lines(opened.problems.issues.tree))  # the other phone is told, not taken


def test_what_is_there_is_replaced_where_the_menu_of_a_column_says_so(desk, wizard, tmp_path):
    (tmp_path / "旧.csv").write_text("客户编号,客户,地址\nK1,王姐,人民路1号\n", encoding="utf-8")
    with preview_sheets(desk.database, [tmp_path / "旧.csv"]) as before:
        import_preview(desk.database, before)
    opened = wizard(新="客户编号,客户,地址,备注\nK1,王姐,解放路2号,好\n")
    choose(opened, 2, "替换")
    opened.next.click()
    opened.problems.chips["updated"].click()
    told = opened.problems.rows.tree.topLevelItem(0).text(2)
    assert "人民路1号" in told
    assert "解放路2号" in told


def choose(wizard, row, text):
    more = wizard.columns.findChild(object, f"more_{row}")
    more.fill()
    next(action for action in more.drop.actions() if text in action.text()).trigger()


def columns_of(wizard):
    return wizard._preview.sheets[0].draft.columns


def test_a_column_is_split_and_made_whole_again(wizard):
    opened = wizard(客户=FAULTY)
    choose(opened, 1, "拆成两列")
    assert [c.header for c in columns_of(opened)] == ["店名", "联系人", "联系人 (2)", "生日", "累计金额"]
    assert columns_of(opened)[2].field is Field.PHONE
    choose(opened, 2, "不拆了")
    assert [c.header for c in columns_of(opened)] == ["店名", "联系人", "生日", "累计金额"]


def test_an_amount_is_said_to_be_in_units_of_ten_thousand(wizard):
    opened = wizard(客户=FAULTY)
    choose(opened, 3, "单位是万元")
    assert opened.columns.columns.item(3, 3).text().startswith("35000")
    assert opened.columns.findChild(object, "rule_3").currentText().startswith("单位是万元")


def test_the_question_of_a_column_is_put_in_a_sentence_and_answered_once(wizard):
    opened = wizard(订单="客户,单号,下单日期,金额\n王姐,A1,05/03/2024,30\n李哥,A2,06/04/2024,40\n")
    assert opened._says.text() == "4 列看懂了，有一处你来定：「下单日期」先写的是日，还是月？"
    box = opened.findChild(object, "rule_2")
    assert [box.itemText(n) for n in range(2)] == [
        "先日后月 · 05/03/2024 → 2024-03-05",
        "先月后日 · 05/03/2024 → 2024-05-03",
    ]
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert dict(columns_of(opened)[2].options)["day_first"] is False
    assert "有一处" not in opened._says.text()


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("店名,等级\n王姐超市,1\n老李粮油,2\n小赵店,3\n", "「等级」里 1 最好，还是数字越大越好？"),
        (
            "店名,累计金额(万元)\n王姐超市,3.5\n老李粮油,35000\n小赵店,2\n孙店,1.2\n",
            "「累计金额(万元)」的单位是元，还是万元？",
        ),
        ("店名,拜访时间,沟通内容\n王姐超市,3月5日,聊了\n老李粮油,4月6日,看货\n", "「拜访时间」没写年份的，算哪一年？"),
    ],
)
def test_each_kind_of_doubt_has_its_own_question(wizard, text, question):
    assert question in wizard(客户=text)._says.text()


def test_another_row_is_made_the_header(wizard, prompts):
    opened = wizard(客户="甲,乙,丙\n店名,电话,地址\n王姐超市,13800138000,人民路1号\n")
    before = opened._preview.sheets[0].draft.header_row

    def play(dialog):
        dialog.rows.selectRow(1 if before == 1 else 0)
        assert dialog.take.text() == f"第 {dialog.row()} 行是表头"
        dialog.accept()

    prompts.on_run = play
    opened.columns.header.click()
    assert opened._preview.sheets[0].draft.header_row == 3 - before
    prompts.on_run = lambda dialog: dialog.none.click()
    opened.columns.header.click()
    assert opened._preview.sheets[0].draft.header_row == 0
    assert "没有表头" in opened.columns.about.text()


def test_sheets_alike_are_one_line_that_unfolds_and_is_decided_once(wizard, qapp):
    opened = wizard(
        **{f"第{day}天": f"客户,电话\n王姐{day},1380013800{day}\n" for day in range(5)}, 另="品名,规格\n大米,10kg\n"
    )
    tree = opened.columns.sheets.tree
    assert [tree.topLevelItem(row).text(0).split("\n")[0] for row in range(tree.topLevelItemCount())] == [
        "5 份同样的表",
        "另.csv · 另",
    ]
    assert tree.topLevelItem(0).childCount() == 5
    assert opened.columns.about.text().startswith("5 份同样的表，一次定下 · 5 行")
    box = opened.findChild(object, "field_1")
    box.setCurrentIndex(box.findText("不导入"))
    box.activated.emit(box.currentIndex())
    assert {sheet.draft.columns[1].field for sheet in opened._preview.sheets[:5]} == {Field.DO_NOT_IMPORT}
    tree.topLevelItem(0).setCheckState(0, Qt.CheckState.Unchecked)
    qapp.processEvents()
    assert opened._preview.left_out == frozenset(range(5))
    tree.topLevelItem(0).child(2).setCheckState(0, Qt.CheckState.Checked)
    qapp.processEvents()
    assert opened._preview.left_out == frozenset({0, 1, 3, 4})
    assert tree.topLevelItem(0).checkState(0) is Qt.CheckState.PartiallyChecked


def test_problems_of_many_sheets_are_one_kind(wizard):
    opened = wizard(
        **{
            f"第{day}天": f"客户,电话\n王姐{day},12\n李哥{day},1390013900{day}\n赵哥{day},1380013800{day}\n"
            for day in range(4)
        }
    )
    opened.next.click()
    groups = list(opened.problems.issues.tree.groups())
    assert [group.childCount() for group in groups] == [4]
    assert groups[0].child(3).text(WHERE) == "第3天 B2"
    groups[0].setSelected(True)
    opened.problems.issues.leave.click()
    assert opened.problems.chips["skipped"].text() == "没收 4 行"


def test_work_that_takes_longer_shows_how_far_it_is(faulty):
    faulty._show_busy(True)
    faulty._lose_patience()
    assert faulty._pages.currentWidget() is faulty.waiting
    faulty._show_busy(False)
    faulty._show_preview(faulty._preview)
    assert faulty._pages.currentWidget() is faulty.problems
    assert faulty.step() != COLUMNS


def test_after_the_import_the_marked_copy_can_still_be_saved(faulty, prompts, tmp_path):
    faulty.next.click()
    prompts.answers = [tmp_path / "标好.xlsx"]
    assert not faulty.save.isHidden()
    faulty.save.click()
    assert "标出了 2 处" in faulty._says.text()
    assert not faulty._says.isHidden()


@pytest.fixture
def threaded(desk, qtbot, tmp_path):
    """A wizard whose work runs while the window goes on, as it does for the user."""
    rows = "\n".join(f"客户{n},1380000{n:04},2026-01-0{n % 9 + 1},{n}" for n in range(9_000))
    path = tmp_path / "大表.csv"
    path.write_text(f"店名,电话,下单日期,金额\n{rows}\n", encoding="utf-8")
    inline, desk.jobs = desk.jobs, Jobs()
    made = ImportWizard(desk, [path])
    made.show()
    yield made
    if isValid(made):
        made.reject()
        qtbot.waitUntil(lambda: desk.jobs.idle)
    desk.jobs.stop()
    desk.jobs = inline


def at_the_columns(wizard, qtbot):
    qtbot.waitUntil(lambda: wizard.step() == COLUMNS, timeout=20_000)
    return wizard


def test_a_wizard_closed_while_it_reads_is_gone_without_a_word(threaded, desk, qtbot):
    threaded.close()
    qtbot.waitUntil(lambda: not isValid(threaded), timeout=20_000)
    assert desk.jobs.idle


def test_a_window_that_goes_with_its_wizard_hears_no_answer(threaded, desk, qtbot):
    delete(threaded)
    qtbot.waitUntil(lambda: desk.jobs.idle, timeout=20_000)


def test_a_correction_that_is_stopped_leaves_what_was_there(threaded, qtbot):
    at_the_columns(threaded, qtbot)
    before = threaded._preview
    columns = before.sheets[0].draft.columns
    threaded.columns.corrected.emit(0, [*columns[:3], replace(columns[3], field=Field.DO_NOT_IMPORT)])
    threaded.reject()
    qtbot.waitUntil(lambda: not threaded._work.busy, timeout=20_000)
    assert threaded.isVisible()
    assert threaded.step() == COLUMNS
    assert threaded._preview is before
    assert threaded._says.text() == "停下了，还和刚才一样。"
    assert [one.field for one in before.readings[0].sheets[0].columns] == [
        one.field for one in before.sheets[0].draft.columns
    ]


def test_after_a_stopped_correction_the_next_one_counts(threaded, qtbot):
    columns = at_the_columns(threaded, qtbot)._preview.sheets[0].draft.columns
    threaded.columns.corrected.emit(0, [*columns[:2], replace(columns[2], field=Field.NOTES), columns[3]])
    threaded.reject()
    qtbot.waitUntil(lambda: not threaded._work.busy, timeout=20_000)
    threaded.columns.corrected.emit(0, [*columns[:3], replace(columns[3], field=Field.DO_NOT_IMPORT)])
    qtbot.waitUntil(lambda: not threaded._work.busy, timeout=20_000)
    fields = [one.field for one in threaded._preview.sheets[0].draft.columns]
    assert fields == [*(one.field for one in columns[:3]), Field.DO_NOT_IMPORT]
    threaded.next.click()
    qtbot.waitUntil(lambda: threaded.step() == PROBLEMS, timeout=20_000)
    assert threaded._preview.sheets[0].counts.read == 9_000


def test_the_cross_leaves_during_a_correction_too(threaded, qtbot):
    columns = at_the_columns(threaded, qtbot)._preview.sheets[0].draft.columns
    threaded.columns.corrected.emit(0, [*columns[:3], replace(columns[3], field=Field.DO_NOT_IMPORT)])
    threaded.close()
    qtbot.waitUntil(lambda: not isValid(threaded), timeout=20_000)


def test_on_the_lowest_screen_the_buttons_stay_in_sight(wizard, monkeypatch):
    monkeypatch.setattr("crmdesk.gui.dialogs.import_wizard.low_screen", lambda _widget: True)
    low = wizard(客户=FAULTY)
    low.next.click()
    line = low.fontMetrics().height()
    assert low.minimumSizeHint().height() <= 384 - round(2.5 * line)
    assert low.minimumSizeHint().width() <= 683


def test_in_a_narrow_window_a_doubt_stands_below_its_header(wizard, qapp):
    opened = wizard(客户="店名,谁,金额\n王姐超市,张三,3.5\n老李粮油,李四,2\n")
    opened.resize(1400, 700)
    qapp.processEvents()
    columns = opened.columns.columns
    assert not columns.isColumnHidden(4)
    opened.resize(683, 400)
    qapp.processEvents()
    assert columns.isColumnHidden(4)
    texts = [columns.item(row, 0).text() for row in range(columns.rowCount())]
    unsure = [n for n, one in enumerate(opened._preview.sheets[0].draft.columns) if is_unsure(one)]
    assert all("\n" in texts[row] for row in unsure)
    assert all("\n" not in text for n, text in enumerate(texts) if n not in unsure)


def test_how_a_visit_came_about_is_not_told_by_its_code():
    assert _read_words(Field.INTERACTION_SUMMARY, "2026-05-03 visit 送了样品") == "2026-05-03 拜访 送了样品"


def test_rules_for_columns_are_worked_out_once_with_the_next_step(wizard, monkeypatch):
    opened = wizard(客户=FAULTY)
    worked_out = []
    plan = importing._plan
    monkeypatch.setattr(importing, "_plan", lambda *given: worked_out.append(1) or plan(*given))
    columns = opened._preview.sheets[0].draft.columns
    opened.columns.corrected.emit(0, [*columns[:3], replace(columns[3], field=Field.NOTES)])
    opened.columns.corrected.emit(0, [columns[0], columns[1], replace(columns[2], field=Field.NOTES), columns[3]])
    assert (opened.step(), worked_out) == (COLUMNS, [])
    opened.next.click()
    assert (opened.step(), worked_out) == (PROBLEMS, [1])
    assert figures(opened) == ("要你看一眼 0 处", "新的 4 行")
    opened.back.click()
    opened.next.click()
    assert worked_out == [1]


def test_what_is_typed_while_a_cell_is_worked_out_counts_too(threaded, qtbot):
    opened = at_the_columns(threaded, qtbot)
    opened.next.click()
    words = opened._words
    words._fix({0: lambda fixes: with_cell(fixes, 5, "A", "王姐超市")})
    words._fix({0: lambda fixes: with_cell(fixes, 6, "A", "老李粮油")})
    words._fix({0: lambda fixes: with_cell(fixes, 5, "B", "13800009999")})
    assert opened.problems.isVisible()
    qtbot.waitUntil(lambda: not opened._work.busy and not words.fixing, timeout=20_000)
    said = {(5, "A"): "王姐超市", (6, "A"): "老李粮油", (5, "B"): "13800009999"}
    assert opened._preview.fixes_of(0).cells == words.preview.fixes_of(0).cells == said


def test_stopped_between_two_cells_the_first_one_stays(threaded, qtbot):
    opened = at_the_columns(threaded, qtbot)
    opened.next.click()
    words = opened._words
    words._fix({0: lambda fixes: with_cell(fixes, 5, "A", "王姐超市")})
    words._fix({0: lambda fixes: with_cell(fixes, 6, "A", "老李粮油")})
    qtbot.waitUntil(lambda: words.preview is not opened._preview, timeout=20_000)
    opened.reject()
    qtbot.waitUntil(lambda: not opened._work.busy, timeout=20_000)
    assert opened._preview is words.preview
    assert opened._preview.fixes_of(0).cells[5, "A"] == "王姐超市"
    assert not words.fixing


def test_the_field_that_is_open_keeps_what_is_typed_while_the_list_is_filled_anew(faulty, qtbot):
    tree = faulty.problems.issues.tree
    tree.open_cell(lines(tree)["C4"])
    tree.findChild(QLineEdit, "cell_field").setText("1981年")
    faulty._words._fix({0: lambda fixes: with_cell(fixes, 3, "C", "1980-12-05")})
    QTest.qWait(50)  # the parts of the page find their places
    field = tree.findChild(QLineEdit, "cell_field")
    assert field.text() == "1981年"
    field.setText("1981-03-04")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: figures(faulty)[0] == "要你看一眼 0 处")
    assert set(faulty._preview.fixes_of(0).cells) == {(3, "C"), (4, "C")}


def test_after_a_fix_the_keys_stay_in_the_list(faulty, qtbot):
    tree = faulty.problems.issues.tree
    tree.open_cell(lines(tree)["C3"])
    field = tree.findChild(QLineEdit, "cell_field")
    field.setText("1980-12-05")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: figures(faulty)[0] == "要你看一眼 1 处")
    assert faulty.focusWidget() is tree
