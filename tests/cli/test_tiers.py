"""Tiers, passports and policies from a shell."""

from __future__ import annotations

import openpyxl


def ids(shell) -> dict[str, str]:
    return {row["name"]: row["id"] for row in shell.json("list", "customers")}


def test_a_passport_says_why_and_what_would_change_it(filled):
    found = filled.json("passport", ids(filled)["王姐超市"])
    assert found["customer_name"] == "王姐超市"
    assert found["tier"] == {row["name"]: row["tier"] for row in filled.json("list", "customers")}["王姐超市"]
    assert found["source"].startswith("来自 3 单")
    numbers = {number["code"]: number for number in found["numbers"]}
    assert numbers["monetary"]["value"] == "4320"
    assert numbers["margin"]["value"] is None
    assert [price["price"] for price in found["last_prices"]] == ["96", "128"]
    assert filled("passport", ids(filled)["王姐超市"]) == 0
    assert "买的次数" in filled.out


def test_a_passport_tells_what_other_rules_would_say_where_it_is_asked(filled):
    wang = ids(filled)["王姐超市"]
    others = {one["policy"]: one["tier"] for one in filled.json("passport", wang, "--others")["others"]}
    assert "pareto" not in others
    assert others["three_columns"] is not None
    assert others["intent"] == "高"
    assert filled("passport", wang, "--others") == 0
    assert filled.out.splitlines()[-1] == "按意向\t高"


def test_an_unknown_customer_is_refused_in_a_sentence(filled):
    assert filled("passport", 42) != 0
    assert filled.err.count("\n") == 1


def test_rules_are_listed_tried_and_applied(filled):
    ready = {one["code"]: one for one in filled.json("policy", "list")["ready"]}
    assert len(ready) == 8
    assert ready["intent"]["levels"] == ["高", "中", "低"]
    told = filled.json("policy", "preview", "intent")
    assert [level["customers"] for level in told["levels"]] == [1, 0, 0]
    assert filled.json("policy", "apply", "intent")["applied"] is True
    assert filled.json("policy", "apply", "intent")["applied"] is False
    assert filled("undo") == 0
    assert filled.json("policy", "show")["ready"] == "pareto"


def test_single_values_are_set_and_nonsense_is_refused(filled):
    assert filled.json("policy", "show", "pareto", "--set", "window=365")["window"] == 365
    assert filled("policy", "apply", "--set", 'levels=["A"]') != 0
    assert filled("policy", "preview", "lucky") != 0
    assert "lucky" in filled.err


def test_schemes_are_compared_and_drift_is_told(filled):
    assert {one["second"] for one in filled.json("policy", "compare")} == {
        one["code"] for one in filled.json("policy", "list")["ready"]
    }
    assert filled.json("policy", "drift")["moved"] == 0


def test_who_moved_and_whether_attention_is_fair(filled):
    filled.json("policy", "apply", "intent")
    feed = filled.json("tiers", "--changes", "2026-01-01")
    assert feed["tiers"][0]["reason"]
    found = filled.json("tiers", "--attention")
    assert [level["tier"] for level in found["levels"]] == ["高", "中", "低", None]
    assert filled("tiers", "--attention") == 0
    assert "的联系，带来" in filled.out
    assert filled("tiers", "--changes", "2026-01-01") == 0


def test_the_day_to_look_again_is_set_alone_and_leaves_the_rules_as_they_are(filled):
    filled.json("policy", "apply", "rfm")
    before = filled.json("policy", "show")
    assert filled.json("policy", "apply", "--set", 'review_on="2027-03-01"') == {"applied": True, "version": 2}
    assert filled.json("policy", "show")["review_on"] == "2027-03-01"
    assert filled.json("policy", "apply", "--set", 'review_on="2027-03-01"')["applied"] is False
    assert filled.json("policy", "apply", "rfm")["applied"] is False  # ready rules name no day
    assert filled("undo") == 0
    assert filled.json("policy", "show") == before


def test_the_next_report_tells_who_moved_since_the_last(filled, monkeypatch):
    report = filled.folder / "report.xlsx"
    assert filled("report", "tiers", "--to", report) == 0, filled.err
    monkeypatch.setenv("CRMDESK_TODAY", "2026-12-22")
    assert filled("report", "tiers", "--to", report) == 0, filled.err
    cells = [cell.value for row in openpyxl.load_workbook(report).worksheets[0].iter_rows() for cell in row]
    assert any(str(text).startswith("从上次报告（2026-11-22）") for text in cells), cells


def test_the_summary_says_how_the_money_spreads(shell, tmp_path):
    rows = [f"客户{n},1380000{n:04},2026-10-01,{1000 if n < 5 else 10}" for n in range(25)]
    sheet = tmp_path / "单.csv"
    sheet.write_text("\n".join(["客户名称,电话,订单日期,订单金额", *rows]), encoding="utf-8")
    assert shell("import", sheet, "--yes") == 0, shell.err
    assert shell.json("tiers")["spread"] == {"buyers": 25, "buyers_for_80": 5, "share_of_best_fifth": 0.9615}
