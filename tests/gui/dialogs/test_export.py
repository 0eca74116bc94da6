"""导出: customers as cards."""

from __future__ import annotations

from crmdesk.domain.customer import Contact, Customer, Point
from crmdesk.gui.dialogs.export import ExportDialog
from crmdesk.operations import customers


def test_customers_go_out_as_cards(desk, prompts, tmp_path, qtbot):
    people = (Contact("李娜", points=(Point("phone", "13900139000"),)),)
    desk.act(lambda _p: customers.add_customer(desk.database, Customer("华强商贸", contacts=people)))
    dialog = ExportDialog(desk, None)
    qtbot.addWidget(dialog)
    dialog.as_cards.click()
    prompts.answers = [tmp_path / "名片"]
    dialog._export()
    assert "FN:李娜" in (tmp_path / "名片.vcf").read_text(encoding="utf-8")


def test_cards_and_editing_are_one_or_the_other_and_orders_neither(desk, qtbot):
    dialog = ExportDialog(desk, None)
    qtbot.addWidget(dialog)
    dialog.for_editing.click()
    dialog.as_cards.click()
    assert (dialog.for_editing.isChecked(), dialog.as_cards.isChecked()) == (False, True)
    dialog.for_editing.click()
    assert (dialog.for_editing.isChecked(), dialog.as_cards.isChecked()) == (True, False)
    dialog._group.button(1).click()
    assert not dialog.as_cards.isEnabled()
