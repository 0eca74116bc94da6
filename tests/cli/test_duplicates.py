"""`crmdesk duplicates` and `crmdesk merge`: who looks like one, and making two one."""

from __future__ import annotations

import openpyxl
import pytest

ROWS = [
    ["客户编号", "客户名称", "手机", "地区", "备注"],
    ["K1", "徐州王姐超市", "138-0013-8000", "江苏省徐州市鼓楼区", "爱喝茶"],
    ["K2", "王姐便利店", "13800138000", "", "下午在"],
    ["K3", "小赵便利店", "13700002222", "", ""],
]


@pytest.fixture
def twice(shell, tmp_path):
    """A file in which one shop stands twice."""
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(tmp_path / "客户.xlsx")
    assert shell("import", tmp_path / "客户.xlsx", "--yes") == 0, shell.err
    return shell


def test_the_pairs_are_printed_with_their_reasons(twice):
    (pair,) = twice.json("duplicates")
    assert {pair["first_name"], pair["second_name"]} == {"徐州王姐超市", "王姐便利店"}
    assert pair["score"] >= 70
    assert [reason["code"] for reason in pair["reasons"]] == ["duplicate_same_phone", "duplicate_name_similar"]
    assert pair["reasons"][0]["message"] == "电话一样：13800138000"
    assert twice("duplicates") == 0
    assert "+ 电话一样：13800138000" in twice.out


def test_two_are_made_one_and_undo_takes_it_back(twice):
    ids = {row["code"]: row["id"] for row in twice.json("list", "customers")}
    assert twice("merge", ids["K1"], ids["K2"]) == 0
    assert twice.out.strip() == "已把 王姐便利店 并入 徐州王姐超市"
    kept = {row["code"]: row for row in twice.json("list", "customers")}
    assert set(kept) == {"K1", "K3"}
    assert kept["K1"]["notes"] == "爱喝茶\n下午在"
    assert twice.json("duplicates") == []
    assert twice("duplicates") == 0
    assert twice.out.strip() == "没有像是同一家的客户"
    assert twice("undo") == 0
    assert {row["code"] for row in twice.json("list", "customers")} == {"K1", "K2", "K3"}


def test_what_cannot_be_merged_is_said_in_one_sentence(twice):
    ids = [row["id"] for row in twice.json("list", "customers")]
    assert twice("merge", ids[0], ids[0]) == 1
    assert twice.err.strip() == "这本来就是同一个客户，什么都没改；请指出两个。"
    assert twice("merge", ids[0], 1) == 1
