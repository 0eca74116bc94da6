"""A sheet that comes again is read as it was decided the last time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crmdesk.domain.fields import Field
from crmdesk.domain.phrase import Refused
from crmdesk.operations import history
from crmdesk.operations.importing import correct_sheet, import_preview, leave_out, preview_sheets

SHOP = "店名,负责人,累计,日期\n王姐超市,张三,3,05/03/2024\n老李杂货,李四,2.5,06/04/2024\n"


@pytest.fixture
def sheet(tmp_path):
    def write(text, name="客户.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def field_of(preview, header, sheet=0):
    return next(c for c in preview.sheets[sheet].draft.columns if c.header == header)


def corrected(database, preview, header, **changes):
    columns = [
        replace(c, confidence=1.0, **changes) if c.header == header else c for c in preview.sheets[0].draft.columns
    ]
    return correct_sheet(database, preview, 0, columns)


def test_a_corrected_column_is_read_so_the_next_time(database, sheet):
    with preview_sheets(database, [sheet(SHOP)]) as preview:
        assert not preview.remembered
        preview = corrected(database, preview, "负责人", field=Field.CONTACT_NAME, options={})
        import_preview(database, preview)
    with preview_sheets(database, [sheet(SHOP.replace("王姐", "赵姐"), "下周.csv")]) as again:
        assert len(again.remembered) == 1
        assert field_of(again, "负责人").field is Field.CONTACT_NAME
        assert again.created.customers == 1


def test_the_order_of_the_columns_does_not_matter(database, sheet):
    with preview_sheets(database, [sheet(SHOP)]) as preview:
        import_preview(
            database, corrected(database, preview, "累计", field=Field.ORDER_TOTAL, options={"unit": 10_000})
        )
    turned = "累计,日期,店名,负责人\n1.5,07/05/2024,孙记,孙五\n"
    with preview_sheets(database, [sheet(turned)]) as again:
        assert field_of(again, "累计").options["unit"] == 10_000
        assert again.remembered


def test_other_headers_are_another_sheet(database, sheet):
    with preview_sheets(database, [sheet(SHOP)]) as preview:
        import_preview(database, preview)
    with preview_sheets(database, [sheet("店名,电话\n王姐,13800138000\n")]) as other:
        assert not other.remembered
        assert not other.known


def test_what_was_answered_is_not_asked_again(database, sheet):
    with preview_sheets(database, [sheet("客户,下单日期,金额\n王姐,05/03/2024,30\n李哥,06/04/2024,40\n")]) as preview:
        assert field_of(preview, "下单日期").options["ask"] == "day_first"
        assert not preview.known
        preview = corrected(database, preview, "下单日期", options={"day_first": True})
        import_preview(database, preview)
    with preview_sheets(database, [sheet("客户,下单日期,金额\n王姐,07/03/2024,30\n")]) as again:
        assert again.known
        assert field_of(again, "下单日期").options == {"day_first": True}


def test_a_year_is_never_carried_over_to_a_sheet_that_tells_its_own(database, sheet):
    text = "客户,下单日期,金额\n王姐,3月5日,30\n李哥,4月6日,40\n"
    with preview_sheets(database, [sheet(text)]) as preview:
        assert field_of(preview, "下单日期").options["ask"] == "year"
        import_preview(database, corrected(database, preview, "下单日期", options={"year": 2026}))
    with preview_sheets(database, [sheet(text, "又一张.csv")]) as again:
        assert field_of(again, "下单日期").options == {"year": 2026}
    with preview_sheets(database, [sheet(text, "2025年.csv")]) as older:
        assert field_of(older, "下单日期").options == {"year": 2025}


def test_a_sheet_left_out_stays_out(database, sheet):
    paths = [sheet(SHOP), sheet("客户,电话\n王姐,13800138000\n", "电话.csv")]
    with preview_sheets(database, paths) as preview:
        import_preview(database, leave_out(database, preview, frozenset({1})))
    with preview_sheets(database, paths) as again:
        assert again.left_out == frozenset({1})
        assert again.known


def test_undoing_an_import_keeps_what_was_learned_and_the_same_again_writes_nothing(database, sheet):
    with preview_sheets(database, [sheet(SHOP)]) as preview:
        import_preview(database, preview)
    before = len(history.steps(database))
    with preview_sheets(database, [sheet(SHOP)]) as preview:
        assert import_preview(database, preview).step == 0
    assert len(history.steps(database)) == before
    history.undo(database)
    with preview_sheets(database, [sheet(SHOP)]) as preview:
        assert preview.known


def test_decisions_under_a_name_go_for_sheets_that_share_most_headers(database, sheet):
    with preview_sheets(database, [sheet(SHOP)], profile="老王", rules=["负责人=contact_name"]) as preview:
        import_preview(database, preview)
    other = sheet("店名,负责人,累计\n孙记,孙五,4\n")
    with preview_sheets(database, [other]) as plain:
        assert field_of(plain, "负责人").field is not Field.CONTACT_NAME
    with preview_sheets(database, [other], profile="老王") as named:
        assert field_of(named, "负责人").field is Field.CONTACT_NAME


@pytest.mark.parametrize("column", ["累计", "C", "c"])
def test_a_rule_names_its_column_by_header_or_letter(database, sheet, column):
    rules = [f"{column}=order_total", f"{column}:unit=10000"]
    with preview_sheets(database, [sheet(SHOP)], rules=rules) as preview:
        assert field_of(preview, "累计").field is Field.ORDER_TOTAL
        assert field_of(preview, "累计").options["unit"] == 10_000


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("电话=phone", "rule_no_column"),
        ("累计=money", "rule_no_field"),
        ("累计:unit=many", "rule_no_option"),
        ("累计", "rule_unreadable"),
    ],
)
def test_a_rule_that_cannot_be_followed_is_refused(database, sheet, rule, code):
    with pytest.raises(Refused, match=code):
        preview_sheets(database, [sheet(SHOP)], rules=[rule])


def test_one_word_on_a_column_goes_for_all_sheets_of_the_same_headers(database, sheet):
    paths = [sheet(SHOP, f"{day}.csv") for day in range(3)]
    with preview_sheets(database, paths) as preview:
        preview = corrected(database, preview, "负责人", field=Field.CONTACT_NAME, options={})
        assert {field_of(preview, "负责人", place).field for place in range(3)} == {Field.CONTACT_NAME}


TWO_IN_ONE = "店名,联系人\n王姐超市,张三/13800138000\n老李杂货,李四/13900139000\n赵哥粮油,赵五/13700137000\n"


def test_a_column_that_is_split_comes_split_the_next_time(database, sheet):
    with preview_sheets(database, [sheet(TWO_IN_ONE)], rules=["联系人:split=/"]) as preview:
        assert field_of(preview, "联系人 (2)").field is Field.PHONE
        import_preview(database, preview)
    with preview_sheets(database, [sheet(TWO_IN_ONE.replace("王姐", "孙姐"), "下周.csv")]) as again:
        assert [c.header for c in again.sheets[0].draft.columns] == ["店名", "联系人", "联系人 (2)"]
        assert again.known
        assert again.created.customers == 1


def test_a_split_and_its_end_go_for_all_sheets_of_the_same_headers(database, sheet):
    from crmdesk.excel.split_columns import whole_column

    paths = [sheet(TWO_IN_ONE, f"{day}.csv") for day in range(3)]
    with preview_sheets(database, paths, rules=["联系人:split=/", "联系人 (2)=contact_phone"]) as preview:
        assert {field_of(preview, "联系人 (2)", place).field for place in range(3)} == {Field.CONTACT_PHONE}
        preview = correct_sheet(database, preview, 0, whole_column(preview.sheets[0].draft.columns, 1))
        assert {len(one.draft.columns) for one in preview.sheets} == {2}


def test_moving_the_header_of_one_sheet_moves_that_of_all_alike(database, sheet):
    text = "甲,乙,丙\n店名,电话,地址\n王姐超市,13800138000,人民路1号\n"
    with preview_sheets(database, [sheet(text, f"{day}.csv") for day in range(3)]) as preview:
        before = {one.draft.header_row for one in preview.sheets}
        preview = correct_sheet(database, preview, 1, [], header_row=2 if before != {2} else 1)
        assert len({one.draft.header_row for one in preview.sheets}) == 1
        assert {one.draft.header_row for one in preview.sheets} != before


def test_no_header_row_makes_the_first_row_a_customer(database, sheet):
    with preview_sheets(database, [sheet("王姐超市,13800138000\n老李杂货,13900139000\n")]) as preview:
        preview = correct_sheet(database, preview, 0, [], header_row=0)
        assert (preview.sheets[0].draft.header_row, preview.sheets[0].draft.row_count) == (0, 2)
