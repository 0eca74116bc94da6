"""`crmdesk sources` and `crmdesk funnel`."""

from __future__ import annotations

from tests.cli.conftest import write_sheet


def test_too_little_is_said_to_be_too_little(filled):
    assert filled.json("sources") is None
    assert filled("sources") == 0
    assert "太少" in filled.out
    assert filled.json("funnel") is None
    assert filled("funnel") == 0
    assert "看不出" in filled.out


def test_sources_and_the_way_to_the_first_order_are_printed(shell):
    head = ["客户编号", "客户名称", "客户来源", "介绍人", "累计消费", "购买次数"]
    people = [[f"K{n}", f"客户{n}号", "抖音" if n % 2 else "展会", "客户1号" if n > 8 else "", 900 if n % 3 else "",
               3 if n % 3 else ""] for n in range(1, 13)]  # fmt: skip
    sheet = write_sheet(shell.folder / "客户.xlsx", 客户=[head, *people])
    assert shell("import", sheet, "--yes") == 0, shell.err
    found = shell.json("sources")
    assert {row["source"]: (row["came"], row["bought"]) for row in found["sources"]} == {"抖音": (6, 4), "展会": (6, 4)}
    assert (found["referred"]["came"], found["others"]["came"]) == (4, 8)
    assert shell("sources") == 0
    assert "抖音\t6 家里 4 家买了" in shell.out
    assert shell.json("funnel")["levels"][:2] == [
        {"level": "captured", "customers": 12},
        {"level": "qualified", "customers": 8},
    ]
    assert shell("funnel") == 0
    assert "买过的 8 家" in shell.out
