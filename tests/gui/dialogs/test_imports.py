"""导入记录 in the window."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from crmdesk.gui.dialogs.imports import ImportsDialog
from crmdesk.operations import listing
from crmdesk.operations.importing import import_preview, preview_sheets


def test_an_import_is_listed_with_what_it_brought_and_taken_back(desk, tmp_path, qtbot) -> None:
    path = tmp_path / "客户.csv"
    path.write_text("姓名,电话\n王姐,13800138000\n老李,13900139000\n", encoding="utf-8")
    with preview_sheets(desk.database, [path]) as preview:
        import_preview(desk.database, preview)
    dialog = ImportsDialog(desk)
    qtbot.addWidget(dialog)
    [line] = dialog.lines()
    assert line.texts[1:] == ("客户.csv", "新客户 2")
    dialog._act_on_marked()
    assert desk.read(listing.customer_count) == 0
    [line] = dialog.lines()
    assert not line.possible
    assert line.texts[2] == "已撤回（新客户 2）"


def test_what_an_import_changed_is_shown_old_beside_new(desk, prompts, tmp_path, qtbot) -> None:
    path = tmp_path / "客户.csv"
    for industry in ("餐饮", "零售"):
        path.write_text(f"姓名,电话,行业\n王姐,13800138000,{industry}\n", encoding="utf-8")
        with preview_sheets(desk.database, [path], rules=["行业:existing=replace"]) as preview:
            import_preview(desk.database, preview)
    dialog = ImportsDialog(desk)
    qtbot.addWidget(dialog)
    seen = []
    prompts.on_run = lambda shown: seen.extend(line.texts for line in shown.lines())
    dialog.findChild(QPushButton, "imports_changed").click()
    assert seen == [("王姐", "行业", "餐饮", "零售")]
