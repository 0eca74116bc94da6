"""What somebody wrote and did not save is asked about before the file leaves the desk."""

from __future__ import annotations

import pytest

from crmdesk.domain.customer import Customer
from crmdesk.operations import customers, files, interactions


@pytest.fixture
def begun(main_window, qtbot):
    """The window with a text begun for a customer."""
    database = main_window.desk.database
    made = customers.add_customer(database, Customer(name="王姐超市")).new_id
    main_window.desk.changed.emit(customers.edit_customer(database, made, notes="常客"))
    page = main_window.show_place("customers")
    page.show_customer(made)
    page.detail.note.edit.setPlainText("要两箱可乐")
    return main_window


def said(path, clock):
    database = files.open_file(path, clock, read_only=True)
    texts = [row.interaction.summary for row in interactions.list_interactions(database)]
    database.close()
    return texts


def test_a_text_is_saved_before_the_window_closes(begun, prompts, clock, qtbot):
    path = begun.desk.database.path
    prompts.answers = [0]
    begun.close()
    qtbot.waitUntil(begun.isHidden)
    assert said(path, clock) == ["要两箱可乐"]


def test_a_text_can_be_left(begun, prompts, clock, qtbot):
    path = begun.desk.database.path
    prompts.answers = [1]
    begun.close()
    qtbot.waitUntil(begun.isHidden)
    assert said(path, clock) == []


def test_cancelled_the_window_and_the_text_stay(begun, prompts):
    prompts.answers = [None]
    begun.close()
    assert begun.isVisible()
    assert begun.stack.current().detail.note.text() == "要两箱可乐"
    begun.stack.forget_unsaved()


def test_another_file_is_opened_once_the_text_is_saved(begun, prompts, tmp_path, clock):
    path = begun.desk.database.path
    prompts.answers = [0]
    begun.files.open(tmp_path / "other.crmdesk", create=True)
    assert begun.desk.database.path.name == "other.crmdesk"
    assert begun.stack.unsaved() == []
    assert said(path, clock) == ["要两箱可乐"]


def test_the_file_that_is_open_is_not_opened_again(main_window):
    database = main_window.desk.database
    main_window.files.open(database.path)
    assert main_window.desk.database is database
    assert not database.read_only


def test_the_whole_note_is_saved_as_its_box_would_save_it(begun, prompts, clock, qtbot):
    path, detail = begun.desk.database.path, begun.stack.current().detail
    detail.note.pick_outcome(1)
    detail.note._kind.setCurrentIndex(detail.note._kind.findData("visit"))
    wanted = detail.note.next_date.day()
    prompts.answers = [0]
    begun.close()
    qtbot.waitUntil(begun.isHidden)
    database = files.open_file(path, clock, read_only=True)
    (row,) = interactions.list_interactions(database)
    card = customers.customer_card(database, row.interaction.customer_id)
    database.close()
    assert (row.interaction.kind, row.interaction.outcome) == ("visit", "interested")
    assert [due.due_on for due in card.follow_ups] == [wanted]


def test_going_to_another_customer_and_back_the_whole_note_is_there(begun):
    desk, page = begun.desk, begun.stack.current()
    first = page.detail.customer_id()
    other = customers.add_customer(desk.database, Customer(name="李总")).new_id
    desk.changed.emit(customers.edit_customer(desk.database, other, notes="新"))
    page.detail.note.pick_outcome(2)
    page.show_customer(other)
    assert page.detail.note.text() == ""
    assert page.detail.note.outcome() == ""
    page.show_customer(first)
    assert page.detail.note.text() == "要两箱可乐"
    assert page.detail.note.outcome() == "wait"
    begun.stack.forget_unsaved()
