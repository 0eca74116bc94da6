"""按老板的表导出: what goes into which column, and the dialog of the export that leads there."""

from __future__ import annotations

from crmdesk.domain.sheet_template import SheetTemplate, TemplateColumn
from crmdesk.gui.dialogs.export import ExportDialog
from crmdesk.gui.dialogs.sheet_template import EXAMPLE, SheetTemplateDialog

FACTS = [("", ""), ("name", "客户"), ("phone", "电话"), ("order_total", "累计金额")]
EXAMPLES = {"name": ["王姐超市", "李总"], "phone": ["13800138000", "—"], "order_total": ["24600", "—"]}
COLUMNS = (
    TemplateColumn(0, "A", "客户名称", "name"),
    TemplateColumn(1, "B", "累计(万元)", "order_total", 10_000),
    TemplateColumn(2, "C", "批示"),
)


def shown(qtbot, columns=COLUMNS):
    dialog = SheetTemplateDialog(SheetTemplate("月报", "月报.xlsx", "表一", 3, columns), FACTS, EXAMPLES)
    qtbot.addWidget(dialog)
    return dialog


def test_what_was_understood_comes_back_as_it_is(qtbot, _look):
    dialog = shown(qtbot)
    assert dialog.template().columns == COLUMNS
    assert dialog.columns.item(0, EXAMPLE).text() == "王姐超市 · 李总"
    assert "批示 还没有" in dialog._says.text()


def test_another_choice_changes_the_example_and_the_unit(qtbot, _look):
    dialog = shown(qtbot)
    dialog.choose("累计(万元)", "phone")
    dialog.name.setText(" 十一月 ")
    found = dialog.template()
    assert (found.name, found.columns[1].key, found.columns[1].unit) == ("十一月", "phone", 1)
    assert dialog.columns.item(1, EXAMPLE).text() == "13800138000 · —"


def test_with_nothing_to_fill_there_is_nothing_to_take(qtbot, _look):
    dialog = shown(qtbot, (TemplateColumn(0, "A", "批示"),))
    assert not dialog.take.isEnabled()
    dialog.choose("批示", "name")
    assert dialog.take.isEnabled()


def test_the_tables_are_offered_once_they_are_wanted(desk, qtbot):
    dialog = ExportDialog(desk, None)
    qtbot.addWidget(dialog)
    assert dialog.template.isHidden()
    dialog.in_template.click()
    assert (dialog.template.isHidden(), dialog.template.count()) == (False, 1)
    dialog.for_editing.click()
    assert (dialog.in_template.isChecked(), dialog.template.isHidden()) == (False, True)
