"""The one table model: ids, pages on demand, text as the screen and Excel take it."""

from __future__ import annotations

from array import array

import pytest
from PySide6.QtCore import QCoreApplication, Qt

from crmdesk.clock import Clock
from crmdesk.domain.phrase import Refused
from crmdesk.gui.tables import ID_ROLE, KIND_ROLE, PAGE, VALUE_ROLE, TableColumn, TableModel

COLUMNS = [
    TableColumn("name", "客户", editable=True),
    TableColumn("total", "累计", "money"),
    TableColumn("last", "最近", "ago"),
    TableColumn("stage", "状态", "stage"),
]


class Source:
    """Rows that remember how they were fetched."""

    def __init__(self) -> None:
        self.fetched: list[tuple[int, ...]] = []
        self.busy = False
        self.gone: set[int] = set()

    def fetch(self, ids, keys):
        if self.busy:
            raise Refused("file_busy")
        self.fetched.append(tuple(ids))
        rows = [(i, f"客户{i}", i * 10_000, "2026-11-19", "dormant") for i in ids if i not in self.gone]
        return rows[::-1]  # in any order


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def model(source, clock, qapp) -> TableModel:
    made = TableModel(source.fetch, clock=clock)
    made.set_columns(COLUMNS)
    made.set_ids(array("q", range(1, 1001)))
    return made


def text(model, row, column):
    return model.index(row, column).data()


def test_only_the_page_that_is_looked_at_is_fetched(model, source) -> None:
    assert text(model, 300, 0) == "客户301"
    assert [len(ids) for ids in source.fetched] == [PAGE]
    assert text(model, 301, 1) == "¥302"
    assert len(source.fetched) == 1


def test_values_are_shown_in_words(model) -> None:
    assert [text(model, 1, column) for column in range(4)] == ["客户2", "¥2", "3 天前", "沉睡"]
    assert model.index(1, 2).data(Qt.ItemDataRole.ToolTipRole) == "2026-11-19"


def test_roles_carry_id_value_and_kind(model) -> None:
    index = model.index(4, 1)
    assert (index.data(ID_ROLE), index.data(VALUE_ROLE), index.data(KIND_ROLE)) == (5, 50_000, "money")


def test_a_role_that_is_not_used_is_answered_without_fetching(model, source) -> None:
    assert model.index(0, 0).data(Qt.ItemDataRole.DecorationRole) is None
    assert model.index(0, 0).data(Qt.ItemDataRole.FontRole) is None
    assert source.fetched == []


def test_money_stands_at_the_right_its_heading_too(model) -> None:
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    assert Qt.AlignmentFlag(model.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole)) == right
    role = Qt.ItemDataRole.TextAlignmentRole
    assert Qt.AlignmentFlag(model.headerData(1, Qt.Orientation.Horizontal, role)) == right


def test_a_row_that_was_deleted_meanwhile_is_blank(model, source) -> None:
    source.gone = {3}
    assert text(model, 2, 0) == ""


def test_forget_fetches_anew_and_keeps_the_order(model, source) -> None:
    text(model, 0, 0)
    model.forget()
    text(model, 0, 0)
    assert len(source.fetched) == 2
    assert model.id_at(0) == 1


def test_a_busy_file_leaves_the_old_cells_and_is_asked_again(model, source, qtbot) -> None:
    assert text(model, 0, 0) == "客户1"
    source.busy = True
    model.forget()
    assert text(model, 0, 0) == "客户1"
    source.busy = False
    fetched = len(source.fetched)
    qtbot.waitUntil(lambda: text(model, 0, 0) == "客户1" and len(source.fetched) > fetched)


def test_another_refusal_is_not_swallowed(source, qapp) -> None:
    def refuse(ids, keys):
        raise Refused("data_damaged", file="x")

    made = TableModel(refuse)
    made.set_columns(COLUMNS)
    made.set_ids([1])
    with pytest.raises(Refused):
        made.value(0, 0)


def test_a_copy_gives_lines_that_excel_takes(model) -> None:
    cells = [model.index(row, column) for row in (1, 0) for column in (2, 0, 1)]
    assert model.cells_as_text(cells) == "客户1\t1\t2026-11-19\n客户2\t2\t2026-11-19"
    assert model.mimeData(cells).text() == model.cells_as_text(cells)


def test_line_breaks_and_tabs_in_a_cell_do_not_break_the_copy(qapp) -> None:
    made = TableModel(lambda ids, keys: [(1, "a\tb\nc")])
    made.set_columns([TableColumn("name", "n")])
    made.set_ids([1])
    assert made.cells_as_text([made.index(0, 0)]) == "a b c"


def test_a_sort_is_handed_on_by_key(source, qapp) -> None:
    asked = []
    made = TableModel(source.fetch, sort=lambda key, descending: asked.append((key, descending)))
    made.set_columns(COLUMNS)
    made.sort(1, Qt.SortOrder.DescendingOrder)
    made.sort(-1, Qt.SortOrder.AscendingOrder)
    assert asked == [("total", True)]


def test_only_editable_columns_take_an_edit_and_hand_it_on(source, qapp) -> None:
    edits = []
    made = TableModel(source.fetch, edit=lambda row, key, value: edits.append((row, key, value)) or True)
    made.set_columns(COLUMNS)
    made.set_ids([7])
    assert made.flags(made.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    assert not made.flags(made.index(0, 1)) & Qt.ItemFlag.ItemIsEditable
    assert made.setData(made.index(0, 0), "新名")
    assert edits == [(7, "name", "新名")]


def test_scrolling_far_keeps_only_so_many_pages(clock, qapp) -> None:
    source = Source()
    made = TableModel(source.fetch, clock=clock)
    made.set_columns(COLUMNS)
    made.set_ids(array("q", range(100_000)))
    for row in range(0, 100_000, PAGE):
        made.value(row, 0)
    assert len(made._pages) <= 64


def test_rows_of_ids_are_found(model) -> None:
    assert model.row_of(500) == 499
    assert model.row_of(5000) == -1


def test_the_day_comes_from_the_clock(source, qapp) -> None:
    from datetime import date

    made = TableModel(source.fetch, clock=Clock(date(2026, 11, 20)))
    made.set_columns(COLUMNS)
    made.set_ids([1])
    assert text(made, 0, 2) == "昨天"
    QCoreApplication.processEvents()
