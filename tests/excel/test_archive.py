"""Folders and archives of sheets: read whole, within limits, whatever their parts are called."""

from __future__ import annotations

import zipfile

import pytest

from crmdesk.domain.phrase import Refused
from crmdesk.excel import archive
from crmdesk.excel.archive import files_of
from crmdesk.excel.draft import open_readings
from crmdesk.progress import Progress

ROWS = "客户,电话,金额\n王姐,13800138000,30\n"


def pack(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def test_the_sheets_of_an_archive_come_by_name_and_nothing_else_does(tmp_path):
    parts = {"b.csv": ROWS, "a/a.csv": ROWS, "bild.png": b"\x89PNG", "__MACOSX/._a.csv": "x", ".hidden.csv": ROWS}
    _, files = files_of(pack(tmp_path / "days.zip", parts))
    assert [one.name for one in files] == ["a.csv", "b.csv"]


def test_paths_inside_an_archive_mean_nothing(tmp_path):
    parts = {"../../../etc/evil.csv": ROWS, "/tmp/abs.csv": ROWS, "C:\\x\\win.csv": ROWS}
    before = sorted(tmp_path.parent.rglob("*"))
    _, files = files_of(pack(tmp_path / "a.zip", parts))
    assert all(one.admitted is not None and one.admitted.content for one in files)
    assert not any("/" in one.name for one in files)
    assert sorted(tmp_path.parent.rglob("*")) == sorted([*before, tmp_path / "a.zip"])


def test_an_archive_of_nothing_but_rubbish_is_refused(tmp_path):
    with pytest.raises(Refused, match="no_table"):
        files_of(pack(tmp_path / "a.zip", {"__MACOSX/._a.csv": "x", "inner.zip": b"PK\x03\x04"}))


def test_a_part_that_lies_about_its_size_is_named_and_the_others_are_read(tmp_path):
    path = pack(tmp_path / "a.zip", {"1.csv": ROWS * 50, "2.csv": ROWS})
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02") + 24  # the unpacked size of the first part, as the directory tells it
    content[at : at + 4] = (10).to_bytes(4, "little")
    path.write_bytes(bytes(content))
    first, second = files_of(path)[1]
    assert first.why is not None and first.admitted is None
    assert second.admitted is not None


def test_names_in_the_windows_of_china_are_readable(tmp_path):
    path = pack(tmp_path / "a.zip", {"XX.csv": ROWS})
    path.write_bytes(path.read_bytes().replace(b"XX.csv", "客".encode("gbk") + b".csv"))
    _, files = files_of(path)
    assert [one.name for one in files] == ["客.csv"]


def test_limits_hold_for_the_whole_archive(tmp_path, monkeypatch):
    path = pack(tmp_path / "a.zip", {f"{number}.csv": ROWS for number in range(5)})
    monkeypatch.setattr(archive, "MAX_PARTS", 4)
    with pytest.raises(Refused, match="sheet_too_many_parts"):
        files_of(path)
    monkeypatch.setattr(archive, "MAX_PARTS", 5)
    monkeypatch.setattr(archive, "MAX_ALL", 5 * len(ROWS.encode()) - 1)
    with pytest.raises(Refused, match="sheet_unpacks_too_large"):
        files_of(path)


def test_a_folder_is_read_with_those_below_it_and_an_empty_one_is_refused(tmp_path):
    (tmp_path / "days" / "may").mkdir(parents=True)
    (tmp_path / "days" / "1.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "days" / "may" / "2.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "days" / "~$2.xlsx").write_text("lock", encoding="utf-8")
    assert [one.name for one in files_of(tmp_path / "days")[1]] == ["1.csv", "2.csv"]
    (tmp_path / "none").mkdir()
    with pytest.raises(Refused, match="folder_without_sheets"):
        files_of(tmp_path / "none")


def test_several_paths_share_a_child_and_keep_their_own_sheets(tmp_path):
    one = tmp_path / "one.csv"
    one.write_text(ROWS, encoding="utf-8")
    days = pack(
        tmp_path / "days.zip", {"1.csv": ROWS, "2.csv": ROWS.replace("王姐", "李哥"), "bad.xlsx": b"PK\x03\x04"}
    )
    first, second = open_readings([one, days], Progress(), ["", ""])
    try:
        assert [sheet.workbook for sheet in second.sheets] == ["1.csv", "2.csv", "bad.xlsx"]
        assert [sheet.index for sheet in second.sheets] == [0, 1, 2]
        assert second.sheets[2].reason is not None and second.sheets[2].reason.code == "file_damaged"
        [[row]] = second.rows(1, Progress())
        assert row.values["name"] == "李哥"
        [[row]] = first.rows(0, Progress())
        assert row.values["name"] == "王姐"
    finally:
        first.close()
        second.close()


def test_what_one_sheet_leaves_open_another_of_its_headers_tells(tmp_path):
    """Days that could be read either way on Monday are settled by Friday's; both files are read alike."""
    head = "客户,下单日期,金额\n"
    monday, friday = head + "王姐,05/03/2024,30\n", head + "李哥,25/03/2024,40\n"
    [reading] = open_readings([pack(tmp_path / "a.zip", {"1.csv": monday, "2.csv": friday})], Progress(), [""])
    with reading:
        assert [sheet.columns[1].options for sheet in reading.sheets] == [{"day_first": True}] * 2
