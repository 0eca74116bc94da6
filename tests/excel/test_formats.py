"""Every format gives the same grid: rows from row 1, columns from A, blanks as blanks."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from crmdesk.domain.phrase import Refused
from crmdesk.excel.formats import sheets_of
from crmdesk.excel.formats_encoding import text_encoding
from crmdesk.excel.gate import admit
from crmdesk.excel.grid import NO_VALUE, Grid, cell_text

CHINESE = "客户名称,电话\n王姐超市,13800138000\n老张五金店,0571-88881234\n"


def grid_of_file(path: Path) -> Grid:
    return sheets_of(admit(path))[0].load()


def rows_of_text(folder: Path, content: bytes) -> list[list[object]]:
    path = folder / "a.csv"
    path.write_bytes(content)
    return list(grid_of_file(path).rows())


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
    ],
)
def test_chinese_is_read_in_every_encoding(tmp_path: Path, encoding: str, expected: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(CHINESE.encode(encoding))
    grid = grid_of_file(path)
    assert grid.encoding == expected
    assert next(iter(grid.rows())) == ["客户名称", "电话"]


def test_a_sign_of_four_bytes_is_chinese(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_bytes("Order,Price\n1,¥19.9\n2,¥35\n".encode("gb18030"))
    assert list(grid_of_file(path).rows())[1] == ["1", "¥19.9"]


def test_big5_is_not_taken_for_gb18030(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(
        "客戶名稱,電話號碼\n陳小明,0912345678\n林志玲,0922333444\n王大同有限公司,台北市信義區\n".encode("big5")
    )
    with path.open("rb") as file:
        assert text_encoding(file) == "big5"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ("a;b\n1,5;2\n", [["a", "b"], ["1,5", "2"]]),
        ("a\tb\n1\t2\n", [["a", "b"], ["1", "2"]]),
        ("a|b\n1|2\n", [["a", "b"], ["1", "2"]]),
        ("sep=;\na;b\n1;2\n", [["", ""], ["a", "b"], ["1", "2"]]),
        ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
        ('a,b\n"x\ny",2\n', [["a", "b"], ["x\ny", "2"]]),
        ('a,b\n"say ""hi""",2\n', [["a", "b"], ['say "hi"', "2"]]),
        ("a,b,c\n\0,2,3\n", [["a", "b", "c"], ["", "2", "3"]]),
        ("a,b,c\n1\n", [["a", "b", "c"], ["1", "", ""]]),
        ("name\n老王\n", [["name"], ["老王"]]),
        (" id  date   money\n 001 19970101  29.33\n 002 19970102  3.00\n", [["id", "date", "money"]]),
    ],
)
def test_separators_quotes_and_line_ends(tmp_path: Path, content: str, expected: list[list[object]]) -> None:
    assert rows_of_text(tmp_path, content.encode())[: len(expected)] == expected


def test_text_that_a_shop_keeps_as_a_formula_is_that_text(tmp_path: Path) -> None:
    content = '订单号,电话,备注\n="1234567890123456","=""013800138000""",=""\n=1+1,"=""a""&""b""",x\n'
    assert rows_of_text(tmp_path, content.encode())[1:] == [
        ["1234567890123456", "013800138000", ""],
        ["=1+1", '="a"&"b"', "x"],
    ]


def test_a_quote_that_never_closes_does_not_swallow_the_file(tmp_path: Path) -> None:
    lines = [
        "姓名,备注,金额",
        '老王,5" 管,3',
        *(f'客户{n},"未结束,{n}' for n in range(1)),
        *(f"客户{n},好的备注,{n}" for n in range(900)),
    ]
    rows = rows_of_text(tmp_path, "\n".join(lines).encode())
    assert len(rows) == len(lines)


def test_a_file_of_blanks_is_empty(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="file_empty"):
        rows_of_text(tmp_path, b" \r\n\r\n")


@given(st.binary(min_size=1, max_size=400))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "a.csv"
    path.write_bytes(content)
    try:
        grid = grid_of_file(path)
    except Refused:
        return
    assert all(len(cells) == grid.width for cells in grid.rows())


def test_an_html_table_named_xls(tmp_path: Path) -> None:
    path = tmp_path / "订单.xls"
    html = (
        '<html><head><meta charset="gb2312"><style>td{x:y}</style></head><table>'
        "<tr><th colspan=2>联系&amp;方式</th><th rowspan=2>备注</th></tr>"
        "<tr><td>电话<td>微信</tr><tr><td>138<br>139</td><td><b>wx</b>1</td><td> 好  客户 </td></tr></table></html>"
    )
    path.write_bytes(html.encode("gbk"))
    grid = grid_of_file(path)
    assert list(grid.rows()) == [["联系&方式", "", "备注"], ["电话", "微信", ""], ["138\n139", "wx1", "好 客户"]]
    assert grid.merges == [(0, 0, 0, 1), (0, 2, 1, 2)]


def test_an_xml_spreadsheet_of_2003(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="客户"><Table>'
        '<Row ss:Index="2"><Cell ss:Index="2"><Data ss:Type="String">姓名</Data></Cell>'
        '<Cell><Data ss:Type="String">日期</Data></Cell></Row>'
        '<Row><Cell ss:Index="2" ss:MergeDown="1"><Data ss:Type="Number">5</Data></Cell>'
        '<Cell><Data ss:Type="DateTime">2024-03-05T00:00:00.000</Data></Cell></Row>'
        "</Table></Worksheet></Workbook>",
        encoding="utf-8",
    )
    grid = grid_of_file(path)
    assert grid.name == "客户"
    assert list(grid.rows()) == [["", "", ""], ["", "姓名", "日期"], ["", 5.0, date(2024, 3, 5)]]
    assert grid.merges == [(2, 1, 3, 1)]


def test_a_workbook_keeps_its_rows_columns_merges_and_hidden_rows(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet["B3"], sheet["C3"], sheet["B4"], sheet["C4"] = "姓名", "日期", "老王", datetime(2024, 3, 5, 10, 30)
    sheet["B5"], sheet["C5"] = "老李", datetime(2024, 3, 6)
    sheet.merge_cells("B7:B8")
    sheet.row_dimensions[5].hidden = True
    book.create_sheet("藏").sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    sources = sheets_of(admit(tmp_path / "a.xlsx"))
    grid = sources[0].load()
    rows = list(grid.rows())
    assert [source.hidden for source in sources] == [False, True]
    assert rows[2] == ["", "姓名", "日期"]
    assert rows[3] == ["", "老王", datetime(2024, 3, 5, 10, 30)]
    assert rows[4][2] == date(2024, 3, 6)
    assert (6, 1, 7, 1) in grid.merges
    assert grid.marks.hidden_rows == {5}


def test_error_values_and_uncalculated_formulas_are_marked(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["a", "b", "c"])
    book.active.append(["#N/A", "=1/0", 3])
    book.active["A2"].data_type = "e"
    book.active["A3"] = "x"
    book.active["H3"] = "=A1&A2"
    book.save(tmp_path / "a.xlsx")
    grid = grid_of_file(tmp_path / "a.xlsx")
    assert grid.marks.cells == {2: {0: "#N/A", 1: NO_VALUE}, 3: {7: NO_VALUE}}
    assert grid.width == 8
    assert all(len(cells) == 8 for cells in grid.rows())


def test_error_values_and_hidden_rows_of_an_opendocument_sheet(tmp_path: Path) -> None:
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    cell = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    error = (
        '<table:table-cell xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
        ' calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    )
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", "<manifest/>")
        package.writestr(
            "content.xml",
            f'<office:document-content{names}><office:body><office:spreadsheet><table:table table:name="客户">'
            f'<table:table-row>{cell}<table:table-cell table:number-columns-repeated="2"/>{error}</table:table-row>'
            f'<table:table-row table:visibility="collapse" table:number-rows-repeated="2">{cell}</table:table-row>'
            f"<table:table-row>{cell}</table:table-row>"
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    grid = grid_of_file(tmp_path / "a.ods")
    assert grid.marks.cells == {1: {3: "#DIV/0!"}}
    assert grid.marks.hidden_rows == {2, 3}
    assert grid.height == 4


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (13800138000.0, "13800138000"),
        (1.5, "1.5"),
        (True, "TRUE"),
        ("x", "x"),
        (date(2024, 3, 5), "2024-03-05"),
        ("", ""),
        (NO_VALUE, "=…"),
    ],
)
def test_a_raw_cell_is_shown_as_in_the_sheet(cell: object, text: str) -> None:
    assert cell_text(cell) == text


def test_a_moment_is_shown_with_its_time_and_a_midnight_without() -> None:
    assert cell_text(datetime(2024, 3, 5, 10, 30)) == "2024-03-05 10:30:00"
    assert cell_text(datetime(2024, 3, 5)) == "2024-03-05"
