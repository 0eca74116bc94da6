"""`crmdesk look-alike` on an imported sheet."""

from __future__ import annotations

import json

import openpyxl
import pytest

KINDS = (("餐饮", "扫街", "江苏省徐州市鼓楼区"), ("学校", "展会", "浙江省杭州市西湖区"))


@pytest.fixture
def imported(shell):
    """Twenty-five eating places that keep coming, twenty-five schools that came once, and one prospect of each."""
    book = openpyxl.Workbook()
    people, orders = book.active, book.create_sheet("订单")
    people.title = "客户"
    people.append(["客户编号", "客户名称", "行业", "客户来源", "地区", "客户需求"])
    orders.append(["订单号", "客户编号", "订单日期", "订单金额"])
    for number in range(52):
        kind = number % 2
        people.append([f"K{number:02}", f"客户{number:02}", *KINDS[kind], "每周大米" if kind == 0 else "食堂招标"])
        if number < 50:
            for month in range(1, 5 if kind == 0 and number % 10 else 2):
                orders.append([f"D{number}-{month}", f"K{number:02}", f"2026-0{month}-11", 800])
    path = shell.folder / "客户.xlsx"
    book.save(path)
    assert shell("import", path, "--yes", "--as-of", "today") == 0, shell.err
    return shell


def id_of(shell, code: str) -> str:
    return next(row["id"] for row in shell.json("list", "customers") if row["code"] == code)


def test_a_prospect_is_like_its_own_kind(imported):
    told = imported.json("look-alike", id_of(imported, "K50"))
    assert told["compared"] == 50
    same = [one for one in told["alike"] if int(one["name"][-2:]) % 2 == 0]
    assert len(same) >= 0.8 * len(told["alike"])
    assert told["again"]["verdict"] == "above"
    assert told["again"]["lift"] > 1
    assert told["reasons"]


def test_without_json_it_speaks(imported):
    assert imported("look-alike", id_of(imported, "K51")) == 0
    assert "最像的 20 家里" in imported.out
    assert "行业、客户来源" in imported.out or "行业" in imported.out


def test_too_little_is_a_refusal_with_its_reason(filled):
    assert filled("look-alike", id_of(filled, "K3"), "--json") == 1
    told = json.loads(filled.out)
    assert told["refused"] == "alike_little_known"
    assert told["reason"] == filled.err.strip()
