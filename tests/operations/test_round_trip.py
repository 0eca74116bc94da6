"""改完拖回来: out as a workbook, edited in some other program, and back."""

from __future__ import annotations

import random
import shutil
import subprocess
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmdesk.domain.customer import Contact, Customer, Point
from crmdesk.domain.money import MONEY_UNIT
from crmdesk.domain.order import Order
from crmdesk.domain.phrase import Refused
from crmdesk.domain.round_trip import CellKind, RowKind
from crmdesk.i18n import language
from crmdesk.operations import customers, history, orders, round_trip
from crmdesk.progress import Progress
from crmdesk.storage import customers as kept
from crmdesk.storage.database import create_database
from crmdesk.words.phrases import say
from crmdesk.words.round_trip import trip_notes

WANG = Customer(
    "王姐超市",
    code="K1",
    intent="high",
    address="文三路 1 号",
    source="老客户介绍",
    birthday="1985-08-15",
    birthday_calendar="solar",
    receivable=12_345 * MONEY_UNIT // 10,
    points=(Point("phone", "13800138000", "老板"), Point("wechat", "wangjie"), Point("phone", "0571-88881234")),
    contacts=(Contact("王芳", "店长"),),
    tags=("烟酒", "老客户"),
    extra={"车牌": "浙A12345"},
    province="浙江省",
    city="杭州市",
    district="西湖区",
)
LI = Customer("老李粮油", code="K2", points=(Point("phone", "13900001111"),), notes="爱喝茶\n要发票")
ZHAO = Customer("小赵便利店", kind="company", tier_given="B")


@pytest.fixture
def filled(database):
    """Three customers."""
    for customer in (WANG, LI, ZHAO):
        customers.add_customer(database, customer)
    return database


@pytest.fixture
def workbook(filled, tmp_path) -> Path:
    path = tmp_path / "改.xlsx"
    assert round_trip.export_for_editing(filled, path, Progress()) == 3
    return path


class Editor:
    """Another program at work on the workbook."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = openpyxl.load_workbook(path)
        self.sheet = self.book.worksheets[0]

    def column(self, header: str) -> int:
        return next(cell.column for cell in self.sheet[1] if cell.value == header)

    def row(self, name: str) -> int:
        column = self.column("客户")
        return next(row for row in range(2, self.sheet.max_row + 1) if self.sheet.cell(row, column).value == name)

    def put(self, name: str, header: str, value: object) -> None:
        self.sheet.cell(self.row(name), self.column(header)).value = value

    def save(self) -> Path:
        self.book.save(self.path)
        return self.path


@pytest.fixture
def editor(workbook) -> Editor:
    return Editor(workbook)


def compared(database, editor):
    return round_trip.compare(database, editor.save(), Progress())


def cells(found) -> dict:
    return {(row.name, cell.header): (cell.kind, cell.here, cell.there) for row in found.rows for cell in row.cells}


def take(database, found, chosen=None):
    return round_trip.apply(database, found, found.plain() if chosen is None else chosen, Progress())


def current(database, name):
    return next(r.customer for r in customers.all_customers(database) if r.customer.name == name)


def test_untouched_nothing_differs(filled, workbook):
    found = round_trip.compare(filled, workbook, Progress())
    assert not found
    assert not take(filled, found)


def test_the_workbook_is_known_by_its_hidden_sheet(workbook, tmp_path):
    assert round_trip.is_for_editing(workbook, Progress())
    plain = openpyxl.Workbook()
    plain.save(tmp_path / "plain.xlsx")
    assert not round_trip.is_for_editing(tmp_path / "plain.xlsx", Progress())
    assert not round_trip.is_for_editing(tmp_path / "missing.xlsx", Progress())


def test_ids_are_hidden_and_worked_out_columns_refuse_typing(editor):
    assert editor.sheet.column_dimensions["A"].hidden
    assert [sheet.sheet_state for sheet in editor.book.worksheets[1:]] == ["veryHidden", "veryHidden"]
    shut = {rule.formula1: rule for rule in editor.sheet.data_validations.dataValidation}["FALSE"]
    assert shut.showErrorMessage
    assert "状态（只看）" in [cell.value for cell in editor.sheet[1]]
    assert not editor.sheet.protection.sheet  # it could not be sorted otherwise


def test_intent_is_offered_as_a_list(editor):
    lists = {rule.formula1 for rule in editor.sheet.data_validations.dataValidation if rule.type == "list"}
    spelled = [editor.book.defined_names[name].attr_text for name in sorted(lists)]
    assert any("$1:" in text for text in spelled)
    offered = [[cell.value for cell in column] for column in editor.book["crmdesk choices"].iter_cols()]
    assert ["高", "中", "低"] in [[value for value in column if value] for column in offered]


def test_edits_come_back_in_one_step_and_go_again(filled, editor):
    before = history.logical_dump(filled)
    editor.put("王姐超市", "意向", "中")
    editor.put("王姐超市", "电话", "138 0013 8000、13711112222")
    editor.put("王姐超市", "欠款", 99.5)
    editor.put("王姐超市", "生日", date(1985, 8, 16))
    editor.put("王姐超市", "标签", "烟酒，月结")
    editor.put("王姐超市", "车牌", "浙A99999")
    editor.put("老李粮油", "备注", "爱喝茶\n不要发票")
    found = compared(filled, editor)
    assert found.counts["changed"] == 7
    changes = take(filled, found)
    assert say(changes.name) == "收回 改.xlsx 里改的"
    wang = current(filled, "王姐超市")
    assert (wang.intent, wang.receivable, wang.birthday) == ("medium", 995_000, "1985-08-16")
    assert [(p.kind, p.value, p.label) for p in wang.points] == [
        ("phone", "13800138000", "老板"),
        ("phone", "13711112222", ""),
        ("wechat", "wangjie", ""),
    ]
    assert (set(wang.tags), wang.extra) == ({"烟酒", "月结"}, {"车牌": "浙A99999"})
    assert current(filled, "老李粮油").notes == "爱喝茶\n不要发票"
    assert not round_trip.compare(filled, editor.path, Progress())
    history.undo(filled)
    assert history.logical_dump(filled) == before


def test_the_same_in_other_words_is_no_difference(filled, editor):
    editor.put("王姐超市", "电话", "138-0013-8000,0571-88881234")
    editor.put("王姐超市", "标签", "老客户;烟酒")
    editor.put("王姐超市", "欠款", "¥1,234.50")
    editor.put("王姐超市", "片区", "浙江杭州西湖")
    editor.put("王姐超市", "生日", "1985年8月15日")
    assert cells(compared(filled, editor)) == {}


def test_changed_on_both_sides_waits_for_a_word(filled, editor):
    customers.edit_customer(filled, current(filled, "老李粮油").id, notes="搬家了", intent="low")
    editor.put("老李粮油", "备注", "要发票")
    found = compared(filled, editor)
    (row,) = found.rows
    (cell,) = row.cells
    assert (cell.kind, cell.exported, cell.here, cell.there) == (
        CellKind.CONFLICT,
        "爱喝茶\n要发票",
        "搬家了",
        "要发票",
    )
    assert not take(filled, found)
    take(filled, found, {(0, "notes")})
    assert (current(filled, "老李粮油").notes, current(filled, "老李粮油").intent) == ("要发票", "low")


def test_the_same_edit_on_both_sides_is_no_conflict(filled, editor):
    customers.edit_customer(filled, current(filled, "老李粮油").id, notes="要发票")
    editor.put("老李粮油", "备注", "要发票")
    assert not compared(filled, editor)


def test_what_cannot_be_read_is_told_with_its_cell_and_left(filled, editor):
    editor.put("老李粮油", "电话", "没有号码")
    editor.put("老李粮油", "意向", "说不准")
    editor.put("老李粮油", "生日", "1985-13-40")
    editor.put("老李粮油", "欠款", "三五百块吧")
    found = compared(filled, editor)
    (row,) = found.rows
    assert {cell.kind for cell in row.cells} == {CellKind.UNREADABLE}
    assert row.row == editor.row("老李粮油")
    assert all(cell.note and "—" not in say(cell.note) for cell in row.cells)
    assert not list(found.possible())


def test_sorted_with_moved_deleted_and_added_columns(filled, editor):
    sheet = editor.sheet
    sheet.insert_rows(1)
    sheet["C1"] = "老板要的表"
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    for number, values in enumerate(reversed(rows), 3):
        for column, value in enumerate(values, 1):
            sheet.cell(number, column).value = value
    address = next(cell.column for cell in sheet[2] if cell.value == "地址")
    sheet.delete_cols(address)
    sheet.insert_cols(3)
    sheet["C2"] = "送货日"
    name = next(cell.column for cell in sheet[2] if cell.value == "客户")
    place = next(row for row in range(3, 6) if sheet.cell(row, name).value == "老李粮油")
    sheet.cell(place, 3).value = "周三"
    found = compared(filled, editor)
    assert cells(found) == {("老李粮油", "送货日"): (CellKind.CHANGED, "", "周三")}
    assert (found.added_columns, found.missing_columns) == (("送货日",), ("地址",))
    take(filled, found)
    assert current(filled, "老李粮油").extra == {"送货日": "周三"}
    assert current(filled, "王姐超市").address == "文三路 1 号"


def test_a_renamed_column_is_the_same_column(filled, editor):
    sheet = editor.sheet
    sheet.cell(1, editor.column("电话")).value = "手机号码"
    sheet.cell(1, editor.column("地址")).value = "住哪儿"
    editor.put("老李粮油", "手机号码", "13900002222")
    found = compared(filled, editor)
    assert dict(found.renamed_columns) == {"电话": "手机号码", "地址": "住哪儿"}
    assert (found.added_columns, found.missing_columns) == ((), ())
    assert cells(found) == {("老李粮油", "手机号码"): (CellKind.CHANGED, "13900001111", "13900002222")}
    take(filled, found)
    assert [point.value for point in current(filled, "老李粮油").points] == ["13900002222"]


def test_a_column_of_other_content_in_the_place_of_a_deleted_one_is_a_new_one(filled, editor):
    column = editor.column("来源")
    for row in range(1, 5):
        editor.sheet.cell(row, column).value = "送货日" if row == 1 else "周三"
    found = compared(filled, editor)
    assert (found.renamed_columns, found.added_columns, found.missing_columns) == ((), ("送货日",), ("来源",))


def test_a_renamed_column_of_blanks_is_the_same_column(filled, editor):
    for name in ("王姐超市", "老李粮油", "小赵便利店"):
        customers.edit_customer(filled, current(filled, name).id, notes="")
    round_trip.export_for_editing(filled, editor.path, Progress())
    fresh = Editor(editor.path)
    fresh.sheet.cell(1, fresh.column("备注")).value = "说明"
    fresh.put("老李粮油", "说明", "要发票")
    found = compared(filled, fresh)
    assert (dict(found.renamed_columns), found.added_columns, found.missing_columns) == ({"备注": "说明"}, (), ())
    take(filled, found)
    assert current(filled, "老李粮油").notes == "要发票"


def test_a_renamed_and_rewritten_column_is_the_same_column(filled, editor):
    column = editor.column("来源")
    editor.sheet.cell(1, column).value = "客户来源"
    editor.sheet.cell(editor.row("王姐超市"), column).value = "展会"
    found = compared(filled, editor)
    assert dict(found.renamed_columns) == {"来源": "客户来源"}
    assert cells(found) == {("王姐超市", "客户来源"): (CellKind.CHANGED, "老客户介绍", "展会")}


def test_what_is_typed_where_nothing_is_read_back_is_said(filled, editor):
    shown = next(cell.value for cell in editor.sheet[1] if str(cell.value).endswith("（只看）"))
    editor.put("王姐超市", shown, "最好的")
    editor.put("王姐超市", "备注", "爱喝茶")
    found = compared(filled, editor)
    row = next(row for row in found.rows if row.name == "王姐超市")
    kinds = {cell.header: cell.kind for cell in row.cells}
    assert kinds == {"备注": CellKind.CHANGED, shown: CellKind.LOOK_ONLY}
    told = next(cell for cell in row.cells if cell.kind is CellKind.LOOK_ONLY)
    assert (told.there, say(told.note)) == ("最好的", "这一列只能看，写的“最好的”没有收。")
    assert found.counts["look_only"] == 1
    assert found.plain() == {(found.rows.index(row), "notes")}


def test_figures_that_moved_on_since_the_export_are_nobodys_edit(filled, editor):
    wang = current(filled, "王姐超市")
    orders.add_order(filled, Order(wang.id, date(2026, 11, 20), amount=900 * MONEY_UNIT))
    assert not compared(filled, editor)


def test_a_column_to_look_at_that_was_renamed_stays_one(filled, editor):
    wang = current(filled, "王姐超市")
    orders.add_order(filled, Order(wang.id, date(2026, 11, 20), amount=900 * MONEY_UNIT))
    round_trip.export_for_editing(filled, editor.path, Progress())
    fresh = Editor(editor.path)
    fresh.sheet.cell(1, fresh.column("状态（只看）")).value = "现在怎样"
    found = compared(filled, fresh)
    assert (found.added_columns, found.rows) == ((), ())


def test_phones_of_contacts_are_edited_each_with_its_own(filled, tmp_path):
    wang = current(filled, "王姐超市")
    people = (
        Contact("王芳", "店长", points=(Point("phone", "13700000001"), Point("phone", "13700000002"))),
        Contact("小李", points=(Point("phone", "13700000003", "仓库"), Point("wechat", "xiaoli"))),
        Contact("会计"),
    )
    customers.edit_customer(filled, wang.id, contacts=people)
    path = tmp_path / "a.xlsx"
    round_trip.export_for_editing(filled, path, Progress())
    editor = Editor(path)
    assert not compared(filled, editor)
    editor.put("王姐超市", "联系人电话", "13700000001；13700000004；13700000005")
    take(filled, compared(filled, editor))
    kept = [[(p.kind, p.value, p.label) for p in c.points] for c in current(filled, "王姐超市").contacts]
    assert kept == [
        [("phone", "13700000001", "")],
        [("phone", "13700000004", ""), ("wechat", "xiaoli", "")],
        [("phone", "13700000005", "")],
    ]
    editor = Editor(path)
    editor.put("王姐超市", "联系人电话", "13700000001")  # whose?
    [row] = compared(filled, editor).rows
    assert [(cell.kind, cell.note.code) for cell in row.cells] == [(CellKind.UNREADABLE, "several_contact_phones")]


def test_without_the_id_column_rows_are_known_by_what_they_say(filled, editor):
    editor.sheet.delete_cols(1)
    editor.put("王姐超市", "客户", "王姐生鲜超市")  # known by its code
    editor.put("老李粮油", "编号", None)  # known by its phone
    editor.put("小赵便利店", "备注", "新开的")  # known by its name, which nobody else has
    found = compared(filled, editor)
    assert {(row.kind, row.name) for row in found.rows} == {
        (RowKind.CHANGED, "王姐超市"),
        (RowKind.CHANGED, "老李粮油"),
        (RowKind.CHANGED, "小赵便利店"),
    }
    assert found.counts["changed"] == 3


def test_new_rows_are_added_and_missing_ones_only_where_asked(filled, editor):
    editor.sheet.delete_rows(editor.row("小赵便利店"))
    row = editor.sheet.max_row + 1
    editor.sheet.cell(row, editor.column("客户")).value = "陈记五金"
    editor.sheet.cell(row, editor.column("电话")).value = 13655556666
    editor.sheet.cell(row + 1, editor.column("备注")).value = "这一行没有名字"
    editor.sheet.cell(row + 2, editor.column("客户")).value = "另一家"
    editor.sheet.cell(row + 2, editor.column("电话")).value = "13900001111"
    found = compared(filled, editor)
    kinds = {row.kind: row for row in found.rows if row.note is None}
    assert set(kinds) == {RowKind.NEW, RowKind.DELETED}
    doubtful = {row.note.code for row in found.rows if row.note}
    assert doubtful == {"trip_nameless", "trip_already_there"}
    take(filled, found)
    assert current(filled, "陈记五金").points == (Point("phone", "13655556666"),)
    assert current(filled, "小赵便利店").tier_given == "B"
    again = round_trip.compare(filled, editor.path, Progress())
    gone = next(choice for choice in again.possible() if again.rows[choice[0]].kind is RowKind.DELETED)
    take(filled, again, {gone})
    assert "小赵便利店" not in [r.customer.name for r in customers.all_customers(filled)]


def test_a_copied_row_is_a_new_one(filled, editor):
    sheet, source = editor.sheet, editor.row("小赵便利店")
    target = sheet.max_row + 1
    for column in range(1, sheet.max_column + 1):
        sheet.cell(target, column).value = sheet.cell(source, column).value
    sheet.cell(target, editor.column("客户")).value = "小赵二店"
    found = compared(filled, editor)
    assert [(row.kind, row.name) for row in found.rows] == [(RowKind.NEW, "小赵二店")]


def test_deleted_here_but_edited_there_waits_for_a_word(filled, editor):
    customers.delete_customers(filled, [current(filled, "老李粮油").id])
    found = compared(filled, editor)
    assert not found
    editor.put("老李粮油", "备注", "改了")
    (row,) = compared(filled, editor).rows
    assert (row.kind, say(row.note)) == (RowKind.GONE, "导出以后在这里删掉了。勾上就重新建一个。")


def test_a_touched_memory_makes_every_difference_a_conflict(filled, editor):
    editor.book["crmdesk"].cell(5, 4).value = "动过"
    editor.put("王姐超市", "备注", "新的备注")
    editor.put("老李粮油", "备注", "新的备注")
    editor.put("小赵便利店", "备注", "新的备注")
    assert sorted(kind for kind, _here, _there in cells(compared(filled, editor)).values()) == [
        "changed",
        "changed",
        "conflict",
    ]


def test_a_workbook_of_another_file_is_refused(editor, tmp_path, clock):
    other = create_database(tmp_path / "other.crmdesk", clock)
    with pytest.raises(Refused, match="round_trip_other_file"):
        round_trip.compare(other, editor.path, Progress())
    other.close()


def test_a_plain_sheet_is_refused(filled, tmp_path):
    openpyxl.Workbook().save(tmp_path / "plain.xlsx")
    with pytest.raises(Refused, match="not_for_editing"):
        round_trip.compare(filled, tmp_path / "plain.xlsx", Progress())


def test_what_changed_after_the_comparison_is_not_overwritten(filled, editor):
    editor.put("老李粮油", "备注", "要发票")
    found = compared(filled, editor)
    customers.edit_customer(filled, current(filled, "老李粮油").id, notes="刚刚改的")
    with pytest.raises(Refused, match="row_moved_on"):
        take(filled, found)
    assert current(filled, "老李粮油").notes == "刚刚改的"


def test_exported_in_english_it_comes_back_into_a_chinese_window(filled, tmp_path):
    with language("en"):
        round_trip.export_for_editing(filled, tmp_path / "a.xlsx", Progress())
    assert not round_trip.compare(filled, tmp_path / "a.xlsx", Progress())


def test_only_the_chosen_go_out(filled, tmp_path):
    chosen = [current(filled, "老李粮油").id]
    assert round_trip.export_for_editing(filled, tmp_path / "a.xlsx", Progress(), chosen) == 1
    assert not round_trip.compare(filled, tmp_path / "a.xlsx", Progress())


def test_a_csv_is_no_workbook_for_editing(filled, tmp_path):
    with pytest.raises(Refused, match="editing_needs_xlsx"):
        round_trip.export_for_editing(filled, tmp_path / "a.csv", Progress())


# fmt: off
NASTY_TEXTS = (
    "=1+1", " 前后空格 ", "两\n行", "回\r\n车", "123456789012345678901", "ＡＢＣ１２３", "0123", "1e5", "TRUE", "#N/A",
    "2024-05-01", "_x000D_", "_x0041_", "'引号", "@x", "+86", "-5", "无", "<b>&amp;", "a、b，c;d", "\x0b", "\ufffe",
)
# fmt: on
NASTY = st.one_of(
    st.text(max_size=40),
    st.sampled_from(NASTY_TEXTS),
)
NASTY_CUSTOMERS = st.lists(
    st.builds(
        Customer,
        name=NASTY.map(lambda text: text.strip() or "客户"),
        code=NASTY,
        address=NASTY,
        source=NASTY,
        notes=NASTY,
        intent=st.sampled_from(["", "high", "medium", "low"]),
        kind=st.sampled_from(["", "company", "person"]),
        receivable=st.none() | st.integers(-(10**13), 10**13),
        reward_points=st.none() | st.integers(0, 10**9),
        birthday=st.sampled_from(["", "1985-08-15", "--02-29", "1850-01-01"]),
        birthday_calendar=st.sampled_from(["solar", "lunar"]),
        points=st.lists(
            st.builds(Point, st.sampled_from(["phone", "wechat", "email", "qq", "fax"]), NASTY, NASTY),
            max_size=3,
            unique_by=lambda point: (point.kind, point.value),
        ).map(tuple),
        contacts=st.lists(st.builds(Contact, NASTY, NASTY), max_size=2).map(tuple),
        tags=st.lists(NASTY.map(lambda text: text.strip() or "签"), max_size=3, unique=True).map(tuple),
        extra=st.dictionaries(st.sampled_from(["自己的列", "客户", "电话 ", "x\ny"]), NASTY, max_size=2),
        city=NASTY,
    ),
    min_size=5,
    max_size=25,
)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(NASTY_CUSTOMERS)
def test_nasty_texts_come_back_as_they_went(tmp_path, clock, everybody):
    for old in tmp_path.iterdir():
        old.unlink() if old.is_file() else shutil.rmtree(old)
    database = create_database(tmp_path / "a.crmdesk", clock)
    try:
        with database.write("add_customer", name="x") as step:
            for customer in everybody:
                kept.add(step, customer, known_since=clock.today())
        round_trip.export_for_editing(database, tmp_path / "a.xlsx", Progress())
        found = round_trip.compare(database, tmp_path / "a.xlsx", Progress())
        assert (cells(found), [row.kind for row in found.rows]) == ({}, [])
    finally:
        database.close()


TEXTS = (
    "=1+1",
    " 空格 ",
    "两\n行",
    "123456789012345678901",
    "ＡＢＣ１２３",
    "0123",
    "_x0041_",
    "a、b",
    "2024-05-01",
    "#N/A",
)


def _thousand(database, clock):
    with database.write("add_customer", name="x") as step:
        for number in range(1000):
            text = TEXTS[number % len(TEXTS)]
            customer = Customer(
                f"客户{number}{text}",
                code=text * (number % 3 == 0),
                notes=f"{text}\n{number}",
                receivable=number * 33 - 9 if number % 2 else None,
                points=(Point("phone", f"138{number:08}"), Point("wechat", text)),
                tags=(text.strip(),),
                contacts=(
                    Contact(f"甲{number}{text}", points=(Point("phone", f"137{number:08}"),)),
                    Contact(
                        f"乙{number}", "经理", points=(Point("phone", f"136{number:08}"), Point("qq", str(number)))
                    ),
                )[: number % 3],
                extra={"自己的列": text},
                birthday="1985-08-15" if number % 4 else "",
            )
            kept.add(step, customer, known_since=clock.today())


def test_a_thousand_rows_come_back_the_same(database, clock, tmp_path):
    _thousand(database, clock)
    assert round_trip.export_for_editing(database, tmp_path / "a.xlsx", Progress()) == 1000
    assert not round_trip.compare(database, tmp_path / "a.xlsx", Progress())


@pytest.mark.skipif(shutil.which("libreoffice") is None, reason="LibreOffice is not installed")
def test_saved_by_libreoffice_only_what_was_planted_differs(database, clock, tmp_path):
    _thousand(database, clock)
    path = tmp_path / "a.xlsx"
    round_trip.export_for_editing(database, path, Progress())
    _saved_by_libreoffice(path, tmp_path)
    assert not round_trip.compare(database, path, Progress())
    editor = Editor(path)
    for name in (f"客户503{TEXTS[3]}", f"客户505{TEXTS[5]}"):
        editor.put(name, "备注", "那边改的")
    customers.edit_customer(database, current(database, f"客户505{TEXTS[5]}").id, notes="这边改的")
    customers.edit_customer(database, current(database, f"客户507{TEXTS[7]}").id, notes="这边改的")
    _saved_by_libreoffice(editor.save(), tmp_path)
    found = round_trip.compare(database, path, Progress())
    assert {name: kind for (name, _header), (kind, _here, _there) in cells(found).items()} == {
        f"客户503{TEXTS[3]}": CellKind.CHANGED,
        f"客户505{TEXTS[5]}": CellKind.CONFLICT,
    }


@pytest.mark.skipif(shutil.which("libreoffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("with_ids", [True, False])
def test_sorted_moved_and_renamed_in_libreoffice_only_what_was_edited_differs(database, clock, tmp_path, with_ids):
    _thousand(database, clock)
    path = tmp_path / "a.xlsx"
    round_trip.export_for_editing(database, path, Progress())
    editor = Editor(path)
    sheet = editor.sheet
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    shuffled = random.Random(1).sample(rows, len(rows))
    for number, values in enumerate(shuffled, 2):
        for column, value in enumerate(values, 1):
            sheet.cell(number, column).value = value
            if isinstance(value, str):
                sheet.cell(number, column).data_type = "s"  # else "=1+1" becomes a formula
    sheet.cell(1, editor.column("电话")).value = "手机号码"
    sheet.delete_cols(editor.column("微信"))
    sheet.insert_cols(4)
    edited, gone = f"客户504{TEXTS[4]}", f"客户600{TEXTS[0]}"
    editor.put(edited, "手机号码", "13900002222")
    sheet.delete_rows(editor.row(gone))
    if not with_ids:
        sheet.delete_cols(1)
    editor.sheet.append([None] * (editor.column("客户") - 1) + ["新来的"])
    _saved_by_libreoffice(editor.save(), tmp_path)
    found = round_trip.compare(database, path, Progress())
    assert dict(found.renamed_columns) == {"电话": "手机号码"}
    assert {(row.kind, row.name) for row in found.rows} == {
        (RowKind.CHANGED, edited),
        (RowKind.DELETED, gone),
        (RowKind.NEW, "新来的"),
    }
    assert cells(found)[edited, "手机号码"] == (CellKind.CHANGED, "13800000504", "13900002222")


def _saved_by_libreoffice(path, folder):
    """The same workbook, opened and saved by LibreOffice."""
    office = ["libreoffice", f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*office, "--outdir", folder / "saved", path], check=True, capture_output=True)
    shutil.copy(folder / "saved" / path.name, path)


def test_rows_sorted_without_the_hidden_column_are_known_again_and_that_is_told(filled, editor):
    rows = [[cell.value for cell in row][1:] for row in editor.sheet.iter_rows(min_row=2)]
    for number, cells_of in enumerate(reversed(rows), 2):
        for place, value in enumerate(cells_of, 2):
            editor.sheet.cell(number, place).value = value
    editor.put("老李粮油", "备注", "改过")
    found = compared(filled, editor)
    assert cells(found) == {("老李粮油", "备注"): (CellKind.CHANGED, "爱喝茶\n要发票", "改过")}
    assert found.strayed == 2
    assert list(trip_notes(found)) == ["有 2 行排序时没带上隐藏的第一列，已按名字和电话认回来。"]


def test_a_formula_that_was_never_worked_out_is_not_taken_for_a_text(filled, editor):
    editor.put("老李粮油", "备注", "=1+1")
    found = compared(filled, editor)
    assert [(kind, there) for kind, _here, there in cells(found).values()] == [(CellKind.UNREADABLE, "=…")]
    assert not found.plain()
