"""Saved views: filter, order and columns of the list under a name; one step each, found by keyboard."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from crmdesk.domain.query import CustomerQuery
from crmdesk.gui.main_window import MainWindow
from crmdesk.gui.pages.customers import CustomersPage
from crmdesk.operations import views


@pytest.fixture
def page(main_window: MainWindow) -> CustomersPage:
    desk = main_window.desk
    from crmdesk.domain.customer import Customer
    from crmdesk.operations import customers

    for name, intent in (("王姐超市", "high"), ("老李小卖部", "low"), ("小赵便利店", "high")):
        customer = Customer(name=name, intent=intent, city="湛江市")
        desk.act(lambda _progress, customer=customer: customers.add_customer(desk.database, customer))
    return main_window.show_place("customers")


def narrowed(page: CustomersPage) -> None:
    page.show_query(CustomerQuery(intents=("high",), sort=(("name", True),)))
    page.list.hide_column("city", True)


def entries(page: CustomersPage) -> list[str]:
    page.views.fill()
    return [action.text() for action in page.views.drop.actions() if action.text()]


def test_a_view_keeps_filter_order_and_columns(page: CustomersPage, prompts: object) -> None:
    narrowed(page)
    prompts.answers.append("有意向的")
    page.views.save()
    assert page.views.text() == "视图：有意向的"
    page.views.show_view(None)
    assert page.views.text() == "视图"
    assert page.list.table().rowCount() == 3
    page.list.hide_column("city", False)
    page.views.show_view(views.saved_views(page.desk.database)[0].id)
    assert page.list.table().rowCount() == 2
    assert page.list.query().sort == (("name", True),)
    assert "city" in page.list.hidden()
    assert page.filters.query().intents == ("high",)


def test_saving_renaming_and_deleting_are_one_step_each_that_undo_takes_back(
    page: CustomersPage, prompts: object
) -> None:
    desk = page.desk
    names = lambda: [view.name for view in views.saved_views(desk.database)]  # noqa: E731
    prompts.answers += ["有意向的", "要紧的"]
    page.views.save()
    page.views.rename()
    assert names() == ["要紧的"]
    page.views.delete()
    assert names() == []
    assert page.views.view() is None
    desk.undo()
    assert names() == ["要紧的"]
    desk.undo()
    assert names() == ["有意向的"]
    desk.undo()
    assert names() == []
    desk.redo()
    assert names() == ["有意向的"]


def test_what_was_changed_in_a_view_is_kept_when_asked(page: CustomersPage, prompts: object) -> None:
    prompts.answers.append("我的")
    page.views.save()
    assert not any("改动" in entry for entry in entries(page))
    page.filters.changed.emit(page.filters.query())
    page.show_query(CustomerQuery(intents=("low",)))
    assert "把改动留在“我的”里" in entries(page)
    page.views.keep()
    assert views.saved_views(page.desk.database)[0].query.intents == ("low",)


def test_two_views_of_one_name_are_refused(page: CustomersPage, prompts: object) -> None:
    prompts.answers += ["一样", "一样"]
    page.views.save()
    page.views.save()
    assert [phrase.code for phrase in prompts.errors] == ["view_exists"]
    assert len(views.saved_views(page.desk.database)) == 1


def test_a_view_is_found_in_the_box_by_its_pinyin(
    page: CustomersPage, main_window: MainWindow, prompts: object, qtbot: QtBot
) -> None:
    narrowed(page)
    prompts.answers.append("有意向的")
    page.views.save()
    page.views.show_view(None)
    main_window.show_place("today")
    box = main_window.top_bar.box
    box.begin()
    box.setText("yyxd")
    qtbot.waitUntil(lambda: any(entry.kind == "view" for entry in box.results().entries()))
    box.results().take_marked()
    assert main_window.place() == "customers"
    assert page.views.text() == "视图：有意向的"
    assert page.list.table().rowCount() == 2


def test_the_arrangement_of_one_view_leaves_the_others_alone(page: CustomersPage, prompts: object) -> None:
    prompts.answers += ["甲", "乙"]
    page.views.save()
    first = page.views.view().id
    page.list.hide_column("city", True)
    page.views.show_view(None)
    assert "city" not in page.list.hidden()
    page.views.save()
    assert "city" not in page.list.hidden()
    page.views.show_view(first)
    assert "city" in page.list.hidden()


def test_without_a_view_renaming_says_so(page: CustomersPage, main_window: MainWindow) -> None:
    main_window.actions_table["rename_view"].trigger()
    assert main_window.toast.text() == "没有打开保存过的视图。先选一个。"
