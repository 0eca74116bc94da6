"""Who brought whom: read from a sheet, linked where one only can be meant, kept through every other way in and out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

from crmdesk.domain.customer import Contact, Customer
from crmdesk.operations.customers import add_customer, delete_customers, edit_customer, get_customer
from crmdesk.operations.duplicates import merge
from crmdesk.operations.history import logical_dump, own_steps, undo_step
from crmdesk.operations.importing import import_preview, preview_sheets
from crmdesk.operations.referrals import referrals_of, set_referrer
from crmdesk.operations.round_trip import apply, compare, export_for_editing
from crmdesk.progress import Progress
from crmdesk.storage.database import Database
from crmdesk.storage.referrals import of_customer
from crmdesk.words.conversion import stranger_sentence
from crmdesk.words.phrases import say

Rows = Sequence[Sequence[object]]


@pytest.fixture
def imported(database: Database, tmp_path: Path) -> Callable[..., list[str]]:
    """Imports a sheet; gives what was flagged."""

    def run(rows: Rows, *rules: str) -> list[str]:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(list(row))
        path = tmp_path / "客户.xlsx"
        book.save(path)
        with preview_sheets(database, [path], rules=rules) as preview:
            summary = import_preview(database, preview)
        return [say(issue.phrase) for sheet in summary.sheets for issue in sheet.issues]

    return run


def ids(database: Database) -> dict[str, int]:
    with database.raw_read() as raw:
        return dict(raw.execute("SELECT name, id FROM customers").fetchall())


SHEET = (
    ("客户名称", "手机", "联系人", "介绍人"),
    ("王姐超市", "13800000001", "王姐", ""),
    ("小赵便利店", "13800000002", "赵明", "王姐超市"),
    ("李记粮油", "13800000003", "", "王姐"),
    ("阿强百货", "13800000004", "", "老客户李记粮油介绍"),
    ("丰盛邻居", "13800000005", "", "隔壁老周"),
    ("明达商行", "13800000006", "", "朋友"),
)


def test_a_sheet_tells_who_brought_whom_and_only_a_stranger_is_flagged(
    database: Database, imported: Callable[..., list[str]]
) -> None:
    assert imported(SHEET) == ["“隔壁老周”还不是已有的客户，先按文字留着。"]
    known = ids(database)
    found = referrals_of(database, known["王姐超市"])
    assert {one.name for one in found.brought} == {"小赵便利店", "李记粮油"}
    assert referrals_of(database, known["阿强百货"]).referrer == (known["李记粮油"], "李记粮油")
    stranger = referrals_of(database, known["丰盛邻居"])
    assert (stranger.word, stranger.referrer, stranger.namesakes) == ("隔壁老周", None, 0)


def test_who_comes_in_a_later_sheet_is_no_stranger(database: Database, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for sheet, rows in ((book.active, (SHEET[0], SHEET[2], SHEET[5])), (book.create_sheet("二区"), SHEET[:2])):
        for row in rows:
            sheet.append(list(row))
    path = tmp_path / "客户.xlsx"
    book.save(path)
    with preview_sheets(database, [path]) as preview:
        summary = import_preview(database, preview)
    flagged = [[say(issue.phrase) for issue in sheet.issues] for sheet in summary.sheets]
    assert flagged == [["“隔壁老周”还不是已有的客户，先按文字留着。"], []]
    known = ids(database)
    assert referrals_of(database, known["小赵便利店"]).referrer == (known["王姐超市"], "王姐超市")


def test_a_word_that_may_mean_two_is_kept_as_text(database: Database, imported: Callable[..., list[str]]) -> None:
    for code in ("1", "2"):
        add_customer(database, Customer(name="张姐", code=code))
    flagged = imported((("客户名称", "手机", "介绍人"), ("小赵便利店", "13800000002", "张姐")))
    assert flagged == ["“张姐”可能指 2 位客户，先按文字留着。"]
    found = referrals_of(database, ids(database)["小赵便利店"])
    assert (found.word, found.referrer, found.namesakes) == ("张姐", None, 2)


def test_taking_an_import_back_takes_its_links_along(database: Database, imported: Callable[..., list[str]]) -> None:
    add_customer(database, Customer(name="丰盛邻居", referred_by="王姐超市"))
    before = logical_dump(database)
    imported(SHEET[:3])
    assert referrals_of(database, ids(database)["丰盛邻居"]).referrer is not None
    database.undo()
    assert logical_dump(database) == before


def test_who_is_added_later_is_found_and_undo_forgets_it(database: Database) -> None:
    brought = add_customer(database, Customer(name="小赵便利店", referred_by="张姐介绍")).new_id
    assert brought is not None
    assert referrals_of(database, brought).referrer is None
    before = logical_dump(database)
    referrer = add_customer(database, Customer(name="便民超市", contacts=(Contact(name="张姐"),))).new_id
    assert referrals_of(database, brought).referrer == (referrer, "便民超市")
    database.undo()
    assert logical_dump(database) == before


def test_another_word_means_another_and_a_pick_settles_who(database: Database) -> None:
    first, second = (add_customer(database, Customer(name="张姐", code=code)).new_id for code in "12")
    other = add_customer(database, Customer(name="李姐")).new_id
    brought = add_customer(database, Customer(name="小赵便利店", referred_by="李姐")).new_id
    assert brought is not None
    assert referrals_of(database, brought).referrer == (other, "李姐")
    edit_customer(database, brought, referred_by="张姐")
    assert referrals_of(database, brought).referrer is None
    edit_customer(database, brought, referred_by="张姐", referrer_id=second)
    assert referrals_of(database, brought).referrer == (second, "张姐")
    edit_customer(database, brought, referred_by="")
    assert get_customer(database, brought).referrer_id is None
    assert first != second


def test_deleting_who_brought_them_leaves_the_word_and_undo_the_link(database: Database) -> None:
    brought = add_customer(database, Customer(name="小赵便利店", referred_by="张姐")).new_id
    referrer = add_customer(database, Customer(name="张姐")).new_id
    assert brought is not None
    assert referrer is not None
    before = logical_dump(database)
    delete_customers(database, [referrer, brought])
    database.undo()
    assert logical_dump(database) == before
    step = delete_customers(database, [referrer]).step
    assert (referrals_of(database, brought).word, referrals_of(database, brought).referrer) == ("张姐", None)
    undo_step(database, step)
    assert referrals_of(database, brought).referrer == (referrer, "张姐")


def test_a_referrer_that_was_picked_never_becomes_a_namesake(database: Database) -> None:
    other, picked = (add_customer(database, Customer(name="张姐", code=code)).new_id for code in "12")
    brought = add_customer(database, Customer(name="小赵便利店")).new_id
    assert brought is not None
    assert picked is not None
    set_referrer(database, brought, "", picked)
    step = delete_customers(database, [picked]).step
    add_customer(database, Customer(name="李记粮油"))  # any step that looks for who is meant
    found = referrals_of(database, brought)
    assert (found.word, found.referrer, found.namesakes) == ("张姐", None, 1)
    assert stranger_sentence(found) == "“张姐”介绍来的，这里有 1 位客户叫这个名字"
    undo_step(database, step)
    assert referrals_of(database, brought).referrer == (picked, "张姐")
    assert other != picked


def test_looking_for_who_is_meant_goes_through_no_whole_table(database: Database) -> None:
    brought = add_customer(database, Customer(name="小赵便利店", referred_by="老客户张姐介绍")).new_id
    assert brought is not None
    asked: list[str] = []
    with database.raw_read() as raw:
        raw.set_trace_callback(asked.append)
        of_customer(raw, brought)
        raw.set_trace_callback(None)
        plans = [str(row[3]) for sql in asked for row in raw.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()]
    assert len(asked) > 4
    assert [plan for plan in plans if plan.startswith("SCAN") and "json_each" not in plan] == []


def test_merging_hands_on_whom_the_other_brought(database: Database) -> None:
    keep, other = (add_customer(database, Customer(name=name)).new_id for name in ("张姐超市", "张姐"))
    assert keep is not None
    assert other is not None
    brought = add_customer(database, Customer(name="小赵便利店", referred_by="张姐")).new_id
    assert brought is not None
    edit_customer(database, other, referred_by="张姐超市")  # a pair that is one in truth
    before = logical_dump(database)
    merge(database, keep, other)
    assert referrals_of(database, brought).referrer == (keep, "张姐超市")
    assert not referrals_of(database, keep).word
    database.undo()
    assert logical_dump(database) == before


def test_a_sheet_that_comes_again_tells_another_referrer_only_when_it_may_replace(
    database: Database, imported: Callable[..., list[str]]
) -> None:
    imported(SHEET[:4])
    again = (SHEET[0], ("李记粮油", "13800000003", "", "小赵便利店"))
    assert len(imported(again)) == 1  # said otherwise: listed, and left alone
    known = ids(database)
    assert referrals_of(database, known["李记粮油"]).referrer == (known["王姐超市"], "王姐超市")
    imported(again, "介绍人:existing=replace")
    assert referrals_of(database, known["李记粮油"]).referrer == (known["小赵便利店"], "小赵便利店")


def test_an_older_import_is_taken_back_with_its_links_and_newer_words_stay(
    database: Database, imported: Callable[..., list[str]]
) -> None:
    waiting = add_customer(database, Customer(name="丰盛邻居", referred_by="王姐超市")).new_id
    other = add_customer(database, Customer(name="明达商行", referred_by="小赵便利店")).new_id
    assert waiting is not None
    assert other is not None
    imported(SHEET[:3])
    step = next(one.id for one in own_steps(database) if one.name.code == "import_sheets")
    edit_customer(database, other, referred_by="隔壁老周")
    undo_step(database, step)
    assert referrals_of(database, waiting).referrer is None
    assert referrals_of(database, other).word == "隔壁老周"


def test_a_referrer_is_edited_in_a_workbook_and_found_again(
    database: Database, imported: Callable[..., list[str]], tmp_path: Path
) -> None:
    imported(SHEET[:4])
    path = tmp_path / "改.xlsx"
    export_for_editing(database, path, Progress())
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    head = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if "李记粮油" in [cell.value for cell in row])
    row[head.index("介绍人")].value = "小赵便利店"
    book.save(path)
    found = compare(database, path, Progress())
    apply(database, found, found.plain(), Progress())
    known = ids(database)
    assert referrals_of(database, known["李记粮油"]).referrer == (known["小赵便利店"], "小赵便利店")
