"""演示模式 over every page and dialog: whoever looks on reads no tier, stage, worth, nor another customer's name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QDialog, QWidget
from pytestqt.qtbot import QtBot

from crmdesk.domain.query import CustomerQuery
from crmdesk.gui.actions import COMMANDS, PRIVATE
from crmdesk.gui.app import Program
from crmdesk.gui.main_window import MainWindow
from crmdesk.gui.page_stack import BUILDERS
from crmdesk.gui.pictures_dialogs import dialogs
from crmdesk.operations import listing
from crmdesk.words.labels import label
from seen import words_in_sight

STAGES = ("prospect", "in_talks", "new", "active", "loyal", "dormant", "lost", "won_back")
JUDGED = ("等级", "流失", "安静了", "潜力", "毛利", "欠款", "重点", "意向高", "挽回")
TIERS = ("A", "B", "C", "★")  # D is also the key that completes
# Dialogs behind commands that are shut, or behind a menu that does not offer them now; keys are named for all.
SHUT = {
    "export",
    "duplicates",
    "triage",
    "triage_offer",
    "imports",
    "history",
    "choose_tier",
    "day_summary",
    "shortcuts",
}
OPEN_PAGES = sorted(set(BUILDERS) - PRIVATE - {"welcome"})


@pytest.fixture
def looked_at(program: Program, full_file: Path, qtbot: QtBot) -> MainWindow:
    """The window on the whole sample, a customer's card open, with somebody looking on."""
    program.files.open(full_file)
    program.window.resize(1280, 800)
    program.window.show()
    qtbot.waitUntil(lambda: program.desk.editable)
    program.desk.customer_wanted.emit(shown_one(program.window))
    program.desk.set_presenting(True)
    return program.window


def shown_one(window: MainWindow) -> int:
    return int(window.desk.read(listing.customer_ids, CustomerQuery(stages=("lost",)))[0])


def names_of_others(window: MainWindow) -> list[str]:
    ids = list(window.desk.read(listing.customer_ids, CustomerQuery()))
    rows = window.desk.read(listing.customer_rows, ids, ("name",))
    return [name for number, name in rows if number != shown_one(window)]


def told(words: Iterable[str], others: Iterable[str]) -> Iterator[str]:
    """What should not have been read: judgements, tiers and stages as chips show them, names of others."""
    stages = {label("stage", code) for code in STAGES}
    for text in words:
        if any(word in text for word in (*JUDGED, *others)) or text in stages or text in TIERS:
            yield text


@pytest.mark.parametrize("place", OPEN_PAGES)
def test_no_page_tells_what_is_not_for_a_customer(looked_at: MainWindow, qtbot: QtBot, place: str) -> None:
    page = looked_at.show_place(place)
    qtbot.waitUntil(page.ready)
    qtbot.wait(150)  # parts built in idle moments
    others = names_of_others(looked_at)
    if place in ("today", "follow_ups"):  # whoever is chosen there is the one who sits beside
        others = [name for name in others if name not in shown_names(page)]
    assert list(told(words_in_sight(looked_at), others)) == []


def shown_names(page: QWidget) -> str:
    card = page.card if page.name == "today" else page._note_card  # whom the page is on
    return " ".join(words_in_sight(card))


def test_a_card_in_a_tab_of_its_own_tells_nothing_either(looked_at: MainWindow, qtbot: QtBot) -> None:
    page = looked_at.show_place("customers")
    page.tabs.open_customer(shown_one(looked_at))
    qtbot.wait(150)
    assert list(told(words_in_sight(page), names_of_others(looked_at))) == []


def test_no_card_of_anybody_tells_who_brought_whom_or_what_was_complained_of(looked_at: MainWindow) -> None:
    page = looked_at.show_place("customers")
    for customer in looked_at.desk.read(listing.customer_ids, CustomerQuery())[:40]:
        page.detail.show_customer(int(customer))
        assert not page.detail.won.isVisible()
        assert not page.detail.care.isVisible()
        assert not page.detail.why.isVisible()


def test_no_dialog_tells_what_is_not_for_a_customer(looked_at: MainWindow) -> None:
    others = names_of_others(looked_at)
    found = {}
    for name, make in dialogs(looked_at.desk, looked_at):
        if name in SHUT:
            continue
        dialog = make()
        dialog.show()
        found[name] = list(told(words_in_sight(dialog), others))
        dialog.done(QDialog.DialogCode.Rejected)
        dialog.deleteLater()
    assert len(found) > 10
    assert {name: words for name, words in found.items() if words} == {}


def test_what_speaks_of_worth_throughout_is_shut(looked_at: MainWindow, prompts) -> None:
    for command in COMMANDS:
        assert looked_at.actions_table[command.name].isEnabled() or command.name in PRIVATE | {"undo", "redo"}
    for name in PRIVATE:
        assert not looked_at.actions_table[name].isEnabled(), name
    looked_at.frame_actions.take_files([Path("customers.xlsx")])
    looked_at.desk.export_requested.emit(None)
    looked_at.desk.report_requested.emit()
    assert prompts.asked == []
    assert looked_at.toast.text() == "演示模式里不打开，按 F9 结束演示"


@pytest.mark.parametrize("place", sorted(PRIVATE & set(BUILDERS)))
def test_a_private_page_gives_way_as_somebody_looks_on(looked_at: MainWindow, place: str) -> None:
    looked_at.show_place(place)
    assert looked_at.place() == "customers"
    looked_at.desk.set_presenting(False)
    looked_at.show_place(place)
    assert looked_at.place() == place
    looked_at.desk.set_presenting(True)
    assert looked_at.place() == "customers"


def test_afterwards_everything_is_open_again(looked_at: MainWindow) -> None:
    looked_at.desk.set_presenting(False)
    assert all(looked_at.actions_table[name].isEnabled() for name in PRIVATE)
    assert looked_at.rail.findChild(QAbstractButton, "rail_insight").isEnabled()
    assert looked_at.stack.page("customers").detail.why.isVisible()
