"""按老板的表: recognised, filled as a new workbook, remembered."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

from crmdesk.domain.customer import Contact, Customer, Point
from crmdesk.domain.money import MONEY_UNIT
from crmdesk.domain.order import Order
from crmdesk.domain.phrase import Refused
from crmdesk.operations import customers, orders, sheet_templates
from crmdesk.progress import Progress

NAMES = ("阿宝酒楼", "百味小厨", "陈记面馆", "东来顺", "恩施酒家")


@pytest.fixture
def filled(database):
    """Five customers; the first bought, has a phone only at his contact and a column of the user's own."""
    for place, name in enumerate(NAMES):
        points = () if place == 0 else (Point("phone", f"1380013800{place}"),)
        contacts = (Contact("王芳", points=(Point("phone", "13900139000"),)),) if place == 0 else ()
        extra = {"车牌": f"浙A{place}"}
        added = customers.add_customer(database, Customer(name, points=points, contacts=contacts, extra=extra))
        if place == 0:
            order = Order(customer_id=added.new_id, ordered_on=date(2026, 11, 2), amount=25_000 * MONEY_UNIT)
            orders.add_order(database, order)
    return database


def boss_table(path, old_rows=0, blank_rows=0):
    """A title over the table, a two-line header, rows, a total and a signature."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "月报"
    sheet["A1"] = "客户月报表"
    sheet.merge_cells("A1:G1")
    sheet["A1"].font = Font(size=20, bold=True)
    for column, text in enumerate(("序号", "客户名称", "联系方式", None, "累计金额(万元)", "车牌", "老板批示"), 1):
        sheet.cell(3, column).value = text
    sheet["C4"], sheet["D4"] = "联系人", "电话"
    sheet.merge_cells("C3:D3")
    line = Side(style="thin")
    row = 5
    for number in range(old_rows + blank_rows):
        for column in range(1, 8):
            cell = sheet.cell(row, column)
            cell.border = Border(line, line, line, line)
            cell.fill = PatternFill("solid", fgColor="EEEEEE" if number % 2 else "FFFFFF")
        if number < old_rows:
            for column, value in enumerate((number + 1, f"旧客户{number}", "旧人", "13700137000", 9.9), 1):
                sheet.cell(row, column).value = value
        sheet.row_dimensions[row].height = 25
        row += 1
    sheet.cell(row, 1).value = "合计"
    sheet.cell(row, 5).value = f"=SUM(E5:E{max(row - 1, 5)})"
    sheet.cell(row, 1).font = Font(bold=True)
    sheet.cell(row + 1, 1).value = "制表人：小李"
    sheet.merge_cells(start_row=row + 1, end_row=row + 1, start_column=1, end_column=7)
    sheet.column_dimensions["B"].width = 31
    choices = DataValidation("list", '"好,不好"')
    choices.add(f"G5:G{max(row - 1, 5)}")
    sheet.add_data_validation(choices)
    sheet.conditional_formatting.add(f"E5:E{max(row - 1, 5)}", CellIsRule("greaterThan", ["1"], font=Font(bold=True)))
    book.create_sheet("上月")["A1"] = "上月的数据"
    book.save(path)
    return path


def written(database, path, tmp_path, ids=None):
    template = sheet_templates.recognise(database, path, Progress())
    target = tmp_path / "出.xlsx"
    sheet_templates.fill(database, template, target, Progress(), ids)
    return openpyxl.load_workbook(target)


def test_its_columns_are_recognised(filled, tmp_path):
    template = sheet_templates.recognise(filled, boss_table(tmp_path / "老板.xlsx", 2), Progress())
    assert (template.name, template.sheet, template.header_row) == ("老板", "月报", 4)
    assert [(one.header, one.key, one.unit) for one in template.columns] == [
        ("序号", "row_number", 1),
        ("客户名称", "name", 1),
        ("联系人", "contact_name", 1),
        ("电话", "phone", 1),
        ("累计金额(万元)", "order_total", 10_000),
        ("车牌", "extra:车牌", 1),
        ("老板批示", "", 1),
    ]


@pytest.mark.parametrize(("old", "blank"), [(0, 0), (0, 3), (0, 8), (2, 0), (7, 0), (2, 4)])
def test_the_copy_is_filled_and_what_is_around_it_stays(filled, tmp_path, old, blank):
    book = written(filled, boss_table(tmp_path / "老板.xlsx", old, blank), tmp_path)
    sheet = book["月报"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(5, 9, 1, 7)]
    assert [row[:2] for row in rows] == [[place, name] for place, name in enumerate(NAMES, 1)]
    assert rows[0][2:] == ["王芳", "13900139000", 2.5, "浙A0", None]
    assert rows[1][3] == "13800138001"
    last = 12 if blank == 8 else 9
    foot = last + 1
    assert sheet.cell(foot, 1).value == "合计"
    assert sheet.cell(foot, 1).font.bold
    if (old, blank) != (0, 0):
        assert sheet.cell(foot, 5).value == f"=SUM(E5:E{last})"
        assert sheet.cell(9, 2).border.left.style == "thin"
        assert sheet.row_dimensions[9].height == 25
    assert sheet.cell(foot + 1, 1).value == "制表人：小李"
    assert {str(one) for one in sheet.merged_cells.ranges} == {"A1:G1", "C3:D3", f"A{foot + 1}:G{foot + 1}"}
    assert (sheet["A1"].value, sheet["A1"].font.size, sheet.column_dimensions["B"].width) == ("客户月报表", 20, 31)
    assert [cell.value for cell in sheet[foot + 2]] == [None] * 7
    assert book.sheetnames == ["月报"]


@pytest.mark.parametrize("merged", [True, False])
def test_the_foot_of_a_half_filled_form_without_lines_stays(filled, tmp_path, merged):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["序号", "客户名称", "联系人", "电话", "累计金额(万元)"],
        [1, "上周的客户", None, None, 1.2],
        [2],
        [3],
        ["合计", None, None, None, "=SUM(E2:E4)"],
        [],
        ["说明：等级按 A/B/C 填写"],
    ):
        sheet.append(row)
    if merged:
        sheet.merge_cells("A7:E7")
    book.save(tmp_path / "半张.xlsx")
    sheet = written(filled, tmp_path / "半张.xlsx", tmp_path).active
    assert [sheet.cell(row, 2).value for row in range(2, 7)] == list(NAMES)
    assert [sheet.cell(7, column).value for column in (1, 5)] == ["合计", "=SUM(E2:E6)"]
    assert sheet["A9"].value == "说明：等级按 A/B/C 填写"


def test_choices_and_colours_reach_as_far_as_the_rows(filled, tmp_path):
    sheet = written(filled, boss_table(tmp_path / "老板.xlsx", 2), tmp_path)["月报"]
    assert [str(rule.sqref) for rule in sheet.data_validations.dataValidation] == ["G5:G9"]
    assert [str(one.sqref) for one in sheet.conditional_formatting] == ["E5:E9"]


def test_only_the_chosen_in_their_order(filled, tmp_path):
    ids = [record.customer.id for record in customers.all_customers(filled)]
    sheet = written(filled, boss_table(tmp_path / "老板.xlsx", 4), tmp_path, [ids[3], ids[0]])["月报"]
    assert [sheet.cell(row, 2).value for row in (5, 6)] == [NAMES[3], NAMES[0]]
    assert (sheet.cell(7, 1).value, sheet.cell(7, 5).value) == ("合计", "=SUM(E5:E6)")


def test_text_of_users_is_never_a_formula(database, tmp_path):
    customers.add_customer(database, Customer('=HYPERLINK("http://x")', notes="@SUM(A1)"))
    book = openpyxl.Workbook()
    book.active.append(["客户名称", "备注"])
    book.save(tmp_path / "老板.xlsx")
    sheet = written(database, tmp_path / "老板.xlsx", tmp_path).active
    assert [(cell.value, cell.data_type) for cell in sheet[2]] == [('=HYPERLINK("http://x")', "s"), ("@SUM(A1)", "s")]


def test_remembered_by_name_the_last_one_first(filled, tmp_path):
    for name in ("甲", "乙"):
        sheet_templates.keep(
            filled, sheet_templates.recognise(filled, boss_table(tmp_path / f"{name}.xlsx"), Progress())
        )
    assert sheet_templates.kept_names(filled) == ["乙", "甲"]
    first = sheet_templates.kept(filled, "甲")
    sheet_templates.keep(filled, first)
    assert sheet_templates.kept_names(filled) == ["甲", "乙"]
    (tmp_path / "甲.xlsx").unlink()
    assert sheet_templates.fill(filled, first, tmp_path / "出.xlsx", Progress()) == 5
    with pytest.raises(Refused, match="no_such_template"):
        sheet_templates.kept(filled, "丙")


def test_the_table_itself_is_never_written_over(filled, tmp_path):
    path = boss_table(tmp_path / "老板.xlsx")
    before = path.read_bytes()
    with pytest.raises(Refused, match="template_is_target"):
        sheet_templates.fill(filled, sheet_templates.recognise(filled, path, Progress()), path, Progress())
    assert path.read_bytes() == before


def test_what_is_no_such_table_is_refused(filled, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["2026年", "随便写写"])
    book.save(tmp_path / "空.xlsx")
    (tmp_path / "假.xlsx").write_text("客户名称,电话\n甲,1", encoding="utf-8")
    for name, code in (("空.xlsx", "template_no_header"), ("假.xlsx", "template_needs_xlsx")):
        with pytest.raises(Refused, match=code):
            sheet_templates.recognise(filled, tmp_path / name, Progress())
    with pytest.raises(Refused, match="template_needs_xlsx"):
        sheet_templates.recognise(filled, tmp_path / "旧.xls", Progress())


def test_what_can_go_into_a_column_is_named_with_examples(filled):
    names = dict(sheet_templates.facts(filled))
    assert (names["name"], names["extra:车牌"], names[""]) == ("客户", "车牌", "")
    found = sheet_templates.examples(filled, ["name", "row_number", "order_total"])
    assert found == {"name": list(NAMES[:3]), "row_number": ["1", "2", "3"], "order_total": ["25000", "", ""]}
