"""What a file is, by its bytes; and what never reaches a reader."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook

from crmdesk.domain.phrase import Refused
from crmdesk.excel.gate import admit
from crmdesk.excel.gate_package import MAX_PART, MAX_PARTS, Format


def write_workbook(path: Path, value: str = "王姐超市") -> Path:
    book = Workbook()
    book.active.append(["客户名称", "电话"])
    book.active.append([value, "13800138000"])
    book.save(path)
    return path


def write_encrypted(path: Path, password: str) -> Path:
    plain = io.BytesIO()
    book = Workbook()
    book.active.append(["客户名称"])
    book.save(plain)
    plain.seek(0)
    with path.open("wb") as file:
        OOXMLFile(plain).encrypt(password, file)
    return path


def write_package(path: Path, **parts: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def refusal(path: Path, password: str = "") -> str:
    with pytest.raises(Refused) as caught:
        admit(path, password)
    assert caught.value.phrase.values["file"] == path.name
    return caught.value.phrase.code


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.csv", "客户,电话\n王姐,1\n".encode(), Format.TEXT),
        ("a.xls", "客户\t电话\n".encode("gbk"), Format.TEXT),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", Format.HTML),
        ("a.xls", b"\xef\xbb\xbf<!DOCTYPE html><html><body><table></table></body></html>", Format.HTML),
        (
            "a.xls",
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            Format.XML_2003,
        ),
        ("a.csv", "客户,电话\n王姐,1\n".encode("utf-16"), Format.TEXT),
        ("a.csv", "name,phone\nAnn,1\n".encode("utf-16-le"), Format.TEXT),
        ("a.txt", "name,phone\nAnn,1\n".encode("utf-32"), Format.TEXT),
        ("a.xlsx", b"\x09\x04\x06\x00\x00\x00\x10\x00", Format.BIFF),
    ],
)
def test_the_bytes_decide_and_not_the_name(tmp_path: Path, name: str, content: bytes, expected: Format) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert admit(path).format is expected


def test_a_workbook_is_known_under_any_name(tmp_path: Path) -> None:
    assert admit(write_workbook(tmp_path / "客户.csv")).format is Format.XLSX


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"%PDF-1.7 ...", "not_a_sheet"),
        (b"\x1f\x8b\x08\x00rest", "not_a_sheet"),
        (bytes(range(256)) * 4, "not_a_sheet"),
        (b'<?xml version="1.0"?><note/>', "not_a_sheet"),
        (b"PK\x03\x04 torn", "file_damaged"),
        (
            b'<?xml version="1.0"?><!DOCTYPE x><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "sheet_with_doctype",
        ),
    ],
)
def test_what_is_no_sheet_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert refusal(path) == code


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "weg.xlsx") == "file_missing"
    assert refusal(tmp_path) == "file_unreadable"


def test_a_truncated_workbook_is_damaged(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx")
    path.write_bytes(path.read_bytes()[:-200])
    assert refusal(path) == "file_damaged"


def test_a_zip_of_something_else_is_no_sheet(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<document/>")
    assert refusal(path) == "not_a_sheet"


def test_an_archive_of_sheets_says_so(tmp_path: Path) -> None:
    path = tmp_path / "每日.zip"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("2024-03-05.csv", "客户,金额\n")
    assert refusal(path) == "archive_of_files"


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        for number in range(MAX_PARTS):
            package.writestr(f"xl/media/{number}", "")
    assert refusal(path) == "sheet_too_many_parts"


def test_a_bomb_is_refused_by_what_it_would_unpack_to(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        with package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            block = bytes(1 << 20)
            for _ in range((MAX_PART >> 20) + 1):
                part.write(block)
    assert path.stat().st_size < 2 << 20
    assert refusal(path) == "sheet_unpacks_too_large"


@pytest.mark.parametrize(
    "content",
    [
        '<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a "b">]><sst>&a;</sst>',
        '<!doctype sst SYSTEM "http://localhost/x"><sst/>',
    ],
)
def test_a_dtd_is_refused(tmp_path: Path, content: str) -> None:
    assert refusal(write_package(tmp_path / "a.xlsx", **{"xl/sharedStrings.xml": content})) == "sheet_with_doctype"


def test_a_password_is_asked_for_and_taken(tmp_path: Path) -> None:
    path = write_encrypted(tmp_path / "a.xlsx", "秘密123")
    assert refusal(path) == "password_protected"
    assert refusal(path, "falsch") == "wrong_password"
    admitted = admit(path, "秘密123")
    assert admitted.format is Format.XLSX
    assert admitted.open().read(2) == b"PK"


def test_excels_default_password_is_tried_silently(tmp_path: Path) -> None:
    assert admit(write_encrypted(tmp_path / "a.xlsx", "VelvetSweatshop")).format is Format.XLSX
