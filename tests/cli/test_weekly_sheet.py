"""Next week's sheet from a shell: what is newer replaces, and says old and new; what is older replaces nothing."""

from __future__ import annotations

HEAD = "店名,电话,欠款,上次拿货\n"


def test_two_weeks_of_a_sheet(shell, tmp_path):
    first, second = tmp_path / "上周.csv", tmp_path / "这周.csv"
    first.write_text(HEAD + "王姐超市,13800138000,1200,2026-11-08\n", encoding="utf-8")
    second.write_text(HEAD + "王姐超市,13800138000,800,2026-11-15\n", encoding="utf-8")
    assert shell("import", first, "--yes") == 0, shell.err
    [sheet] = shell.json("import", second, "--yes")["sheets"]
    assert [(one["code"], one["old"], one["value"]) for one in sheet["updates"]] == [
        ("replaced", "1200", "800"),
        ("replaced", "2026-11-08", "2026-11-15"),
    ]
    assert shell("import", first, "--yes") == 0, shell.err
    assert "这张表更旧" in shell.out
