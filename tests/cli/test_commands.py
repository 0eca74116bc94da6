"""Every command does what the window does, and fails with one sentence."""

from __future__ import annotations

import csv
import json
import subprocess
import sys

import openpyxl
import pytest

from crmdesk.__main__ import main

JSON_OF_A_CUSTOMER = {
    *("id", "code", "name", "short_name", "salutation", "kind", "phones", "wechat", "email", "province", "city"),
    *("district", "address", "industry", "source", "referred_by", "intent", "tier", "tier_reason", "tier_given"),
    *("stage", "stage_reason", "stage_given", "birthday", "birthday_calendar", "notes", "tags", "extra", "contacts"),
    *("first_order_on", "last_order_on", "order_count", "order_total", "next_follow_up_on"),
}


def by_code(shell, what="customers", **options):
    return {row["code"]: row for row in shell.json("list", what)}


def test_an_import_tells_what_it_understood_and_did(shell, workbook):
    told = shell.json("import", workbook, "--yes")
    customers, orders = told["sheets"]
    assert (customers["kind"], customers["header_row"]) == ("customers", 2)
    assert (orders["kind"], orders["header_row"]) == ("orders", 1)
    assert {c["column"]: c["field"] for c in customers["columns"]}["C"] == "phone"
    assert customers["rows"]["new"] == 3
    assert orders["rows"]["read"] == sum(count for name, count in orders["rows"].items() if name != "read")
    assert told["created"] == {"customers": 3, "orders": 4, "lines": 4, "interactions": 0, "follow_ups": 0}


def test_a_dry_run_tells_how_sure_each_column_is_with_an_example_and_what_there_is_to_know_of_the_sheet(
    shell, tmp_path
):
    sheet = tmp_path / "客户.csv"
    sheet.write_text("姓名,电话,金额,随便\n王姐,138-0013-8000,￥2,400,\n老张,13900139000,350,\n", encoding="utf-8")
    (told,) = shell.json("import", sheet, "--dry-run")["sheets"]
    phone, blank = told["columns"][1], told["columns"][3]
    assert (phone["column"], phone["header"], phone["field"]) == ("B", "电话", "phone")
    assert 0.5 < phone["confidence"] <= 1
    assert phone["example"] == {"raw": "138-0013-8000", "read": "13800138000"}
    assert (blank["header"], blank["example"]) == ("随便", None)
    assert told["notes"] == ["有 1 行的数字被逗号拆开了，已合回去，第一处在第 2 行：￥2,400。"]


def test_a_dry_run_makes_no_file(shell, workbook):
    assert shell.json("import", workbook, "--dry-run")["created"]["customers"] == 3
    assert not shell.file.exists()


def test_a_dry_run_leaves_a_file_as_it_is(filled, workbook):
    before = filled.file.read_bytes()
    assert set(filled.json("import", workbook, "--dry-run")["created"].values()) == {0}
    assert filled.file.read_bytes() == before


def test_importing_the_same_sheet_twice_adds_nothing(filled, workbook):
    assert set(filled.json("import", workbook, "--yes")["created"].values()) == {0}


def test_without_yes_and_without_a_terminal_nothing_is_imported(shell, workbook, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert shell("import", workbook) == 1
    assert "--yes" in shell.err


def test_a_failed_import_leaves_no_new_file(shell, tmp_path):
    assert shell("import", tmp_path / "missing.xlsx", "--yes") == 1
    assert not shell.file.exists()


def test_a_bad_day_in_the_environment_is_one_sentence(filled, monkeypatch):
    monkeypatch.setenv("CRMDESK_TODAY", "22.11.2026")
    assert filled("today") == 1
    assert filled.err.count("\n") == 1
    assert "22.11.2026" in filled.err


def test_ctrl_c_ends_with_a_sentence_and_nothing_made(shell, workbook, monkeypatch):
    def interrupted(*_arguments, **_named):
        raise KeyboardInterrupt

    monkeypatch.setattr("crmdesk.operations.importing.import_preview", interrupted)
    assert shell("import", workbook, "--yes") == 130
    assert shell.err.strip() == "已停下。没做完的都没有留下。"
    assert not shell.file.exists()


def test_a_reader_who_has_seen_enough_is_no_error(filled):
    command = [sys.executable, "-m", "crmdesk", "list", "customers", "--json", "--file", str(filled.file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_a_damaged_file_is_not_written_to(filled):
    content = bytearray(filled.file.read_bytes())
    content[4096 * 5 : 4096 * 6] = b"\xff" * 4096
    filled.file.write_bytes(content)
    assert filled("undo") == 1
    assert filled.file.read_bytes() == content


def test_a_text_file_is_not_taken_for_a_locked_one(shell):
    shell.file.write_text("姓名 only in ASCII\n".replace("姓名", "name") * 20)
    assert shell("list", "customers") == 1
    assert "别的程序" in shell.err


def test_a_report_is_a_workbook_and_its_folder_must_be_there(filled, tmp_path):
    assert filled("report", "tiers", "--to", tmp_path / "report.docx") == 1
    assert filled("report", "tiers", "--to", tmp_path / "missing" / "report.xlsx") == 1
    assert filled.err.count("\n") == 1


def test_what_is_typed_wrong_is_told_in_one_line(shell, capsys):
    for wrong in (["list", "nonsense"], ["nonsense"], ["tiers", "--as-of", "soon", "--file", "x"]):
        with pytest.raises(SystemExit) as left:
            main(wrong)
        assert left.value.code == 2
        assert capsys.readouterr().err.count("\n") == 1


def test_a_customer_is_listed_with_everything_known(filled):
    wang = by_code(filled)["K1"]
    assert set(wang) == JSON_OF_A_CUSTOMER
    assert (wang["name"], wang["phones"], wang["district"]) == ("王姐超市", ["13800138000"], "鼓楼区")
    assert (wang["order_count"], wang["order_total"]) == (3, "4320")
    assert (wang["first_order_on"], wang["last_order_on"]) == ("2026-05-01", "2026-07-02")
    assert wang["tier"] is not None
    assert wang["short_name"] is None


def test_without_purchases_there_is_no_tier_but_a_reason(filled):
    zhao = by_code(filled)["K3"]
    assert zhao["tier"] is None
    assert zhao["tier_reason"]
    assert (zhao["stage"], zhao["order_count"]) == ("prospect", None)


def test_customers_are_found_by_pinyin_phone_and_stage(filled):
    for text in ("wjcs", "8000", "王姐"):
        assert [row["code"] for row in filled.json("list", "customers", "--search", text)] == ["K1"]
    assert [row["code"] for row in filled.json("list", "customers", "--stage", "prospect")] == ["K3"]


def test_orders_name_their_customer_and_lines(filled):
    orders = {row["number"]: row for row in filled.json("list", "orders")}
    assert orders["D2"]["customer"] == by_code(filled)["K1"]["id"]
    assert orders["D2"]["lines"] == [{"product": "大米", "quantity": "20", "price": "128", "amount": "2560"}]
    assert (orders["D2"]["amount"], orders["D2"]["counts"]) == ("2560", True)


def test_tiers_are_printed_with_the_policy(filled):
    told = filled.json("tiers", "--as-of", "today")
    assert told["as_of"] == "2026-11-22"
    assert sum(row["customers"] for row in told["tiers"]) == 2
    assert told["without_tier"] == 1
    assert told["policy"]


def test_tiers_can_be_as_of_the_last_order(filled):
    assert filled.json("tiers", "--as-of", "last-order")["as_of"] == "2026-11-01"


def test_a_bad_day_is_refused_before_anything_is_opened(filled):
    with pytest.raises(SystemExit) as refusal:
        filled("tiers", "--as-of", "soon")
    assert refusal.value.code == 2


def test_today_tells_whom_to_contact_and_why(filled):
    told = filled.json("today")
    assert told["day"] == "2026-11-22"
    assert all(item["reason"] for item in told["items"])


def test_the_report_is_a_workbook_in_the_language_asked_for(filled):
    report = filled.folder / "report.xlsx"
    assert filled("report", "tiers", "--to", report, "--language", "en") == 0, filled.err
    assert "Overview" in openpyxl.load_workbook(report).sheetnames


def test_customers_are_exported_as_csv(filled):
    path = filled.folder / "out.csv"
    assert filled("export", "customers", "--to", path) == 0, filled.err
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["客户名称"] for row in rows} == {"王姐超市", "老李粮油", "小赵便利店"}


def test_orders_are_exported_line_by_line(filled):
    path = filled.folder / "orders.xlsx"
    assert filled("export", "orders", "--to", path) == 0, filled.err
    assert openpyxl.load_workbook(path).active.max_row == 5


def test_an_export_speaks_the_language_that_was_asked_for(filled):
    for wanted in ("zh", "en"):
        for more in ((), ("--for-editing",)):
            path = filled.folder / f"{wanted}{len(more)}.xlsx"
            assert filled("export", "customers", "--to", path, "--language", wanted, *more) == 0, filled.err
            heads = " ".join(str(cell.value) for cell in openpyxl.load_workbook(path).worksheets[0][1])
            assert ("状态" in heads, "Stage" in heads) == (wanted == "zh", wanted == "en"), heads


def test_an_export_with_an_unknown_ending_is_refused(filled):
    assert filled("export", "customers", "--to", filled.folder / "out.pdf") == 1
    assert filled.err.count("\n") == 1


def test_undo_takes_the_import_back_and_redo_brings_it_again(filled):
    assert filled("undo") == 0
    assert filled.json("list", "customers") == []
    assert filled("redo") == 0
    assert len(filled.json("list", "customers")) == 3


def test_history_names_the_steps(filled, workbook):
    steps = filled.json("history")
    assert any("客户.xlsx" in step["step"] for step in steps)


def test_a_backup_can_be_restored(filled):
    assert filled("backup") == 0, filled.err
    assert filled("undo") == 0
    assert filled("restore") == 0, filled.err
    assert len(filled.json("list", "customers")) == 3


def test_a_sound_file_passes_the_check(filled):
    assert filled("check") == 0, filled.err


def test_a_damaged_file_fails_the_check_with_a_sentence(filled):
    data = bytearray(filled.file.read_bytes())
    data[4096:12288] = b"\xff" * 8192
    filled.file.write_bytes(data)
    assert filled("check") == 1
    assert filled.err.count("\n") == 1


@pytest.mark.parametrize("command", [("list", "customers"), ("today",), ("undo",), ("check",)])
def test_a_missing_file_is_refused_and_never_made(shell, command):
    assert shell(*command) == 1
    assert shell.err.count("\n") == 1
    assert not shell.file.exists()


def test_a_sheet_that_is_not_there_is_refused(shell):
    assert shell("import", shell.folder / "none.xlsx", "--yes") == 1
    assert "none.xlsx" in shell.err


def test_errors_speak_english_on_an_english_system(shell, monkeypatch, capsys):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert main(["check", "--file", str(shell.file)]) == 1
    assert "is not in" in capsys.readouterr().err


def test_json_is_one_document(filled):
    filled("list", "customers", "--json")
    assert isinstance(json.loads(filled.out), list)


def test_an_import_is_taken_back_days_later_and_history_tells_only_what_one_did(filled, tmp_path):
    later = tmp_path / "later.csv"
    later.write_text("姓名,电话\n小钱,13700137000\n", encoding="utf-8")
    for _again in range(2):  # the second time there is nothing new in it
        assert filled("import", later, "--yes") == 0
    assert filled("undo", "--import", "nosuch.csv") == 1
    assert "nosuch.csv" in filled.err
    assert filled("undo", "--import", "later.csv") == 0
    assert "小钱" not in {row["name"] for row in filled.json("list", "customers")}
    assert filled("imports") == 0
    newest = filled.out.splitlines()[0]
    assert "已撤销" in newest
    assert "新客户 1" in newest
    assert filled("history") == 0
    assert "记住" not in filled.out
    assert "later.csv" in filled.out


def test_a_sheet_is_known_by_a_key_and_replaces_what_is_told(filled, tmp_path):
    later = tmp_path / "later.csv"
    later.write_text("姓名,电话,备注\n王姐生鲜,13800138000,爱喝咖啡\n", encoding="utf-8")
    rules = ("--key", "phone", "--rule", "姓名:existing=replace", "--rule", "备注:existing=append")
    told = filled.json("import", later, "--yes", *rules)
    assert [(one["code"], one["old"], one["value"]) for one in told["sheets"][0]["updates"]] == [
        ("replaced", "王姐超市", "王姐生鲜"),
        ("appended", "爱喝茶", "爱喝茶\n爱喝咖啡"),
    ]
    assert "王姐生鲜" in {row["name"] for row in filled.json("list", "customers")}
    assert filled("import", later, "--dry-run", "--key", "code") == 1, "the sheet has no column of codes"
