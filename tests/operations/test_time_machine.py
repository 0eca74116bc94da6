"""An import that is taken back days later: what it made goes, what it overwrote comes back, what came after stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from crmdesk.clock import Clock
from crmdesk.domain.customer import Point
from crmdesk.domain.interaction import Interaction, InteractionKind
from crmdesk.operations import customers, duplicates, history, interactions, orders, round_trip
from crmdesk.operations.files import open_file
from crmdesk.operations.importing import import_preview, preview_sheets
from crmdesk.operations.imports import find_import, list_imports, overwritten
from crmdesk.progress import Progress
from crmdesk.words.phrases import say

FIRST = "客户编号,姓名,电话,行业,备注,车牌\nK1,王姐,13800138001,餐饮,爱喝茶,浙A1\nK2,老李,13800138002,零售,,\n"
SECOND = (
    "客户编号,姓名,电话,行业,备注,车牌\n"
    "K1,王姐,13900139001,零售,爱喝咖啡,浙B1\nK2,老李,13800138002,零售,新店开张,浙B2\nK3,小赵,13800138003,农业,,\n"
)
RULES = tuple(f"{column}:existing=replace" for column in ("电话", "行业", "备注", "车牌"))


class File:
    """A file that is opened again each day."""

    def __init__(self, folder):
        self.folder, self.day = folder, date(2026, 11, 1)
        self.db = open_file(folder / "mine.crmdesk", Clock(self.day), create=True)

    def later(self, days=3):
        self.db.close()
        self.day = date.fromordinal(self.day.toordinal() + days)
        self.db = open_file(self.folder / "mine.crmdesk", Clock(self.day))

    def bring(self, text, name, rules=()):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        with preview_sheets(self.db, [path], rules=rules) as preview:
            return import_preview(self.db, preview).step

    def get(self, name):
        return next(one.customer for one in customers.all_customers(self.db) if one.customer.name == name)

    def names(self):
        return sorted(one.customer.name for one in customers.all_customers(self.db))

    def take_back(self, step):
        return [say(phrase) for phrase in history.undo_step(self.db, step).kept]


@pytest.fixture
def file(tmp_path):
    file = File(tmp_path)
    file.bring(FIRST, "一.csv")
    file.later()
    yield file
    file.db.close()


@pytest.fixture
def second(file):
    file.before = history.logical_dump(file.db)
    step = file.bring(SECOND, "二.csv", RULES)
    assert file.get("王姐").points[0].value == "13900139001"
    file.later()
    return step


def test_untouched_since_everything_is_as_before(file, second):
    assert file.take_back(second) == []
    assert history.logical_dump(file.db) == file.before


def test_what_was_done_elsewhere_since_stays_and_the_rest_is_as_before(file, second):
    customers.add_customer(file.db, replace(file.get("老李"), id=0, name="新客户", code="9", points=(), extra={}))
    assert file.take_back(second) == []
    assert file.names() == ["新客户", "王姐", "老李"]
    wang = file.get("王姐")
    assert (wang.industry, wang.notes, wang.extra["车牌"]) == ("餐饮", "爱喝茶", "浙A1")
    assert [point.value for point in wang.points] == ["13800138001"]


def test_an_edited_field_keeps_its_newer_value_and_is_named(file, second):
    customers.edit_customer(file.db, file.get("王姐").id, industry="物流")
    assert file.take_back(second) == ["王姐 的行业留着后来改的"]
    wang = file.get("王姐")
    assert (wang.industry, wang.notes) == ("物流", "爱喝茶")


def test_an_edited_phone_stays_alone_and_is_named(file, second):
    customers.edit_customer(file.db, file.get("王姐").id, points=(Point("phone", "13700137000"),))
    told = file.take_back(second)
    assert [point.value for point in file.get("王姐").points] == ["13700137000"]
    assert told == ["王姐 的电话留着后来改的"]


def test_an_edited_column_of_ones_own_is_named_and_the_others_come_back(file, second):
    wang = file.get("王姐")
    customers.edit_customer(file.db, wang.id, extra={**wang.extra, "车牌": "京C3"})
    assert file.take_back(second) == ["王姐 的车牌留着后来改的"]
    assert file.get("王姐").extra == {"车牌": "京C3"}


def test_a_new_customer_that_is_used_since_stays_whole_and_is_named(file, second):
    said = Interaction(file.get("小赵").id, datetime(2026, 11, 7, 10), InteractionKind.CALL, summary="聊过")
    interactions.log_interaction(file.db, said)
    assert file.take_back(second) == ["小赵 留下了：之后改过或用过"]
    zhao = file.get("小赵")
    assert (zhao.industry, zhao.points[0].value) == ("农业", "13800138003")
    assert file.get("王姐").industry == "餐饮"


def test_a_new_customer_that_was_deleted_since_is_no_matter(file, second):
    customers.delete_customers(file.db, [file.get("小赵").id])
    assert file.take_back(second) == []
    assert history.logical_dump(file.db) == file.before


def test_a_known_customer_that_was_deleted_since_stays_deleted(file, second):
    customers.delete_customers(file.db, [file.get("王姐").id])
    assert file.take_back(second) == []
    assert file.names() == ["老李"]


def test_a_new_customer_that_went_into_another_since_goes_from_there(file, second):
    duplicates.merge(file.db, file.get("老李").id, file.get("小赵").id)
    told = file.take_back(second)
    li = file.get("老李")
    assert file.names() == ["王姐", "老李"]
    assert {point.value for point in li.points} >= {"13800138002"}
    assert li.notes == ""
    assert all("老李" in one for one in told)


def test_what_a_round_trip_changed_since_stays_and_is_named(file, second, tmp_path):
    import openpyxl

    path = tmp_path / "改.xlsx"
    round_trip.export_for_editing(file.db, path, Progress())
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[1]}
    row = next(row for row in range(2, 5) if sheet.cell(row, heads["姓名"]).value == "王姐")
    sheet.cell(row, heads["备注"]).value = "只喝白水"
    book.save(path)
    found = round_trip.compare(file.db, path, Progress())
    round_trip.apply(file.db, found, found.plain(), Progress())
    assert file.take_back(second) == ["王姐 的备注留着后来改的"]
    assert (file.get("王姐").notes, file.get("老李").notes) == ("只喝白水", "")


def test_orders_go_with_their_import_and_an_edited_one_stays_with_its_customer(file):
    text = "客户,单号,下单日期,金额\n王姐,A1,2026-10-01,30\n老李,A2,2026-10-02,40\n小钱,A3,2026-10-03,50\n"
    step = file.bring(text, "单.csv")
    file.later()
    edited = next(order for order in orders.list_orders(file.db) if order.number == "A3")
    orders.edit_order(file.db, replace(edited, amount=60_0000))
    assert any("A3" in one for one in file.take_back(step))
    assert [order.number for order in orders.list_orders(file.db)] == ["A3"]
    assert "小钱" in file.names()


def test_the_older_import_goes_and_the_younger_stays(file, second):
    first = next(entry.step for entry in list_imports(file.db) if entry.file == "一.csv")
    told = file.take_back(first)
    assert {one.split()[0] for one in told} == {"王姐", "老李"}, "both were filled and overwritten since"
    assert file.names() == ["小赵", "王姐", "老李"]


def test_taking_it_back_can_itself_be_taken_back(file, second):
    whole = history.logical_dump(file.db)
    history.undo_step(file.db, second)
    history.undo(file.db) if history.redo_name(file.db) is None else history.redo(file.db)
    assert history.logical_dump(file.db) == whole


def test_many_that_stay_are_counted_beyond_those_named(file):
    text = "客户编号,姓名,行业\n" + "".join(f"K{n},客户{n},餐饮\n" for n in range(100, 150))
    step = file.bring(text, "多.csv")
    file.later()
    for record in list(customers.all_customers(file.db)):
        if record.customer.name.startswith("客户"):
            customers.edit_customer(file.db, record.customer.id, notes="改过")
    told = file.take_back(step)
    assert len(told) == 21
    assert told[-1] == "还有 30 处"


def test_the_list_still_tells_what_an_import_brought_after_it_was_taken_back(file, second):
    file.take_back(second)
    newest, first = list_imports(file.db)
    assert (newest.file, newest.undone, first.undone) == ("二.csv", True, False)
    assert (newest.created["customers"], newest.files[0].rows["updated"]) == (1, 2)


def test_an_import_is_found_by_its_file_its_step_or_as_the_last(file, second):
    first = list_imports(file.db)[1]
    assert find_import(file.db, "last") == second == find_import(file.db, "二.csv") == find_import(file.db, str(second))
    assert find_import(file.db, "一.csv") == first.step


def test_what_an_import_changed_is_listed_old_beside_new(file, second):
    wang = {(one.field, one.old, one.new) for one in overwritten(file.db, second) if one.name == "王姐"}
    assert wang == {
        ("phone", "13800138001", "13900139001"),
        ("industry", "餐饮", "零售"),
        ("notes", "爱喝茶", "爱喝咖啡"),
        ("extra:车牌", "浙A1", "浙B1"),
    }
    assert ("老李", "notes", "", "新店开张") in {
        (one.name, one.field, one.old, one.new) for one in overwritten(file.db, second)
    }
    assert len(overwritten(file.db, second, 2)) == 2


class Work:
    """Counts what SQLite does on the writing connection, in thousands of its instructions."""

    def __init__(self, db):
        self._count = 0
        with db.write("test_work", undoable=False) as step:
            step.raw.set_progress_handler(self._one_more, 1000)

    def _one_more(self):
        self._count += 1
        return 0

    def done(self):
        """What was done since the last question."""
        count, self._count = self._count, 0
        return count


def test_many_replaced_values_go_back_no_slower_than_they_came(file):
    head, rows = "客户编号,姓名,电话,行业,车牌\n", 3000
    file.bring(head + "".join(f"K{n},客户{n},138{n:08},餐饮,浙{n}\n" for n in range(1000, rows)), "多.csv")
    again = head + "".join(f"K{n},客户{n},139{n:08},零售,沪{n}\n" for n in range(1000, rows))
    work = Work(file.db)
    step = file.bring(again, "多2.csv", ("电话:existing=replace", "行业:existing=replace", "车牌:existing=replace"))
    came = work.done()
    assert file.take_back(step) == []
    assert work.done() < 2 * came


def test_the_history_leaves_out_what_the_system_does_by_itself(file, second):
    codes = [entry.name.code for entry in history.own_steps(file.db)]
    assert codes == ["import_sheets", "import_sheets"]
    assert {entry.name.code for entry in history.steps(file.db)} > {"import_sheets"}
