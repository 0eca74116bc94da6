"""History, bin, shortcuts: dated lists with one verb."""

from __future__ import annotations

import pytest

from crmdesk.domain.customer import Customer
from crmdesk.gui.actions import COMMANDS
from crmdesk.gui.dialogs.bin import BinDialog
from crmdesk.gui.dialogs.history import HistoryDialog
from crmdesk.gui.dialogs.shortcuts import ShortcutsDialog
from crmdesk.operations import customers, listing


@pytest.fixture
def two(desk) -> list[int]:
    made = []
    for name in ("王姐超市", "老李五金"):
        desk.act(lambda _, name=name: customers.add_customer(desk.database, Customer(name=name)), done=made.append)
    return [changes.new_id for changes in made]


def test_the_history_names_every_step_newest_first(desk, two, qtbot) -> None:
    dialog = HistoryDialog(desk)
    qtbot.addWidget(dialog)
    assert ["老李五金" in line.texts[1] for line in dialog.lines()][:2] == [True, False]


def test_an_older_step_is_taken_back_from_the_history(desk, two, qtbot) -> None:
    dialog = HistoryDialog(desk)
    qtbot.addWidget(dialog)
    dialog.mark(1)
    dialog._act_on_marked()
    assert desk.read(listing.customer_count) == 1
    assert any(line.texts[2] for line in dialog.lines())


def test_a_step_taken_back_cannot_be_taken_back_again(desk, two, qtbot) -> None:
    dialog = HistoryDialog(desk)
    qtbot.addWidget(dialog)
    dialog.mark(1)
    dialog._act_on_marked()
    assert not next(line for line in dialog.lines() if line.texts[2]).possible


def test_the_bin_gives_deleted_customers_back(desk, two, qtbot) -> None:
    desk.act(lambda _: customers.delete_customers(desk.database, two))
    dialog = BinDialog(desk)
    qtbot.addWidget(dialog)
    assert "王姐超市" in dialog.lines()[0].texts[1]
    dialog.mark(0)
    dialog._act_on_marked()
    assert desk.read(listing.customer_count) == 2
    assert dialog.lines() == []


def test_an_empty_bin_says_so(desk, qtbot) -> None:
    dialog = BinDialog(desk)
    qtbot.addWidget(dialog)
    assert dialog._nothing.sentence.text() == "回收站是空的"


def test_every_key_is_on_the_page_of_shortcuts(qtbot, _look) -> None:
    dialog = ShortcutsDialog()
    qtbot.addWidget(dialog)
    listed = {line.target for line in dialog.lines()}
    assert {command.name for command in COMMANDS if command.keys} <= listed


def test_a_list_that_fills_again_says_what_it_is(desk, two, qtbot) -> None:
    dialog = BinDialog(desk)
    qtbot.addWidget(dialog)
    desk.act(lambda _: customers.delete_customers(desk.database, two))
    assert dialog._sentence.text() == "删掉的客户在这里留 30 天"
